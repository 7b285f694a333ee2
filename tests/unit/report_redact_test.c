/* Nothing that a customer said, and no name, gets through; the figures stay what they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "call/event.h"
#include "report/redact.h"

#define CALL "0193c0de-0000-7000-8000-00000000000a"

/* Every text of an event is this one. */
static struct event full_of(size_t kind, const char *text)
{
	return (struct event){
		.t = 1795286583123,
		.call = CALL,
		.kind = (enum event_kind)kind,
		.playbook = text,
		.language = text,
		.version = text,
		.situation = text,
		.step = text,
		.slot = text,
		.text = text,
		.speaker = text,
		.mood = text,
		.disposition = text,
		.agent = text,
		.promise = text,
		.zone = text,
		.due = 1795372983000,
		.undoes = 1795286583000,
	};
}

static size_t count(const char *text, const char *part)
{
	size_t found = 0;
	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		found++;
	return found;
}

static void no_words_get_through(void **state)
{
	(void)state;
	static const char *const secrets[] = {
		"Mrs SECRET",	      "SECRET's card 4111", "<SECRET>", "\"SECRET\"",
		CALL "/1 SECRET",     CALL "/SECRET",	    "SECRET:1", "+SECRET",
		"SECRET\xe0\xa6\x86",
	};
	struct redaction redaction = {0};
	struct arena arena = {0};
	struct buffer out = {0};
	for (size_t kind = 0; kind < EVENT_COUNT; kind++) {
		for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
			struct event event = full_of(kind, secrets[i]);
			struct event kept = redact_event(&redaction, &event, &arena);
			buffer_clear(&out);
			event_write(&kept, &out);
			/* a line passed over is one of a playbook; so is one said, unless the
			 * customer's words were in it, which speaker tells */
			assert_int_equal(count(out.text, "SECRET"), kind == EVENT_LINE_PASSED);
			event.speaker = NULL;
			kept = redact_event(&redaction, &event, &arena);
			bool line = kind == EVENT_LINE_SAID || kind == EVENT_LINE_PASSED;
			assert_int_equal(kept.text == secrets[i], line);
		}
	}
	redact_free(&redaction);
	buffer_free(&out);
	arena_free(&arena);
}

/* Also where the words look like an id. */
static void typed_words_go_whatever_they_are(void **state)
{
	(void)state;
	static const enum event_kind kinds[] = {EVENT_SLOT_FILLED, EVENT_HEARD, EVENT_NOTE_ADDED,
						EVENT_PROMISE_MADE, EVENT_PROMISE_KEPT};
	struct redaction redaction = {0};
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct event event = full_of(kinds[i], "rahman");
		assert_string_equal(redact_event(&redaction, &event, &arena).text, "…");
		assert_string_equal(redact_event(&redaction, &event, &arena).slot, "rahman");
		event.text = "";
		assert_string_equal(redact_event(&redaction, &event, &arena).text, "");
	}
	redact_free(&redaction);
	arena_free(&arena);
}

static void what_reports_need_stays(void **state)
{
	(void)state;
	struct redaction redaction = {0};
	struct arena arena = {0};
	struct event event = full_of(EVENT_PROMISE_MADE, "about-to-leave");
	event.promise = CALL "/12";
	event.zone = "+06:00";
	struct event kept = redact_event(&redaction, &event, &arena);
	assert_true(kept.t == event.t && kept.due == event.due && kept.undoes == event.undoes);
	assert_string_equal(kept.call, event.call);
	assert_string_equal(kept.promise, event.promise);
	assert_string_equal(kept.zone, event.zone);
	assert_string_equal(kept.situation, event.situation);
	assert_string_equal(kept.playbook, event.playbook);
	assert_string_equal(kept.disposition, event.disposition);
	redact_free(&redaction);
	arena_free(&arena);
}

static void agents_are_told_apart(void **state)
{
	(void)state;
	static const char *const names[] = {"asha", "bo", "asha", "(others)", "agent-1", "bo"};
	static const char *const instead[] = {"agent-1", "agent-2", "agent-1",
					      "agent-0", "agent-3", "agent-2"};
	struct redaction redaction = {0};
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct event event = {.kind = EVENT_CALL_STARTED, .agent = names[i]};
		assert_string_equal(redact_event(&redaction, &event, &arena).agent, instead[i]);
	}
	redact_free(&redaction);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_words_get_through),
		cmocka_unit_test(typed_words_go_whatever_they_are),
		cmocka_unit_test(what_reports_need_stays),
		cmocka_unit_test(agents_are_told_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
