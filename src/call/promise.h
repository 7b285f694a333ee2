/* Promises across calls: a fold over the events of many, each call's in order, calls mixed as they
 * come.
 *
 * What was taken back is gone; whether a promise is kept is what was said last. A promise of which
 * only the end is left (promise_kept, the day it was made being forgotten) is none. Owns all its
 * texts.
 */
#ifndef CALL_PROMISE_H
#define CALL_PROMISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "call/event.h"
#include "playbook/names.h"

struct promise_call;

enum promise_state {
	PROMISE_OVERDUE, /* its time has passed */
	PROMISE_DUE,	 /* today */
	PROMISE_OPEN,	 /* later, or no time was named */
	PROMISE_KEPT,
	PROMISE_EXCEEDED, /* kept, and something was added on top */
	PROMISE_BROKEN,
};

struct promise {
	const char *name; /* "CALL/N" */
	const char *text;
	const char *zone;   /* or NULL */
	int64_t made, due;  /* ms; due 0: no time was named */
	int64_t settled;    /* ms: when it was said to be kept or broken; 0: not so far */
	const char *beyond; /* what was added on top, or NULL */
	bool broken;	    /* what settled means */
	bool taken_back;    /* it is as if it had never been made: pass it over */
	struct promise_call *call;
};

struct promise_list {
	struct arena arena;
	struct promise **items; /* in the order in which they were made: number 1 is items[0] */
	size_t count;
	struct names names; /* of the promises */
	struct names calls;
	struct promise_call
		*latest; /* the call of the last event: mostly that of the next one, too */
};

/* Takes one event in. Set the list to {0} before the first, and end it with promise_list_free. */
void promise_apply(struct promise_list *list, const struct event *event);
void promise_list_free(struct promise_list *list);

/* By its name, or NULL. Those taken back are not found. */
const struct promise *promise_find(const struct promise_list *list, const char *name);

/* Whether a call, by its id, has a promise that is neither kept nor broken. */
bool promise_waits(const struct promise_list *list, const char *call);

/* To whom: the slot "customer" of its call, or NULL. */
const char *promise_customer(const struct promise *promise);

/* today is the day of now in the promise's zone. */
enum promise_state promise_state(const struct promise *promise, int64_t now);
/* "overdue", "due", "open", ...: for programs; C_("promise", …) of it for people. */
const char *promise_state_name(enum promise_state state);

/* The event by which a promise is kept (beyond: what was added on top, NULL for nothing) or broken;
 * and the one by which a settled one is no longer: what settled it last is taken back, and what was
 * said before counts again. Texts are borrowed; t is now, or later, so that it rises within the
 * call. */
struct event promise_settle(const struct promise *promise, int64_t now, const char *beyond);
struct event promise_break(const struct promise *promise, int64_t now);
struct event promise_reopen(const struct promise *promise, int64_t now);

#endif
