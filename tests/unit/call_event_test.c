#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "call/action.h"
#include "call/event.h"
#include "call/id.h"

#define CALL "0193c0de-0000-7000-8000-00000000000a"

static struct event full_event(enum event_kind kind)
{
	return (struct event){
		.t = 1795286583123,
		.call = CALL,
		.kind = kind,
		.playbook = "angry",
		.language = "en",
		.version = "00000000000000ff",
		.situation = "about-to-leave",
		.step = "validate",
		.slot = "issue",
		.text = "it \"never\" came \\ \xe0\xa6\x86\xe0\xa6\xae\xe0\xa6\xbf",
		.speaker = "customer",
		.mood = "tense",
		.disposition = "resolved",
		.promise = CALL "/1",
		.zone = "+06:00",
		.due = 1795372983000,
		.undoes = 1795286583000,
	};
}

static void same_text(const char *left, const char *right)
{
	assert_int_equal(left == NULL, right == NULL);
	if (left != NULL)
		assert_string_equal(left, right);
}

static void same_event(const struct event *a, const struct event *b)
{
	assert_true(a->t == b->t && a->kind == b->kind);
	assert_true(a->due == b->due && a->undoes == b->undoes);
	assert_string_equal(a->call, b->call);
	same_text(a->playbook, b->playbook);
	same_text(a->language, b->language);
	same_text(a->version, b->version);
	same_text(a->situation, b->situation);
	same_text(a->step, b->step);
	same_text(a->slot, b->slot);
	same_text(a->text, b->text);
	same_text(a->speaker, b->speaker);
	same_text(a->mood, b->mood);
	same_text(a->disposition, b->disposition);
	same_text(a->promise, b->promise);
	same_text(a->zone, b->zone);
}

static bool parse(struct arena *arena, const char *text, size_t length, struct event *event,
		  const char **why)
{
	struct json *json = json_parse(text, length, NULL);
	bool good = event_read(json, arena, event, why);
	json_free(json);
	return good;
}

static void writes_as_designed(void **state)
{
	(void)state;
	struct buffer out = {0};
	struct event event = full_event(EVENT_LINE_SAID);
	event.text = "Right.";
	event.speaker = NULL;
	event_write(&event, &out);
	assert_string_equal(
		out.text,
		"{\"t\":1795286583123,\"call\":\"" CALL "\","
		"\"event\":\"line_said\",\"version\":\"00000000000000ff\",\"step\":\"validate\","
		"\"situation\":\"about-to-leave\",\"text\":\"Right.\"}\n");
	buffer_clear(&out);
	/* the customer's words stood in it, and are not written */
	event.text = "So <words>. Is that it?";
	event.speaker = "customer";
	event.situation = NULL;
	event.version = NULL;
	event_write(&event, &out);
	assert_string_equal(out.text, "{\"t\":1795286583123,\"call\":\"" CALL "\","
				      "\"event\":\"line_said\",\"step\":\"validate\","
				      "\"speaker\":\"customer\","
				      "\"text\":\"So <words>. Is that it?\"}\n");
	buffer_clear(&out);
	event = full_event(EVENT_PROMISE_MADE);
	event.text = "a call";
	event_write(&event, &out);
	assert_string_equal(out.text, "{\"t\":1795286583123,\"call\":\"" CALL "\","
				      "\"event\":\"promise_made\",\"promise\":\"" CALL "/1\","
				      "\"text\":\"a call\",\"due\":1795372983000,"
				      "\"zone\":\"+06:00\"}\n");
	buffer_clear(&out);
	event = full_event(EVENT_CALL_HELD);
	event_write(&event, &out);
	assert_string_equal(out.text, "{\"t\":1795286583123,\"call\":\"" CALL "\","
				      "\"event\":\"call_held\"}\n");
	buffer_free(&out);
}

/* Written, read, copied and written again, every kind gives the same line. */
static void comes_back(void **state)
{
	(void)state;
	for (size_t kind = 0; kind < EVENT_COUNT; kind++) {
		struct arena arena = {0};
		struct buffer first = {0}, second = {0};
		struct event event = full_event((enum event_kind)kind), read;
		const char *why = "";
		event_write(&event, &first);
		assert_true(parse(&arena, first.text, first.length - 1, &read, &why));
		assert_null(why);
		struct event copy = event_copy(&arena, &read);
		same_event(&read, &copy);
		event_write(&copy, &second);
		assert_string_equal(first.text, second.text);
		assert_ptr_equal(strchr(first.text, '\n'), first.text + first.length - 1);
		buffer_free(&first);
		buffer_free(&second);
		arena_free(&arena);
	}
}

static void fields_of_other_kinds_are_ignored(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct event event;
	const char *line = "{\"event\":\"call_held\",\"text\":\"x\",\"due\":5,\"new\":[1,{}],"
			   "\"call\":\"" CALL "\",\"t\":7}";
	assert_true(parse(&arena, line, strlen(line), &event, NULL));
	assert_null(event.text);
	assert_true(event.due == 0 && event.t == 7);
	arena_free(&arena);
}

#define HEAD "{\"t\":7,\"call\":\"" CALL "\",\"event\":"

static void refuses_what_is_no_event(void **state)
{
	(void)state;
	static const struct {
		const char *line, *why;
	} bad[] = {
		{"[]", "not a JSON object"},
		{"7", "not a JSON object"},
		{"nonsense", "not a JSON object"},
		{"{}", "\"t\" is not a time in milliseconds"},
		{"{\"t\":\"7\"}", "\"t\" is not a time in milliseconds"},
		{"{\"t\":7.5}", "\"t\" is not a time in milliseconds"},
		{"{\"t\":-7}", "\"t\" is not a time in milliseconds"},
		{"{\"t\":1e300}", "\"t\" is not a time in milliseconds"},
		{"{\"t\":7}", "\"call\" is not a call's id"},
		{"{\"t\":7,\"call\":7}", "\"call\" is not a call's id"},
		{"{\"t\":7,\"call\":\"../../../../../../../etc/passwd-0000000\"}",
		 "\"call\" is not a call's id"},
		{"{\"t\":7,\"call\":\"0193C0DE-0000-7000-8000-00000000000A\"}",
		 "\"call\" is not a call's id"},
		{"{\"t\":7,\"call\":\"" CALL "\"}", "\"event\" is not an event of talktrack"},
		{HEAD "\"line_sung\"}", "\"event\" is not an event of talktrack"},
		{HEAD "null}", "\"event\" is not an event of talktrack"},
		{HEAD "\"line_said\",\"step\":\"a\"}", "\"text\" is missing"},
		{HEAD "\"line_said\",\"text\":\"a\"}", "\"step\" is missing"},
		{HEAD "\"line_said\",\"step\":\"a\",\"text\":null}", "\"text\" is missing"},
		{HEAD "\"situation_opened\",\"situation\":\"a\"}", "\"playbook\" is missing"},
		{HEAD "\"undone\",\"undoes\":\"7\"}", "\"undoes\" is missing"},
		{HEAD "\"promise_made\",\"text\":\"a\"}", "\"promise\" is missing"},
		{HEAD "\"heard\",\"text\":\"a\"}", "\"speaker\" is missing"},
		{HEAD "\"call_ended\"}", "\"disposition\" is missing"},
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct arena arena = {0};
		struct event event;
		const char *why = NULL;
		assert_false(parse(&arena, bad[i].line, strlen(bad[i].line), &event, &why));
		assert_non_null(why);
		assert_string_equal(why, bad[i].why);
		arena_free(&arena);
	}
}

static void texts_are_cleaned(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct event event;
	const char *line = HEAD "\"note_added\",\"text\":\"a\\u001b[2Jb\\u202ec\\nd\"}";
	assert_true(parse(&arena, line, strlen(line), &event, NULL));
	assert_null(strchr(event.text, '\033'));
	assert_null(strchr(event.text, '\n'));
	assert_null(strstr(event.text, "\xe2\x80\xae"));
	arena_free(&arena);
}

static void makes_call_ids(void **state)
{
	(void)state;
	/* The example of RFC 9562, appendix A.6. */
	const unsigned char random[10] = {0x0c, 0xc3, 0x18, 0xc4, 0xdc,
					  0x0c, 0x0c, 0x07, 0x39, 0x8f};
	char id[EVENT_CALL_BYTES];
	id_make(id, INT64_C(0x017f22e279b0), random);
	assert_string_equal(id, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

static void actions_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		const struct action_entry *entry = action_entry((enum action)i);
		assert_int_equal(action_find(entry->name), i);
		assert_true(entry->help[0] != '\0');
	}
	assert_int_equal(action_find("say-lines"), ACTION_NONE);
	assert_int_equal(action_find(""), ACTION_NONE);
	assert_int_equal(action_entry(ACTION_SAY_LINE)->kind, ACTION_KIND_CALL);
	assert_int_equal(action_entry(ACTION_HELP)->kind, ACTION_KIND_SCREEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_as_designed),
		cmocka_unit_test(comes_back),
		cmocka_unit_test(fields_of_other_kinds_are_ignored),
		cmocka_unit_test(refuses_what_is_no_event),
		cmocka_unit_test(texts_are_cleaned),
		cmocka_unit_test(makes_call_ids),
		cmocka_unit_test(actions_are_found),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
