/* What each table of a report holds, a row at a time: one place for JSON, CSV and the rest to
 * agree.
 */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

#include "report/print.h"
#include "report/tally.h"

#define COLUMNS_MOST 32

enum cell_kind { CELL_NONE, CELL_TEXT, CELL_NUMBER };

struct cell {
	const char *name; /* of its column, a word fit for a key */
	enum cell_kind kind;
	const char *text; /* of a text, lives as long as the figures */
	double number;
};

/* The rows of a table; of REPORT_ALL those of the situations. */
const struct tallies *columns_rows(const struct figures *figures, enum report_table table);

/* The cells of a row; their number and names depend on the table alone. tally NULL: cells of an
 * empty row, for their names. */
size_t columns_of(const struct figures *figures, enum report_table table, const struct tally *tally,
		  struct cell cells[COLUMNS_MOST]);

/* The same for all calls together. */
size_t columns_total(const struct figures *figures, struct cell cells[COLUMNS_MOST]);

const char *outcome_name(enum outcome outcome); /* for people, in their language */
const char *verdict_name(enum verdict verdict); /* for programs: better, worse, too-few-calls */

/* The most, by a row's field, of rows where it is not 0; row numbers in rows, how many comes back.
 */
size_t columns_top(const struct tallies *tallies, size_t field, size_t most, size_t *rows);

#endif
