/* The figures of a report: a fold over the events of many calls, one pass, in bounded memory.
 *
 * A call counts by the local day on which it began, under the situation that was open when it
 * ended. What was taken back never happened. A call is counted once it is well over (live.h), as
 * journals of several agents may lie one behind the other. No score is made of anything: these are
 * counts, and how sure they are is for chance.h to say. Reads no clock and no file; asks
 * localtime_r for days.
 */
#ifndef REPORT_FIGURES_H
#define REPORT_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/live.h"
#include "report/lexicon.h"
#include "report/pledge.h"
#include "report/tally.h"

struct event;

struct figures {
	int64_t since, until; /* ms: only calls begun from, and before; 0: no bound */

	/* for whoever prints, after figures_finish */
	struct lexicon names;
	struct tally total;
	struct tallies situations; /* most calls first */
	struct tallies lines;	   /* by playbook, situation and step; most said first */
	struct tallies steps;	   /* by playbook, in the order first met */
	struct tallies days;	   /* YYYY-MM-DD, rising */
	struct tallies agents;	   /* by name */
	uint64_t comparisons;	   /* wordings that were compared with others */
	uint64_t events;	   /* taken */
	uint64_t again;		   /* of them met before, as in a copy of a journal */
	uint64_t orphans;	   /* of calls whose beginning was not met */
	uint64_t left_out;	   /* past a bound on memory */

	/* the fold's own */
	struct lives lives;
	struct pledges pledges;
	struct tallies groups;	  /* situation and step: calls in which any line of it was said */
	struct tallies playbooks; /* calls in which one was open */
	uint32_t owner;
	struct live *latest;
	uint64_t serial; /* of the call being counted */
};

/* Whose calls the events that follow are, where they do not say so; may be NULL. */
void figures_owner(struct figures *figures, const char *name);

/* Takes an event in; its texts are not kept. Those of one call must come in order. */
void figures_take(struct figures *figures, const struct event *event);

/* Counts a call in all its rows, and forgets it; for figures_finish, which has a file of its own.
 */
void figures_count(struct figures *figures, struct live *live);

/* Counts the calls that are left, sees which promises are overdue at now (ms), compares wordings,
 * and sorts. Nothing can be taken after. */
void figures_finish(struct figures *figures, int64_t now);

void figures_free(struct figures *figures);

#endif
