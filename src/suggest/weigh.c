#include "suggest/weigh.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/real.h"

/* how long the vector of each family is before the whole is brought to 1 */
static const double share[FEATURE_FAMILIES] = {[FEATURE_WORDS] = 0.7, [FEATURE_LETTERS] = 1};

/* The cell of a hash, or the free one where it would go. */
static struct weigh_cell *cell_at(const struct weigher *weigher, uint64_t hash)
{
	size_t at = (size_t)(hash ^ hash >> 32) & (weigher->size - 1);

	while (weigher->cells[at].seen && weigher->cells[at].hash != hash)
		at = (at + 1) & (weigher->size - 1);
	return &weigher->cells[at];
}

static void grow(struct weigher *weigher, struct arena *arena)
{
	struct weigher old = *weigher;

	weigher->size = old.size ? 2 * old.size : 4096;
	weigher->cells = arena_alloc(arena, weigher->size * sizeof *weigher->cells);
	for (size_t i = 0; i < old.size; i++)
		if (old.cells[i].seen)
			*cell_at(weigher, old.cells[i].hash) = old.cells[i];
}

void weigh_learn(struct weigher *weigher, struct arena *arena, const struct feature_set *set)
{
	weigher->example_count++;
	for (size_t i = 0; i < set->count; i++) {
		struct weigh_cell *cell;

		if (2 * weigher->feature_count >= weigher->size)
			grow(weigher, arena);
		cell = cell_at(weigher, set->items[i].hash);
		if (!cell->seen) {
			cell->hash = set->items[i].hash;
			cell->number = (uint32_t)weigher->feature_count++;
		}
		cell->seen++;
	}
}

/* ln((1 + n) / (1 + df)) + 2: the smoothed idf, with what everyone says not quite so quiet. */
static float rarity(const struct weigher *weigher, uint32_t seen)
{
	return (float)(real_log((1.0 + (double)weigher->example_count) / (1.0 + seen)) + 2);
}

void weigh_settle(struct weigher *weigher)
{
	weigher->unseen = rarity(weigher, 0);
	for (size_t i = 0; i < weigher->size; i++)
		if (weigher->cells[i].seen)
			weigher->cells[i].rarity = rarity(weigher, weigher->cells[i].seen);
}

struct weigh_vector weigh_set(const struct weigher *weigher, struct arena *arena,
			      const struct feature_set *set)
{
	struct weigh_vector vector = {
		.terms = arena_alloc(arena, (set->count + 1) * sizeof *vector.terms)};
	enum feature_family *families = arena_alloc(arena, (set->count + 1) * sizeof *families);
	double squares[FEATURE_FAMILIES] = {0}, factors[FEATURE_FAMILIES] = {0}, whole = 0;

	if (!weigher->size)
		return vector;
	for (size_t i = 0; i < set->count; i++) {
		const struct feature *item = &set->items[i];
		const struct weigh_cell *cell = cell_at(weigher, item->hash);
		float value = cell->seen ? cell->rarity : weigher->unseen;

		squares[item->family] += (double)value * value;
		if (!cell->seen)
			continue;
		families[vector.count] = item->family;
		vector.terms[vector.count++] =
			(struct weigh_term){.feature = cell->number, .value = value};
	}
	for (size_t i = 0; i < FEATURE_FAMILIES; i++)
		whole += squares[i] > 0 ? share[i] * share[i] : 0;
	for (size_t i = 0; i < FEATURE_FAMILIES; i++)
		factors[i] = squares[i] > 0 ? share[i] / real_root(squares[i] * whole) : 0;
	for (size_t i = 0; i < vector.count; i++)
		vector.terms[i].value *= (float)factors[families[i]];
	return vector;
}

static double rarity_of(const struct weigher *weigher, uint64_t hash)
{
	const struct weigh_cell *cell = weigher->size ? cell_at(weigher, hash) : NULL;

	return cell && cell->seen ? cell->rarity : weigher->unseen;
}

static int compare(const void *a, const void *b)
{
	uint64_t one = ((const struct feature *)a)->hash, other = ((const struct feature *)b)->hash;

	return one < other ? -1 : one > other;
}

/* Sorts a set by hash, and adds up the squares of each family. */
static void measure(const struct weigher *weigher, struct feature_set *set, double *squares)
{
	if (set->count)
		qsort(set->items, set->count, sizeof *set->items, compare);
	for (size_t i = 0; i < set->count; i++) {
		double value = rarity_of(weigher, set->items[i].hash);

		squares[set->items[i].family] += value * value;
	}
}

double weigh_likeness(const struct weigher *weigher, struct feature_set *one,
		      struct feature_set *other)
{
	double squares[2][FEATURE_FAMILIES] = {{0}}, common[FEATURE_FAMILIES] = {0};
	double sum = 0, whole = 0;

	measure(weigher, one, squares[0]);
	measure(weigher, other, squares[1]);
	for (size_t i = 0, k = 0; i < one->count && k < other->count;) {
		uint64_t mine = one->items[i].hash, theirs = other->items[k].hash;

		if (mine == theirs) {
			double value = rarity_of(weigher, mine);

			common[one->items[i].family] += value * value;
		}
		i += mine <= theirs;
		k += theirs <= mine;
	}
	for (size_t i = 0; i < FEATURE_FAMILIES; i++) {
		whole += share[i] * share[i];
		if (common[i] > 0)
			sum += share[i] * share[i] * common[i] /
			       real_root(squares[0][i] * squares[1][i]);
	}
	return sum / whole;
}
