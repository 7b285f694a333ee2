/* What is done once all events are in: promises settled, wordings compared, rows sorted. */
#include <stdlib.h>
#include <string.h>

#include "report/figures.h"

/* Rows with their names at hand, for sorting. */
struct sorted {
	struct tally tally;
	const char *playbook, *situation, *text;
	size_t order; /* in which rows were met; of a line, its step's */
};

static int compare_texts(const char *left, const char *right)
{
	if (left == NULL || right == NULL)
		return (left == NULL) - (right == NULL); /* what has no name comes last */
	return strcmp(left, right);
}

static int compare_numbers(uint64_t left, uint64_t right)
{
	return (left > right) - (left < right);
}

static int by_text(const void *left, const void *right)
{
	const struct sorted *a = left, *b = right;
	return compare_texts(a->text, b->text);
}

static int by_calls(const void *left, const void *right)
{
	const struct sorted *a = left, *b = right;
	int order = compare_numbers(b->tally.calls, a->tally.calls);
	if (order == 0)
		order = compare_texts(a->playbook, b->playbook);
	return order != 0 ? order : compare_texts(a->situation, b->situation);
}

static int by_step(const void *left, const void *right)
{
	const struct sorted *a = left, *b = right;
	int order = compare_texts(a->playbook, b->playbook);
	return order != 0 ? order : compare_numbers(a->order, b->order);
}

static int by_line(const void *left, const void *right)
{
	const struct sorted *a = left, *b = right;
	int order = compare_texts(a->playbook, b->playbook);
	if (order == 0)
		order = compare_texts(a->situation, b->situation);
	if (order == 0)
		order = compare_numbers(a->order, b->order);
	if (order == 0)
		order = compare_numbers(b->tally.calls, a->tally.calls);
	if (order == 0)
		order = compare_numbers(b->tally.passed, a->tally.passed);
	return order != 0 ? order : compare_texts(a->text, b->text);
}

/* Their cells are no longer right after: no row can be found by its key. */
static void sort_rows(const struct lexicon *names, struct tallies *tallies,
		      int (*compare)(const void *, const void *))
{
	bool lines = compare == by_line;
	size_t count = tallies->count;
	if (count == 0)
		return;
	struct sorted *sorted = calloc(count, sizeof(*sorted));
	if (sorted == NULL)
		abort();
	for (size_t i = 0; i < count; i++) {
		struct tally_key key = tallies->rows[i].key;
		sorted[i] = (struct sorted){.tally = tallies->rows[i],
					    .playbook = lexicon_text(names, key.playbook),
					    .situation = lexicon_text(names, key.situation),
					    .text = lexicon_text(names, key.text),
					    .order = lines ? tallies->rows[i].group : i};
	}
	qsort(sorted, count, sizeof(*sorted), compare);
	for (size_t i = 0; i < count; i++)
		tallies->rows[i] = sorted[i].tally;
	free(sorted);
}

static void settle(struct tally *tally, enum pledge_state state, bool overdue)
{
	tally->made++;
	tally->kept += state == PLEDGE_KEPT || state == PLEDGE_EXCEEDED;
	tally->exceeded += state == PLEDGE_EXCEEDED;
	tally->broken += state == PLEDGE_BROKEN;
	tally->overdue += overdue;
}

static void settle_promises(struct figures *figures, int64_t now)
{
	for (size_t i = 0; i < figures->pledges.count; i++) {
		const struct pledge *pledge = &figures->pledges.items[i];
		if (!pledge->made)
			continue;
		enum pledge_state state = pledge_state(&figures->pledges, pledge);
		bool overdue = state == PLEDGE_WAITS && pledge->due != 0 && pledge->due < now;
		settle(&figures->total, state, overdue);
		settle(&figures->situations.rows[pledge->situation], state, overdue);
		settle(&figures->days.rows[pledge->day], state, overdue);
		settle(&figures->agents.rows[pledge->agent], state, overdue);
	}
}

/* Out of how many calls a step could have been done. */
static void find_wholes(struct figures *figures)
{
	for (size_t i = 0; i < figures->steps.count; i++) {
		struct tally *step = &figures->steps.rows[i];
		struct tally_key key = {.playbook = step->key.playbook};
		size_t row = tally_row(&figures->playbooks, key); /* may move them */
		step->of = figures->playbooks.rows[row].calls;
		/* a step done although no situation was open */
		if (step->of < step->calls)
			step->of = step->calls;
	}
}

/* Each wording of a step against the calls in which that step was spoken with others only. */
static void compare_lines(struct figures *figures)
{
	uint64_t *wordings = calloc(figures->groups.count + 1, sizeof(*wordings));
	if (wordings == NULL)
		abort();
	for (size_t i = 0; i < figures->lines.count; i++)
		wordings[figures->lines.rows[i].group] += figures->lines.rows[i].calls > 0;
	for (size_t i = 0; i < figures->groups.count; i++)
		figures->comparisons += wordings[i] > 1 ? wordings[i] : 0;
	for (size_t i = 0; i < figures->lines.count; i++) {
		struct tally *line = &figures->lines.rows[i];
		const struct tally *group = &figures->groups.rows[line->group];
		uint64_t ended = tally_ended(line), resolved = line->outcomes[OUTCOME_RESOLVED];
		if (line->calls > 0 && wordings[line->group] > 1)
			line->verdict = chance_verdict(
				resolved, ended, group->outcomes[OUTCOME_RESOLVED] - resolved,
				tally_ended(group) - ended, figures->comparisons);
	}
	free(wordings);
}

void figures_finish(struct figures *figures, int64_t now)
{
	for (struct live *live; (live = live_surplus(&figures->lives, true)) != NULL;)
		figures_count(figures, live);
	settle_promises(figures, now);
	find_wholes(figures);
	compare_lines(figures);
	sort_rows(&figures->names, &figures->situations, by_calls);
	sort_rows(&figures->names, &figures->lines, by_line);
	sort_rows(&figures->names, &figures->steps, by_step);
	sort_rows(&figures->names, &figures->days, by_text);
	sort_rows(&figures->names, &figures->agents, by_text);
}
