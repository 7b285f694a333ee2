#include "screen/blit.h"

#include <stdlib.h>
#include <string.h>

#define BRIDGE 4 /* unchanged cells that are sent again rather than jumped over */

struct blit_key {
	uint32_t text; /* up to three bytes as they are, more as a hash with the top bit set */
	uint8_t width, style;
	bool risky; /* terminals differ in how wide this is, or what stands before it is so */
};

/* Where the pen is while a frame is made. */
struct pen {
	struct blit *blit;
	int row, column; /* -1: not known */
};

static struct blit_key key_of(const struct blit *blit, const struct cell *cell)
{
	const unsigned char *text = (const unsigned char *)cell->text;
	struct blit_key key = {.width = cell->width, .style = cell->style};

	if (cell->length <= 3) {
		for (unsigned i = 0; i < cell->length; i++)
			key.text = key.text << 8 | text[i];
	} else {
		key.text = 0x811c9dc5u;
		for (unsigned i = 0; i < cell->length; i++)
			key.text = (key.text ^ text[i]) * 0x01000193u;
		key.text |= 0x80000000u;
	}
	/* a blank looks the same in most styles */
	if (key.text == ' ' && !blit->terminal.inks[key.style])
		key.style = STYLE_PLAIN;
	/* Latin, punctuation, marks and box drawing are one column everywhere: below U+0300, or
	 * U+2000 to U+2FFF */
	key.risky = cell->width != 1 || cell->length > 3 ||
		    (cell->length == 3 && text[0] != 0xe2) ||
		    (cell->length == 2 && text[0] >= 0xcc);
	return key;
}

static bool key_equal(const struct blit_key *a, const struct blit_key *b)
{
	return a->text == b->text && a->width == b->width && a->style == b->style;
}

void blit_blank(struct blit *blit, int rows, int columns)
{
	size_t count = (size_t)rows * (size_t)columns;
	static const struct blit_key blank = {.text = ' ', .width = 1, .style = STYLE_PLAIN};

	free(blit->shown);
	blit->shown = malloc((count ? count : 1) * sizeof *blit->shown);
	if (!blit->shown)
		abort();
	for (size_t i = 0; i < count; i++)
		blit->shown[i] = blank;
	blit->rows = rows;
	blit->columns = columns;
	blit->cursor = -1;
	blit->style = -1;
}

static void set_style(struct blit *blit, int style)
{
	const struct blit_terminal *terminal = &blit->terminal;
	const char *look = terminal->look[style];
	const char *before = blit->style < 0 ? "?" : terminal->look[blit->style];

	blit->style = style;
	if (strcmp(look, before) == 0)
		return;
	if (!terminal->ansi) {
		buffer_text(&blit->out, terminal->plain);
		buffer_text(&blit->out, look);
	} else {
		/* with nothing to switch off first the parameters alone do */
		buffer_format(&blit->out, "\033[%s%sm", *before && *look ? "0;" : "", look);
	}
}

static void move_to(struct pen *pen, int row, int column)
{
	struct blit_terminal *terminal = &pen->blit->terminal;
	int right = column - pen->column;

	if (pen->row == row && pen->column >= 0 && right == 0)
		return;
	if (terminal->ansi && pen->row == row && pen->column >= 0 && right == 1)
		buffer_text(&pen->blit->out, "\033[C");
	else if (terminal->ansi && pen->row == row && pen->column >= 0 && right > 1)
		buffer_format(&pen->blit->out, "\033[%dC", right);
	else
		terminal->move(terminal->context, row, column, &pen->blit->out);
	pen->row = row;
	pen->column = column;
}

static void put_cell(struct pen *pen, const struct cell *cell, bool risky)
{
	if (cell->width == 0)
		return;
	if (cell->text[0] != ' ' || pen->blit->terminal.inks[cell->style] || pen->blit->style < 0 ||
	    pen->blit->terminal.inks[pen->blit->style])
		set_style(pen->blit, cell->style);
	buffer_add(&pen->blit->out, cell->text, cell->length);
	pen->column = risky ? -1 : pen->column + cell->width;
}

static bool is_blank(const struct blit *blit, const struct cell *cell)
{
	return cell->length == 1 && cell->text[0] == ' ' && !blit->terminal.inks[cell->style];
}

/* From which column on a row is blank. */
static int blank_from(const struct blit *blit, const struct cell *cells, int columns)
{
	while (columns > 0 && is_blank(blit, &cells[columns - 1]))
		columns--;
	return columns;
}

/* Whether the unchanged cells up to the next change are cheaper sent again than jumped over. */
static bool bridged(const struct blit *blit, const struct cell *cells, const bool *changed,
		    int column, int columns)
{
	for (int i = 0; i <= BRIDGE && column + i < columns; i++) {
		const struct cell *cell = &cells[column + i];

		if (changed[column + i])
			return true;
		if (cell->length != 1 || (cell->style != blit->style && !is_blank(blit, cell)))
			return false;
	}
	return false;
}

static void send_row(struct pen *pen, const struct cell *cells, const bool *changed, int row,
		     bool whole)
{
	const char *erase = pen->blit->terminal.erase;
	int columns = pen->blit->columns, blank = blank_from(pen->blit, cells, columns), erased = 0;
	bool on = false;

	for (int column = blank; column < columns; column++)
		erased += changed[column];
	if (!erase || erased < BRIDGE)
		blank = columns;
	for (int column = 0; column < blank; column++) {
		struct blit_key key;

		if (!changed[column] && !whole &&
		    !(on && bridged(pen->blit, cells, changed, column, blank))) {
			on = false;
			continue;
		}
		if (cells[column].width == 0)
			continue;
		key = key_of(pen->blit, &cells[column]);
		move_to(pen, row, column);
		put_cell(pen, &cells[column], key.risky);
		on = true;
	}
	if (blank < columns) {
		move_to(pen, row, blank);
		set_style(pen->blit, STYLE_PLAIN);
		buffer_text(&pen->blit->out, erase);
	}
	/* at the right edge terminals wait, wrap or stay: place the next one anew */
	if (pen->column >= columns)
		pen->column = -1;
}

static void frame_row(struct pen *pen, const struct grid *grid, int row)
{
	const struct cell *cells = &grid->cells[(size_t)row * (size_t)grid->columns];
	struct blit_key *shown = &pen->blit->shown[(size_t)row * (size_t)grid->columns];
	bool changed[grid->columns], any = false, risky = false;

	memset(changed, 0, sizeof changed);
	for (int column = 0; column < grid->columns; column++) {
		struct blit_key key = key_of(pen->blit, &cells[column]);

		changed[column] = !key_equal(&key, &shown[column]);
		any = any || changed[column];
		risky = risky || key.risky || shown[column].risky;
		shown[column] = key;
	}
	if (!any)
		return;
	if (risky && pen->blit->terminal.erase) {
		/* no telling where the old text ends here: begin with an empty row */
		move_to(pen, row, 0);
		set_style(pen->blit, STYLE_PLAIN);
		buffer_text(&pen->blit->out, pen->blit->terminal.erase);
	}
	send_row(pen, cells, changed, row, risky);
}

static void frame_cursor(struct pen *pen, const struct grid *grid, bool drawn)
{
	struct blit *blit = pen->blit;
	const struct blit_terminal *terminal = &blit->terminal;
	int wanted = grid->cursor_row >= 0;

	if (wanted && (drawn || blit->cursor != 1 || blit->row != grid->cursor_row ||
		       blit->column != grid->cursor_column))
		move_to(pen, grid->cursor_row, grid->cursor_column);
	if (wanted != blit->cursor && (wanted ? terminal->show : terminal->hide))
		buffer_text(&blit->out, wanted ? terminal->show : terminal->hide);
	blit->cursor = wanted;
	blit->row = grid->cursor_row;
	blit->column = grid->cursor_column;
}

void blit_frame(struct blit *blit, const struct grid *grid)
{
	struct pen pen = {.blit = blit, .row = -1, .column = -1};
	size_t before = blit->out.length;

	for (int row = 0; row < grid->rows && row < blit->rows; row++)
		frame_row(&pen, grid, row);
	frame_cursor(&pen, grid, blit->out.length > before);
}

void blit_free(struct blit *blit)
{
	free(blit->shown);
	buffer_free(&blit->out);
}
