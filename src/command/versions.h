/* Playbooks as they are, or were: all those of a file, a folder or a library, to be compared with
 * those of another.
 *
 * What a playbook extends is read once, beside it or from the agent's places of the language that
 * its folder is named by; it is no version of its own unless it stands there, too. Set to {0},
 * read, close. Playbooks and problems live in the arena given.
 */
#ifndef COMMAND_VERSIONS_H
#define COMMAND_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "playbook/library.h"
#include "playbook/names.h"

struct playbook;

struct version {
	const char *name; /* "angry-customer", in a library "en/angry-customer" */
	const struct playbook *playbook;
};

struct versions {
	struct version *items; /* those without errors */
	size_t count;

	/* its own */
	struct arena *arena;
	struct problem_list *problems;
	struct names loaded;	/* by path: what came of each file that was read */
	struct library library; /* for what is extended and not beside the file */
	const char *language;	/* that it was opened for; NULL: it was not */
};

/* What is wrong is told in problems: also that there is no playbook at all. */
void versions_read(struct versions *versions, struct arena *arena, struct problem_list *problems,
		   const char *path);

/* Whether this file was read, as itself or for another. */
bool versions_have(const struct versions *versions, const char *path);

void versions_close(struct versions *versions);

#endif
