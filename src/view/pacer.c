#include "view/pacer.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "view/view.h"

#include <stdint.h>

static const struct {
	const char *words;
	int64_t length; /* ms */
} parts[] = {
	{N_("breathe in"), 4000}, {NC_("breath", "hold"), 2000}, {N_("breathe out, slowly"), 6000}};

enum { IN, HOLD, OUT, PARTS };

static void centre(struct grid *grid, int row, struct rect space, const char *text,
		   enum style style)
{
	int width = text_width(text);

	grid_text(grid, row, space.column + (space.columns - width) / 2, space.columns, text,
		  style);
}

/* The bar's columns at a moment of a part. */
static int bar(int part, int64_t at, int widest)
{
	int64_t share = at * widest / parts[part].length;

	return (int)(part == IN ? share : part == HOLD ? widest : widest - share);
}

void pacer_draw(struct view *view, bool call_open, int64_t now, struct arena *frame,
		struct grid *grid, struct rect space)
{
	int64_t at, minute;
	int part = 0, widest = space.columns * 2 / 3, middle = space.row + space.rows / 2, columns;

	if (view->breathing == 0)
		view->breathing = now;
	minute = now - view->breathing;
	if (!call_open && minute >= PACER_MINUTE) {
		view_settle(view);
		return;
	}
	at = minute % (parts[IN].length + parts[HOLD].length + parts[OUT].length);
	for (; at >= parts[part].length; part++)
		at -= parts[part].length;
	columns = bar(part, at, widest);
	centre(grid, middle - 2, space,
	       part == HOLD ? C_("breath", parts[part].words) : _(parts[part].words), STYLE_MARKED);
	for (int i = 0; i < columns; i++)
		grid_cell(grid, middle, space.column + (space.columns - columns) / 2 + i, "━",
			  STYLE_CLOCK);
	if (!call_open)
		centre(grid, middle + 2, space,
		       arena_format(frame, _("%d s of quiet"),
				    (int)((PACER_MINUTE - minute) / 1000)),
		       STYLE_FAINT);
}
