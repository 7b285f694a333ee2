#include "view/paint.h"

#include "base/arena.h"
#include "base/text.h"
#include "call/phrase.h"

#include <stdint.h>
#include <string.h>

enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8 };

static const char *const junctions[16] = {
	[UP | DOWN] = "│",
	[LEFT | RIGHT] = "─",
	[DOWN | RIGHT] = "╭",
	[DOWN | LEFT] = "╮",
	[UP | RIGHT] = "╰",
	[UP | LEFT] = "╯",
	[DOWN | LEFT | RIGHT] = "┬",
	[UP | LEFT | RIGHT] = "┴",
	[UP | DOWN | RIGHT] = "├",
	[UP | DOWN | LEFT] = "┤",
	[UP | DOWN | LEFT | RIGHT] = "┼",
};

static void trace(unsigned char *arms, const struct grid *grid, struct rect frame)
{
	int top = frame.row, bottom = frame.row + frame.rows - 1;
	int left = frame.column, right = frame.column + frame.columns - 1;
	int across = grid->columns;

	for (int column = left; column <= right; column++) {
		int arm = (column > left ? LEFT : 0) | (column < right ? RIGHT : 0);

		arms[top * across + column] |= (unsigned char)arm;
		arms[bottom * across + column] |= (unsigned char)arm;
	}
	for (int row = top; row <= bottom; row++) {
		int arm = (row > top ? UP : 0) | (row < bottom ? DOWN : 0);

		arms[row * across + left] |= (unsigned char)arm;
		arms[row * across + right] |= (unsigned char)arm;
	}
}

static bool is_frame(const struct grid *grid, struct rect frame)
{
	return frame.rows >= 2 && frame.columns >= 2 && frame.row + frame.rows <= grid->rows &&
	       frame.column + frame.columns <= grid->columns;
}

static void put_junction(struct grid *grid, const unsigned char *arms, int row, int column,
			 enum style style)
{
	grid_cell(grid, row, column, junctions[arms[row * grid->columns + column]], style);
}

void paint_frames(struct grid *grid, struct arena *arena, const struct rect *frames, size_t count,
		  enum style style)
{
	unsigned char *arms = arena_alloc(arena, (size_t)grid->rows * (size_t)grid->columns);

	for (size_t i = 0; i < count; i++)
		if (is_frame(grid, frames[i]))
			trace(arms, grid, frames[i]);
	for (size_t i = 0; i < count; i++) {
		struct rect frame = frames[i];

		if (!is_frame(grid, frame))
			continue;
		for (int n = 0; n < frame.columns; n++) {
			put_junction(grid, arms, frame.row, frame.column + n, style);
			put_junction(grid, arms, frame.row + frame.rows - 1, frame.column + n,
				     style);
		}
		for (int n = 1; n < frame.rows - 1; n++) {
			put_junction(grid, arms, frame.row + n, frame.column, style);
			put_junction(grid, arms, frame.row + n, frame.column + frame.columns - 1,
				     style);
		}
	}
}

void paint_phrase(struct grid *grid, int row, int column, const struct phrase *phrase,
		  const struct text_row *slice, enum style style)
{
	size_t end = slice->start + slice->length;

	for (size_t i = 0; i < phrase->span_count; i++) {
		const struct phrase_span *span = &phrase->spans[i];
		size_t from = span->start > slice->start ? span->start : slice->start;
		size_t to = span->start + span->length < end ? span->start + span->length : end;

		if (from < to)
			column += grid_put(grid, row, column, grid->columns, phrase->text + from,
					   to - from,
					   span->mark == PHRASE_UNFILLED ? STYLE_UNFILLED : style);
	}
}

int paint_text(struct grid *grid, struct arena *arena, struct rect rect, const char *text,
	       enum style style)
{
	struct text_row *rows;
	size_t count;

	if (rect.columns < 1)
		return 0;
	count = text_wrap(arena, text, strlen(text), rect.columns, &rows);
	for (size_t i = 0; i < count && (int)i < rect.rows; i++) {
		if ((int)i == rect.rows - 1 && i + 1 < count)
			grid_text(grid, rect.row + (int)i, rect.column, rect.columns,
				  text + rows[i].start, style);
		else
			grid_put(grid, rect.row + (int)i, rect.column, rect.columns,
				 text + rows[i].start, rows[i].length, style);
	}
	return (int)count < rect.rows ? (int)count : rect.rows;
}

struct rect paint_box(struct grid *grid, struct arena *arena, struct rect box, const char *title)
{
	grid_fill(grid, box, STYLE_PLAIN);
	paint_frames(grid, arena, &box, 1, STYLE_CURRENT);
	if (title)
		grid_text(grid, box.row, box.column + 2, box.columns - 4,
			  arena_format(arena, " %s ", title), STYLE_CURRENT);
	return (struct rect){box.row + 1, box.column + 2, box.rows - 2, box.columns - 4};
}

/* Columns for keys and for texts, so that details stand in a column of their own. */
static void measure(const struct list_item *items, size_t count, int columns, int *keys, int *texts)
{
	bool details = false;

	*keys = *texts = 0;
	for (size_t i = 0; i < count; i++) {
		int key = items[i].key ? text_width(items[i].key) + 2 : 0;
		int text = items[i].heading ? 0 : text_width(items[i].text);

		*keys = key > *keys ? key : *keys;
		*texts = text > *texts ? text : *texts;
		details = details || items[i].detail;
	}
	if (!details || columns - *keys < 40)
		*texts = columns - *keys;
	else if (*texts > (columns - *keys) * 2 / 3)
		*texts = (columns - *keys) * 2 / 3;
}

static size_t first_shown(const struct list_item *items, size_t count, size_t selected, int rows)
{
	size_t at = 0, seen = 0;

	for (size_t i = 0; i < count; i++)
		if (!items[i].heading && seen++ == selected)
			at = i;
	if (count <= (size_t)rows || at < (size_t)rows / 2)
		return 0;
	at -= (size_t)rows / 2;
	return at + (size_t)rows > count ? count - (size_t)rows : at;
}

void paint_list(struct grid *grid, struct rect rect, const struct list_item *items, size_t count,
		size_t selected)
{
	int keys, texts, row = rect.row;
	size_t top, seen = 0;

	if (rect.rows < 1)
		return;
	measure(items, count, rect.columns, &keys, &texts);
	top = first_shown(items, count, selected, rect.rows);
	for (size_t i = 0; i < top; i++)
		seen += items[i].heading ? 0 : 1;
	for (size_t i = top; i < count && row < rect.row + rect.rows; i++, row++) {
		const struct list_item *item = &items[i];

		if (item->heading) {
			grid_text(grid, row, rect.column, rect.columns, item->text, STYLE_LABEL);
			continue;
		}
		if (item->key)
			grid_text(grid, row, rect.column, keys, item->key, STYLE_KEY);
		grid_text(grid, row, rect.column + keys, texts, item->text, STYLE_PLAIN);
		if (item->detail && rect.columns - keys - texts > 8)
			grid_text(grid, row, rect.column + keys + texts + 2,
				  rect.columns - keys - texts - 2, item->detail, STYLE_FAINT);
		if (seen++ == selected)
			grid_style(grid, (struct rect){row, rect.column, 1, rect.columns},
				   STYLE_SELECTED);
	}
}
