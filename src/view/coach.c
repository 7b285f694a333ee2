#include "view/coach.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/words.h"
#include "call/history.h"
#include "call/when.h"
#include "playbook/library.h"
#include "view/header.h"
#include "view/listen.h"
#include "view/pacer.h"
#include "view/picker.h"

#include <stdio.h>
#include <string.h>

void coach_open(struct coach *coach, const struct library *library, struct history *history,
		struct recorder recorder, int rows, int columns)
{
	coach->library = library;
	coach->own_language = arena_string(&coach->arena, library->language);
	coach->history = history;
	coach->recorder = recorder;
	view_open(&coach->view, rows, columns);
	call_open(&coach->call, library, history);
}

void coach_close(struct coach *coach)
{
	view_close(&coach->view);
	arena_free(&coach->arena);
	call_close(&coach->call);
}

void coach_rebind(struct coach *coach, const struct library *library)
{
	coach->library = library;
	view_forget(&coach->view);
	call_rebind(&coach->call, library);
}

/* The lines of a call that is over count for the next one: history must not change while a call is
 * open. */
static void remember(struct coach *coach)
{
	for (size_t i = 0; i < coach->call.event_count; i++)
		history_apply(coach->history, &coach->call.events[i]);
}

void coach_take(struct coach *coach, const struct event *event)
{
	coach->recorder.record(coach->recorder.context, event);
	call_apply(&coach->call, event);
	if (event->kind == EVENT_CALL_ENDED) {
		remember(coach);
		*coach->view.heard.text = '\0';
		coach->view.mirrored = (struct mirrored){0};
	}
	if (event->kind == EVENT_CALL_STARTED || event->kind == EVENT_CALL_RESUMED)
		pace_restart(&coach->view.pace, event->t);
	if (event->kind == EVENT_LINE_SAID && event->speaker)
		coach->view.mirrored.stands = false;
}

void coach_switched(struct coach *coach, int64_t now)
{
	struct event event = call_switch_language(&coach->call, coach->library->language, now);

	if (coach->call.phase == CALL_OPEN)
		coach_take(coach, &event);
}

/* "usually after 1 Reflect, 2 Validate": a gate that was stepped through is told, not locked. */
void coach_tell_gate(struct coach *coach, uint32_t gate)
{
	struct buffer steps = {0};
	const struct playbook *playbook = coach->call.playbook;

	for (size_t i = 0; i < playbook->step_count; i++)
		if (gate & 1u << i)
			buffer_format(&steps, "%s%zu %s", steps.length ? ", " : "", i + 1,
				      playbook->steps[i].title);
	view_notice(&coach->view, _("better after %s"), steps.text);
	buffer_free(&steps);
}

static bool was_heated(const struct call *call)
{
	for (size_t i = 0; i < call->event_count; i++)
		if (call->events[i].kind == EVENT_MOOD_MARKED && !call->undone[i] &&
		    strcmp(call->events[i].mood, "heated") == 0)
			return true;
	return false;
}

static void tell_end(struct coach *coach, int64_t now)
{
	char clock[HEADER_CLOCK_BYTES];

	header_clock(call_talked(&coach->call, now), clock);
	view_notice(&coach->view,
		    was_heated(&coach->call) ? _("z for a quiet minute · call ended: %s, %s")
					     : _("call ended: %s, %s"),
		    C_("disposition", coach->call.disposition), clock);
}

/* By when comes first: that is what may have been misunderstood, and a long promise is cut. */
static void tell_promise(struct coach *coach, const struct call_promise *promise, int64_t now)
{
	char due[WHEN_TEXT_BYTES];

	when_show(promise->due, promise->zone, now, due);
	if (*due)
		view_notice(&coach->view, _("promise written down, by %s: %s"), due, promise->text);
	else
		view_notice(&coach->view, _("promise written down: %s"), promise->text);
}

static void tell(struct coach *coach, enum action action, uint32_t gate_before, int64_t now)
{
	const struct call *call = &coach->call;

	if (action == ACTION_OPEN_STEP && gate_before)
		coach_tell_gate(coach, gate_before);
	else if (action == ACTION_END_CALL)
		tell_end(coach, now);
	else if (action == ACTION_MAKE_PROMISE)
		tell_promise(coach, &call->promises[call->promise_count - 1], now);
	else if (action == ACTION_ADD_NOTE)
		view_notice(&coach->view, "%s", _("note kept"));
	else if (action == ACTION_UNDO)
		view_notice(&coach->view, "%s", _("taken back"));
}

/* What gates the step that an open-step would open. */
static uint32_t gate_ahead(const struct coach *coach, enum action action,
			   const char *const arguments[2])
{
	const struct call *call = &coach->call;

	if (action != ACTION_OPEN_STEP || !call->playbook || !arguments[0])
		return 0;
	for (size_t i = 0; i < call->playbook->step_count; i++)
		if (strcmp(call->playbook->steps[i].id, arguments[0]) == 0 ||
		    (arguments[0][0] == (char)('1' + i) && !arguments[0][1]))
			return call_gate(call, i);
	return 0;
}

enum call_refusal coach_do(struct coach *coach, enum action action, const char *const arguments[2],
			   int64_t now)
{
	struct event events[CALL_EVENTS_MOST];
	struct arena scratch = {0};
	char id[EVENT_CALL_BYTES];
	uint32_t gate = gate_ahead(coach, action, arguments);
	enum call_refusal refusal;
	size_t count = 0;

	coach->recorder.name_call(coach->recorder.context, now, id);
	refusal = call_decide(&coach->call, action, arguments, now, id, &scratch, events, &count);
	if (refusal == CALL_ALLOWED) {
		/* another call has begun: the question about the old one waits for the next start
		 */
		if (coach->view.mode == VIEW_RESUME)
			view_settle(&coach->view);
		for (size_t i = 0; i < count; i++)
			coach_take(coach, &events[i]);
		tell(coach, action, gate, now);
	} else if (refusal != CALL_ALREADY) {
		view_notice(&coach->view, "%s", _(call_refusal_text(refusal)));
	}
	arena_free(&scratch);
	return refusal;
}

void coach_wrap_up(struct coach *coach, int64_t now)
{
	struct view *view = &coach->view;
	struct buffer note = {0};
	char zone[WHEN_ZONE_BYTES] = "";

	if (coach->call.phase == CALL_NONE) {
		view_notice(view, "%s",
			    _("no call since the start; talktrack wrap-up has those before"));
		return;
	}
	when_zone(coach->call.started, zone);
	wrapup_write(&coach->call, now, zone, coach->agent, coach->format, &note);
	sheet_set(&view->sheet, note.text ? note.text : "");
	buffer_free(&note);
	view->mode = VIEW_WRAP_UP;
	view->editing = view->edited = false;
}

/* A way to hand the note over; what is not the coach's business is told to whoever runs it. */
static enum coach_outcome hand_over(struct coach *coach, const char *way, int64_t now)
{
	if (!way) {
		coach_wrap_up(coach, now);
	} else if (strcmp(way, "copy") == 0) {
		return COACH_COPIES;
	} else if (strcmp(way, "save") == 0) {
		return COACH_SAVES;
	} else if (strcmp(way, "send") == 0) {
		return COACH_SENDS;
	} else if (strcmp(way, "editor") == 0) {
		return COACH_WRITES;
	} else if (coach->view.edited) {
		view_notice(&coach->view, "%s", _("the note was edited: its format stays"));
	} else {
		coach->format = (enum wrapup_format)((coach->format + 1) % 3);
		coach_wrap_up(coach, now);
	}
	return COACH_STAYS;
}

/* What the teleprompter wants of the outside; a text that is copied goes by way of the sheet. */
static enum coach_outcome speak(struct coach *coach, const char *way)
{
	struct arena scratch = {0};
	const char *text;

	if (strcmp(way, "open") == 0) {
		view_act(&coach->view, &coach->call, coach->library, ACTION_VOICE);
		return COACH_STAYS;
	}
	if (strcmp(way, "copy") != 0)
		return strcmp(way, "record") == 0 ? COACH_RECORDS : COACH_PLAYS;
	text = voice_text(&coach->view.voice, &coach->call, &scratch);
	sheet_set(&coach->view.sheet, text ? text : "");
	arena_free(&scratch);
	return text ? COACH_COPIES : COACH_STAYS;
}

/* The answer to coach_offer. */
static void answer(struct coach *coach, const char *disposition, int64_t now)
{
	coach_resume(coach, now);
	if (disposition)
		coach_do(coach, ACTION_END_CALL, (const char *const[2]){disposition, NULL}, now);
}

/* Does what a key or a program asked for. */
static enum coach_outcome fulfil(struct coach *coach, struct request request, int64_t now,
				 enum call_refusal *refusal)
{
	const char *step = NULL;

	*refusal = CALL_ALLOWED;
	if (request.action == ACTION_NONE)
		return COACH_STAYS;
	if (request.action == ACTION_QUIT)
		return COACH_LEAVES;
	if (request.action == ACTION_EDIT)
		return COACH_EDITS;
	if (request.action == ACTION_SWITCH_LANGUAGE)
		return COACH_SWITCHES;
	if (request.action == ACTION_HEAR) {
		if (request.arguments[0]) {
			view_hear(&coach->view, request.arguments[0], true, now);
			coach->unheeded = coach->asked = true;
			snprintf(coach->statement, sizeof coach->statement, "%s",
				 request.arguments[0]);
		}
		return COACH_STAYS;
	}
	if (request.action == ACTION_WRAP_UP)
		return hand_over(coach, request.arguments[0], now);
	if (request.action == ACTION_VOICE && request.arguments[0])
		return speak(coach, request.arguments[0]);
	if (request.action == ACTION_RESUME_CALL) {
		answer(coach, request.arguments[0], now);
		return COACH_STAYS;
	}
	if (request.action == ACTION_OPEN_SITUATION) {
		/* a search result goes on to a step of the situation */
		step = request.arguments[1];
		request.arguments[1] = NULL;
	}
	*refusal = coach_do(coach, request.action, request.arguments, now);
	if (step && (*refusal == CALL_ALLOWED || *refusal == CALL_ALREADY))
		coach_do(coach, ACTION_OPEN_STEP, (const char *const[2]){step, NULL}, now);
	return COACH_STAYS;
}

/* A key that changes nothing says so, where that is not plain to see. */
static void tell_already(struct coach *coach, enum action action)
{
	switch (action) {
	case ACTION_BEGIN_CALL: view_notice(&coach->view, "%s", _("a call is open already")); break;
	case ACTION_PASS_LINE:
		view_notice(&coach->view, "%s", _("there is no other wording"));
		break;
	case ACTION_STEP_BACK: view_notice(&coach->view, "%s", _("this is the first step")); break;
	default: break;
	}
}

enum coach_outcome coach_press(struct coach *coach, const struct press *press, int64_t now)
{
	struct request request = view_press(&coach->view, &coach->call, coach->library, press, now);
	enum call_refusal refusal;
	enum coach_outcome outcome = fulfil(coach, request, now, &refusal);

	if ((request.action == ACTION_MAKE_PROMISE || request.action == ACTION_ADD_NOTE) &&
	    refusal == CALL_ALLOWED)
		view_settle(&coach->view);
	if (request.action == ACTION_END_CALL && refusal == CALL_ALLOWED)
		coach_wrap_up(coach, now);
	if (refusal == CALL_ALREADY)
		tell_already(coach, request.action);
	return outcome;
}

/* Whether an action would take away what the agent is writing. */
static bool would_lose(const struct coach *coach, enum action action)
{
	if (!view_is_typing(&coach->view, &coach->call) || action == ACTION_LINE_DOWN ||
	    action == ACTION_LINE_UP)
		return false;
	return action_entry(action)->kind == ACTION_KIND_SCREEN || action == ACTION_END_CALL ||
	       (action == ACTION_OPEN_SITUATION && coach->view.mode == VIEW_SLOTS);
}

static bool needs_call(enum action action)
{
	return action == ACTION_FILL || action == ACTION_PROMISE || action == ACTION_NOTE ||
	       action == ACTION_END || action == ACTION_LINE_DOWN || action == ACTION_LINE_UP;
}

/* What is open on the screen gives way to what was asked for, and to what is no longer so. */
static void give_way(struct coach *coach, enum action action, const struct playbook *before)
{
	struct view *view = &coach->view;
	bool gone = view->mode == VIEW_SLOTS && coach->call.playbook != before;
	bool asked = action == ACTION_OPEN_SITUATION || coach->call.phase != CALL_OPEN;

	/* slots that are gone first: there is no asking what is written there */
	if (gone || (asked && !view_is_typing(view, &coach->call)))
		view_settle(view);
}

const char *coach_act(struct coach *coach, enum action action, const char *const arguments[2],
		      int64_t now, enum coach_outcome *outcome)
{
	const struct playbook *before = coach->call.playbook;
	struct request request = {.action = action, .arguments = {arguments[0], arguments[1]}};
	enum call_refusal refusal;

	*outcome = COACH_STAYS;
	if (would_lose(coach, action))
		return N_("the agent is writing something: not now");
	if (needs_call(action) && coach->call.phase != CALL_OPEN)
		return call_refusal_text(CALL_NO_CALL);
	if (action == ACTION_RESUME_CALL && !coach->cut_off)
		return N_("no call was cut off");
	*coach->view.notice = '\0';
	if (!arguments[0])
		request = view_act(&coach->view, &coach->call, coach->library, action);
	*outcome = fulfil(coach, request, now, &refusal);
	if (action == ACTION_RESUME_CALL)
		view_settle(&coach->view);
	if (refusal == CALL_ALLOWED && action_entry(action)->kind == ACTION_KIND_CALL)
		give_way(coach, action, before);
	if (refusal == CALL_ALLOWED && action == ACTION_END_CALL)
		coach_wrap_up(coach, now);
	return refusal == CALL_ALLOWED || refusal == CALL_ALREADY ? NULL
								  : call_refusal_text(refusal);
}

struct place coach_place(struct coach *coach)
{
	const struct call *call = &coach->call;
	struct place place = {0};
	struct arena scratch = {0};
	struct picked *picked;

	if (call->phase == CALL_OPEN && call->playbook) {
		const struct line *line = view_marked(&coach->view, call, call->step, &scratch);

		place = line ? line->place
			     : (struct place){.file = call->playbook->file, .line = 1};
	} else if (picker_find(&coach->view, coach->library, "", &scratch, &picked) >
		   coach->view.selected) {
		place = picked[coach->view.selected].situation->place;
	}
	arena_free(&scratch);
	return place;
}

void coach_draw(struct coach *coach, int64_t now, struct arena *frame, struct grid *grid)
{
	view_draw(&coach->view, &coach->call, coach->library, now, frame, grid);
}

int coach_tick(const struct coach *coach, int64_t now)
{
	const struct call *call = &coach->call;
	int64_t shown = -1;

	if (coach->view.mode == VIEW_BREATHE)
		return PACER_TICK;
	if (coach->view.mode == VIEW_VOICE && coach->view.voice.rolling)
		return VOICE_TICK;
	if (call->phase == CALL_OPEN)
		shown = call->held_since ? now - call->held_since : call_talked(call, now);
	else if (*coach->view.heard.text)
		shown = now - coach->view.heard.at;
	else
		return -1;
	return shown < 0 ? 1000 : (int)(1000 - shown % 1000);
}
