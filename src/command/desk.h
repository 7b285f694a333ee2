/* The desk: a running coach and all that is outside of it. run.c opens, drives and closes it;
 * errand.c does what the coach asks of the world.
 */
#ifndef COMMAND_DESK_H
#define COMMAND_DESK_H

#include <stdint.h>

#include "base/arena.h"
#include "call/history.h"
#include "command/config.h"
#include "command/learn.h"
#include "command/recorder.h"
#include "command/recover.h"
#include "command/remote.h"
#include "command/shelf.h"
#include "journal/journal.h"
#include "screen/screen.h"
#include "screen/watch.h"
#include "view/coach.h"

struct desk {
	struct config config;
	struct shelf shelf;
	struct learn learn;
	struct history history;
	struct journal journal;
	struct recovered recovered;
	int claim; /* on the open call; negative: none */
	struct coach coach;
	const char *refused; /* a language that a resumed call was in and that is not to be had */
	struct screen screen;
	struct watch watch;
	struct remote remote;
	struct recorder_child recorder; /* a voice note being recorded or played */
	int64_t painted;		/* clock_ticks of the last paint */
	struct arena frame;
};

#endif
