/* What changed between two versions of a playbook, as an agent would notice it.
 *
 * Situations, steps and slots are matched by id; those that were renamed, by their words. Of a list
 * of texts the equal ones are matched first, then the most similar pairs: those count as reworded.
 * Who answers for the words and until when is no matter of the agent's and not compared.
 */
#ifndef PLAYBOOK_DIFF_H
#define PLAYBOOK_DIFF_H

#include <stddef.h>

struct arena;
struct playbook;

enum difference_kind {
	DIFFERENCE_ADDED,
	DIFFERENCE_REMOVED,
	DIFFERENCE_REWORDED,  /* another text in its place */
	DIFFERENCE_RENAMED,   /* another id for the same thing */
	DIFFERENCE_REORDERED, /* the same things in another order */
};

struct difference {
	enum difference_kind kind;
	const char *what; /* "line", "heard", "title", "step", "situation", ... */
	const char
		*situation; /* its id (in the new version, if it is there), NULL: the playbook's */
	const char *situation_title;
	const char *step; /* for lines: the step's id, else NULL */
	const char *step_title;
	const char *before, *after; /* texts; NULL where there is none */
	const char
		*home; /* file in which the changed thing stands: own or of a playbook extended */
};

struct difference_list {
	struct arena *arena; /* set by the owner */
	struct difference *items;
	size_t count;
};

/* Adds what changed from one to the other. Both must outlive the list. */
void diff_playbooks(struct difference_list *list, const struct playbook *before,
		    const struct playbook *after);

/* How similar two texts are, from 0 to 1: twice the words that both have in the same order (their
 * longest common subsequence), over the words of both: Dice's coefficient. Without regard to case
 * and signs. */
double diff_similarity(const char *left, const char *right);

/* "added", "removed", ... */
const char *diff_kind_name(enum difference_kind kind);

#endif
