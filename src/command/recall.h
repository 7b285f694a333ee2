/* A call that is over, from the journal: the last one, or one by the beginning of its id.
 *
 * Open the config first, then recall_open; close in the reverse order.
 */
#ifndef COMMAND_RECALL_H
#define COMMAND_RECALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "call/call.h"
#include "playbook/library.h"

struct config;

struct recall {
	struct arena arena;
	struct library library; /* of the call's language, loaded whole */
	struct call call;
	bool library_open, call_open;
};

/* prefix NULL: the call that began last, ended or not. language and named as for -l and -p, NULL
 * for those of the call. False: there is none, or more than one; that was told on standard error.
 * recall_close in any case. */
bool recall_open(struct recall *recall, const struct config *config, const char *prefix,
		 const char *language, const char *named);
void recall_close(struct recall *recall);

#endif
