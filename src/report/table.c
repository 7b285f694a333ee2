#include "report/table.h"

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"

#define INDENT 2
#define GAP 2
#define FIRST_LEAST 12 /* columns that the first column keeps */
#define LAST_LEAST 20  /* that the last keeps where it is text; no bar is as wide */

const char **table_row(struct table *table)
{
	table->rows = arena_more(table->arena, table->rows, table->count, sizeof(*table->rows));
	return table->rows[table->count++];
}

static void widen(int *widths, size_t columns, const char *const *cells)
{
	for (size_t i = 0; i < columns; i++) {
		int width = cells[i] == NULL ? 0 : text_width(cells[i]);
		widths[i] = width > widths[i] ? width : widths[i];
	}
}

static void put_cell(struct buffer *out, const char *text, int width, bool right, bool last)
{
	size_t length = strlen(text);
	const char *dots = "";
	int used = text_width(text);
	if (used > width) {
		length = text_fit(text, length, width - 1);
		used = text_width_of(text, length) + 1;
		dots = "…";
	}
	buffer_format(out, "%*s", right ? width - used : 0, "");
	buffer_add(out, text, length);
	buffer_text(out, dots);
	if (!last)
		buffer_format(out, "%*s", (right ? 0 : width - used) + GAP, "");
}

/* The last cell of a row in as many lines as it takes, each below the other. */
static void put_last(struct buffer *out, const struct table *table, const int *widths, size_t last,
		     const char *text)
{
	struct text_row *rows;
	int indent = INDENT;
	size_t count = text_wrap(table->arena, text, strlen(text), widths[last], &rows);
	for (size_t i = 0; i < last; i++)
		indent += widths[i] + GAP;
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_format(out, "\n%*s", indent, "");
		buffer_add(out, text + rows[i].start, rows[i].length);
	}
}

static void put_row(struct buffer *out, const struct table *table, const int *widths,
		    const char *const *cells)
{
	size_t columns = strlen(table->right), last = columns;
	while (last > 0 && (cells[last - 1] == NULL || *cells[last - 1] == '\0'))
		last--;
	buffer_format(out, "%*s", INDENT, "");
	bool wraps = last == columns && table->right[last - 1] == 'l' &&
		     text_width(cells[last - 1]) > widths[last - 1];
	last -= wraps;
	for (size_t i = 0; i < last; i++)
		put_cell(out, cells[i] == NULL ? "" : cells[i], widths[i], table->right[i] == 'r',
			 i + 1 == last && !wraps);
	if (wraps)
		put_last(out, table, widths, last, cells[last]);
	buffer_text(out, "\n");
}

void table_put(const struct table *table, int columns, struct buffer *out)
{
	size_t count = strlen(table->right);
	int widths[TABLE_COLUMNS_MOST] = {0}, sum = INDENT - GAP;
	widen(widths, count, table->heads);
	for (size_t i = 0; i < table->count; i++)
		widen(widths, count, table->rows[i]);
	for (size_t i = 0; i < count; i++)
		sum += widths[i] + GAP;
	int *last = &widths[count - 1];
	if (table->right[count - 1] == 'l' && sum > columns && *last > LAST_LEAST) {
		int room = *last - (sum - columns);
		sum -= *last;
		*last = room > LAST_LEAST ? room : LAST_LEAST;
		sum += *last;
	}
	int first = widths[0] - (sum - columns);
	if (sum > columns && widths[0] > FIRST_LEAST)
		widths[0] = first > FIRST_LEAST ? first : FIRST_LEAST;
	if (table->heads[0] != NULL)
		put_row(out, table, widths, table->heads);
	for (size_t i = 0; i < table->count; i++)
		put_row(out, table, widths, table->rows[i]);
}

const char *table_bar(struct arena *arena, double share, int cells)
{
	static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	int eighths = (int)(share * cells * 8 + 0.5);
	const char *bar = "";
	for (; eighths >= 8; eighths -= 8)
		bar = arena_format(arena, "%s█", bar);
	return arena_format(arena, "%s%s", bar, parts[eighths > 0 ? eighths : 0]);
}
