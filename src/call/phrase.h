/* A phrase: a playbook's line with the call's slots filled in, ready to be said.
 *
 * Filled slots stand as they were typed (slots marked `reflect` turned round, see
 * reflection.h), `promise` and `deadline`, while both are empty, as the promise made last says, its
 * time in the words of `dates` (date.h); unfilled ones by the words of `or`, else by their name
 * (call_slot_name) in ‹ ›, which never looks like words to say. A slot at the very start of a line
 * gets a capital. Spans say which bytes are which.
 */
#ifndef CALL_PHRASE_H
#define CALL_PHRASE_H

#include <stddef.h>

struct arena;
struct call;
struct line;
struct playbook;

enum phrase_mark { PHRASE_PLAIN, PHRASE_FILLED, PHRASE_DEFAULT, PHRASE_UNFILLED };

struct phrase_span {
	size_t start, length; /* bytes in text */
	enum phrase_mark mark;
};

struct phrase {
	const char *text;
	size_t length;
	struct phrase_span *spans; /* the whole text, in order */
	size_t span_count;
};

/* All in the arena. playbook knows the slots; call, which may be NULL, their values. */
struct phrase phrase_make(struct arena *arena, const struct playbook *playbook,
			  const struct call *call, const char *line);

#endif
