/*
 * The model. An update is a walk over the cells that differ, from above, left to right, and costs
 *
 *   text      the UTF-8 bytes of each changed cell; a cell that looks the same is not sent,
 *             unless walking over it is cheaper than going around it
 *   moves     to the next run of changed cells by the cheapest of: cup, hpa, vpa, cuf, cub, cud,
 *             carriage return, line feeds
 *   erasing   a row's blank tail by el (3 bytes), blanks within by ech, one ASCII character many
 *             times by rep, where that is shorter; or home, ed, and every cell that is not blank
 *   pen       what must be switched between two cells, all in one SGR sequence of ECMA-48: an
 *             attribute on or a colour by its parameter, off by its own end, or all anew behind a
 *             0 where that is shorter or an attribute has no end; it starts plain and stays as it
 * is cursor    shown or hidden, and put in its place only when it is shown
 *
 * Scrolling a region is not in the model: nothing here should move that much. All this can be said
 * by a careful program, so a ratio near 1 is within reach; bare shows in the same table what curses
 * makes of it, which spells a pen at more length.
 */
#include "change.h"

#include <stdlib.h>
#include <string.h>

/* The terminal while it is written to; column -1: past the right edge, so not to be counted on. */
struct pencil {
	const struct frame *after;
	int row, column;
	struct terminal_cell pen; /* only its colours and attributes */
	size_t bytes;
};

static const struct terminal_cell plain = {
	.text = " ",
	.width = 1,
	.foreground = -1,
	.background = -1,
};

struct frame frame_take(const struct terminal *t)
{
	struct frame frame = {0};
	terminal_size(t, &frame.rows, &frame.columns);
	terminal_cursor(t, &frame.cursor_row, &frame.cursor_column, &frame.cursor_shown);
	frame.cells = malloc((size_t)frame.rows * (size_t)frame.columns * sizeof *frame.cells);
	if (!frame.cells)
		abort();
	for (int row = 0; row < frame.rows; row++)
		for (int column = 0; column < frame.columns; column++)
			frame.cells[row * frame.columns + column] = terminal_cell(t, row, column);
	return frame;
}

void frame_free(struct frame *frame)
{
	free(frame->cells);
	frame->cells = NULL;
}

static const struct terminal_cell *cell_at(const struct frame *frame, int row, int column)
{
	return &frame->cells[row * frame->columns + column];
}

static size_t digits(int number)
{
	return number < 10 ? 1 : number < 100 ? 2 : 3;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* CSI, a count that may be left out when it is 1, a letter. */
static size_t counted(int count)
{
	return count == 1 ? 3 : 3 + digits(count);
}

static size_t move_cost(int row, int column, int to_row, int to_column)
{
	if (row == to_row && column == to_column)
		return 0;
	bool home = to_row == 0 && to_column == 0;
	size_t best = home ? 3 : 4 + digits(to_row + 1) + digits(to_column + 1);
	int down = to_row - row, right = to_column - column;
	if (down == 0) {
		best = least(best, 3 + digits(to_column + 1));
		if (column >= 0)
			best = least(best, right > 0 ? counted(right) : (size_t)-right);
	}
	if (column >= 0 && right == 0) {
		best = least(best, 3 + digits(to_row + 1));
		best = least(best, down > 0 ? (size_t)down : counted(-down));
	}
	if (to_column == 0 && down >= 0)
		best = least(best, 1 + least((size_t)down, down > 0 ? counted(down) : 0));
	return best;
}

/* Parameters of one SGR sequence: how many, and their digits. */
struct parameters {
	size_t count, bytes;
};

static void say(struct parameters *p, bool wanted, size_t bytes)
{
	p->count += wanted;
	p->bytes += wanted ? bytes : 0;
}

static size_t colour_bytes(int colour)
{
	if (colour < 16)
		return 2;
	if (colour < 256)
		return 5 + digits(colour);
	return 7 + digits(colour >> 16 & 255) + digits(colour >> 8 & 255) + digits(colour & 255);
}

static void say_new(struct parameters *p, const struct terminal_cell *from,
		    const struct terminal_cell *to)
{
	say(p, to->bold && !from->bold, 1);
	say(p, to->dim && !from->dim, 1);
	say(p, to->italic && !from->italic, 1);
	say(p, to->underline && !from->underline, 1);
	say(p, to->blink && !from->blink, 1);
	say(p, to->reverse && !from->reverse, 1);
	say(p, to->foreground >= 0 && to->foreground != from->foreground,
	    colour_bytes(to->foreground));
	say(p, to->background >= 0 && to->background != from->background,
	    colour_bytes(to->background));
}

/* CSI, the parameters with semicolons between, m. */
static size_t sequence_cost(const struct parameters *p)
{
	return p->count == 0 ? 0 : 3 + p->bytes + p->count - 1;
}

static size_t pen_cost(const struct terminal_cell *from, const struct terminal_cell *to)
{
	struct parameters on = {0, 0}, anew = {1, 1}, change = {0, 0}, was = {0, 0};
	say_new(&was, &plain, from);
	say_new(&on, &plain, to);
	say_new(&anew, &plain, to);
	size_t best = on.count == 0 ? 3 : sequence_cost(&anew);
	if ((from->bold && !to->bold) || (from->dim && !to->dim) || (from->blink && !to->blink))
		return best;
	say(&change, from->italic && !to->italic, 2);
	say(&change, from->underline && !to->underline, 2);
	say(&change, from->reverse && !to->reverse, 2);
	say(&change, from->foreground >= 0 && to->foreground < 0, 2);
	say(&change, from->background >= 0 && to->background < 0, 2);
	say_new(&change, from, to);
	return was.count == 0 ? sequence_cost(&change) : least(sequence_cost(&change), best);
}

static bool same_pen(const struct terminal_cell *a, const struct terminal_cell *b)
{
	return pen_cost(a, b) == 0 && pen_cost(b, a) == 0;
}

/* Can the terminal make this cell by erasing? */
static bool is_blank(const struct terminal_cell *cell)
{
	return !strcmp(cell->text, " ") && !cell->reverse && !cell->underline &&
	       cell->background < 0;
}

static bool same_glyph(const struct terminal_cell *a, const struct terminal_cell *b)
{
	return !strcmp(a->text, b->text) && ((is_blank(a) && is_blank(b)) || same_pen(a, b));
}

/* Two cells that nobody could tell apart: a blank has no boldness. */
static bool looks_same(const struct terminal_cell *a, const struct terminal_cell *b)
{
	return terminal_cell_equal(a, b) || (is_blank(a) && is_blank(b));
}

static void go(struct pencil *p, int row, int column)
{
	p->bytes += move_cost(p->row, p->column, row, column);
	p->row = row;
	p->column = column;
}

/* Any pen does for a blank, except one that shows on it. */
static void dip(struct pencil *p, const struct terminal_cell *cell)
{
	if (is_blank(cell) && !p->pen.reverse && !p->pen.underline && p->pen.background < 0)
		return;
	p->bytes += pen_cost(&p->pen, cell);
	p->pen = *cell;
}

static void write_cell(struct pencil *p, const struct terminal_cell *cell)
{
	if (cell->width == 0)
		return;
	dip(p, cell);
	p->bytes += strlen(cell->text);
	p->column += cell->width;
	if (p->column >= p->after->columns)
		p->column = -1;
}

/* Get to the next changed cell of this row: over the unchanged ones by sending them again, or
 * around them. */
static void reach(struct pencil *p, int row, int column)
{
	if (p->row == row && p->column >= 0 && p->column < column && column - p->column < 12) {
		struct pencil over = *p;
		while (over.column >= 0 && over.column < column)
			write_cell(&over, cell_at(p->after, row, over.column));
		size_t around = move_cost(row, p->column, row, column);
		if (over.column == column && over.bytes - p->bytes <= around) {
			*p = over;
			return;
		}
	}
	go(p, row, column);
}

/* How many cells from here on are the same as this one. */
static int run_length(const struct frame *frame, int row, int column)
{
	const struct terminal_cell *first = cell_at(frame, row, column);
	int end = column + 1;
	while (end < frame->columns && same_glyph(first, cell_at(frame, row, end)))
		end++;
	return end - column;
}

/* Write the changed cell at `column`, or the whole run it begins. Returns the column after. */
static int write_run(struct pencil *p, int row, int column, int last_changed)
{
	const struct terminal_cell *cell = cell_at(p->after, row, column);
	int run = run_length(p->after, row, column);
	int needed = last_changed + 1 - column < run ? last_changed + 1 - column : run;
	if (is_blank(cell) && column + run == p->after->columns && needed > 3) {
		dip(p, cell);
		p->bytes += 3;
		return p->after->columns;
	}
	/* after ech the cursor has yet to be moved, which go() charges when there is more to write
	 */
	if (is_blank(cell) && (size_t)needed > 2 * counted(needed)) {
		dip(p, cell);
		p->bytes += counted(needed);
		return column + needed;
	}
	if (cell->width == 1 && !cell->text[1] && (size_t)needed > 1 + counted(needed - 1)) {
		write_cell(p, cell);
		p->bytes += counted(needed - 1);
		p->column = column + needed < p->after->columns ? column + needed : -1;
		return column + needed;
	}
	write_cell(p, cell);
	return column + (cell->width > 1 ? cell->width : 1);
}

static size_t walk(const struct frame *before, const struct frame *after)
{
	struct pencil p = {
		.after = after,
		.row = before->cursor_row,
		.column = before->cursor_column,
		.pen = plain,
	};
	for (int row = 0; row < after->rows; row++) {
		int last = after->columns - 1;
		while (last >= 0 &&
		       looks_same(cell_at(before, row, last), cell_at(after, row, last)))
			last--;
		for (int column = 0; column <= last;) {
			if (looks_same(cell_at(before, row, column), cell_at(after, row, column))) {
				column++;
				continue;
			}
			/* the right half of a wide character is written with its left */
			if (cell_at(after, row, column)->width == 0 && column > 0)
				column--;
			reach(&p, row, column);
			column = write_run(&p, row, column, last);
		}
	}
	if (before->cursor_shown && !after->cursor_shown)
		p.bytes += 6;
	if (!before->cursor_shown && after->cursor_shown)
		p.bytes += 12;
	if (after->cursor_shown)
		go(&p, after->cursor_row, after->cursor_column);
	return p.bytes;
}

size_t change_need(const struct frame *before, const struct frame *after)
{
	struct frame blank = *before;
	size_t count = (size_t)before->rows * (size_t)before->columns;
	size_t by_parts = walk(before, after);
	blank.cells = malloc(count * sizeof *blank.cells);
	if (!blank.cells)
		abort();
	for (size_t i = 0; i < count; i++)
		blank.cells[i] = plain;
	blank.cursor_row = blank.cursor_column = 0;
	size_t anew = 6 + walk(&blank, after);
	frame_free(&blank);
	return least(by_parts, anew);
}
