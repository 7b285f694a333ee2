#include "call/call.h"

#include <string.h>

#include "playbook/library.h"

static void append_line(struct call *call, struct call_line line)
{
	call->lines = arena_more(&call->fold, call->lines, call->line_count, sizeof(line));
	call->lines[call->line_count++] = line;
}

/* Everything of the fold as before the first event. */
static void fold_clear(struct call *call)
{
	arena_reset(&call->fold);
	*call = (struct call){
		.arena = call->arena,
		.fold = call->fold,
		.library = call->library,
		.history = call->history,
		.events = call->events,
		.undone = call->undone,
		.event_count = call->event_count,
		.playbook = library_playbook(call->library, 0),
	};
}

static void fold_started(struct call *call, const struct event *event)
{
	call->phase = CALL_OPEN;
	call->started = event->t;
	memcpy(call->id, event->call, sizeof(call->id));
	call->language = event->language;
	if (event->playbook == NULL)
		return;
	const struct playbook *playbook = library_find(call->library, event->playbook);
	if (playbook != NULL)
		call->playbook = playbook;
}

static void fold_situation(struct call *call, const struct event *event)
{
	const struct playbook *playbook = library_find(call->library, event->playbook);
	const struct situation *situation =
		playbook == NULL ? NULL : playbook_situation(playbook, event->situation);
	if (situation == NULL)
		return;
	call->playbook = playbook;
	call->situation = situation;
	call->step = 0;
	call->steps_done = 0;
	call->steps_said = 0;
	call->gates_opened = 0;
}

/* False when the playbook of now has no such step. */
static bool find_step(const struct call *call, const char *id, size_t *step)
{
	if (call->playbook == NULL)
		return false;
	*step = playbook_step(call->playbook, id);
	return *step < call->playbook->step_count;
}

static void open_gate(struct call *call, size_t step)
{
	if (call_gate(call, step) != 0)
		call->gates_opened |= UINT32_C(1) << step;
}

static void step_done(struct call *call, size_t step)
{
	size_t last = call->playbook->step_count - 1;
	open_gate(call, step);
	call->steps_done |= UINT32_C(1) << step;
	do
		step++;
	while (step < last && (call->steps_done >> step & 1) != 0);
	call->step = step < last ? step : last;
}

static void fold_line(struct call *call, const struct event *event, bool said)
{
	size_t step;
	if (!find_step(call, event->step, &step))
		return;
	append_line(call, (struct call_line){
				  .text = event->text,
				  .situation = event->situation,
				  .step = step,
				  .at = event->t,
				  .said = said,
			  });
	if (said) {
		call->steps_said |= UINT32_C(1) << step;
		step_done(call, step);
	}
}

static void fold_step(struct call *call, const struct event *event)
{
	size_t step;
	if (!find_step(call, event->step, &step))
		return;
	if (event->kind == EVENT_STEP_DONE) {
		step_done(call, step);
	} else {
		open_gate(call, step);
		call->step = step;
	}
}

static void fold_slot(struct call *call, const struct event *event)
{
	struct call_slot filled = {event->slot, event->text, event->t};
	size_t i = 0;
	while (i < call->slot_count && strcmp(call->slots[i].id, filled.id) != 0)
		i++;
	bool known = i < call->slot_count;
	if (filled.text[0] != '\0') {
		if (!known) {
			call->slots = arena_more(&call->fold, call->slots, call->slot_count++,
						 sizeof(filled));
		}
		call->slots[i] = filled;
	} else if (known) {
		call->slot_count--;
		memmove(call->slots + i, call->slots + i + 1,
			(call->slot_count - i) * sizeof(filled));
	}
}

static void fold_promise(struct call *call, const struct event *event)
{
	if (event->kind == EVENT_PROMISE_MADE) {
		call->promises = arena_more(&call->fold, call->promises, call->promise_count,
					    sizeof(*call->promises));
		call->promises[call->promise_count++] = (struct call_promise){
			.name = event->promise,
			.text = event->text,
			.zone = event->zone,
			.made = event->t,
			.due = event->due,
		};
		return;
	}
	for (size_t i = 0; i < call->promise_count; i++) {
		struct call_promise *promise = &call->promises[i];
		if (strcmp(promise->name, event->promise) != 0)
			continue;
		bool kept = event->kind == EVENT_PROMISE_KEPT;
		promise->kept = kept ? event->t : 0;
		promise->broken = kept ? 0 : event->t;
		promise->beyond = kept ? event->text : NULL;
	}
}

static void fold_note(struct call *call, const struct event *event)
{
	call->notes = arena_more(&call->fold, call->notes, call->note_count, sizeof(*call->notes));
	call->notes[call->note_count++] = (struct call_note){event->text, event->t};
}

static void fold_resumed(struct call *call, int64_t t)
{
	if (call->held_since != 0)
		call->held += t - call->held_since;
	call->held_since = 0;
}

static void fold_phase(struct call *call, const struct event *event)
{
	if (call->phase != CALL_OPEN)
		return;
	if (event->kind == EVENT_CALL_HELD) {
		if (call->held_since == 0)
			call->held_since = event->t;
		return;
	}
	fold_resumed(call, event->t);
	if (event->kind == EVENT_CALL_ENDED) {
		call->phase = CALL_ENDED;
		call->ended = event->t;
		call->disposition = event->disposition;
	}
}

static void fold(struct call *call, const struct event *event)
{
	switch (event->kind) {
	case EVENT_CALL_STARTED: fold_started(call, event); break;
	case EVENT_SITUATION_OPENED: fold_situation(call, event); break;
	case EVENT_STEP_OPENED:
	case EVENT_STEP_DONE: fold_step(call, event); break;
	case EVENT_SLOT_FILLED: fold_slot(call, event); break;
	case EVENT_LINE_SAID:
	case EVENT_LINE_PASSED: fold_line(call, event, event->kind == EVENT_LINE_SAID); break;
	case EVENT_LANGUAGE_SWITCHED: call->language = event->language; break;
	case EVENT_MOOD_MARKED: call->mood = event->mood; break;
	case EVENT_PROMISE_MADE:
	case EVENT_PROMISE_KEPT:
	case EVENT_PROMISE_BROKEN: fold_promise(call, event); break;
	case EVENT_NOTE_ADDED: fold_note(call, event); break;
	case EVENT_CALL_HELD:
	case EVENT_CALL_RESUMED:
	case EVENT_CALL_ENDED: fold_phase(call, event); break;
	case EVENT_HEARD:
	case EVENT_UNDONE:
	case EVENT_COUNT: break;
	}
}

static void fold_again(struct call *call)
{
	fold_clear(call);
	for (size_t i = 0; i < call->event_count; i++) {
		if (!call->undone[i])
			fold(call, &call->events[i]);
	}
}

/* False when there is nothing at that time to take back. */
static bool take_back(struct call *call, int64_t t)
{
	for (size_t i = call->event_count; i-- > 0;) {
		if (call->events[i].t != t || !event_can_be_undone(call->events[i].kind))
			continue;
		if (call->undone[i])
			return false;
		call->undone[i] = true;
		return true;
	}
	return false;
}

static const struct event *keep(struct call *call, const struct event *event)
{
	size_t count = call->event_count;
	call->events = arena_more(&call->arena, call->events, count, sizeof(*call->events));
	call->undone = arena_more(&call->arena, call->undone, count, sizeof(*call->undone));
	call->events[count] = event_copy(&call->arena, event);
	call->event_count++;
	return &call->events[count];
}

void call_open(struct call *call, const struct library *library, const struct history *history)
{
	*call = (struct call){.library = library, .history = history};
	fold_clear(call);
}

void call_close(struct call *call)
{
	arena_free(&call->arena);
	arena_free(&call->fold);
	*call = (struct call){0};
}

void call_apply(struct call *call, const struct event *event)
{
	if (event->kind == EVENT_CALL_STARTED) {
		arena_reset(&call->arena);
		call->events = NULL;
		call->undone = NULL;
		call->event_count = 0;
		fold_clear(call);
	} else if (call->phase == CALL_NONE || strcmp(call->id, event->call) != 0) {
		return;
	}
	const struct event *kept = keep(call, event);
	if (kept->kind != EVENT_UNDONE)
		fold(call, kept);
	else if (take_back(call, kept->undoes))
		fold_again(call);
}

struct event call_switch_language(const struct call *call, const char *language, int64_t now)
{
	struct event event = {.kind = EVENT_LANGUAGE_SWITCHED, .t = now, .language = language};

	if (call->event_count > 0 && call->events[call->event_count - 1].t >= now)
		event.t = call->events[call->event_count - 1].t + 1;
	memcpy(event.call, call->id, sizeof event.call);
	return event;
}

void call_rebind(struct call *call, const struct library *library)
{
	call->library = library;
	fold_again(call);
}
