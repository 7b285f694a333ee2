#include "view/sheet.h"

#include "base/arena.h"
#include "base/text.h"

#include <string.h>

void sheet_set(struct sheet *sheet, const char *text)
{
	struct arena arena = {0};

	buffer_clear(&sheet->text);
	buffer_text(&sheet->text, "");
	while (*text) {
		size_t length = strcspn(text, "\n");

		buffer_text(&sheet->text, text_clean(&arena, text, length));
		text += length;
		if (*text == '\n') {
			buffer_text(&sheet->text, "\n");
			text++;
		}
	}
	sheet->cursor = sheet->top = 0;
	arena_free(&arena);
}

void sheet_free(struct sheet *sheet)
{
	buffer_free(&sheet->text);
}

static void replace(struct sheet *sheet, size_t from, size_t to, const char *text, size_t length)
{
	struct buffer behind = {0};

	buffer_add(&behind, sheet->text.text + to, sheet->text.length - to);
	sheet->text.length = from;
	buffer_add(&sheet->text, text, length);
	if (behind.text)
		buffer_add(&sheet->text, behind.text, behind.length);
	sheet->cursor = from + length;
	buffer_free(&behind);
}

/* The line is made clean anew up to the cursor: a mark typed after its letter joins it. */
static void insert(struct sheet *sheet, const char *text)
{
	struct arena arena = {0};
	struct sheet clean = {0};
	const char *all = sheet->text.text ? sheet->text.text : "";
	size_t start = sheet->cursor;

	while (start > 0 && all[start - 1] != '\n')
		start--;
	if (strchr(text, '\n')) {
		sheet_set(&clean, text);
		replace(sheet, sheet->cursor, sheet->cursor, clean.text.text, clean.text.length);
		sheet_free(&clean);
	} else {
		const char *line = arena_format(&arena, "%.*s%s", (int)(sheet->cursor - start),
						all + start, text);
		const char *typed = text_typed(&arena, line, strlen(line));
		replace(sheet, start, sheet->cursor, typed, strlen(typed));
	}
	arena_free(&arena);
}

/* The rows as drawn: those of each line, an empty line having one. */
static size_t lay(const struct sheet *sheet, struct arena *arena, struct text_row **rows)
{
	const char *text = sheet->text.text ? sheet->text.text : "";
	size_t start = 0, count = 0;

	*rows = NULL;
	for (;;) {
		size_t length = strcspn(text + start, "\n"), made;
		struct text_row *part, empty = {0};

		made = text_wrap(arena, text + start, length,
				 sheet->columns > 1 ? sheet->columns - 1 : 1, &part);
		if (made == 0) {
			part = &empty;
			made = 1;
		}
		for (size_t i = 0; i < made; i++) {
			*rows = arena_more(arena, *rows, count, sizeof **rows);
			(*rows)[count] = part[i];
			(*rows)[count++].start += start;
		}
		start += length;
		if (text[start] != '\n')
			return count;
		start++;
	}
}

/* The row that an offset is in. */
static size_t row_of(const struct text_row *rows, size_t count, size_t offset)
{
	size_t row = 0;

	while (row + 1 < count && rows[row + 1].start <= offset)
		row++;
	return row;
}

/* To the row above or below, at about the same column. */
static void move_row(struct sheet *sheet, int by)
{
	struct arena arena = {0};
	struct text_row *rows;
	size_t count = lay(sheet, &arena, &rows), row = row_of(rows, count, sheet->cursor);
	const char *text = sheet->text.text;
	int column = text_width_of(text + rows[row].start, sheet->cursor - rows[row].start);

	if (by < 0 ? row > 0 : row + 1 < count) {
		const struct text_row *to = &rows[by < 0 ? row - 1 : row + 1];

		sheet->cursor = to->start + text_fit(text + to->start, to->length, column);
	}
	arena_free(&arena);
}

static void move_edge(struct sheet *sheet, bool end)
{
	struct arena arena = {0};
	struct text_row *rows;
	size_t count = lay(sheet, &arena, &rows), row = row_of(rows, count, sheet->cursor);

	sheet->cursor = rows[row].start + (end ? rows[row].length : 0);
	arena_free(&arena);
}

bool sheet_press(struct sheet *sheet, const struct press *press)
{
	const char *text = sheet->text.text ? sheet->text.text : "";
	size_t before = text_previous(text, sheet->text.length, sheet->cursor);
	size_t after = text_next(text, sheet->text.length, sheet->cursor);

	switch (press->kind) {
	case PRESS_CHARACTER: insert(sheet, press->text); return true;
	case PRESS_PASTE: insert(sheet, press->paste); return true;
	case PRESS_ENTER: replace(sheet, sheet->cursor, sheet->cursor, "\n", 1); return true;
	case PRESS_BACKSPACE: replace(sheet, before, sheet->cursor, "", 0); return true;
	case PRESS_DELETE: replace(sheet, sheet->cursor, after, "", 0); return true;
	case PRESS_LEFT: sheet->cursor = before; return true;
	case PRESS_RIGHT: sheet->cursor = after; return true;
	case PRESS_UP: move_row(sheet, -1); return true;
	case PRESS_DOWN: move_row(sheet, 1); return true;
	case PRESS_HOME: move_edge(sheet, false); return true;
	case PRESS_END: move_edge(sheet, true); return true;
	default: return false;
	}
}

void sheet_scroll(struct sheet *sheet, int rows)
{
	if (rows < 0 && sheet->top < (size_t)-rows)
		sheet->top = 0;
	else
		sheet->top = (size_t)((long)sheet->top + rows);
}

void sheet_draw(struct sheet *sheet, struct arena *frame, struct grid *grid, struct rect space,
		bool editing)
{
	struct text_row *rows;
	size_t count, row, height = space.rows > 0 ? (size_t)space.rows : 0;

	sheet->columns = space.columns;
	count = lay(sheet, frame, &rows);
	row = row_of(rows, count, sheet->cursor);
	if (editing && row < sheet->top)
		sheet->top = row;
	if (editing && height > 0 && row >= sheet->top + height)
		sheet->top = row - height + 1;
	if (sheet->top + height > count)
		sheet->top = count > height ? count - height : 0;
	for (size_t i = sheet->top; i < count && i < sheet->top + height; i++)
		grid_put(grid, space.row + (int)(i - sheet->top), space.column, space.columns,
			 sheet->text.text + rows[i].start, rows[i].length, STYLE_PLAIN);
	if (editing && row >= sheet->top && row < sheet->top + height) {
		grid->cursor_row = space.row + (int)(row - sheet->top);
		grid->cursor_column =
			space.column + text_width_of(sheet->text.text + rows[row].start,
						     sheet->cursor - rows[row].start);
	}
}
