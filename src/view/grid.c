#include "view/grid.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"

#include <string.h>

static const struct cell blank = {" ", 1, 1, STYLE_PLAIN};

void grid_make(struct grid *grid, struct arena *arena, int rows, int columns)
{
	size_t count = (size_t)rows * (size_t)columns;

	grid->rows = rows;
	grid->columns = columns;
	grid->cursor_row = grid->cursor_column = -1;
	grid->wide = false;
	grid->cells = arena_room(arena, count * sizeof *grid->cells);
	/* twice as many each time: copies are cheaper than cells */
	if (count > 0)
		grid->cells[0] = blank;
	for (size_t done = 1; done < count; done *= 2)
		memcpy(grid->cells + done, grid->cells,
		       (done < count - done ? done : count - done) * sizeof blank);
}

/* Printable ASCII with no mark behind it: a cell of its own. */
static bool is_plain(const char *text, size_t length)
{
	return text[0] >= 0x20 && text[0] < 0x7f && (length == 1 || (unsigned char)text[1] < 0x80);
}

static struct cell *cell_at(struct grid *grid, int row, int column)
{
	return &grid->cells[(size_t)row * (size_t)grid->columns + (size_t)column];
}

/* A wide character that loses one half loses the other too. */
static void part(struct grid *grid, int row, int column)
{
	if (!grid->wide)
		return;
	if (column > 0 && cell_at(grid, row, column)->width == 0)
		*cell_at(grid, row, column - 1) = blank;
	if (column + 1 < grid->columns && cell_at(grid, row, column)->width == 2)
		*cell_at(grid, row, column + 1) = blank;
}

/* Plain text as far as it goes, at most columns of it. Returns how many it took. */
static int put_plain(struct grid *grid, int row, int column, int columns, const char *text,
		     size_t length, enum style style)
{
	struct cell *cell = cell_at(grid, row, column);
	int used = 0;

	while (used < columns && (size_t)used < length &&
	       is_plain(text + used, length - (size_t)used)) {
		part(grid, row, column + used);
		cell[used] = (struct cell){text + used, 1, 1, (unsigned char)style};
		used++;
	}
	return used;
}

int grid_put(struct grid *grid, int row, int column, int columns, const char *text, size_t length,
	     enum style style)
{
	int used;

	if (row < 0 || row >= grid->rows || column < 0)
		return 0;
	if (columns > grid->columns - column)
		columns = grid->columns - column;
	if (columns <= 0)
		return 0;
	used = put_plain(grid, row, column, columns, text, length, style);
	text += used;
	length = text_fit(text, length - (size_t)used, columns - used);
	while (length > 0) {
		struct cell *cell = cell_at(grid, row, column + used);
		int width = 1;
		size_t bytes = is_plain(text, length) ? 1 : text_cell(text, length, &width);

		if (width > 0 && used + width <= columns) {
			part(grid, row, column + used);
			*cell = (struct cell){text, (unsigned char)bytes, (unsigned char)width,
					      (unsigned char)style};
			if (width == 2) {
				grid->wide = true;
				part(grid, row, column + used + 1);
				cell[1] = (struct cell){"", 0, 0, (unsigned char)style};
			}
			used += width;
		}
		text += bytes;
		length -= bytes;
	}
	return used;
}

int grid_text(struct grid *grid, int row, int column, int columns, const char *text,
	      enum style style)
{
	size_t length = strlen(text);
	int used;

	if (columns > grid->columns - column)
		columns = grid->columns - column;
	/* no character has more columns than bytes */
	if ((columns > 0 && length <= (size_t)columns) || text_fit(text, length, columns) == length)
		return grid_put(grid, row, column, columns, text, length, style);
	if (columns < 1)
		return 0;
	used = grid_put(grid, row, column, columns - 1, text, length, style);
	while (used > 0 && row >= 0 && row < grid->rows &&
	       cell_at(grid, row, column + used - 1)->text[0] == ' ')
		used--;
	return used + grid_put(grid, row, column + used, 1, "…", strlen("…"), style);
}

void grid_cell(struct grid *grid, int row, int column, const char *text, enum style style)
{
	unsigned char length = 0;

	if (row < 0 || row >= grid->rows || column < 0 || column >= grid->columns)
		return;
	while (text[length])
		length++;
	part(grid, row, column);
	*cell_at(grid, row, column) = (struct cell){text, length, 1, (unsigned char)style};
}

static struct rect clip(const struct grid *grid, struct rect rect)
{
	int bottom = rect.row + rect.rows, right = rect.column + rect.columns;

	if (rect.row < 0)
		rect.row = 0;
	if (rect.column < 0)
		rect.column = 0;
	rect.rows = (bottom < grid->rows ? bottom : grid->rows) - rect.row;
	rect.columns = (right < grid->columns ? right : grid->columns) - rect.column;
	return rect;
}

void grid_fill(struct grid *grid, struct rect rect, enum style style)
{
	rect = clip(grid, rect);
	for (int row = rect.row; row < rect.row + rect.rows; row++)
		for (int column = rect.column; column < rect.column + rect.columns; column++) {
			part(grid, row, column);
			*cell_at(grid, row, column) = blank;
			cell_at(grid, row, column)->style = (unsigned char)style;
		}
}

void grid_style(struct grid *grid, struct rect rect, enum style style)
{
	rect = clip(grid, rect);
	for (int row = rect.row; row < rect.row + rect.rows; row++)
		for (int column = rect.column; column < rect.column + rect.columns; column++)
			cell_at(grid, row, column)->style = (unsigned char)style;
}

void grid_row(const struct grid *grid, int row, struct buffer *out)
{
	const struct cell *cells = &grid->cells[(size_t)row * (size_t)grid->columns];
	int end = grid->columns;

	while (end > 0 && cells[end - 1].length == 1 && cells[end - 1].text[0] == ' ')
		end--;
	for (int column = 0; column < end; column++)
		buffer_add(out, cells[column].text, cells[column].length);
}

void grid_print(const struct grid *grid, struct buffer *out)
{
	for (int row = 0; row < grid->rows; row++) {
		grid_row(grid, row, out);
		buffer_text(out, "\n");
	}
}
