/* An attempt: what a library would be with another text in the place of one playbook's file.
 *
 * Reads the text, and what extends it, as the library will once the text is saved; nothing is
 * written. Problems go to standard error.
 */
#ifndef COMMAND_ATTEMPT_H
#define COMMAND_ATTEMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct library;
struct playbook;

struct attempt {
	const struct library *library;	 /* opened, its files need not be loaded */
	const char *name;		 /* of the playbook */
	const char *found;		 /* its file as the library has it */
	const char *target;		 /* its file once the text is saved */
	struct arena arena;		 /* of the playbook; arena_free is the owner's */
	const struct playbook *playbook; /* what came of the text, or NULL */
};

/* Reads the text and tells its problems, by the name of target. False: it has errors; *line is
 * then where the first one is, if that is known. */
bool attempt_read(struct attempt *attempt, const char *text, size_t length, int *line);

/* How many playbooks that are good now would be so no more, since they extend this one; their
 * problems are told. After attempt_read. */
size_t attempt_broken(struct attempt *attempt);

#endif
