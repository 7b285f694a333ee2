#include "screen/blit.h"

#include "screen/pen.h"

#include <stdlib.h>
#include <string.h>

#define GAP_MOST 12 /* unchanged cells that a run goes on over */
#define SPILL 4	    /* columns that a cell may cover beside its own, where terminals differ */

/* A cell as one number: the text (up to three bytes as they are, more as a hash with the top bit
 * set), above it the columns, the style, and whether terminals differ in how wide it is. */
#define KEY_WIDTH 32
#define KEY_STYLE 40
#define KEY_RISKY (UINT64_C(1) << 48)
#define KEY_COLUMN (UINT64_C(1) << KEY_WIDTH)
#define KEY_BLANK (KEY_COLUMN | ' ')

/* A row that is being sent. */
struct work {
	const struct cell *cells;
	const bool *changed;
	int row, columns; /* up to the one behind the last that has changed */
};

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

static uint64_t key_of_long(const struct blit *blit, const struct cell *cell)
{
	const unsigned char *text = (const unsigned char *)cell->text;
	uint32_t key = 0;
	/* Latin, punctuation, marks and box drawing are one column everywhere: below U+0300, or
	 * U+2000 to U+2FFF */
	bool risky = cell->width != 1 || cell->length > 3 ||
		     (cell->length == 3 && text[0] != 0xe2) ||
		     (cell->length == 2 && text[0] >= 0xcc);

	if (cell->length <= 3) {
		for (unsigned i = 0; i < cell->length; i++)
			key = key << 8 | text[i];
	} else {
		key = 0x811c9dc5u;
		for (unsigned i = 0; i < cell->length; i++)
			key = (key ^ text[i]) * 0x01000193u;
		key |= 0x80000000u;
	}
	/* on top of the one column that style_keys has */
	return (key | blit->style_keys[cell->style] | (risky ? KEY_RISKY : 0)) +
	       (((uint64_t)cell->width << KEY_WIDTH) - KEY_COLUMN);
}

static inline uint64_t key_of(const struct blit *blit, const struct cell *cell)
{
	if (cell->length != 1 || cell->width != 1)
		return key_of_long(blit, cell);
	return cell->text[0] == ' ' ? blit->blank_keys[cell->style]
				    : blit->style_keys[cell->style] | (unsigned char)cell->text[0];
}

void blit_blank(struct blit *blit, int rows, int columns)
{
	size_t count = (size_t)rows * (size_t)columns;

	free(blit->shown);
	free(blit->changed);
	blit->shown = malloc((count ? count : 1) * sizeof *blit->shown);
	blit->changed = calloc(columns > 0 ? (size_t)columns : 1, sizeof *blit->changed);
	if (!blit->shown || !blit->changed)
		abort();
	for (size_t i = 0; i < count; i++)
		blit->shown[i] = KEY_BLANK;
	for (int style = 0; style < STYLE_COUNT; style++) {
		int same = 0;

		while (strcmp(blit->terminal.look[same], blit->terminal.look[style]) != 0 ||
		       blit->terminal.inks[same] != blit->terminal.inks[style])
			same++;
		blit->style_keys[style] = KEY_COLUMN | (uint64_t)same << KEY_STYLE;
		/* a blank looks the same in most styles */
		blit->blank_keys[style] =
			blit->terminal.inks[style] ? blit->style_keys[style] | ' ' : KEY_BLANK;
	}
	blit->rows = rows;
	blit->columns = columns;
	blit->cursor = -1;
	blit->style = -1;
}

static bool is_blank(const struct blit *blit, const struct cell *cell)
{
	return cell->length == 1 && cell->text[0] == ' ' && !blit->terminal.inks[cell->style];
}

static bool is_same(const struct blit *blit, const struct cell *a, const struct cell *b)
{
	return key_of(blit, a) == key_of(blit, b);
}

/* Gets to a changed cell: over unchanged ones by sending them again, where that is cheaper than
 * around them. */
static void reach(const struct blit *blit, struct pen *pen, const struct work *work, int column)
{
	if (pen->row == work->row && pen->column == column && !pen->drifts)
		return;

	int around = pen_way(pen, work->row, column), over = 0;
	struct pen try = *pen;
	bool can =
		pen->row == work->row && pen->column >= 0 && pen->column < column && !pen->drifts;

	for (int i = pen->column; can && i < column && over <= around; i++) {
		const struct cell *cell = &work->cells[i];

		can = i >= 0 && cell->width == 1 && !(key_of(blit, cell) & KEY_RISKY);
		if (!can)
			break;
		if (!is_blank(blit, cell) || pen_inks(&try)) {
			over += pen_dip_cost(&try, cell->style);
			try.style = cell->style;
		}
		over += cell->length;
	}
	/* in another style they cost it twice */
	if (can && over <= around &&
	    over + pen_dip_cost(&try, work->cells[column].style) <=
		    around + pen_dip_cost(pen, work->cells[column].style))
		while (pen->column < column)
			pen_cell(pen, &work->cells[pen->column], PEN_SURE);
	else
		pen_move(pen, work->row, column);
}

/* The changed cell behind a column, or the end. */
static int next_changed(const struct work *work, int column)
{
	while (column < work->columns && !work->changed[column])
		column++;
	return column;
}

/* From here to the last changed cell of those that look like this one, a long gap apart. */
static int run_of(const struct blit *blit, const struct work *work, int column)
{
	int end = column + 1;

	for (int i = end; i < work->columns && i - end <= GAP_MOST; i++) {
		if (!is_same(blit, &work->cells[column], &work->cells[i]))
			break;
		if (work->changed[i])
			end = i + 1;
	}
	return end - column;
}

/* A pen that shows on blanks is dipped for what comes behind them, if it can be. */
static void dip_for_blanks(const struct blit *blit, struct pen *pen, const struct work *work,
			   int column)
{
	int style = STYLE_PLAIN;

	if (!pen_inks(pen))
		return;
	while (column < work->columns && is_blank(blit, &work->cells[column]))
		column++;
	if (column < work->columns && work->changed[column] &&
	    !blit->terminal.inks[work->cells[column].style])
		style = work->cells[column].style;
	pen_dip(pen, style);
}

/* A run of blanks, written or erased. Returns where it ends. */
static int put_blanks(const struct blit *blit, struct pen *pen, const struct work *work, int column)
{
	int run = run_of(blit, work, column), end = column + run;
	int next = next_changed(work, end), gap = next - end;
	int written = pen_run_cost(pen, run), erased = pen_counted(run);

	if (next < work->columns) {
		written += gap > pen_counted(gap) ? pen_counted(gap) : gap;
		erased += pen_counted(next - column);
	}
	dip_for_blanks(blit, pen, work, column);
	if (blit->terminal.can & BLIT_ECH && erased < written)
		pen_erase(pen, run);
	else
		pen_run(pen, &work->cells[column], run);
	return end;
}

/* Blanks beneath the text that begins here, as it may come out shorter than its columns: an erased
 * row needs them only where a blank is seen. */
static void lay_ground(const struct blit *blit, struct pen *pen, const struct work *work,
		       int column)
{
	const struct cell *cells = work->cells;
	int end = column;

	if (*blit->terminal.erase && !blit->terminal.inks[cells[column].style])
		return;
	do
		end += cells[end].width;
	while (end < blit->columns && is_indic(&cells[column]) &&
	       holds_on(cells, end, blit->columns));
	pen_move(pen, work->row, column);
	for (int i = column; i < end; i++)
		pen_blank(pen, cells[i].style);
}

/* The changed cell at a column, and those like it. Returns the column behind. */
static int put_run(const struct blit *blit, struct pen *pen, const struct work *work, int column)
{
	const struct cell *cell = &work->cells[column];
	int run = 1;

	/* text is not torn: what it is too short by shows behind it */
	if (pen->drifts && pen->row == work->row && pen->column == column &&
	    holds_on(work->cells, column, blit->columns)) {
		pen_cell(pen, cell, is_indic(cell) ? PEN_DRIFTS : PEN_SURE);
		return column + 1;
	}
	if (key_of(blit, cell) & KEY_RISKY) {
		lay_ground(blit, pen, work, column);
		pen_move(pen, work->row, column);
		pen_cell(pen, cell, is_indic(cell) ? PEN_DRIFTS : PEN_LOST);
		return column + (cell->width > 1 ? cell->width : 1);
	}
	reach(blit, pen, work, column);
	if (is_blank(blit, cell))
		return put_blanks(blit, pen, work, column);
	if (cell->length == 1)
		run = run_of(blit, work, column);
	pen_run(pen, cell, run);
	return column + run;
}

/* Where the blank tail of a row begins, if it has changed enough to be erased; else the end. */
static int tail_of(const struct blit *blit, const struct cell *cells, const bool *changed)
{
	int tail = blit->columns, first = blit->columns, last = 0;
	int erase = (int)strlen(blit->terminal.erase);

	while (tail > 0 && is_blank(blit, &cells[tail - 1])) {
		tail--;
		if (changed[tail]) {
			first = tail;
			last = last ? last : tail + 1;
		}
	}
	return erase && last - first > erase ? first : blit->columns;
}

static void send_row(const struct blit *blit, struct pen *pen, const struct cell *cells,
		     const bool *changed, int row)
{
	int tail = tail_of(blit, cells, changed);
	struct work work = {.cells = cells, .changed = changed, .row = row, .columns = tail};

	while (work.columns > 0 && !changed[work.columns - 1])
		work.columns--;
	for (int column = next_changed(&work, 0); column < work.columns;
	     column = next_changed(&work, column)) {
		if (cells[column].width == 0) {
			column++;
			continue;
		}
		column = put_run(blit, pen, &work, column);
	}
	if (tail == blit->columns)
		return;
	work.columns = blit->columns;
	reach(blit, pen, &work, tail);
	pen_erase_rest(pen);
}

/* No telling where the old text ends here: the row is emptied, and all of it counts as changed but
 * blanks that nothing may have spilt over and no text needs. */
static void begin_anew(const struct blit *blit, struct pen *pen, const struct cell *cells, int row,
		       bool *changed)
{
	int spill = 0;

	if (*blit->terminal.erase) {
		pen_move(pen, row, 0);
		pen_erase_rest(pen);
	}
	for (int column = 0; column < blit->columns; column++) {
		changed[column] = !*blit->terminal.erase || spill > 0 ||
				  !is_blank(blit, &cells[column]) ||
				  holds_on(cells, column, blit->columns);
		spill = key_of(blit, &cells[column]) & KEY_RISKY && !is_indic(&cells[column])
				? SPILL
				: spill - 1;
	}
}

static void frame_row(struct blit *blit, struct pen *pen, const struct grid *grid, int row)
{
	const struct cell *cells = &grid->cells[(size_t)row * (size_t)grid->columns];
	uint64_t *shown = &blit->shown[(size_t)row * (size_t)grid->columns];
	bool *changed = blit->changed;
	uint64_t keys = 0;
	int column = 0;

	/* a blank in another style is the one case that this does not see at once */
	while (column < grid->columns &&
	       ((cells[column].length == 1 && cells[column].width == 1 &&
		 (blit->style_keys[cells[column].style] | (unsigned char)cells[column].text[0]) ==
			 shown[column]) ||
		key_of(blit, &cells[column]) == shown[column]))
		column++;
	if (column == grid->columns)
		return;
	for (column = 0; column < grid->columns; column++) {
		uint64_t key = key_of(blit, &cells[column]);

		changed[column] = key != shown[column];
		keys |= key | shown[column];
		shown[column] = key;
	}
	if (keys & KEY_RISKY)
		begin_anew(blit, pen, cells, row, changed);
	send_row(blit, pen, cells, changed, row);
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
	pen_move(pen, row, start);
	for (int column = start; column < end; column++)
		pen_cell(pen, &cells[column], PEN_SURE);
}

static void frame_cursor(struct blit *blit, struct pen *pen, const struct grid *grid, bool drawn)
{
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
	struct pen pen = {.terminal = &blit->terminal,
			  .out = &blit->out,
			  .columns = grid->columns,
			  .row = -1,
			  .column = -1,
			  .style = blit->style};
	size_t before = blit->out.length;

	for (int row = 0; row < grid->rows && row < blit->rows; row++)
		frame_row(blit, &pen, grid, row);
	frame_cursor(blit, &pen, grid, blit->out.length > before);
	blit->style = pen.style;
}

void blit_free(struct blit *blit)
{
	free(blit->shown);
	free(blit->changed);
	buffer_free(&blit->out);
}
