#include "suggest/feature.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { SHORTEST = 2, LONGEST = 4 }; /* runs of letters */

enum kind { KIND_WORD = 1, KIND_PAIR, KIND_RUN };

struct reading {
	struct feature_set set;
	uint32_t *table; /* open addressing: number + 1 of an item, 0 where free */
	size_t mask;
};

static void add(struct reading *reading, enum kind kind, const char *text, size_t length)
{
	/* the kind goes in by a multiple of the golden ratio: "no" is a word and a run */
	uint64_t hash = text_hash(text, length) ^ ((uint64_t)kind * 0x9e3779b97f4a7c15u);
	size_t at = (size_t)(hash ^ hash >> 32) & reading->mask;
	struct feature *item;

	for (; reading->table[at]; at = (at + 1) & reading->mask)
		if (reading->set.items[reading->table[at] - 1].hash == hash)
			return;
	item = &reading->set.items[reading->set.count++];
	item->hash = hash;
	item->family = kind == KIND_RUN ? FEATURE_LETTERS : FEATURE_WORDS;
	reading->table[at] = (uint32_t)reading->set.count;
}

static bool is_digit(uint32_t code)
{
	/* ASCII, and the scripts whose ten digits begin at xxx6 or xxx0 of their block */
	return (code >= '0' && code <= '9') || (code >= 0x660 && code <= 0x669) ||
	       (code >= 0x6f0 && code <= 0x6f9) ||
	       (code >= 0x900 && code < 0xd80 && (code & 0x7f) >= 0x66 && (code & 0x7f) <= 0x6f);
}

/* Folds, then makes each run of digits one "0", and takes the x from "cx". A blank stands before
 * and behind each word. */
static char *fold(struct arena *arena, const char *text, size_t length, bool x_notation)
{
	const char *folded = text_fold(arena, text, length), *stop = folded + strlen(folded);
	char *out = arena_alloc(arena, (size_t)(stop - folded) + 3), *end = out;
	uint32_t last = ' ';
	size_t size;

	*end++ = ' ';
	for (; folded < stop; folded += size) {
		uint32_t code = text_decode(folded, (size_t)(stop - folded), &size);

		if (is_digit(code)) {
			if (last != '0')
				*end++ = '0';
			last = '0';
			continue;
		}
		if (x_notation && code == 'x' && last < 0x80 && strchr("cghjsu", (int)last))
			continue;
		memcpy(end, folded, size);
		end += size;
		last = code;
	}
	if (end > out + 1)
		*end++ = ' ';
	return out;
}

/* The runs of letters of " word ", blanks included. */
static void add_runs(struct reading *reading, const char *word, size_t length)
{
	size_t starts[LONGEST + 1] = {0}; /* of the last letters, newest first */
	size_t letters = 0, size;

	for (size_t at = 0; at < length; at += size) {
		text_decode(word + at, length - at, &size);
		memmove(starts + 1, starts, LONGEST * sizeof *starts);
		starts[0] = at;
		letters++;
		for (size_t run = SHORTEST; run <= LONGEST && run <= letters; run++)
			add(reading, KIND_RUN, word + starts[run - 1], at + size - starts[run - 1]);
	}
}

struct feature_set feature_read(struct arena *arena, const char *text, size_t length,
				bool x_notation)
{
	struct reading reading = {.mask = 63};
	const char *before = NULL, *word, *end;
	size_t most;

	if (length > FEATURE_BYTES_MOST)
		length = FEATURE_BYTES_MOST;
	text = fold(arena, text, length, x_notation);
	/* a letter ends no more runs than this, a word is one feature and ends one pair */
	most = strlen(text) * (LONGEST - SHORTEST + 2);
	while (reading.mask < 2 * most)
		reading.mask = 2 * reading.mask + 1;
	reading.set.items = arena_alloc(arena, most * sizeof *reading.set.items);
	reading.table = arena_alloc(arena, (reading.mask + 1) * sizeof *reading.table);
	for (word = text + 1; *word; word = end + 1) {
		end = strchr(word, ' ');
		add(&reading, KIND_WORD, word, (size_t)(end - word));
		if (before)
			add(&reading, KIND_PAIR, before, (size_t)(end - before));
		add_runs(&reading, word - 1, (size_t)(end - word) + 2);
		before = word;
	}
	return reading.set;
}
