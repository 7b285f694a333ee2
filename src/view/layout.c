#include "view/layout.h"

#define STACK_ROWS_LEAST 5 /* rows the open step needs among folded ones; with fewer it has all */

/* Cuts length (which shares its borders) into count pieces, the first ones larger. */
static void cut(int start, int length, int count, int piece, int *from, int *size)
{
	int inner = length - 1, share = inner / count, extra = inner % count;

	*from = start + piece * share + (piece < extra ? piece : extra);
	*size = share + (piece < extra ? 1 : 0) + 1;
}

static void lay_grid(struct layout *layout, struct rect space, int rows)
{
	int count = (int)layout->count, step = 0;

	for (int row = 0; row < rows; row++) {
		int columns = count / rows + (row < count % rows ? 1 : 0);

		for (int column = 0; column < columns; column++) {
			struct rect *frame = &layout->frame[step++];

			cut(space.row, space.rows, rows, row, &frame->row, &frame->rows);
			cut(space.column, space.columns, columns, column, &frame->column,
			    &frame->columns);
		}
	}
}

/* Titles above and below, the current step open between them. */
static void lay_stack(struct layout *layout, struct rect space, size_t current)
{
	int titles = (int)layout->count - 1, row = space.row;
	int open = space.rows - titles;

	layout->boxed = open >= 4;
	for (size_t step = 0; step < layout->count; step++) {
		int rows = step == current ? open : 1;

		layout->frame[step] = (struct rect){row, space.column, rows, space.columns};
		row += rows;
	}
}

/* Only the current step has a place. */
static void lay_one(struct layout *layout, struct rect space, size_t current)
{
	layout->boxed = false;
	for (size_t step = 0; step < layout->count; step++)
		layout->frame[step] = (struct rect){space.row, space.column, 0, 0};
	layout->frame[current] = space;
}

struct layout layout_panels(struct rect space, size_t steps, size_t current)
{
	struct layout layout = {.count = steps, .boxed = true};
	int count = (int)steps, across, rows;

	if (count == 0)
		return layout;
	across = (space.columns - 1) / (LAYOUT_COLUMN_GOOD - 1);
	if (across < count)
		across = (space.columns - 1) / LAYOUT_COLUMN_LEAST;
	rows = across > 0 ? (count + across - 1) / across : count;
	if ((across > 1 || count == 1) && space.rows >= rows * (LAYOUT_ROWS_LEAST - 1) + 1)
		lay_grid(&layout, space, rows);
	else if (space.rows >= count + STACK_ROWS_LEAST)
		lay_stack(&layout, space, current);
	else
		lay_one(&layout, space, current);
	return layout;
}
