/* What the agent has chosen: $XDG_CONFIG_HOME/talktrack/config.yaml, described in talktrack(1).
 *
 * Read like a playbook: a wrong entry is a problem with its place, and what it would have set stays
 * as it is without it. The command line comes before this, and this before the locale. No file is
 * no problem.
 */
#ifndef COMMAND_CONFIG_H
#define COMMAND_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "call/action.h"
#include "call/wrapup.h"
#include "view/keymap.h"

struct config_key {
	const char *name; /* as configured, or NULL */
	struct place place;
};

struct config {
	struct arena arena;	      /* everything below lives in it */
	struct problem_list problems; /* what is wrong with the file */
	const char *path;	      /* of the file; NULL: there is no place for one */
	bool is_there;		      /* there is such a file */

	const char *language, *theme, *agent; /* or NULL */
	struct place theme_place;
	struct {
		const char *folder; /* absolute, or NULL: the usual one */
		struct place place;
		int keep;   /* days; 0: for ever */
		bool heard; /* write down what the customer said */
	} journal;
	struct {
		const char
			*command; /* for /bin/sh, the note comes to its standard input; or NULL */
		enum wrapup_format format;
	} wrap_up;
	struct {
		const char *command; /* for /bin/sh, or NULL */
	} recorder, copy;
	struct config_key keys[ACTION_COUNT];
	struct keymap keymap; /* the usual keys, and those of keys that are right */
};

/* Reads it. config_close in any case; the config may not be moved in between. */
void config_open(struct config *config);
void config_close(struct config *config);

/* The same, and tells what is wrong with it to standard error, a line each; `check --config` tells
 * more. From here on the program speaks the configured language, unless one was asked for on the
 * command line (language, else NULL). */
void config_open_and_tell(struct config *config, const char *language);

/* Where the journal is: as configured, else place_journal. NULL when there is no place for one. In
 * the arena. */
const char *config_journal(const struct config *config, struct arena *arena);

#endif
