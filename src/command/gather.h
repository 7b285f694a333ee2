/* The playbooks that a command is to read: files, folders, or all of a library.
 *
 * Each file is read once, also where others extend it, and handed to visit while it is in memory;
 * it is forgotten after, unless others extend it, so that a thousand of them take no more room than
 * one. What is wrong with them is collected. Set options and visit, gather, then look at problems.
 */
#ifndef COMMAND_GATHER_H
#define COMMAND_GATHER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "playbook/library.h"
#include "playbook/names.h"

struct gather_seen;
struct playbook;

struct gather {
	const char *language; /* -l, or NULL: of a library all languages */
	const char *named;    /* -p, or NULL */
	/* A playbook without errors. asked: it was to be read, not only what another extends. It is
	 * gone when this returns. May be NULL. */
	void (*visit)(void *context, const struct playbook *playbook, bool asked);
	void *context;

	struct arena arena; /* of the problems; whoever visits may use it */
	struct problem_list problems;
	size_t files; /* that were to be read */

	/* its own */
	struct names seen;			     /* by path: how far it got with a file */
	struct gather_seen *first_seen, **last_seen; /* the same, in order */
	struct arena reading;			     /* the playbook being read */
	struct arena *kept;			     /* of playbooks that others extend */
	size_t kept_count;
	bool extended;		      /* the one being read brought along another */
	const char *file;	      /* being read */
	struct library library;	      /* where else what it extends may be */
	const char *library_language; /* NULL: not opened */
	bool first;		      /* the library is asked before the folder of the file */
};

/* Whether an option is one of these two, which want a value. */
bool gather_option_name(const char *option);

/* Takes argv[*at] when it is -l or -p, and moves *at to its value; false: another argument, or the
 * value is missing. */
bool gather_option(struct gather *gather, int argc, char **argv, int *at);

/* Reads the files and folders named (a folder's playbooks, and those of the folders in it); the
 * library when none is. */
void gather_read(struct gather *gather, char **names, int count);
void gather_close(struct gather *gather);

#endif
