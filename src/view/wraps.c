#include "view/wraps.h"

#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct wraps_entry {
	size_t length, count;
	int columns;
	struct text_row rows[]; /* count of them, and the text behind */
};

/* Eight bytes at a time: texts are compared after it. */
static size_t slot_of(const char *text, size_t length, int columns)
{
	uint64_t hash = (uint64_t)columns + (uint64_t)length * UINT64_C(0x9e3779b97f4a7c15);

	for (size_t at = 0; at < length; at += sizeof hash) {
		uint64_t piece = 0;

		memcpy(&piece, text + at, length - at < sizeof piece ? length - at : sizeof piece);
		hash = (hash ^ piece) * UINT64_C(0xd6e8feb86659fd93);
		hash ^= hash >> 32;
	}
	return (size_t)(hash % WRAPS_MOST);
}

static const char *text_of(const struct wraps_entry *entry)
{
	return (const char *)&entry->rows[entry->count];
}

static bool is_of(const struct wraps_entry *entry, const char *text, size_t length, int columns)
{
	return entry && entry->length == length && entry->columns == columns &&
	       memcmp(text_of(entry), text, length) == 0;
}

static void keep(struct wraps_entry **slot, const char *text, size_t length, int columns,
		 const struct text_row *rows, size_t count)
{
	struct wraps_entry *entry = realloc(*slot, sizeof *entry + count * sizeof *rows + length);

	if (!entry)
		return;
	*slot = entry;
	entry->length = length;
	entry->columns = columns;
	entry->count = count;
	memcpy(entry->rows, rows, count * sizeof *rows);
	memcpy(&entry->rows[count], text, length);
}

size_t wraps_rows(struct wraps *wraps, struct arena *arena, const char *text, size_t length,
		  int columns, struct text_row **rows)
{
	struct wraps_entry **slot;
	size_t count;

	if (!wraps || length == 0 || length > WRAPS_BYTES)
		return text_wrap(arena, text, length, columns, rows);
	slot = &wraps->entries[slot_of(text, length, columns)];
	if (is_of(*slot, text, length, columns)) {
		/* a copy: another text may take this place within the frame */
		*rows = arena_alloc(arena, (*slot)->count * sizeof **rows);
		memcpy(*rows, (*slot)->rows, (*slot)->count * sizeof **rows);
		return (*slot)->count;
	}
	count = text_wrap(arena, text, length, columns, rows);
	keep(slot, text, length, columns, *rows, count);
	return count;
}

void wraps_free(struct wraps *wraps)
{
	for (size_t i = 0; wraps && i < WRAPS_MOST; i++)
		free(wraps->entries[i]);
	free(wraps);
}
