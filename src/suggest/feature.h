/* What an utterance is made of, for telling which situation it belongs to: the set of its words,
 * pairs of neighbouring words, and runs of two to four letters with the blanks at a word's ends.
 *
 * Text is folded as for search (text_fold), so case, accents and the apostrophe of "don't" do not
 * matter while Bengali vowel signs do; digits are all one digit, and in Esperanto "cx" is read as
 * "c". Any bytes will do: those that are not UTF-8 part words. A feature is a 64 bit hash; that two
 * share one is not to be expected.
 */
#ifndef SUGGEST_FEATURE_H
#define SUGGEST_FEATURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

#define FEATURE_BYTES_MOST 4000 /* of an utterance; what comes after is not looked at */

enum feature_family { FEATURE_WORDS, FEATURE_LETTERS, FEATURE_FAMILIES };

struct feature {
	uint64_t hash;
	enum feature_family family; /* FEATURE_WORDS: a word or a pair */
};

struct feature_set {
	struct feature *items; /* each once, in the order of first appearance */
	size_t count;	       /* 0: no letter and no digit in it */
};

/* The features of a text, in the arena. */
struct feature_set feature_read(struct arena *arena, const char *text, size_t length,
				bool x_notation);

#endif
