/* What a coach reads from the journal when it starts: which wordings were said of late, what was
 * promised for today, and a call that was cut off.
 */
#ifndef COMMAND_RECOVER_H
#define COMMAND_RECOVER_H

#include <stdint.h>

#include "base/arena.h"
#include "call/event.h"

struct history;

#define RECOVER_HISTORY_DAYS                                                                       \
	31 /* days on which there were calls: so far back wordings count as said, and promises are \
	      told */
#define RECOVER_CALL_DAYS 2 /* a call that was cut off before those is not asked about */

struct recovered {
	struct arena arena;
	struct event *events; /* of the latest call that was cut off, in order */
	size_t count;	      /* 0: there is none */
	const char *due; /* what is promised for today, or overdue, in one line; NULL: nothing */
	int claim;	 /* holds the call for this process; -1 or -2: none */
};

/* Fills the history with the calls that were ended, and finds the latest one that was not and that
 * no other coach has. arena_free(&recovered->arena) when the events are no longer needed; the claim
 * is the caller's to close. */
void recover(const char *folder, struct history *history, int64_t now, struct recovered *recovered);

#endif
