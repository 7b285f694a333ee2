#include "report/chart.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/markup.h"
#include "base/words.h"
#include "report/chance.h"
#include "report/words.h"

/* In units of the picture. */
#define INTERVAL_WIDTH 160.0
#define INTERVAL_HEIGHT 20.0
#define INTERVAL_EDGE 5.0 /* room for half a dot at either end */
#define COLUMNS_WIDTH 720.0
#define COLUMNS_HEIGHT 120.0
#define COLUMNS_TOP 20.0    /* for the highest value */
#define COLUMNS_BOTTOM 24.0 /* for the days */
#define GAP_MOST 2.0
#define COLUMN_MOST 32.0

/* A length, whatever the locale writes for a decimal point. */
static const char *length(struct arena *arena, double value)
{
	int tenths = (int)(value * 10 + 0.5);
	return arena_format(arena, "%d.%d", tenths / 10, tenths % 10);
}

static double place(double share)
{
	return INTERVAL_EDGE + share * (INTERVAL_WIDTH - 2 * INTERVAL_EDGE);
}

void chart_interval(struct buffer *out, uint64_t k, uint64_t n)
{
	if (n == 0)
		return;
	struct arena arena = {0};
	struct interval interval = chance_interval(k, n);
	const char *middle = length(&arena, INTERVAL_HEIGHT / 2);
	buffer_format(out,
		      "<svg class=\"interval\" viewBox=\"0 0 %.0f %.0f\" aria-hidden=\"true\">",
		      INTERVAL_WIDTH, INTERVAL_HEIGHT);
	buffer_format(out, "<line class=\"track\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>",
		      length(&arena, place(0)), length(&arena, place(1)), middle, middle);
	buffer_format(out, "<line class=\"track\" x1=\"%s\" x2=\"%s\" y1=\"6\" y2=\"14\"/>",
		      length(&arena, place(0.5)), length(&arena, place(0.5)));
	buffer_format(out, "<line class=\"range\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>",
		      length(&arena, place(interval.low)), length(&arena, place(interval.high)),
		      middle, middle);
	buffer_format(out, "<circle class=\"dot\" cx=\"%s\" cy=\"%s\" r=\"4.5\"/></svg>",
		      length(&arena, place((double)k / (double)n)), middle);
	arena_free(&arena);
}

static void put_column(struct buffer *out, const struct series *series, size_t i)
{
	struct arena arena = {0};
	double width = COLUMNS_WIDTH / (double)series->count;
	double gap = width / 5 < GAP_MOST ? width / 5 : GAP_MOST;
	double thick = width - gap < COLUMN_MOST ? width - gap : COLUMN_MOST;
	double height = COLUMNS_HEIGHT * (double)series->values[i] / (double)series->most;
	const char *first = words_date(&arena, words_day(&arena, series->first, i * series->days));
	/* a column of next to nothing is still seen */
	if (series->values[i] > 0 && height < 1)
		height = 1;
	buffer_format(out, "<rect class=\"column\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">",
		      length(&arena, ((double)i + 0.5) * width - thick / 2),
		      length(&arena, COLUMNS_TOP + COLUMNS_HEIGHT - height), length(&arena, thick),
		      length(&arena, height));
	size_t calls = (size_t)series->values[i];
	buffer_text(out, "<title>");
	/* words: the first of several days, and the number of calls on these */
	markup_text(out, series->days > 1
				 ? arena_format(&arena, _("%s and after: %zu"), first, calls)
				 : arena_format(&arena, "%s: %zu", first, calls));
	buffer_text(out, "</title></rect>\n");
	arena_free(&arena);
}

/* A day below the columns, from its start or up to its end. */
static void put_label(struct buffer *out, double x, const char *anchor, const char *day)
{
	struct arena arena = {0};
	buffer_format(out, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">", x,
		      COLUMNS_TOP + COLUMNS_HEIGHT + 17, anchor);
	markup_text(out, words_date(&arena, day));
	buffer_text(out, "</text>\n");
	arena_free(&arena);
}

void chart_columns(struct buffer *out, const struct series *series, const char *label)
{
	double bottom = COLUMNS_TOP + COLUMNS_HEIGHT;
	buffer_format(out,
		      "<svg class=\"columns\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"",
		      COLUMNS_WIDTH, bottom + COLUMNS_BOTTOM);
	markup_text(out, label);
	buffer_format(out,
		      "\">\n<line class=\"track\" x1=\"0\" x2=\"%.0f\" y1=\"%.0f\" y2=\"%.0f\"/>\n",
		      COLUMNS_WIDTH, COLUMNS_TOP, COLUMNS_TOP);
	for (size_t i = 0; i < series->count; i++)
		put_column(out, series, i);
	buffer_format(out, "<line class=\"axis\" x1=\"0\" x2=\"%.0f\" y1=\"%.0f\" y2=\"%.0f\"/>\n",
		      COLUMNS_WIDTH, bottom, bottom);
	buffer_format(out, "<text x=\"0\" y=\"14\">%" PRIu64 "</text>\n", series->most);
	put_label(out, 0, "start", series->first);
	put_label(out, COLUMNS_WIDTH, "end", series->last);
	buffer_text(out, "</svg>\n");
}
