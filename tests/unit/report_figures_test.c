/* The fold over many calls: by hand, against itself without what was taken back, and its bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "call/event.h"
#include "report/figures.h"
#include "report/print.h"

#define NOON INT64_C(1795262400000) /* 2026-11-21 12:00 UTC */
#define DAY INT64_C(86400000)

/* An event of call number n, so many seconds after noon. */
static struct event make(unsigned n, int64_t second, enum event_kind kind)
{
	struct event event = {.t = NOON + second * 1000, .kind = kind};
	snprintf(event.call, sizeof(event.call), "0193c0de-0000-7000-8000-%012x", n & 0xffffffffu);
	return event;
}

static void take(struct figures *figures, struct event event)
{
	figures_take(figures, &event);
}

static void start(struct figures *figures, unsigned n, int64_t second)
{
	struct event event = make(n, second, EVENT_CALL_STARTED);
	event.playbook = "angry";
	take(figures, event);
	event = make(n, second + 1, EVENT_SITUATION_OPENED);
	event.playbook = "angry";
	event.situation = "leave";
	take(figures, event);
}

static void say(struct figures *figures, unsigned n, int64_t second, const char *text, bool said)
{
	struct event event = make(n, second, said ? EVENT_LINE_SAID : EVENT_LINE_PASSED);
	event.step = "reflect";
	event.situation = "leave";
	event.text = text;
	take(figures, event);
}

static void end(struct figures *figures, unsigned n, int64_t second, const char *disposition)
{
	struct event event = make(n, second, EVENT_CALL_ENDED);
	event.disposition = disposition;
	take(figures, event);
}

static void promise(struct figures *figures, unsigned n, int64_t second, enum event_kind kind)
{
	struct event event = make(n, second, kind);
	char name[64];
	snprintf(name, sizeof(name), "%s/1", event.call);
	event.promise = name;
	event.text = "call back";
	event.due = NOON + DAY;
	take(figures, event);
}

static void undo(struct figures *figures, unsigned n, int64_t second, int64_t undone)
{
	struct event event = make(n, second, EVENT_UNDONE);
	event.undoes = NOON + undone * 1000;
	take(figures, event);
}

static const struct tally *line(const struct figures *figures, const char *text)
{
	for (size_t i = 0; i < figures->lines.count; i++) {
		const struct tally *row = &figures->lines.rows[i];
		if (strcmp(lexicon_text(&figures->names, row->key.text), text) == 0)
			return row;
	}
	return NULL;
}

static void counts_calls_once(void **state)
{
	(void)state;
	struct figures figures = {0};
	start(&figures, 1, 0);
	say(&figures, 1, 5, "A", false);
	say(&figures, 1, 10, "A", true);
	say(&figures, 1, 20, "A", true);
	take(&figures, make(1, 30, EVENT_CALL_HELD));
	take(&figures, make(1, 40, EVENT_CALL_HELD)); /* on hold already */
	take(&figures, make(1, 50, EVENT_CALL_RESUMED));
	take(&figures, make(1, 60, EVENT_CALL_HELD));
	end(&figures, 1, 100, "resolved");
	take(&figures, make(1, 110, EVENT_CALL_HELD)); /* too late */
	start(&figures, 2, 0);
	figures_finish(&figures, NOON + 2 * DAY);
	assert_int_equal(figures.total.calls, 2);
	assert_int_equal(figures.total.outcomes[OUTCOME_RESOLVED], 1);
	assert_int_equal(figures.total.outcomes[OUTCOME_OPEN], 1);
	assert_int_equal(figures.total.held, 60000);
	assert_int_equal(figures.total.talked, 40000);
	assert_int_equal(figures.total.holds, 1);
	assert_int_equal(line(&figures, "A")->calls, 1);
	assert_int_equal(line(&figures, "A")->passed, 1);
	assert_int_equal(line(&figures, "A")->passed_outcomes[OUTCOME_RESOLVED], 1);
	assert_int_equal(figures.steps.rows[0].calls, 1);
	assert_int_equal(figures.steps.rows[0].of, 2);
	assert_int_equal(figures.steps.rows[0].own, 0);
	figures_free(&figures);
}

static void takes_back(void **state)
{
	(void)state;
	struct figures figures = {0};
	struct event other = make(1, 2, EVENT_SITUATION_OPENED);
	other.playbook = "quiet";
	other.situation = "bother";
	start(&figures, 1, 0);
	take(&figures, other);
	undo(&figures, 1, 3, 2);
	say(&figures, 1, 10, "A", true);
	say(&figures, 1, 20, "B", true);
	undo(&figures, 1, 21, 20);
	undo(&figures, 1, 22, 20); /* once is enough */
	take(&figures, make(1, 30, EVENT_CALL_HELD));
	undo(&figures, 1, 31, 30);
	promise(&figures, 1, 40, EVENT_PROMISE_MADE);
	undo(&figures, 1, 41, 40);
	undo(&figures, 1, 50, 0); /* a beginning stays */
	undo(&figures, 1, 51, 7777);
	end(&figures, 1, 100, "dropped");
	undo(&figures, 1, 101, 100); /* so does an end */
	undo(&figures, 1, 102, 10);  /* but a line can be taken back afterwards */
	figures_finish(&figures, NOON + 2 * DAY);
	assert_int_equal(figures.total.talked, 100000);
	assert_int_equal(figures.total.holds, 0);
	assert_int_equal(figures.total.made, 0);
	assert_int_equal(figures.total.outcomes[OUTCOME_DROPPED], 1);
	assert_int_equal(figures.situations.count, 1);
	assert_string_equal(lexicon_text(&figures.names, figures.situations.rows[0].key.situation),
			    "leave");
	assert_null(line(&figures, "A"));
	assert_null(line(&figures, "B"));
	assert_int_equal(figures.steps.count, 0);
	figures_free(&figures);
}

/* Of a promise the latest change counts that was not taken back, also long after its call. */
static void follows_promises(void **state)
{
	(void)state;
	static const struct {
		const char *changes; /* k kept, b broken, u the latest change is taken back */
		bool kept, broken;
	} cases[] = {
		{"", false, false},	  {"k", true, false},	  {"b", false, true},
		{"kb", false, true},	  {"bk", true, false},	  {"ku", false, false},
		{"kbu", true, false},	  {"kbuu", false, false}, {"kbkuu", true, false},
		{"kbkuuu", false, false},
	};
	for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
		const char *changes = cases[i / 2].changes;
		struct figures figures = {0};
		start(&figures, 1, 0);
		promise(&figures, 1, 10, EVENT_PROMISE_MADE);
		end(&figures, 1, 20, "follow-up");
		/* every other time the call is counted before */
		for (unsigned n = 2; i % 2 == 0 && n < LIVE_ENDED_MOST + 10; n++) {
			start(&figures, n, 100 + n);
			end(&figures, n, 200 + n, "resolved");
		}
		assert_int_equal(live_find(&figures.lives, make(1, 0, 0).call) == NULL, i % 2 == 0);
		int64_t second = 100000, made[8];
		size_t count = 0;
		for (const char *change = changes; *change != '\0'; change++, second++) {
			if (*change == 'u') {
				undo(&figures, 1, second, made[--count]);
				continue;
			}
			made[count++] = second;
			promise(&figures, 1, second,
				*change == 'k' ? EVENT_PROMISE_KEPT : EVENT_PROMISE_BROKEN);
		}
		figures_finish(&figures, NOON + 2 * DAY);
		assert_int_equal(figures.total.made, 1);
		assert_int_equal(figures.total.kept, cases[i / 2].kept);
		assert_int_equal(figures.total.broken, cases[i / 2].broken);
		assert_int_equal(figures.total.overdue, !cases[i / 2].kept && !cases[i / 2].broken);
		assert_int_equal(figures.again + figures.orphans, 0);
		figures_free(&figures);
	}
}

static void a_copy_counts_once(void **state)
{
	(void)state;
	struct figures figures = {0};
	for (unsigned n = 1; n <= 2 * LIVE_ENDED_MOST; n++) {
		for (int copy = 0; copy < 2; copy++) { /* while it is still at hand */
			start(&figures, n, n * 100);
			say(&figures, n, n * 100 + 5, "A", true);
			promise(&figures, n, n * 100 + 6, EVENT_PROMISE_MADE);
			promise(&figures, n, n * 100 + 7, EVENT_PROMISE_KEPT);
			end(&figures, n, n * 100 + 10, "resolved");
		}
	}
	for (unsigned n = 1; n <= 2 * LIVE_ENDED_MOST; n++) { /* and long after */
		start(&figures, n, n * 100);
		say(&figures, n, n * 100 + 5, "A", true);
		end(&figures, n, n * 100 + 10, "dropped");
	}
	say(&figures, 99999, 5, "A", true);
	figures_finish(&figures, NOON);
	assert_int_equal(figures.total.calls, 2 * LIVE_ENDED_MOST);
	assert_int_equal(figures.total.outcomes[OUTCOME_RESOLVED], 2 * LIVE_ENDED_MOST);
	assert_int_equal(figures.total.made, 2 * LIVE_ENDED_MOST);
	assert_int_equal(figures.total.kept, 2 * LIVE_ENDED_MOST);
	assert_int_equal(figures.again, 2 * LIVE_ENDED_MOST * (6 + 4));
	assert_int_equal(figures.orphans, 1);
	figures_free(&figures);
}

static void memory_is_bounded(void **state)
{
	(void)state;
	struct figures figures = {0};
	for (unsigned n = 1; n <= 3000; n++) {
		start(&figures, n, n);
		end(&figures, n, n + 2, "resolved");
		assert_true(figures.lives.ended.count <= LIVE_ENDED_MOST);
	}
	assert_int_equal(figures.total.calls, 3000 - LIVE_ENDED_MOST);
	for (unsigned n = 10000; n < 10000 + LIVE_OPEN_MOST + 500; n++)
		take(&figures, make(n, n, EVENT_CALL_STARTED));
	assert_int_equal(figures.lives.open.count, LIVE_OPEN_MOST);
	assert_int_equal(figures.total.outcomes[OUTCOME_OPEN], 500);
	start(&figures, 1000000, 0);
	for (unsigned i = 0; i < LIVE_FACTS_MOST + 10; i++)
		say(&figures, 1000000, 10 + i, "A", true);
	assert_int_equal(figures.left_out, 11); /* one place went to the situation */
	char text[32];
	for (unsigned i = 0; i < TALLY_ROWS_MOST + 100; i++) {
		unsigned n = 2000000 + i / 1000;
		if (i % 1000 == 0)
			start(&figures, n, 0);
		snprintf(text, sizeof(text), "line %u", i);
		say(&figures, n, 10 + i, text, true);
	}
	figures_finish(&figures, NOON);
	assert_int_equal(figures.lines.count, TALLY_ROWS_MOST + 1); /* the others share one */
	figures_free(&figures);
}

static void keeps_to_its_days(void **state)
{
	(void)state;
	struct figures figures = {.since = NOON, .until = NOON + DAY};
	for (int i = -2; i <= 2; i++) {
		unsigned n = (unsigned)(i + 10);
		int64_t second = i * DAY / 2000;
		start(&figures, n, second);
		end(&figures, n, second + DAY / 1000, "resolved");
	}
	figures_finish(&figures, NOON);
	assert_int_equal(figures.total.calls, 2);
	assert_int_equal(figures.days.count, 2);
	assert_string_equal(lexicon_text(&figures.names, figures.days.rows[0].key.text),
			    "2026-11-21");
	assert_string_equal(lexicon_text(&figures.names, figures.days.rows[1].key.text),
			    "2026-11-22");
	figures_free(&figures);
}

static uint64_t seed = 1;

/* Source: xorshift64 (Marsaglia 2003). */
static unsigned draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed % below);
}

#define STORY_MOST 40

static struct event anything(unsigned n, int64_t second)
{
	static const enum event_kind kinds[] = {
		EVENT_SITUATION_OPENED, EVENT_SITUATION_OPENED, EVENT_STEP_OPENED,
		EVENT_SLOT_FILLED,	EVENT_LINE_SAID,	EVENT_LINE_SAID,
		EVENT_LINE_SAID,	EVENT_LINE_PASSED,	EVENT_LINE_PASSED,
		EVENT_STEP_DONE,	EVENT_STEP_DONE,	EVENT_PROMISE_MADE,
		EVENT_CALL_HELD,	EVENT_CALL_RESUMED,	EVENT_NOTE_ADDED,
	};
	static const char *const situations[] = {"leave", "shout", "bother"};
	static const char *const steps[] = {"reflect", "validate", "close"};
	static const char *const texts[] = {"A", "B", "C", "D"};
	static const char *const promises[] = {"p/1", "p/2", "p/3"};
	struct event event = make(n, second, kinds[draw(sizeof(kinds) / sizeof(kinds[0]))]);
	event.playbook = draw(3) == 0 ? "quiet" : "angry";
	event.situation =
		event.kind != EVENT_SITUATION_OPENED && draw(2) == 0 ? NULL : situations[draw(3)];
	event.step = steps[draw(3)];
	event.slot = "issue";
	event.text = texts[draw(4)];
	event.promise = promises[draw(3)];
	return event;
}

/* All that a report says, but for the number of events. */
static char *everything(struct figures *figures)
{
	struct buffer out = {0};
	figures_finish(figures, NOON);
	figures->events = 0;
	struct report report = {.figures = figures, .table = REPORT_ALL, .made = 0};
	print_json(&report, &out);
	figures_free(figures);
	return out.text;
}

/* A call with things taken back is the same as one in which they never happened. */
static void undone_is_as_if_never(void **state)
{
	(void)state;
	size_t undone = 0;
	for (int round = 0; round < 3000; round++) {
		struct figures with = {0}, without = {0};
		struct event story[STORY_MOST];
		bool gone[STORY_MOST] = {false};
		start(&with, 1, 0);
		size_t count = draw(STORY_MOST);
		for (size_t i = 0; i < count; i++) {
			story[i] = anything(1, 10 + (int64_t)i);
			size_t back = draw(STORY_MOST);
			if (back < i && draw(2) == 0) {
				story[i] = make(1, 10 + (int64_t)i, EVENT_UNDONE);
				story[i].undoes = story[back].t;
				gone[i] = true;
				/* what takes something back cannot be taken back */
				if (story[back].kind != EVENT_UNDONE) {
					undone += !gone[back];
					gone[back] = true;
				}
			}
			take(&with, story[i]);
		}
		end(&with, 1, 1000, "resolved");
		start(&without, 1, 0);
		for (size_t i = 0; i < count; i++) {
			if (!gone[i])
				take(&without, story[i]);
		}
		end(&without, 1, 1000, "resolved");
		char *left = everything(&with), *right = everything(&without);
		assert_string_equal(left, right);
		free(left);
		free(right);
	}
	assert_true(undone > 3000);
}

static void strange_names_do_no_harm(void **state)
{
	(void)state;
	struct lexicon names = {0};
	char text[16];
	assert_int_equal(lexicon_number(&names, NULL), 0);
	assert_null(lexicon_text(&names, 0));
	uint32_t empty = lexicon_number(&names, "");
	assert_string_equal(lexicon_text(&names, empty), "");
	assert_int_equal(lexicon_number(&names, "(others)"), LEXICON_OTHER);
	for (int i = 0; i < 100000; i++) {
		snprintf(text, sizeof(text), "%d", i);
		assert_string_equal(lexicon_text(&names, lexicon_number(&names, text)), text);
	}
	for (int i = 0; i < 100000; i += 777) {
		snprintf(text, sizeof(text), "%d", i);
		uint32_t number = lexicon_number(&names, text);
		assert_int_equal(lexicon_number(&names, text), number);
	}
	assert_int_equal(names.count, 100003);
	assert_int_equal(lexicon_number(&names, ""), empty);
	lexicon_free(&names);

	/* one megabyte after the other, until it wants no more */
	char *large = malloc(1 << 20);
	assert_non_null(large);
	memset(large, 'x', (1 << 20) - 1);
	large[(1 << 20) - 1] = '\0';
	uint32_t number = 0;
	for (int i = 0; i < 200; i++) {
		large[0] = (char)('a' + i % 26);
		large[1] = (char)('a' + i / 26);
		number = lexicon_number(&names, large);
	}
	assert_int_equal(number, LEXICON_OTHER);
	assert_true(names.arena.total <= LEXICON_BYTES_MOST + (4 << 20));
	lexicon_free(&names);
	free(large);
}

int main(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_calls_once),	 cmocka_unit_test(takes_back),
		cmocka_unit_test(follows_promises),	 cmocka_unit_test(a_copy_counts_once),
		cmocka_unit_test(memory_is_bounded),	 cmocka_unit_test(keeps_to_its_days),
		cmocka_unit_test(undone_is_as_if_never), cmocka_unit_test(strange_names_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
