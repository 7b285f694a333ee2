/* Comma-separated values, a record at a time (RFC 4180, June 2005), from a text in memory.
 *
 * Taken besides what the RFC says: a byte order mark in front, lines that end in LF or CR alone, a
 * last line without an end, records of different lengths, a double quote inside a field that does
 * not begin with one (it stands for itself), and another delimiter where the caller says so. A
 * field in quotes may hold delimiters, newlines and doubled quotes. Bytes are not cleaned: text.h.
 */
#ifndef PLAYBOOK_CSV_H
#define PLAYBOOK_CSV_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

#define CSV_FIELDS_MOST 1024	    /* of one record */
#define CSV_FIELD_BYTES (64 * 1024) /* of one field */

struct csv {
	const char *text; /* borrowed; where the next record begins */
	const char *end;
	char delimiter;
	int line;		      /* from 1, of the next record */
	const char *error;	      /* why it stopped, and where; NULL: it did not */
	int error_line, error_column; /* from 1; column in bytes */
};

struct csv_field {
	const char *text; /* without its quotes, NUL-terminated; in the arena */
	size_t length;
	int line; /* where it begins */
};

/* Begins to read a text, which must stay as long as csv is used. */
void csv_open(struct csv *csv, const char *text, size_t length, char delimiter);

/* The next record: true, with its fields (at least one) in the arena. An empty line is a record
 * with one empty field. False at the end, or with csv->error where the text is no CSV: a quote that
 * is never closed, something between a closing quote and the delimiter, a NUL, a limit passed. */
bool csv_next(struct csv *csv, struct arena *arena, struct csv_field **fields, size_t *count);

#endif
