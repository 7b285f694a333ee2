#include "view/bars.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "playbook/playbook.h"
#include "view/header.h"
#include "view/view.h"

#include <string.h>

#define SLOT_ROWS 16 /* from which there is a row of slots */
#define NOT_SAID 64  /* columns from which "not" also says what to say instead */

/* Whole pieces with dots between, as many as fit; how many are left out is said at the end. */
static void put_pieces(struct grid *grid, int row, int column, const char *const *pieces,
		       size_t count, struct arena *frame)
{
	int end = grid->columns - 1;

	for (size_t i = 0; i < count; i++) {
		const char *piece = i ? arena_format(frame, " · %s", pieces[i]) : pieces[i];
		int reserve = i + 1 < count ? 5 : 0;

		if (i && column + text_width(piece) + reserve > end) {
			grid_text(grid, row, column, end - column,
				  arena_format(frame, "  +%zu", count - i), STYLE_FAINT);
			return;
		}
		column += grid_text(grid, row, column, end - column - reserve, piece, STYLE_PLAIN);
	}
}

/* How wide the words before what to do and not to say are, and a blank. */
static int guide_columns(void)
{
	int todo = text_width(C_("guide", "do")), avoid = text_width(C_("guide", "not"));

	return (todo > avoid ? todo : avoid) + 2;
}

static void draw_todo(const struct call *call, int row, struct arena *frame, struct grid *grid)
{
	const struct line_list *todo =
		call->situation->todo.count ? &call->situation->todo : &call->playbook->todo;
	const char **pieces = arena_alloc(frame, (todo->count + 1) * sizeof *pieces);

	for (size_t i = 0; i < todo->count; i++)
		pieces[i] = todo->items[i].text;
	if (todo->count == 0)
		return;
	grid_text(grid, row, 1, guide_columns() - 1, C_("guide", "do"), STYLE_LABEL);
	put_pieces(grid, row, guide_columns() + 1, pieces, todo->count, frame);
}

static void draw_avoid(const struct call *call, int row, int rows, struct arena *frame,
		       struct grid *grid)
{
	const struct situation *situation = call->situation;
	int left = guide_columns() + 1;

	for (size_t i = 0; i < situation->avoid_count + call->playbook->avoid_count && rows > 0;
	     i++) {
		const struct avoid *avoid =
			i < situation->avoid_count
				? &situation->avoid[i]
				: &call->playbook->avoid[i - situation->avoid_count];
		const char *text = arena_format(frame, "“%s”", avoid->phrase);

		if (avoid->instead && grid->columns >= NOT_SAID)
			text = arena_format(frame, "%s → %s", text, avoid->instead);
		grid_text(grid, row, 1, guide_columns() - 1, C_("guide", "not"), STYLE_LABEL);
		grid_text(grid, row++, left, grid->columns - 1 - left, text, STYLE_PLAIN);
		rows--;
	}
}

#define SLOT_COLUMNS 28 /* of a slot's text in the row of slots */

/* "k your order never came  r edit": what the slot could take, and by which key. */
static int draw_words(const struct view *view, int row, int column, struct grid *grid)
{
	const char *const *keys = view->keymap.names;
	const char *said = view->mirrored.said, *edit = C_("key", "edit");
	int start = column, room = SLOT_COLUMNS;

	if (room > grid->columns - 1 - column)
		room = grid->columns - 1 - column;
	column += grid_text(grid, row, column, room, keys[ACTION_TAKE_WORDS], STYLE_KEY) + 1;
	column += grid_text(grid, row, column, start + room - column, said, STYLE_FAINT) + 1;
	if (column + text_width(keys[ACTION_EDIT_WORDS]) + 1 + text_width(edit) < grid->columns) {
		column += grid_text(grid, row, column, 4, keys[ACTION_EDIT_WORDS], STYLE_KEY) + 1;
		column += grid_text(grid, row, column, text_width(edit), edit, STYLE_FAINT);
	}
	return column - start;
}

static void draw_slots(const struct view *view, const struct call *call, int row, struct grid *grid)
{
	const struct slot *offered = mirrored_slot(view, call);
	int column = 1, end = grid->columns - 1;

	for (size_t i = 0; call->playbook && i < call->playbook->slot_count && column < end; i++) {
		const struct slot *slot = &call->playbook->slots[i];
		const char *label = call_slot_name(slot->id);
		const char *text = call_slot(call, slot->id, strlen(slot->id));
		bool filled = text && *text;
		int room = filled ? text_width(text) : slot == offered ? SLOT_COLUMNS : 1;

		if (room > SLOT_COLUMNS)
			room = SLOT_COLUMNS;
		if (column > 1 && column + text_width(label) + 1 + room > end)
			break;
		column += grid_text(grid, row, column, end - column, label, STYLE_LABEL) + 1;
		if (slot == offered) {
			column += draw_words(view, row, column, grid) + 3;
			continue;
		}
		column += grid_text(grid, row, column, room < end - column ? room : end - column,
				    filled ? text : "?", filled ? STYLE_FILLED : STYLE_UNFILLED);
		column += 3;
	}
}

/* The word for an action in the line of keys; "" leaves it out. */
static const char *key_label(enum action action, bool home)
{
	if (!home)
		return C_("key", action_entry(action)->label);
	switch (action) {
	case ACTION_SAY_LINE: return C_("key", "open");
	case ACTION_PICK_SITUATION: return C_("key", "filter");
	case ACTION_BEGIN_CALL: return C_("key", "begin call");
	case ACTION_QUIT: return C_("key", "quit");
	case ACTION_SEARCH:
	case ACTION_CHANNELS:
	case ACTION_HELP: return C_("key", action_entry(action)->label);
	default: return "";
	}
}

static void draw_keys(const struct view *view, const struct call *call, int row, struct grid *grid)
{
	const char *const *keys = view->keymap.names;
	const char *help = C_("key", action_entry(ACTION_HELP)->label);
	int column = 1, end = grid->columns - text_width(help) - text_width(keys[ACTION_HELP]) - 3;

	for (enum action action = 0; action < ACTION_COUNT; action++) {
		const char *key = strcmp(keys[action], "Enter") == 0 ? "⏎" : keys[action];
		const char *label = key_label(action, call->phase != CALL_OPEN);
		int need = text_width(key) + 1 + text_width(label);

		/* help comes last and always: it stands for all that is left out */
		if (!*label || !*key || action == ACTION_HELP || column + need > end)
			continue;
		grid_text(grid, row, column, grid->columns, key, STYLE_KEY);
		grid_text(grid, row, column + text_width(key) + 1, grid->columns, label,
			  STYLE_FAINT);
		column += need + 2;
	}
	grid_text(grid, row, column, grid->columns, keys[ACTION_HELP], STYLE_KEY);
	grid_text(grid, row, column + text_width(keys[ACTION_HELP]) + 1, grid->columns, help,
		  STYLE_FAINT);
}

/* "sounds like  o Shouting  i Passed around": one line, one key each. */
static void draw_offers(const struct view *view, int row, struct grid *grid)
{
	int column =
		1 + grid_text(grid, row, 1, grid->columns - 2, _("sounds like"), STYLE_LABEL) + 2;

	for (size_t i = 0; i < view->offer_count && column < grid->columns - 6; i++) {
		enum action action = (enum action)(ACTION_TAKE_OFFER + i);

		column += grid_text(grid, row, column, grid->columns, view->keymap.names[action],
				    STYLE_KEY) +
			  1;
		column += grid_text(grid, row, column, grid->columns - 1 - column,
				    view->offers[i].situation->title,
				    i ? STYLE_FAINT : STYLE_MARKED) +
			  2;
	}
}

static void draw_bottom(const struct view *view, const struct call *call, int row,
			struct grid *grid)
{
	/* what stays gives way to an offer, which is for now, and comes back after it */
	const char *notice = *view->notice	     ? view->notice
			     : view->offer_count > 0 ? NULL
						     : view->standing;

	if (notice && view->mode == VIEW_MAIN)
		grid_text(grid, row, 1, grid->columns - 2, notice, STYLE_NOTICE);
	else if (view->mode == VIEW_MAIN && view->offer_count > 0)
		draw_offers(view, row, grid);
	else if (view->mode == VIEW_MAIN && grid->rows < SLOT_ROWS && mirrored_slot(view, call))
		draw_words(view, row, 1, grid);
	else if (view->mode == VIEW_MAIN)
		draw_keys(view, call, row, grid);
}

/* Rows for what to do and not to say, by the height of the screen. */
static int guide_rows(int rows)
{
	return rows >= 36 ? 4 : rows >= 22 ? 2 : rows >= 16 ? 1 : 0;
}

struct rect bars_draw(const struct view *view, const struct call *call,
		      const struct library *library, int64_t now, struct arena *frame,
		      struct grid *grid)
{
	bool open = call->phase == CALL_OPEN, page = view_is_page(view->mode);
	int top = header_draw(view, call, library, now, frame, grid), bottom = grid->rows - 1;
	int guide = open && !page ? guide_rows(grid->rows) : 0;

	draw_bottom(view, call, bottom, grid);
	if (open && !page && grid->rows >= SLOT_ROWS)
		draw_slots(view, call, --bottom, grid);
	bottom -= guide;
	if (guide > 0 && call->situation) {
		draw_todo(call, bottom, frame, grid);
		draw_avoid(call, bottom + 1, guide - 1, frame, grid);
	}
	return (struct rect){top, 0, bottom - top, grid->columns};
}
