/* A line, or an utterance, as words, and lists of phrases to find in it.
 *
 * Words are compared without case, and outside ASCII without what text_fold leaves out; an
 * apostrophe, straight or curly, and a hyphen belong to the word that they stand in. A <slot> is a
 * word of its own. Sentences end at . ! ? … and the danda. Everything lives in the arena given.
 */
#ifndef PLAYBOOK_WORDING_H
#define PLAYBOOK_WORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct word {
	uint64_t hash;	      /* of text: most words differ in it, and need not be compared */
	const char *text;     /* folded */
	size_t start, length; /* bytes in the line */
	size_t sentence;      /* which of the line's, from 0 */
};

struct wording {
	struct word *items;
	size_t count;
};

struct wording_list { /* of phrases */
	struct wording *items;
	size_t count;
};

struct wording wording_read(struct arena *arena, const char *text);

/* One more phrase. One without a word is never found. */
void wording_add(struct wording_list *list, struct arena *arena, const char *phrase);

/* How many words, from word number at on and within its sentence, are a phrase of the list: of
 * several the longest. 0: none. *entry (when given) gets the phrase's number. */
size_t wording_match(const struct wording_list *list, const struct wording *words, size_t at,
		     size_t *entry);

/* Whether one of the phrases stands anywhere. */
bool wording_has(const struct wording_list *list, const struct wording *words);

#endif
