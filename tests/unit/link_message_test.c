/* Lines that programs send to a coach: good ones, and what hostile ones get for an answer. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "link/message.h"

static struct arena arena;

static struct message read_line(const char *line)
{
	arena_free(&arena);
	return message_read(&arena, line, strlen(line));
}

static void heard(const char *line, const char *speaker, const char *text, bool final)
{
	struct message message = read_line(line);

	assert_int_equal(message.kind, MESSAGE_HEARD);
	assert_string_equal(message.utterance.speaker, speaker);
	assert_string_equal(message.utterance.text, text);
	assert_int_equal(message.utterance.final, final);
}

static void wrong(const char *line, size_t length, const char *part, size_t place)
{
	struct message message;

	arena_free(&arena);
	message = message_read(&arena, line, length);
	assert_int_equal(message.kind, MESSAGE_WRONG);
	assert_non_null(message.error);
	if (!strstr(message.error, part) || message.place != place)
		print_error("%.60s: %s at %zu\n", line, message.error, message.place);
	assert_non_null(strstr(message.error, part));
	assert_int_equal(message.place, place);
}

/* The letters of a text, with no NUL behind. */
static void put(char *at, const char *text)
{
	while (*text)
		*at++ = *text++;
}

static void plain_words(void **state)
{
	(void)state;
	heard("I want to cancel", "customer", "I want to cancel", true);
	heard("  it broke\tagain \r", "customer", "it broke again", true);
	heard("কিছুই কাজ করে না", "customer", "কিছুই কাজ করে না", true);
	heard("[oh well] {not JSON}", "customer", "[oh well] {not JSON}", true);
	heard("a\xe2\x80\xae reversed", "customer", "a reversed", true);
	assert_int_equal(read_line("").kind, MESSAGE_NOTHING);
	assert_int_equal(read_line(" \t \r").kind, MESSAGE_NOTHING);
}

static void objects(void **state)
{
	struct message message;

	(void)state;
	heard("{\"text\":\"hello\"}", "customer", "hello", true);
	heard(" {\"speaker\":\"agent\",\"text\":\"hello \\n there\",\"final\":false,\"more\":[1]}",
	      "agent", "hello   there", false);
	heard("{\"text\":\"\\u001b[2Jx\"}", "customer", "\xef\xbf\xbd[2Jx", true);
	message = read_line("{\"text\":\"x\",\"confidence\":0.5,\"start\":1.5,\"end\":2}");
	assert_true(message.utterance.confidence > 0.49 && message.utterance.confidence < 0.51);
	assert_true(message.utterance.start > 1.4 && message.utterance.end > 1.9);
	message = read_line("{\"text\":\"x\",\"confidence\":322.5}");
	assert_true(message.utterance.confidence < 0 && message.utterance.start < 0);
	assert_int_equal(read_line("{\"text\":\"\"}").kind, MESSAGE_NOTHING);
	assert_int_equal(read_line("{\"ask\":\"state\"}").kind, MESSAGE_ASK);
	message = read_line("{\"watch\":true}");
	assert_int_equal(message.kind, MESSAGE_WATCH);
	assert_true(message.watch);
	assert_false(read_line("{\"watch\":false}").watch);
}

static void actions(void **state)
{
	struct message message =
		read_line("{\"do\":\"fill-slot\",\"arguments\":[\"customer\",\"Ana\"]}");

	(void)state;
	assert_int_equal(message.kind, MESSAGE_DO);
	assert_int_equal(message.action, ACTION_FILL_SLOT);
	assert_string_equal(message.arguments[0], "customer");
	assert_string_equal(message.arguments[1], "Ana");
	message = read_line("{\"do\":\"undo\"}");
	assert_int_equal(message.action, ACTION_UNDO);
	assert_null(message.arguments[0]);
	/* every action of the list can be asked for, with as many arguments as its usage has words
	 */
	for (enum action action = 0; action < ACTION_COUNT; action++) {
		char line[128];

		snprintf(line, sizeof line, "{\"do\":\"%s\",\"arguments\":[%s]}",
			 action_entry(action)->name,
			 (const char *[]){"", "\"a\"", "\"a\",\"b\""}[message_arguments(action)]);
		message = read_line(line);
		assert_int_equal(message.kind, MESSAGE_DO);
		assert_int_equal(message.action, action);
	}
}

/* The quick way and the long way must mean the same: a member that only the long way takes is put
 * behind. */
static void both_ways_are_one(void **state)
{
	static const char *const members[] = {
		"\"text\":\"a b\"",
		"\"text\" : \"x\", \"speaker\" : \"agent\"",
		"\"text\":\"x\",\"final\":false,\"text\":\"y\"",
		"\"final\":1,\"text\":\" \"",
		"\"text\":\"\xc3\xa9\",\"confidence\":0.125,\"start\":12.75,\"end\":0",
		"\"text\":\"x\",\"confidence\":\"1\",\"start\":true",
		"\"speaker\":\"dog\",\"text\":\"x\"",
		"\"do\":\"undo\",\"text\":\"x\"",
		"\"text\":true",
		"\"a\":1,\"b\":2,\"text\":\"x\"",
		"\"text\":\"x\",\"start\":0.1,\"end\":123456.789",
	};
	struct arena other = {0};

	(void)state;
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		char line[256];
		struct message quick, slow;

		snprintf(line, sizeof line, "{%s}", members[i]);
		quick = read_line(line);
		snprintf(line, sizeof line, "{%s,\"more\":[]}", members[i]);
		slow = message_read(&other, line, strlen(line));
		assert_int_equal(quick.kind, slow.kind);
		if (quick.kind != MESSAGE_HEARD)
			continue;
		assert_string_equal(quick.utterance.text, slow.utterance.text);
		assert_string_equal(quick.utterance.speaker, slow.utterance.speaker);
		assert_int_equal(quick.utterance.final, slow.utterance.final);
		assert_memory_equal(&quick.utterance.confidence, &slow.utterance.confidence,
				    sizeof(double));
		assert_memory_equal(&quick.utterance.start, &slow.utterance.start, sizeof(double));
		assert_memory_equal(&quick.utterance.end, &slow.utterance.end, sizeof(double));
	}
	arena_free(&other);
}

#define WRONG(line, part, place) wrong(line, sizeof(line) - 1, part, place)

static void what_is_refused(void **state)
{
	(void)state;
	WRONG("abc\xff", "UTF-8", 4);
	WRONG("\xc0\xaf", "UTF-8", 1);
	WRONG("\xed\xa0\x80", "UTF-8", 1);
	WRONG("a\033[2J", "control", 2);
	WRONG("a\0b", "control", 2);
	WRONG("\x7f", "control", 1);
	WRONG("{\"text\":\"a\0b\"}", "JSON", 11);
	WRONG("{\"text\":\"\\u0000\"}", "JSON", 10);
	WRONG("{\"text\":\"\\ud800\"}", "JSON", 10);
	WRONG("{\"text\":\"\xff\"}", "JSON", 10);
	WRONG("{\"text\":\"a\tb\"}", "JSON", 11);
	WRONG("{\"text\":\"a\"}\0", "JSON", 13);
	WRONG("{\"text\":\"a\"} x", "JSON", 14);
	WRONG("{\"text\":\"a\",}", "JSON", 13);
	WRONG("{\"text\":\"a\",\"start\":007}", "JSON", 24);
	WRONG("{", "JSON", 1);
	WRONG("{\"text\":\"a\"}}", "JSON", 13);
	WRONG("{}", "needs", 0);
	WRONG("{\"text\":5}", "must be a text", 0);
	WRONG("{\"speaker\":\"dog\",\"text\":\"a\"}", "customer", 0);
	WRONG("{\"speaker\":7,\"text\":\"a\"}", "customer", 0);
	WRONG("{\"ask\":\"money\"}", "state", 0);
	WRONG("{\"ask\":{}}", "state", 0);
	WRONG("{\"do\":\"dance\"}", "no action \"dance\"", 0);
	WRONG("{\"do\":\"\\u009b31m\"}",
	      "no action \"\xef\xbf\xbd"
	      "31m\"",
	      0);
	WRONG("{\"do\":[]}", "name an action", 0);
	WRONG("{\"do\":\"undo\",\"arguments\":\"x\"}", "list", 0);
	WRONG("{\"do\":\"add-note\",\"arguments\":[1]}", "list of texts", 0);
	WRONG("{\"do\":\"undo\",\"arguments\":[\"x\"]}", "takes no argument", 0);
	WRONG("{\"do\":\"add-note\",\"arguments\":[\"x\",\"y\"]}", "takes one argument", 0);
	WRONG("{\"do\":\"fill-slot\",\"arguments\":[\"x\",\"y\",\"z\"]}", "takes two arguments", 0);
}

static void deep_and_long(void **state)
{
	char *line = malloc(MESSAGE_BYTES + 2);

	(void)state;
	memset(line, '[', MESSAGE_BYTES + 2);
	put(line, "{\"a\":");
	wrong(line, MESSAGE_BYTES, "JSON", 5 + 32);
	memset(line, 'x', MESSAGE_BYTES + 2);
	wrong(line, MESSAGE_BYTES + 1, "longer", MESSAGE_BYTES + 1);
	arena_free(&arena);
	assert_int_equal(message_read(&arena, line, MESSAGE_BYTES).kind, MESSAGE_HEARD);
	put(line, "{\"text\":\"");
	put(line + MESSAGE_BYTES - 2, "\"}");
	assert_int_equal(message_read(&arena, line, MESSAGE_BYTES).kind, MESSAGE_HEARD);
	free(line);
}

static void refusals_are_lines(void **state)
{
	struct buffer out = {0};

	(void)state;
	message_refuse("no \"x\"", 3, &out);
	message_refuse("never", 0, &out);
	assert_string_equal(out.text,
			    "{\"error\":\"no \\\"x\\\"\",\"place\":3}\n{\"error\":\"never\"}\n");
	buffer_free(&out);
}

static void utterances_come_back(void **state)
{
	struct utterance told = {.speaker = "agent",
				 .text = "I \"see\"",
				 .final = false,
				 .confidence = 0.25,
				 .start = 1,
				 .end = -1};
	struct buffer out = {0};
	struct message message;

	(void)state;
	utterance_write(&told, &out);
	assert_string_equal(out.text,
			    "{\"speaker\":\"agent\",\"text\":\"I \\\"see\\\"\",\"final\":false,"
			    "\"confidence\":0.25,\"start\":1}\n");
	message = message_read(&arena, out.text, out.length - 1);
	assert_string_equal(message.utterance.text, told.text);
	assert_string_equal(message.utterance.speaker, "agent");
	assert_false(message.utterance.final);
	buffer_free(&out);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_words),
		cmocka_unit_test(objects),
		cmocka_unit_test(actions),
		cmocka_unit_test(what_is_refused),
		cmocka_unit_test(deep_and_long),
		cmocka_unit_test(refusals_are_lines),
		cmocka_unit_test(utterances_come_back),
		cmocka_unit_test(both_ways_are_one),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
