#include "command/recover.h"

#include "base/problem.h"
#include "call/history.h"
#include "journal/journal.h"
#include "journal/unfinished.h"

#include <string.h>

struct filter {
	struct history *history;
	const struct unfinished *calls; /* whose lines do not count yet */
	size_t count;
};

static bool remember(void *context, const struct event *event)
{
	const struct filter *filter = context;

	for (size_t i = 0; i < filter->count; i++)
		if (strcmp(filter->calls[i].call, event->call) == 0)
			return true;
	history_apply(filter->history, event);
	return true;
}

void recover(const char *folder, struct history *history, struct recovered *recovered)
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
	struct filter filter = {history, calls, count};

	for (size_t i = 0; i < days; i++)
		journal_read(files[i], remember, &filter, &problems);
	for (; count > 0; count--) {
		recovered->claim = unfinished_claim(folder, calls[count - 1].call);
		if (recovered->claim != -1)
			break;
	}
	if (count > 0)
		recovered->count = unfinished_events(arena, files, days, calls[count - 1].call,
						     &recovered->events);
}
