/* Promises as a calendar: iCalendar (RFC 5545), as events, which every calendar opens, or as
 * to-dos, which few do.
 *
 * Times are in UTC; each promise that is open has an alarm an hour before. A promise keeps its UID,
 * and what changed last is its DTSTAMP, so that reading a newer file mends the entries of an older
 * one.
 */
#ifndef CALL_CALENDAR_H
#define CALL_CALENDAR_H

#include <stdbool.h>

struct buffer;
struct promise;

enum calendar_kind { CALENDAR_EVENTS, CALENDAR_TODOS };

void calendar_open(struct buffer *out);
void calendar_close(struct buffer *out);

/* Appends one promise. False: it has no time, and events need one; nothing was appended. */
bool calendar_add(const struct promise *promise, enum calendar_kind kind, struct buffer *out);

#endif
