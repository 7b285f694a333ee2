#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/problem.h"
#include "base/words.h"
#include "call/event.h"
#include "journal/journal.h"

struct reader {
	const char *file;
	bool (*take)(void *context, const struct event *event);
	void *context;
	struct problem_list *problems;
	struct arena arena; /* of one event */
	int line;
	bool stopped; /* take wants no more */
};

static void warn(struct reader *reader, const char *what)
{
	struct place place = {.file = reader->file, .line = reader->line};
	problem_add(reader->problems, PROBLEM_WARNING, place, "%s", what);
}

static void read_line(struct reader *reader, char *text, size_t length, bool torn)
{
	struct event event;
	if (event_read_own(text, length, &reader->arena, &event)) {
		reader->stopped = !reader->take(reader->context, &event);
		arena_reset(&reader->arena);
		return;
	}
	size_t blank = 0;
	while (blank < length && strchr(" \t\r", text[blank]) != NULL && text[blank] != '\0')
		blank++;
	if (blank == length)
		return;
	struct json *json = json_parse(text, length, NULL);
	if (json == NULL) {
		warn(reader, torn ? _("the last line is torn") : _("the line is not JSON"));
		return;
	}
	const char *why;
	if (event_read(json, &reader->arena, &event, &why))
		reader->stopped = !reader->take(reader->context, &event);
	else
		warn(reader, arena_format(&reader->arena, _("the line is no event: %s"), why));
	json_free(json);
	arena_reset(&reader->arena);
}

/* Reads the whole lines in buffer and moves what is left to its beginning. Returns how much. */
static size_t read_lines(struct reader *reader, char *buffer, size_t length)
{
	size_t done = 0;
	while (!reader->stopped) {
		char *end = memchr(buffer + done, '\n', length - done);
		if (end == NULL)
			break;
		size_t size = (size_t)(end - buffer) - done;
		reader->line++;
		if (size < JOURNAL_LINE_BYTES)
			read_line(reader, buffer + done, size, false);
		else
			warn(reader, _("the line is too long for an event"));
		done += size + 1;
	}
	memmove(buffer, buffer + done, length - done);
	return length - done;
}

static bool read_file(struct reader *reader, int file, char *buffer, size_t size)
{
	size_t length = 0;
	bool skipping = false; /* behind the beginning of a line that is too long */
	while (!reader->stopped) {
		ssize_t got = read(file, buffer + length, size - length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (got == 0)
			break;
		length += (size_t)got;
		if (skipping) {
			char *end = memchr(buffer, '\n', length);
			size_t rest = end == NULL ? 0 : length - (size_t)(end - buffer) - 1;
			skipping = end == NULL;
			memmove(buffer, buffer + length - rest, rest);
			length = rest;
		}
		length = read_lines(reader, buffer, length);
		if (length >= JOURNAL_LINE_BYTES && !reader->stopped) {
			reader->line++;
			warn(reader, _("the line is too long for an event"));
			skipping = true;
			length = 0;
		}
	}
	if (length > 0 && !reader->stopped) {
		reader->line++;
		read_line(reader, buffer, length, true);
	}
	return true;
}

static bool refuse(const char *file, const char *reason, struct problem_list *problems)
{
	problem_add(problems, PROBLEM_ERROR, (struct place){.file = file},
		    _("cannot read \"%s\": %s"), file, reason);
	return false;
}

bool journal_read(const char *file, bool (*take)(void *context, const struct event *event),
		  void *context, struct problem_list *problems)
{
	int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (descriptor < 0)
		return refuse(file, strerror(errno), problems);
	struct stat status;
	if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
		close(descriptor);
		return refuse(file, _("not a regular file"), problems);
	}
	bool good = journal_read_from(descriptor, file, take, context, problems);
	close(descriptor);
	return good;
}

bool journal_read_from(int descriptor, const char *name,
		       bool (*take)(void *context, const struct event *event), void *context,
		       struct problem_list *problems)
{
	struct reader reader = {name, take, context, problems, {0}, 0, false};
	size_t size = 4 * JOURNAL_LINE_BYTES;
	char *buffer = malloc(size);
	if (buffer == NULL)
		abort();
	bool good = read_file(&reader, descriptor, buffer, size);
	if (!good)
		refuse(name, strerror(errno), problems);
	free(buffer);
	arena_free(&reader.arena);
	return good;
}

static bool is_day(const char *name)
{
	const char *pattern = "0000-00-00.jsonl";
	for (; *pattern != '\0'; pattern++, name++) {
		bool digit = *name >= '0' && *name <= '9';
		if (*pattern == '0' ? !digit : *name != *pattern)
			return false;
	}
	return *name == '\0';
}

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

size_t journal_files(struct arena *arena, const char *folder, size_t days, const char ***files)
{
	*files = NULL;
	size_t count = 0;
	DIR *directory = opendir(folder);
	if (directory == NULL)
		return 0;
	for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
		if (!is_day(entry->d_name))
			continue;
		*files = arena_more(arena, *files, count, sizeof(**files));
		(*files)[count++] = arena_format(arena, "%s/%s", folder, entry->d_name);
	}
	closedir(directory);
	if (count > 0)
		qsort(*files, count, sizeof(**files), compare_names);
	if (days > 0 && count > days) {
		*files += count - days;
		count = days;
	}
	return count;
}
