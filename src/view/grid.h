/* A grid of cells: what a screen should show, with no terminal in it.
 *
 *        column 0 1 2 3
 *   row 0      ক ্ষ| ু ব      a cell holds one spacing character and the marks on it;
 *   row 1      漢  . a        a wide one is followed by a cell of width 0
 *
 * Cells point into texts that live as long as the frame (its arena) or longer. Texts must be clean
 * (text.h). Drawing outside of the grid is cut off, never an error.
 */
#ifndef VIEW_GRID_H
#define VIEW_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "view/theme.h"

struct arena;
struct buffer;

struct cell {
	const char *text;     /* not NUL-terminated; a blank where nothing was drawn */
	unsigned char length; /* bytes */
	unsigned char width;  /* 1 or 2; 0: the right half of the one before */
	unsigned char style;  /* enum style */
};

struct grid {
	int rows, columns;
	struct cell *cells;	       /* rows x columns */
	int cursor_row, cursor_column; /* -1: no cursor */
	bool wide;		       /* some cell may be of two columns */
};

/* A part of a grid. */
struct rect {
	int row, column, rows, columns;
};

/* A blank grid in the arena. */
void grid_make(struct grid *grid, struct arena *arena, int rows, int columns);

/* Puts text from (row, column) rightward into at most columns columns, and returns how many it
 * took. Text that does not fit is cut at a cluster. */
int grid_put(struct grid *grid, int row, int column, int columns, const char *text, size_t length,
	     enum style style);

/* The same for a C string; where it is cut, the last column shows an ellipsis. */
int grid_text(struct grid *grid, int row, int column, int columns, const char *text,
	      enum style style);

/* One cell of one column, such as a border. */
void grid_cell(struct grid *grid, int row, int column, const char *text, enum style style);

/* Blanks of a style. */
void grid_fill(struct grid *grid, struct rect rect, enum style style);

/* Restyles what stands there. */
void grid_style(struct grid *grid, struct rect rect, enum style style);

/* A row as text without its trailing blanks; and all rows, each with a newline. */
void grid_row(const struct grid *grid, int row, struct buffer *out);
void grid_print(const struct grid *grid, struct buffer *out);

#endif
