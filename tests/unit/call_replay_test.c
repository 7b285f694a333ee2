/* The fold: foreign events, other libraries, earlier calls, and replaying whatever was done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/buffer.h"
#include "call_desk.h"

static struct library half = {.language = "en", .files = files + 1, .file_count = 1};
static struct library none = {.language = "en"};

static void same_text(const char *left, const char *right)
{
	assert_int_equal(left == NULL, right == NULL);
	if (left != NULL)
		assert_string_equal(left, right);
}

static void same_lists(const struct call *a, const struct call *b)
{
	assert_int_equal(a->slot_count, b->slot_count);
	for (size_t i = 0; i < a->slot_count; i++) {
		same_text(a->slots[i].id, b->slots[i].id);
		same_text(a->slots[i].text, b->slots[i].text);
		assert_true(a->slots[i].at == b->slots[i].at);
	}
	assert_int_equal(a->line_count, b->line_count);
	for (size_t i = 0; i < a->line_count; i++) {
		same_text(a->lines[i].text, b->lines[i].text);
		same_text(a->lines[i].situation, b->lines[i].situation);
		assert_int_equal(a->lines[i].step, b->lines[i].step);
		assert_int_equal(a->lines[i].said, b->lines[i].said);
		assert_true(a->lines[i].at == b->lines[i].at);
	}
	assert_int_equal(a->promise_count, b->promise_count);
	for (size_t i = 0; i < a->promise_count; i++) {
		same_text(a->promises[i].name, b->promises[i].name);
		same_text(a->promises[i].text, b->promises[i].text);
		same_text(a->promises[i].zone, b->promises[i].zone);
		same_text(a->promises[i].beyond, b->promises[i].beyond);
		assert_true(a->promises[i].made == b->promises[i].made);
		assert_true(a->promises[i].due == b->promises[i].due);
		assert_true(a->promises[i].kept == b->promises[i].kept);
		assert_true(a->promises[i].broken == b->promises[i].broken);
	}
	assert_int_equal(a->note_count, b->note_count);
	for (size_t i = 0; i < a->note_count; i++) {
		same_text(a->notes[i].text, b->notes[i].text);
		assert_true(a->notes[i].at == b->notes[i].at);
	}
}

/* The fold, all of it; not the events. */
static void same_fold(const struct call *a, const struct call *b)
{
	assert_int_equal(a->phase, b->phase);
	assert_string_equal(a->id, b->id);
	assert_ptr_equal(a->playbook, b->playbook);
	assert_ptr_equal(a->situation, b->situation);
	assert_int_equal(a->step, b->step);
	assert_int_equal(a->steps_done, b->steps_done);
	assert_int_equal(a->steps_said, b->steps_said);
	assert_int_equal(a->gates_opened, b->gates_opened);
	same_text(a->mood, b->mood);
	same_text(a->disposition, b->disposition);
	assert_true(a->started == b->started && a->ended == b->ended);
	assert_true(a->held_since == b->held_since && a->held == b->held);
	same_lists(a, b);
}

/* A call on which the first count events of another happened. */
static void replay(struct call *call, const struct call *other, size_t count)
{
	call_open(call, other->library, other->history);
	for (size_t i = 0; i < count; i++)
		call_apply(call, &other->events[i]);
}

static void foreign_events_do_no_harm(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	struct event said = {.t = 5,
			     .call = NEW_CALL,
			     .kind = EVENT_LINE_SAID,
			     .step = "reflect",
			     .text = "gone"};
	call_apply(&desk->call, &said);
	assert_int_equal(desk->call.event_count, 0);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	said.call[0] = '9';
	call_apply(&desk->call, &said);
	assert_int_equal(desk->call.event_count, 2);
	said.call[0] = '0';
	said.step = "dance";
	call_apply(&desk->call, &said);
	assert_int_equal(desk->call.event_count, 3);
	assert_int_equal(desk->call.line_count, 0);
	said.step = "reflect";
	call_apply(&desk->call, &said);
	assert_int_equal(desk->call.line_count, 1);
	struct event more = {.t = 6, .call = NEW_CALL, .kind = EVENT_UNDONE, .undoes = 1000};
	call_apply(&desk->call, &more); /* a call's beginning stays */
	more.undoes = 777;
	call_apply(&desk->call, &more);
	assert_int_equal(desk->call.phase, CALL_OPEN);
	assert_int_equal(desk->call.line_count, 1);
	more = (struct event){.t = 7,
			      .call = NEW_CALL,
			      .kind = EVENT_SITUATION_OPENED,
			      .playbook = "gone",
			      .situation = "gone"};
	call_apply(&desk->call, &more);
	assert_string_equal(desk->call.situation->id, "about-to-leave");
	desk_close(desk);
}

static void another_library(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	DO(ACTION_FILL_SLOT, "customer", "Ana");
	DO(ACTION_SAY_LINE, NULL, NULL);
	struct call before;
	replay(&before, &desk->call, desk->call.event_count);
	call_rebind(&desk->call, &half);
	assert_ptr_equal(desk->call.playbook, &calm);
	assert_null(desk->call.situation);
	assert_int_equal(desk->call.line_count, 0);
	assert_string_equal(call_slot(&desk->call, "customer", 8), "Ana");
	call_rebind(&desk->call, &none);
	assert_null(desk->call.playbook);
	REFUSED(CALL_NO_SITUATION, ACTION_NEXT_STEP, NULL, NULL);
	REFUSED(CALL_NO_SITUATION, ACTION_OPEN_STEP, "1", NULL);
	REFUSED(CALL_UNKNOWN_SLOT, ACTION_FILL_SLOT, "customer", "Bo");
	REFUSED(CALL_UNKNOWN_SITUATION, ACTION_OPEN_SITUATION, "both", NULL);
	call_rebind(&desk->call, &whole);
	same_fold(&before, &desk->call);
	call_close(&before);
	desk_close(desk);

	*desk = (struct desk){.now = 1};
	call_open(&desk->call, &none, NULL);
	DO(ACTION_BEGIN_CALL, NULL, NULL);
	assert_null(desk->events[0].playbook);
	assert_string_equal(desk->events[0].language, "en");
	desk_close(desk);
}

static void order_is(struct desk *desk, size_t step, const char *expected)
{
	const struct line **lines;
	struct buffer order = {0};
	size_t count = call_lines(&desk->call, step, &desk->scratch, &lines);
	for (size_t i = 0; i < count; i++) {
		buffer_format(&order, "%s%s", i == 0 ? "" : " ", lines[i]->text);
	}
	assert_string_equal(order.text == NULL ? "" : order.text, expected);
	buffer_free(&order);
}

static void remember(struct history *history, int64_t t, const char *customer, const char *text)
{
	struct event event = {.t = t, .call = "an earlier call", .kind = EVENT_SLOT_FILLED};
	event.slot = "customer";
	event.text = customer;
	history_apply(history, &event);
	event.kind = EVENT_LINE_SAID;
	event.slot = NULL;
	event.text = text;
	history_apply(history, &event);
}

static void least_recent_lines_come_first(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	struct history history = {0};
	remember(&history, 10, "Ana", "r1");
	remember(&history, 5, "Bo", "r2");
	remember(&history, 3, "Ana", "c0");
	remember(&history, 4, "Bo", "c2");
	*desk = (struct desk){.now = 1000};
	call_open(&desk->call, &whole, &history);
	order_is(desk, 0, "");
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	order_is(desk, 0, "r3 r2 r1");
	order_is(desk, 1, "v1 v2");
	order_is(desk, 4, "c1 c3 c0 c2");
	DO(ACTION_FILL_SLOT, "customer", "ana");
	order_is(desk, 0, "r3 r2 r1");
	order_is(desk, 4, "c1 c3 c2 c0");
	DO(ACTION_FILL_SLOT, "customer", "Eve");
	order_is(desk, 4, "c1 c3 c0 c2");
	DO(ACTION_SAY_LINE, NULL, NULL);
	order_is(desk, 0, "r3 r2 r1");
	assert_string_equal(offer(desk, 0), "r2");
	desk_close(desk);
	history_free(&history);
}

/* Numerical Recipes' generator: the same sequences everywhere. */
static unsigned roll(uint32_t *seed, unsigned sides)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % sides;
}

static enum call_refusal act_at_random(struct desk *desk, uint32_t *seed)
{
	static const enum action actions[] = {
		ACTION_SAY_LINE,  ACTION_SAY_LINE,  ACTION_PASS_LINE,	   ACTION_NEXT_STEP,
		ACTION_OPEN_STEP, ACTION_STEP_BACK, ACTION_OPEN_SITUATION, ACTION_FILL_SLOT,
		ACTION_FILL_SLOT, ACTION_ADD_NOTE,  ACTION_MAKE_PROMISE,   ACTION_MARK_MOOD,
		ACTION_HOLD,	  ACTION_UNDO,	    ACTION_UNDO,	   ACTION_BEGIN_CALL,
		ACTION_END_CALL,
	};
	static const char *const words[] = {
		"about-to-leave",
		"shouting",
		"both",
		"just-bought",
		"1",
		"4",
		"resolve",
		"close",
		"customer",
		"issue",
		"resolved",
		"r2",
		"v1",
		"calm",
		"x",
		"",
	};
	static const char *const more[] = {"Ana", "", "2h", "fri", " it never came ", "in 3 weeks"};
	enum action action = actions[roll(seed, sizeof(actions) / sizeof(actions[0]))];
	const char *first = words[roll(seed, sizeof(words) / sizeof(words[0]))];
	const char *second = more[roll(seed, sizeof(more) / sizeof(more[0]))];
	if (action == ACTION_END_CALL && roll(seed, 8) != 0)
		return CALL_ALREADY;
	if (action == ACTION_FILL_SLOT)
		first = slots[roll(seed, 3)].id;
	if (action == ACTION_OPEN_SITUATION)
		first = words[roll(seed, 4)];
	if ((action == ACTION_SAY_LINE || action == ACTION_PASS_LINE) && roll(seed, 4) != 0)
		first = NULL;
	if (roll(seed, 3) == 0)
		second = NULL;
	desk->now -= roll(seed, 2000);
	return act(desk, action, first, second);
}

/* Whatever was done: the same events give the same call, in an arena of their own or against the
 * library again; and taking the last thing back gives the call before it. */
static void replaying_gives_the_same_call(void **state)
{
	(void)state;
	size_t undone = 0;
	for (uint32_t seed = 1; seed <= 300; seed++) {
		struct desk desk;
		uint32_t dice = seed;
		desk_open(&desk);
		desk.now = 1795286583123;
		for (int i = 0; i < 60; i++) {
			if (act_at_random(&desk, &dice) != CALL_ALLOWED)
				continue;
			struct call again;
			replay(&again, &desk.call, desk.call.event_count);
			same_fold(&desk.call, &again);
			call_rebind(&again, &whole);
			same_fold(&desk.call, &again);
			call_close(&again);

			if (!event_can_be_undone(desk.events[desk.count - 1].kind))
				continue;
			replay(&again, &desk.call, desk.call.event_count - 1);
			assert_int_equal(act(&desk, ACTION_UNDO, NULL, NULL), CALL_ALLOWED);
			same_fold(&desk.call, &again);
			call_close(&again);
			undone++;
			if (roll(&dice, 3) == 0)
				continue;
			/* Done again, so that the call gets somewhere. */
			struct event once_more = desk.call.events[desk.call.event_count - 2];
			once_more.t = desk.call.events[desk.call.event_count - 1].t + 1;
			call_apply(&desk.call, &once_more);
		}
		desk_close(&desk);
	}
	assert_true(undone > 3000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(foreign_events_do_no_harm),
		cmocka_unit_test(another_library),
		cmocka_unit_test(least_recent_lines_come_first),
		cmocka_unit_test(replaying_gives_the_same_call),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
