/* The form for a browser: one page, which needs no other file and no network. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "report/chart.h"
#include "report/columns.h"
#include "report/figures.h"
#include "report/words.h"

#define SERIES_MOST 180

struct page {
	const struct report *report;
	const struct figures *figures;
	struct arena arena;
	struct buffer *out;
};

/* No <, > or & in it: the page is XML, too. */
static const char style[] =
	":root{color-scheme:light dark;--ground:#fff;--ink:#1c2430;--faint:#566171;--rule:#d5dae1;"
	"--mark:#0b5cad;--range:#5a93cc}\n"
	"@media (prefers-color-scheme:dark){:root{--ground:#14181d;--ink:#e4e8ee;--faint:#a3adba;"
	"--rule:#38414c;--mark:#7db8f2;--range:#47739f}}\n"
	"body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 "
	"system-ui,sans-serif}\n"
	"main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 4rem}\n"
	"h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2.5rem 0 .5rem}\n"
	"h3{font-size:1rem;margin:1.5rem 0 .25rem}p{max-width:44rem}.faint{color:var(--faint)}\n"
	"dl{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;margin:1.5rem 0}dt{color:var(--faint)}\n"
	"dd{margin:0;font-size:1.5rem;font-variant-numeric:tabular-nums}\n"
	"dd small{display:block;font-size:.85rem;color:var(--faint)}\n"
	".wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"
	"caption{text-align:left;color:var(--faint);padding-bottom:.25rem}\n"
	"th,td{padding:.3rem .9rem .3rem 0;text-align:left;vertical-align:top;"
	"border-bottom:1px solid var(--rule)}\n"
	"thead th{font-weight:600;color:var(--faint)}tbody th{font-weight:400;white-space:nowrap}\n"
	".number{text-align:right;white-space:nowrap}.share{white-space:nowrap}\n"
	"tbody th.say{white-space:normal;min-width:16rem;max-width:30rem}\n"
	"svg.interval{width:10rem;height:1.25rem;display:block}\n"
	"svg.columns{width:100%;height:auto;display:block}\n"
	".track,.axis{stroke:var(--rule);stroke-width:1}.axis{stroke:var(--faint)}\n"
	".range{stroke:var(--range);stroke-width:6;stroke-linecap:round}.dot,.column{fill:var(--"
	"mark)}\n"
	"text{fill:var(--faint);font-size:11px}\n"
	"@media print{h2,h3{break-after:avoid}tr{break-inside:avoid}}\n";

static void put_head(struct page *page)
{
	struct buffer *out = page->out;
	buffer_text(out,
		    "<!DOCTYPE html>\n<html lang=\"en\" "
		    "xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
		    "<meta charset=\"utf-8\"/>\n"
		    "<meta http-equiv=\"Content-Security-Policy\" "
		    "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
		    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
		    "<title>talktrack report</title>\n<style>\n");
	buffer_text(out, style);
	buffer_text(out, "</style>\n</head>\n<body>\n<main>\n<h1>talktrack report</h1>\n<p>");
	chart_text(out, words_scope(&page->arena, page->report));
	buffer_text(out, "; made ");
	chart_text(out, page->report->made);
	buffer_text(out, "</p>\n");
	const char *notes[WORDS_NOTES_MOST];
	size_t count = words_notes(&page->arena, page->figures, notes);
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, "<p class=\"faint\">");
		chart_text(out, notes[i]);
		buffer_text(out, "</p>\n");
	}
}

static void put_tile(struct page *page, const char *name, const char *value, const char *more)
{
	buffer_format(page->out, "<div><dt>%s</dt><dd>%s<small>%s</small></dd></div>\n", name,
		      value, more);
}

static void put_totals(struct page *page)
{
	const struct tally *total = &page->figures->total;
	struct arena *arena = &page->arena;
	uint64_t ended = tally_ended(total);
	buffer_text(page->out, "<dl>\n");
	put_tile(page, "calls", arena_format(arena, "%" PRIu64, total->calls),
		 arena_format(arena, "%" PRIu64 " left open", total->outcomes[OUTCOME_OPEN]));
	put_tile(page, "talk", words_time(arena, total->talked),
		 ended == 0 ? ""
			    : arena_format(arena, "%s a call",
					   words_time(arena, total->talked / (int64_t)ended)));
	put_tile(page, "hold", words_time(arena, total->held),
		 arena_format(arena, "in %" PRIu64 " of the calls", total->holds));
	put_tile(page, "promises", arena_format(arena, "%" PRIu64, total->made),
		 total->made == 0 ? "" : words_promises(arena, total));
	buffer_text(page->out, "</dl>\n");
}

static void put_title(struct page *page, const char *id, const char *title)
{
	buffer_format(page->out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id,
		      id, title);
}

/* heads: the column's names, with blanks between; those that begin with # hold numbers. */
static void open_table(struct page *page, const char *heads)
{
	buffer_text(page->out, "<div class=\"wide\"><table>\n<thead><tr>");
	for (size_t length; *heads != '\0'; heads += length + (heads[length] == '|')) {
		length = strcspn(heads, "|");
		bool is_number = *heads == '#';
		buffer_format(page->out, "<th scope=\"col\"%s>",
			      is_number ? " class=\"number\"" : "");
		buffer_format(page->out, "%.*s</th>", (int)(length - is_number), heads + is_number);
	}
	buffer_text(page->out, "</tr></thead>\n<tbody>\n");
}

static void close_table(struct page *page)
{
	buffer_text(page->out, "</tbody>\n</table></div>\n");
}

static void put_name(struct page *page, const char *name)
{
	buffer_text(page->out, "<tr><th scope=\"row\">");
	chart_text(page->out, name);
	buffer_text(page->out, "</th>");
}

static void put_number(struct page *page, const char *text)
{
	buffer_format(page->out, "<td class=\"number\">%s</td>", text);
}

static void put_count(struct page *page, uint64_t count)
{
	buffer_format(page->out, "<td class=\"number\">%" PRIu64 "</td>", count);
}

/* Two cells: in words, and as a picture. */
static void put_share(struct page *page, uint64_t k, uint64_t n)
{
	buffer_format(page->out, "<td class=\"share\">%s</td><td>",
		      words_share(&page->arena, k, n));
	chart_interval(page->out, k, n);
	buffer_text(page->out, "</td>");
}

static void end_row(struct page *page)
{
	buffer_text(page->out, "</tr>\n");
}

static void put_endings(struct page *page)
{
	const struct tally *total = &page->figures->total;
	put_title(page, "ends", "How calls ended");
	open_table(page, "ending|#calls|share|0 to 100 %");
	for (int i = 0; i < OUTCOME_OPEN; i++) {
		if (i == OUTCOME_OTHER && total->outcomes[i] == 0)
			continue;
		put_name(page, outcome_name((enum outcome)i));
		put_count(page, total->outcomes[i]);
		put_share(page, total->outcomes[i], tally_ended(total));
		end_row(page);
	}
	close_table(page);
	buffer_text(page->out, "</section>\n");
}

static void put_days(struct page *page)
{
	struct series series = words_series(&page->arena, page->figures, SERIES_MOST);
	if (series.count < 2)
		return;
	put_title(page, "days", "Calls over time");
	const char *each =
		series.days == 1 ? "a day" : arena_format(&page->arena, "in %zu days", series.days);
	chart_columns(page->out, &series,
		      arena_format(&page->arena, "Calls %s from %s to %s, at most %" PRIu64, each,
				   series.first, series.last, series.most));
	buffer_format(page->out, "<p class=\"faint\">calls %s</p>\n</section>\n", each);
}

static void put_calls(struct page *page, enum report_table table, const char *id, const char *title,
		      const char *head)
{
	const struct tallies *rows = columns_rows(page->figures, table);
	struct arena *arena = &page->arena;
	if (rows->count == 0)
		return;
	put_title(page, id, title);
	open_table(page, arena_format(arena,
				      "%s|#calls|#talk a call|#hold in all|resolved|0 to 100 %%|"
				      "promises kept, broken, waiting",
				      head));
	for (size_t i = 0; i < rows->count; i++) {
		const struct tally *tally = &rows->rows[i];
		const char *text = lexicon_text(&page->figures->names, tally->key.text);
		uint64_t ended = tally_ended(tally);
		put_name(page, table == REPORT_SITUATIONS
				       ? words_situation(arena, page->figures, tally)
			       : text == NULL ? "not known"
					      : text);
		put_count(page, tally->calls);
		put_number(page,
			   ended == 0 ? "" : words_time(arena, tally->talked / (int64_t)ended));
		put_number(page, words_time(arena, tally->held));
		put_share(page, tally->outcomes[OUTCOME_RESOLVED], ended);
		buffer_format(page->out, "<td>%s</td>",
			      tally->made == 0 ? "" : words_promises(arena, tally));
		end_row(page);
	}
	close_table(page);
	buffer_text(page->out, "</section>\n");
}

static void put_steps(struct page *page)
{
	const struct tallies *rows = &page->figures->steps;
	if (rows->count == 0)
		return;
	put_title(page, "steps", "Steps done");
	open_table(page,
		   "step|#calls|#done|share|0 to 100 %|#in own words|and the calls then ended");
	for (size_t i = 0; i < rows->count; i++) {
		const struct tally *tally = &rows->rows[i];
		put_name(page, words_step(&page->arena, page->figures, tally));
		put_count(page, tally->of);
		put_count(page, tally->calls);
		put_share(page, tally->calls, tally->of);
		put_count(page, tally->own);
		buffer_format(page->out, "<td>%s</td>",
			      words_outcomes(&page->arena, tally->outcomes));
		end_row(page);
	}
	close_table(page);
	buffer_text(page->out, "</section>\n");
}

static void put_line(struct page *page, size_t row)
{
	const struct figures *figures = page->figures;
	const struct tally *line = &figures->lines.rows[row];
	buffer_text(page->out, "<tr><th scope=\"row\" class=\"say\"><span dir=\"auto\">");
	chart_text(page->out, lexicon_text(&figures->names, line->key.text));
	buffer_text(page->out, "</span>");
	if (line->calls > 0)
		buffer_format(page->out,
			      "<br/><small class=\"faint\">said, and they ended: %s</small>",
			      words_outcomes(&page->arena, line->outcomes));
	if (line->verdict != VERDICT_UNTOLD)
		buffer_format(page->out, "<br/><strong>%s</strong>", words_verdict(figures, row));
	buffer_text(page->out, "</th>");
	put_count(page, line->calls);
	put_share(page, line->outcomes[OUTCOME_RESOLVED], tally_ended(line));
	put_count(page, line->passed);
	buffer_format(page->out, "<td>%s</td></tr>\n",
		      words_outcomes(&page->arena, line->passed_outcomes));
}

/* The lines of one step, from a row on. Returns the row behind them. */
static size_t put_group(struct page *page, size_t row)
{
	const struct tallies *lines = &page->figures->lines;
	const struct tally *first = &lines->rows[row];
	const char *untold = NULL;
	bool told = false;
	buffer_text(page->out, "<h3>");
	chart_text(page->out, words_situation(&page->arena, page->figures, first));
	buffer_text(page->out, ", ");
	chart_text(page->out, lexicon_text(&page->figures->names, first->key.step));
	buffer_text(page->out, "</h3>\n");
	open_table(page, "line|#said in calls|resolved|0 to 100 %|#passed over in|and they ended");
	for (; row < lines->count && lines->rows[row].group == first->group; row++) {
		put_line(page, row);
		bool is_told = lines->rows[row].verdict != VERDICT_UNTOLD;
		told = told || is_told;
		if (!is_told && untold == NULL)
			untold = words_verdict(page->figures, row);
	}
	close_table(page);
	if (untold != NULL)
		buffer_format(page->out, "<p class=\"faint\">which does better%s: %s</p>\n",
			      told ? ", of the others" : "", untold);
	return row;
}

static void put_lines(struct page *page)
{
	if (page->figures->lines.count == 0)
		return;
	put_title(page, "lines", "Lines said and passed over");
	for (size_t row = 0; row < page->figures->lines.count;)
		row = put_group(page, row);
	buffer_text(page->out, "</section>\n");
}

static void put_tables(struct page *page)
{
	enum report_table table = page->report->table;
	bool all = table == REPORT_ALL;
	if (all)
		put_endings(page);
	if (all || table == REPORT_DAYS)
		put_days(page);
	if (all || table == REPORT_SITUATIONS)
		put_calls(page, REPORT_SITUATIONS, "situations", "By situation", "situation");
	if (all || table == REPORT_STEPS)
		put_steps(page);
	if (table == REPORT_DAYS)
		put_calls(page, REPORT_DAYS, "each-day", "By day", "day");
	if (table == REPORT_AGENTS || (all && page->figures->agents.count > 1))
		put_calls(page, REPORT_AGENTS, "agents", "By agent", "agent");
	if (all || table == REPORT_LINES)
		put_lines(page);
}

void print_html(const struct report *report, struct buffer *out)
{
	struct page page = {.report = report, .figures = report->figures, .out = out};
	put_head(&page);
	if (report->figures->total.calls == 0) {
		buffer_text(out, "<p>no calls</p>\n");
	} else {
		put_totals(&page);
		put_tables(&page);
		put_title(&page, "rule", "How to read it");
		buffer_text(out, "<p>");
		chart_text(out, words_rule(&page.arena, report->figures));
		buffer_text(out,
			    " The dot is the share, the bar its interval; the small stroke stands "
			    "at 50 %.</p>\n</section>\n");
	}
	buffer_text(out, "</main>\n</body>\n</html>\n");
	arena_free(&page.arena);
}
