/* The parts of which diff.c makes up its comparison: nobody else includes this.
 *
 * Each function adds what changed from one version to the other to the list, under the situation
 * and the step that the diff is at.
 */
#ifndef PLAYBOOK_DIFF_PARTS_H
#define PLAYBOOK_DIFF_PARTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "playbook/diff.h"
#include "playbook/diff_match.h"

struct avoid;
struct follow_up;
struct line_list;
struct situation;
struct step;

/* The two versions, and where in them we are. */
struct diff {
	struct difference_list *list;
	struct arena scratch;
	const struct playbook *before, *after;
	const struct situation *situation; /* NULL: of the whole playbook */
	const struct step *step;
	struct diff_match steps;
};

/* One change. home: the file in which it stands. */
void diff_add(struct diff *diff, const char *what, enum difference_kind kind, const char *before,
	      const char *after, const char *home);

/* One text; NULL: it is not there. */
void diff_text(struct diff *diff, const char *what, const char *before, const char *after,
	       const char *home);

/* Texts in a list, by their words. */
void diff_lines(struct diff *diff, const char *what, const struct line_list *before,
		const struct line_list *after);
void diff_avoid(struct diff *diff, const struct avoid *before, size_t before_count,
		const struct avoid *after, size_t after_count);
void diff_follow_up(struct diff *diff, const struct follow_up *before,
		    const struct follow_up *after);

/* Of the whole playbook. diff_steps comes first: it fills in diff->steps. */
void diff_slots(struct diff *diff);
void diff_steps(struct diff *diff);
void diff_reflection(struct diff *diff);
void diff_suggesting(struct diff *diff);
void diff_channels(struct diff *diff);

/* Whether what is in both stands in another order. */
bool diff_is_reordered(const struct diff_match *match, size_t before_count);

#endif
