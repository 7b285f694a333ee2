#include "report/names.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE 1024

/* Eight bytes at a time: a report hashes each line that was said.
 * Source of the constants: splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t hash_of(const char *text, size_t length)
{
	uint64_t hash = length;
	while (length > 0) {
		uint64_t piece = 0;
		size_t size = length < sizeof(piece) ? length : sizeof(piece);
		memcpy(&piece, text, size);
		hash = (hash ^ piece) * UINT64_C(0xbf58476d1ce4e5b9);
		hash ^= hash >> 29;
		text += size;
		length -= size;
	}
	hash *= UINT64_C(0x94d049bb133111eb);
	return hash ^ hash >> 31;
}

/* The cell of a text, or the free one where it belongs. */
static uint32_t *find(const struct names *names, const char *text, size_t length, uint64_t hash)
{
	size_t i = (size_t)hash & (names->size - 1);
	for (; names->cells[i] != 0; i = (i + 1) & (names->size - 1)) {
		const struct names_entry *entry = &names->entries[names->cells[i]];
		if (entry->hash == hash && entry->length == length &&
		    memcmp(entry->text, text, length) == 0)
			break;
	}
	return &names->cells[i];
}

static void grow(struct names *names)
{
	size_t size = names->size == 0 ? FIRST_SIZE : names->size * 2;
	free(names->cells);
	names->cells = calloc(size, sizeof(*names->cells));
	names->entries = realloc(names->entries, size / 2 * sizeof(*names->entries));
	if (names->cells == NULL || names->entries == NULL)
		abort();
	names->size = size;
	for (uint32_t i = 1; i < names->count; i++) {
		const struct names_entry *entry = &names->entries[i];
		*find(names, entry->text, entry->length, entry->hash) = i;
	}
}

static uint32_t add(struct names *names, const char *text, size_t length, uint64_t hash)
{
	if (names->count >= names->size / 2)
		grow(names);
	names->entries[names->count] =
		(struct names_entry){arena_copy(&names->arena, text, length), length, hash};
	*find(names, text, length, hash) = names->count;
	return names->count++;
}

static void begin(struct names *names)
{
	static const char other[] = "(others)";
	grow(names);
	names->entries[0] = (struct names_entry){0};
	names->count = 1;
	add(names, other, sizeof(other) - 1, hash_of(other, sizeof(other) - 1));
}

uint32_t names_number(struct names *names, const char *text)
{
	if (text == NULL)
		return 0;
	if (names->count == 0)
		begin(names);
	size_t length = strlen(text);
	uint64_t hash = hash_of(text, length);
	uint32_t number = *find(names, text, length, hash);
	if (number != 0)
		return number;
	if (names->arena.total + names->size * sizeof(*names->entries) > NAMES_BYTES_MOST)
		return NAMES_OTHER;
	return add(names, text, length, hash);
}

const char *names_text(const struct names *names, uint32_t number)
{
	return number == 0 ? NULL : names->entries[number].text;
}

void names_free(struct names *names)
{
	arena_free(&names->arena);
	free(names->entries);
	free(names->cells);
	*names = (struct names){0};
}
