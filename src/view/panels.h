/* The script panels: a panel a step, its lines with the marked one in front, ticks on what was
 * said.
 */
#ifndef VIEW_PANELS_H
#define VIEW_PANELS_H

#include "view/grid.h"

struct arena;
struct call;
struct view;

/* Below this many columns there is one column of panels. */
#define PANELS_NARROW 60

void panels_draw(const struct view *view, const struct call *call, struct arena *frame,
		 struct grid *grid, struct rect space);

#endif
