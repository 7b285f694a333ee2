#include "view/field.h"

#include "base/arena.h"
#include "base/text.h"

#include <string.h>

/* All up to the cursor is made clean anew: a mark typed after its letter joins it. */
static void insert(struct field *field, const char *text)
{
	struct arena arena = {0};
	size_t behind = field->length - field->cursor, room = FIELD_BYTES - 1 - behind;
	const char *all = arena_format(&arena, "%.*s%s", (int)field->cursor, field->text, text);
	const char *typed = text_typed(&arena, all, strlen(all));
	size_t length = strlen(typed);

	if (length > room)
		length = text_previous(typed, length, room + 1);
	/* full: better nothing of it than a letter less */
	if (length < strlen(typed) && length < field->cursor) {
		arena_free(&arena);
		return;
	}
	memmove(field->text + length, field->text + field->cursor, behind + 1);
	memcpy(field->text, typed, length);
	field->length = length + behind;
	field->cursor = length;
	arena_free(&arena);
}

static void erase(struct field *field, size_t from, size_t to)
{
	memmove(field->text + from, field->text + to, field->length - to + 1);
	field->length -= to - from;
	field->cursor = from;
}

void field_set(struct field *field, const char *text)
{
	*field = (struct field){0};
	if (text)
		insert(field, text);
}

static size_t word_back(const struct field *field)
{
	size_t at = field->cursor;

	while (at > 0 && field->text[at - 1] == ' ')
		at--;
	while (at > 0 && field->text[at - 1] != ' ')
		at--;
	return at;
}

static bool control(struct field *field, char letter)
{
	switch (letter) {
	case 'a': field->cursor = 0; return true;
	case 'e': field->cursor = field->length; return true;
	case 'u': erase(field, 0, field->cursor); return true;
	case 'w': erase(field, word_back(field), field->cursor); return true;
	default: return false;
	}
}

bool field_press(struct field *field, const struct press *press)
{
	size_t before = text_previous(field->text, field->length, field->cursor);
	size_t after = text_next(field->text, field->length, field->cursor);

	switch (press->kind) {
	case PRESS_CHARACTER: insert(field, press->text); return true;
	case PRESS_PASTE: insert(field, press->paste); return true;
	case PRESS_BACKSPACE: erase(field, before, field->cursor); return true;
	case PRESS_DELETE: erase(field, field->cursor, after); return true;
	case PRESS_LEFT: field->cursor = before; return true;
	case PRESS_RIGHT: field->cursor = after; return true;
	case PRESS_HOME: field->cursor = 0; return true;
	case PRESS_END: field->cursor = field->length; return true;
	case PRESS_CONTROL: return control(field, press->text[0]);
	default: return false;
	}
}

void field_draw(const struct field *field, struct grid *grid, int row, int column, int columns,
		bool focus)
{
	size_t start = 0;

	while (start < field->cursor &&
	       text_width_of(field->text + start, field->cursor - start) > columns - 1)
		start = text_next(field->text, field->length, start);
	grid_fill(grid, (struct rect){row, column, 1, columns}, STYLE_INPUT);
	grid_put(grid, row, column, columns, field->text + start, field->length - start,
		 STYLE_INPUT);
	if (focus) {
		grid->cursor_row = row;
		grid->cursor_column =
			column + text_width_of(field->text + start, field->cursor - start);
	}
}
