/* A grid onto a terminal: the bytes that turn what is shown into what should be, in one piece.
 *
 * curses lays out by wcwidth and sends a write a row; this sends one a frame, says attributes in
 * their shortest form, and never trusts the terminal's idea of how wide a Bengali or a wide cell
 * is. Behind Bengali text the next column is placed anew, so that borders stand straight where
 * terminals count otherwise (kitty, mlterm), and the text itself is not torn; so is what
 * stands behind each wide cell. A cursor is left where typed Bengali ends on this terminal. It
 * knows no terminal library: capabilities are handed in as texts (terminfo(5) names in brackets).
 * It keeps a key for each cell shown, not the cell.
 */
#ifndef SCREEN_BLIT_H
#define SCREEN_BLIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "view/grid.h"

#define BLIT_LOOK_BYTES 64

/* What a terminal can, in the forms of ECMA-48 and no others. */
enum {
	BLIT_CUP = 1,	 /* CUP [cup]; without it only move places */
	BLIT_HPA = 2,	 /* CHA: to a column [hpa] */
	BLIT_VPA = 4,	 /* VPA: to a row [vpa] */
	BLIT_FEED = 8,	 /* LF goes straight down [cud1]; the driver adds no CR (ONLCR) */
	BLIT_ECH = 16,	 /* ECH: next cells blank [ech] */
	BLIT_REP = 32,	 /* REP: an ASCII character again [rep] */
	BLIT_WAITS = 64, /* in the last column it waits with the next row [am, xenl] */
	BLIT_ENDS = 128, /* SGR 24, 27 and 39 end what 4, 7 and 30 to 37 began [rmul, rmso, op] */
};

struct blit_terminal {
	/* Appends what moves the cursor to a place, both from 0 [cup]. */
	void (*move)(void *context, int row, int column, struct buffer *out);
	void *context;
	unsigned can;					   /* BLIT_CUP and so on */
	char erase[BLIT_LOOK_BYTES];			   /* to the end of the line [el], or "" */
	char show[BLIT_LOOK_BYTES], hide[BLIT_LOOK_BYTES]; /* the cursor [cnorm, civis], or "" */
	bool ansi; /* ECMA-48: attributes combine in one SGR, CUF moves right; else: plain, then
		      look */
	char plain[BLIT_LOOK_BYTES]; /* all attributes off [sgr0] */
	bool inks[STYLE_COUNT];	     /* a blank of this style is seen (reverse, underline) */
	char look[STYLE_COUNT][BLIT_LOOK_BYTES]; /* ansi: the parameters ("1;36", "" for plain);
						    else the sequences to add */
};

struct blit {
	struct blit_terminal terminal;
	int rows, columns;
	uint64_t *shown; /* a key a cell, owned; NULL: nothing is known of the screen */
	bool *changed;	 /* which cells of the row that is being sent; owned */
	uint64_t style_keys[STYLE_COUNT]; /* a key's part for a style and one column, the same for
					     styles that look the same */
	uint64_t blank_keys[STYLE_COUNT]; /* and a blank's whole key */
	int cursor;			  /* 1 shown, 0 hidden, -1 not known */
	int row, column;		  /* where it was left, while it is shown */
	int style;			  /* that the terminal is set to; -1: not known */
	struct buffer out; /* what blit_frame made; the owner sends it and clears it */
};

/* The screen is blank, of this size; its attributes and cursor are not known. */
void blit_blank(struct blit *blit, int rows, int columns);

/* Appends to blit->out what turns the screen into the grid, which has the size of blit_blank.
 * Nothing when nothing changed. */
void blit_frame(struct blit *blit, const struct grid *grid);

void blit_free(struct blit *blit);

#endif
