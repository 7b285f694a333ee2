/* The situations to choose from: all of them under their playbooks' titles, or, with a filter,
 * those whose title, goal or cues match, best first. Also the home screen, with a glance at what
 * the marked one would offer.
 */
#ifndef VIEW_PICKER_H
#define VIEW_PICKER_H

#include <stddef.h>

#include "view/grid.h"

struct arena;
struct call;
struct library;
struct playbook;
struct situation;
struct view;

struct picked {
	const struct playbook *playbook;
	const struct situation *situation;
	int score; /* of the filter; 0 without one */
};

/* In the order shown; in the arena. filter may be "". */
size_t picker_find(struct view *view, const struct library *library, const char *filter,
		   struct arena *arena, struct picked **picked);

/* filter NULL: the home screen, with no field to type into. */
void picker_draw(struct view *view, const struct call *call, const struct library *library,
		 const char *filter, struct arena *frame, struct grid *grid, struct rect space);

#endif
