#include "screen/pen.h"

#include <string.h>

#define EDGE 4	    /* columns from the right edge within which a risky cell might wrap */
#define CUP_GUESS 8 /* bytes, where only the caller can spell it */
#define NO_WAY 1000 /* more than any way costs */
#define TONE 1000   /* "38;5;n" is one colour, not three parameters */

enum across { ACROSS_STAY, ACROSS_RETURN, ACROSS_RIGHT, ACROSS_BACK, ACROSS_PLACE };
enum down { DOWN_STAY, DOWN_FEED, DOWN_PLACE };

/* How to get to a place. */
struct way {
	int cost; /* bytes */
	bool anew;
	enum across across;
	enum down down;
};

/* A style as attributes and a colour. */
struct dye {
	unsigned bits; /* 1u << n for the parameter n, of 0 to 9 */
	int colour;    /* 30 to 37, 90 to 97; TONE + n: n of 256; -1: the terminal's own */
};

/* A sequence to a style: nine attributes, a colour, what ends them. */
struct sgr {
	char text[BLIT_LOOK_BYTES];
	size_t length;
};

static int digits(int number)
{
	return number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : 5;
}

int pen_counted(int count)
{
	return count == 1 ? 3 : 3 + digits(count);
}

static int go_across(const struct pen *pen, int column, enum across *how)
{
	int from = pen->drifts ? -1 : pen->column, cost = NO_WAY;

	*how = ACROSS_STAY;
	if (from == column)
		return 0;
	if (pen->terminal->can & BLIT_HPA) {
		cost = 3 + digits(column + 1);
		*how = ACROSS_PLACE;
	}
	if (from >= 0 && column > from && pen->terminal->ansi &&
	    pen_counted(column - from) <= cost) {
		cost = pen_counted(column - from);
		*how = ACROSS_RIGHT;
	}
	if (from > column && from - column < cost) {
		cost = from - column;
		*how = ACROSS_BACK;
	}
	if (column == 0 && cost > 1) {
		cost = 1;
		*how = ACROSS_RETURN;
	}
	return cost;
}

static int go_down(const struct pen *pen, int row, enum down *how)
{
	int cost = NO_WAY;

	*how = DOWN_STAY;
	if (row == pen->row)
		return 0;
	if (pen->terminal->can & BLIT_VPA) {
		cost = 3 + digits(row + 1);
		*how = DOWN_PLACE;
	}
	if (pen->terminal->can & BLIT_FEED && row > pen->row && row - pen->row <= cost) {
		cost = row - pen->row;
		*how = DOWN_FEED;
	}
	return cost;
}

static struct way way_to(const struct pen *pen, int row, int column)
{
	struct way way = {.cost = CUP_GUESS, .anew = true};
	struct way steps = {.anew = false};

	if (pen->terminal->can & BLIT_CUP)
		way.cost = row || column ? 4 + digits(row + 1) + digits(column + 1) : 3;
	if (pen->row < 0)
		return way;
	steps.cost = go_across(pen, column, &steps.across);
	steps.cost += go_down(pen, row, &steps.down);
	return steps.cost <= way.cost ? steps : way;
}

int pen_way(const struct pen *pen, int row, int column)
{
	return way_to(pen, row, column).cost;
}

static void add_number(char *text, size_t *length, int number)
{
	char digit[12];
	size_t n = 0;

	do
		digit[n++] = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	while (n > 0)
		text[(*length)++] = digit[--n];
}

/* CSI number letter. Every move says one, and printf takes ten times as long. */
static void add_csi(struct buffer *out, int number, char letter)
{
	char text[16] = "\033[";
	size_t length = 2;

	add_number(text, &length, number);
	text[length++] = letter;
	buffer_add(out, text, length);
}

/* CSI count letter, the count left out when it is 1. */
static void add_counted(struct buffer *out, int count, char letter)
{
	char text[] = {'\033', '[', letter};

	if (count == 1)
		buffer_add(out, text, sizeof text);
	else
		add_csi(out, count, letter);
}

static void move_anew(struct pen *pen, int row, int column)
{
	char text[32] = "\033[";
	size_t length = 2;

	if (!(pen->terminal->can & BLIT_CUP)) {
		pen->terminal->move(pen->terminal->context, row, column, pen->out);
		return;
	}
	if (row || column) {
		add_number(text, &length, row + 1);
		text[length++] = ';';
		add_number(text, &length, column + 1);
	}
	text[length++] = 'H';
	buffer_add(pen->out, text, length);
}

void pen_move(struct pen *pen, int row, int column)
{
	struct way way = way_to(pen, row, column);

	if (way.anew)
		move_anew(pen, row, column);
	/* across first: that ends a wait at the right edge */
	switch (way.across) {
	case ACROSS_STAY: break;
	case ACROSS_RETURN: buffer_text(pen->out, "\r"); break;
	case ACROSS_RIGHT: add_counted(pen->out, column - pen->column, 'C'); break;
	case ACROSS_PLACE: add_csi(pen->out, column + 1, 'G'); break;
	case ACROSS_BACK:
		for (int i = column; i < pen->column; i++)
			buffer_text(pen->out, "\b");
		break;
	}
	if (way.down == DOWN_PLACE)
		add_csi(pen->out, row + 1, 'd');
	for (int i = pen->row; way.down == DOWN_FEED && i < row; i++)
		buffer_text(pen->out, "\n");
	pen->row = row;
	pen->column = column;
	pen->drifts = false;
}

static int number_of(const char **look)
{
	int number = 0;

	for (; **look >= '0' && **look <= '9'; ++*look)
		number = number * 10 + **look - '0';
	*look += **look != '\0';
	return number;
}

static struct dye dye_of(const char *look)
{
	struct dye dye = {.colour = -1};

	while (*look) {
		bool tone = strncmp(look, "38;5;", 5) == 0;

		look += tone ? 5 : 0;
		int number = number_of(&look);

		if (tone)
			dye.colour = TONE + number;
		else if (number < 10)
			dye.bits |= 1u << number;
		else
			dye.colour = number;
	}
	return dye;
}

static void sgr_begin(struct sgr *sgr)
{
	sgr->text[0] = '\033';
	sgr->text[1] = '[';
	sgr->length = 2;
}

static void sgr_add(struct sgr *sgr, int number)
{
	if (sgr->length > 2)
		sgr->text[sgr->length++] = ';';
	add_number(sgr->text, &sgr->length, number);
}

/* What a style has that another lacks. */
static void sgr_add_new(struct sgr *sgr, struct dye from, struct dye to)
{
	for (int bit = 1; bit < 10; bit++)
		if (to.bits & ~from.bits & 1u << bit)
			sgr_add(sgr, bit);
	if (to.colour < 0 || to.colour == from.colour)
		return;
	if (to.colour >= TONE) {
		sgr_add(sgr, 38);
		sgr_add(sgr, 5);
	}
	sgr_add(sgr, to.colour >= TONE ? to.colour - TONE : to.colour);
}

/* What is off goes off by its own parameter, what is new comes on. False: bold and dim have none
 * that all terminals know, and some terminals none at all. */
static bool sgr_change(struct sgr *sgr, struct dye from, struct dye to, bool ends)
{
	unsigned off = from.bits & ~to.bits;
	bool paled = from.colour >= 0 && to.colour < 0;

	if (off & ~(1u << 4 | 1u << 7) || (!ends && (off || paled)))
		return false;
	sgr_begin(sgr);
	if (off & 1u << 4)
		sgr_add(sgr, 24);
	if (off & 1u << 7)
		sgr_add(sgr, 27);
	if (paled)
		sgr_add(sgr, 39);
	sgr_add_new(sgr, from, to);
	return true;
}

/* The shortest sequence to a style of an ECMA-48 terminal, none when it is in use. */
static void spell(const struct pen *pen, int style, struct sgr *sgr)
{
	static const struct dye none = {.colour = -1};
	const char *look = pen->terminal->look[style];
	const char *before = pen->style < 0 ? NULL : pen->terminal->look[pen->style];
	struct dye to = dye_of(look);
	struct sgr change;

	sgr->length = 0;
	if (before && strcmp(look, before) == 0)
		return;
	sgr_begin(sgr);
	if ((!before || *before) && *look)
		sgr_add(sgr, 0);
	sgr_add_new(sgr, none, to);
	if (before && sgr_change(&change, dye_of(before), to, pen->terminal->can & BLIT_ENDS) &&
	    change.length < sgr->length)
		*sgr = change;
	sgr->text[sgr->length++] = 'm';
}

int pen_dip_cost(const struct pen *pen, int style)
{
	struct sgr sgr;

	if (style == pen->style)
		return 0;
	if (!pen->terminal->ansi)
		return (int)(strlen(pen->terminal->plain) + strlen(pen->terminal->look[style]));
	spell(pen, style, &sgr);
	return (int)sgr.length;
}

void pen_dip(struct pen *pen, int style)
{
	struct sgr sgr;

	if (style == pen->style)
		return;
	if (pen->terminal->ansi) {
		spell(pen, style, &sgr);
		buffer_add(pen->out, sgr.text, sgr.length);
	} else if (pen->style < 0 ||
		   strcmp(pen->terminal->look[style], pen->terminal->look[pen->style]) != 0) {
		buffer_text(pen->out, pen->terminal->plain);
		buffer_text(pen->out, pen->terminal->look[style]);
	}
	pen->style = style;
}

bool pen_inks(const struct pen *pen)
{
	return pen->style < 0 || pen->terminal->inks[pen->style];
}

/* Right of what was written, if that is a place that can be counted on. */
static void advance(struct pen *pen, int columns, enum pen_step step)
{
	int column = pen->column + columns;
	bool lost = step == PEN_LOST;

	pen->drifts = pen->drifts || step == PEN_DRIFTS;
	pen->column = lost || column >= pen->columns ? -1 : column;
	if (column + (lost ? EDGE : 0) >= pen->columns &&
	    (lost || !(pen->terminal->can & BLIT_WAITS)))
		pen->row = -1;
}

void pen_cell(struct pen *pen, const struct cell *cell, enum pen_step step)
{
	if (cell->text[0] != ' ' || pen->terminal->inks[cell->style] || pen_inks(pen))
		pen_dip(pen, cell->style);
	buffer_add(pen->out, cell->text, cell->length);
	advance(pen, cell->width, step);
}

void pen_blank(struct pen *pen, int style)
{
	pen_dip(pen, style);
	buffer_text(pen->out, " ");
	advance(pen, 1, PEN_SURE);
}

void pen_erase_rest(struct pen *pen)
{
	if (pen_inks(pen))
		pen_dip(pen, STYLE_PLAIN);
	buffer_text(pen->out, pen->terminal->erase);
}

void pen_erase(struct pen *pen, int cells)
{
	if (pen_inks(pen))
		pen_dip(pen, STYLE_PLAIN);
	add_counted(pen->out, cells, 'X');
}

/* How many of so many cells REP may make behind the first. Near the right edge some terminals
 * (libvterm, Neovim's) lose count of it. */
static int repeated(const struct pen *pen, int times)
{
	int room = pen->columns - pen->column - 3;
	int repeat = times - 1 < room ? times - 1 : room;

	return pen->terminal->can & BLIT_REP && repeat > pen_counted(repeat) ? repeat : 0;
}

int pen_run_cost(const struct pen *pen, int times)
{
	int repeat = repeated(pen, times);

	return repeat ? times - repeat + pen_counted(repeat) : times;
}

void pen_run(struct pen *pen, const struct cell *cell, int times)
{
	int repeat = repeated(pen, times);

	pen_cell(pen, cell, PEN_SURE);
	if (repeat) {
		add_counted(pen->out, repeat, 'b');
		advance(pen, repeat, PEN_SURE);
	}
	for (int i = 1 + repeat; i < times; i++)
		pen_cell(pen, cell, PEN_SURE);
}
