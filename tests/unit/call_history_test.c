#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "call/event.h"
#include "call/history.h"

static void fill(struct history *history, const char *call, const char *slot, const char *text)
{
	struct event event = {.t = 1, .kind = EVENT_SLOT_FILLED, .slot = slot, .text = text};
	snprintf(event.call, sizeof(event.call), "%s", call);
	history_apply(history, &event);
}

static void say(struct history *history, const char *call, int64_t t, const char *text)
{
	struct event event = {.t = t, .kind = EVENT_LINE_SAID, .text = text, .step = "close"};
	snprintf(event.call, sizeof(event.call), "%s", call);
	history_apply(history, &event);
}

static void an_empty_one_knows_nothing(void **state)
{
	(void)state;
	struct history history = {0};
	assert_true(history_said(&history, "a") == 0);
	assert_true(history_said_to(&history, "Ana", "a") == 0);
	assert_true(history_said_to(&history, NULL, "a") == 0);
	history_free(&history);
}

static void remembers_the_latest(void **state)
{
	(void)state;
	struct history history = {0};
	say(&history, "1", 20, "a");
	say(&history, "2", 10, "a");
	say(&history, "2", 11, "");
	assert_true(history_said(&history, "a") == 20);
	assert_true(history_said(&history, "") == 11);
	assert_true(history_said(&history, "b") == 0);
	struct event passed = {.t = 30, .kind = EVENT_LINE_PASSED, .text = "b", .step = "close"};
	history_apply(&history, &passed);
	assert_true(history_said(&history, "b") == 0);
	history_free(&history);
}

static void tells_customers_apart(void **state)
{
	(void)state;
	struct history history = {0};
	say(&history, "1", 10, "before the name is known");
	fill(&history, "1", "product", "Bo");
	fill(&history, "1", "customer", "José  Álvarez");
	say(&history, "1", 20, "a");
	fill(&history, "2", "customer", "Bo");
	say(&history, "2", 30, "b");
	say(&history, "1", 40, "c"); /* of a call whose name is no longer known */
	fill(&history, "2", "customer", "");
	say(&history, "2", 50, "d");
	assert_true(history_said_to(&history, "jose alvarez", "a") == 20);
	assert_true(history_said_to(&history, "JOSÉ ÁLVAREZ", "a") == 20);
	assert_true(history_said_to(&history, "Bo", "a") == 0);
	assert_true(history_said_to(&history, "Bo", "b") == 30);
	assert_true(history_said_to(&history, "Bo", "c") == 0);
	assert_true(history_said_to(&history, "Bo", "d") == 0);
	assert_true(history_said_to(&history, "", "d") == 0);
	assert_true(history_said_to(&history, "...", "d") == 0);
	assert_true(history_said_to(&history, "Bo", "before the name is known") == 0);
	assert_true(history_said(&history, "d") == 50);
	history_free(&history);
}

static void grows(void **state)
{
	(void)state;
	struct history history = {0};
	char text[32];
	for (int i = 1; i <= 5000; i++) {
		snprintf(text, sizeof(text), "line %d", i);
		say(&history, "1", i, text);
	}
	for (int i = 1; i <= 5000; i++) {
		snprintf(text, sizeof(text), "line %d", i);
		assert_true(history_said(&history, text) == i);
	}
	assert_int_equal(history.count, 5000);
	assert_true(history_said(&history, "line 5001") == 0);
	history_free(&history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_one_knows_nothing),
		cmocka_unit_test(remembers_the_latest),
		cmocka_unit_test(tells_customers_apart),
		cmocka_unit_test(grows),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
