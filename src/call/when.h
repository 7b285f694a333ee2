/* "by when", as an agent types it, to a moment: "fri", "tomorrow", "in 2 days", "30d", "2h",
 * "17:00", "2026-12-01 15:00".
 *
 *   [in] NUMBER UNIT   d, h, w, min; minute, hour, day, week, month and their plurals; a, an for 1
 *   [by|on] DAY [TIME] today, tonight, tomorrow, mon ... sunday, next week, YYYY-MM-DD
 *   [at] TIME [DAY]    15:30, 3pm, 3:30 pm, noon; YYYY-MM-DDT15:30 too
 *
 * A day without an hour means its end of work (17:00), tonight 20:00. A weekday is the next
 * such day after today. An hour alone is the next such hour. Days, weeks and months are counted
 * from today and may have a TIME behind; hours and minutes are exact. In the zone of the
 * process (TZ), for which localtime_r and mktime are asked: nothing else of the world is.
 * Words: English, Esperanto and Bengali (call/when_words.h), whatever the language of the screen,
 * and Bengali digits; ISO 8601 dates and units d, h, w, min work everywhere.
 */
#ifndef CALL_WHEN_H
#define CALL_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#define WHEN_ZONE_BYTES 8  /* "+06:00" */
#define WHEN_TEXT_BYTES 96 /* names of days and months in any language */

/* False: not understood as a whole, or not after now. due: Unix ms; zone: its UTC offset. */
bool when_parse(const char *text, int64_t now, int64_t *due, char zone[WHEN_ZONE_BYTES]);

/* The UTC offset of the process's zone at a moment. False: it has none that can be written. */
bool when_zone(int64_t ms, char zone[WHEN_ZONE_BYTES]);

/* "Fri 27 Nov 17:00", or "today 17:00", "tomorrow 17:00"; of another year "Fri 27 Nov 2027
 * 17:00"; in the reader's language, which has its own order. In the zone given (NULL or not +HH:MM:
 * UTC); now decides what is today. due 0: "". */
void when_show(int64_t due, const char *zone, int64_t now, char text[WHEN_TEXT_BYTES]);

/* "Fri 27 Nov 2026 17:00": the same, whatever day it is now. */
void when_show_moment(int64_t ms, const char *zone, char text[WHEN_TEXT_BYTES]);

/* "27 Nov 2026": a day (month 1 to 12) in the reader's language. */
void when_show_day(int year, int month, int day, char text[WHEN_TEXT_BYTES]);

/* When it is, as programs read it (RFC 3339): "2026-11-27T17:00:00+06:00", "…Z" for UTC. ms 0: "".
 */
void when_iso(int64_t ms, const char *zone, char text[WHEN_TEXT_BYTES]);

/* Milliseconds east of UTC of "+06:00". NULL, or not +HH:MM: 0. */
int64_t when_offset(const char *zone);

#endif
