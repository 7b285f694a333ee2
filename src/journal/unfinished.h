/* Calls that were begun and not ended: what a crash leaves, or a coach that is still running.
 *
 * A running coach claims its call by an open-file-description lock on a byte of the folder's
 * .claims file (fcntl(2), F_OFD_SETLK), which the kernel gives back when the process ends, however
 * it ends.
 */
#ifndef JOURNAL_UNFINISHED_H
#define JOURNAL_UNFINISHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/event.h"

struct arena;

struct unfinished {
	char call[EVENT_CALL_BYTES];
	int64_t begun, last; /* ms of its first and its latest event */
};

/* Those of some files (oldest first), in the order they were begun; in the arena. */
size_t unfinished_calls(struct arena *arena, const char *const *files, size_t file_count,
			struct unfinished **calls);

/* All events of one call, in order, copied into the arena. */
size_t unfinished_events(struct arena *arena, const char *const *files, size_t file_count,
			 const char *call, struct event **events);

/* A descriptor that holds the claim until it is closed; -1: another process has it. Where the
 * folder cannot be written to or knows no locks, nothing is claimed and -2 comes back. */
int unfinished_claim(const char *folder, const char *call);

#endif
