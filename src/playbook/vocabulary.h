/* The words of a library's texts, for search.h: each different word once, folded, in code points.
 *
 * A text becomes a list of word numbers. A word of a query is then compared with each different
 * word once, however often it stands in the texts, and most of these are refused by a bit mask of
 * their letters. Grown in one arena; vocabulary_settle moves it to the arena where it is kept.
 */
#ifndef PLAYBOOK_VOCABULARY_H
#define PLAYBOOK_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Numbers (from 1) by hash. The hash stands for what was hashed: with 64 bits and less than a
 * million things, two that share one are not to be expected, and would only show a wrong hit. */
struct hash_table {
	struct hash_cell *cells;
	size_t size; /* a power of two, or 0 */
	size_t used;
};

/* The number that belongs to a hash, for reading and writing: 0 when it is new. Valid until the
 * next call. */
uint32_t *hash_table_at(struct hash_table *table, struct arena *arena, uint64_t hash);

struct vocabulary_word {
	uint64_t mask;	 /* a bit for each of its letters; some letters share one */
	uint32_t start;	 /* offset of its first letter in the vocabulary's letters */
	uint32_t length; /* letters, that is code points */
};

struct vocabulary {
	bool x_notation; /* texts may be in Esperanto x-notation: cx is c, as folded ĉ is */
	struct vocabulary_word *words;
	size_t count;
	uint32_t *letters; /* of all words, one behind the other */
	size_t letter_count;
	struct hash_table numbers;
};

/* Splits a text into words, adding those that are new, and appends their numbers to *ids, an array
 * in scratch with *count items. <slot>s are not words: what is said in their place is not known
 * here. */
void vocabulary_read(struct vocabulary *vocabulary, struct arena *arena, struct arena *scratch,
		     const char *text, uint32_t **ids, size_t *count);

/* Moves words and letters to an arena. Nothing can be read into the vocabulary after. */
void vocabulary_settle(struct vocabulary *vocabulary, struct arena *arena);

/* How well a word of the query matches a word, better ones higher. */
enum grade { GRADE_NONE, GRADE_SLIP, GRADE_INSIDE, GRADE_PREFIX, GRADE_EXACT };

struct query_word {
	const uint32_t *letters;
	size_t length;
	uint64_t mask;
	bool typing; /* its end is not typed yet, so a slip may be in a prefix too */
};

#define QUERY_WORDS_MOST 8    /* words after these are not looked at */
#define QUERY_BYTES_MOST 1000 /* nor bytes after these */

struct query {
	struct query_word words[QUERY_WORDS_MOST];
	size_t count; /* 0: nothing to look for */
};

/* Any bytes will do as text; those that are not UTF-8 part words. The letters are in the arena. */
void query_read(struct query *query, struct arena *arena, const char *text);

/* Grades every word of the vocabulary into grades[0], grades[stride], grades[2 * stride] and so on,
 * which must be 0 before. Returns the best grade. A word in x-notation ("cxu") that is found
 * nowhere as typed is tried without its x. */
enum grade query_match(const struct query_word *word, const struct vocabulary *vocabulary,
		       struct arena *arena, uint8_t *grades, size_t stride);

#endif
