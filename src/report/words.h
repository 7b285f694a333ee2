/* Sentences and series that the text and the page of a report share.
 */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "report/print.h"
#include "report/tally.h"

struct arena;

/* How to read shares, and when a wording is called better. In the arena, as all below. */
const char *words_rule(struct arena *arena, const struct figures *figures);

/* Of what the report is: "calls begun from ... to ..., 3 files, 120 events". */
const char *words_scope(struct arena *arena, const struct report *report);

/* What should be known about the journals read, a sentence each: rests that could not be counted.
 * Returns how many; there are at most WORDS_NOTES_MOST. */
#define WORDS_NOTES_MOST 4
size_t words_notes(struct arena *arena, const struct figures *figures,
		   const char *notes[WORDS_NOTES_MOST]);

/* "1:02:03" or "4:07". */
const char *words_time(struct arena *arena, int64_t ms);

/* "75 % (47–91 %)", or "" for none. */
const char *words_share(struct arena *arena, uint64_t k, uint64_t n);

/* "9 resolved". */
const char *words_outcome(struct arena *arena, enum outcome outcome, uint64_t count);

/* "9 resolved, 2 follow-up, 1 dropped": those that are not 0. */
const char *words_outcomes(struct arena *arena, const uint64_t outcomes[OUTCOME_COUNT]);

/* "8 kept (2 exceeded), 1 broken, 3 waiting (1 overdue)". */
const char *words_promises(struct arena *arena, const struct tally *tally);

/* "1:25 a call"; "in 3 of the calls": talk, and hold. */
const char *words_each(struct arena *arena, int64_t ms);
const char *words_holds(struct arena *arena, uint64_t calls);

/* What a line's verdict means, or NULL where there was no other to compare it with. */
const char *words_verdict(const struct figures *figures, size_t line);

/* A row's situation, or its step, by its id; with the playbook's name where there are several. */
const char *words_situation(struct arena *arena, const struct figures *figures,
			    const struct tally *tally);
const char *words_step(struct arena *arena, const struct figures *figures,
		       const struct tally *tally);

/* Calls a day over time, days without any too, several days in one value where there would be more
 * than most values. */
struct series {
	const char *first, *last; /* YYYY-MM-DD */
	uint64_t *values;
	size_t count;  /* 0: no days */
	size_t days;   /* in a value */
	uint64_t most; /* the highest value */
};

struct series words_series(struct arena *arena, const struct figures *figures, size_t most);

/* A day (YYYY-MM-DD) as people write it, "27 Nov 2026". NULL: NULL; what is no day comes back as it
 * is. */
const char *words_date(struct arena *arena, const char *day);

/* What a series shows: "Calls a day, 1 Nov 2026 to 3 Nov 2026". */
const char *words_over_time(struct arena *arena, const struct series *series);

/* The day a number of days after another. */
const char *words_day(struct arena *arena, const char *day, size_t after);

#endif
