/* Key presses, free of any terminal library, and which action each means.
 *
 * Keys are named as in the action list and the manual: a character ("n", "/"), or Enter, Tab,
 * S-Tab, Esc, Up, Down, Left, Right, Home, End, PgUp, PgDn, Space, C-x for Control with x, and
 * "1-9" for any of the digits.
 */
#ifndef VIEW_KEYMAP_H
#define VIEW_KEYMAP_H

#include <stdbool.h>

#include "call/action.h"

enum press_kind {
	PRESS_NONE,
	PRESS_CHARACTER, /* text holds it */
	PRESS_PASTE,	 /* paste holds it */
	PRESS_CONTROL,	 /* text holds the letter, lower case */
	PRESS_ENTER,
	PRESS_TAB,
	PRESS_BACK_TAB,
	PRESS_ESCAPE,
	PRESS_BACKSPACE,
	PRESS_DELETE,
	PRESS_UP,
	PRESS_DOWN,
	PRESS_LEFT,
	PRESS_RIGHT,
	PRESS_HOME,
	PRESS_END,
	PRESS_PAGE_UP,
	PRESS_PAGE_DOWN,
};

struct press {
	enum press_kind kind;
	char text[8];	   /* one character in UTF-8, NUL-terminated */
	const char *paste; /* any text, owned by whoever made the press */
};

/* A press by its name; false when there is no such key. */
bool press_parse(const char *name, struct press *press);

struct keymap {
	struct press keys[ACTION_COUNT]; /* PRESS_NONE: no key */
	const char *names[ACTION_COUNT]; /* of the keys, "" for none; borrowed */
};

void keymap_default(struct keymap *keymap);

/* Gives an action another key by its name, which must live on; "" takes its key away. False: there
 * is no such key, nothing has changed. Whether another action has that key already is not looked
 * at. */
bool keymap_set(struct keymap *keymap, enum action action, const char *name);

/* The action of a press; ACTION_NONE when it has none. */
enum action keymap_action(const struct keymap *keymap, const struct press *press);

#endif
