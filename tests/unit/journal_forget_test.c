#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "call/event.h"
#include "journal/journal.h"

#define CALL_A "0193c0de-0000-7000-8000-00000000000a"
#define CALL_B "0193c0de-0000-7000-8000-00000000000b"
#define NOON INT64_C(1795262400000) /* 2026-11-21 12:00 UTC */
#define DAY INT64_C(86400000)

static char folder[64];

static int start(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/talktrack-forget-XXXXXX");
	return mkdtemp(folder) == NULL;
}

static int stop(void **state)
{
	char command[128];
	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

static void happens(const char *call, int64_t t, struct event event)
{
	struct journal journal;
	event.t = t;
	memcpy(event.call, call, sizeof(event.call));
	journal_open(&journal, folder);
	assert_true(journal_append(&journal, &event));
	journal_close(&journal);
}

/* A call of that day, with a note. */
static void some_call(const char *call, int64_t t)
{
	happens(call, t, (struct event){.kind = EVENT_CALL_STARTED});
	happens(call, t + 1, (struct event){.kind = EVENT_NOTE_ADDED, .text = "a note"});
}

static void promised(const char *call, const char *name, int64_t t)
{
	happens(call, t, (struct event){.kind = EVENT_PROMISE_MADE, .promise = name, .text = "it"});
}

static bool there(const char *day)
{
	char path[128];
	snprintf(path, sizeof(path), "%s/%s", folder, day);
	return access(path, F_OK) == 0;
}

static void forgets(int days, size_t gone, size_t kept)
{
	struct journal_forgotten forgotten = journal_forget(folder, days, NOON);
	assert_int_equal(forgotten.gone, gone);
	assert_int_equal(forgotten.kept, kept);
}

static void test_old_days_go(void **state)
{
	(void)state;
	for (int64_t age = 0; age <= 4; age++)
		some_call(CALL_A, NOON - age * DAY);
	forgets(0, 0, 0);
	forgets(-1, 0, 0);
	forgets(4, 0, 0);
	forgets(3, 1, 0);
	assert_false(there("2026-11-17.jsonl"));
	assert_true(there("2026-11-18.jsonl"));
	forgets(1, 2, 0);
	assert_true(there("2026-11-20.jsonl"));
	assert_true(there("2026-11-21.jsonl"));
	forgets(1, 0, 0);
}

static void test_only_days_go(void **state)
{
	char path[128];
	(void)state;
	some_call(CALL_A, NOON - 9 * DAY);
	some_call(CALL_A, NOON + 9 * DAY); /* the clock was wrong once */
	snprintf(path, sizeof(path), "%s/2020-01-01.jsonl.bak", folder);
	fclose(fopen(path, "w"));
	snprintf(path, sizeof(path), "%s/2020-01-01.jsonl", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	forgets(1, 1, 1);
	assert_true(there("2020-01-01.jsonl.bak"));
	assert_true(there("2020-01-01.jsonl"));
	assert_true(there("2026-11-30.jsonl"));
}

static void test_open_promises_stay(void **state)
{
	(void)state;
	some_call(CALL_A, NOON - 9 * DAY);
	promised(CALL_A, CALL_A "/1", NOON - 9 * DAY + 10);
	some_call(CALL_B, NOON - 8 * DAY);
	promised(CALL_B, CALL_B "/1", NOON - 8 * DAY + 10);
	/* a call of two days: the promise is in the second, the customer in the first */
	happens(CALL_B, NOON - 7 * DAY,
		(struct event){.kind = EVENT_PROMISE_KEPT, .promise = CALL_B "/1"});
	forgets(3, 2, 1);
	assert_true(there("2026-11-12.jsonl"));
	happens(CALL_A, NOON, (struct event){.kind = EVENT_PROMISE_BROKEN, .promise = CALL_A "/1"});
	forgets(3, 1, 0);
	assert_false(there("2026-11-12.jsonl"));
	assert_true(there("2026-11-21.jsonl"));
}

static void test_a_promise_past_midnight_keeps_both_days(void **state)
{
	(void)state;
	some_call(CALL_A, NOON - 9 * DAY);
	promised(CALL_A, CALL_A "/1", NOON - 8 * DAY);
	some_call(CALL_B, NOON - 7 * DAY);
	forgets(1, 1, 2);
	assert_true(there("2026-11-12.jsonl"));
	assert_true(there("2026-11-13.jsonl"));
}

static void test_what_was_taken_back_keeps_nothing(void **state)
{
	(void)state;
	some_call(CALL_A, NOON - 9 * DAY);
	promised(CALL_A, CALL_A "/1", NOON - 9 * DAY + 10);
	happens(CALL_A, NOON - 9 * DAY + 20,
		(struct event){.kind = EVENT_UNDONE, .undoes = NOON - 9 * DAY + 10});
	forgets(1, 1, 0);
}

static void test_days_are_local(void **state)
{
	(void)state;
	setenv("TZ", "Asia/Dhaka", 1);
	tzset();
	/* 20:00 UTC is the next day in Dhaka, so of the 19th there is nothing in UTC's 19th */
	some_call(CALL_A, NOON - 2 * DAY + INT64_C(8) * 3600000);
	assert_true(there("2026-11-20.jsonl"));
	forgets(1, 0, 0);
	/* 19:00 UTC on the 21st is the 22nd in Dhaka */
	struct journal_forgotten forgotten = journal_forget(folder, 1, NOON + INT64_C(7) * 3600000);
	assert_int_equal(forgotten.gone, 1);
	setenv("TZ", "UTC", 1);
	tzset();
}

static void test_no_folder(void **state)
{
	(void)state;
	struct journal_forgotten forgotten = journal_forget("/nowhere/at/all", 1, NOON);
	assert_int_equal(forgotten.gone + forgotten.kept, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_old_days_go, start, stop),
		cmocka_unit_test_setup_teardown(test_only_days_go, start, stop),
		cmocka_unit_test_setup_teardown(test_open_promises_stay, start, stop),
		cmocka_unit_test_setup_teardown(test_a_promise_past_midnight_keeps_both_days, start,
						stop),
		cmocka_unit_test_setup_teardown(test_what_was_taken_back_keeps_nothing, start,
						stop),
		cmocka_unit_test_setup_teardown(test_days_are_local, start, stop),
		cmocka_unit_test_setup_teardown(test_no_folder, start, stop),
	};
	setlocale(LC_ALL, "C.UTF-8");
	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
