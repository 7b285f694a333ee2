/* What several parts of the screen draw with: frames that share borders, wrapped phrases, lists.
 */
#ifndef VIEW_PAINT_H
#define VIEW_PAINT_H

#include <stdbool.h>
#include <stddef.h>

#include "view/grid.h"

struct arena;
struct phrase;
struct text_row;

/* Borders around rectangles, joined where they touch. */
void paint_frames(struct grid *grid, struct arena *arena, const struct rect *frames, size_t count,
		  enum style style);

/* One wrapped row of a phrase, its unfilled slots marked. */
void paint_phrase(struct grid *grid, int row, int column, const struct phrase *phrase,
		  const struct text_row *slice, enum style style);

/* Wraps plain text into a rectangle, at most its rows (the last ends in an ellipsis where text is
 * left over); returns the rows used. */
int paint_text(struct grid *grid, struct arena *arena, struct rect rect, const char *text,
	       enum style style);

/* A box over what is there, emptied, with a title on its border. Returns the space inside. */
struct rect paint_box(struct grid *grid, struct arena *arena, struct rect box, const char *title);

struct list_item {
	const char *key; /* in front: "1", "Enter", or NULL */
	const char *text;
	const char *detail; /* beside it, faint, or NULL */
	bool heading;	    /* cannot be selected */
};

/* Draws a list with the selected-th of its selectable items in reverse, scrolled so that it is
 * seen; selected may be past the end: none. */
void paint_list(struct grid *grid, struct rect rect, const struct list_item *items, size_t count,
		size_t selected);

#endif
