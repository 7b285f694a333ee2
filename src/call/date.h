/* A day and an hour as an agent says them to a customer, in the playbook's own words: "5 pm on
 * Friday, 27 November". Words, digits and their order are the playbook's (`dates`,
 * talktrack-playbook(5)); nothing here knows a language. Pure.
 *
 * Never "today" or "tomorrow": nobody knows when a message is read.
 */
#ifndef CALL_DATE_H
#define CALL_DATE_H

#include <stdint.h>

struct arena;
struct dates;

/* due: Unix ms, shown in zone (NULL or not +HH:MM: UTC). In the arena. NULL: the playbook has no
 * words for dates, or none for the minute of this one; or there is no such day. */
const char *date_say(struct arena *arena, const struct dates *dates, int64_t due, const char *zone);

#endif
