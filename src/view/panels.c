#include "view/panels.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "call/phrase.h"
#include "playbook/library.h"
#include "view/layout.h"
#include "view/paint.h"
#include "view/view.h"
#include "view/wraps.h"

#include <string.h>

#define INDENT 2	  /* columns for the mark before a line */
#define HINT_ROWS_LEAST 9 /* inner rows from which a panel shows its hint */
#define HINT_ROWS_MORE 14 /* from which it may take two */

/* A line as it is drawn: its slots filled in, broken into rows. */
struct laid {
	struct phrase phrase;
	struct text_row *rows;
	size_t count; /* of rows */
	bool made;
};

/* One panel as it is being drawn. */
struct panel {
	const struct view *view;
	const struct call *call;
	struct arena *frame;
	struct grid *grid;
	size_t step;
	const struct step *model;
	uint32_t gate; /* steps that should come first */
	bool current;
	const struct line *marked; /* or NULL */
	const char *mirrored;	   /* the line that says the customer's words, or NULL */
	bool mirrored_is_marked;
	const struct line **lines;
	struct laid *laid; /* of each line, once it is needed */
	size_t count;	   /* of lines */
};

static enum style line_style(const struct panel *panel, const struct line *line)
{
	if (call_was_said(panel->call, line->text))
		return STYLE_SAID;
	if (panel->gate)
		return STYLE_FAINT;
	if (line == panel->marked)
		return panel->current ? STYLE_MARKED : STYLE_PLAIN;
	return STYLE_FAINT;
}

static const char *line_mark(const struct panel *panel, const struct line *line)
{
	if (line == panel->marked)
		return "▸";
	return call_was_said(panel->call, line->text) ? "✓" : " ";
}

/* Line i in so many columns, which are the same for all lines of a panel. */
static const struct laid *lay(const struct panel *panel, size_t i, int columns)
{
	struct laid *laid = &panel->laid[i];

	if (laid->made)
		return laid;
	laid->phrase = phrase_make(panel->frame, panel->call->playbook, panel->call,
				   panel->lines[i]->text);
	laid->count = wraps_rows(panel->view->wraps, panel->frame, laid->phrase.text,
				 laid->phrase.length, columns - INDENT, &laid->rows);
	laid->made = true;
	return laid;
}

/* The first line to show, so that the marked one is seen whole: the top of the list while that
 * holds. */
static size_t first_line(const struct panel *panel, struct rect inner)
{
	size_t used = 0;

	for (size_t i = 0; i < panel->count; i++) {
		used += lay(panel, i, inner.columns)->count;
		if (panel->lines[i] == panel->marked)
			return used <= (size_t)inner.rows ? 0 : i;
		if (used > (size_t)inner.rows)
			break;
	}
	for (size_t i = 0; i < panel->count; i++)
		if (panel->lines[i] == panel->marked)
			return i;
	return 0;
}

static size_t index_of(const struct line_list *list, const struct line *line)
{
	size_t i = 0;

	while (i < list->count && &list->items[i] != line)
		i++;
	return i;
}

/* The same line in the agent's own language: at the same place of the same situation and step; NULL
 * when there is none. */
static const char *gloss_of(const struct panel *panel, const struct line *line,
			    const struct playbook **playbook)
{
	const struct call *call = panel->call;
	const struct situation *other;
	size_t at, step;

	*playbook =
		panel->view->gloss ? library_find(panel->view->gloss, call->playbook->name) : NULL;
	if (!*playbook ||
	    (step = playbook_step(*playbook, panel->model->id)) == (*playbook)->step_count)
		return NULL;
	at = index_of(&call->playbook->say[panel->step], line);
	if (at < call->playbook->say[panel->step].count)
		return at < (*playbook)->say[step].count ? (*playbook)->say[step].items[at].text
							 : NULL;
	other = call->situation ? playbook_situation(*playbook, call->situation->id) : NULL;
	if (!other)
		return NULL;
	at = index_of(&call->situation->say[panel->step], line);
	return at < other->say[step].count ? other->say[step].items[at].text : NULL;
}

/* The gloss beneath a marked line; returns the row behind it. */
static int draw_gloss(const struct panel *panel, const struct line *line, struct rect inner,
		      int row)
{
	const struct playbook *playbook;
	const char *gloss = gloss_of(panel, line, &playbook);
	struct phrase phrase;

	if (!gloss || row >= inner.row + inner.rows)
		return row;
	phrase = phrase_make(panel->frame, playbook, panel->call, gloss);
	return row + paint_text(panel->grid, panel->frame,
				(struct rect){row, inner.column + INDENT,
					      inner.row + inner.rows - row, inner.columns - INDENT},
				phrase.text, STYLE_LABEL);
}

/* Draws line i from a row on; returns the row behind it. */
static int draw_line(const struct panel *panel, size_t i, struct rect inner, int row)
{
	const struct line *line = panel->lines[i];
	const struct laid *laid = lay(panel, i, inner.columns);
	enum style style = line_style(panel, line);

	grid_text(panel->grid, row, inner.column, 1, line_mark(panel, line), style);
	for (size_t n = 0; n < laid->count && row < inner.row + inner.rows; n++, row++) {
		if (row == inner.row + inner.rows - 1 && n + 1 < laid->count)
			grid_text(panel->grid, row, inner.column + INDENT, inner.columns - INDENT,
				  laid->phrase.text + laid->rows[n].start, style);
		else
			paint_phrase(panel->grid, row, inner.column + INDENT, &laid->phrase,
				     &laid->rows[n], style);
	}
	if (line == panel->marked && panel->view->parallel)
		row = draw_gloss(panel, line, inner, row);
	return row;
}

/* What the customer just said, turned round, above the lines; returns the rows it takes. */
static int draw_mirrored(const struct panel *panel, struct rect inner)
{
	struct phrase phrase = mirrored_phrase(panel->view, panel->call, panel->step, panel->frame);
	enum style style = panel->mirrored_is_marked && panel->current ? STYLE_MARKED : STYLE_PLAIN;
	struct text_row *rows;
	size_t count =
		text_wrap(panel->frame, phrase.text, phrase.length, inner.columns - INDENT, &rows);

	grid_text(panel->grid, inner.row, inner.column, 1, panel->mirrored_is_marked ? "▸" : " ",
		  style);
	for (size_t i = 0; i < count && i < (size_t)inner.rows; i++)
		paint_phrase(panel->grid, inner.row + (int)i, inner.column + INDENT, &phrase,
			     &rows[i], style);
	return count < (size_t)inner.rows ? (int)count : inner.rows;
}

static void draw_lines(const struct panel *panel, struct rect inner)
{
	int taken = panel->mirrored ? draw_mirrored(panel, inner) : 0;
	int row = inner.row += taken, end = row + (inner.rows -= taken);

	for (size_t i = first_line(panel, inner); i < panel->count && row < end; i++) {
		/* half a sentence is no help, unless it is the one to say */
		if (row + (int)lay(panel, i, inner.columns)->count > end &&
		    panel->lines[i] != panel->marked)
			break;
		row = draw_line(panel, i, inner, row);
	}
}

/* "1 Reflect ✓", and for a step whose time has not come "4 Make it right · after 1 2 3". */
static const char *panel_title(const struct panel *panel)
{
	struct buffer title = {0}, after = {0};
	const char *text;

	buffer_format(&title, "%zu %s", panel->step + 1, panel->model->title);
	if (panel->call->steps_done & 1u << panel->step)
		buffer_text(&title, " ✓");
	if (panel->current)
		buffer_text(&title, " ▸");
	for (size_t step = 0; step < panel->call->playbook->step_count; step++)
		if (panel->gate & 1u << step)
			buffer_format(&after, "%s%zu", after.length ? " " : "", step + 1);
	text = panel->gate ? arena_format(panel->frame, _("%s · after %s"), title.text, after.text)
			   : arena_string(panel->frame, title.text);
	buffer_free(&title);
	buffer_free(&after);
	return text;
}

static enum style panel_style(const struct panel *panel)
{
	if (panel->current)
		return STYLE_CURRENT;
	return panel->gate ? STYLE_FAINT : STYLE_TITLE;
}

static void draw_edge(struct grid *grid, struct rect frame)
{
	int right = frame.column + frame.columns - 1, bottom = frame.row + frame.rows - 1;

	grid_style(grid, (struct rect){frame.row, frame.column, 1, frame.columns}, STYLE_CURRENT);
	grid_style(grid, (struct rect){bottom, frame.column, 1, frame.columns}, STYLE_CURRENT);
	grid_style(grid, (struct rect){frame.row, frame.column, frame.rows, 1}, STYLE_CURRENT);
	grid_style(grid, (struct rect){frame.row, right, frame.rows, 1}, STYLE_CURRENT);
}

/* The title, and at its right which of how many wordings is marked. */
static void draw_title(const struct panel *panel, struct rect frame)
{
	int used = 2 + grid_text(panel->grid, frame.row, frame.column + 2, frame.columns - 4,
				 arena_format(panel->frame, " %s ", panel_title(panel)),
				 panel_style(panel));
	const char *place;

	place = arena_format(panel->frame, " %s ", C_("panel", "heard"));
	if (panel->mirrored_is_marked && used + text_width(place) + 3 <= frame.columns)
		grid_text(panel->grid, frame.row,
			  frame.column + frame.columns - 2 - text_width(place), text_width(place),
			  place, panel->current ? STYLE_CURRENT : STYLE_BORDER);
	for (size_t i = 0; i < panel->count; i++) {
		if (panel->lines[i] != panel->marked || panel->count < 2)
			continue;
		place = arena_format(panel->frame, " %zu/%zu ", i + 1, panel->count);
		if (used + text_width(place) + 3 <= frame.columns)
			grid_text(panel->grid, frame.row,
				  frame.column + frame.columns - 2 - text_width(place),
				  text_width(place), place,
				  panel->current ? STYLE_CURRENT : STYLE_BORDER);
	}
}

static void draw_boxed(const struct panel *panel, struct rect frame)
{
	struct rect inner = {frame.row + 1, frame.column + 2, frame.rows - 2, frame.columns - 4};

	draw_title(panel, frame);
	if (panel->model->hint && inner.rows >= HINT_ROWS_LEAST) {
		int used = paint_text(panel->grid, panel->frame,
				      (struct rect){inner.row, inner.column + INDENT,
						    inner.rows < HINT_ROWS_MORE ? 1 : 2,
						    inner.columns - INDENT},
				      panel->model->hint, STYLE_LABEL);

		inner.row += used;
		inner.rows -= used;
	}
	draw_lines(panel, inner);
}

/* A step that is folded: its title and the beginning of what it offers. */
static void draw_folded(const struct panel *panel, struct rect frame)
{
	int used = 1 + grid_text(panel->grid, frame.row, frame.column + 1, frame.columns - 1,
				 panel_title(panel), panel_style(panel));

	if ((panel->marked || panel->mirrored_is_marked) && frame.columns - used > 12) {
		struct phrase phrase = panel->marked
					       ? phrase_make(panel->frame, panel->call->playbook,
							     panel->call, panel->marked->text)
					       : mirrored_phrase(panel->view, panel->call,
								 panel->step, panel->frame);

		grid_text(panel->grid, frame.row, frame.column + used + 2, frame.columns - used - 3,
			  phrase.text, STYLE_FAINT);
	}
}

static void draw_panel(const struct panel *panel, struct rect frame, bool boxed)
{
	if (frame.rows == 0)
		return;
	if (frame.rows == 1) {
		draw_folded(panel, frame);
	} else if (boxed) {
		draw_boxed(panel, frame);
	} else {
		grid_text(panel->grid, frame.row, frame.column + 1, frame.columns - 1,
			  panel_title(panel), panel_style(panel));
		draw_lines(panel, (struct rect){frame.row + 1, frame.column + 1, frame.rows - 1,
						frame.columns - 1});
	}
}

static struct panel panel_of(const struct view *view, const struct call *call, struct arena *frame,
			     struct grid *grid, size_t step)
{
	struct panel panel = {
		.view = view, .call = call, .frame = frame, .grid = grid, .step = step};

	panel.model = &call->playbook->steps[step];
	panel.gate = call_gate(call, step);
	panel.current = step == call->step;
	panel.mirrored = mirrored_line(view, call, step);
	panel.mirrored_is_marked = mirrored_is_marked(view, call, step);
	panel.marked = panel.mirrored_is_marked ? NULL : view_marked(view, call, step, frame);
	panel.count = call_lines(call, step, frame, &panel.lines);
	panel.laid = arena_alloc(frame, panel.count * sizeof *panel.laid);
	return panel;
}

void panels_draw(const struct view *view, const struct call *call, struct arena *frame,
		 struct grid *grid, struct rect space)
{
	struct rect boxes[PLAYBOOK_STEPS_MOST];
	struct layout layout;
	size_t count = 0;

	if (!call->playbook)
		return;
	layout = layout_panels(space, call->playbook->step_count, call->step);
	for (size_t step = 0; step < layout.count && layout.boxed; step++)
		if (layout.frame[step].rows > 1)
			boxes[count++] = layout.frame[step];
	paint_frames(grid, frame, boxes, count, STYLE_BORDER);
	/* before any title, as that of a neighbour below stands in the same row */
	if (layout.boxed && call->step < layout.count && layout.frame[call->step].rows > 1)
		draw_edge(grid, layout.frame[call->step]);
	for (size_t step = 0; step < layout.count; step++) {
		struct panel panel = panel_of(view, call, frame, grid, step);

		draw_panel(&panel, layout.frame[step], layout.boxed);
	}
}
