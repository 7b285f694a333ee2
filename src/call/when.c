#include "call/when.h"

#include "base/words.h"
#include "call/when_words.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
	WORDS_MOST = 8,
	WORD_BYTES = 64,
	WORK_ENDS = 17 * 60, /* minutes after midnight */
	TONIGHT = 20 * 60,
	NUMBER_MOST = 9999,
	NO_TIME = -1,
};

static const char *const weekdays[] = {"sunday",   "monday", "tuesday", "wednesday",
				       "thursday", "friday", "saturday"};
/* As they are shown. */
static const char *const short_weekdays[] = {
	NC_("weekday", "Sun"), NC_("weekday", "Mon"), NC_("weekday", "Tue"), NC_("weekday", "Wed"),
	NC_("weekday", "Thu"), NC_("weekday", "Fri"), NC_("weekday", "Sat")};
static const char *const months[] = {NC_("month", "Jan"), NC_("month", "Feb"), NC_("month", "Mar"),
				     NC_("month", "Apr"), NC_("month", "May"), NC_("month", "Jun"),
				     NC_("month", "Jul"), NC_("month", "Aug"), NC_("month", "Sep"),
				     NC_("month", "Oct"), NC_("month", "Nov"), NC_("month", "Dec")};

/* What was typed, in lower case, cut at blanks, between digits and letters ("30d", "3pm"),
 * and at the T of a date with a time; Bengali digits as ASCII ones. */
struct words {
	char items[WORDS_MOST][WORD_BYTES];
	int count;
	int next; /* the first that was not understood so far */
};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

/* The byte at text in lower case; of a Bengali digit (U+09E6 to U+09EF) the ASCII one, its other
 * bytes passed over. */
static char lower(const char **text)
{
	const unsigned char *at = (const unsigned char *)*text;

	if (at[0] == 0xe0 && at[1] == 0xa7 && at[2] >= 0xa6 && at[2] <= 0xaf) {
		*text += 2;
		return (char)('0' + (at[2] - 0xa6));
	}
	return at[0] >= 'A' && at[0] <= 'Z' ? (char)(at[0] + 0x20) : (char)at[0];
}

/* Esperanto and Bengali words become the English ones. */
static void turn_words(struct words *words)
{
	int kept = 0;

	for (int i = 0; i < words->count; i++) {
		const char *word = when_word(words->items[i]);

		if (word == NULL)
			word = words->items[i];
		/* this evening is said as "today, in the evening" */
		if (strcmp(word, "tonight") == 0 && kept > 0 &&
		    strcmp(words->items[kept - 1], "today") == 0)
			kept--;
		if (*word != '\0')
			memmove(words->items[kept++], word, strlen(word) + 1);
	}
	words->count = kept;
}

static bool split(const char *text, struct words *words)
{
	size_t length = 0;
	char before = ' ';
	*words = (struct words){0};
	for (; *text != '\0'; text++) {
		char byte = lower(&text);
		if (byte == ' ') {
			before = ' ';
			continue;
		}
		bool new_word = before == ' ' || (is_digit(before) && is_letter(byte)) ||
				(is_letter(before) && is_digit(byte));
		if (new_word) {
			if (words->count == WORDS_MOST)
				return false;
			words->count++;
			length = 0;
		}
		if (length == WORD_BYTES - 1)
			return false;
		words->items[words->count - 1][length++] = byte;
		before = byte;
	}
	turn_words(words);
	return words->count > 0;
}

static const char *peek(const struct words *words)
{
	return words->next < words->count ? words->items[words->next] : "";
}

static bool take(struct words *words, const char *word)
{
	bool same = strcmp(peek(words), word) == 0;
	words->next += same;
	return same;
}

/* Digits, at least one and at most four. */
static bool read_number(const char **at, int *number)
{
	const char *begin = *at;
	*number = 0;
	for (; is_digit(**at) && *at - begin < 4; ++*at)
		*number = *number * 10 + (**at - '0');
	return *at > begin && !is_digit(**at);
}

static bool take_number(struct words *words, int *number)
{
	const char *at = peek(words);
	if (take(words, "a") || take(words, "an")) {
		*number = 1;
		return true;
	}
	if (!read_number(&at, number) || *at != '\0')
		return false;
	words->next++;
	return true;
}

/* Minutes after midnight: 15:30, 3pm, 3:30 pm, noon. */
static bool take_time(struct words *words, int *minutes)
{
	struct words before = *words;
	take(words, "at");
	if (take(words, "noon")) {
		*minutes = 12 * 60;
		return true;
	}
	const char *at = peek(words);
	int hour = 0, minute = 0;
	bool colon = false;
	bool good = read_number(&at, &hour);
	if (good && *at == ':') {
		colon = true;
		at++;
		const char *digits = at;
		good = read_number(&at, &minute) && at - digits == 2;
	}
	words->next++;
	bool am = take(words, "am"), pm = !am && take(words, "pm");
	if (am || pm) {
		good = good && hour >= 1 && hour <= 12;
		hour = hour % 12 + (pm ? 12 : 0);
	}
	if (!good || *at != '\0' || hour > 23 || minute > 59 || !(colon || am || pm)) {
		*words = before;
		return false;
	}
	*minutes = hour * 60 + minute;
	return true;
}

/* The moment of so many minutes after midnight on a day, which may lie past its month's end. */
static bool moment(struct tm day, int minutes, int64_t *due)
{
	day.tm_hour = minutes / 60;
	day.tm_min = minutes % 60;
	day.tm_sec = 0;
	day.tm_isdst = -1;
	time_t time = mktime(&day);
	*due = (int64_t)time * 1000;
	return time != (time_t)-1;
}

/* A day, and the hour it means when none is named. */
static bool take_weekday(struct words *words, struct tm *day)
{
	const char *word = peek(words);
	size_t length = strlen(word);
	for (int i = 0; i < 7 && length >= 3; i++) {
		if (strncmp(weekdays[i], word, length) != 0)
			continue;
		day->tm_mday += (i - day->tm_wday + 6) % 7 + 1;
		words->next++;
		return true;
	}
	return false;
}

static bool take_date(struct words *words, struct tm *day)
{
	const char *at = peek(words);
	const char *begin = at;
	int year, month, date;
	if (!read_number(&at, &year) || at - begin != 4 || *at++ != '-')
		return false;
	if (!read_number(&at, &month) || at - begin != 7 || *at++ != '-')
		return false;
	if (!read_number(&at, &date) || at - begin != 10 || *at != '\0')
		return false;
	struct tm asked = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = date};
	asked.tm_hour = 12;
	asked.tm_isdst = -1;
	struct tm real = asked;
	if (mktime(&real) == (time_t)-1 || real.tm_mon != month - 1 || real.tm_mday != date)
		return false;
	*day = asked;
	words->next++;
	/* The T of 2026-12-01T15:00, which split cut off. */
	if (words->count - words->next == 2)
		take(words, "t");
	return true;
}

static bool take_day(struct words *words, struct tm *day, int *minutes)
{
	*minutes = WORK_ENDS;
	if (take(words, "today"))
		return true;
	if (take(words, "tonight")) {
		*minutes = TONIGHT;
		return true;
	}
	if (take(words, "tomorrow")) {
		day->tm_mday++;
		return true;
	}
	if (take(words, "next")) {
		day->tm_mday += 7;
		return take(words, "week");
	}
	return take_weekday(words, day) || take_date(words, day);
}

/* One of several spellings, with blanks between. */
static bool take_unit(struct words *words, const char *spellings)
{
	const char *word = peek(words);
	size_t length = strlen(word);
	for (const char *at = spellings; length > 0 && *at != '\0';) {
		size_t size = strcspn(at, " ");
		if (size == length && strncmp(at, word, size) == 0) {
			words->next++;
			return true;
		}
		at += size + strspn(at + size, " ");
	}
	return false;
}

/* A number and its unit. exact: hours or minutes, from now on, so that no time may follow. */
static bool take_span(struct words *words, struct tm *day, int64_t *ms, bool *exact)
{
	int number;
	take(words, "in");
	if (!take_number(words, &number))
		return false;
	*exact = true;
	if (take_unit(words, "h hr hrs hour hours"))
		*ms = (int64_t)number * 60 * 60 * 1000;
	else if (take_unit(words, "min mins minute minutes"))
		*ms = (int64_t)number * 60 * 1000;
	else
		*exact = false;
	if (*exact)
		return true;
	if (take_unit(words, "d day days"))
		day->tm_mday += number;
	else if (take_unit(words, "w wk wks week weeks"))
		day->tm_mday += 7 * number;
	else if (take_unit(words, "month months"))
		day->tm_mon += number;
	else
		return false;
	return true;
}

/* The next time that it is so late. */
static bool next_hour(struct tm day, int minutes, int64_t now, int64_t *due)
{
	if (!moment(day, minutes, due))
		return false;
	if (*due > now)
		return true;
	day.tm_mday++;
	return moment(day, minutes, due);
}

static bool understand(struct words *words, struct tm today, int64_t now, int64_t *due)
{
	struct tm day = today;
	struct words all = *words;
	int minutes = WORK_ENDS;
	int64_t ms = 0;
	bool exact = false;
	if (take_span(words, &day, &ms, &exact)) {
		if (exact)
			*due = now + ms;
		else
			take_time(words, &minutes);
	} else {
		day = today;
		*words = all;
		if (!take(words, "by"))
			take(words, "on");
		bool timed = take_time(words, &minutes);
		if (timed && words->next == words->count)
			return next_hour(today, minutes, now, due);
		int usual;
		if (!take_day(words, &day, &usual))
			return false;
		if (!timed) {
			minutes = usual;
			take_time(words, &minutes);
		}
	}
	if (words->next < words->count)
		return false;
	return exact || moment(day, minutes, due);
}

bool when_zone(int64_t ms, char zone[WHEN_ZONE_BYTES])
{
	time_t time = (time_t)(ms / 1000);
	struct tm local;
	char offset[8];
	if (localtime_r(&time, &local) == NULL)
		return false;
	if (strftime(offset, sizeof(offset), "%z", &local) != 5)
		return false;
	snprintf(zone, WHEN_ZONE_BYTES, "%.3s:%.2s", offset, offset + 3);
	return true;
}

bool when_parse(const char *text, int64_t now, int64_t *due, char zone[WHEN_ZONE_BYTES])
{
	struct words words;
	struct tm today;
	time_t seconds = (time_t)(now / 1000);
	int64_t found = 0;
	if (!split(text, &words) || localtime_r(&seconds, &today) == NULL)
		return false;
	if (!understand(&words, today, now, &found) || found <= now || !when_zone(found, zone))
		return false;
	*due = found;
	return true;
}

int64_t when_offset(const char *zone)
{
	int hours, minutes;
	if (zone == NULL || strlen(zone) != 6 || (zone[0] != '+' && zone[0] != '-'))
		return 0;
	if (sscanf(zone + 1, "%2d:%2d", &hours, &minutes) != 2)
		return 0;
	int64_t offset = (hours * 60 + minutes) * INT64_C(60000);
	return zone[0] == '-' ? -offset : offset;
}

static bool civil(int64_t ms, struct tm *day)
{
	time_t time = (time_t)(ms / 1000);
	return gmtime_r(&time, day) != NULL;
}

static bool same_day(const struct tm *a, const struct tm *b)
{
	return a->tm_year == b->tm_year && a->tm_yday == b->tm_yday;
}

void when_show(int64_t due, const char *zone, int64_t now, char text[WHEN_TEXT_BYTES])
{
	struct tm then, today, tomorrow;
	int64_t offset = when_offset(zone);
	int64_t day = INT64_C(24) * 60 * 60 * 1000;
	text[0] = '\0';
	if (due == 0 || !civil(due + offset, &then) || !civil(now + offset, &today) ||
	    !civil(now + offset + day, &tomorrow))
		return;
	const char *weekday = C_("weekday", short_weekdays[then.tm_wday]);
	const char *month = C_("month", months[then.tm_mon]);
	char clock[6];
	strftime(clock, sizeof(clock), "%H:%M", &then);
	if (same_day(&then, &today))
		snprintf(text, WHEN_TEXT_BYTES, _("today %s"), clock);
	else if (same_day(&then, &tomorrow))
		snprintf(text, WHEN_TEXT_BYTES, _("tomorrow %s"), clock);
	else if (then.tm_year == today.tm_year)
		/* words: weekday, day, month, clock; write %2$d for the second of them and so on to
		 * put them in another order */
		snprintf(text, WHEN_TEXT_BYTES, C_("date", "%s %d %s %s"), weekday, then.tm_mday,
			 month, clock);
	else
		when_show_moment(due, zone, text);
}

void when_show_moment(int64_t ms, const char *zone, char text[WHEN_TEXT_BYTES])
{
	struct tm then;
	text[0] = '\0';
	if (ms == 0 || !civil(ms + when_offset(zone), &then))
		return;
	char clock[6];
	strftime(clock, sizeof(clock), "%H:%M", &then);
	/* words: weekday, day, month, year, clock */
	snprintf(text, WHEN_TEXT_BYTES, C_("date", "%s %d %s %d %s"),
		 C_("weekday", short_weekdays[then.tm_wday]), then.tm_mday,
		 C_("month", months[then.tm_mon]), then.tm_year + 1900, clock);
}

void when_show_day(int year, int month, int day, char text[WHEN_TEXT_BYTES])
{
	text[0] = '\0';
	if (month < 1 || month > 12)
		return;
	/* words: day, month, year */
	snprintf(text, WHEN_TEXT_BYTES, C_("date", "%d %s %d"), day, C_("month", months[month - 1]),
		 year);
}

void when_iso(int64_t ms, const char *zone, char text[WHEN_TEXT_BYTES])
{
	struct tm then;
	text[0] = '\0';
	if (ms == 0 || !civil(ms + when_offset(zone), &then))
		return;
	size_t length = strftime(text, WHEN_TEXT_BYTES, "%Y-%m-%dT%H:%M:%S", &then);
	snprintf(text + length, WHEN_TEXT_BYTES - length, "%s",
		 when_offset(zone) == 0 ? "Z" : zone);
}
