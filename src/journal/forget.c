#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/problem.h"
#include "call/event.h"
#include "call/promise.h"
#include "journal/journal.h"

#define DAY_BYTES sizeof("2026-11-21")

struct search {
	const struct promise_list *promises;
	bool found; /* an event of a call that has an open promise */
};

/* The latest day that is old, as YYYY-MM-DD, local time. */
static bool last_old_day(int days, int64_t now, char day[DAY_BYTES])
{
	time_t seconds = (time_t)(now / 1000);
	struct tm local;
	if (localtime_r(&seconds, &local) == NULL)
		return false;
	local.tm_mday -= days + 1;
	local.tm_hour = 12; /* however the clocks were turned */
	local.tm_isdst = -1;
	if (mktime(&local) == (time_t)-1 || local.tm_year < 0)
		return false;
	return strftime(day, DAY_BYTES, "%Y-%m-%d", &local) == DAY_BYTES - 1;
}

static bool is_old(const char *file, const char *last)
{
	return strncmp(strrchr(file, '/') + 1, last, DAY_BYTES - 1) <= 0;
}

static bool take_promise(void *context, const struct event *event)
{
	promise_apply(context, event);
	return true;
}

static bool find_waiting(void *context, const struct event *event)
{
	struct search *search = context;
	search->found = promise_waits(search->promises, event->call);
	return !search->found;
}

/* What cannot be read may hold a promise. */
static bool may_go(const char *file, const struct promise_list *promises,
		   struct problem_list *problems)
{
	struct search search = {.promises = promises};
	return journal_read(file, find_waiting, &search, problems) && !search.found;
}

struct journal_forgotten journal_forget(const char *folder, int days, int64_t now)
{
	struct journal_forgotten forgotten = {0, 0};
	struct arena arena = {0};
	struct problem_list problems = {.arena = &arena};
	struct promise_list promises = {0};
	char last[DAY_BYTES];
	const char **files = NULL;
	size_t count = 0, old = 0;
	if (days > 0 && last_old_day(days, now, last))
		count = journal_files(&arena, folder, 0, &files);
	while (old < count && is_old(files[old], last))
		old++;
	/* A promise of an old day may be kept in a new one. */
	for (size_t i = 0; i < count && old > 0; i++)
		journal_read(files[i], take_promise, &promises, &problems);
	for (size_t i = 0; i < old; i++) {
		if (may_go(files[i], &promises, &problems) && unlink(files[i]) == 0)
			forgotten.gone++;
		else
			forgotten.kept++;
	}
	promise_list_free(&promises);
	arena_free(&arena);
	return forgotten;
}
