/* Where the panels of the steps stand, for a space of any size.
 *
 *   wide             middle                narrow
 *   ╭─┬─┬─┬─┬─╮      ╭───┬───┬───╮         ╭─────╮
 *   │ │ │ │ │ │      │   │   │   │         ├─────┤   the current step is open,
 *   │ │ │ │ │ │      ├───┴┬──┴───┤         │     │   of the others only the titles
 *   ╰─┴─┴─┴─┴─╯      ╰────┴──────╯         ╰─────╯
 *
 * Neighbours share a border. What a panel holds never moves another: places hang on the size, the
 * number of steps and, when narrow, the current step alone.
 */
#ifndef VIEW_LAYOUT_H
#define VIEW_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "playbook/playbook.h"
#include "view/grid.h"

struct layout {
	struct rect frame[PLAYBOOK_STEPS_MOST]; /* with its borders; rows 1: only a title row */
	size_t count;
	bool boxed; /* false: so small that there are no borders; title row above text */
};

#define LAYOUT_COLUMN_LEAST 25 /* columns a panel needs beside others */
#define LAYOUT_COLUMN_GOOD 32  /* columns at which all stand in one row */
#define LAYOUT_ROWS_LEAST 5    /* rows a panel needs above others */

struct layout layout_panels(struct rect space, size_t steps, size_t current);

#endif
