#include "report/tally.h"

#include <stdlib.h>
#include <string.h>

#include "report/lexicon.h"

#define FIRST_SIZE 64

static bool is_key(struct tally_key a, struct tally_key b)
{
	return a.playbook == b.playbook && a.situation == b.situation && a.step == b.step &&
	       a.text == b.text;
}

/* Source of the constants: splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t hash_of(struct tally_key key)
{
	uint64_t hash =
		((uint64_t)key.playbook << 32 | key.situation) * UINT64_C(0xbf58476d1ce4e5b9);
	hash = (hash ^ hash >> 27 ^ ((uint64_t)key.step << 32 | key.text)) *
	       UINT64_C(0x94d049bb133111eb);
	return hash ^ hash >> 31;
}

/* The cell of a key, or the free one where it belongs. */
static uint32_t *find(const struct tallies *tallies, struct tally_key key)
{
	size_t i = (size_t)hash_of(key) & (tallies->size - 1);
	while (tallies->cells[i] != 0 && !is_key(tallies->rows[tallies->cells[i] - 1].key, key))
		i = (i + 1) & (tallies->size - 1);
	return &tallies->cells[i];
}

static void grow(struct tallies *tallies)
{
	size_t size = tallies->size == 0 ? FIRST_SIZE : tallies->size * 2;
	free(tallies->cells);
	tallies->cells = calloc(size, sizeof(*tallies->cells));
	tallies->rows = realloc(tallies->rows, size / 2 * sizeof(*tallies->rows));
	if (tallies->cells == NULL || tallies->rows == NULL)
		abort();
	tallies->size = size;
	for (size_t i = 0; i < tallies->count; i++)
		*find(tallies, tallies->rows[i].key) = (uint32_t)i + 1;
}

size_t tally_row(struct tallies *tallies, struct tally_key key)
{
	if (tallies->count >= tallies->size / 2)
		grow(tallies);
	uint32_t *cell = find(tallies, key);
	if (*cell == 0 && tallies->count >= TALLY_ROWS_MOST) {
		key = (struct tally_key){LEXICON_OTHER, LEXICON_OTHER, LEXICON_OTHER,
					 LEXICON_OTHER};
		cell = find(tallies, key);
	}
	if (*cell == 0) {
		tallies->rows[tallies->count] = (struct tally){.key = key};
		*cell = (uint32_t)++tallies->count;
	}
	return *cell - 1;
}

static uint64_t ended(const uint64_t outcomes[OUTCOME_COUNT])
{
	uint64_t sum = 0;
	for (int i = 0; i < OUTCOME_OPEN; i++)
		sum += outcomes[i];
	return sum;
}

uint64_t tally_ended(const struct tally *tally)
{
	return ended(tally->outcomes);
}

uint64_t tally_passed_ended(const struct tally *tally)
{
	return ended(tally->passed_outcomes);
}

void tally_free(struct tallies *tallies)
{
	free(tallies->rows);
	free(tallies->cells);
	*tallies = (struct tallies){0};
}
