#include "view/theme.h"

#include <string.h>

enum { RED = 1, GREEN = 2, YELLOW = 3, BLUE = 4, MAGENTA = 5, CYAN = 6, OWN = -1 };

/* Half way between black and white, so that they are read on both. */
enum { LEAF = 28, TEAL = 30, PLUM = 133, BRICK = 160 };

/* The looks that need no colour; every theme starts from these. */
#define COMMON                                                                                     \
	[STYLE_PLAIN] = {OWN, 0, 0}, [STYLE_FAINT] = {OWN, LOOK_DIM, 0},                           \
	[STYLE_MARKED] = {OWN, LOOK_BOLD, 0}, [STYLE_SELECTED] = {OWN, LOOK_REVERSE, 0},           \
	[STYLE_INPUT] = {OWN, LOOK_UNDERLINE, 0}, [STYLE_HEADER] = {OWN, LOOK_BOLD, 0},            \
	[STYLE_KEY] = {OWN, LOOK_BOLD, 0}

static const struct theme themes[] = {
	{"calm",
	 "quiet colours for light and dark backgrounds",
	 {COMMON, [STYLE_BORDER] = {OWN, LOOK_DIM, 0}, [STYLE_TITLE] = {OWN, 0, 0},
	  [STYLE_CURRENT] = {MAGENTA, LOOK_BOLD, TEAL}, [STYLE_SAID] = {OWN, 0, LEAF},
	  [STYLE_FILLED] = {MAGENTA, 0, PLUM}, [STYLE_UNFILLED] = {MAGENTA, LOOK_UNDERLINE, PLUM},
	  [STYLE_CLOCK] = {OWN, LOOK_BOLD, LEAF}, [STYLE_HOLD] = {RED, LOOK_REVERSE, BRICK},
	  [STYLE_LABEL] = {MAGENTA, 0, TEAL}, [STYLE_NOTICE] = {RED, LOOK_BOLD, BRICK}}},
	{"dark",
	 "brighter, for dark backgrounds",
	 {COMMON, [STYLE_BORDER] = {8 + BLUE, 0, 0}, [STYLE_TITLE] = {8 + BLUE, LOOK_BOLD, 0},
	  [STYLE_CURRENT] = {8 + YELLOW, LOOK_BOLD, 0}, [STYLE_SAID] = {8 + GREEN, 0, 0},
	  [STYLE_FILLED] = {8 + CYAN, 0, 0}, [STYLE_UNFILLED] = {8 + MAGENTA, LOOK_UNDERLINE, 0},
	  [STYLE_CLOCK] = {8 + GREEN, LOOK_BOLD, 0}, [STYLE_HOLD] = {8 + YELLOW, LOOK_REVERSE, 0},
	  [STYLE_LABEL] = {8 + CYAN, 0, 0}, [STYLE_NOTICE] = {8 + YELLOW, LOOK_BOLD, 0}}},
	{"light",
	 "darker, for light backgrounds",
	 {COMMON, [STYLE_BORDER] = {BLUE, 0, 0}, [STYLE_TITLE] = {BLUE, LOOK_BOLD, 0},
	  [STYLE_CURRENT] = {RED, LOOK_BOLD, 0}, [STYLE_SAID] = {GREEN, 0, 0},
	  [STYLE_FILLED] = {BLUE, 0, 0}, [STYLE_UNFILLED] = {MAGENTA, LOOK_UNDERLINE, 0},
	  [STYLE_CLOCK] = {BLUE, LOOK_BOLD, 0}, [STYLE_HOLD] = {RED, LOOK_REVERSE, 0},
	  [STYLE_LABEL] = {BLUE, 0, 0}, [STYLE_NOTICE] = {RED, LOOK_BOLD, 0}}},
	{"mono",
	 "no colours: bold, reverse, underline and dim",
	 {COMMON, [STYLE_BORDER] = {OWN, 0, 0}, [STYLE_TITLE] = {OWN, 0, 0},
	  [STYLE_CURRENT] = {OWN, LOOK_BOLD, 0}, [STYLE_SAID] = {OWN, LOOK_DIM, 0},
	  [STYLE_FILLED] = {OWN, 0, 0}, [STYLE_UNFILLED] = {OWN, LOOK_UNDERLINE, 0},
	  [STYLE_CLOCK] = {OWN, LOOK_BOLD, 0}, [STYLE_HOLD] = {OWN, LOOK_REVERSE, 0},
	  [STYLE_LABEL] = {OWN, LOOK_BOLD, 0}, [STYLE_NOTICE] = {OWN, LOOK_BOLD, 0}}},
};

const struct theme *theme_at(size_t n)
{
	return n < sizeof themes / sizeof *themes ? &themes[n] : NULL;
}

const struct theme *theme_find(const char *name)
{
	for (size_t i = 0; theme_at(i); i++)
		if (strcmp(themes[i].name, name) == 0)
			return &themes[i];
	return NULL;
}
