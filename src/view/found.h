/* Search results: lines, cues and situations of the library, as the agent types.
 */
#ifndef VIEW_FOUND_H
#define VIEW_FOUND_H

#include <stddef.h>

#include "view/grid.h"

struct arena;
struct library;
struct search_hit;
struct view;

#define FOUND_MOST 100

/* The hits of what is being typed, in the order shown. */
size_t found_find(struct view *view, const struct library *library, struct arena *arena,
		  struct search_hit **hits);

void found_draw(struct view *view, const struct library *library, struct arena *frame,
		struct grid *grid, struct rect space);

#endif
