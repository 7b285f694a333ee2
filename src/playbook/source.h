/* Places in the bytes of a file: lines from 1, columns from 1 in code points, as libyaml and
 * editors count. */
#ifndef PLAYBOOK_SOURCE_H
#define PLAYBOOK_SOURCE_H

#include <stddef.h>

/* Where in a line (a C string) a column is; its end when the line is shorter. And the reverse. */
const char *source_at(const char *line, int column);
int source_column(const char *line, const char *at);

/* The place of a byte. */
void source_place(const char *text, size_t offset, int *line, int *column);

/* The last line before this one with more on it than a comment; 0 when there is none. */
int source_line_before(const char *text, size_t length, int line);

#endif
