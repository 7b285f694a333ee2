/* The teleprompter: the words for a voice note, or for a message, after a call, with the call's
 * slots filled in. It scrolls at the agent's pace while she speaks.
 */
#ifndef VIEW_VOICE_H
#define VIEW_VOICE_H

#include <stdint.h>

#include "view/grid.h"
#include "view/keymap.h"

struct arena;
struct call;
struct view;

#define VOICE_TICK 250	    /* ms between frames while it scrolls */
#define VOICE_PACE_LEAST 30 /* words a minute */
#define VOICE_PACE_MOST 300

struct voice {
	bool message;	 /* a written message, not a voice note */
	size_t text;	 /* which of them */
	int pace;	 /* words a minute */
	int64_t rolling; /* ms at which it began to scroll; 0: it stands */
	size_t word;	 /* the word that is read just now, or was when it stopped */
	size_t from;	 /* the word at which it began */
};

/* How many texts there are of the kind shown, for the open call or the last one. */
size_t voice_count(const struct voice *voice, const struct call *call);

/* The text shown, slots filled; in the arena; NULL when there is none. */
const char *voice_text(const struct voice *voice, const struct call *call, struct arena *arena);

/* Space starts and stops, + and - change the pace, up and down move by a row's worth of words, n
 * takes another text, Tab the other kind. False: not a key of its own. */
bool voice_press(struct voice *voice, const struct call *call, const struct press *press,
		 int64_t now);

void voice_draw(struct view *view, const struct call *call, int64_t now, struct arena *frame,
		struct grid *grid, struct rect space);

#endif
