/* A table for a terminal: cells in columns as wide as their widest, the first clipped where the
 * screen is too narrow, a text in the last wrapped.
 *
 * Set it to {0} with an arena; cells are borrowed until table_put.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include <stddef.h>

struct arena;
struct buffer;

#define TABLE_COLUMNS_MOST 8

struct table {
	struct arena *arena;
	const char *heads[TABLE_COLUMNS_MOST];
	const char *(*rows)[TABLE_COLUMNS_MOST]; /* in the arena; a NULL cell is empty */
	size_t count;
	const char
		*right; /* a letter a column: 'r' stands right, 'l' left; its length counts them */
};

/* A new empty row, to be filled in. Good until the next. */
const char **table_row(struct table *table);

/* Appends the table, indented by two, heads first where there are any. */
void table_put(const struct table *table, int columns, struct buffer *out);

/* A bar of share (0 to 1) of so many cells, in eighths. */
const char *table_bar(struct arena *arena, double share, int cells);

#endif
