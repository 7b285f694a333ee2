/* A desk for the tests of calls: two playbooks, a call, and hands to act on it. */
#ifndef UNIT_CALL_DESK_H
#define UNIT_CALL_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "call/call.h"
#include "call/history.h"
#include "playbook/library.h"

#define NEW_CALL "0193c0de-0000-7000-8000-00000000000a"
#define LINES(...)                                                                                 \
	{                                                                                          \
		.items = (struct line[]){__VA_ARGS__},                                             \
		.count = sizeof((struct line[]){__VA_ARGS__}) / sizeof(struct line)                \
	}
#define LINE(words)                                                                                \
	{                                                                                          \
		.text = words                                                                      \
	}

static struct step five_steps[] = {
	{.id = "reflect", .title = "Reflect"},
	{.id = "validate", .title = "Validate"},
	{.id = "empathize", .title = "Empathize"},
	{.id = "resolve", .title = "Make it right", .after = 7},
	{.id = "close", .title = "Close"},
};
static struct step two_steps[] = {{.id = "ask", .title = "Ask"}, {.id = "close", .title = "Close"}};

static struct slot slots[] = {
	{.id = "customer", .ask = "Name"},
	{.id = "issue", .ask = "What", .reflect = true},
	{.id = "product", .ask = "Which", .otherwise = "the product"},
};

static struct situation heated[] = {
	{
		.id = "about-to-leave",
		.title = "About to leave",
		.say = {LINES(LINE("r1"), LINE("r2"), LINE("r3")), LINES(LINE("v1"), LINE("v2")),
			LINES(LINE("e1")), LINES(LINE("m1"), LINE("m2")), LINES(LINE("c0"))},
	},
	{.id = "shouting", .title = "Shouting", .say = {LINES(LINE("s1"), LINE("s2"))}},
	{.id = "both", .title = "In two playbooks", .say = {LINES(LINE("b1"))}},
};

static struct situation quiet[] = {
	{.id = "just-bought", .title = "Just bought", .say = {LINES(LINE("a1"))}},
	{.id = "both", .title = "In two playbooks", .say = {LINES(LINE("q1"))}},
};

static struct playbook angry = {
	.name = "angry",
	.language = "en",
	.slots = slots,
	.slot_count = 3,
	.steps = five_steps,
	.step_count = 5,
	.say = {[4] = LINES(LINE("c1"), LINE("c2"), LINE("c3"))},
	.situations = heated,
	.situation_count = 3,
	.version = 0xff,
};
static struct playbook calm = {
	.name = "calm",
	.language = "en",
	.slots = slots,
	.slot_count = 1,
	.steps = two_steps,
	.step_count = 2,
	.situations = quiet,
	.situation_count = 2,
};

static struct library_file files[] = {{.name = "angry", .playbook = &angry},
				      {.name = "calm", .playbook = &calm}};
static struct library whole = {.language = "en", .files = files, .file_count = 2};

/* A call under test, its clock, and what the last action became. */
struct desk {
	struct call call;
	struct arena scratch;
	int64_t now;
	struct event events[CALL_EVENTS_MOST];
	size_t count;
};

static inline void desk_open(struct desk *desk)
{
	*desk = (struct desk){.now = 1000};
	call_open(&desk->call, &whole, NULL);
}

static inline void desk_close(struct desk *desk)
{
	call_close(&desk->call);
	arena_free(&desk->scratch);
}

static inline enum call_refusal act(struct desk *desk, enum action action, const char *first,
				    const char *second)
{
	const char *arguments[2] = {first, second};
	enum call_refusal refusal = call_decide(&desk->call, action, arguments, desk->now, NEW_CALL,
						&desk->scratch, desk->events, &desk->count);
	assert_int_equal(refusal == CALL_ALLOWED, desk->count > 0);
	for (size_t i = 0; i < desk->count; i++)
		call_apply(&desk->call, &desk->events[i]);
	desk->now += 1000;
	return refusal;
}

#define DO(...) assert_int_equal(act(desk, __VA_ARGS__), CALL_ALLOWED)
#define REFUSED(refusal, ...) assert_int_equal(act(desk, __VA_ARGS__), refusal)

static inline const char *offer(struct desk *desk, size_t step)
{
	const struct line *line = call_offer(&desk->call, step, &desk->scratch);
	return line == NULL ? NULL : line->text;
}

#endif
