#include "suggest/descent.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "suggest/model.h"
#include "suggest/weigh.h"

/* On the sets that this was tried with, accuracy stands still after eight passes. Who hardly moved
 * anything sits out: most examples are far from most labels. */
enum { LANES = DESCENT_LANES, PASSES = 10, REST = 2 };

static const float cost = 10;	  /* of an example on the wrong side */
static const float still = 0.02F; /* a margin that moves no more than this stands still */
static const float usual = 2;	  /* a margin, before anything is known */
static const float log2_e = 1.44269504F;

/* What is between an example and the labels of a run, by lane. */
struct turn {
	float sides[LANES]; /* 1: the label is the example's, else -1 */
	float costs[LANES];
	float margins[LANES]; /* on its side */
	float moves[LANES];   /* of the weights, in lengths of its vector */
};

void descent_open(struct descent *descent, struct arena *arena,
		  const struct model_example *examples, size_t example_count, size_t label_count,
		  size_t feature_count)
{
	*descent = (struct descent){.examples = examples,
				    .example_count = example_count,
				    .label_count = label_count,
				    .feature_count = feature_count};
	descent->label_sizes = arena_alloc(arena, label_count * sizeof *descent->label_sizes);
	descent->weights = arena_alloc(arena, (feature_count + 1) * sizeof *descent->weights);
	descent->pulls = arena_alloc(arena, example_count * sizeof *descent->pulls);
	descent->wanted = arena_alloc(arena, example_count * sizeof *descent->wanted);
	descent->squares = arena_alloc(arena, example_count * sizeof *descent->squares);
	descent->order = arena_alloc(arena, example_count * sizeof *descent->order);
	descent->rests = arena_alloc(arena, example_count * sizeof *descent->rests);
	for (size_t i = 0; i < example_count; i++) {
		const struct weigh_vector *vector = examples[i].vector;

		descent->label_sizes[examples[i].label]++;
		descent->squares[i] = 1; /* the bias */
		for (size_t k = 0; k < vector->count; k++)
			descent->squares[i] += vector->terms[k].value * vector->terms[k].value;
	}
}

/* 1 / (1 + e^x), to some five digits: e^x is a power of two, put into a float's exponent, times a
 * polynomial of the rest. real_exp is for single numbers, this for rows of them. */
static void find_shares(const float *restrict x, float *restrict shares)
{
	for (int i = 0; i < LANES; i++) {
		float y = x[i] * log2_e, whole, part, power;
		int32_t bits;

		y = y > 60 ? 60 : y < -60 ? -60 : y;
		bits = (int32_t)(y + 64) - 64;
		part = y - (float)bits;
		power = 1 + part * (0.69314718F +
				    part * (0.24022651F +
					    part * (0.05550332F +
						    part * (0.00961813F + part * 0.00133336F))));
		bits = (bits + 127) * (1 << 23);
		memcpy(&whole, &bits, sizeof whole);
		shares[i] = 1 / (1 + power * whole);
	}
}

/* The best pull is cost / (1 + e^t), where t is the margin that it brings about: t = margin +
 * square * (pull - pull before). One step of Newton's method, from the last turn's t, is enough: a
 * pull that is not quite the best is mended in the next turn. */
static void pull(struct turn *restrict turn, float square, float *restrict pulls,
		 float *restrict wanted)
{
	float shares[LANES];

	find_shares(wanted, shares);
	for (int i = 0; i < LANES; i++) {
		float best = square * turn->costs[i] * shares[i];
		float off = wanted[i] - turn->margins[i] - best + square * pulls[i], next;

		wanted[i] -= off / (1 + best * (1 - shares[i]));
		next = pulls[i] + (wanted[i] - turn->margins[i]) / square;
		next = next < 0 ? 0 : next > turn->costs[i] ? turn->costs[i] : next;
		turn->moves[i] = turn->sides[i] * (next - pulls[i]);
		pulls[i] = next;
	}
}

static void find_margins(const struct descent *descent, const struct weigh_vector *vector,
			 struct turn *turn)
{
	const union descent_row *rows = descent->weights;
	union descent_row sums = rows[descent->feature_count];

	for (size_t k = 0; k < vector->count; k++) {
		const union descent_row *row = &rows[vector->terms[k].feature];
		float value = vector->terms[k].value;

		sums.fours[0] += value * row->fours[0];
		sums.fours[1] += value * row->fours[1];
		sums.fours[2] += value * row->fours[2];
		sums.fours[3] += value * row->fours[3];
	}

	for (int i = 0; i < LANES; i++)
		turn->margins[i] = turn->sides[i] * sums.lanes[i];
}

static void move(struct descent *descent, const struct weigh_vector *vector,
		 const float *restrict moves)
{
	union descent_row *rows = descent->weights, by;

	memcpy(by.lanes, moves, sizeof by.lanes);
	for (size_t k = 0; k < vector->count; k++) {
		union descent_row *row = &rows[vector->terms[k].feature];
		float value = vector->terms[k].value;

		row->fours[0] += value * by.fours[0];
		row->fours[1] += value * by.fours[1];
		row->fours[2] += value * by.fours[2];
		row->fours[3] += value * by.fours[3];
	}
	rows += descent->feature_count;
	rows->fours[0] += by.fours[0];
	rows->fours[1] += by.fours[1];
	rows->fours[2] += by.fours[2];
	rows->fours[3] += by.fours[3];
}

static float greatest(const float *moves)
{
	float most = 0;

	for (int i = 0; i < LANES; i++) {
		float size = moves[i] < 0 ? -moves[i] : moves[i];

		most = size > most ? size : most;
	}
	return most;
}

/* Returns how far the margins moved, at most. */
static float take_turn(struct descent *descent, size_t number, size_t first)
{
	const struct model_example *example = &descent->examples[number];
	size_t own = example->label - first; /* far behind the last lane where it comes before */
	struct turn turn;

	for (size_t i = 0; i < LANES; i++) {
		turn.sides[i] = -1;
		turn.costs[i] = first + i < descent->label_count ? cost : 0;
	}
	if (own < LANES) {
		turn.sides[own] = 1;
		/* as much as in a set in which all labels have as many examples */
		turn.costs[own] =
			cost * (float)descent->example_count /
			(float)(descent->label_count * descent->label_sizes[example->label]);
	}
	find_margins(descent, example->vector, &turn);
	pull(&turn, descent->squares[number], descent->pulls[number], descent->wanted[number]);
	move(descent, example->vector, turn.moves);
	return greatest(turn.moves) * descent->squares[number];
}

/* Another order for each pass, the same ones in every run: numbers by a linear congruence, that of
 * Knuth's MMIX. */
static void shuffle(uint32_t *order, size_t count, uint64_t *state)
{
	for (size_t i = count; i > 1; i--) {
		uint32_t mine = order[i - 1];
		size_t other;

		*state = *state * 6364136223846793005u + 1442695040888963407u;
		other = (size_t)((*state >> 33) % i);
		order[i - 1] = order[other];
		order[other] = mine;
	}
}

static void begin(struct descent *descent)
{
	size_t count = descent->example_count;

	memset(descent->weights, 0, (descent->feature_count + 1) * sizeof *descent->weights);
	memset(descent->pulls, 0, count * sizeof *descent->pulls);
	memset(descent->rests, 0, count * sizeof *descent->rests);
	for (size_t i = 0; i < count; i++) {
		descent->order[i] = (uint32_t)i;
		for (size_t lane = 0; lane < LANES; lane++)
			descent->wanted[i][lane] = usual;
	}
}

void descent_run(struct descent *descent, size_t first)
{
	uint64_t state = 1;
	bool moved = true;

	begin(descent);
	for (int pass = 0; pass < PASSES && moved; pass++) {
		moved = false;
		shuffle(descent->order, descent->example_count, &state);
		for (size_t i = 0; i < descent->example_count; i++) {
			size_t number = descent->order[i];

			if (descent->rests[number] > 0) {
				descent->rests[number]--;
				continue;
			}
			if (take_turn(descent, number, first) > still)
				moved = true;
			else
				descent->rests[number] = REST;
		}
	}
}
