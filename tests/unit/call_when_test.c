#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "call/when.h"

/* A moment as text: "2026-11-25 10:00", in TZ. */
static int64_t at(const char *text)
{
	struct tm day = {.tm_isdst = -1};
	assert_int_equal(sscanf(text, "%d-%d-%d %d:%d:%d", &day.tm_year, &day.tm_mon, &day.tm_mday,
				&day.tm_hour, &day.tm_min, &day.tm_sec) >= 5,
			 1);
	day.tm_year -= 1900;
	day.tm_mon -= 1;
	return (int64_t)mktime(&day) * 1000;
}

static void zone_is(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

static void is(const char *text, const char *now, const char *then)
{
	int64_t due = 0;
	char zone[WHEN_ZONE_BYTES];
	if (!when_parse(text, at(now), &due, zone))
		fail_msg("\"%s\" was not understood", text);
	if (due != at(then))
		fail_msg("\"%s\" is not %s but %lld ms later", text, then,
			 (long long)(due - at(then)));
}

static void is_not(const char *text, const char *now)
{
	int64_t due = 0;
	char zone[WHEN_ZONE_BYTES];
	if (when_parse(text, at(now), &due, zone))
		fail_msg("\"%s\" was understood", text);
}

/* 2026-11-25 is a Wednesday. */
#define NOW "2026-11-25 10:00:30"

static void understands(void **state)
{
	(void)state;
	static const struct {
		const char *text, *then;
	} good[] = {
		{"today", "2026-11-25 17:00"},
		{"tonight", "2026-11-25 20:00"},
		{"tonight 9pm", "2026-11-25 21:00"},
		{"tomorrow", "2026-11-26 17:00"},
		{"Tomorrow 9:00", "2026-11-26 09:00"},
		{"tomorrow at 9:00", "2026-11-26 09:00"},
		{"tomorrow noon", "2026-11-26 12:00"},
		{"mon", "2026-11-30 17:00"},
		{"tue", "2026-12-01 17:00"},
		{"tues", "2026-12-01 17:00"},
		{"wed", "2026-12-02 17:00"},
		{"thu", "2026-11-26 17:00"},
		{"FRI", "2026-11-27 17:00"},
		{"by fri", "2026-11-27 17:00"},
		{"on friday", "2026-11-27 17:00"},
		{"sat", "2026-11-28 17:00"},
		{"sunday", "2026-11-29 17:00"},
		{"fri 15:00", "2026-11-27 15:00"},
		{"fri 3pm", "2026-11-27 15:00"},
		{"3pm fri", "2026-11-27 15:00"},
		{"  fri   3:30   pm ", "2026-11-27 15:30"},
		{"next week", "2026-12-02 17:00"},
		{"next week 9am", "2026-12-02 09:00"},
		{"in 2 days", "2026-11-27 17:00"},
		{"in 2 days 9:15", "2026-11-27 09:15"},
		{"2d", "2026-11-27 17:00"},
		{"30d", "2026-12-25 17:00"},
		{"30 days", "2026-12-25 17:00"},
		{"a day", "2026-11-26 17:00"},
		{"in 3 weeks", "2026-12-16 17:00"},
		{"3w", "2026-12-16 17:00"},
		{"in a week", "2026-12-02 17:00"},
		{"2 months", "2027-01-25 17:00"},
		{"2 hours", "2026-11-25 12:00:30"},
		{"2h", "2026-11-25 12:00:30"},
		{"in an hour", "2026-11-25 11:00:30"},
		{"48h", "2026-11-27 10:00:30"},
		{"45 min", "2026-11-25 10:45:30"},
		{"45min", "2026-11-25 10:45:30"},
		{"in 45 minutes", "2026-11-25 10:45:30"},
		{"2026-12-01", "2026-12-01 17:00"},
		{"by 2026-12-01", "2026-12-01 17:00"},
		{"2026-12-01 15:00", "2026-12-01 15:00"},
		{"2026-12-01T15:00", "2026-12-01 15:00"},
		{"2026-12-01t09:05", "2026-12-01 09:05"},
		{"2028-02-29", "2028-02-29 17:00"},
		{"15:30", "2026-11-25 15:30"},
		{"09:30", "2026-11-26 09:30"},
		{"10:00", "2026-11-26 10:00"},
		{"10:01", "2026-11-25 10:01"},
		{"3pm", "2026-11-25 15:00"},
		{"at 3pm", "2026-11-25 15:00"},
		{"3 PM", "2026-11-25 15:00"},
		{"9am", "2026-11-26 09:00"},
		{"12am", "2026-11-26 00:00"},
		{"12pm", "2026-11-25 12:00"},
		{"noon", "2026-11-25 12:00"},
	};
	zone_is("BDT-6");
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		is(good[i].text, NOW, good[i].then);
	zone_is("UTC0");
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		is(good[i].text, NOW, good[i].then);
}

static void refuses(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		" ",
		"foo",
		"fri foo",
		"foo fri",
		"fri fri",
		"in",
		"by",
		"at",
		"in fri",
		"next",
		"next foo",
		"fr",
		"fridays",
		"today 9:00",
		"2026-11-24",
		"2026-11-25 10:00",
		"1999-01-01",
		"2026-02-30",
		"2026-13-01",
		"2026-00-10",
		"26-12-01",
		"2026-12-1",
		"2026-12-01T",
		"2026-12-01T25:00",
		"2026-12-01 15:00 x",
		"2026/12/01",
		"25:00",
		"24:00",
		"15:60",
		"15:3",
		"15",
		"13pm",
		"0pm",
		"3pmx",
		"15:30pm",
		"0h",
		"0 min",
		"-2d",
		"2x",
		"2 d d",
		"99999d",
		"99999999999999999999h",
		"1 2 3 4 5 6 7 8",
		"2h 15:00",
		"হাতি",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	zone_is("UTC0");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		is_not(bad[i], NOW);
	is_not("today", "2026-11-25 17:00");
	is_not("tonight", "2026-11-25 20:00");
}

static void past_the_hour_of_today(void **state)
{
	(void)state;
	zone_is("UTC0");
	is("fri", "2026-11-27 18:00", "2026-12-04 17:00");
	is("tomorrow", "2026-12-31 23:59", "2027-01-01 17:00");
	is("0:30", "2026-12-31 23:59", "2027-01-01 00:30");
}

/* The same said in Esperanto and Bengali, as it comes: accents left out, x-notation, endings,
 * Bengali digits. */
static void understands_other_languages(void **state)
{
	(void)state;
	static const struct {
		const char *text, *then;
	} good[] = {
		{"hodiaŭ", "2026-11-25 17:00"},
		{"hodiaŭ vespere", "2026-11-25 20:00"},
		{"ĉi-vespere 21:00", "2026-11-25 21:00"},
		{"Morgaŭ 9:00", "2026-11-26 09:00"},
		{"morgau", "2026-11-26 17:00"},
		{"morgaux je la 9:00", "2026-11-26 09:00"},
		{"morgaŭ tagmeze", "2026-11-26 12:00"},
		{"ven", "2026-11-27 17:00"},
		{"vendrede", "2026-11-27 17:00"},
		{"ĝis vendredo", "2026-11-27 17:00"},
		{"ĴAŬDON 15:30", "2026-11-26 15:30"},
		{"jxauxdo", "2026-11-26 17:00"},
		{"lundo", "2026-11-30 17:00"},
		{"mardo", "2026-12-01 17:00"},
		{"merkredo", "2026-12-02 17:00"},
		{"dimanĉo", "2026-11-29 17:00"},
		{"sabate", "2026-11-28 17:00"},
		{"post 2 tagoj", "2026-11-27 17:00"},
		{"post unu tago", "2026-11-26 17:00"},
		{"3 semajnoj", "2026-12-16 17:00"},
		{"sekvan semajnon", "2026-12-02 17:00"},
		{"1 monato", "2026-12-25 17:00"},
		{"post 2 horoj", "2026-11-25 12:00:30"},
		{"আজ", "2026-11-25 17:00"},
		{"আজ রাতে", "2026-11-25 20:00"},
		{"আগামীকাল 9:00", "2026-11-26 09:00"},
		{"কাল সকাল ৯:০০টায়", "2026-11-26 09:00"},
		{"কাল দুপুরে", "2026-11-26 12:00"},
		{"শুক্রবার", "2026-11-27 17:00"},
		{"শুক্রবারের মধ্যে", "2026-11-27 17:00"},
		{"সোমবারে", "2026-11-30 17:00"},
		{"বৃহস্পতিবার ১৫:৩০", "2026-11-26 15:30"},
		{"২ দিন পরে", "2026-11-27 17:00"},
		{"2 দিনের মধ্যে", "2026-11-27 17:00"},
		{"আগামী সপ্তাহে", "2026-12-02 17:00"},
		{"২ ঘণ্টা পরে", "2026-11-25 12:00:30"},
		{"৩০ মিনিট", "2026-11-25 10:30:30"},
		{"২০২৬-১২-০১", "2026-12-01 17:00"},
	};
	zone_is("UTC0");
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		is(good[i].text, NOW, good[i].then);
	is_not("মধ্যে", NOW);
	is_not("la", NOW);
	is_not("vendredoj kaj lundoj", NOW);
	is_not("হাতি", NOW);
	is_not("\xe0\xa7", NOW);
}

static void carries_the_zone_at_due(void **state)
{
	(void)state;
	int64_t due;
	char zone[WHEN_ZONE_BYTES];
	zone_is("BDT-6");
	assert_true(when_parse("fri", at(NOW), &due, zone));
	assert_string_equal(zone, "+06:00");
	zone_is("UTC0");
	assert_true(when_parse("fri", at(NOW), &due, zone));
	assert_string_equal(zone, "+00:00");
	/* Summer time begins on 2027-03-14 in New York. */
	zone_is("EST5EDT,M3.2.0,M11.1.0");
	assert_true(when_parse("2027-03-13", at(NOW), &due, zone));
	assert_string_equal(zone, "-05:00");
	assert_true(when_parse("2027-03-14", at(NOW), &due, zone));
	assert_string_equal(zone, "-04:00");
	is("in 2 days", "2027-03-13 12:00", "2027-03-15 17:00");
	is("24h", "2027-03-13 12:00", "2027-03-14 13:00");
}

static void shown(const char *then, const char *zone, const char *expected)
{
	char text[WHEN_TEXT_BYTES];
	when_show(at(then), zone, at("2026-11-25 10:00"), text);
	assert_string_equal(text, expected);
}

static void shows(void **state)
{
	(void)state;
	char text[WHEN_TEXT_BYTES];
	zone_is("UTC0");
	shown("2026-11-27 17:00", "+00:00", "Fri 27 Nov 17:00");
	shown("2026-11-25 17:00", "+00:00", "today 17:00");
	shown("2026-11-25 09:05", "+00:00", "today 09:05");
	shown("2026-11-26 17:00", "+00:00", "tomorrow 17:00");
	shown("2026-11-25 20:00", "+06:00", "tomorrow 02:00");
	shown("2026-11-25 03:00", "-05:00", "Tue 24 Nov 22:00");
	shown("2026-11-27 11:00", "+05:45", "Fri 27 Nov 16:45");
	shown("2027-01-02 11:00", NULL, "Sat 2 Jan 2027 11:00");
	shown("2026-11-27 11:00", "nonsense", "Fri 27 Nov 11:00");
	when_show(0, "+00:00", at(NOW), text);
	assert_string_equal(text, "");
	when_show(INT64_C(9007199254740992), "+14:00", at(NOW), text);
	assert_true(strlen(text) > 10);
	when_show_moment(at("2026-11-25 17:00"), "+06:00", text);
	assert_string_equal(text, "Wed 25 Nov 2026 23:00");
	when_show_moment(0, NULL, text);
	assert_string_equal(text, "");
	when_show_day(2026, 12, 1, text);
	assert_string_equal(text, "1 Dec 2026");
	when_show_day(2026, 13, 1, text);
	assert_string_equal(text, "");
	when_show_day(2026, 0, 1, text);
	assert_string_equal(text, "");
}

static void tells_programs(void **state)
{
	(void)state;
	char text[WHEN_TEXT_BYTES];
	when_iso(at("2026-11-27 11:00"), "+06:00", text);
	assert_string_equal(text, "2026-11-27T17:00:00+06:00");
	when_iso(at("2026-11-27 11:00"), "-00:30", text);
	assert_string_equal(text, "2026-11-27T10:30:00-00:30");
	when_iso(at("2026-11-27 11:00"), "+00:00", text);
	assert_string_equal(text, "2026-11-27T11:00:00Z");
	when_iso(at("2026-11-27 11:00"), NULL, text);
	assert_string_equal(text, "2026-11-27T11:00:00Z");
	when_iso(0, "+06:00", text);
	assert_string_equal(text, "");
	when_iso(INT64_C(9007199254740992), "+14:00", text);
	assert_true(strlen(text) > 10);
}

static void tells_the_zone(void **state)
{
	(void)state;
	char zone[WHEN_ZONE_BYTES];
	zone_is("UTC-5:45");
	assert_true(when_zone(at(NOW), zone));
	assert_string_equal(zone, "+05:45");
	assert_int_equal(when_offset(zone), 345 * 60000);
	assert_int_equal(when_offset("-01:00"), -3600000);
	assert_int_equal(when_offset(NULL), 0);
	assert_int_equal(when_offset("UTC"), 0);
	zone_is("UTC0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(understands),
		cmocka_unit_test(refuses),
		cmocka_unit_test(past_the_hour_of_today),
		cmocka_unit_test(understands_other_languages),
		cmocka_unit_test(carries_the_zone_at_due),
		cmocka_unit_test(shows),
		cmocka_unit_test(tells_programs),
		cmocka_unit_test(tells_the_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
