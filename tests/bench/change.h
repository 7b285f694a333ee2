#ifndef TESTS_BENCH_CHANGE_H
#define TESTS_BENCH_CHANGE_H

#include "../pty/terminal.h"

/*
 * How many bytes a change of the screen needs: two frames are compared, and the least that a
 * careful program would send to turn one into the other is added up. The model is in change.c. A
 * frame owns its cells.
 */
struct frame {
	int rows, columns;
	struct terminal_cell *cells; /* row by row */
	int cursor_row, cursor_column;
	bool cursor_shown;
};

/* The screen as it is. */
struct frame frame_take(const struct terminal *);

void frame_free(struct frame *);

/* Bytes to turn `before` into `after`; 0 if they look the same. Both are of one size. */
size_t change_need(const struct frame *before, const struct frame *after);

#endif
