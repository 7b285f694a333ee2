#include "view/popup.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "view/paint.h"
#include "view/view.h"

#include <string.h>

const struct disposition popup_dispositions[POPUP_DISPOSITIONS] = {
	{NC_("disposition", "resolved"), 'r', N_("it is settled")},
	{NC_("disposition", "follow-up"), 'f', N_("something is still to be done, by us")},
	{NC_("disposition", "escalated"), 'e', N_("someone else has it now")},
	{NC_("disposition", "dropped"), 'd', N_("the line went dead, or they hung up")},
};

/* A box of so many inner rows at the bottom of the space. */
static struct rect box(const char *title, int rows, struct arena *frame, struct grid *grid,
		       struct rect space)
{
	int height = rows + 2 < space.rows ? rows + 2 : space.rows;

	return paint_box(grid, frame,
			 (struct rect){space.row + space.rows - height, 0, height, grid->columns},
			 title);
}

static void draw_slots(const struct view *view, const struct call *call, struct arena *frame,
		       struct grid *grid, struct rect space)
{
	size_t count = call->playbook ? call->playbook->slot_count : 0, first = 0;
	struct rect inner = box(_("Fill in · Enter keeps it"), (int)count, frame, grid, space);
	int asks = 0;

	for (size_t i = 0; i < count; i++)
		if (text_width(call->playbook->slots[i].ask) > asks)
			asks = text_width(call->playbook->slots[i].ask);
	if (asks > inner.columns * 3 / 5)
		asks = inner.columns * 3 / 5;
	if (view->focus >= (size_t)inner.rows)
		first = view->focus - (size_t)inner.rows + 1;
	for (size_t i = first; i < count && (int)(i - first) < inner.rows; i++) {
		const struct slot *slot = &call->playbook->slots[i];
		const char *text = call_slot(call, slot->id, strlen(slot->id));
		int row = inner.row + (int)(i - first), left = inner.column + asks + 2;

		/* what is asked has the row to itself until something is there */
		grid_text(grid, row, inner.column,
			  i != view->focus && (!text || !*text) ? inner.columns : asks, slot->ask,
			  STYLE_LABEL);
		if (i == view->focus)
			field_draw(&view->field[0], grid, row, left, inner.columns - asks - 2,
				   true);
		else
			grid_text(grid, row, left, inner.columns - asks - 2, text ? text : "",
				  STYLE_FILLED);
	}
}

static void draw_fields(const struct view *view, const char *title, const char *const *labels,
			size_t count, struct arena *frame, struct grid *grid, struct rect space)
{
	struct rect inner = box(title, (int)count, frame, grid, space);
	int width = 0;

	for (size_t i = 0; i < count; i++)
		width = text_width(labels[i]) > width ? text_width(labels[i]) : width;
	for (size_t i = 0; i < count; i++) {
		int row = inner.row + (int)i;

		grid_text(grid, row, inner.column, width, labels[i], STYLE_LABEL);
		field_draw(&view->field[i], grid, row, inner.column + width + 2,
			   inner.columns - width - 2, i == view->focus);
	}
}

static void draw_end(const struct view *view, struct arena *frame, struct grid *grid,
		     struct rect space)
{
	struct list_item items[POPUP_DISPOSITIONS];
	struct rect inner = box(_("How did it end?"), POPUP_DISPOSITIONS, frame, grid, space);

	for (size_t i = 0; i < POPUP_DISPOSITIONS; i++)
		items[i] = (struct list_item){
			.key = arena_format(frame, "%c", popup_dispositions[i].key),
			.text = C_("disposition", popup_dispositions[i].id),
			.detail = _(popup_dispositions[i].help),
		};
	paint_list(grid, inner, items, POPUP_DISPOSITIONS, view->selected);
}

static void draw_quit(struct arena *frame, struct grid *grid, struct rect space)
{
	const struct list_item items[] = {
		{.key = "e", .text = _("end the call first")},
		{.key = "q", .text = _("leave; the journal keeps the open call")},
		{.key = "Esc", .text = _("stay")},
	};
	size_t count = sizeof items / sizeof *items;
	struct rect inner = box(_("A call is open"), (int)count, frame, grid, space);

	paint_list(grid, inner, items, count, count);
}

static void draw_resume(const struct view *view, struct arena *frame, struct grid *grid,
			struct rect space)
{
	const struct list_item items[] = {
		{.key = "⏎", .text = _("go on with it, as it stood")},
		{.key = "d", .text = _("it is over: end it as dropped")},
		{.key = "Esc", .text = _("later; it is asked again at the next start")},
	};
	size_t count = sizeof items / sizeof *items;
	struct rect inner = box(_("A call was cut off"), (int)count + 2, frame, grid, space);

	grid_text(grid, inner.row, inner.column, inner.columns, view->cut_off ? view->cut_off : "",
		  STYLE_MARKED);
	inner.row += 2;
	inner.rows -= 2;
	paint_list(grid, inner, items, count, count);
}

void popup_draw(const struct view *view, const struct call *call, struct arena *frame,
		struct grid *grid, struct rect space)
{
	const char *const promise[] = {_("I will"), _("By when")};
	const char *const note[] = {_("Note")};
	const char *const heard[] = {_("The caller says")};

	switch (view->mode) {
	case VIEW_SLOTS: draw_slots(view, call, frame, grid, space); break;
	case VIEW_PROMISE:
		draw_fields(view, _("Promise · by when: fri, in 2 days, 30d, 17:00"), promise, 2,
			    frame, grid, space);
		break;
	case VIEW_HEAR:
		draw_fields(view, _("Type what you hear · Enter"), heard, 1, frame, grid, space);
		break;
	case VIEW_NOTE:
		draw_fields(view, _("Note · Enter keeps it"), note, 1, frame, grid, space);
		break;
	case VIEW_END: draw_end(view, frame, grid, space); break;
	case VIEW_QUIT: draw_quit(frame, grid, space); break;
	case VIEW_RESUME: draw_resume(view, frame, grid, space); break;
	default: break;
	}
}
