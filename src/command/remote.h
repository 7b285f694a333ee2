/* A running coach's end of the link: what other programs hear, do and ask.
 */
#ifndef COMMAND_REMOTE_H
#define COMMAND_REMOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/coach.h"

struct server;

struct remote {
	struct server *server; /* NULL: there is no link */
	struct coach *coach;
	int64_t now;		    /* when this turn began, ms */
	int64_t deadline;	    /* of this turn, in clock_ticks */
	size_t heard;		    /* lines so far */
	enum coach_outcome outcome; /* of this turn */
	bool watched;		    /* somebody watched when the state was told last */
	uint64_t told;		    /* a hash of that state, its times left out */
};

/* Listens in folder. NULL, or why it cannot: then everything below does nothing. */
const char *remote_open(struct remote *remote, struct coach *coach, const char *folder);
void remote_close(struct remote *remote);

/* To poll for reading; -1: there is none. */
int remote_descriptor(const struct remote *remote);

/* Takes messages until none is left or deadline (clock_ticks) is past: true when there are more.
 * What one asked of the screen's owner is in *outcome. */
bool remote_serve(struct remote *remote, int64_t deadline, enum coach_outcome *outcome);

/* Tells those who watch, when anything has changed. */
void remote_tell(struct remote *remote);

#endif
