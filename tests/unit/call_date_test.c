/* Days and hours in the words of a playbook, and playbooks whose words are wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "call/call.h"
#include "call/date.h"
#include "call/phrase.h"
#include "playbook/load.h"
#include "playbook/playbook.h"
#include "playbook/write.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define FRIDAY INT64_C(1795737600000) /* 2026-11-27 00:00 UTC */

static const char head[] = "talktrack: 1\ntitle: T\nlanguage: bn\n"
			   "slots: {deadline: {ask: x}}\n"
			   "steps: [{id: reflect, title: R}]\n";

static const char bengali[] =
	"dates:\n"
	"  weekdays: [সোমবার, মঙ্গলবার, বুধবার, বৃহস্পতিবার, শুক্রবার, শনিবার, রবিবার]\n"
	"  months: [জানুয়ারি, ফেব্রুয়ারি, মার্চ, এপ্রিল, মে, জুন, জুলাই, আগস্ট, সেপ্টেম্বর, অক্টোবর, নভেম্বর, "
	"ডিসেম্বর]\n"
	"  parts: {4: ভোর, 6: সকাল, 12: দুপুর, 15: বিকেল, 18: সন্ধ্যা, 20: রাত}\n"
	"  digits: ০১২৩৪৫৬৭৮৯\n"
	"  hour: <weekday> <day> <month> <part> <hour>টার মধ্যে\n"
	"  minute: <weekday> <day> <month> <part> <hour>টা <minute> মিনিটের মধ্যে\n";

struct fixture {
	struct arena arena;
	struct problem_list problems;
	struct playbook *playbook;
};

static void load(struct fixture *fixture, const char *dates)
{
	struct buffer text = {0};

	*fixture = (struct fixture){.playbook = NULL};
	fixture->problems.arena = &fixture->arena;
	buffer_format(&text, "%s%s", head, dates);
	fixture->playbook = load_text(&fixture->arena, "test.yaml", text.text, text.length, NULL,
				      &fixture->problems);
	buffer_free(&text);
}

static void says(struct fixture *fixture, int64_t due, const char *zone, const char *expected)
{
	const char *said = date_say(&fixture->arena, &fixture->playbook->dates, due, zone);

	assert_non_null(said);
	assert_string_equal(said, expected);
}

static void bengali_days_and_hours(void **state)
{
	struct fixture fixture;

	(void)state;
	load(&fixture, bengali);
	assert_int_equal(fixture.problems.count, 0);
	says(&fixture, FRIDAY + 17 * HOUR, NULL, "শুক্রবার ২৭ নভেম্বর বিকেল ৫টার মধ্যে");
	says(&fixture, FRIDAY + 11 * HOUR, "+06:00", "শুক্রবার ২৭ নভেম্বর বিকেল ৫টার মধ্যে");
	says(&fixture, FRIDAY + 9 * HOUR + 5 * MINUTE, "",
	     "শুক্রবার ২৭ নভেম্বর সকাল ৯টা ০৫ মিনিটের মধ্যে");
	says(&fixture, FRIDAY + 12 * HOUR, "", "শুক্রবার ২৭ নভেম্বর দুপুর ১২টার মধ্যে");
	says(&fixture, FRIDAY + 23 * HOUR, "+06:00", "শনিবার ২৮ নভেম্বর ভোর ৫টার মধ্যে");
	/* past midnight it is still the night that began at eight */
	says(&fixture, FRIDAY, "", "শুক্রবার ২৭ নভেম্বর রাত ১২টার মধ্যে");
	says(&fixture, FRIDAY + 2 * HOUR, "", "শুক্রবার ২৭ নভেম্বর রাত ২টার মধ্যে");
	for (int day = 1; day <= 3; day++)
		says(&fixture, FRIDAY + day * 24 * HOUR + 19 * HOUR, "",
		     (const char *const[]){"শনিবার ২৮ নভেম্বর সন্ধ্যা ৭টার মধ্যে",
					   "রবিবার ২৯ নভেম্বর সন্ধ্যা ৭টার মধ্যে",
					   "সোমবার ৩০ নভেম্বর সন্ধ্যা ৭টার মধ্যে"}[day - 1]);
	assert_null(date_say(&fixture.arena, &fixture.playbook->dates, 0, ""));
	arena_free(&fixture.arena);
}

#define WEEK "weekdays: [lu, ma, me, ja, ve, sa, di]"
#define YEAR "months: [a, b, c, d, e, f, g, h, i, j, k, l]"

static void a_clock_of_24_hours_and_a_year(void **state)
{
	struct fixture fixture;

	(void)state;
	load(&fixture, "dates: {" WEEK ", " YEAR ", hour: \"<weekday> <day>-a <month> <year> je "
		       "<hour24>:<minute><part>\"}\n");
	assert_int_equal(fixture.problems.count, 0);
	says(&fixture, FRIDAY + 17 * HOUR, "", "ve 27-a k 2026 je 17:00");
	says(&fixture, FRIDAY + 7 * HOUR + 4 * MINUTE, "", "ve 27-a k 2026 je 7:04");
	arena_free(&fixture.arena);
}

static void a_playbook_without_dates_says_none(void **state)
{
	struct fixture fixture;

	(void)state;
	load(&fixture, "");
	assert_non_null(fixture.playbook);
	assert_null(date_say(&fixture.arena, &fixture.playbook->dates, FRIDAY, ""));
	arena_free(&fixture.arena);
}

/* The promise made last stands for <deadline> in the playbook's words; what the agent typed does
 * not change. */
static void a_promise_is_read_back(void **state)
{
	struct fixture fixture;
	struct call_promise promise = {
		.name = "x/1", .text = "লিখব", .due = FRIDAY + 17 * HOUR, .zone = "+00:00"};
	struct call call = {.phase = CALL_OPEN, .promises = &promise, .promise_count = 1};

	(void)state;
	load(&fixture, bengali);
	struct phrase phrase =
		phrase_make(&fixture.arena, fixture.playbook, &call, "<deadline> জানাব।");
	assert_string_equal(phrase.text, "শুক্রবার ২৭ নভেম্বর বিকেল ৫টার মধ্যে জানাব।");
	arena_free(&fixture.arena);
	load(&fixture, "");
	phrase = phrase_make(&fixture.arena, fixture.playbook, &call, "By <deadline>.");
	assert_string_equal(phrase.text, "By 2026-11-27 17:00.");
	arena_free(&fixture.arena);
}

static void mistakes_are_told(void **state)
{
	static const struct {
		const char *dates, *message;
		int line, column;
	} cases[] = {
		{"dates: {weekdays: [a, b], " YEAR ", hour: x}\n", "'weekdays' are 2 here, not 7",
		 6, 19},
		{"dates: {" WEEK ", months: [a], hour: x}\n", "'months' are 1 here, not 12", 6, 57},
		{"dates: {" WEEK ", " YEAR ", digits: \"012\", hour: x}\n",
		 "'012' are not ten digits", 6, 103},
		{"dates: {" WEEK ", " YEAR ", hour: \"<day> <oclock>\"}\n",
		 "there is no '<oclock>' in a date", 6, 108},
		{"dates:\n  " WEEK "\n  " YEAR "\n  hour: x\n  parts: {24: late}\n",
		 "'24' is no hour", 10, 11},
		{"dates: {" YEAR ", hour: x}\n", "this way to say dates has no 'weekdays'", 6, 8},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture fixture;
		load(&fixture, cases[i].dates);
		assert_null(fixture.playbook);
		assert_int_equal(fixture.problems.count, 1);
		assert_string_equal(fixture.problems.items[0].message, cases[i].message);
		assert_int_equal(fixture.problems.items[0].place.line, cases[i].line);
		assert_int_equal(fixture.problems.items[0].place.column, cases[i].column);
		arena_free(&fixture.arena);
	}
}

static void it_is_written_as_it_was_read(void **state)
{
	struct fixture fixture;
	struct buffer out = {0};

	(void)state;
	load(&fixture, bengali);
	write_playbook(&out, fixture.playbook);
	assert_non_null(strstr(out.text, "    \"15\": বিকেল\n"));
	assert_non_null(strstr(out.text, "  digits: ০১২৩৪৫৬৭৮৯\n"));
	buffer_free(&out);
	arena_free(&fixture.arena);
}

/* Half past five is not "5 pm": a pattern that cannot say the minute says nothing. */
static void minutes_are_not_dropped(void **state)
{
	static const char days[] = "dates:\n"
				   "  weekdays: [a, b, c, d, e, f, g]\n"
				   "  months: [a, b, c, d, e, f, g, h, i, j, k, l]\n";
	struct fixture fixture;
	char text[400];

	(void)state;
	snprintf(text, sizeof text, "%s%s", days, "  hour: by <hour24> sharp\n");
	load(&fixture, text);
	assert_int_equal(fixture.problems.count, 0);
	says(&fixture, FRIDAY + 17 * HOUR, "", "by 17 sharp");
	assert_null(date_say(&fixture.arena, &fixture.playbook->dates, FRIDAY + 17 * HOUR + MINUTE,
			     ""));
	arena_free(&fixture.arena);
	snprintf(text, sizeof text, "%s%s", days, "  hour: by <hour24>:<minute>\n");
	load(&fixture, text);
	says(&fixture, FRIDAY + 17 * HOUR + 5 * MINUTE, "", "by 17:05");
	arena_free(&fixture.arena);
	snprintf(text, sizeof text, "%s%s", days, "  hour: on <weekday>\n");
	load(&fixture, text);
	says(&fixture, FRIDAY + 17 * HOUR + 5 * MINUTE, "", "on e");
	arena_free(&fixture.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_are_not_dropped),
		cmocka_unit_test(bengali_days_and_hours),
		cmocka_unit_test(a_clock_of_24_hours_and_a_year),
		cmocka_unit_test(a_playbook_without_dates_says_none),
		cmocka_unit_test(a_promise_is_read_back),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(it_is_written_as_it_was_read),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
