/* The form for a browser: one page, which needs no other file and no network. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/markup.h"
#include "base/words.h"
#include "call/when.h"
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

static void put_scope(struct page *page)
{
	const char *scope = words_scope(&page->arena, page->report);
	char made[WHEN_TEXT_BYTES];
	when_show_moment(page->report->made, page->report->zone, made);
	/* words: which calls it is about, when it was made */
	markup_text(page->out, *made == '\0'
				       ? scope
				       : arena_format(&page->arena, _("%s; made %s"), scope, made));
}

static void put_head(struct page *page)
{
	struct buffer *out = page->out;
	buffer_text(out, "<!DOCTYPE html>\n<html lang=\"");
	markup_text(out, words_language());
	buffer_text(out,
		    "\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
		    "<meta charset=\"utf-8\"/>\n"
		    "<meta http-equiv=\"Content-Security-Policy\" "
		    "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
		    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
		    "<title>");
	markup_text(out, _("talktrack report"));
	buffer_text(out, "</title>\n<style>\n");
	buffer_text(out, style);
	buffer_text(out, "</style>\n</head>\n<body>\n<main>\n<h1>");
	markup_text(out, _("talktrack report"));
	buffer_text(out, "</h1>\n<p>");
	put_scope(page);
	buffer_text(out, "</p>\n");
	const char *notes[WORDS_NOTES_MOST];
	size_t count = words_notes(&page->arena, page->figures, notes);
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, "<p class=\"faint\">");
		markup_text(out, notes[i]);
		buffer_text(out, "</p>\n");
	}
}

static void put_tile(struct page *page, const char *name, const char *value, const char *more)
{
	buffer_text(page->out, "<div><dt>");
	markup_text(page->out, name);
	buffer_format(page->out, "</dt><dd>%s<small>", value);
	markup_text(page->out, more);
	buffer_text(page->out, "</small></dd></div>\n");
}

static void put_totals(struct page *page)
{
	const struct tally *total = &page->figures->total;
	struct arena *arena = &page->arena;
	uint64_t ended = tally_ended(total);
	buffer_text(page->out, "<dl>\n");
	put_tile(page, C_("report", "calls"), arena_format(arena, "%" PRIu64, total->calls),
		 words_outcome(arena, OUTCOME_OPEN, total->outcomes[OUTCOME_OPEN]));
	put_tile(page, C_("report", "talk"), words_time(arena, total->talked),
		 ended == 0 ? "" : words_each(arena, total->talked / (int64_t)ended));
	put_tile(page, C_("report", "hold"), words_time(arena, total->held),
		 words_holds(arena, total->holds));
	put_tile(page, C_("report", "promises"), arena_format(arena, "%" PRIu64, total->made),
		 total->made == 0 ? "" : words_promises(arena, total));
	buffer_text(page->out, "</dl>\n");
}

static void put_title(struct page *page, const char *id, const char *title)
{
	buffer_format(page->out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">", id, id);
	markup_text(page->out, title);
	buffer_text(page->out, "</h2>\n");
}

/* A letter a column, 'r' for one of numbers, and their names, to be translated. */
static void open_table(struct page *page, const char *right, const char *const heads[])
{
	buffer_text(page->out, "<div class=\"wide\"><table>\n<thead><tr>");
	for (size_t i = 0; right[i] != '\0'; i++) {
		buffer_format(page->out, "<th scope=\"col\"%s>",
			      right[i] == 'r' ? " class=\"number\"" : "");
		markup_text(page->out, C_("report", heads[i]));
		buffer_text(page->out, "</th>");
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
	markup_text(page->out, name);
	buffer_text(page->out, "</th>");
}

static void put_number(struct page *page, const char *text)
{
	buffer_format(page->out, "<td class=\"number\">%s</td>", text);
}

static void put_words(struct page *page, const char *text)
{
	buffer_text(page->out, "<td>");
	markup_text(page->out, text);
	buffer_text(page->out, "</td>");
}

static void put_count(struct page *page, uint64_t count)
{
	buffer_format(page->out, "<td class=\"number\">%" PRIu64 "</td>", count);
}

/* Two cells: in words, and as a picture. */
static void put_share(struct page *page, uint64_t k, uint64_t n)
{
	buffer_text(page->out, "<td class=\"share\">");
	markup_text(page->out, words_share(&page->arena, k, n));
	buffer_text(page->out, "</td><td>");
	chart_interval(page->out, k, n);
	buffer_text(page->out, "</td>");
}

static void end_row(struct page *page)
{
	buffer_text(page->out, "</tr>\n");
}

static void put_endings(struct page *page)
{
	static const char *const heads[] = {NC_("report", "ending"), NC_("report", "calls"),
					    NC_("report", "share"), NC_("report", "0 to 100 %")};
	const struct tally *total = &page->figures->total;
	put_title(page, "ends", _("How calls ended"));
	open_table(page, "lrll", heads);
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
	struct arena *arena = &page->arena;
	const char *each = series.days == 1
				   ? _("calls a day")
				   : arena_format(arena,
						  words_count("calls in %zu day",
							      "calls in %zu days", series.days),
						  series.days);
	const char *what = words_over_time(arena, &series);
	const char *most = arena_format(arena, _("at most %zu"), (size_t)series.most);
	put_title(page, "days", _("Calls over time"));
	chart_columns(page->out, &series, arena_format(arena, "%s: %s", what, most));
	buffer_text(page->out, "<p class=\"faint\">");
	markup_text(page->out, each);
	buffer_text(page->out, "</p>\n</section>\n");
}

static void put_calls(struct page *page, enum report_table table, const char *id, const char *title,
		      const char *head)
{
	const struct tallies *rows = columns_rows(page->figures, table);
	struct arena *arena = &page->arena;
	if (rows->count == 0)
		return;
	put_title(page, id, title);
	const char *heads[] = {head,
			       NC_("report", "calls"),
			       NC_("report", "talk a call"),
			       NC_("report", "hold in all"),
			       NC_("report", "resolved"),
			       NC_("report", "0 to 100 %"),
			       NC_("report", "promises kept, broken, waiting")};
	open_table(page, "lrrrlll", heads);
	for (size_t i = 0; i < rows->count; i++) {
		const struct tally *tally = &rows->rows[i];
		const char *text = lexicon_text(&page->figures->names, tally->key.text);
		uint64_t ended = tally_ended(tally);
		if (table == REPORT_SITUATIONS)
			text = words_situation(arena, page->figures, tally);
		else if (table == REPORT_DAYS)
			text = words_date(arena, text);
		put_name(page, text == NULL ? _("not known") : text);
		put_count(page, tally->calls);
		put_number(page,
			   ended == 0 ? "" : words_time(arena, tally->talked / (int64_t)ended));
		put_number(page, words_time(arena, tally->held));
		put_share(page, tally->outcomes[OUTCOME_RESOLVED], ended);
		put_words(page, tally->made == 0 ? "" : words_promises(arena, tally));
		end_row(page);
	}
	close_table(page);
	buffer_text(page->out, "</section>\n");
}

static void put_steps(struct page *page)
{
	static const char *const heads[] = {NC_("report", "step"),
					    NC_("report", "calls"),
					    NC_("report", "done"),
					    NC_("report", "share"),
					    NC_("report", "0 to 100 %"),
					    NC_("report", "in own words"),
					    NC_("report", "and the calls then ended")};
	const struct tallies *rows = &page->figures->steps;
	if (rows->count == 0)
		return;
	put_title(page, "steps", _("Steps done"));
	open_table(page, "lrrllrl", heads);
	for (size_t i = 0; i < rows->count; i++) {
		const struct tally *tally = &rows->rows[i];
		put_name(page, words_step(&page->arena, page->figures, tally));
		put_count(page, tally->of);
		put_count(page, tally->calls);
		put_share(page, tally->calls, tally->of);
		put_count(page, tally->own);
		put_words(page, words_outcomes(&page->arena, tally->outcomes));
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
	markup_text(page->out, lexicon_text(&figures->names, line->key.text));
	buffer_text(page->out, "</span>");
	if (line->calls > 0) {
		buffer_text(page->out, "<br/><small class=\"faint\">");
		/* words: how calls ended in which a line was said */
		markup_text(page->out, arena_format(&page->arena, _("said, and they ended: %s"),
						    words_outcomes(&page->arena, line->outcomes)));
		buffer_text(page->out, "</small>");
	}
	if (line->verdict != VERDICT_UNTOLD) {
		buffer_text(page->out, "<br/><strong>");
		markup_text(page->out, words_verdict(figures, row));
		buffer_text(page->out, "</strong>");
	}
	buffer_text(page->out, "</th>");
	put_count(page, line->calls);
	put_share(page, line->outcomes[OUTCOME_RESOLVED], tally_ended(line));
	put_count(page, line->passed);
	put_words(page, words_outcomes(&page->arena, line->passed_outcomes));
	end_row(page);
}

/* The lines of one step, from a row on. Returns the row behind them. */
static size_t put_group(struct page *page, size_t row)
{
	static const char *const heads[] = {
		NC_("report", "line"),		 NC_("report", "said in calls"),
		NC_("report", "resolved"),	 NC_("report", "0 to 100 %"),
		NC_("report", "passed over in"), NC_("report", "and they ended")};
	const struct tallies *lines = &page->figures->lines;
	const struct tally *first = &lines->rows[row];
	bool told = false, untold = false;
	buffer_text(page->out, "<h3>");
	markup_text(page->out, words_situation(&page->arena, page->figures, first));
	buffer_text(page->out, ", ");
	markup_text(page->out, lexicon_text(&page->figures->names, first->key.step));
	buffer_text(page->out, "</h3>\n");
	open_table(page, "lrllrl", heads);
	for (; row < lines->count && lines->rows[row].group == first->group; row++) {
		put_line(page, row);
		bool is_told = lines->rows[row].verdict != VERDICT_UNTOLD;
		told = told || is_told;
		untold = untold || (!is_told && words_verdict(page->figures, row) != NULL);
	}
	close_table(page);
	if (untold) {
		buffer_text(page->out, "<p class=\"faint\">");
		markup_text(page->out,
			    told ? _("which does better, of the others: too few calls to tell")
				 : _("which does better: too few calls to tell"));
		buffer_text(page->out, "</p>\n");
	}
	return row;
}

static void put_lines(struct page *page)
{
	if (page->figures->lines.count == 0)
		return;
	put_title(page, "lines", _("Lines said and passed over"));
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
		put_calls(page, REPORT_SITUATIONS, "situations", _("By situation"),
			  NC_("report", "situation"));
	if (all || table == REPORT_STEPS)
		put_steps(page);
	if (table == REPORT_DAYS)
		put_calls(page, REPORT_DAYS, "each-day", _("By day"), NC_("report", "day"));
	if (table == REPORT_AGENTS || (all && page->figures->agents.count > 1))
		put_calls(page, REPORT_AGENTS, "agents", _("By agent"), NC_("report", "agent"));
	if (all || table == REPORT_LINES)
		put_lines(page);
}

void print_html(const struct report *report, struct buffer *out)
{
	struct page page = {.report = report, .figures = report->figures, .out = out};
	put_head(&page);
	if (report->figures->total.calls == 0) {
		buffer_text(out, "<p>");
		markup_text(out, _("no calls"));
		buffer_text(out, "</p>\n");
	} else {
		put_totals(&page);
		put_tables(&page);
		put_title(&page, "rule", _("How to read it"));
		buffer_text(out, "<p>");
		markup_text(out, words_rule(&page.arena, report->figures));
		buffer_text(out, " ");
		markup_text(out, _("The dot is the share, the bar its interval; the small stroke "
				   "stands at 50 %."));
		buffer_text(out, "</p>\n</section>\n");
	}
	buffer_text(out, "</main>\n</body>\n</html>\n");
	arena_free(&page.arena);
}
