/* Charts as inline SVG, for the page of a report: no script, no font, colours by the page's style.
 */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include <stddef.h>
#include <stdint.h>

struct buffer;
struct series;

/* A share from 0 to 100 % as a dot on its Wilson interval, a few words wide; hidden from screen
 * readers, as its figures stand beside it. */
void chart_interval(struct buffer *out, uint64_t k, uint64_t n);

/* Columns over time with the highest value and both ends of time named. */
void chart_columns(struct buffer *out, const struct series *series, const char *label);

#endif
