/* Small boxes over the lower panels: what is typed or chosen while the lines stay in sight.
 */
#ifndef VIEW_POPUP_H
#define VIEW_POPUP_H

#include <stddef.h>

#include "view/grid.h"

struct arena;
struct call;
struct view;

/* How a call can end: id as in the journal, the key that chooses it, what it means. */
struct disposition {
	const char *id;
	char key;
	const char *help;
};

#define POPUP_DISPOSITIONS 4
extern const struct disposition popup_dispositions[POPUP_DISPOSITIONS];

void popup_draw(const struct view *view, const struct call *call, struct arena *frame,
		struct grid *grid, struct rect space);

#endif
