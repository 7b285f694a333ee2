/* Where an utterance leads: the situation that talktrack would think of among the playbooks beside
 * a file, for `talktrack test`. The model is trained when it is first asked for a folder, and kept.
 */
#ifndef COMMAND_LEAD_H
#define COMMAND_LEAD_H

#include "base/arena.h"
#include "playbook/library.h"

struct playbook;
struct suggest_model;

struct lead { /* set it to {0} */
	struct arena arena;
	const char *folder; /* NULL: none yet */
	struct library library;
	struct suggest_model *model;
};

/* "id" of the situation (of another playbook than this one: "playbook/id") that fits best; with
 * unasked only if it would be offered unasked. "none" where there is none. Valid until the next
 * call. */
const char *lead_find(struct lead *lead, const struct playbook *playbook, const char *heard,
		      bool unasked);
void lead_close(struct lead *lead);

#endif
