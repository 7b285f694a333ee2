/* Which entry of one list is which of another: for diff.h alone.
 */
#ifndef PLAYBOOK_DIFF_MATCH_H
#define PLAYBOOK_DIFF_MATCH_H

#include <stddef.h>

struct arena;

#define DIFF_NONE ((size_t)-1)
#define DIFF_PAIRS_MOST                                                                            \
	250000 /* pairs of entries without a match that are compared by likeness                   \
		*/

struct diff_match {
	size_t *to;   /* of each entry before: the one after, or DIFF_NONE */
	size_t *from; /* the same from the other side */
};

/* Entries of one key belong together; of the others those that are most alike, best first. like
 * says how much, 0 to 1 (below a half: not at all); NULL: keys alone count. In the arena. */
struct diff_match diff_match(struct arena *arena, const char *const *before, size_t before_count,
			     const char *const *after, size_t after_count,
			     double (*like)(const void *context, size_t before, size_t after),
			     const void *context);

#endif
