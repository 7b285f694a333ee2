/* The forms for programs: JSON and CSV. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/words.h"
#include "report/columns.h"
#include "report/figures.h"
#include "report/words.h"

static void put_cells(struct json_writer *writer, const struct cell *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (cells[i].kind == CELL_NUMBER)
			json_put_number(writer, cells[i].name, cells[i].number);
		else
			json_put_text(writer, cells[i].name, cells[i].text);
	}
}

static void put_table(struct json_writer *writer, const struct report *report,
		      enum report_table table)
{
	static const char *const names[] = {"situations", "lines", "steps", "days", "agents"};
	const struct tallies *rows = columns_rows(report->figures, table);
	json_open(writer, names[table], '[');
	for (size_t i = 0; i < rows->count; i++) {
		struct cell cells[COLUMNS_MOST];
		size_t count = columns_of(report->figures, table, &rows->rows[i], cells);
		json_open(writer, NULL, '{');
		put_cells(writer, cells, count);
		json_close(writer, '}');
	}
	json_close(writer, ']');
}

void print_json(const struct report *report, struct buffer *out)
{
	const struct figures *figures = report->figures;
	struct json_writer writer = {.out = out};
	struct arena arena = {0};
	struct cell cells[COLUMNS_MOST];
	json_open(&writer, NULL, '{');
	json_put_number(&writer, "report", 1);
	json_put_text(&writer, "since", report->since);
	json_put_text(&writer, "until", report->until);
	json_put_number(&writer, "files", (double)report->files);
	json_put_number(&writer, "events", (double)figures->events);
	json_put_number(&writer, "events_again", (double)figures->again);
	json_put_number(&writer, "events_without_beginning", (double)figures->orphans);
	json_put_number(&writer, "events_left_out", (double)figures->left_out);
	/* programs get the same from every agent */
	words_lend("en");
	json_put_text(&writer, "rule", words_rule(&arena, figures));
	words_return();
	json_open(&writer, "total", '{');
	size_t count = columns_total(figures, cells);
	put_cells(&writer, cells, count);
	json_close(&writer, '}');
	for (int table = 0; table < REPORT_ALL; table++) {
		if (report->table == REPORT_ALL || (int)report->table == table)
			put_table(&writer, report, (enum report_table)table);
	}
	json_close(&writer, '}');
	buffer_text(out, "\n");
	arena_free(&arena);
}

/* RFC 4180, section 2, rules 5 to 7. */
static void put_field(struct buffer *out, const char *text)
{
	bool formula = text[0] != '\0' && strchr("=+-@", text[0]) != NULL;
	if (!formula && text[strcspn(text, "\",\r\n")] == '\0') {
		buffer_text(out, text);
		return;
	}
	buffer_text(out, formula ? "\"'" : "\"");
	for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
		buffer_add(out, text, (size_t)(quote - text) + 1);
		buffer_text(out, "\"");
	}
	buffer_text(out, text);
	buffer_text(out, "\"");
}

static void put_number(struct buffer *out, double number)
{
	struct json_writer writer = {.out = out};
	json_put_number(&writer, NULL, number);
}

static void put_row(struct buffer *out, const struct cell *cells, size_t count, bool names)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_text(out, ",");
		if (names)
			put_field(out, cells[i].name);
		else if (cells[i].kind == CELL_TEXT)
			put_field(out, cells[i].text);
		else if (cells[i].kind == CELL_NUMBER)
			put_number(out, cells[i].number);
	}
	buffer_text(out, "\r\n");
}

void print_csv(const struct report *report, struct buffer *out)
{
	const struct tallies *rows = columns_rows(report->figures, report->table);
	struct cell cells[COLUMNS_MOST];
	size_t count = columns_of(report->figures, report->table, NULL, cells);
	put_row(out, cells, count, true);
	for (size_t i = 0; i < rows->count; i++) {
		count = columns_of(report->figures, report->table, &rows->rows[i], cells);
		put_row(out, cells, count, false);
	}
}
