/* Search over every line, title, goal and cue of a library, as the agent types.
 *
 * An index is built from a library whose files are loaded and points into it: build it anew when
 * the library changes. Words of the query are folded (text_fold) and each must be found: as a whole
 * word, as a prefix, inside a word, or with one slip (a letter wrong, missing, doubled or swapped,
 * in words of four letters or more). Better matches and lines to say rank first; equal ranks keep
 * the library's order.
 */
#ifndef PLAYBOOK_SEARCH_H
#define PLAYBOOK_SEARCH_H

#include <stddef.h>

#include "base/arena.h"

struct library;
struct playbook;
struct situation;
struct line;

enum search_kind {
	SEARCH_SITUATION,
	SEARCH_LINE,
	SEARCH_CUE,
	SEARCH_TODO,
	SEARCH_AVOID,
	SEARCH_CHANNEL
};

struct search_hit {
	enum search_kind kind;
	const struct playbook *playbook;
	const struct situation *situation; /* NULL: shared by all of the playbook, or a channel */
	size_t step;			   /* SEARCH_LINE: its step */
	const char *text;		   /* the text that matched */
	int score;			   /* higher is better */
};

struct search_index; /* in the arena it was built in */

struct search_index *search_build(struct arena *arena, const struct library *library);

/* The best hits for a query, at most most of them, best first; in the arena. An empty query finds
 * nothing. Shared lines that several playbooks take from one file are found once. Well under a
 * frame (16 ms) for 1 MB of playbooks. */
size_t search_find(const struct search_index *index, struct arena *arena, const char *query,
		   size_t most, struct search_hit **hits);

/* Whether a text matches a query by the same rules; its score, or 0. For filtering a short list. */
int search_score(const char *query, const char *text);

#endif
