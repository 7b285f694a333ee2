/* A line that a program sends to a running coach. Format: talktrack-link(5).
 *
 * Plain text was heard from the customer; a line that begins with { is a JSON object: something
 * heard, an action to do, or a question. Reading never fails halfway: what cannot be taken is a
 * message of its own kind that says why and where. Texts are cleaned copies in the arena.
 */
#ifndef LINK_MESSAGE_H
#define LINK_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "call/action.h"
#include "link/utterance.h"

struct arena;
struct buffer;

#define MESSAGE_BYTES 65536 /* of a line at most, without its newline */

enum message_kind {
	MESSAGE_NOTHING, /* an empty line, or nothing said: no reply */
	MESSAGE_HEARD,	 /* utterance: no reply */
	MESSAGE_DO,	 /* action and arguments: the new state, or why not */
	MESSAGE_ASK,	 /* the state */
	MESSAGE_WATCH,	 /* the state now and whenever it changes; or no longer */
	MESSAGE_WRONG,	 /* error and place */
};

struct message {
	enum message_kind kind;
	struct utterance utterance;
	enum action action;
	const char *arguments[2]; /* NULL where missing; together not longer than the line */
	bool watch;		  /* false: no longer */
	const char *error;	  /* for people, lower case, sanitised */
	size_t place; /* the byte of the line at which it went wrong, from 1; 0: all of it */
};

/* The message in a line, without its newline (a carriage return at its end is passed over). */
struct message message_read(struct arena *arena, const char *line, size_t length);

/* Appends {"error":...,"place":...} and a newline; without a place when it is 0. */
void message_refuse(const char *error, size_t place, struct buffer *out);

/* How many arguments an action takes at most: 0 to 2. */
size_t message_arguments(enum action action);

#endif
