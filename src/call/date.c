#include "call/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "call/when.h"
#include "playbook/playbook.h"

enum { WEEKDAYS = 7, MONTHS = 12, DIGITS = 10, HALF_A_DAY = 12 };

struct saying {
	struct buffer out;
	const struct dates *dates;
	struct tm then;
};

static void put_digit(struct saying *saying, int digit)
{
	const char *at = saying->dates->digits;
	size_t size;

	if (at == NULL) {
		buffer_format(&saying->out, "%d", digit);
		return;
	}
	for (; digit > 0 && *at != '\0'; digit--) {
		text_decode(at, strlen(at), &size);
		at += size;
	}
	if (*at == '\0')
		return;
	text_decode(at, strlen(at), &size);
	buffer_add(&saying->out, at, size);
}

static void put_number(struct saying *saying, int number, int digits)
{
	if (number >= DIGITS || digits > 1)
		put_number(saying, number / DIGITS, digits - 1);
	put_digit(saying, number % DIGITS);
}

/* The part that began last; before the first of the day it is still that of the night before. */
static const char *part_of(const struct dates *dates, int hour)
{
	const char *part = "", *latest = "";
	long begun = -1, last = -1;

	for (size_t i = 0; i < dates->part_count; i++) {
		long from = strtol(dates->parts[i].from, NULL, 10);
		if (from <= hour && from > begun) {
			begun = from;
			part = dates->parts[i].to;
		}
		if (from > last) {
			last = from;
			latest = dates->parts[i].to;
		}
	}
	return begun < 0 ? latest : part;
}

static bool is(const char *id, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(id, word, length) == 0;
}

static void put_word(struct saying *saying, const char *id, size_t length)
{
	const struct tm *then = &saying->then;
	const struct dates *dates = saying->dates;

	if (is(id, length, "weekday"))
		buffer_text(&saying->out,
			    dates->weekdays.items[(then->tm_wday + WEEKDAYS - 1) % WEEKDAYS].text);
	else if (is(id, length, "day"))
		put_number(saying, then->tm_mday, 1);
	else if (is(id, length, "month"))
		buffer_text(&saying->out, dates->months.items[then->tm_mon].text);
	else if (is(id, length, "year"))
		put_number(saying, then->tm_year + 1900, 1);
	else if (is(id, length, "part"))
		buffer_text(&saying->out, part_of(dates, then->tm_hour));
	else if (is(id, length, "hour"))
		put_number(saying, (then->tm_hour + HALF_A_DAY - 1) % HALF_A_DAY + 1, 1);
	else if (is(id, length, "hour24"))
		put_number(saying, then->tm_hour, 1);
	else if (is(id, length, "minute"))
		put_number(saying, then->tm_min, 2);
}

/* Whether a pattern says an hour and no minute: "5 pm" for half past five. */
static bool drops_minutes(const char *pattern)
{
	bool hour = strstr(pattern, "<hour>") != NULL || strstr(pattern, "<hour24>") != NULL;

	return hour && strstr(pattern, "<minute>") == NULL;
}

const char *date_say(struct arena *arena, const struct dates *dates, int64_t due, const char *zone)
{
	struct saying saying = {.dates = dates};
	time_t seconds = (time_t)((due + when_offset(zone)) / 1000);
	size_t offset = 0, done = 0, length;
	const char *id;

	if (due == 0 || dates->on_hour == NULL || dates->weekdays.count != WEEKDAYS ||
	    dates->months.count != MONTHS || gmtime_r(&seconds, &saying.then) == NULL)
		return NULL;
	const char *pattern = saying.then.tm_min == 0 || dates->on_minute == NULL
				      ? dates->on_hour
				      : dates->on_minute;
	if (saying.then.tm_min != 0 && drops_minutes(pattern))
		return NULL;
	while (playbook_next_slot(pattern, &offset, &id, &length)) {
		size_t bracket = (size_t)(id - pattern) - 1;
		buffer_add(&saying.out, pattern + done, bracket - done);
		put_word(&saying, id, length);
		done = offset;
	}
	buffer_text(&saying.out, pattern + done);
	const char *text = arena_copy(arena, saying.out.text, saying.out.length);
	buffer_free(&saying.out);
	return text;
}
