#include "call/promise.h"

#include <assert.h>
#include <string.h>

#include "base/words.h"
#include "call/when.h"

#define DAY INT64_C(86400000)

struct moment {		       /* an event that may be taken back */
	struct moment *before; /* of the same call */
	int64_t t;
	enum event_kind kind;
	bool undone;
	struct promise *promise; /* of events about one */
	const char *text;	 /* a customer's name, what was added on top; or NULL */
};

struct promise_call {
	char id[EVENT_CALL_BYTES];
	int64_t last; /* t of its latest event */
	const char *customer;
	struct moment *moments; /* latest first */
};

static struct promise_call *find_call(struct promise_list *list, const char *id)
{
	if (list->latest != NULL && strcmp(list->latest->id, id) == 0)
		return list->latest;
	struct promise_call *call = names_get(&list->calls, id);
	if (call == NULL) {
		call = arena_alloc(&list->arena, sizeof(*call));
		memcpy(call->id, id, sizeof(call->id));
		names_put(&list->calls, &list->arena, call->id, call);
	}
	list->latest = call;
	return call;
}

static struct moment *add_moment(struct promise_list *list, struct promise_call *call,
				 const struct event *event)
{
	struct moment *moment = arena_alloc(&list->arena, sizeof(*moment));
	*moment = (struct moment){
		.before = call->moments,
		.t = event->t,
		.kind = event->kind,
	};
	call->moments = moment;
	return moment;
}

/* An empty text is none. */
static const char *keep_text(struct promise_list *list, const char *text)
{
	return text == NULL || text[0] == '\0' ? NULL : arena_string(&list->arena, text);
}

static void make(struct promise_list *list, struct promise_call *call, const struct event *event)
{
	if (names_get(&list->names, event->promise) != NULL)
		return;
	struct promise *promise = arena_alloc(&list->arena, sizeof(*promise));
	*promise = (struct promise){
		.name = arena_string(&list->arena, event->promise),
		.text = arena_string(&list->arena, event->text),
		.zone = arena_string(&list->arena, event->zone),
		.made = event->t,
		.due = event->due,
		.call = call,
	};
	names_put(&list->names, &list->arena, promise->name, promise);
	list->items = arena_more(&list->arena, list->items, list->count, sizeof(void *));
	list->items[list->count++] = promise;
	add_moment(list, call, event)->promise = promise;
}

static void settle(const struct moment *moment)
{
	struct promise *promise = moment->promise;
	promise->settled = moment->t;
	promise->broken = moment->kind == EVENT_PROMISE_BROKEN;
	promise->beyond = moment->text;
}

static void end(struct promise_list *list, struct promise_call *call, const struct event *event)
{
	struct promise *promise = names_get(&list->names, event->promise);
	if (promise == NULL || promise->call != call)
		return;
	struct moment *moment = add_moment(list, call, event);
	moment->promise = promise;
	moment->text = keep_text(list, event->text);
	settle(moment);
}

/* All that a call's moments say, again, from the latest back: what was said last counts. */
static void read_again(struct promise_call *call)
{
	bool named = false;
	for (struct moment *moment = call->moments; moment != NULL; moment = moment->before)
		if (moment->promise != NULL)
			moment->promise->settled = 0;
	call->customer = NULL;
	for (struct moment *moment = call->moments; moment != NULL; moment = moment->before) {
		struct promise *promise = moment->promise; /* NULL: a customer's name */
		if (promise != NULL && moment->kind == EVENT_PROMISE_MADE) {
			promise->taken_back = moment->undone;
		} else if (moment->undone) {
			continue;
		} else if (promise == NULL && !named) {
			call->customer = moment->text;
			named = true;
		} else if (promise != NULL && promise->settled == 0) {
			settle(moment);
		}
	}
}

static void take_back(struct promise_call *call, int64_t t)
{
	struct moment *moment = call->moments;
	while (moment != NULL && moment->t != t)
		moment = moment->before;
	if (moment == NULL)
		return;
	moment->undone = true;
	read_again(call);
}

void promise_apply(struct promise_list *list, const struct event *event)
{
	struct promise_call *call = find_call(list, event->call);
	if (event->t > call->last)
		call->last = event->t;
	switch (event->kind) {
	case EVENT_SLOT_FILLED:
		if (strcmp(event->slot, "customer") != 0)
			break;
		call->customer = keep_text(list, event->text);
		add_moment(list, call, event)->text = call->customer;
		break;
	case EVENT_PROMISE_MADE: make(list, call, event); break;
	case EVENT_PROMISE_KEPT:
	case EVENT_PROMISE_BROKEN: end(list, call, event); break;
	case EVENT_UNDONE: take_back(call, event->undoes); break;
	default: break;
	}
}

void promise_list_free(struct promise_list *list)
{
	arena_free(&list->arena);
	*list = (struct promise_list){0};
}

const struct promise *promise_find(const struct promise_list *list, const char *name)
{
	const struct promise *promise = names_get(&list->names, name);
	return promise == NULL || promise->taken_back ? NULL : promise;
}

bool promise_waits(const struct promise_list *list, const char *call)
{
	const struct promise_call *found = names_get(&list->calls, call);
	const struct moment *moment = found == NULL ? NULL : found->moments;
	for (; moment != NULL; moment = moment->before)
		if (moment->kind == EVENT_PROMISE_MADE && !moment->undone &&
		    moment->promise->settled == 0)
			return true;
	return false;
}

const char *promise_customer(const struct promise *promise)
{
	return promise->call->customer;
}

/* Days since 1970 began, in a zone. */
static int64_t day_of(int64_t ms, const char *zone)
{
	return (ms + when_offset(zone)) / DAY;
}

enum promise_state promise_state(const struct promise *promise, int64_t now)
{
	if (promise->settled != 0 && promise->broken)
		return PROMISE_BROKEN;
	if (promise->settled != 0)
		return promise->beyond == NULL ? PROMISE_KEPT : PROMISE_EXCEEDED;
	if (promise->due == 0)
		return PROMISE_OPEN;
	if (promise->due <= now)
		return PROMISE_OVERDUE;
	bool today = day_of(promise->due, promise->zone) == day_of(now, promise->zone);
	return today ? PROMISE_DUE : PROMISE_OPEN;
}

const char *promise_state_name(enum promise_state state)
{
	static const char *const names[] = {
		[PROMISE_OVERDUE] = NC_("promise", "overdue"),
		[PROMISE_DUE] = NC_("promise", "due"),
		[PROMISE_OPEN] = NC_("promise", "open"),
		[PROMISE_KEPT] = NC_("promise", "kept"),
		[PROMISE_EXCEEDED] = NC_("promise", "exceeded"),
		[PROMISE_BROKEN] = NC_("promise", "broken"),
	};
	assert(state < sizeof(names) / sizeof(names[0]));
	return names[state];
}

static struct event event_of(const struct promise *promise, int64_t now, enum event_kind kind)
{
	const struct promise_call *call = promise->call;
	struct event event = {.t = now > call->last ? now : call->last + 1, .kind = kind};
	memcpy(event.call, call->id, sizeof(event.call));
	return event;
}

struct event promise_settle(const struct promise *promise, int64_t now, const char *beyond)
{
	struct event event = event_of(promise, now, EVENT_PROMISE_KEPT);
	event.promise = promise->name;
	event.text = beyond;
	return event;
}

struct event promise_break(const struct promise *promise, int64_t now)
{
	struct event event = event_of(promise, now, EVENT_PROMISE_BROKEN);
	event.promise = promise->name;
	return event;
}

struct event promise_reopen(const struct promise *promise, int64_t now)
{
	assert(promise->settled != 0);
	struct event event = event_of(promise, now, EVENT_UNDONE);
	event.undoes = promise->settled;
	return event;
}
