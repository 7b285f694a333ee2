/* A call that is over, from the journal: the last one, or one by the beginning of its id; and the
 * options that say which, the same for each command about such a call:
 *
 *   [-l LANGUAGE] [-p FILE|FOLDER] [CALL]
 *
 * Read the options, those of the command among them, then use the call.
 */
#ifndef COMMAND_RECALL_H
#define COMMAND_RECALL_H

#include <stdbool.h>

struct call;
struct config;

struct recall_wanted {
	const char *prefix;	      /* of its id; NULL: the call that began last, ended or not */
	const char *language, *named; /* -l and -p; NULL: those of the call */
};

#define RECALL_OPTIONS "l:p:" /* for getopt_long(3) */

/* Takes an option of RECALL_OPTIONS; false: it is none of them. */
bool recall_option(struct recall_wanted *wanted, int option, const char *value);

/* Takes what is left behind the options; false: that is more than a call. */
bool recall_rest(struct recall_wanted *wanted, int count, char **rest);

/* Hands the configuration and the call, with the library of its language, to use; both are gone
 * when this returns what use did. EXIT_PROBLEMS, told on standard error: there is no such call, or
 * more than one. */
int recall_use(const struct recall_wanted *wanted,
	       int (*use)(void *context, const struct config *config, struct call *call),
	       void *context);

#endif
