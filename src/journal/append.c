#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "call/event.h"
#include "base/words.h"
#include "journal/journal.h"

static size_t line_length(const char *line)
{
	return (size_t)(strchr(line, '\n') - line) + 1;
}

/* The local day of a line, by its "t", which event_write puts first. */
static void line_day(const char *line, char day[11])
{
	time_t time = (time_t)(strtoll(line + strlen("{\"t\":"), NULL, 10) / 1000);
	struct tm local = {.tm_year = 70, .tm_mday = 1};
	localtime_r(&time, &local);
	if (strftime(day, 11, "%Y-%m-%d", &local) == 0)
		memcpy(day, "9999-12-31", 11);
}

static void drop(struct buffer *lines, size_t start, size_t length)
{
	lines->length -= length;
	memmove(lines->text + start, lines->text + start + length, lines->length - start + 1);
}

static bool fail(struct journal *journal, const char *reason)
{
	char first = reason[0];
	if (first >= 'A' && first <= 'Z')
		first = (char)(first + 0x20);
	snprintf(journal->message, sizeof(journal->message),
		 _("cannot write the journal: %c%s: \"%s\""), first, reason + 1,
		 journal->path == NULL ? journal->folder : journal->path);
	return false;
}

static bool make_folders(const char *folder)
{
	char *path = strdup(folder);
	if (path == NULL)
		abort();
	bool made = true;
	for (char *at = path; made; at++) {
		char byte = *at;
		if (byte != '/' && byte != '\0')
			continue;
		*at = '\0';
		made = at == path || mkdir(path, 0700) == 0 || errno == EEXIST;
		*at = byte;
		if (byte == '\0')
			break;
	}
	free(path);
	return made;
}

static void close_file(struct journal *journal)
{
	if (journal->file >= 0)
		close(journal->file);
	journal->file = -1;
	journal->end = -1;
}

/* Whether the file has this line. */
static bool holds(int file, const char *line, size_t length)
{
	struct buffer text = {0};
	char chunk[4096];
	off_t at = 0;
	bool found = false;
	for (ssize_t got; !found && (got = pread(file, chunk, sizeof(chunk), at)) > 0; at += got) {
		buffer_add(&text, chunk, (size_t)got);
		for (char *end; !found && (end = memchr(text.text, '\n', text.length)) != NULL;) {
			size_t size = (size_t)(end - text.text) + 1;
			found = size == length && memcmp(text.text, line, length) == 0;
			drop(&text, 0, size);
		}
	}
	buffer_free(&text);
	return found;
}

/* The file is new to us, perhaps since the old one was taken away: what the open call had written
 * into it waits again if it is not there. */
static void restore(struct journal *journal)
{
	struct buffer lost = {0};
	size_t count = 0, last = 0;
	for (size_t at = 0; at < journal->written.length;) {
		const char *line = journal->written.text + at;
		size_t length = line_length(line);
		char day[11];
		line_day(line, day);
		at += length;
		if (strcmp(day, journal->day) != 0)
			continue;
		last = lost.length;
		buffer_add(&lost, line, length);
		count++;
	}
	if (count > 0 && !holds(journal->file, lost.text + last, lost.length - last)) {
		for (size_t at = 0; at < journal->written.length;) {
			char day[11];
			size_t length = line_length(journal->written.text + at);
			line_day(journal->written.text + at, day);
			if (strcmp(day, journal->day) == 0)
				drop(&journal->written, at, length);
			else
				at += length;
		}
		buffer_add(&lost, journal->waiting.text, journal->waiting.length);
		buffer_free(&journal->waiting);
		journal->waiting = lost;
		journal->waiting_count += count;
		journal->begun = 0;
		return;
	}
	buffer_free(&lost);
}

static bool open_file(struct journal *journal)
{
	int flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	int file = open(journal->path, flags, 0600);
	if (file < 0 && errno == ENOENT && make_folders(journal->folder))
		file = open(journal->path, flags, 0600);
	if (file < 0)
		return fail(journal, strerror(errno));
	struct stat status;
	if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
		close(file);
		return fail(journal, _("not a regular file"));
	}
	journal->file = file;
	journal->end = -1;
	restore(journal);
	return true;
}

/* Whether the open file is still the one of its name. */
static bool is_there(const struct journal *journal)
{
	struct stat named, opened;
	if (stat(journal->path, &named) != 0)
		return errno != ENOENT && errno != ENOTDIR;
	return fstat(journal->file, &opened) == 0 && named.st_dev == opened.st_dev &&
	       named.st_ino == opened.st_ino;
}

/* The file of the first waiting line, which restore may change. */
static bool prepare(struct journal *journal)
{
	char day[11];
	line_day(journal->waiting.text, day);
	if (strcmp(day, journal->day) == 0 && journal->file >= 0 && is_there(journal))
		return true;
	close_file(journal);
	journal->begun = 0;
	memcpy(journal->day, day, sizeof(day));
	size_t size = strlen(journal->folder) + sizeof("/YYYY-MM-DD.jsonl");
	char *path = realloc(journal->path, size);
	if (path == NULL)
		abort();
	snprintf(path, size, "%s/%s.jsonl", journal->folder, day);
	journal->path = path;
	return open_file(journal);
}

static bool ends_line(int file, off_t size)
{
	char byte;
	return size == 0 || (pread(file, &byte, 1, size - 1) == 1 && byte == '\n');
}

/* One write(2) of what is left of a line. journal->begun is how much of it is in the file after. */
static bool write_rest(struct journal *journal, const char *line, size_t length)
{
	struct stat status;
	if (fstat(journal->file, &status) != 0)
		return fail(journal, strerror(errno));
	off_t size = status.st_size;
	bool apart = false;
	if (size != journal->end) {
		journal->begun = 0;
		apart = !ends_line(journal->file, size);
	}
	struct buffer bytes = {0};
	buffer_add(&bytes, "\n", apart);
	buffer_add(&bytes, line + journal->begun, length - journal->begun);
	ssize_t put = write(journal->file, bytes.text, bytes.length);
	int error = put < 0 ? errno : ENOSPC;
	buffer_free(&bytes);
	if (put < 0 && error == EINTR)
		return true;
	if (put <= 0)
		return fail(journal, strerror(error));

	journal->end = lseek(journal->file, 0, SEEK_CUR);
	size_t more = (size_t)put - (apart ? 1 : 0);
	off_t start = journal->end - put;
	/* Someone else's torn line may have come between the look and the write. */
	bool glued =
		start > size && journal->begun == 0 && !apart && !ends_line(journal->file, start);
	bool parted = start > size && journal->begun > 0;
	if (glued || parted)
		journal->end = -1;
	else
		journal->begun += more;
	return true;
}

static bool flush(struct journal *journal)
{
	while (journal->waiting_count > 0) {
		if (!prepare(journal))
			return false;
		const char *line = journal->waiting.text;
		size_t length = line_length(line);
		while (journal->begun < length) {
			if (!write_rest(journal, line, length))
				return false;
		}
		buffer_add(&journal->written, line, length);
		drop(&journal->waiting, 0, length);
		journal->waiting_count--;
		journal->begun = 0;
	}
	journal->message[0] = '\0';
	return true;
}

void journal_open(struct journal *journal, const char *folder)
{
	*journal = (struct journal){.folder = strdup(folder), .file = -1, .end = -1};
	if (journal->folder == NULL)
		abort();
}

bool journal_append(struct journal *journal, const struct event *event)
{
	if (event->kind == EVENT_CALL_STARTED)
		buffer_clear(&journal->written);
	event_write(event, &journal->waiting);
	journal->waiting_count++;
	return flush(journal);
}

bool journal_retry(struct journal *journal)
{
	return flush(journal);
}

void journal_close(struct journal *journal)
{
	flush(journal);
	close_file(journal);
	buffer_free(&journal->waiting);
	buffer_free(&journal->written);
	free(journal->path);
	free((void *)journal->folder);
	*journal = (struct journal){.file = -1, .end = -1};
}
