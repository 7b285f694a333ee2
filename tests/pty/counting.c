#include "counting.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static const struct counting_cell blank = {" ", false, false};

static struct counting_cell *cell_at(const struct counting *c, int row, int column)
{
	return &c->cells[(size_t)row * (size_t)c->columns + (size_t)column];
}

bool counting_resize(struct counting *c, int rows, int columns)
{
	free(c->cells);
	c->rows = rows;
	c->columns = columns;
	c->row = c->column = 0;
	c->cells = calloc((size_t)rows * (size_t)columns, sizeof *c->cells);
	for (int i = 0; c->cells && i < rows * columns; i++)
		c->cells[i] = blank;
	return c->cells != NULL;
}

bool counting_begin(struct counting *c, enum counting_kind kind, int rows, int columns)
{
	*c = (struct counting){.kind = kind, .shown = true};
	return counting_resize(c, rows, columns);
}

void counting_end(struct counting *c)
{
	free(c->cells);
	c->cells = NULL;
}

static void strange(struct counting *c)
{
	if (!*c->strange)
		snprintf(c->strange, sizeof c->strange, "%.*s", (int)c->length, c->held);
}

/* U+0981 to U+0983, vowel signs and the length mark: what shows on or beside its letter. */
static bool is_sign(uint32_t code)
{
	return (code >= 0x981 && code <= 0x983) || code == 0x9bc ||
	       (code >= 0x9be && code <= 0x9cd) || code == 0x9d7 || code == 0x200c ||
	       code == 0x200d;
}

static uint32_t decode(const char *text, size_t length)
{
	static const unsigned char first[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	uint32_t code = (unsigned char)text[0] & first[length];

	for (size_t i = 1; i < length; i++)
		code = code << 6 | ((unsigned char)text[i] & 0x3f);
	return code;
}

/* The cell that a sign joins: the last one written to, before the cursor. */
static struct counting_cell *joined(const struct counting *c, uint32_t code, int width)
{
	struct counting_cell *cell;
	int column = c->column;

	if (column == 0)
		return NULL;
	cell = cell_at(c, c->row, column - 1);
	if (!*cell->text && column > 1)
		cell = cell_at(c, c->row, column - 2);
	if (is_sign(code))
		return width == 0 || c->kind != COUNTING_SUM ? cell : NULL;
	if (width == 0)
		return cell;
	if (c->kind == COUNTING_CONJUNCT && code >= 0x995 && code <= 0x9b9 &&
	    strlen(cell->text) > 3 && strcmp(cell->text + strlen(cell->text) - 3, "্") == 0)
		return cell;
	return NULL;
}

static void put(struct counting *c, const char *text, size_t length)
{
	uint32_t code = decode(text, length);
	int width = wcwidth((wchar_t)code);
	struct counting_cell *cell = joined(c, code, width);

	if (width < 0 || width > 2) {
		strange(c);
		return;
	}
	if (cell) {
		size_t used = strlen(cell->text);

		if (used + length < sizeof cell->text)
			snprintf(cell->text + used, sizeof cell->text - used, "%.*s", (int)length,
				 text);
		/* the sign's column is the cluster's second, once */
		if (c->kind == COUNTING_TWO && width == 1 && c->column < c->columns &&
		    cell == cell_at(c, c->row, c->column - 1)) {
			*cell_at(c, c->row, c->column) = *cell;
			cell_at(c, c->row, c->column++)->text[0] = '\0';
		}
		return;
	}
	if (c->column + width > c->columns) {
		c->column = 0;
		c->row += c->row + 1 < c->rows;
	}
	cell = cell_at(c, c->row, c->column);
	/* the second column of a cluster that goes */
	for (int i = c->column + 1; i < c->columns && !*cell_at(c, c->row, i)->text; i++)
		*cell_at(c, c->row, i) = blank;
	*cell = (struct counting_cell){"", c->reverse, c->underline};
	snprintf(cell->text, sizeof cell->text, "%.*s", (int)length, text);
	if (width == 2) {
		cell[1] = *cell;
		cell[1].text[0] = '\0';
	}
	c->column += width;
}

static void erase(struct counting *c, int from, int to)
{
	for (int i = from; i < to; i++)
		c->cells[i] = blank;
}

static void look(struct counting *c, const char *parameters)
{
	for (const char *next = parameters; next; next = strchr(next, ';')) {
		next += *next == ';';
		int n = (int)strtol(next, NULL, 10);

		if (n == 0)
			c->reverse = c->underline = false;
		else if (n == 7)
			c->reverse = true;
		else if (n == 4)
			c->underline = true;
		else if (n == 24)
			c->underline = false;
		else if (n == 27)
			c->reverse = false;
	}
}

static int within(int n, int limit)
{
	return n < 0 ? 0 : n >= limit ? limit - 1 : n;
}

static void control(struct counting *c, const char *parameters, char final)
{
	int here = c->row * c->columns + within(c->column, c->columns), a = atoi(parameters);
	const char *semicolon = strchr(parameters, ';');

	switch (final) {
	case 'H':
		c->row = within(a - 1, c->rows);
		c->column = within(semicolon ? atoi(semicolon + 1) - 1 : 0, c->columns);
		return;
	case 'C': c->column = within(c->column + (a ? a : 1), c->columns); return;
	case 'G': c->column = within(a - 1, c->columns); return;
	case 'X':
		a = a ? a : 1;
		erase(c, here, here + (a < c->columns - c->column ? a : c->columns - c->column));
		return;
	case 'b':
		for (int i = 0; i < (a ? a : 1); i++)
			put(c, c->repeated, 1);
		return;
	case 'd': c->row = within(a - 1, c->rows); return;
	case 'm': look(c, parameters); return;
	case 'K':
		if (a != 0)
			break;
		erase(c, here, (c->row + 1) * c->columns);
		return;
	case 'J': erase(c, a == 2 ? 0 : here, c->rows * c->columns); return;
	case 'h':
	case 'l':
		if (strcmp(parameters, "?25") == 0)
			c->shown = final == 'h';
		return;
	case 'c':
	case 'r':
	case 't': return;
	default: break;
	}
	strange(c);
}

/* Whether what is held is whole, and if so does it. */
static bool act(struct counting *c)
{
	unsigned char first = (unsigned char)c->held[0],
		      last = (unsigned char)c->held[c->length - 1];
	size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;

	if (first >= 0x20) {
		if (c->length < wanted)
			return false;
		put(c, c->held, c->length);
		if (c->length == 1)
			*c->repeated = c->held[0];
	} else if (first == '\b') {
		c->column -= c->column > 0;
	} else if (first == '\r') {
		c->column = 0;
	} else if (first == '\n') {
		c->row += c->row + 1 < c->rows;
	} else if (first != 27) {
		if (first != 14 && first != 15 && first != 7)
			strange(c);
	} else if (c->length == 1) {
		return false;
	} else if (c->held[1] == '[') {
		if (c->length == 2 || last < 0x40)
			return false;
		c->held[c->length - 1] = '\0';
		control(c, c->held + 2, (char)last);
	} else if (strchr("()", c->held[1])) {
		return c->length == 3;
	} else if (c->held[1] == ']') {
		return last == 7 || last == '\\';
	} else if (!strchr("=>78", c->held[1])) {
		strange(c);
	}
	return true;
}

void counting_take(struct counting *c, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (c->length + 1 >= sizeof c->held) {
			strange(c);
			c->length = 0;
		}
		c->held[c->length++] = bytes[i];
		if (act(c))
			c->length = 0;
	}
}

static bool is_frame(const char *text)
{
	return (unsigned char)text[0] == 0xe2 &&
	       ((unsigned char)text[1] == 0x94 || (unsigned char)text[1] == 0x95);
}

static bool is_blank(const struct counting_cell *cell)
{
	return strcmp(cell->text, " ") == 0;
}

/* The text of cells without its blanks. */
static void squeeze(const struct counting_cell *cells, int count, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (int i = 0; i < count; i++)
		for (const char *text = cells[i].text; *text && at + 1 < size; text++)
			if (*text != ' ')
				out[at++] = *text;
	out[at] = '\0';
}

/* A column whose cell must stand where it does. */
static bool is_fixed(const struct counting_cell *cells, int column)
{
	if (is_blank(&cells[column]))
		return false;
	return is_frame(cells[column].text) || column == 0 || is_frame(cells[column - 1].text) ||
	       (column > 1 && is_blank(&cells[column - 1]) && is_blank(&cells[column - 2]));
}

/* Behind the same text, and as near to it; behind two blanks it has a column of its own. */
static bool cursor_is_right(const struct counting_cell *got, int column,
			    const struct counting_row *wanted)
{
	static char a[4096], b[4096];
	int left = column, right = wanted->cursor;

	squeeze(got, column, a, sizeof a);
	squeeze(wanted->cells, wanted->cursor, b, sizeof b);
	while (left > 0 && is_blank(&got[left - 1]))
		left--;
	while (right > 0 && is_blank(&wanted->cells[right - 1]))
		right--;
	if (strcmp(a, b) != 0)
		return false;
	return right == 0 || wanted->cursor - right > 1 ? column == wanted->cursor
							: column - left == wanted->cursor - right;
}

const char *counting_fault(const struct counting *c, int row, const struct counting_row *wanted)
{
	static char fault[9000], a[4096], b[4096];
	const struct counting_cell *got = cell_at(c, row, 0), *cells = wanted->cells;

	squeeze(got, c->columns, a, sizeof a);
	squeeze(cells, wanted->columns, b, sizeof b);
	if (strcmp(a, b) != 0) {
		snprintf(fault, sizeof fault, "row %d reads \"%s\", not \"%s\"", row, a, b);
		return fault;
	}
	for (int i = 0; i < c->columns; i++) {
		const char *what = NULL;
		bool open = is_blank(&cells[i]) && (i == 0 || is_blank(&cells[i - 1]));

		if (is_fixed(cells, i) &&
		    strncmp(got[i].text, cells[i].text, strlen(cells[i].text)) != 0)
			what = cells[i].text;
		else if (got[i].reverse != cells[i].reverse)
			what = "reverse";
		else if (open && got[i].underline != cells[i].underline)
			what = "underline";
		if (what) {
			snprintf(fault, sizeof fault, "row %d column %d: no %s there in \"%s\"",
				 row, i, what, b);
			return fault;
		}
	}
	if (wanted->cursor >= 0 &&
	    (c->row != row || !c->shown || !cursor_is_right(got, c->column, wanted))) {
		snprintf(fault, sizeof fault, "row %d: the cursor stands at %d, not behind \"%s\"",
			 row, c->column, b);
		return fault;
	}
	return NULL;
}
