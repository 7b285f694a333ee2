/* Waiting: for the terminal, a signal, or the time. The one file with Linux' signalfd.
 *
 * While a watch is open SIGWINCH, SIGTERM, SIGHUP, SIGINT and SIGTSTP are blocked and read here; a child process must
 * get watch_child first, or it would inherit that.
 */
#ifndef SCREEN_WATCH_H
#define SCREEN_WATCH_H

#include <signal.h>
#include <stdbool.h>

enum {
	WATCH_INPUT = 1,      /* the terminal has something to read */
	WATCH_RESIZED = 2,    /* its size may have changed */
	WATCH_INTERRUPTED = 4, /* Ctrl-C */
	WATCH_ENDED = 8,       /* SIGTERM, SIGHUP, or the terminal is gone */
	WATCH_SUSPENDED = 16,  /* Ctrl-Z: give the terminal back, then watch_suspend */
	WATCH_TIME = 32,       /* the time is up */
};

struct watch {
	int signals;     /* signalfd */
	sigset_t before; /* the mask to go back to */
};

bool watch_open(struct watch *watch);
void watch_close(struct watch *watch);

/* Waits until something of the above is so and returns its bits; timeout in ms, -1: none. */
unsigned watch_wait(struct watch *watch, int timeout);

/* Stops this process until it is continued. */
void watch_suspend(void);

/* In a child, before exec: the signals as they were. */
void watch_child(const struct watch *watch);

#endif
