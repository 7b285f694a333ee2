/* Pages to look something up: all keys, what to do and not to say here, the ways to get help. They
 * scroll by view->selected, their first row shown.
 */
#ifndef VIEW_REFERENCE_H
#define VIEW_REFERENCE_H

#include "view/grid.h"

struct arena;
struct call;
struct view;

void reference_draw(struct view *view, const struct call *call, struct arena *frame,
		    struct grid *grid, struct rect space);

#endif
