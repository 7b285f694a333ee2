/* The coach: a call, what the screen shows of it, and the way from a key or a remote word to an
 * event.
 *
 *   press -> view_press -> request -> call_decide -> record (the journal) -> call_apply
 *
 * It owns the call and the view and borrows the library and the history. It has no clock, no file
 * and no terminal: whoever runs it hands in the time and a recorder, so that the program, the
 * scenes and the tests drive the same thing.
 */
#ifndef VIEW_COACH_H
#define VIEW_COACH_H

#include <stdbool.h>
#include <stdint.h>

#include "call/call.h"
#include "call/wrapup.h"
#include "view/view.h"

struct history;
struct library;

/* The outside of a coach. */
struct recorder {
	/* Writes an event down before it counts. False: it is kept for later; the coach goes on. */
	bool (*record)(void *context, const struct event *event);
	/* A new call's id (id_make). */
	void (*name_call)(void *context, int64_t now, char id[EVENT_CALL_BYTES]);
	/* The model of the library in use, trained when it is first asked for; NULL: no
	 * suggestions. */
	const struct suggest_model *(*model)(void *context);
	void *context;
};

struct coach {
	struct view view;
	struct call call;
	const struct library *library;
	struct history *history; /* grows by every event recorded */
	struct recorder recorder;
	char spoken[FIELD_BYTES]; /* the latest words of the agent, not looked at yet; "" when they
				     were */
	char statement[FIELD_BYTES]; /* what the customer said to the end, not turned round yet */
	bool unheeded;		     /* the latest words of the customer are not looked at yet */
	bool asked;	   /* the agent typed them, and wants an answer even if it is unsure */
	bool writes_heard; /* what the customer says becomes an event */
	enum wrapup_format format;   /* of the note */
	const char *own_language;    /* the one it was opened in */
	const char *agent;	     /* for the note; NULL: not known */
	struct arena arena;	     /* the words about a call that was cut off */
	const struct event *cut_off; /* its events, borrowed; NULL: there is none */
	size_t cut_off_count;
};

enum coach_outcome {
	COACH_STAYS,
	COACH_LEAVES,	/* the agent wants to quit */
	COACH_EDITS,	/* the agent wants the playbook in an editor, at coach_place */
	COACH_SWITCHES, /* the agent wants the next language */
	COACH_COPIES,	/* the note (view.sheet) to the clipboard, */
	COACH_SAVES,	/* to a file, */
	COACH_SENDS,	/* to the agent's command, */
	COACH_WRITES,	/* into an editor and back */
	COACH_RECORDS,	/* the voice note, or ends that */
	COACH_PLAYS,	/* the newest take of it */
};

void coach_open(struct coach *coach, const struct library *library, struct history *history,
		struct recorder recorder, int rows, int columns);
void coach_close(struct coach *coach);

enum coach_outcome coach_press(struct coach *coach, const struct press *press, int64_t now);

/* Does an action by name, as `talktrack do` and the keys both do; a refusal leaves a notice, too.
 */
enum call_refusal coach_do(struct coach *coach, enum action action, const char *const arguments[2],
			   int64_t now);

/* Asks whether to go on with a call that was cut off, by its events, which must live until it is
 * answered. None: asks nothing. */
void coach_offer(struct coach *coach, const struct event *events, size_t count);

/* Goes on with it, exactly as it stood. A gap of more than COACH_GAP counts as hold. */
#define COACH_GAP 60000 /* ms */
void coach_resume(struct coach *coach, int64_t now);

/* Does any action as its key would, for another program: *outcome as from coach_press. NULL, or why
 * it may not happen now. What the agent is writing is never lost by it. */
const char *coach_act(struct coach *coach, enum action action, const char *const arguments[2],
		      int64_t now, enum coach_outcome *outcome);

/* Takes what was heard, clean text, from "customer" or "agent"; one that is not final is replaced
 * by the next. Only with writes_heard, and while a call is open, is what the customer said to the
 * end written down. */
void coach_hear(struct coach *coach, const char *speaker, const char *text, bool final,
		int64_t now);

/* Takes when somebody spoke, in seconds on a transcriber's clock, negative where it was not told.
 */
void coach_time(struct coach *coach, const char *speaker, double start, double end, int64_t now);

/* Shows the note of the open call, or of the one that ended last. Nothing when there was none. */
void coach_wrap_up(struct coach *coach, int64_t now);

/* Finds out what the latest words of the customer sound like, and whether those of the agent are a
 * line or a phrase to avoid: once a frame, however many came. */
void coach_heed(struct coach *coach, int64_t now);

/* Where the line that is marked now stands in its file; file NULL when nothing is open or marked.
 */
struct place coach_place(struct coach *coach);

/* The call goes on in the language of its library; nothing without an open call. */
void coach_switched(struct coach *coach, int64_t now);

/* The library was read anew, or further: everything points to the new one. */
void coach_rebind(struct coach *coach, const struct library *library);

void coach_draw(struct coach *coach, int64_t now, struct arena *frame, struct grid *grid);

/* Milliseconds until the clock on the screen changes; -1: there is none running. */
int coach_tick(const struct coach *coach, int64_t now);

#endif
