/* A pacer for calm breaths: in, hold, out, a bar that grows and shrinks; any key closes it, nothing
 * is kept of it.
 *
 * Slow breathing with a longer breath out lowers arousal; the method page names its sources.
 */
#ifndef VIEW_PACER_H
#define VIEW_PACER_H

#include <stdint.h>

#include "view/grid.h"

struct arena;
struct view;

#define PACER_TICK 250 /* ms between frames */

/* Begins the pacer when it has not begun; after PACER_MINUTE ms without a call it closes itself. */
#define PACER_MINUTE 60000
void pacer_draw(struct view *view, bool call_open, int64_t now, struct arena *frame,
		struct grid *grid, struct rect space);

#endif
