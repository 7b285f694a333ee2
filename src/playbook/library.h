/* The library: all playbooks of one language that an agent can use, found along a path of folders.
 *
 * Places, nearest first, are libraries (a folder of language folders: en/ bn/ eo/), a folder that
 * holds playbooks itself, or one playbook file. In a library a name means one file, the nearest of
 * that name, also in `extends`: a trainer's own common.yaml serves the shipped playbooks too.
 * Opening only lists the files; they are read one at a time with library_load_next, so that the
 * first can be on screen before the last is read. A file with errors is left out; its problems are
 * kept. Draft playbooks load; retired ones are left out too, but others may extend them. Hidden
 * files and editors' leftovers are no playbooks.
 */
#ifndef PLAYBOOK_LIBRARY_H
#define PLAYBOOK_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"

struct playbook;
struct situation;

struct library_file {
	const char *name; /* without folder and .yaml */
	const char *path;
	struct playbook *playbook;   /* NULL: not loaded yet, has errors, or is retired */
	const struct playbook *read; /* the same, retired ones too */
	bool is_read;		     /* or was tried */
	bool extended;		     /* an active playbook extends it */
	struct library *lender;	     /* whose playbook this is; NULL: this library's own */
};

struct library {
	struct arena arena;
	const char *language;	    /* the folder that was taken, e.g. "en" */
	struct library_file *files; /* by name, in byte order */
	size_t file_count;
	size_t next; /* the file that library_load_next reads */
	struct problem_list problems;
	struct library_file *glanced; /* whose playbook is a glance (glance.h); NULL: none */
	struct arena glance;	      /* what it lives in */
	size_t borrowers; /* files of other libraries that this one lends a playbook to */
	bool closing;	  /* library_release was called while there are borrowers */
};

/* Lists the files of language (BCP 47; "bn-BD" falls back to "bn") along places, nearest first. A
 * place that is not there is passed over unless required (the user named it): then it is a
 * problem. Returns false when no playbook file was found at all; the problems say where it looked.
 * library_close in either case. The library may not be moved after (its problems point to its
 * arena). */
bool library_open(struct library *library, const char *language, const char *const *places,
		  size_t place_count, bool required);

/* Reads one more file; false when all were read. */
bool library_load_next(struct library *library);
void library_load_all(struct library *library);
void library_close(struct library *library);

/* For a library that was allocated with malloc and read anew while in use: a playbook that is
 * broken in fresh and was good in before is lent by before, which then lives until fresh is gone.
 * Returns how many were. */
size_t library_borrow(struct library *fresh, struct library *before);

/* Closes and frees one of those, at once or when its last borrower has gone. */
void library_release(struct library *library);

/* The playbooks that have situations, in order: playbook number n, or NULL past the end. */
const struct playbook *library_playbook(const struct library *library, size_t n);
const struct playbook *library_find(const struct library *library, const char *name);

/* The file that a name stands for, and the n-th name; NULL: there is none. */
const char *library_path(const struct library *library, const char *name);
const char *library_name(const struct library *library, size_t n);

/* "id", or "playbook/id" where two playbooks use one id. NULL when there is none, or when "id"
 * means two; *playbook (when given) gets its playbook. */
const struct situation *library_situation(const struct library *library, const char *id,
					  const struct playbook **playbook);

#endif
