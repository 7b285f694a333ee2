/* When each line was last said in earlier calls, so that the least recently used wording comes
 * first and nobody hears the same words twice. A fold over journals; texts are remembered as
 * hashes only.
 */
#ifndef CALL_HISTORY_H
#define CALL_HISTORY_H

#include <stddef.h>
#include <stdint.h>

struct event;
struct history_entry;

struct history {
	struct history_entry *entries; /* open addressing, owned */
	size_t count, capacity;
	char call[37];	   /* the call whose slots are known just now */
	uint64_t customer; /* hash of that call's <customer>, folded; 0: not known */
};

/* Takes one event in; events of one call come in order. Only line_said, and slot_filled of
 * "customer", matter: a line counts as said to the customer when it was said after the name was
 * filled in. What was taken back counts as said. */
void history_apply(struct history *history, const struct event *event);

/* Unix ms when a line was last said to anybody; 0: never. */
int64_t history_said(const struct history *history, const char *text);

/* The same for a customer by name (compared folded); 0: never, or customer NULL. */
int64_t history_said_to(const struct history *history, const char *customer, const char *text);

void history_free(struct history *history);

#endif
