/* The journal files that a command is given, and reading them: what `report` and `export` share.
 *
 * Trouble is told on standard error as it is met, at most JOURNALS_TOLD_MOST times; while a
 * terminal waits there, so is how far reading has come.
 */
#ifndef COMMAND_JOURNALS_H
#define COMMAND_JOURNALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"

#define JOURNALS_TOLD_MOST 20

struct event;

struct journal_file {
	const char *path;
	const char *name;  /* without its folders */
	const char *owner; /* login name, or NULL */
	dev_t device;
	ino_t inode;
};

struct journals {
	struct arena arena;
	struct journal_file *files; /* by name, so that days come in order; each file once */
	size_t count;
	size_t errors; /* arguments and files that could not be read */
	size_t told;
	uint64_t events; /* read so far */
	int64_t shown;	 /* ms on the monotonic clock, of the progress shown last */
};

/* Finds the files: each argument is one, "-" for the standard input, or a folder with a file a day;
 * without any the agent's own journal, which may be missing. */
void journals_find(struct journals *journals, char *const *arguments, size_t count);

/* Takes away files of days before one (YYYY-MM-DD), a margin left for zones. */
void journals_since(struct journals *journals, const char *day);

/* Reads all: begin before each file, take for each of its events. */
void journals_read(struct journals *journals,
		   void (*begin)(void *context, const struct journal_file *file),
		   bool (*take)(void *context, const struct event *event), void *context);

void journals_close(struct journals *journals);

#endif
