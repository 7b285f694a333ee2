/* The rows at the top. Of a call: what it is about and with whom, its clock, the steps and how far
 * they are; beneath it what was heard last, else the goal. Without a call: what there is to choose
 * from, and promises that are due.
 */
#ifndef VIEW_HEADER_H
#define VIEW_HEADER_H

#include <stdint.h>

struct arena;
struct call;
struct grid;
struct library;
struct view;

/* Draws it and returns its rows: 1 or 2. */
int header_draw(const struct view *view, const struct call *call, const struct library *library,
		int64_t now, struct arena *frame, struct grid *grid);

#define HEADER_CLOCK_BYTES 24

/* "04:12", "1:04:12" of milliseconds. */
void header_clock(int64_t ms, char text[HEADER_CLOCK_BYTES]);

#endif
