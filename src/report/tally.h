/* Figures by situation, line, step, day or agent: a table of rows, found by a key of names.
 *
 * A row counts calls, each once, whatever happened in it how often. Past TALLY_ROWS_MOST rows new
 * keys share one row. Set a table to {0}; the owner calls tally_free.
 */
#ifndef REPORT_TALLY_H
#define REPORT_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/chance.h"

#define TALLY_ROWS_MOST 65536

/* How a call ended. */
enum outcome {
	OUTCOME_RESOLVED,
	OUTCOME_FOLLOW_UP,
	OUTCOME_ESCALATED,
	OUTCOME_DROPPED,
	OUTCOME_OTHER, /* in a word that a later version added */
	OUTCOME_OPEN,  /* not: no call_ended was found */
	OUTCOME_COUNT,
};

/* Numbers of names; 0 where it is not part of the key. Of a line: all four. Of a day or an agent:
 * text alone. */
struct tally_key {
	uint32_t playbook, situation, step, text;
};

struct tally {
	struct tally_key key;
	uint64_t calls; /* of a line: in which it was said; of a step: in which it was done */
	uint64_t outcomes[OUTCOME_COUNT];
	int64_t talked, held; /* ms, of calls that ended */
	uint64_t holds;	      /* calls that were on hold */
	uint64_t passed;      /* of a line: calls in which it was passed over */
	uint64_t passed_outcomes[OUTCOME_COUNT];
	uint64_t own;			      /* of a step: done in the agent's own words alone */
	uint64_t of;			      /* of a step: calls in which its playbook was open */
	uint64_t made, kept, broken, overdue; /* promises */
	uint64_t exceeded;		      /* of those kept */
	size_t group;			      /* of a line: row of its situation and step */
	enum verdict verdict;  /* of a line: resolved more often than with other wordings? */
	uint64_t stamp;	       /* the call that counted last */
	uint64_t passed_stamp; /* the same for passed; of a step for own */
};

struct tallies {
	struct tally *rows; /* owned */
	size_t count;
	uint32_t *cells; /* open addressing: row + 1, 0 where free; owned */
	size_t size;	 /* a power of two */
};

/* The number of the row with that key, a new one if need be. */
size_t tally_row(struct tallies *tallies, struct tally_key key);

/* Calls of a row that have ended; and those of them whose line was passed over. */
uint64_t tally_ended(const struct tally *tally);
uint64_t tally_passed_ended(const struct tally *tally);

void tally_free(struct tallies *tallies);

#endif
