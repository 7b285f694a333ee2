#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "view/bars.h"
#include "view/found.h"
#include "view/panels.h"
#include "view/pacer.h"
#include "view/paint.h"
#include "view/picker.h"
#include "view/popup.h"
#include "view/reference.h"
#include "view/view.h"

#include <string.h>

/* The smallest screen that is worth drawing on. */
#define COLUMNS_LEAST 30
#define ROWS_LEAST 8

static void draw_too_small(struct arena *frame, struct grid *grid)
{
	paint_text(grid, frame, (struct rect){0, 0, grid->rows, grid->columns},
		   arena_format(frame, _("talktrack needs %d × %d characters"), COLUMNS_LEAST,
				ROWS_LEAST),
		   STYLE_PLAIN);
}

/* What the keys are while something is open. */
static const char *mode_keys(const struct view *view)
{
	if (view->editing)
		return _("type · Esc done");
	switch (view->mode) {
	case VIEW_PICKER: return _("type to filter · 1-9 or ⏎ opens · Esc back");
	case VIEW_SEARCH: return _("type to find · ↑↓ choose · ⏎ goes there · Esc back");
	case VIEW_SLOTS: return _("⏎ keeps it and goes on · ↑↓ another · Esc back");
	case VIEW_PROMISE: return _("⏎ next, then keeps it · Esc back");
	case VIEW_HELP:
	case VIEW_GUIDE:
	case VIEW_CHANNELS: return _("↑↓ scroll · Esc back");
	case VIEW_BREATHE: return _("any key goes back");
	case VIEW_QUIT:
	case VIEW_RESUME: return ""; /* the box says them */
	case VIEW_VOICE:
		return _("Space rolls  +- pace  n other  Tab message  r record  p play  c copy  "
			 "Esc");
	case VIEW_WRAP_UP:
		return _("c copy  s save  r send  i edit  e editor  f format  v voice  Esc");
	default: return _("⏎ takes it · Esc back");
	}
}

/* As many of these keys as fit; the last of them, the way out, is the last to go. */
static const char *fit_keys(const char *keys, int columns, struct arena *frame)
{
	const char *gap = strstr(keys, " · ") ? " · " : "  ", *last = NULL, *end;

	for (const char *at = keys; (at = strstr(at, gap)); at += strlen(gap))
		last = at;
	if (!last || text_width(keys) <= columns)
		return keys;
	for (end = last; end;) {
		const char *before = NULL;
		const char *fewer = arena_format(frame, "%.*s%s", (int)(end - keys), keys, last);

		if (text_width(fewer) <= columns)
			return fewer;
		for (const char *at = keys; (at = strstr(at, gap)) && at < end; at += strlen(gap))
			before = at;
		end = before;
	}
	return last + strlen(gap);
}

static void draw_body(struct view *view, const struct call *call, const struct library *library,
		      int64_t now, struct arena *frame, struct grid *grid, struct rect space)
{
	switch (view->mode) {
	case VIEW_PICKER:
		picker_draw(view, call, library, view->field[0].text, frame, grid, space);
		return;
	case VIEW_SEARCH: found_draw(view, library, frame, grid, space); return;
	case VIEW_HELP:
	case VIEW_GUIDE:
	case VIEW_CHANNELS: reference_draw(view, call, frame, grid, space); return;
	case VIEW_VOICE: voice_draw(view, call, now, frame, grid, space); return;
	case VIEW_WRAP_UP:
		sheet_draw(&view->sheet, frame, grid,
			   (struct rect){space.row, 1, space.rows, space.columns - 2},
			   view->editing);
		return;
	case VIEW_BREATHE:
		pacer_draw(view, call->phase == CALL_OPEN, now, frame, grid, space);
		return;
	default: break;
	}
	if (call->phase == CALL_OPEN)
		panels_draw(view, call, frame, grid, space);
	else
		picker_draw(view, call, library, NULL, frame, grid, space);
	popup_draw(view, call, frame, grid, space);
}

void view_draw(struct view *view, const struct call *call, const struct library *library,
	       int64_t now, struct arena *frame, struct grid *grid)
{
	struct rect space;

	grid_make(grid, frame, view->rows, view->columns);
	if (view->rows < ROWS_LEAST || view->columns < COLUMNS_LEAST) {
		draw_too_small(frame, grid);
		return;
	}
	space = bars_draw(view, call, library, now, frame, grid);
	/* the note opens with a notice: its keys are seen all the same */
	bool above = *view->notice && view->mode == VIEW_WRAP_UP;
	space.rows -= above;
	draw_body(view, call, library, now, frame, grid, space);
	if (view->mode != VIEW_MAIN && (!*view->notice || above))
		grid_text(grid, grid->rows - 1, 1, grid->columns - 2,
			  fit_keys(mode_keys(view), grid->columns - 2, frame), STYLE_FAINT);
	if (view->mode != VIEW_MAIN && *view->notice)
		grid_text(grid, grid->rows - 1 - above, 1, grid->columns - 2, view->notice,
			  STYLE_NOTICE);
}
