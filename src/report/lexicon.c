#include "report/lexicon.h"

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
static uint32_t *find(const struct lexicon *lexicon, const char *text, size_t length, uint64_t hash)
{
	size_t i = (size_t)hash & (lexicon->size - 1);
	for (; lexicon->cells[i] != 0; i = (i + 1) & (lexicon->size - 1)) {
		const struct lexicon_entry *entry = &lexicon->entries[lexicon->cells[i]];
		if (entry->hash == hash && entry->length == length &&
		    memcmp(entry->text, text, length) == 0)
			break;
	}
	return &lexicon->cells[i];
}

static void grow(struct lexicon *lexicon)
{
	size_t size = lexicon->size == 0 ? FIRST_SIZE : lexicon->size * 2;
	free(lexicon->cells);
	lexicon->cells = calloc(size, sizeof(*lexicon->cells));
	lexicon->entries = realloc(lexicon->entries, size / 2 * sizeof(*lexicon->entries));
	if (lexicon->cells == NULL || lexicon->entries == NULL)
		abort();
	lexicon->size = size;
	for (uint32_t i = 1; i < lexicon->count; i++) {
		const struct lexicon_entry *entry = &lexicon->entries[i];
		*find(lexicon, entry->text, entry->length, entry->hash) = i;
	}
}

static uint32_t add(struct lexicon *lexicon, const char *text, size_t length, uint64_t hash)
{
	if (lexicon->count >= lexicon->size / 2)
		grow(lexicon);
	lexicon->entries[lexicon->count] =
		(struct lexicon_entry){arena_copy(&lexicon->arena, text, length), length, hash};
	*find(lexicon, text, length, hash) = lexicon->count;
	return lexicon->count++;
}

static void begin(struct lexicon *lexicon)
{
	static const char other[] = "(others)";
	grow(lexicon);
	lexicon->entries[0] = (struct lexicon_entry){0};
	lexicon->count = 1;
	add(lexicon, other, sizeof(other) - 1, hash_of(other, sizeof(other) - 1));
}

uint32_t lexicon_number(struct lexicon *lexicon, const char *text)
{
	if (text == NULL)
		return 0;
	if (lexicon->count == 0)
		begin(lexicon);
	size_t length = strlen(text);
	uint64_t hash = hash_of(text, length);
	uint32_t number = *find(lexicon, text, length, hash);
	if (number != 0)
		return number;
	if (lexicon->arena.total + lexicon->size * sizeof(*lexicon->entries) > LEXICON_BYTES_MOST)
		return LEXICON_OTHER;
	return add(lexicon, text, length, hash);
}

const char *lexicon_text(const struct lexicon *lexicon, uint32_t number)
{
	return number == 0 ? NULL : lexicon->entries[number].text;
}

void lexicon_free(struct lexicon *lexicon)
{
	arena_free(&lexicon->arena);
	free(lexicon->entries);
	free(lexicon->cells);
	*lexicon = (struct lexicon){0};
}
