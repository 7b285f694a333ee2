#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "suggest/descent.h"
#include "suggest/model.h"
#include "base/real.h"
#include "suggest/weigh.h"

enum { LABELS = 20, EACH = 12, EXAMPLES = LABELS * EACH, FEATURES = 60, TERMS = 6 };

struct fixture {
	struct arena arena;
	struct weigh_vector vectors[EXAMPLES];
	struct model_example examples[EXAMPLES];
	size_t count;
	struct descent descent;
};

/* Each label leans on three features of its own; the others are anybody's. The first label has
 * three examples only. */
static void begin(struct fixture *fixture)
{
	uint32_t state = 7;

	memset(fixture, 0, sizeof *fixture);
	for (size_t i = 0; i < EXAMPLES; i++) {
		struct weigh_vector *vector = &fixture->vectors[fixture->count];
		size_t label = i % LABELS;

		if (label == 0 && i >= 3 * LABELS)
			continue;
		vector->terms = arena_alloc(&fixture->arena, TERMS * sizeof *vector->terms);
		for (size_t k = 0; k < TERMS; k++) {
			uint32_t drawn = (state = state * 1664525u + 1013904223u) >> 8;
			uint32_t feature = k < 2 ? (uint32_t)label * 3 + drawn % 3
						 : drawn % (FEATURES / TERMS) * TERMS + (uint32_t)k;

			vector->terms[vector->count++] = (struct weigh_term){feature, 0.4F};
		}
		fixture->examples[fixture->count++] = (struct model_example){vector, label};
	}
	descent_open(&fixture->descent, &fixture->arena, fixture->examples, fixture->count, LABELS,
		     FEATURES);
}

static double margin(const struct fixture *fixture, size_t example, size_t lane)
{
	const struct weigh_vector *vector = fixture->examples[example].vector;
	double sum = (double)fixture->descent.weights[FEATURES].lanes[lane];

	for (size_t k = 0; k < vector->count; k++)
		sum += (double)fixture->descent.weights[vector->terms[k].feature].lanes[lane] *
		       (double)vector->terms[k].value;
	return sum;
}

/* What a label's examples cost on the wrong side: as much as in a set with as many of each. */
static double cost_of(const struct fixture *fixture, size_t example, size_t label)
{
	size_t own = label == 0 ? 3 : EACH;

	if (fixture->examples[example].label != label)
		return 10;
	return 10.0 * (double)fixture->count / (LABELS * (double)own);
}

/* At the minimum of logistic regression each pull is cost / (1 + e^margin), the margin on the
 * example's side. */
static void check_run(struct fixture *fixture, size_t first)
{
	double worst = 0;

	descent_run(&fixture->descent, first);
	for (size_t lane = 0; lane < DESCENT_LANES && first + lane < LABELS; lane++)
		for (size_t i = 0; i < fixture->count; i++) {
			double side = fixture->examples[i].label == first + lane ? 1 : -1;
			double best = cost_of(fixture, i, first + lane) /
				      (1 + real_exp(side * margin(fixture, i, lane)));
			double off = best - (double)fixture->descent.pulls[i][lane];

			worst = off > worst ? off : -off > worst ? -off : worst;
		}
	/* of 10; after five passes it is 2 */
	assert_true(worst < 0.5);
}

static void test_minimum(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	check_run(&fixture, 0);
	check_run(&fixture, DESCENT_LANES);
	arena_free(&fixture.arena);
}

/* The weights are the sum of what pulled at them. */
static void test_weights(void **state)
{
	struct fixture fixture;
	double sums[FEATURES + 1] = {0};

	(void)state;
	begin(&fixture);
	descent_run(&fixture.descent, 0);
	for (size_t i = 0; i < fixture.count; i++) {
		const struct model_example *example = &fixture.examples[i];
		double pull = (double)fixture.descent.pulls[i][3] * (example->label == 3 ? 1 : -1);

		for (size_t k = 0; k < example->vector->count; k++)
			sums[example->vector->terms[k].feature] +=
				pull * (double)example->vector->terms[k].value;
		sums[FEATURES] += pull;
	}
	for (size_t i = 0; i <= FEATURES; i++) {
		double off = sums[i] - (double)fixture.descent.weights[i].lanes[3];

		assert_true(off < 1e-3 && off > -1e-3);
	}
	arena_free(&fixture.arena);
}

/* A run leaves nothing behind for the next. */
static void test_again(void **state)
{
	struct fixture fixture;
	union descent_row first[FEATURES + 1];

	(void)state;
	begin(&fixture);
	descent_run(&fixture.descent, 0);
	memcpy(first, fixture.descent.weights, sizeof first);
	descent_run(&fixture.descent, DESCENT_LANES);
	assert_memory_not_equal(first, fixture.descent.weights, sizeof first);
	descent_run(&fixture.descent, 0);
	assert_memory_equal(first, fixture.descent.weights, sizeof first);
	arena_free(&fixture.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_minimum),
		cmocka_unit_test(test_weights),
		cmocka_unit_test(test_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
