/* A sheet: several lines of text, read and edited in place, with a cursor that moves by cluster and
 * by row.
 */
#ifndef VIEW_SHEET_H
#define VIEW_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "view/grid.h"
#include "view/keymap.h"

struct sheet {
	struct buffer text; /* owned; clean but for its newlines */
	size_t cursor;	    /* bytes, on a cluster boundary */
	size_t top;	    /* first row shown */
	int columns;	    /* as last drawn: rows hang on it */
};

/* Takes a text over, cleaned line by line; the cursor stands at its beginning. */
void sheet_set(struct sheet *sheet, const char *text);
void sheet_free(struct sheet *sheet);

/* Edits: characters, pastes, Enter, Backspace, Delete, the arrows, Home, End. False: not for a
 * sheet. */
bool sheet_press(struct sheet *sheet, const struct press *press);

/* Scrolls without a cursor. */
void sheet_scroll(struct sheet *sheet, int rows);

/* Draws it wrapped; editing shows the cursor and keeps it in sight. */
void sheet_draw(struct sheet *sheet, struct arena *frame, struct grid *grid, struct rect space,
		bool editing);

#endif
