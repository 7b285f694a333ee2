/* The journal on disk: a folder with a file a day (YYYY-MM-DD.jsonl, local time of the event),
 * one JSON object a line. Format: talktrack-journal(5).
 *
 * Appending is one write(2) with O_APPEND a line, so that two coaches can share a file. The
 * folder is made with mode 0700, files with 0600. A write that fails keeps the line in memory
 * and is tried again with the next one, in order: nothing is lost while the program runs. A
 * line that went out in part is continued where it stopped; if someone else has written behind
 * it meanwhile, it is written again, whole, on a line of its own. When the day's file is gone,
 * the lines of the call being written are put into the new one again. Nothing is synced: what
 * write(2) took outlives the program, though not a power cut. Reading steps over what it does
 * not understand and says so once.
 */
#ifndef JOURNAL_JOURNAL_H
#define JOURNAL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/buffer.h"

struct event;
struct problem_list;

#define JOURNAL_LINE_BYTES 65536 /* of a line with its newline; a longer one is none of ours */

struct journal {
	const char *folder;    /* owned */
	char *path;	       /* of the day's file, owned, or NULL */
	int file;	       /* descriptor of it, or -1 */
	char day[11];	       /* YYYY-MM-DD of it, local time */
	off_t end;	       /* its size when we last wrote, or -1: not known */
	struct buffer waiting; /* whole lines not yet written */
	size_t waiting_count;
	size_t begun;	       /* bytes of the first waiting line that are in the file */
	struct buffer written; /* lines of the call being written that are in files */
	char message[256];     /* why the last write failed; "" when none is waiting */
};

/* Remembers the folder; touches nothing on disk until the first event. */
void journal_open(struct journal *journal, const char *folder);

/* Writes one event. False: it waits in memory and journal->message says why. */
bool journal_append(struct journal *journal, const struct event *event);

/* Tries to write what waits. True: nothing waits any more. */
bool journal_retry(struct journal *journal);

/* Tries a last time; what still waits is lost, so ask journal_retry before. */
void journal_close(struct journal *journal);

/* Calls take for each event of one file, in order; the event's texts live until take returns.
 * Lines that are no event are warnings in problems (file:line), a torn last line too. False:
 * the file cannot be read (a problem). take returning false stops, which is no failure. */
bool journal_read(const char *file, bool (*take)(void *context, const struct event *event),
		  void *context, struct problem_list *problems);

/* The same from an open descriptor, which may be a pipe, under a name for what is told of it. */
bool journal_read_from(int descriptor, const char *name,
		       bool (*take)(void *context, const struct event *event), void *context,
		       struct problem_list *problems);

struct journal_forgotten {
	size_t gone; /* day files deleted */
	size_t kept; /* day files that are old, too, and still there */
};

/* Deletes what is older than so many days: files of days before the last so many and today (local
 * time of now, ms). A file stays while one of its calls has a promise that is neither kept nor
 * broken, or if it cannot be read or deleted. days 0: nothing is old. */
struct journal_forgotten journal_forget(const char *folder, int days, int64_t now);

/* The files of a folder, oldest first, in the arena; days 0: all, else only of the last so many
 * days there are. A folder that is not there has none. */
size_t journal_files(struct arena *arena, const char *folder, size_t days, const char ***files);

#endif
