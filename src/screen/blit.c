#include "screen/blit.h"

#include <stdlib.h>
#include <string.h>

#define BRIDGE 4 /* unchanged cells that are sent again rather than jumped over */

struct blit_key {
	uint32_t text; /* up to three bytes as they are, more as a hash with the top bit set */
	uint8_t width, style;
	bool risky; /* terminals differ in how wide this is */
};

/* Where the pen is while a frame is made. */
struct pen {
	struct blit *blit;
	int row, column; /* -1: not known */
	bool drifts;	 /* column is the grid's; the terminal may have counted otherwise */
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

/* U+0800 to U+0FFF, where the scripts of vowel signs are: what of them joins a cell and what gets
 * its own differs, but nobody counts more than one column a letter or sign. */
static bool is_indic(const struct cell *cell)
{
	return cell->width == 1 && (unsigned char)cell->text[0] == 0xe0;
}

/* Text as it runs on: not blanks, nor what frames are made of (U+2500 to U+257F), nor what is
 * risky for other reasons. */
static bool is_letter(const struct cell *cell)
{
	const unsigned char *text = (const unsigned char *)cell->text;

	if (cell->width != 1 || text[0] == ' ')
		return false;
	if (text[0] == 0xe2)
		return text[1] != 0x94 && text[1] != 0x95;
	return is_indic(cell) || text[0] < 0xcc;
}

/* Whether a cell goes on with the text before it, wherever that ends here. One blank does where
 * text follows; what stands behind more of them or a frame has its own column. */
static bool holds_on(const struct cell *cells, int column, int columns)
{
	if (cells[column].text[0] == ' ')
		return column + 1 < columns && is_letter(&cells[column + 1]);
	return is_letter(&cells[column]);
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

	bool known = pen->row == row && pen->column >= 0 && !pen->drifts;

	if (known && right == 0)
		return;
	if (terminal->ansi && known && right == 1)
		buffer_text(&pen->blit->out, "\033[C");
	else if (terminal->ansi && known && right > 1)
		buffer_format(&pen->blit->out, "\033[%dC", right);
	else
		terminal->move(terminal->context, row, column, &pen->blit->out);
	pen->row = row;
	pen->column = column;
	pen->drifts = false;
}

static void put_cell(struct pen *pen, const struct cell *cell)
{
	struct blit_key key = key_of(pen->blit, cell);

	if (cell->width == 0)
		return;
	if (cell->text[0] != ' ' || pen->blit->terminal.inks[cell->style] || pen->blit->style < 0 ||
	    pen->blit->terminal.inks[pen->blit->style])
		set_style(pen->blit, cell->style);
	buffer_add(&pen->blit->out, cell->text, cell->length);
	pen->drifts = pen->drifts || is_indic(cell);
	pen->column = key.risky && !is_indic(cell) ? -1 : pen->column + cell->width;
}

/* Blanks beneath the text that begins here, as it may come out shorter than its columns: an erased
 * row needs them only where a blank is seen. */
static void lay_ground(struct pen *pen, const struct cell *cells, int row, int column)
{
	struct blit *blit = pen->blit;
	int end = column;

	if (*blit->terminal.erase && !blit->terminal.inks[cells[column].style])
		return;
	do
		end += cells[end].width;
	while (end < blit->columns && is_indic(&cells[column]) &&
	       holds_on(cells, end, blit->columns));
	move_to(pen, row, column);
	for (int i = column; i < end; i++) {
		set_style(blit, cells[i].style);
		buffer_text(&blit->out, " ");
	}
	pen->column = -1;
}

static void send_cell(struct pen *pen, const struct cell *cells, int row, int column)
{
	const struct cell *cell = &cells[column];

	/* text is not torn: what it is too short by shows behind it */
	if (!pen->drifts || pen->row != row || pen->column != column ||
	    !holds_on(cells, column, pen->blit->columns)) {
		if (key_of(pen->blit, cell).risky)
			lay_ground(pen, cells, row, column);
		move_to(pen, row, column);
	}
	put_cell(pen, cell);
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
	if (!*erase || erased < BRIDGE)
		blank = columns;
	for (int column = 0; column < blank; column++) {
		if (!changed[column] && !whole &&
		    !(on && bridged(pen->blit, cells, changed, column, blank))) {
			on = false;
			continue;
		}
		if (cells[column].width == 0)
			continue;
		send_cell(pen, cells, row, column);
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
	if (risky && *pen->blit->terminal.erase) {
		/* no telling where the old text ends here: begin with an empty row */
		move_to(pen, row, 0);
		set_style(pen->blit, STYLE_PLAIN);
		buffer_text(&pen->blit->out, pen->blit->terminal.erase);
	}
	send_row(pen, cells, changed, row, risky);
}

/* Behind the text that is typed, wherever that ends here: where it could be elsewhere than in the
 * grid, the text up to it is said again and leaves the cursor there. */
static void place_cursor(struct pen *pen, const struct grid *grid)
{
	int row = grid->cursor_row, end = grid->cursor_column, start = end;
	const struct cell *cells = &grid->cells[(size_t)row * (size_t)grid->columns];
	bool indic = false;

	if (start > 1 && cells[start - 1].text[0] == ' ' && is_letter(&cells[start - 2]))
		start--;
	while (start > 0 && holds_on(cells, start - 1, grid->columns))
		indic = is_indic(&cells[--start]) || indic;
	if (!indic)
		start = end;
	move_to(pen, row, start);
	for (int column = start; column < end; column++)
		put_cell(pen, &cells[column]);
}

static void frame_cursor(struct pen *pen, const struct grid *grid, bool drawn)
{
	struct blit *blit = pen->blit;
	const struct blit_terminal *terminal = &blit->terminal;
	int wanted = grid->cursor_row >= 0;

	if (wanted && (drawn || blit->cursor != 1 || blit->row != grid->cursor_row ||
		       blit->column != grid->cursor_column))
		place_cursor(pen, grid);
	if (wanted != blit->cursor)
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
