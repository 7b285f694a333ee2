/* A report for people and programs: text for a terminal, JSON, CSV, and a page of HTML.
 *
 * The text and the page speak the reader's language, what programs read is the same in all. Each
 * goes into a buffer; nothing is printed here. Figures must be finished. Texts in them are
 * clean (event.h), the labels given here must be, too. Every form says under what rule a wording is
 * called better: chance.h.
 */
#ifndef REPORT_PRINT_H
#define REPORT_PRINT_H

#include <stddef.h>
#include <stdint.h>

struct buffer;
struct figures;

enum report_table {
	REPORT_SITUATIONS,
	REPORT_LINES,
	REPORT_STEPS,
	REPORT_DAYS,
	REPORT_AGENTS,
	REPORT_ALL, /* an overview; in CSV the situations */
};

struct report {
	const struct figures *figures;
	enum report_table table;
	const char *since, *until; /* YYYY-MM-DD, the last day included, or NULL: no bound */
	int64_t made;		   /* when the report was made, ms; 0: not said */
	const char *zone;	   /* of that, +HH:MM, or NULL: UTC */
	size_t files;		   /* that were read */
};

/* Tables with bars, at most so many columns wide where ids let it (40 and more). */
void print_text(const struct report *report, int columns, struct buffer *out);

/* One JSON object. Shares are 0 to 1, null where there is no call to take one of. */
void print_json(const struct report *report, struct buffer *out);

/* One table with a header, as in RFC 4180. A text that a spreadsheet would take for a formula gets
 * an apostrophe before it. */
void print_csv(const struct report *report, struct buffer *out);

/* A page that needs nothing else, well-formed as XML too, in light and dark. */
void print_html(const struct report *report, struct buffer *out);

#endif
