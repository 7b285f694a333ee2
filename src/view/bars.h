/* The rows around the panels: the header (header.h), what to do and not to say, the slots, and at
 * the bottom the keys or a notice.
 */
#ifndef VIEW_BARS_H
#define VIEW_BARS_H

#include <stdint.h>

#include "view/grid.h"

struct arena;
struct call;
struct library;
struct view;

/* Draws all bars that fit and returns the space left between them. */
struct rect bars_draw(const struct view *view, const struct call *call,
		      const struct library *library, int64_t now, struct arena *frame,
		      struct grid *grid);

#endif
