/* The bytes of a keyboard as presses. Free of any terminal library: what this terminal's keys send
 * is handed in, the forms that all terminals share (xterm's control sequences) are known.
 *
 * A sequence that means nothing here is swallowed whole, so that none of it is taken for typing.
 * A bracketed paste is one press, at its end. It reads nothing itself: whoever has read bytes puts
 * them into its room.
 */
#ifndef SCREEN_KEYS_H
#define SCREEN_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "view/keymap.h"

#define KEYS_ROOM 1024	 /* bytes read at once */
#define KEYS_SEQUENCE 16 /* bytes of a key's longest sequence, with the NUL */
#define KEYS_KNOWN 24

struct keys {
	struct {
		char text[KEYS_SEQUENCE];
		enum press_kind kind;
	} known[KEYS_KNOWN];
	size_t known_count;
	char bytes[KEYS_ROOM]; /* read; from done to length not taken yet */
	size_t done, length;
	char *paste; /* text of the paste being read; owned */
	size_t paste_length, paste_capacity;
	bool pasting;
};

enum keys_next {
	KEYS_NONE,   /* all is taken but what surely goes on: half a character, half a paste */
	KEYS_PRESS,  /* a press */
	KEYS_UNSURE, /* an Esc, that may be the beginning of more */
};

/* This terminal sends text for a key. NULL, too long or a single byte: nothing. */
void keys_know(struct keys *keys, const char *text, enum press_kind kind);

/* Where bytes may be put, *room of them; keys_took says how many were. There is room whenever
 * keys_next has not said KEYS_PRESS. */
char *keys_room(struct keys *keys, size_t *room);
void keys_took(struct keys *keys, size_t count);

/* The next press. over: nothing more came for a while, so what was unsure is what it looks like.
 * Its paste lives until the next call. */
enum keys_next keys_next(struct keys *keys, bool over, struct press *press);

/* What was put in and not taken is let go. */
void keys_forget(struct keys *keys);

void keys_free(struct keys *keys);

#endif
