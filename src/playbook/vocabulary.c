#include "playbook/vocabulary.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "playbook/playbook.h"

#define SLIP_LETTERS_LEAST 4

struct hash_cell {
	uint64_t hash;
	uint32_t number;
};

static struct hash_cell *cell_at(const struct hash_table *table, uint64_t hash)
{
	size_t i = (size_t)(hash ^ hash >> 32) & (table->size - 1);

	while (table->cells[i].number && table->cells[i].hash != hash)
		i = (i + 1) & (table->size - 1);
	return &table->cells[i];
}

static void grow(struct hash_table *table, struct arena *arena)
{
	struct hash_table larger = {.size = table->size ? 2 * table->size : 1024};

	larger.cells = arena_alloc(arena, larger.size * sizeof *larger.cells);
	for (size_t i = 0; i < table->size; i++)
		if (table->cells[i].number) {
			*cell_at(&larger, table->cells[i].hash) = table->cells[i];
			larger.used++;
		}
	*table = larger;
}

uint32_t *hash_table_at(struct hash_table *table, struct arena *arena, uint64_t hash)
{
	struct hash_cell *cell;

	if (2 * table->used >= table->size)
		grow(table, arena);
	cell = cell_at(table, hash);
	if (!cell->number) {
		cell->hash = hash;
		table->used++;
	}
	return &cell->number;
}

static uint64_t letter_mask(const uint32_t *letters, size_t length)
{
	uint64_t mask = 0;

	/* 26 consecutive letters of any script get bits of their own. */
	for (size_t i = 0; i < length; i++)
		mask |= (uint64_t)1 << (letters[i] & 63);
	return mask;
}

static uint64_t letter_hash(const uint32_t *letters, size_t length)
{
	return text_hash((const char *)letters, length * sizeof *letters);
}

/* Drops the x of cx gx hx jx sx ux: folding has made c of ĉ. Returns the new length. */
static size_t drop_x(uint32_t *letters, size_t length)
{
	size_t kept = 0;

	for (size_t i = 0; i < length; i++) {
		bool marks = i > 0 && letters[i] == 'x' && letters[i - 1] < 128 &&
			     strchr("cghjsu", (int)letters[i - 1]) != NULL;

		if (!marks)
			letters[kept++] = letters[i];
	}
	return kept;
}

/* The folded text in code points: words with one blank between them. */
static uint32_t *fold(struct arena *arena, const char *text, size_t length, size_t *count)
{
	const char *folded = text_fold(arena, text, length);
	size_t bytes = strlen(folded);
	uint32_t *letters = arena_alloc(arena, (bytes + 1) * sizeof *letters);
	size_t size;

	*count = 0;
	for (size_t i = 0; i < bytes; i += size)
		letters[(*count)++] = text_decode(folded + i, bytes - i, &size);
	return letters;
}

/* The next word of folded letters at or after *offset. Returns its length, 0 when there is none. */
static size_t next_word(const uint32_t *letters, size_t count, size_t *offset, size_t *start)
{
	while (*offset < count && letters[*offset] == ' ')
		++*offset;
	*start = *offset;
	while (*offset < count && letters[*offset] != ' ')
		++*offset;
	return *offset - *start;
}

static uint32_t word_number(struct vocabulary *vocabulary, struct arena *arena,
			    const uint32_t *letters, size_t length)
{
	uint32_t *number = hash_table_at(&vocabulary->numbers, arena, letter_hash(letters, length));
	struct vocabulary_word *word;

	if (*number)
		return *number - 1;
	vocabulary->words =
		arena_more(arena, vocabulary->words, vocabulary->count, sizeof *vocabulary->words);
	word = &vocabulary->words[vocabulary->count++];
	word->mask = letter_mask(letters, length);
	word->start = (uint32_t)vocabulary->letter_count;
	word->length = (uint32_t)length;
	for (size_t i = 0; i < length; i++) {
		vocabulary->letters = arena_more(arena, vocabulary->letters,
						 vocabulary->letter_count, sizeof *letters);
		vocabulary->letters[vocabulary->letter_count++] = letters[i];
	}
	*number = (uint32_t)vocabulary->count;
	return *number - 1;
}

static const char *without_slots(struct arena *arena, const char *text)
{
	char *copy = NULL;
	const char *id;
	size_t offset = 0, length;

	while (playbook_next_slot(text, &offset, &id, &length)) {
		if (!copy)
			copy = arena_string(arena, text);
		memset(copy + (id - text) - 1, ' ', length + 2);
	}
	return copy ? copy : text;
}

void vocabulary_read(struct vocabulary *vocabulary, struct arena *arena, struct arena *scratch,
		     const char *text, uint32_t **ids, size_t *count)
{
	const char *words = without_slots(scratch, text);
	size_t letter_count, offset = 0, start, length;
	uint32_t *letters = fold(scratch, words, strlen(words), &letter_count);

	while ((length = next_word(letters, letter_count, &offset, &start))) {
		if (vocabulary->x_notation)
			length = drop_x(letters + start, length);
		*ids = arena_more(scratch, *ids, *count, sizeof **ids);
		(*ids)[(*count)++] = word_number(vocabulary, arena, letters + start, length);
	}
}

static void *moved(struct arena *arena, const void *items, size_t size)
{
	return size ? memcpy(arena_alloc(arena, size), items, size) : NULL;
}

void vocabulary_settle(struct vocabulary *vocabulary, struct arena *arena)
{
	vocabulary->words =
		moved(arena, vocabulary->words, vocabulary->count * sizeof *vocabulary->words);
	vocabulary->letters = moved(arena, vocabulary->letters,
				    vocabulary->letter_count * sizeof *vocabulary->letters);
	vocabulary->numbers = (struct hash_table){0};
}

void query_read(struct query *query, struct arena *arena, const char *text)
{
	size_t bytes = strnlen(text, QUERY_BYTES_MOST);
	size_t count, offset = 0, start, length;
	uint32_t *letters = fold(arena, text, bytes, &count);

	query->count = 0;
	while (query->count < QUERY_WORDS_MOST &&
	       (length = next_word(letters, count, &offset, &start))) {
		struct query_word *word = &query->words[query->count++];

		word->letters = letters + start;
		word->length = length;
		word->mask = letter_mask(word->letters, word->length);
		word->typing = offset == count && text[bytes - 1] != ' ';
	}
}

/* Whether b is a, or where the end is not typed yet, begins with it. */
static bool agree(const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length, bool open)
{
	return (open ? a_length <= b_length : a_length == b_length) &&
	       memcmp(a, b, a_length * sizeof *a) == 0;
}

/* Whether one slip makes the difference; it then stands where the two first differ. */
static bool slipped(const struct query_word *query, const uint32_t *b, size_t b_length, bool open)
{
	const uint32_t *a = query->letters;
	size_t a_length = query->length, least, same = 0;

	least = a_length < b_length ? a_length : b_length;
	while (same < least && a[same] == b[same])
		same++;
	a += same, a_length -= same;
	b += same, b_length -= same;
	if (a_length >= 2 && b_length >= 2 && a[0] == b[1] && a[1] == b[0] &&
	    agree(a + 2, a_length - 2, b + 2, b_length - 2, open))
		return true;
	/* A few letters say too little: "cant" is no slip of "cancel", nor "tall" of "calling". */
	if (open && (same == 0 || (a_length == 1 && same < SLIP_LETTERS_LEAST)))
		return false;
	if (b_length && agree(a, a_length, b + 1, b_length - 1, open))
		return true;
	if (a_length && agree(a + 1, a_length - 1, b, b_length, open))
		return true;
	return a_length && b_length && agree(a + 1, a_length - 1, b + 1, b_length - 1, open);
}

static bool holds(const uint32_t *letters, size_t length, const struct query_word *query)
{
	for (size_t i = 1; i + query->length <= length; i++)
		if (letters[i] == query->letters[0] &&
		    memcmp(letters + i, query->letters, query->length * sizeof *letters) == 0)
			return true;
	return false;
}

static enum grade grade_whole(const struct query_word *query, const uint32_t *letters,
			      size_t length)
{
	if (query->length > length)
		return GRADE_NONE;
	if (letters[0] == query->letters[0] &&
	    memcmp(letters, query->letters, query->length * sizeof *letters) == 0)
		return query->length == length ? GRADE_EXACT : GRADE_PREFIX;
	return query->length > 1 && holds(letters, length, query) ? GRADE_INSIDE : GRADE_NONE;
}

static enum grade grade(const struct query_word *query, const struct vocabulary_word *word,
			const uint32_t *letters)
{
	uint64_t missing = query->mask & ~word->mask, surplus = word->mask & ~query->mask;
	enum grade whole;

	if (missing & (missing - 1))
		return GRADE_NONE;
	if (!missing && (whole = grade_whole(query, letters, word->length)) != GRADE_NONE)
		return whole;
	if (query->length < SLIP_LETTERS_LEAST || word->length < SLIP_LETTERS_LEAST ||
	    query->length > word->length + 1)
		return GRADE_NONE;
	if (query->length + 1 >= word->length && !(surplus & (surplus - 1)) &&
	    slipped(query, letters, word->length, false))
		return GRADE_SLIP;
	return query->typing && slipped(query, letters, word->length, true) ? GRADE_SLIP
									    : GRADE_NONE;
}

static enum grade grade_all(const struct query_word *query, const struct vocabulary *vocabulary,
			    uint8_t *grades, size_t stride)
{
	enum grade best = GRADE_NONE;

	for (size_t i = 0; i < vocabulary->count; i++) {
		const struct vocabulary_word *word = &vocabulary->words[i];
		enum grade given = grade(query, word, vocabulary->letters + word->start);

		if (given > grades[i * stride])
			grades[i * stride] = (uint8_t)given;
		if (given > best)
			best = given;
	}
	return best;
}

enum grade query_match(const struct query_word *query, const struct vocabulary *vocabulary,
		       struct arena *arena, uint8_t *grades, size_t stride)
{
	enum grade best = GRADE_NONE, other;
	struct query_word without = *query;
	uint32_t *letters;

	if (!vocabulary->x_notation)
		best = grade_all(query, vocabulary, grades, stride);
	if (best > GRADE_SLIP)
		return best;
	letters = arena_alloc(arena, query->length * sizeof *letters);
	memcpy(letters, query->letters, query->length * sizeof *letters);
	without.letters = letters;
	without.length = drop_x(letters, query->length);
	without.mask = letter_mask(letters, without.length);
	if (!vocabulary->x_notation && without.length == query->length)
		return best;
	other = grade_all(&without, vocabulary, grades, stride);
	return other > best ? other : best;
}
