/* Themes: what each style looks like, as a table; the screen turns it into the terminal's
 * attributes.
 *
 * The 16 colours and the terminal's own foreground and background suffice. What these 16 look like
 * is each terminal's affair, and bold makes some of them lighter still; so where there are 256, a
 * theme may name a tone of those in their stead, which all terminals agree on. No meaning hangs on
 * colour, dim or italics alone: a mark or a word goes with each.
 */
#ifndef VIEW_THEME_H
#define VIEW_THEME_H

#include <stddef.h>

enum style {
	STYLE_PLAIN,
	STYLE_FAINT, /* present, but not now: other wordings, hints, gated steps */
	STYLE_BORDER,
	STYLE_TITLE,	/* of a panel that is not the current one */
	STYLE_CURRENT,	/* border and title of the current step */
	STYLE_MARKED,	/* the line to say now: the only thing that shouts */
	STYLE_SAID,	/* ticked */
	STYLE_FILLED,	/* a slot's words within a line */
	STYLE_UNFILLED, /* a slot that asks for words */
	STYLE_HEADER,
	STYLE_CLOCK,
	STYLE_HOLD,
	STYLE_LABEL,	/* "do", "not", slot names */
	STYLE_KEY,	/* a key in the line of keys */
	STYLE_SELECTED, /* the row of a list that Enter takes */
	STYLE_INPUT,	/* a field being typed into */
	STYLE_NOTICE,
	STYLE_COUNT,
};

enum { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_REVERSE = 4, LOOK_UNDERLINE = 8 };

struct look {
	short colour;	    /* 0-15, or -1: the terminal's own foreground */
	unsigned char bits; /* LOOK_... */
	unsigned char tone; /* 16-255: instead, where there are 256 colours; 0: none */
};

struct theme {
	const char *name;
	const char *summary;
	struct look looks[STYLE_COUNT];
};

/* By name, or NULL; theme_at counts from 0, NULL past the end. The first is the default, "mono"
 * needs no colours. */
const struct theme *theme_find(const char *name);
const struct theme *theme_at(size_t n);

#endif
