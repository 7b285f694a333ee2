/* The terminal: the only file that includes curses.h. It shows a grid, reads key presses, and
 * leaves the terminal as it was found, whatever happens, a crash included.
 *
 * One screen a process. Sizes come from the terminal, not from ncurses' own SIGWINCH handling.
 */
#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include <stdbool.h>

#include "screen/blit.h"
#include "screen/keys.h"
#include "view/grid.h"
#include "view/keymap.h"

#define SCREEN_MOST 1024 /* rows, and columns: of a larger terminal no more are used */

struct screen {
	int rows, columns;
	struct blit blit;
	bool colours;
	const struct theme *theme;
	struct keys keys;
};

/* Takes the terminal. Returns NULL, or why none can be had here (not a terminal, TERM unknown or
 * dumb), a static text; then nothing was written. */
const char *screen_open(struct screen *screen, const struct theme *theme, bool colours);
void screen_close(struct screen *screen);

/* Asks the terminal for its size again; true when it has changed. */
bool screen_resize(struct screen *screen);

/* Puts a grid of the screen's size on the terminal. What has not changed costs nothing. */
void screen_show(struct screen *screen, const struct grid *grid);

/* Reads what the keyboard has sent: waits for it, so call it when there is something. False: there
 * was nothing, as after the terminal's end. */
bool screen_take(struct screen *screen);

/* The next key press of what was taken; false when there is none more. A press's paste lives until
 * the next call. */
bool screen_read(struct screen *screen, struct press *press);

/* Asks the terminal to put a text on the clipboard: OSC 52 of xterm's control sequences. No answer
 * comes, and some terminals do not do it. False: the text is too long (SCREEN_COPY_BYTES). */
#define SCREEN_COPY_BYTES 74994 /* what some terminals take: 100000 bytes with the sequence */
bool screen_copy(struct screen *screen, const char *text);

/* Gives the terminal to another program, and takes it back. */
void screen_leave(struct screen *screen);
void screen_return(struct screen *screen);

#endif
