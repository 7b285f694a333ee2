#ifndef TESTS_PTY_COUNTING_H
#define TESTS_PTY_COUNTING_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A terminal that counts Bengali as it likes, for what libvterm (the sum of wcwidth) cannot show:
 * kitty and mlterm give a whole cluster the columns of its first letter, foot, where it is told to,
 * at most two. It knows only what the program sends; anything else is kept as `strange`, so that a
 * test fails rather than looks away.
 */

enum counting_kind {
	COUNTING_SUM,	   /* each spacing sign a column: xterm, VTE, tmux, libvterm */
	COUNTING_TWO,	   /* a cluster at most two: foot's double-width */
	COUNTING_FIRST,	   /* a cluster as its first letter: kitty, mlterm */
	COUNTING_CONJUNCT, /* so too, and letters joined by a virama are one: UAX 29 since 15.1 */
	COUNTING_KINDS
};

struct counting_cell {
	char text[64]; /* " " for a blank; "" for the second column of a wide one */
	bool reverse, underline;
};

struct counting {
	enum counting_kind kind;
	int rows, columns, row, column; /* column == columns: the next letter wraps */
	bool shown;			/* the cursor */
	bool reverse, underline;	/* what comes is */
	struct counting_cell *cells;	/* owned */
	char repeated[2];		/* the last ASCII character */
	char held[64];			/* of a sequence or letter that is not whole yet */
	size_t length;
	char strange[64]; /* the first thing it does not know, "" for none */
};

/* A blank one; false without memory. */
bool counting_begin(struct counting *, enum counting_kind kind, int rows, int columns);
void counting_end(struct counting *);

/* Blank at another size, in the middle of whatever was being read; false without memory. */
bool counting_resize(struct counting *, int rows, int columns);

void counting_take(struct counting *, const char *bytes, size_t length);

/* A row as it should be, by the sum of wcwidth: cells of one column each; wide ones have no place
 * here. cursor is its column, or negative when it is not in this row. */
struct counting_row {
	struct counting_cell *cells;
	int columns, cursor;
};

/* What is wrong with a row, in a static text; NULL when it is as good as this terminal can: what
 * frames are made of stands in its columns, and so does what stands behind two blanks or a frame;
 * no text is lost or left over; reverse bars and underlined blanks have no holes; the cursor stands
 * right behind the same text. */
const char *counting_fault(const struct counting *, int row, const struct counting_row *wanted);

#endif
