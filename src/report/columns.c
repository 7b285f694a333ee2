#include "report/columns.h"

#include <assert.h>
#include <string.h>

#include "base/words.h"
#include "report/figures.h"

struct filling {
	struct cell *cells;
	size_t count;
};

static void add_text(struct filling *filling, const char *name, const char *text)
{
	assert(filling->count < COLUMNS_MOST);
	filling->cells[filling->count++] =
		(struct cell){name, text == NULL ? CELL_NONE : CELL_TEXT, text, 0};
}

static void add_number(struct filling *filling, const char *name, double number)
{
	assert(filling->count < COLUMNS_MOST);
	filling->cells[filling->count++] = (struct cell){name, CELL_NUMBER, NULL, number};
}

static void add_count(struct filling *filling, const char *name, uint64_t count)
{
	add_number(filling, name, (double)count);
}

/* To a thousandth: more would say more than the figures do. */
static void add_part(struct filling *filling, const char *name, double part, bool known)
{
	add_number(filling, name, (double)(int)(part * 1000 + 0.5) / 1000);
	if (!known)
		filling->cells[filling->count - 1].kind = CELL_NONE;
}

static void add_share(struct filling *filling, const char *const names[3], uint64_t k, uint64_t n)
{
	struct interval interval = chance_interval(k, n);
	add_part(filling, names[0], n == 0 ? 0 : (double)k / (double)n, n > 0);
	add_part(filling, names[1], interval.low, n > 0);
	add_part(filling, names[2], interval.high, n > 0);
}

static void add_outcomes(struct filling *filling, const char *const names[OUTCOME_COUNT],
			 const uint64_t outcomes[OUTCOME_COUNT])
{
	for (int i = 0; i < OUTCOME_COUNT; i++)
		add_count(filling, names[i], outcomes[i]);
}

static const char *const outcome_keys[OUTCOME_COUNT] = {"resolved", "follow_up", "escalated",
							"dropped",  "other",	 "open"};
static const char *const passed_keys[OUTCOME_COUNT] = {"passed_resolved",  "passed_follow_up",
						       "passed_escalated", "passed_dropped",
						       "passed_other",	   "passed_open"};
static const char *const resolved_keys[] = {"resolved_share", "resolved_low", "resolved_high"};
static const char *const done_keys[] = {"done_share", "done_low", "done_high"};

static void add_calls(struct filling *filling, const struct tally *tally)
{
	add_count(filling, "calls", tally->calls);
	add_count(filling, "talk_seconds", (uint64_t)tally->talked / 1000);
	add_count(filling, "hold_seconds", (uint64_t)tally->held / 1000);
	add_count(filling, "calls_held", tally->holds);
	add_outcomes(filling, outcome_keys, tally->outcomes);
	add_share(filling, resolved_keys, tally->outcomes[OUTCOME_RESOLVED], tally_ended(tally));
	add_count(filling, "promises_made", tally->made);
	add_count(filling, "promises_kept", tally->kept);
	add_count(filling, "promises_exceeded", tally->exceeded);
	add_count(filling, "promises_broken", tally->broken);
	add_count(filling, "promises_overdue", tally->overdue);
}

static void add_line(struct filling *filling, const struct tally *tally)
{
	add_count(filling, "said", tally->calls);
	add_outcomes(filling, outcome_keys, tally->outcomes);
	add_share(filling, resolved_keys, tally->outcomes[OUTCOME_RESOLVED], tally_ended(tally));
	add_count(filling, "passed", tally->passed);
	add_outcomes(filling, passed_keys, tally->passed_outcomes);
	add_text(filling, "verdict", verdict_name(tally->verdict));
}

static void add_step(struct filling *filling, const struct tally *tally)
{
	add_count(filling, "calls", tally->of);
	add_count(filling, "done", tally->calls);
	add_count(filling, "done_in_own_words", tally->own);
	add_share(filling, done_keys, tally->calls, tally->of);
	add_outcomes(filling, outcome_keys, tally->outcomes);
	add_share(filling, resolved_keys, tally->outcomes[OUTCOME_RESOLVED], tally_ended(tally));
}

const struct tallies *columns_rows(const struct figures *figures, enum report_table table)
{
	switch (table) {
	case REPORT_LINES: return &figures->lines;
	case REPORT_STEPS: return &figures->steps;
	case REPORT_DAYS: return &figures->days;
	case REPORT_AGENTS: return &figures->agents;
	case REPORT_SITUATIONS:
	case REPORT_ALL: break;
	}
	return &figures->situations;
}

size_t columns_of(const struct figures *figures, enum report_table table, const struct tally *tally,
		  struct cell cells[COLUMNS_MOST])
{
	static const struct tally empty = {0};
	struct filling filling = {.cells = cells};
	if (tally == NULL)
		tally = &empty;
	const struct lexicon *names = &figures->names;
	const char *text = lexicon_text(names, tally->key.text);
	if (table == REPORT_DAYS || table == REPORT_AGENTS) {
		add_text(&filling, table == REPORT_DAYS ? "day" : "agent", text);
		add_calls(&filling, tally);
		return filling.count;
	}
	add_text(&filling, "playbook", lexicon_text(names, tally->key.playbook));
	if (table != REPORT_STEPS)
		add_text(&filling, "situation", lexicon_text(names, tally->key.situation));
	if (table == REPORT_STEPS || table == REPORT_LINES)
		add_text(&filling, "step", lexicon_text(names, tally->key.step));
	if (table == REPORT_LINES) {
		add_text(&filling, "line", text);
		add_line(&filling, tally);
	} else if (table == REPORT_STEPS) {
		add_step(&filling, tally);
	} else {
		add_calls(&filling, tally);
	}
	return filling.count;
}

size_t columns_total(const struct figures *figures, struct cell cells[COLUMNS_MOST])
{
	struct filling filling = {.cells = cells};
	add_calls(&filling, &figures->total);
	return filling.count;
}

const char *outcome_name(enum outcome outcome)
{
	static const char *const names[OUTCOME_COUNT] = {
		NC_("disposition", "resolved"),	 NC_("disposition", "follow-up"),
		NC_("disposition", "escalated"), NC_("disposition", "dropped"),
		NC_("disposition", "otherwise"), NC_("disposition", "left open")};
	return C_("disposition", names[outcome]);
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {"too-few-calls", "better", "worse"};
	return names[verdict];
}

static uint64_t field_of(const struct tallies *tallies, size_t row, size_t field)
{
	uint64_t number;
	memcpy(&number, (const char *)&tallies->rows[row] + field, sizeof(number));
	return number;
}

size_t columns_top(const struct tallies *tallies, size_t field, size_t most, size_t *rows)
{
	size_t count = 0;
	for (size_t i = 0; i < tallies->count; i++) {
		uint64_t number = field_of(tallies, i, field);
		size_t at = count;
		while (at > 0 && field_of(tallies, rows[at - 1], field) < number)
			at--;
		if (number == 0 || at == most)
			continue;
		count += count < most;
		memmove(rows + at + 1, rows + at, (count - 1 - at) * sizeof(*rows));
		rows[at] = i;
	}
	return count;
}
