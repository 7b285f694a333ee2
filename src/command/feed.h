/* Running a program on a text: it comes to the standard input of a child that cannot hang us.
 */
#ifndef COMMAND_FEED_H
#define COMMAND_FEED_H

#include <stddef.h>

struct watch;

#define FEED_SAID_BYTES 160

enum { FEED_NO_CHILD = -1, FEED_TOO_SLOW = -2 }; /* it was ended */

/* Runs arguments[0] with these arguments (NULL behind), in a process group and with the signals of
 * its own, its output thrown away. Waits at most so many seconds until it has ended, whether or not
 * it read all of the text; what it started itself may go on (clipboards do). Returns its exit
 * status (127: there is no such program), 128 + a signal, or one of the above. said gets the first
 * line of its standard error, clean, "" when there is none. */
int feed(const char *const *arguments, const char *text, int seconds, const struct watch *watch,
	 char said[FEED_SAID_BYTES]);

#endif
