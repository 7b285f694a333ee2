/* The fast reader of journal lines must never say anything but what the strict one says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "call/event.h"

#define CALL "0193c0de-0000-7000-8000-00000000000a"
#define ROUNDS 400000

static const char *const texts[] = {
	"So <issue>. Is that it?",
	"",
	"a text that is longer than eight bytes, and then some",
	"\xe0\xa6\x86\xe0\xa6\xae\xe0\xa6\xbf \xe0\xa6\x95\xe0\xa7\x87\xe0\xa6\xbe", /* not yet NFC
										      */
	"e\xcc\x81 \xc2\xad \xe2\x80\xae back",
	"say \"when\"",
	"\\ \" e\xcc\x81\\",
	"a line\nand \xe2\x80\xaa another",
};

#define TEXT_COUNT (sizeof(texts) / sizeof(texts[0]))

static struct event make(size_t kind, const char *text)
{
	return (struct event){
		.t = 1795286583123,
		.call = CALL,
		.kind = (enum event_kind)kind,
		.playbook = "angry",
		.language = "en",
		.version = "00000000000000ff",
		.situation = "about-to-leave",
		.step = "validate",
		.slot = "issue",
		.text = text,
		.speaker = "customer",
		.mood = "tense",
		.disposition = "resolved",
		.agent = "asha",
		.promise = CALL "/1",
		.zone = "+06:00",
		.due = 1795372983000,
		.undoes = 1795286583000,
	};
}

/* What an event says, for comparing. */
static void tell(const struct event *event, struct buffer *out)
{
	const char *all[] = {event->call,      event->playbook, event->language,    event->version,
			     event->situation, event->step,	event->slot,	    event->text,
			     event->speaker,   event->mood,	event->disposition, event->agent,
			     event->promise,   event->zone};
	buffer_clear(out);
	buffer_format(out, "%lld %d %lld %lld", (long long)event->t, (int)event->kind,
		      (long long)event->due, (long long)event->undoes);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		buffer_format(out, " %s", all[i] == NULL ? "(null)" : all[i]);
}

/* Reads a line both ways. Returns whether the fast one took it. The memory is as long as the line,
 * so that a sanitizer sees a read behind it. */
static bool agrees(const char *line, size_t length, struct arena *arena)
{
	struct event own, strict;
	struct buffer own_says = {0}, strict_says = {0};
	char *copy = malloc(length == 0 ? 1 : length);
	assert_non_null(copy);
	memcpy(copy, line, length);
	bool taken = event_read_own(copy, length, arena, &own);
	if (taken) {
		struct json *json = json_parse(line, length, NULL);
		assert_non_null(json);
		assert_true(event_read(json, arena, &strict, NULL));
		tell(&own, &own_says);
		tell(&strict, &strict_says);
		assert_string_equal(own_says.text, strict_says.text);
		json_free(json);
	} else {
		assert_memory_equal(copy, line, length);
	}
	buffer_free(&own_says);
	buffer_free(&strict_says);
	free(copy);
	arena_reset(arena);
	return taken;
}

static size_t write_line(struct buffer *line, size_t kind, const char *text)
{
	struct event event = make(kind, text);
	buffer_clear(line);
	event_write(&event, line);
	return line->length - 1;
}

static void takes_our_own_lines(void **state)
{
	(void)state;
	struct buffer line = {0};
	struct arena arena = {0};
	for (size_t kind = 0; kind < EVENT_COUNT; kind++) {
		for (size_t i = 0; i < TEXT_COUNT; i++) {
			size_t length = write_line(&line, kind, texts[i]);
			/* of the escapes that event_write makes only those of quotes and
			 * backslashes */
			bool strange = strstr(line.text, "\\n") != NULL ||
				       strstr(line.text, "\\u") != NULL;
			assert_int_equal(agrees(line.text, length, &arena), !strange);
		}
	}
	buffer_free(&line);
	arena_free(&arena);
}

static void takes_a_line_without_optional_fields(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"{\"t\":1,\"call\":\"" CALL "\",\"event\":\"call_started\"}",
		"{\"t\":9007199254740992,\"call\":\"" CALL "\",\"event\":\"call_held\"}",
		"{\"t\":5,\"call\":\"" CALL "\",\"event\":\"promise_kept\",\"promise\":\"p\"}",
	};
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_true(agrees(lines[i], strlen(lines[i]), &arena));
	arena_free(&arena);
}

static void leaves_the_rest_to_the_strict_one(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"",
		"{\"t\":0,\"call\":\"" CALL "\",\"event\":\"call_held\"}",
		"{\"t\":007,\"call\":\"" CALL "\",\"event\":\"call_held\"}",
		"{\"t\":9007199254740993,\"call\":\"" CALL "\",\"event\":\"call_held\"}",
		"{\"t\":90071992547409930,\"call\":\"" CALL "\",\"event\":\"call_held\"}",
		"{\"t\":1e3,\"call\":\"" CALL "\",\"event\":\"call_held\"}",
		"{\"t\":1, \"call\":\"" CALL "\",\"event\":\"call_held\"}",
		"{\"call\":\"" CALL "\",\"t\":1,\"event\":\"call_held\"}",
		"{\"t\":1,\"call\":\"0193C0DE-0000-7000-8000-00000000000A\",\"event\":\"call_"
		"held\"}",
		"{\"t\":1,\"call\":\"" CALL "\",\"event\":\"call_held\",\"mood\":\"calm\"}",
		"{\"t\":1,\"call\":\"" CALL "\",\"event\":\"call_held\"}}",
		"{\"t\":1,\"call\":\"" CALL "\",\"event\":\"call_held\"",
		"{\"t\":1,\"call\":\"" CALL "\",\"event\":\"step_done\"}",
		"{\"t\":1,\"call\":\"" CALL "\",\"event\":\"step_done\",\"step\":null}",
		"{\"t\":1,\"call\":\"" CALL "\",\"event\":\"step_done\",\"step\":\"a\x7f\"}",
		"{\"t\":1,\"call\":\"" CALL "\",\"event\":\"step_done\",\"step\":\"a\tb\"}",
		"{\"t\":1,\"call\":\"" CALL "\",\"event\":\"step_done\",\"step\":\"a\xff\"}",
		"{\"t\":1,\"call\":\"" CALL
		"\",\"event\":\"step_done\",\"step\":\"a\",\"step\":\"b\"}",
	};
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_false(agrees(lines[i], strlen(lines[i]), &arena));
	arena_free(&arena);
}

static uint64_t seed = 1;

/* Source: xorshift64 (Marsaglia 2003). */
static size_t draw(size_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed % below);
}

/* One small change: a byte set, taken out or put in, or a piece doubled. */
static size_t change(char *line, size_t length)
{
	static const char bytes[] =
		"\"\\{}[]:, 0123456789aeft-_\x01\x1f\x7f\x80\xbf\xc3\xa9\xe0\xff\n";
	char byte = bytes[draw(sizeof(bytes))]; /* its NUL too */
	size_t at = draw(length);
	switch (draw(4)) {
	case 0: line[at] = byte; return length;
	case 1: memmove(line + at, line + at + 1, length - at - 1); return length - 1;
	case 2:
		memmove(line + at + 1, line + at, length - at);
		line[at] = byte;
		return length + 1;
	default: {
		size_t size = draw(length - at < 40 ? length - at : 40);
		memmove(line + at + size, line + at, length - at);
		return length + size;
	}
	}
}

static void agrees_on_changed_lines(void **state)
{
	(void)state;
	struct buffer line = {0};
	struct arena arena = {0};
	size_t taken = 0;
	char changed[1024];
	for (size_t i = 0; i < ROUNDS; i++) {
		size_t length = write_line(&line, draw(EVENT_COUNT), texts[draw(TEXT_COUNT)]);
		assert_true(length < 800);
		memcpy(changed, line.text, length);
		for (size_t changes = 1 + draw(3); changes > 0; changes--)
			length = change(changed, length);
		taken += agrees(changed, length, &arena);
	}
	/* neither answer may be the only one that was tried */
	assert_in_range(taken, ROUNDS / 20, ROUNDS / 20 * 19);
	buffer_free(&line);
	arena_free(&arena);
}

int main(void)
{
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		return 1;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_our_own_lines),
		cmocka_unit_test(takes_a_line_without_optional_fields),
		cmocka_unit_test(leaves_the_rest_to_the_strict_one),
		cmocka_unit_test(agrees_on_changed_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
