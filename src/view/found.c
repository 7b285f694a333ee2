#include "view/found.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/library.h"
#include "playbook/playbook.h"
#include "playbook/search.h"
#include "view/paint.h"
#include "view/view.h"

size_t found_find(struct view *view, const struct library *library, struct arena *arena,
		  struct search_hit **hits)
{
	return search_find(view_search(view, library), arena, view->field[0].text, FOUND_MOST,
			   hits);
}

/* Where a hit belongs: "About to leave, Validate". */
static const char *where(const struct search_hit *hit, struct arena *arena)
{
	const char *situation = hit->situation ? hit->situation->title : _("any");

	switch (hit->kind) {
	case SEARCH_SITUATION: return hit->playbook->title;
	case SEARCH_LINE:
		return arena_format(arena, "%s, %s", situation,
				    hit->playbook->steps[hit->step].title);
	case SEARCH_CUE: return arena_format(arena, _("%s, heard"), situation);
	case SEARCH_TODO: return arena_format(arena, _("%s, do"), situation);
	case SEARCH_AVOID: return arena_format(arena, _("%s, not"), situation);
	case SEARCH_CHANNEL: return _("a way to get help");
	}
	return "";
}

void found_draw(struct view *view, const struct library *library, struct arena *frame,
		struct grid *grid, struct rect space)
{
	struct search_hit *hits;
	size_t count = found_find(view, library, frame, &hits);
	struct list_item *items = arena_alloc(frame, (count + 1) * sizeof *items);
	int chosen = space.rows >= 10 ? 3 : 0, left = 1;

	left += grid_text(grid, space.row, 1, space.columns / 2, _("Search"), STYLE_LABEL) + 2;
	field_draw(&view->field[0], grid, space.row, left, space.columns - 1 - left, true);
	space.row += space.rows > 6 ? 2 : 1;
	space.rows -= space.rows > 6 ? 2 : 1;
	if (count == 0) {
		grid_text(grid, space.row, 1, space.columns - 2,
			  view->field[0].length
				  ? _("nothing found")
				  : _("a word of a line, a title or what callers say"),
			  STYLE_FAINT);
		return;
	}
	if (view->selected >= count)
		view->selected = count - 1;
	for (size_t i = 0; i < count; i++)
		items[i] =
			(struct list_item){.text = hits[i].text, .detail = where(&hits[i], frame)};
	paint_list(grid, (struct rect){space.row, 1, space.rows - chosen, space.columns - 2}, items,
		   count, view->selected);
	if (chosen)
		paint_text(grid, frame,
			   (struct rect){space.row + space.rows - chosen + 1, 1, chosen - 1,
					 space.columns - 2},
			   hits[view->selected].text, STYLE_MARKED);
}
