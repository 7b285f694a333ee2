#include "view/picker.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "call/phrase.h"
#include "playbook/library.h"
#include "playbook/search.h"
#include "view/paint.h"
#include "view/view.h"

#include <stdlib.h>
#include <string.h>

#define HITS_MOST 600

static size_t all(const struct library *library, struct arena *arena, struct picked **picked)
{
	const struct playbook *playbook;
	size_t count = 0;

	*picked = NULL;
	for (size_t p = 0; (playbook = library_playbook(library, p)); p++)
		for (size_t s = 0; s < playbook->situation_count; s++) {
			*picked = arena_more(arena, *picked, count, sizeof **picked);
			(*picked)[count++] = (struct picked){playbook, &playbook->situations[s], 0};
		}
	return count;
}

/* Best first; equals stay in the library's order (insertion sort: a few dozen items). */
static void sort(struct picked *picked, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct picked item = picked[i];
		size_t at = i;

		for (; at > 0 && picked[at - 1].score < item.score; at--)
			picked[at] = picked[at - 1];
		picked[at] = item;
	}
}

size_t picker_find(struct view *view, const struct library *library, const char *filter,
		   struct arena *arena, struct picked **picked)
{
	size_t count = all(library, arena, picked), kept = 0, hits;
	struct search_hit *found;

	if (!*filter)
		return count;
	hits = search_find(view_search(view, library), arena, filter, HITS_MOST, &found);
	for (size_t i = 0; i < count; i++) {
		struct picked *item = &(*picked)[i];

		for (size_t h = 0; h < hits; h++)
			if (found[h].situation == item->situation && found[h].score > item->score &&
			    (found[h].kind == SEARCH_SITUATION || found[h].kind == SEARCH_CUE))
				item->score = found[h].score;
		if (item->score > 0)
			(*picked)[kept++] = *item;
	}
	sort(*picked, kept);
	return kept;
}

static size_t list_items(const struct picked *picked, size_t count, bool filtered,
			 struct arena *arena, struct list_item **items)
{
	const struct playbook *playbook = NULL;
	size_t made = 0;

	*items = NULL;
	for (size_t i = 0; i < count; i++) {
		if (picked[i].playbook != playbook && !filtered) {
			playbook = picked[i].playbook;
			*items = arena_more(arena, *items, made, sizeof **items);
			(*items)[made++] =
				(struct list_item){.text = playbook->title, .heading = true};
		}
		*items = arena_more(arena, *items, made, sizeof **items);
		(*items)[made++] = (struct list_item){
			.key = i < 9 ? arena_format(arena, "%zu", i + 1) : " ",
			.text = picked[i].situation->title,
			.detail = picked[i].situation->goal,
		};
	}
	return made;
}

/* What the marked situation would offer, a row a step. */
static void draw_glance(const struct picked *picked, const struct library *library,
			const struct history *history, struct arena *frame, struct grid *grid,
			struct rect space)
{
	struct call call;
	struct event event = {
		.kind = EVENT_CALL_STARTED, .t = 1, .playbook = picked->playbook->name};
	struct rect inner = paint_box(grid, frame, space, picked->situation->title);

	call_open(&call, library, history);
	call_apply(&call, &event);
	event = (struct event){.kind = EVENT_SITUATION_OPENED,
			       .t = 2,
			       .playbook = picked->playbook->name,
			       .situation = picked->situation->id};
	call_apply(&call, &event);
	for (size_t step = 0; step < picked->playbook->step_count && (int)step < inner.rows;
	     step++) {
		const struct line *line = call_offer(&call, step, frame);
		int row = inner.row + (int)step;

		grid_text(grid, row, inner.column, 14, picked->playbook->steps[step].title,
			  STYLE_LABEL);
		if (line)
			grid_text(grid, row, inner.column + 16, inner.columns - 16,
				  arena_string(frame, phrase_make(frame, picked->playbook, NULL,
								  line->text)
							      .text),
				  STYLE_PLAIN);
	}
	call_close(&call);
}

void picker_draw(struct view *view, const struct call *call, const struct library *library,
		 const char *filter, struct arena *frame, struct grid *grid, struct rect space)
{
	struct picked *picked;
	struct list_item *items;
	size_t count = picker_find(view, library, filter ? filter : "", frame, &picked);
	size_t rows = list_items(picked, count, filter && *filter, frame, &items);
	int glance;

	if (filter) {
		int left = 3 + grid_text(grid, space.row, 1, space.columns / 2, _("Situation"),
					 STYLE_LABEL);

		field_draw(&view->field[0], grid, space.row, left, space.columns - 1 - left, true);
		space.row += space.rows > 6 ? 2 : 1;
		space.rows -= space.rows > 6 ? 2 : 1;
	}
	if (count == 0 && library->next == library->file_count)
		grid_text(grid, space.row, 1, space.columns - 2,
			  filter && *filter ? _("no situation sounds like that")
					    : _("no situations"),
			  STYLE_FAINT);
	if (view->selected >= count)
		view->selected = count ? count - 1 : 0;
	glance = count ? (int)picked[view->selected].playbook->step_count + 2 : 0;
	if (glance > 0 && space.rows - glance >= (int)(rows < 6 ? rows : 6) &&
	    space.columns >= 60) {
		space.rows -= glance;
		draw_glance(&picked[view->selected], library, call->history, frame, grid,
			    (struct rect){space.row + space.rows, 0, glance, space.columns});
	}
	paint_list(grid, (struct rect){space.row, 1, space.rows, space.columns - 2}, items, rows,
		   view->selected);
}
