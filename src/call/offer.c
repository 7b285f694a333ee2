/* What there is to say, and which of it comes first. */
#include <stdlib.h>
#include <string.h>

#include "call/call.h"
#include "base/words.h"
#include "call/history.h"

struct candidate {
	const struct line *line;
	size_t place;	 /* as written */
	int64_t said;	 /* to anybody, in earlier calls; 0: never */
	int64_t said_to; /* to this customer; 0: never, or it does not matter */
	int rank;	 /* in the last step: a promise that was made is read back first */
};

static int compare_times(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
	const struct candidate *a = left;
	const struct candidate *b = right;
	int order = (a->rank > b->rank) - (a->rank < b->rank);
	if (order == 0)
		order = compare_times(a->said_to, b->said_to);
	if (order == 0)
		order = compare_times(a->said, b->said);
	if (order == 0)
		order = (a->place > b->place) - (a->place < b->place);
	return order;
}

static void gather(struct candidate *candidates, size_t *count, const struct line_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		candidates[*count] = (struct candidate){.line = &list->items[i], .place = *count};
		++*count;
	}
}

/* Lines with <promise> come first once one was made, and last before. */
static int read_back(const struct call *call, const char *text)
{
	if (strstr(text, "<promise>") == NULL)
		return 0;
	return call->promise_count > 0 || call_slot(call, "promise", strlen("promise")) != NULL ? -1
												: 1;
}

size_t call_lines(const struct call *call, size_t step, struct arena *scratch,
		  const struct line ***lines)
{
	*lines = NULL;
	if (call->phase == CALL_NONE || call->playbook == NULL ||
	    step >= call->playbook->step_count)
		return 0;
	static const struct line_list none = {0};
	const struct line_list *own = call->situation != NULL ? &call->situation->say[step] : &none;
	const struct line_list *shared = &call->playbook->say[step];
	size_t most = own->count + shared->count;
	struct candidate *candidates = arena_alloc(scratch, most * sizeof(*candidates));
	size_t count = 0;
	gather(candidates, &count, own);
	gather(candidates, &count, shared);

	bool last = step == call->playbook->step_count - 1;
	for (size_t i = 0; i < count && last; i++)
		candidates[i].rank = read_back(call, candidates[i].line->text);
	if (call->history != NULL && call->history->count > 0) {
		const char *customer =
			last ? call_slot(call, "customer", strlen("customer")) : NULL;
		for (size_t i = 0; i < count; i++) {
			const char *text = candidates[i].line->text;
			candidates[i].said = history_said(call->history, text);
			candidates[i].said_to = history_said_to(call->history, customer, text);
		}
	}
	bool sorted = true;
	for (size_t i = 1; i < count && sorted; i++)
		sorted = compare(&candidates[i - 1], &candidates[i]) <= 0;
	if (!sorted)
		qsort(candidates, count, sizeof(*candidates), compare);

	*lines = arena_alloc(scratch, count * sizeof(const struct line *));
	for (size_t i = 0; i < count; i++)
		(*lines)[i] = candidates[i].line;
	return count;
}

/* How little a line is to be offered: fresh ones first, then those passed over, then those said,
 * among each the one touched longest ago. */
static size_t staleness(const struct call *call, const char *text)
{
	size_t touched = 0;
	bool said = false;
	for (size_t i = 0; i < call->line_count; i++) {
		if (strcmp(call->lines[i].text, text) != 0)
			continue;
		touched = i + 1;
		said = said || call->lines[i].said;
	}
	return touched + (said ? call->line_count + 1 : 0);
}

const struct line *call_offer(const struct call *call, size_t step, struct arena *scratch)
{
	const struct line **lines;
	size_t count = call_lines(call, step, scratch, &lines);
	const struct line *best = NULL;
	size_t least = SIZE_MAX;
	for (size_t i = 0; i < count && least > 0; i++) {
		size_t stale = staleness(call, lines[i]->text);
		if (stale < least) {
			least = stale;
			best = lines[i];
		}
	}
	return best;
}

static bool was(const struct call *call, const char *text, bool said)
{
	for (size_t i = 0; i < call->line_count; i++) {
		if (call->lines[i].said == said && strcmp(call->lines[i].text, text) == 0)
			return true;
	}
	return false;
}

bool call_was_said(const struct call *call, const char *text)
{
	return was(call, text, true);
}

bool call_was_passed(const struct call *call, const char *text)
{
	return was(call, text, false);
}

uint32_t call_gate(const struct call *call, size_t step)
{
	if (call->playbook == NULL || step >= call->playbook->step_count)
		return 0;
	if ((call->gates_opened >> step & 1) != 0)
		return 0;
	return call->playbook->steps[step].after & ~call->steps_done;
}

const char *call_slot(const struct call *call, const char *id, size_t length)
{
	for (size_t i = 0; i < call->slot_count; i++) {
		const char *name = call->slots[i].id;
		if (strncmp(name, id, length) == 0 && name[length] == '\0')
			return call->slots[i].text;
	}
	return NULL;
}

const char *call_slot_name(const char *id)
{
	static const char *const common[] = {
		NC_("slot", "customer"), NC_("slot", "issue"),	  NC_("slot", "product"),
		NC_("slot", "promise"),	 NC_("slot", "deadline"), NC_("slot", "agent"),
	};
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		if (strcmp(common[i], id) == 0)
			return C_("slot", common[i]);
	return id;
}

int64_t call_held(const struct call *call, int64_t now)
{
	bool more = call->held_since != 0 && now > call->held_since;
	return call->held + (more ? now - call->held_since : 0);
}

int64_t call_talked(const struct call *call, int64_t now)
{
	if (call->started == 0)
		return 0;
	int64_t end = call->ended != 0 ? call->ended : now;
	int64_t talked = end - call->started - call_held(call, end);
	return talked > 0 ? talked : 0;
}
