/* What happened in a call: one event is one line of the journal. Format: talktrack-journal(5).
 *
 * Names are past tense and an interface. Texts belong to whoever made the event and are copied
 * by call_apply. Every field that an event does not use is NULL or 0.
 */
#ifndef CALL_EVENT_H
#define CALL_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buffer;
struct json;

#define EVENT_LIST(X)                                                                              \
	X(CALL_STARTED, "call_started")		  /* playbook, language, version, agent */         \
	X(SITUATION_OPENED, "situation_opened")	  /* playbook, situation */                        \
	X(STEP_OPENED, "step_opened")		  /* step */                                       \
	X(SLOT_FILLED, "slot_filled")		  /* slot, text */                                 \
	X(LANGUAGE_SWITCHED, "language_switched") /* language */                                   \
	X(HEARD, "heard")			  /* speaker, text (only if configured) */         \
	X(LINE_SAID, "line_said")		  /* step, situation, speaker, text, version */    \
	X(LINE_PASSED, "line_passed")		  /* step, situation, text, version */             \
	X(STEP_DONE, "step_done")		  /* step */                                       \
	X(MOOD_MARKED, "mood_marked")		  /* mood */                                       \
	X(PROMISE_MADE, "promise_made")		  /* promise, text, due, zone */                   \
	X(PROMISE_KEPT, "promise_kept")		  /* promise, text: what was added on top */       \
	X(PROMISE_BROKEN, "promise_broken")	  /* promise */                                    \
	X(NOTE_ADDED, "note_added")		  /* text */                                       \
	X(CALL_HELD, "call_held")                                                                  \
	X(CALL_RESUMED, "call_resumed")                                                            \
	X(UNDONE, "undone")	    /* undoes: t of the event taken back */                        \
	X(CALL_ENDED, "call_ended") /* disposition */

enum event_kind {
#define EVENT_NAME(identifier, name) EVENT_##identifier,
	EVENT_LIST(EVENT_NAME)
#undef EVENT_NAME
		EVENT_COUNT,
};

#define EVENT_CALL_BYTES 37    /* of its id (id.h), with its NUL */
#define EVENT_TEXT_BYTES 16384 /* call_decide cuts longer texts: a line stays below 64 KiB */

struct event {
	int64_t t; /* Unix time in milliseconds; within a call strictly increasing */
	char call[EVENT_CALL_BYTES];
	enum event_kind kind;
	const char *playbook; /* name */
	const char *language;
	const char *version;	 /* of the playbook, 16 hexadecimal digits */
	const char *situation;	 /* id */
	const char *step;	 /* id */
	const char *slot;	 /* id */
	const char *text;	 /* a line as in the playbook, with <slot>s; or words filled in */
	const char *speaker;	 /* customer or agent; of a line said: customer, where their words
				    stood in it (<words>, <said>), which are not written */
	const char *mood;	 /* heated, tense or calm */
	const char *disposition; /* resolved, follow-up, escalated or dropped */
	const char *agent;	 /* who takes the call: their name, or login name */
	const char *promise;	 /* "CALL/N": a promise's own name */
	const char *zone;	 /* UTC offset at due, +HH:MM */
	int64_t due;		 /* ms; 0: none */
	int64_t undoes;		 /* t of the event taken back */
};

const char *event_name(enum event_kind kind);

/* Whether undo can take such an event back: not a call's beginning or end, an undo, or what was
 * heard. */
bool event_can_be_undone(enum event_kind kind);

/* A copy with its texts in the arena. */
struct event event_copy(struct arena *arena, const struct event *event);

/* Appends the event as one JSON object and a newline: t, call, event, then the fields of its
 * kind in the order of the list above. */
void event_write(const struct event *event, struct buffer *out);

/* From a parsed journal line; texts are cleaned copies in the arena. False when it is not an
 * event of ours (unknown name, no t, bad call id, a field that the event needs missing): *why,
 * when given, says what is wrong, in the arena or statically. Not needed: everything of
 * call_started, the situation of a line, due, zone, and the text of promise_kept. Fields that the
 * kind does not use are ignored; so are words that a later version may add (a mood, a disposition).
 */
bool event_read(const struct json *line, struct arena *arena, struct event *event,
		const char **why);

/* The same at a multiple of the speed, for a line of a journal, without its newline, in just the
 * shape that event_write gives it (of escapes only those of a quote and a backslash). True: the
 * event is what event_read would have made of it; its texts are in the line, which is changed, or
 * in the arena. False: the line is as it was, and event_read must judge it. */
bool event_read_own(char *line, size_t length, struct arena *arena, struct event *event);

#endif
