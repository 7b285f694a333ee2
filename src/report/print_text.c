/* The form for a terminal. */
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "report/columns.h"
#include "report/figures.h"
#include "report/table.h"
#include "report/words.h"

#define BAR_CELLS 16
#define TOP_MOST 5 /* lines named in the overview */

struct printer {
	const struct report *report;
	const struct figures *figures;
	struct arena arena;
	int columns;
	struct buffer *out;
};

static const char *number(struct printer *printer, uint64_t count)
{
	return arena_format(&printer->arena, "%" PRIu64, count);
}

/* Wrapped text, each row indented. */
static void put_text(struct printer *printer, int indent, const char *text)
{
	struct text_row *rows;
	int columns = printer->columns - indent;
	size_t count = text_wrap(&printer->arena, text, strlen(text), columns, &rows);
	for (size_t i = 0; i < count; i++) {
		buffer_format(printer->out, "%*s", indent, "");
		buffer_add(printer->out, text + rows[i].start, rows[i].length);
		buffer_text(printer->out, "\n");
	}
}

static void put_title(struct printer *printer, const char *title)
{
	buffer_format(printer->out, "\n%s\n", title);
}

static void put_totals(struct printer *printer)
{
	const struct tally *total = &printer->figures->total;
	struct arena *arena = &printer->arena;
	struct table table = {.arena = arena, .right = "lrl"};
	uint64_t ended = tally_ended(total), open = total->outcomes[OUTCOME_OPEN];
	const char **row = table_row(&table);
	row[0] = C_("report", "calls");
	row[1] = number(printer, total->calls);
	row[2] = open == 0 ? NULL : words_outcome(arena, OUTCOME_OPEN, open);
	row = table_row(&table);
	row[0] = C_("report", "talk");
	row[1] = words_time(arena, total->talked);
	row[2] = ended == 0 ? NULL : words_each(arena, total->talked / (int64_t)ended);
	row = table_row(&table);
	row[0] = C_("report", "hold");
	row[1] = words_time(arena, total->held);
	row[2] = words_holds(arena, total->holds);
	row = table_row(&table);
	row[0] = C_("report", "promises");
	row[1] = number(printer, total->made);
	row[2] = total->made == 0 ? NULL : words_promises(arena, total);
	table_put(&table, printer->columns, printer->out);
}

static void put_endings(struct printer *printer)
{
	const struct tally *total = &printer->figures->total;
	struct table table = {.arena = &printer->arena, .right = "lrll"};
	uint64_t ended = tally_ended(total);
	if (ended == 0)
		return;
	put_title(printer, _("How calls ended"));
	for (int i = 0; i < OUTCOME_OPEN; i++) {
		uint64_t count = total->outcomes[i];
		if (i == OUTCOME_OTHER && count == 0)
			continue;
		const char **row = table_row(&table);
		row[0] = outcome_name((enum outcome)i);
		row[1] = number(printer, count);
		row[2] = words_share(&printer->arena, count, ended);
		row[3] = table_bar(&printer->arena, (double)count / (double)ended, BAR_CELLS);
	}
	table_put(&table, printer->columns, printer->out);
}

static void put_days(struct printer *printer)
{
	static const char *const levels[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	struct series series =
		words_series(&printer->arena, printer->figures, (size_t)printer->columns - 4);
	if (series.count < 2)
		return;
	put_title(printer, words_over_time(&printer->arena, &series));
	buffer_text(printer->out, "  ");
	for (size_t i = 0; i < series.count; i++) {
		uint64_t level = (series.values[i] * 8 + series.most - 1) / series.most;
		buffer_text(printer->out, levels[level]);
	}
	buffer_text(printer->out, "\n");
	put_text(printer, 2, arena_format(&printer->arena, _("at most %zu"), (size_t)series.most));
}

static const char *label_of(struct printer *printer, enum report_table table,
			    const struct tally *tally)
{
	const struct lexicon *names = &printer->figures->names;
	if (table == REPORT_SITUATIONS)
		return words_situation(&printer->arena, printer->figures, tally);
	const char *text = lexicon_text(names, tally->key.text);
	if (text == NULL)
		return _("not known");
	return table == REPORT_DAYS ? words_date(&printer->arena, text) : text;
}

static void put_calls(struct printer *printer, const char *title, enum report_table which)
{
	const struct tallies *rows = columns_rows(printer->figures, which);
	struct arena *arena = &printer->arena;
	struct table table = {.arena = arena,
			      .heads = {"", C_("report", "calls"), C_("report", "talk/call"),
					C_("report", "hold"), C_("report", "resolved"), "",
					C_("report", "promises kept")},
			      .right = which == REPORT_DAYS ? "rrrrllr" : "lrrrllr"};
	if (rows->count == 0)
		return;
	put_title(printer, title);
	for (size_t i = 0; i < rows->count; i++) {
		const struct tally *tally = &rows->rows[i];
		uint64_t ended = tally_ended(tally), resolved = tally->outcomes[OUTCOME_RESOLVED];
		const char **row = table_row(&table);
		row[0] = label_of(printer, which, tally);
		row[1] = number(printer, tally->calls);
		if (ended > 0)
			row[2] = words_time(arena, tally->talked / (int64_t)ended);
		row[3] = words_time(arena, tally->held);
		row[4] = words_share(arena, resolved, ended);
		row[5] = ended == 0 ? NULL
				    : table_bar(arena, (double)resolved / (double)ended,
						BAR_CELLS / 2);
		if (tally->made > 0)
			/* words: promises kept, and made */
			row[6] = arena_format(arena, C_("report", "%zu of %zu"),
					      (size_t)tally->kept, (size_t)tally->made);
	}
	table_put(&table, printer->columns, printer->out);
}

static void put_steps(struct printer *printer)
{
	const struct tallies *rows = &printer->figures->steps;
	struct arena *arena = &printer->arena;
	struct table table = {.arena = arena,
			      .heads = {"", C_("report", "calls"), C_("report", "done"), "", "",
					C_("report", "own words")},
			      .right = "lrrllr"};
	if (rows->count == 0)
		return;
	put_title(printer, _("Steps done"));
	for (size_t i = 0; i < rows->count; i++) {
		const struct tally *tally = &rows->rows[i];
		const char **row = table_row(&table);
		row[0] = words_step(arena, printer->figures, tally);
		row[1] = number(printer, tally->of);
		row[2] = number(printer, tally->calls);
		row[3] = words_share(arena, tally->calls, tally->of);
		row[4] = table_bar(arena, (double)tally->calls / (double)tally->of, BAR_CELLS / 2);
		row[5] = number(printer, tally->own);
	}
	table_put(&table, printer->columns, printer->out);
}

/* What is known of a line, below its text; whether it does better only where that is known, or
 * wanted in any case. */
static void put_line(struct printer *printer, size_t row, bool any_verdict)
{
	const struct figures *figures = printer->figures;
	const struct tally *line = &figures->lines.rows[row];
	struct arena *arena = &printer->arena;
	const char *verdict = words_verdict(figures, row);
	put_text(printer, 2, lexicon_text(&figures->names, line->key.text));
	if (line->calls > 0) {
		const char *share =
			words_share(arena, line->outcomes[OUTCOME_RESOLVED], tally_ended(line));
		size_t calls = (size_t)line->calls;
		const char *outcomes = words_outcomes(arena, line->outcomes);
		/* words: in how many calls, how these ended, how many in a hundred were resolved */
		put_text(printer, 6,
			 *share == '\0'
				 ? arena_format(
					   arena,
					   words_count("said in %zu: %s", "said in %zu: %s", calls),
					   calls, outcomes)
				 : arena_format(arena,
						words_count("said in %zu: %s; resolved %s",
							    "said in %zu: %s; resolved %s", calls),
						calls, outcomes, share));
	}
	size_t passed = (size_t)line->passed;
	if (passed > 0)
		put_text(printer, 6,
			 arena_format(arena,
				      words_count("passed over in %zu: %s",
						  "passed over in %zu: %s", passed),
				      passed, words_outcomes(arena, line->passed_outcomes)));
	if (verdict != NULL && (any_verdict || line->verdict != VERDICT_UNTOLD))
		put_text(printer, 6, verdict);
}

static void put_lines(struct printer *printer)
{
	const struct figures *figures = printer->figures;
	const struct tallies *lines = &figures->lines;
	bool untold = false;
	for (size_t i = 0; i < lines->count; i++) {
		const struct tally *line = &lines->rows[i];
		if (i == 0 || line->group != lines->rows[i - 1].group)
			put_title(printer,
				  arena_format(&printer->arena, "%s, %s",
					       words_situation(&printer->arena, figures, line),
					       lexicon_text(&figures->names, line->key.step)));
		put_line(printer, i, false);
		if (line->verdict == VERDICT_UNTOLD && words_verdict(figures, i) != NULL)
			untold = true;
		bool last = i + 1 == lines->count || line->group != lines->rows[i + 1].group;
		if (last && untold)
			put_text(printer, 2, _("which does better: too few calls to tell"));
		if (last)
			untold = false;
	}
	if (lines->count == 0)
		put_title(printer, _("No line was said or passed over"));
}

static void put_top(struct printer *printer, const char *title, size_t field)
{
	const struct tallies *lines = &printer->figures->lines;
	size_t rows[TOP_MOST];
	size_t count = columns_top(lines, field, TOP_MOST, rows);
	if (count == 0)
		return;
	put_title(printer, title);
	for (size_t i = 0; i < count; i++)
		put_line(printer, rows[i], true);
}

static void put_told(struct printer *printer)
{
	const struct tallies *lines = &printer->figures->lines;
	size_t told = 0;
	for (size_t i = 0; i < lines->count; i++) {
		if (lines->rows[i].verdict == VERDICT_UNTOLD)
			continue;
		if (told++ == 0)
			put_title(printer, _("Wordings that did better or worse than others"));
		put_line(printer, i, true);
	}
	if (told == 0 && printer->figures->comparisons > 0) {
		put_title(printer, _("Which wording does better"));
		put_text(printer, 2, _("too few calls to tell"));
	}
}

static void put_overview(struct printer *printer)
{
	put_endings(printer);
	put_days(printer);
	put_calls(printer, _("By situation"), REPORT_SITUATIONS);
	put_steps(printer);
	put_top(printer, _("Lines said most"), offsetof(struct tally, calls));
	put_top(printer, _("Lines passed over most"), offsetof(struct tally, passed));
	put_told(printer);
	if (printer->figures->agents.count > 1)
		put_calls(printer, _("By agent"), REPORT_AGENTS);
}

static void put_tables(struct printer *printer)
{
	switch (printer->report->table) {
	case REPORT_ALL: put_overview(printer); break;
	case REPORT_SITUATIONS: put_calls(printer, _("By situation"), REPORT_SITUATIONS); break;
	case REPORT_LINES: put_lines(printer); break;
	case REPORT_STEPS: put_steps(printer); break;
	case REPORT_DAYS:
		put_days(printer);
		put_calls(printer, _("By day"), REPORT_DAYS);
		break;
	case REPORT_AGENTS: put_calls(printer, _("By agent"), REPORT_AGENTS); break;
	}
}

void print_text(const struct report *report, int columns, struct buffer *out)
{
	struct printer printer = {.report = report,
				  .figures = report->figures,
				  .columns = columns < 40 ? 40 : columns,
				  .out = out};
	const char *notes[WORDS_NOTES_MOST];
	put_text(&printer, 0,
		 arena_format(&printer.arena, _("talktrack report: %s"),
			      words_scope(&printer.arena, report)));
	size_t count = words_notes(&printer.arena, report->figures, notes);
	for (size_t i = 0; i < count; i++)
		put_text(&printer, 0, notes[i]);
	buffer_text(out, "\n");
	if (report->figures->total.calls == 0) {
		put_text(&printer, 2, _("no calls"));
	} else {
		put_totals(&printer);
		put_tables(&printer);
		buffer_text(out, "\n");
		put_text(&printer, 0, words_rule(&printer.arena, report->figures));
	}
	arena_free(&printer.arena);
}
