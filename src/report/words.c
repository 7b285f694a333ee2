#include "report/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/words.h"
#include "call/when.h"
#include "report/figures.h"
#include "report/columns.h"

const char *words_rule(struct arena *arena, const struct figures *figures)
{
	return arena_format(
		arena,
		_("A share comes with Wilson's 95 %% interval (1927): what other calls of the same "
		  "kind might give. A wording is called better or worse than the others of its "
		  "step only where Fisher's exact test (1922) finds it at 5 %% divided by the "
		  "number of wordings compared, here %zu (Bonferroni); otherwise there are too few "
		  "calls to tell. None of it tells why."),
		(size_t)figures->comparisons);
}

static const char *of_which_days(struct arena *arena, const struct report *report)
{
	const char *since = words_date(arena, report->since);
	const char *until = words_date(arena, report->until);
	if (since != NULL && until != NULL)
		return arena_format(arena, _("calls begun from %s to %s"), since, until);
	if (since != NULL)
		return arena_format(arena, _("calls begun since %s"), since);
	if (until != NULL)
		return arena_format(arena, _("calls begun until %s"), until);
	return _("all calls");
}

const char *words_scope(struct arena *arena, const struct report *report)
{
	size_t files = report->files, events = (size_t)report->figures->events;
	const char *read_files =
		arena_format(arena, words_count("%zu file", "%zu files", files), files);
	const char *read =
		arena_format(arena, words_count("%zu event", "%zu events", events), events);
	return arena_format(arena, "%s, %s, %s", of_which_days(arena, report), read_files, read);
}

size_t words_notes(struct arena *arena, const struct figures *figures,
		   const char *notes[WORDS_NOTES_MOST])
{
	size_t count = 0, again = (size_t)figures->again, orphans = (size_t)figures->orphans;
	size_t left_out = (size_t)figures->left_out;
	if (again > 0)
		notes[count++] = arena_format(
			arena,
			words_count("%zu event was met a second time and not counted again",
				    "%zu events were met a second time and not counted again",
				    again),
			again);
	if (orphans > 0)
		notes[count++] = arena_format(
			arena,
			words_count(
				"%zu event is of a call whose beginning is in none of the files",
				"%zu events are of calls whose beginning is in none of the files",
				orphans),
			orphans);
	if (left_out > 0)
		notes[count++] = arena_format(
			arena,
			words_count("%zu event was left out: more than a report keeps in memory",
				    "%zu events were left out: more than a report keeps in memory",
				    left_out),
			left_out);
	return count;
}

const char *words_time(struct arena *arena, int64_t ms)
{
	int64_t seconds = (ms + 500) / 1000;
	if (seconds < 3600)
		return arena_format(arena, "%" PRId64 ":%02" PRId64, seconds / 60, seconds % 60);
	return arena_format(arena, "%" PRId64 ":%02" PRId64 ":%02" PRId64, seconds / 3600,
			    seconds / 60 % 60, seconds % 60);
}

const char *words_each(struct arena *arena, int64_t ms)
{
	/* words: how long a call was */
	return arena_format(arena, _("%s a call"), words_time(arena, ms));
}

const char *words_holds(struct arena *arena, uint64_t calls)
{
	size_t count = (size_t)calls;
	return arena_format(arena, words_count("in %zu of the calls", "in %zu of the calls", count),
			    count);
}

const char *words_share(struct arena *arena, uint64_t k, uint64_t n)
{
	if (n == 0)
		return "";
	struct interval interval = chance_interval(k, n);
	/* words: a share, and between what it may lie */
	return arena_format(arena, C_("report", "%.0f %% (%.0f–%.0f %%)"),
			    100 * (double)k / (double)n, 100 * interval.low, 100 * interval.high);
}

const char *words_outcome(struct arena *arena, enum outcome outcome, uint64_t count)
{
	size_t n = (size_t)count;
	switch (outcome) {
	case OUTCOME_RESOLVED:
		return arena_format(arena, words_count("%zu resolved", "%zu resolved", n), n);
	case OUTCOME_FOLLOW_UP:
		return arena_format(arena, words_count("%zu follow-up", "%zu follow-up", n), n);
	case OUTCOME_ESCALATED:
		return arena_format(arena, words_count("%zu escalated", "%zu escalated", n), n);
	case OUTCOME_DROPPED:
		return arena_format(arena, words_count("%zu dropped", "%zu dropped", n), n);
	case OUTCOME_OPEN:
		return arena_format(arena, words_count("%zu left open", "%zu left open", n), n);
	case OUTCOME_OTHER:
	case OUTCOME_COUNT: break;
	}
	return arena_format(arena, words_count("%zu otherwise", "%zu otherwise", n), n);
}

const char *words_outcomes(struct arena *arena, const uint64_t outcomes[OUTCOME_COUNT])
{
	const char *text = "";
	for (int i = 0; i < OUTCOME_COUNT; i++) {
		if (outcomes[i] > 0)
			text = arena_format(arena, "%s%s%s", text, *text == '\0' ? "" : ", ",
					    words_outcome(arena, (enum outcome)i, outcomes[i]));
	}
	return text;
}

const char *words_promises(struct arena *arena, const struct tally *tally)
{
	size_t kept = (size_t)tally->kept, broken = (size_t)tally->broken;
	size_t waiting = (size_t)tally->made - kept - broken;
	size_t exceeded = (size_t)tally->exceeded, overdue = (size_t)tally->overdue;
	const char *first =
		exceeded == 0 ? arena_format(arena, words_count("%zu kept", "%zu kept", kept), kept)
			      : arena_format(arena,
					     words_count("%zu kept (%zu exceeded)",
							 "%zu kept (%zu exceeded)", kept),
					     kept, exceeded);
	const char *last =
		overdue == 0
			? arena_format(arena, words_count("%zu waiting", "%zu waiting", waiting),
				       waiting)
			: arena_format(arena,
				       words_count("%zu waiting (%zu overdue)",
						   "%zu waiting (%zu overdue)", waiting),
				       waiting, overdue);
	return arena_format(
		arena, "%s, %s, %s", first,
		arena_format(arena, words_count("%zu broken", "%zu broken", broken), broken), last);
}

const char *words_verdict(const struct figures *figures, size_t line)
{
	const struct tally *rows = figures->lines.rows;
	bool others = false;
	if (rows[line].verdict == VERDICT_MORE)
		return _("better: resolved more often than with the other wordings of this step");
	if (rows[line].verdict == VERDICT_LESS)
		return _("worse: resolved less often than with the other wordings of this step");
	/* the lines of one step stand together */
	for (size_t i = line; !others && i-- > 0 && rows[i].group == rows[line].group;)
		others = rows[i].calls > 0;
	size_t count = figures->lines.count;
	for (size_t i = line + 1; !others && i < count && rows[i].group == rows[line].group; i++)
		others = rows[i].calls > 0;
	return others && rows[line].calls > 0 ? _("too few calls to tell") : NULL;
}

static const char *of_playbook(struct arena *arena, const struct figures *figures, const char *name,
			       const struct tally *tally)
{
	const char *playbook = lexicon_text(&figures->names, tally->key.playbook);
	if (playbook == NULL || figures->playbooks.count < 2)
		return name;
	return arena_format(arena, "%s (%s)", name, playbook);
}

const char *words_situation(struct arena *arena, const struct figures *figures,
			    const struct tally *tally)
{
	const char *situation = lexicon_text(&figures->names, tally->key.situation);
	return situation == NULL ? _("no situation")
				 : of_playbook(arena, figures, situation, tally);
}

const char *words_step(struct arena *arena, const struct figures *figures,
		       const struct tally *tally)
{
	return of_playbook(arena, figures, lexicon_text(&figures->names, tally->key.step), tally);
}

static bool read_day(const char *day, int *year, int *month, int *date)
{
	int end = 0;
	return sscanf(day, "%4d-%2d-%2d%n", year, month, date, &end) == 3 && day[end] == '\0';
}

/* Days since 1970-01-01, or -1 for what is no day.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
static int64_t number_of(const char *day)
{
	int year, month, date;
	if (!read_day(day, &year, &month, &date))
		return -1;
	year -= month <= 2;
	int64_t era = year / 400, of_era = year % 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* The same source, civil_from_days. */
static const char *day_of(struct arena *arena, int64_t number)
{
	number += 719468;
	int64_t era = number / 146097, of_era = number % 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	int64_t date = of_year - (153 * month + 2) / 5 + 1;
	month += month < 10 ? 3 : -9;
	return arena_format(arena, "%04" PRId64 "-%02" PRId64 "-%02" PRId64,
			    year + era * 400 + (month <= 2), month, date);
}

const char *words_day(struct arena *arena, const char *day, size_t after)
{
	return day_of(arena, number_of(day) + (int64_t)after);
}

const char *words_date(struct arena *arena, const char *day)
{
	char text[WHEN_TEXT_BYTES] = "";
	int year, month, date;
	if (day == NULL)
		return NULL;
	if (read_day(day, &year, &month, &date))
		when_show_day(year, month, date, text);
	return *text == '\0' ? day : arena_copy(arena, text, strlen(text));
}

const char *words_over_time(struct arena *arena, const struct series *series)
{
	const char *first = words_date(arena, series->first);
	const char *last = words_date(arena, series->last);
	if (series->days == 1)
		return arena_format(arena, _("Calls a day, %s to %s"), first, last);
	return arena_format(arena,
			    words_count("Calls in %zu day, %s to %s", "Calls in %zu days, %s to %s",
					series->days),
			    series->days, first, last);
}

struct series words_series(struct arena *arena, const struct figures *figures, size_t most)
{
	struct series series = {0};
	int64_t first = -1, last = -1;
	for (size_t i = 0; i < figures->days.count; i++) {
		const char *day = lexicon_text(&figures->names, figures->days.rows[i].key.text);
		int64_t number = number_of(day);
		if (number < 0)
			continue;
		first = first < 0 || number < first ? number : first;
		last = number > last ? number : last;
	}
	if (first < 0)
		return series;
	size_t days = (size_t)(last - first) + 1;
	series.days = (days + most - 1) / most;
	series.count = (days + series.days - 1) / series.days;
	series.values = arena_alloc(arena, series.count * sizeof(*series.values));
	series.first = day_of(arena, first);
	series.last = day_of(arena, last);
	for (size_t i = 0; i < figures->days.count; i++) {
		const struct tally *day = &figures->days.rows[i];
		int64_t number = number_of(lexicon_text(&figures->names, day->key.text));
		if (number < 0)
			continue;
		uint64_t *value = &series.values[(size_t)(number - first) / series.days];
		*value += day->calls;
		series.most = *value > series.most ? *value : series.most;
	}
	return series;
}
