#define _GNU_SOURCE /* F_OFD_SETLK, in POSIX since 2024 */
#include "journal/unfinished.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "journal/journal.h"

struct gathering {
	struct arena *arena;
	struct unfinished *calls;
	size_t count;
	const char *call; /* whose events are gathered */
	struct event *events;
	size_t event_count;
};

static struct unfinished *find(struct gathering *gathering, const char *call)
{
	/* the one looked for is nearly always the latest */
	for (size_t i = gathering->count; i-- > 0;)
		if (strcmp(gathering->calls[i].call, call) == 0)
			return &gathering->calls[i];
	return NULL;
}

static bool track(void *context, const struct event *event)
{
	struct gathering *gathering = context;
	struct unfinished *call = find(gathering, event->call);

	if (event->kind == EVENT_CALL_STARTED && !call) {
		gathering->calls = arena_more(gathering->arena, gathering->calls, gathering->count,
					      sizeof *gathering->calls);
		call = &gathering->calls[gathering->count++];
		*call = (struct unfinished){.begun = event->t, .last = event->t};
		memcpy(call->call, event->call, sizeof call->call);
	} else if (event->kind == EVENT_CALL_ENDED && call) {
		size_t behind = gathering->count - (size_t)(call - gathering->calls) - 1;

		memmove(call, call + 1, behind * sizeof *call);
		gathering->count--;
	} else if (call) {
		call->last = event->t;
	}
	return true;
}

static bool gather(void *context, const struct event *event)
{
	struct gathering *gathering = context;

	if (strcmp(event->call, gathering->call) == 0) {
		gathering->events = arena_more(gathering->arena, gathering->events,
					       gathering->event_count, sizeof *gathering->events);
		gathering->events[gathering->event_count++] = event_copy(gathering->arena, event);
	}
	return true;
}

static void read_all(const char *const *files, size_t count,
		     bool (*take)(void *, const struct event *), void *context)
{
	struct arena scratch = {0};
	struct problem_list problems = {.arena = &scratch};

	for (size_t i = 0; i < count; i++)
		journal_read(files[i], take, context, &problems);
	arena_free(&scratch);
}

size_t unfinished_calls(struct arena *arena, const char *const *files, size_t file_count,
			struct unfinished **calls)
{
	struct gathering gathering = {.arena = arena};

	read_all(files, file_count, track, &gathering);
	*calls = gathering.calls;
	return gathering.count;
}

size_t unfinished_events(struct arena *arena, const char *const *files, size_t file_count,
			 const char *call, struct event **events)
{
	struct gathering gathering = {.arena = arena, .call = call};

	read_all(files, file_count, gather, &gathering);
	*events = gathering.events;
	return gathering.event_count;
}

int unfinished_claim(const char *folder, const char *call)
{
	struct arena scratch = {0};
	int file = open(arena_format(&scratch, "%s/.claims", folder),
			O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct flock lock = {
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = (off_t)(text_hash(call, strlen(call)) >> 2),
		.l_len = 1,
	};

	arena_free(&scratch);
	if (file < 0)
		return -2;
	if (fcntl(file, F_OFD_SETLK, &lock) == 0)
		return file;
	int why = errno;

	close(file);
	return why == EAGAIN || why == EACCES ? -1 : -2;
}
