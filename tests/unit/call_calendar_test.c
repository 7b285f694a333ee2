#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "call/calendar.h"
#include "call/promise.h"

#define CALL "0193c0de-0000-7000-8000-00000000000a"
#define NOON INT64_C(1795262400000) /* 2026-11-21 12:00 UTC */

struct fixture {
	struct promise_list list;
	struct buffer out;
};

static int start(void **state)
{
	static struct fixture fixture;
	fixture = (struct fixture){0};
	*state = &fixture;
	return 0;
}

static int stop(void **state)
{
	struct fixture *fixture = *state;
	promise_list_free(&fixture->list);
	buffer_free(&fixture->out);
	return 0;
}

static const struct promise *make(struct fixture *fixture, const char *text, int64_t due)
{
	struct event event = {.t = NOON - 1000,
			      .call = CALL,
			      .kind = EVENT_PROMISE_MADE,
			      .promise = CALL "/1",
			      .text = text,
			      .due = due,
			      .zone = "+06:00"};
	promise_apply(&fixture->list, &event);
	return promise_find(&fixture->list, CALL "/1");
}

static void holds(const struct fixture *fixture, const char *line)
{
	if (strstr(fixture->out.text, line) == NULL)
		fail_msg("no \"%s\" in\n%s", line, fixture->out.text);
}

static void test_event(void **state)
{
	struct fixture *fixture = *state;
	calendar_open(&fixture->out);
	assert_true(calendar_add(make(fixture, "send it", NOON), CALENDAR_EVENTS, &fixture->out));
	calendar_close(&fixture->out);
	assert_string_equal(fixture->out.text, "BEGIN:VCALENDAR\r\n"
					       "VERSION:2.0\r\n"
					       "PRODID:-//talktrack//promises//EN\r\n"
					       "CALSCALE:GREGORIAN\r\n"
					       "BEGIN:VEVENT\r\n"
					       "UID:" CALL "-1@talktrack\r\n"
					       "DTSTAMP:20261121T115959Z\r\n"
					       "CREATED:20261121T115959Z\r\n"
					       "SUMMARY:send it\r\n"
					       "DTSTART:20261121T114500Z\r\n"
					       "DTEND:20261121T120000Z\r\n"
					       "TRANSP:TRANSPARENT\r\n"
					       "STATUS:CONFIRMED\r\n"
					       "BEGIN:VALARM\r\n"
					       "ACTION:DISPLAY\r\n"
					       "DESCRIPTION:promised: send it\r\n"
					       "TRIGGER:-PT45M\r\n"
					       "END:VALARM\r\n"
					       "END:VEVENT\r\n"
					       "END:VCALENDAR\r\n");
}

static void test_todo(void **state)
{
	struct fixture *fixture = *state;
	const struct promise *promise = make(fixture, "send it", NOON);
	calendar_add(promise, CALENDAR_TODOS, &fixture->out);
	holds(fixture, "DUE:20261121T120000Z\r\nSTATUS:NEEDS-ACTION\r\nBEGIN:VALARM");
	holds(fixture, "TRIGGER;RELATED=END:-PT1H\r\n");
	struct event event = promise_settle(promise, NOON + 1000, "a cake");
	promise_apply(&fixture->list, &event);
	buffer_clear(&fixture->out);
	calendar_add(promise, CALENDAR_TODOS, &fixture->out);
	holds(fixture, "STATUS:COMPLETED\r\nCOMPLETED:20261121T120001Z\r\nEND:VTODO");
	holds(fixture, "DTSTAMP:20261121T120001Z\r\n");
	holds(fixture, "DESCRIPTION:promised\\, and on top: a cake\r\n");
	event = promise_break(promise, NOON + 2000);
	promise_apply(&fixture->list, &event);
	buffer_clear(&fixture->out);
	calendar_add(promise, CALENDAR_TODOS, &fixture->out);
	holds(fixture, "STATUS:CANCELLED\r\n");
	assert_null(strstr(fixture->out.text, "VALARM"));
}

static void test_without_a_time(void **state)
{
	struct fixture *fixture = *state;
	const struct promise *promise = make(fixture, "some day", 0);
	assert_false(calendar_add(promise, CALENDAR_EVENTS, &fixture->out));
	assert_int_equal(fixture->out.length, 0);
	assert_true(calendar_add(promise, CALENDAR_TODOS, &fixture->out));
	assert_null(strstr(fixture->out.text, "DUE"));
}

static void test_escapes(void **state)
{
	struct fixture *fixture = *state;
	calendar_add(make(fixture, "a, b; c\\d: e", NOON), CALENDAR_EVENTS, &fixture->out);
	holds(fixture, "SUMMARY:a\\, b\\; c\\\\d: e\r\n");
}

/* Every line is at most 75 octets and UTF-8; unfolded it is what was put in. Lengths all around the
 * edge. */
static void test_folds(void **state)
{
	struct fixture *fixture = *state;
	static const char letters[] = "ক্ষমা করবেন, আমি এখনই দেখছি কী হয়েছে এবং আপনাকে জানাচ্ছি";
	for (size_t before = 0; before < 90; before++) {
		char text[600];
		memset(text, 'x', before);
		text[before] = '\0';
		strcat(text, letters);
		struct event event = {.t = 1,
				      .call = CALL,
				      .kind = EVENT_PROMISE_MADE,
				      .promise = CALL "/1",
				      .text = text};
		promise_list_free(&fixture->list);
		promise_apply(&fixture->list, &event);
		buffer_clear(&fixture->out);
		calendar_add(fixture->list.items[0], CALENDAR_TODOS, &fixture->out);
		struct buffer unfolded = {0};
		for (const char *line = fixture->out.text; *line != '\0';) {
			const char *end = strstr(line, "\r\n");
			assert_non_null(end);
			assert_true(end - line <= 75);
			assert_true(text_valid(line, (size_t)(end - line), NULL));
			if (*line == ' ')
				line++;
			else
				buffer_text(&unfolded, "\n");
			buffer_add(&unfolded, line, (size_t)(end - line));
			line = end + 2;
		}
		char *summary = strstr(unfolded.text, "SUMMARY:") + strlen("SUMMARY:");
		char *comma = strstr(summary, "\\,");
		assert_non_null(comma);
		memmove(comma, comma + 1, strlen(comma));
		*strchr(summary, '\n') = '\0';
		assert_string_equal(summary, text);
		buffer_free(&unfolded);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_event, start, stop),
		cmocka_unit_test_setup_teardown(test_todo, start, stop),
		cmocka_unit_test_setup_teardown(test_without_a_time, start, stop),
		cmocka_unit_test_setup_teardown(test_escapes, start, stop),
		cmocka_unit_test_setup_teardown(test_folds, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
