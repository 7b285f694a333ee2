#include "view/bars.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "playbook/library.h"
#include "view/panels.h"
#include "view/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SLOT_ROWS 16 /* from which there is a row of slots */
#define NOT_SAID 64  /* columns from which "not" also says what to say instead */

void bars_clock(int64_t ms, char text[BARS_CLOCK_BYTES])
{
	int64_t seconds = ms / 1000;

	if (seconds < 3600)
		snprintf(text, BARS_CLOCK_BYTES, "%02" PRId64 ":%02" PRId64, seconds / 60,
			 seconds % 60);
	else
		snprintf(text, BARS_CLOCK_BYTES, "%" PRId64 ":%02" PRId64 ":%02" PRId64,
			 seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/* "1✓ 2▸ 3 4 5", or with the steps' titles where there is room. */
static const char *strip(const struct call *call, struct arena *frame, int columns)
{
	const char *text = "";

	for (int titles = 1; titles >= 0; titles--) {
		struct buffer out = {0};

		buffer_text(&out, "");
		for (size_t i = 0; call->playbook && i < call->playbook->step_count; i++) {
			const char *mark = call->steps_done & 1u << i ? "✓" : "";

			if (titles) {
				buffer_text(&out, i ? "  " : "");
				buffer_text(&out, call->playbook->steps[i].title);
				buffer_text(&out, *mark ? " " : "");
				buffer_text(&out, mark);
			} else {
				buffer_format(&out, "%s%zu%s", i ? " " : "", i + 1, mark);
			}
			buffer_text(&out, i == call->step ? (titles ? " ▸" : "▸") : "");
		}
		text = arena_string(frame, out.text ? out.text : "");
		buffer_free(&out);
		if (text_width(text) <= columns)
			break;
	}
	return text;
}

static const char *clock_text(const struct call *call, int64_t now, struct arena *frame)
{
	char talked[BARS_CLOCK_BYTES], held[BARS_CLOCK_BYTES];

	bars_clock(call_talked(call, now), talked);
	if (!call->held_since)
		return arena_format(frame, "● %s", talked);
	bars_clock(now - call->held_since, held);
	return arena_format(frame, C_("clock", "‖ hold %s"), held);
}

#define PACE_COLUMNS 14

/* "quiet 0:07" or "both speak"; "" most of the time. */
static const char *pace_text(const struct view *view, const struct call *call, int64_t now,
			     struct arena *frame)
{
	int64_t quiet = pace_quiet(&view->pace, now);
	char clock[BARS_CLOCK_BYTES];

	if (call->held_since || quiet < 0)
		return "";
	if (pace_both(&view->pace, now))
		return _("both speak");
	if (quiet < PACE_QUIET)
		return "";
	bars_clock(quiet, clock);
	return arena_format(frame, C_("clock", "quiet %s"), clock);
}

static const char *call_title(const struct call *call, struct arena *frame)
{
	const char *customer = call_slot(call, "customer", strlen("customer"));
	const char *title = call->situation ? call->situation->title : _("New call");

	if (customer && *customer)
		title = arena_format(frame, "%s · %s", title, customer);
	return call->mood ? arena_format(frame, "%s · %s", title, C_("mood", call->mood)) : title;
}

/* "…nobody answers my mails, just cancel it"            3 s ago */
static void draw_heard(const struct heard *heard, int64_t now, struct arena *frame,
		       struct grid *grid)
{
	enum style style = heard->final ? STYLE_PLAIN : STYLE_FAINT;
	int64_t seconds = heard->final && now > heard->at ? (now - heard->at) / 1000 : 0;
	const char *ago = seconds == 0 ? _("now")
			  : seconds < 60
				  ? arena_format(frame, _("%d s ago"), (int)seconds)
				  : arena_format(frame, _("%d min ago"), (int)(seconds / 60));
	int room = grid->columns - 7 - text_width(ago), width = text_width(heard->text);
	size_t length = strlen(heard->text), from = 0;

	/* their last words are the newest: a long text loses its beginning */
	while (width > room && from < length) {
		size_t next = text_next(heard->text, length, from);

		width -= text_width_of(heard->text + from, next - from);
		from = next;
	}
	grid_text(grid, 1, 1, grid->columns - 2,
		  arena_format(frame, "“%s%s”", from ? "…" : "", heard->text + from), style);
	grid_text(grid, 1, grid->columns - 1 - text_width(ago), grid->columns, ago, STYLE_FAINT);
}

static void draw_call_header(const struct view *view, const struct call *call, int64_t now,
			     struct arena *frame, struct grid *grid)
{
	const char *clock = clock_text(call, now, frame);
	int right = grid->columns - text_width(clock) - 1, title;
	enum style style = call->held_since ? STYLE_HOLD : STYLE_CLOCK;

	if (grid->columns < PANELS_NARROW) {
		grid_text(grid, 0, right, grid->columns, clock, style);
		grid_text(grid, 0, 1, right - 2, call_title(call, frame), STYLE_HEADER);
		grid_text(grid, 1, 1, grid->columns - 2, strip(call, frame, grid->columns - 2),
			  STYLE_LABEL);
		return;
	}
	title = text_width(call_title(call, frame));
	const char *pace = pace_text(view, call, now, frame);
	/* room for it is kept all the time, so that nothing moves when it comes and goes */
	int kept = view->pace.timed ? PACE_COLUMNS : 0;
	const char *steps =
		strip(call, frame, grid->columns - title - text_width(clock) - 8 - kept);

	right = grid->columns - 1 - text_width(steps);
	grid_text(grid, 0, right, grid->columns, steps, STYLE_LABEL);
	right -= 3 + text_width(clock);
	grid_text(grid, 0, right, grid->columns, clock, style);
	title = 1 + grid_text(grid, 0, 1, right - 3, call_title(call, frame), STYLE_HEADER);
	if (*pace && title + 2 + text_width(pace) + 1 <= right)
		grid_text(grid, 0, right - 2 - text_width(pace), text_width(pace), pace,
			  STYLE_FAINT);
	if (*view->heard.text)
		draw_heard(&view->heard, now, frame, grid);
	else if (call->situation && call->situation->goal)
		grid_text(grid, 1, 1, grid->columns - 2, call->situation->goal, STYLE_FAINT);
}

static void draw_home_header(const struct library *library, struct arena *frame, struct grid *grid)
{
	struct buffer names = {0};
	const struct playbook *playbook;
	size_t situations = 0;
	const char *right;

	for (size_t i = 0; (playbook = library_playbook(library, i)); i++) {
		buffer_format(&names, "%s%s", i ? ", " : "", playbook->title);
		situations += playbook->situation_count;
	}
	right = library->next < library->file_count
			? _("reading the playbooks")
			: arena_format(frame,
				       words_count("%zu situation · no call",
						   "%zu situations · no call", situations),
				       situations);
	grid_text(grid, 0, 1, grid->columns - 2, "talktrack", STYLE_HEADER);
	if (grid->columns >= PANELS_NARROW && names.text)
		grid_text(grid, 0, 12, grid->columns - 15 - text_width(right),
			  arena_string(frame, names.text), STYLE_FAINT);
	grid_text(grid, 0, grid->columns - 1 - text_width(right), grid->columns, right,
		  STYLE_FAINT);
	buffer_free(&names);
}

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
		column += grid_text(grid, row, column, end - column, piece, STYLE_PLAIN);
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
	const char *notice = *view->notice ? view->notice : view->standing;

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
	int top = open || grid->rows >= 16 ? 2 : 1, bottom = grid->rows - 1;
	int guide = open && !page ? guide_rows(grid->rows) : 0;

	if (open)
		draw_call_header(view, call, now, frame, grid);
	else
		draw_home_header(library, frame, grid);
	if (!open && top == 2 && view->due)
		grid_text(grid, 1, 1, grid->columns - 2, view->due, STYLE_NOTICE);
	if (!open && top > 1 && *view->heard.text)
		draw_heard(&view->heard, now, frame, grid);
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
