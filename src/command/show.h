/* The panels as plain text: what `talktrack show` prints, and `run` where there is no usable
 * terminal.
 */
#ifndef COMMAND_SHOW_H
#define COMMAND_SHOW_H

#include <stdbool.h>
#include <stdio.h>

struct library;

/* Opens the library for -l and -p; when none is found prints why to standard error and returns
 * false. library_close in either case. */
bool show_open(struct library *library, const char *language, const char *named);

/* Prints the problems met while loading, in the human format, to standard error; returns the
 * errors. */
size_t show_problems(const struct library *library);

/* Prints "PLAYBOOK", "PLAYBOOK/SITUATION", "SITUATION", or with NULL all. False: there is no such
 * thing (nothing was printed). */
bool show_library(const struct library *library, const char *what, FILE *out);

#endif
