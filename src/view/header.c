#include "view/header.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "playbook/library.h"
#include "playbook/playbook.h"
#include "view/panels.h"
#include "view/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define HOME_ROWS 16 /* of the screen, from which the home screen's header has two rows */

void header_clock(int64_t ms, char text[HEADER_CLOCK_BYTES])
{
	int64_t seconds = ms / 1000;

	if (seconds < 3600)
		snprintf(text, HEADER_CLOCK_BYTES, "%02" PRId64 ":%02" PRId64, seconds / 60,
			 seconds % 60);
	else
		snprintf(text, HEADER_CLOCK_BYTES, "%" PRId64 ":%02" PRId64 ":%02" PRId64,
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
	char talked[HEADER_CLOCK_BYTES], held[HEADER_CLOCK_BYTES];

	header_clock(call_talked(call, now), talked);
	if (!call->held_since)
		return arena_format(frame, "● %s", talked);
	header_clock(now - call->held_since, held);
	return arena_format(frame, C_("clock", "‖ hold %s"), held);
}

#define PACE_COLUMNS 14

/* "quiet 0:07" or "both speak"; "" most of the time. */
static const char *pace_text(const struct view *view, const struct call *call, int64_t now,
			     struct arena *frame)
{
	int64_t quiet = pace_quiet(&view->pace, now);
	char clock[HEADER_CLOCK_BYTES];

	if (call->held_since || quiet < 0)
		return "";
	if (pace_both(&view->pace, now))
		return _("both speak");
	if (quiet < PACE_QUIET)
		return "";
	header_clock(quiet, clock);
	return arena_format(frame, C_("clock", "quiet %s"), clock);
}

static const char *call_title(const struct call *call, bool mood, struct arena *frame)
{
	const char *customer = call_slot(call, "customer", strlen("customer"));
	const char *title = call->situation ? call->situation->title : _("New call");

	if (customer && *customer)
		title = arena_format(frame, "%s · %s", title, customer);
	return mood && call->mood ? arena_format(frame, "%s · %s", title, C_("mood", call->mood))
				  : title;
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

/* The title has no room for the mood: it stands below, beside the steps. */
static void draw_narrow(const struct call *call, int columns, struct arena *frame,
			struct grid *grid)
{
	const char *mood = call->mood ? C_("mood", call->mood) : "";
	int left = grid->columns - 1 - text_width(mood);

	grid_text(grid, 0, 1, columns, call_title(call, false, frame), STYLE_HEADER);
	grid_text(grid, 1, 1, grid->columns - 2,
		  strip(call, frame, *mood ? left - 3 : grid->columns - 2), STYLE_LABEL);
	grid_text(grid, 1, left, text_width(mood), mood, STYLE_HEADER);
}

static void draw_call(const struct view *view, const struct call *call, int64_t now,
		      struct arena *frame, struct grid *grid)
{
	const char *clock = clock_text(call, now, frame);
	int right = grid->columns - text_width(clock) - 1, title;
	enum style style = call->held_since ? STYLE_HOLD : STYLE_CLOCK;

	if (grid->columns < PANELS_NARROW) {
		grid_text(grid, 0, right, grid->columns, clock, style);
		draw_narrow(call, right - 2, frame, grid);
		return;
	}
	title = text_width(call_title(call, true, frame));
	const char *pace = pace_text(view, call, now, frame);
	/* room for it is kept all the time, so that nothing moves when it comes and goes */
	int kept = view->pace.timed ? PACE_COLUMNS : 0;
	const char *steps =
		strip(call, frame, grid->columns - title - text_width(clock) - 8 - kept);

	right = grid->columns - 1 - text_width(steps);
	grid_text(grid, 0, right, grid->columns, steps, STYLE_LABEL);
	right -= 3 + text_width(clock);
	grid_text(grid, 0, right, grid->columns, clock, style);
	title = 1 + grid_text(grid, 0, 1, right - 3, call_title(call, true, frame), STYLE_HEADER);
	if (*pace && title + 2 + text_width(pace) + 1 <= right)
		grid_text(grid, 0, right - 2 - text_width(pace), text_width(pace), pace,
			  STYLE_FAINT);
	if (*view->heard.text)
		draw_heard(&view->heard, now, frame, grid);
	else if (call->situation && call->situation->goal)
		grid_text(grid, 1, 1, grid->columns - 2, call->situation->goal, STYLE_FAINT);
}

static void draw_home(const struct library *library, struct arena *frame, struct grid *grid)
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

int header_draw(const struct view *view, const struct call *call, const struct library *library,
		int64_t now, struct arena *frame, struct grid *grid)
{
	if (call->phase == CALL_OPEN) {
		draw_call(view, call, now, frame, grid);
		return 2;
	}
	draw_home(library, frame, grid);
	if (grid->rows < HOME_ROWS)
		return 1;
	if (view->due)
		grid_text(grid, 1, 1, grid->columns - 2, view->due, STYLE_NOTICE);
	if (*view->heard.text)
		draw_heard(&view->heard, now, frame, grid);
	return 2;
}
