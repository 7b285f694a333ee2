#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "call/promise.h"

#define CALL_A "0193c0de-0000-7000-8000-00000000000a"
#define CALL_B "0193c0de-0000-7000-8000-00000000000b"
#define NOON INT64_C(1795262400000) /* Sat 2026-11-21 12:00 UTC */
#define HOUR INT64_C(3600000)

static struct promise_list list;

static int start(void **state)
{
	(void)state;
	list = (struct promise_list){0};
	return 0;
}

static int stop(void **state)
{
	(void)state;
	promise_list_free(&list);
	return 0;
}

static void happens(const char *call, int64_t t, struct event event)
{
	event.t = t;
	memcpy(event.call, call, sizeof(event.call));
	promise_apply(&list, &event);
}

static void customer(const char *call, int64_t t, const char *name)
{
	happens(call, t,
		(struct event){.kind = EVENT_SLOT_FILLED, .slot = "customer", .text = name});
}

static void made(const char *call, int64_t t, const char *name, const char *text, int64_t due)
{
	happens(call, t,
		(struct event){.kind = EVENT_PROMISE_MADE,
			       .promise = name,
			       .text = text,
			       .due = due,
			       .zone = due == 0 ? NULL : "+00:00"});
}

static void kept(const char *call, int64_t t, const char *name, const char *beyond)
{
	happens(call, t,
		(struct event){.kind = EVENT_PROMISE_KEPT, .promise = name, .text = beyond});
}

static void broken(const char *call, int64_t t, const char *name)
{
	happens(call, t, (struct event){.kind = EVENT_PROMISE_BROKEN, .promise = name});
}

static void undone(const char *call, int64_t t, int64_t undoes)
{
	happens(call, t, (struct event){.kind = EVENT_UNDONE, .undoes = undoes});
}

static enum promise_state state_of(const char *name, int64_t now)
{
	const struct promise *promise = promise_find(&list, name);
	assert_non_null(promise);
	return promise_state(promise, now);
}

static void test_states(void **state)
{
	(void)state;
	made(CALL_A, 1, CALL_A "/1", "send it", NOON);
	made(CALL_A, 2, CALL_A "/2", "some day", 0);
	assert_int_equal(list.count, 2);
	assert_string_equal(list.items[0]->text, "send it");
	assert_int_equal(state_of(CALL_A "/1", NOON - 13 * HOUR), PROMISE_OPEN);
	assert_int_equal(state_of(CALL_A "/1", NOON - 12 * HOUR), PROMISE_DUE);
	assert_int_equal(state_of(CALL_A "/1", NOON - 1), PROMISE_DUE);
	assert_int_equal(state_of(CALL_A "/1", NOON), PROMISE_OVERDUE);
	assert_int_equal(state_of(CALL_A "/2", NOON), PROMISE_OPEN);
	kept(CALL_A, 3, CALL_A "/1", NULL);
	assert_int_equal(state_of(CALL_A "/1", NOON), PROMISE_KEPT);
	kept(CALL_A, 4, CALL_A "/1", "a month");
	assert_int_equal(state_of(CALL_A "/1", NOON), PROMISE_EXCEEDED);
	assert_string_equal(promise_find(&list, CALL_A "/1")->beyond, "a month");
	broken(CALL_A, 5, CALL_A "/1");
	assert_int_equal(state_of(CALL_A "/1", NOON), PROMISE_BROKEN);
	kept(CALL_A, 6, CALL_A "/1", "");
	assert_int_equal(state_of(CALL_A "/1", NOON), PROMISE_KEPT);
}

/* Due at 1 in the morning of the 22nd in Dhaka, which is still the 21st in UTC. */
static void test_today_is_of_the_zone(void **state)
{
	(void)state;
	happens(CALL_A, 1,
		(struct event){.kind = EVENT_PROMISE_MADE,
			       .promise = CALL_A "/1",
			       .text = "ring",
			       .due = NOON + 7 * HOUR,
			       .zone = "+06:00"});
	assert_int_equal(state_of(CALL_A "/1", NOON + 5 * HOUR), PROMISE_OPEN);
	assert_int_equal(state_of(CALL_A "/1", NOON + 6 * HOUR), PROMISE_DUE);
}

static void test_calls_are_mixed(void **state)
{
	(void)state;
	customer(CALL_A, 1, "Ada");
	made(CALL_B, 1, CALL_B "/1", "b", 0);
	made(CALL_A, 2, CALL_A "/1", "a", 0);
	assert_null(promise_customer(promise_find(&list, CALL_B "/1")));
	customer(CALL_B, 2, "Bea");
	assert_string_equal(promise_customer(promise_find(&list, CALL_A "/1")), "Ada");
	assert_string_equal(promise_customer(promise_find(&list, CALL_B "/1")), "Bea");
	assert_string_equal(list.items[0]->text, "b");
	/* another call cannot keep it */
	kept(CALL_B, 3, CALL_A "/1", NULL);
	assert_int_equal(state_of(CALL_A "/1", NOON), PROMISE_OPEN);
	assert_true(promise_waits(&list, CALL_A));
	kept(CALL_A, 3, CALL_A "/1", NULL);
	assert_false(promise_waits(&list, CALL_A));
	assert_true(promise_waits(&list, CALL_B));
	assert_false(promise_waits(&list, "0193c0de-0000-7000-8000-00000000000c"));
}

static void test_what_is_taken_back(void **state)
{
	(void)state;
	customer(CALL_A, 1, "Ada");
	customer(CALL_A, 2, "Eda");
	made(CALL_A, 3, CALL_A "/1", "first", NOON);
	made(CALL_A, 4, CALL_A "/2", "second", NOON);
	undone(CALL_A, 5, 2);
	assert_string_equal(promise_customer(list.items[0]), "Ada");
	undone(CALL_A, 6, 1);
	assert_null(promise_customer(list.items[0]));
	undone(CALL_A, 7, 4);
	assert_null(promise_find(&list, CALL_A "/2"));
	assert_true(list.items[1]->taken_back);
	kept(CALL_A, 8, CALL_A "/1", "more");
	broken(CALL_A, 9, CALL_A "/1");
	undone(CALL_A, 10, 9);
	assert_int_equal(state_of(CALL_A "/1", NOON), PROMISE_EXCEEDED);
	undone(CALL_A, 11, 8);
	assert_int_equal(state_of(CALL_A "/1", NOON), PROMISE_OVERDUE);
	/* the time of another call's event, and of none */
	undone(CALL_B, 12, 3);
	undone(CALL_A, 12, 99);
	assert_non_null(promise_find(&list, CALL_A "/1"));
}

/* What is left of a call whose first day is gone, and what is told twice. */
static void test_odd_journals(void **state)
{
	(void)state;
	kept(CALL_A, 5, CALL_A "/1", NULL);
	broken(CALL_B, 5, CALL_A "/1");
	assert_int_equal(list.count, 0);
	made(CALL_A, 6, CALL_A "/1", "once", 0);
	made(CALL_A, 6, CALL_A "/1", "twice", 0);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0]->text, "once");
	assert_null(promise_find(&list, CALL_A));
}

static void test_events(void **state)
{
	(void)state;
	made(CALL_A, 100, CALL_A "/1", "it", NOON);
	const struct promise *promise = promise_find(&list, CALL_A "/1");
	struct event event = promise_settle(promise, 50, "cake");
	assert_int_equal(event.t, 101); /* time rises within a call */
	assert_int_equal(event.kind, EVENT_PROMISE_KEPT);
	assert_string_equal(event.call, CALL_A);
	assert_string_equal(event.promise, CALL_A "/1");
	assert_string_equal(event.text, "cake");
	promise_apply(&list, &event);
	assert_int_equal(promise_state(promise, NOON), PROMISE_EXCEEDED);
	event = promise_break(promise, 500);
	assert_int_equal(event.t, 500);
	promise_apply(&list, &event);
	assert_int_equal(promise_state(promise, NOON), PROMISE_BROKEN);
	event = promise_reopen(promise, 600);
	assert_int_equal(event.undoes, 500);
	promise_apply(&list, &event);
	assert_int_equal(promise_state(promise, NOON), PROMISE_EXCEEDED);
	event = promise_reopen(promise, 600);
	assert_int_equal(event.undoes, 101);
	promise_apply(&list, &event);
	assert_int_equal(promise_state(promise, NOON), PROMISE_OVERDUE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_states, start, stop),
		cmocka_unit_test_setup_teardown(test_today_is_of_the_zone, start, stop),
		cmocka_unit_test_setup_teardown(test_calls_are_mixed, start, stop),
		cmocka_unit_test_setup_teardown(test_what_is_taken_back, start, stop),
		cmocka_unit_test_setup_teardown(test_odd_journals, start, stop),
		cmocka_unit_test_setup_teardown(test_events, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
