/* Importing: from another tool's export to a playbook, which write.h then writes down.
 *
 * Nothing is dropped in silence: what could not be carried over, and what was changed on the way,
 * becomes a note with its place. Placeholders ({{ticket.requester.name}}, {name}, <Name>) become
 * slots. The same text twice in one place is kept once. The owner of struct import sets arena,
 * language and title, calls one of the readers, and then import_finish.
 */
#ifndef PLAYBOOK_IMPORT_H
#define PLAYBOOK_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "playbook/names.h"
#include "playbook/playbook.h"

struct arena;

#define IMPORT_BYTES (16 * 1024 * 1024) /* the most of an export */

struct import_note {
	int line;	     /* of the export, from 1; 0: not known */
	const char *subject; /* such as the macro, or NULL */
	const char *message; /* cleaned */
};

struct import {
	struct arena *arena;
	struct playbook playbook; /* the result, in the arena */
	struct import_note *notes;
	size_t note_count;
	const char *error;	      /* why nothing was read at all; NULL: it was */
	int error_line, error_column; /* 0: not known */
	size_t lines;		      /* lines to say that were taken */

	struct names situations; /* by name: struct situation_name */
	struct names ids;	 /* of situations */
	bool *titled;		 /* a situation's title was given, and is not its name */
	struct names texts;	 /* of lines and utterances, with their place: to find twins */
	int line;		 /* where the reader is */
	const char *subject;
};

/* The columns of a CSV file. */
enum import_column {
	IMPORT_SITUATION, /* which situation, by its name; empty: that of the row before */
	IMPORT_STEP,	  /* which step, by its name; empty: that of the row before */
	IMPORT_LINE,	  /* words to say */
	IMPORT_HEARD,	  /* how customers sound, one utterance a line */
	IMPORT_TITLE,	  /* the situation's title, where the name is only an id */
	IMPORT_COLUMNS
};

/* "situation", "step", "line", "heard", "title". */
const char *import_column_name(enum import_column column);

/* From CSV whose first record names the columns. columns[i] is the name (or number, from 1) of the
 * column to use, NULL: the one called as above, without regard to case. False, with import->error,
 * when it is no CSV or a column that is needed (situation, line) is not there. */
bool import_csv(struct import *import, const char *text, size_t length, char delimiter,
		const char *const *columns);

/* From Zendesk's macros as its API lists them ({"macros": [...]}, one {"macro": {...}}, or the bare
 * list): a situation each, its public comment the line. Source: Zendesk developer documentation,
 * "Macros" and "Actions reference". False, with import->error, when it is no such JSON. */
bool import_zendesk(struct import *import, const char *text, size_t length);

/* Makes the playbook whole: situations without a line to say are taken out, and told. False, with
 * import->error, when nothing is left. */
bool import_finish(struct import *import);

/* --- For the readers --- */

void import_note(struct import *import, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The situation of that name: its number, made where there is none yet. */
size_t import_situation(struct import *import, const char *name);
/* As a rule the name; told when another title was given before. */
void import_title(struct import *import, size_t situation, const char *title);
/* The step of that name, made where there is none yet; PLAYBOOK_STEPS_MOST, and told: one too many.
 */
size_t import_step(struct import *import, const char *name);

void import_line(struct import *import, size_t situation, size_t step, const char *text);
void import_heard(struct import *import, size_t situation, const char *text);
void import_goal(struct import *import, size_t situation, const char *text);

/* Cleaned, blanks at the ends gone and runs of them one. In the arena. */
const char *import_clean(struct import *import, const char *text, size_t length);

#endif
