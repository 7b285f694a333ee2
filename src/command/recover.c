#include "command/recover.h"

#include "base/problem.h"
#include "base/words.h"
#include "call/history.h"
#include "call/promise.h"
#include "call/when.h"
#include "journal/journal.h"
#include "journal/unfinished.h"

#include <string.h>

struct filter {
	struct history *history;
	struct promise_list promises;
	const struct unfinished *calls; /* whose lines do not count yet */
	size_t count;
};

static bool remember(void *context, const struct event *event)
{
	struct filter *filter = context;

	promise_apply(&filter->promises, event);
	for (size_t i = 0; i < filter->count; i++)
		if (strcmp(filter->calls[i].call, event->call) == 0)
			return true;
	history_apply(filter->history, event);
	return true;
}

static const char *due_words(const struct promise *promise, bool overdue, const char *due,
			     struct arena *arena)
{
	const char *customer = promise_customer(promise);

	if (customer)
		return arena_format(arena,
				    overdue ? _("overdue: %s for %s, %s") : _("due: %s for %s, %s"),
				    promise->text, customer, due);
	return arena_format(arena, overdue ? _("overdue: %s, %s") : _("due: %s, %s"), promise->text,
			    due);
}

/* "overdue: a hot soup for Ann, Fri 20 Nov 17:00 · due: ...", or NULL. */
static const char *due_line(const struct promise_list *promises, int64_t now, struct arena *arena)
{
	const char *line = NULL;

	for (int overdue = 1; overdue >= 0; overdue--)
		for (size_t i = 0; i < promises->count; i++) {
			const struct promise *promise = promises->items[i];
			enum promise_state state = promise_state(promise, now);
			char due[WHEN_TEXT_BYTES];

			if (promise->taken_back ||
			    state != (overdue ? PROMISE_OVERDUE : PROMISE_DUE))
				continue;
			when_show(promise->due, promise->zone, now, due);
			line = arena_format(arena, "%s%s%s", line ? line : "", line ? " · " : "",
					    due_words(promise, overdue == 1, due, arena));
		}
	return line;
}

void recover(const char *folder, struct history *history, int64_t now, struct recovered *recovered)
{
	struct arena *arena = &recovered->arena;
	struct problem_list problems = {.arena = arena};
	struct unfinished *calls;
	const char **files;
	size_t count, days;

	*recovered = (struct recovered){.claim = -1};
	days = journal_files(arena, folder, RECOVER_HISTORY_DAYS, &files);
	count = days < RECOVER_CALL_DAYS ? days : RECOVER_CALL_DAYS;
	/* with no day there are no files to point behind */
	count = unfinished_calls(arena, days > 0 ? files + days - count : NULL, count, &calls);
	struct filter filter = {.history = history, .calls = calls, .count = count};

	for (size_t i = 0; i < days; i++)
		journal_read(files[i], remember, &filter, &problems);
	recovered->due = due_line(&filter.promises, now, arena);
	promise_list_free(&filter.promises);
	for (; count > 0; count--) {
		recovered->claim = unfinished_claim(folder, calls[count - 1].call);
		if (recovered->claim != -1)
			break;
	}
	if (count > 0)
		recovered->count = unfinished_events(arena, files, days, calls[count - 1].call,
						     &recovered->events);
}
