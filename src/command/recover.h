/* What a coach reads from the journal when it starts: which wordings were said of late, and a call that was cut off.
 */
#ifndef COMMAND_RECOVER_H
#define COMMAND_RECOVER_H

#include "base/arena.h"
#include "call/event.h"

struct history;

#define RECOVER_HISTORY_DAYS 7 /* days on which there were calls: so far back wordings count as said */
#define RECOVER_CALL_DAYS 2    /* a call that was cut off before those is not asked about */

struct recovered {
	struct arena arena;
	struct event *events; /* of the latest call that was cut off, in order */
	size_t count;         /* 0: there is none */
	int claim;            /* holds the call for this process; -1 or -2: none */
};

/* Fills the history with the calls that were ended, and finds the latest one that was not and that no other coach
 * has. arena_free(&recovered->arena) when the events are no longer needed; the claim is the caller's to close. */
void recover(const char *folder, struct history *history, struct recovered *recovered);

#endif
