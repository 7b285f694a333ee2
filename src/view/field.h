/* A field: one line of text being typed, with a cursor that moves by cluster.
 */
#ifndef VIEW_FIELD_H
#define VIEW_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "view/grid.h"
#include "view/keymap.h"

#define FIELD_BYTES 1024 /* what does not fit is not taken */

struct field {
	char text[FIELD_BYTES]; /* clean, NUL-terminated */
	size_t length, cursor;	/* bytes; cursor on a cluster boundary */
};

/* Puts text in, cut to fit, the cursor behind it. NULL empties it. */
void field_set(struct field *field, const char *text);

/* Takes a press: characters, pastes (newlines become blanks), Backspace, Delete, Left, Right, Home,
 * End, C-a, C-e, C-u (empty), C-w (word back). False: not for a field. */
bool field_press(struct field *field, const struct press *press);

/* Draws it into columns columns, the part around the cursor, and puts the grid's cursor there when
 * it has the focus. */
void field_draw(const struct field *field, struct grid *grid, int row, int column, int columns,
		bool focus);

#endif
