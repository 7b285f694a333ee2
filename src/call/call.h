/* A call: a fold over its events.
 *
 *   call_decide : call x action x now -> event?     may this happen, and what exactly happened
 *   call_apply  : call x event -> call              the only function that changes a call
 *
 * A call reads no clock, file or key; time is a field of the event. Replaying the same events
 * against the same library and history gives the same call, to the bit. Undo is an event: the
 * fold starts over without what it takes back. The library and the history are borrowed and
 * must outlive the call; after library changes call_rebind points the call to the new one. The
 * history is of earlier calls: what it took in of a call still open would change the order of
 * lines under the agent's eyes.
 */
#ifndef CALL_CALL_H
#define CALL_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "call/action.h"
#include "call/event.h"
#include "playbook/playbook.h"

struct history;
struct library;

enum call_phase { CALL_NONE, CALL_OPEN, CALL_ENDED };

struct call_slot {
	const char *id;
	const char *text; /* as filled in */
	int64_t at;
};

struct call_line {	       /* a line said or passed over */
	const char *text;      /* as in the playbook */
	const char *situation; /* id, or NULL */
	size_t step;	       /* of the playbook open then */
	int64_t at;
	bool said; /* false: passed over */
};

struct call_promise {
	const char *name; /* "CALL/N" */
	const char *text;
	const char *zone;
	int64_t made, due;    /* ms; due 0: no time was named */
	int64_t kept, broken; /* ms; 0: not so far */
	const char *beyond;   /* what was added on top when it was kept, or NULL */
};

struct call_note {
	const char *text;
	int64_t at;
};

struct call {
	struct arena arena; /* the events and their texts, to which the fold points */
	struct arena fold;  /* the fold's arrays: emptied when the fold starts over */
	const struct library *library;
	const struct history *history;

	struct event *events; /* all that happened, undone ones too */
	bool *undone;	      /* for each event: it was taken back */
	size_t event_count;

	/* the fold */
	enum call_phase phase;
	char id[EVENT_CALL_BYTES];
	const struct playbook
		*playbook; /* while no situation is open the first that has some, or NULL */
	const struct situation *situation; /* NULL: none open yet */
	size_t step;			   /* the current one */
	uint32_t steps_done;		   /* bit i: step i */
	uint32_t steps_said;		   /* bit i: a line of it was said */
	uint32_t gates_opened;		   /* bit i: opened before the steps that it comes after */
	struct call_slot *slots;	   /* filled ones, in the order first filled */
	size_t slot_count;
	struct call_line *lines; /* said and passed over, in order */
	size_t line_count;
	struct call_promise *promises;
	size_t promise_count;
	struct call_note *notes;
	size_t note_count;
	const char *language;	 /* of the lines, BCP 47; or NULL */
	const char *mood;	 /* or NULL */
	const char *disposition; /* or NULL */
	int64_t started, ended;	 /* ms; 0: not yet */
	int64_t held_since;	 /* ms; 0: not on hold */
	int64_t held;		 /* ms on hold before that */
};

/* Why an action may not happen now: for the notice line. */
enum call_refusal {
	CALL_ALLOWED,
	CALL_NO_CALL,		/* it needs an open call */
	CALL_NO_SITUATION,	/* it needs an open situation: nothing to say here */
	CALL_UNKNOWN_SITUATION, /* or ambiguous */
	CALL_UNKNOWN_STEP,
	CALL_UNKNOWN_SLOT,
	CALL_UNKNOWN_DISPOSITION,
	CALL_UNKNOWN_MOOD,
	CALL_UNKNOWN_TIME, /* a promise's WHEN */
	CALL_EMPTY,	   /* a text is missing */
	CALL_NOTHING_TO_UNDO,
	CALL_NO_LINE, /* the step has no line, or none of that text */
	CALL_ALREADY, /* it is so already: not an error, nothing happened */
};

/* For people: _() of it. Programs get it as it is. */
const char *call_refusal_text(enum call_refusal refusal);

#define CALL_EVENTS_MOST 3 /* of one action: a call that begins, a situation that opens, ... */

/* Starts an empty call. */
void call_open(struct call *call, const struct library *library, const struct history *history);
void call_close(struct call *call);

/* What doing this action at now (ms, later than the last event) with these arguments (NULL
 * where missing) would mean: the events, in order, in events (texts borrowed from the
 * arguments, the library, or allocated in scratch), and how many in *count (0 when refused). On
 * a call that is not open, actions other than undo, hold, end-call begin one with id new_call
 * first. Changes nothing. SCREEN actions are not its business (assert).
 *
 *   say-line [TEXT]      the line on offer in the current step, or the one of that text, also one
 *                        that the reflection says the customer's words in (mirror.h)
 *   pass-line [TEXT]     the same; CALL_ALREADY when no other wording is left to offer
 *   next-step            the current step is done, said or not
 *   open-step STEP       its id, or its number from 1; opens the gate of a gated step
 *   step-back            opens the step before; CALL_ALREADY at the first
 *   open-situation ID    as library_situation; an id of the open playbook comes first
 *   fill-slot SLOT TEXT  an empty TEXT clears the slot
 *   make-promise TEXT [WHEN]  WHEN as in when.h
 *   mark-mood [MOOD]     without one: heated, tense, calm, and round again
 *   hold                 on hold, or off again
 *   undo                 takes back the latest event that can be and was not yet */
enum call_refusal call_decide(const struct call *call, enum action action,
			      const char *const arguments[2], int64_t now, const char *new_call,
			      struct arena *scratch, struct event events[CALL_EVENTS_MOST],
			      size_t *count);

/* Takes an event in. Never fails: what refers to something that the library no longer has is
 * kept in events and otherwise passed over; an event of another call, or before any
 * call_started, is ignored. A call_started begins anew: the call before is forgotten (its arena
 * is emptied), until then an ended one can be read.
 *
 * A line said makes its step done and said, and its gate open; then, as after step_done, the
 * next step not done becomes current, the last one where no later step is left. A situation
 * that opens keeps slots, promises, notes and lines; its steps start over. */
void call_apply(struct call *call, const struct event *event);

/* The event of a call going on in another language at now; the caller binds it to that language's
 * library. */
struct event call_switch_language(const struct call *call, const char *language, int64_t now);

/* Folds all events again, against a library that has changed. */
void call_rebind(struct call *call, const struct library *library);

/* The lines of a step for the open situation (its own, then the playbook's shared ones), in the
 * order to offer them: least recently said first (by history), else as written; in the last
 * step those said to this customer before come last. Stable while the situation is open (the
 * last step: while the slot "customer" stays). In scratch; returns how many. While no
 * situation is open only the shared ones; none on no call. */
size_t call_lines(const struct call *call, size_t step, struct arena *scratch,
		  const struct line ***lines);

/* The line on offer: the first of call_lines that was neither said nor passed over in this
 * call; else, of those not said, the one passed over longest ago, so that passing on goes
 * round; else the one said or passed over longest ago. NULL when the step has none. */
const struct line *call_offer(const struct call *call, size_t step, struct arena *scratch);

bool call_was_said(const struct call *call, const char *text);
bool call_was_passed(const struct call *call, const char *text);

/* The steps (bits) that should be done before this one and are not; 0: the way is open (also
 * once it was opened all the same). */
uint32_t call_gate(const struct call *call, size_t step);

/* A filled slot's text as the customer's words were filled in, or NULL. */
const char *call_slot(const struct call *call, const char *id, size_t length);

/* How people call a slot: the most common names have words in every language, others are as the
 * trainer wrote them. */
const char *call_slot_name(const char *id);

/* Milliseconds of talk at now (end of call at the latest), time on hold not counted; and time
 * on hold. */
int64_t call_talked(const struct call *call, int64_t now);
int64_t call_held(const struct call *call, int64_t now);

#endif
