/* The pen that blit writes with: where it stands, what it is dipped in, and the fewest bytes that
 * change either. What it may say is what blit_terminal promises; it owns nothing and appends to a
 * buffer.
 *
 * A place is forgotten where terminals differ: behind a cell that some count wider, and at the
 * right edge, where they wait, wrap or stay.
 */
#ifndef SCREEN_PEN_H
#define SCREEN_PEN_H

#include "screen/blit.h"

struct pen {
	const struct blit_terminal *terminal;
	struct buffer *out;
	int columns;	 /* of the screen */
	int row, column; /* -1: not known; no row without a column to write at */
	bool drifts;	 /* column is the grid's; the terminal may have counted otherwise */
	int style;	 /* -1: not known */
};

/* What a cell does to a pen's place. */
enum pen_step {
	PEN_SURE,   /* all count its columns alike */
	PEN_DRIFTS, /* not all do; what goes on with it may be written all the same */
	PEN_LOST,   /* not all do, and what is next must be placed */
};

/* The bytes that pen_move would append. */
int pen_way(const struct pen *pen, int row, int column);
void pen_move(struct pen *pen, int row, int column);

/* The bytes that pen_dip would append. */
int pen_dip_cost(const struct pen *pen, int style);
void pen_dip(struct pen *pen, int style);

/* Whether a blank written now would be seen. */
bool pen_inks(const struct pen *pen);

/* A cell where the pen stands, which is dipped for it. */
void pen_cell(struct pen *pen, const struct cell *cell, enum pen_step step);

/* A blank of a style, seen or not. */
void pen_blank(struct pen *pen, int style);

/* The rest of the row is blank; the pen stays. */
void pen_erase_rest(struct pen *pen);

/* Next cells are blank; the pen stays. For terminals that BLIT_ECH. */
void pen_erase(struct pen *pen, int cells);

/* The bytes of an ASCII cell so many times, without its style; and the cell so many times. */
int pen_run_cost(const struct pen *pen, int times);
void pen_run(struct pen *pen, const struct cell *cell, int times);

/* CSI, a count that is left out when it is 1, a letter: so many bytes. */
int pen_counted(int count);

#endif
