/* Waiting: for the terminal, a signal, the link, or the time. The one file with Linux'
 * signalfd and F_NOTIFY.
 *
 * While a watch is open SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGIO are blocked and read
 * here; a child process must get watch_child first, or it would inherit that.
 */
#ifndef SCREEN_WATCH_H
#define SCREEN_WATCH_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	WATCH_INPUT = 1,       /* the terminal has something to read */
	WATCH_RESIZED = 2,     /* its size may have changed */
	WATCH_INTERRUPTED = 4, /* Ctrl-C */
	WATCH_ENDED = 8,       /* SIGTERM, SIGHUP, or the terminal is gone */
	WATCH_SUSPENDED = 16,  /* Ctrl-Z: give the terminal back, then watch_suspend */
	WATCH_TIME = 32,       /* the time is up */
	WATCH_CHANGED = 64,    /* a file in a watched folder was saved, a moment ago */
	WATCH_LINK = 128,      /* the link has something to do */
};

struct watch {
	int signals; /* signalfd */
	int link; /* a descriptor to wait for as well, borrowed; -1: none. Set after watch_open */
	sigset_t before;	      /* the mask to go back to */
	struct watch_folder *folders; /* owned */
	size_t folder_count;
	bool told;	 /* the kernel is asked to tell of changes in them */
	bool looks;	 /* it does not, for one of them: all are looked at now and then */
	int64_t newest;	 /* ms of the real clock: when a folder, or a file in it, last changed */
	int64_t stirred; /* ms of the monotonic clock: the first change not told yet; 0: none */
	int64_t settles; /* the same, at which changes are told */
};

/* told false: as with a file system whose kernel tells nothing, for tests. */
bool watch_open(struct watch *watch, bool told);
void watch_close(struct watch *watch);

/* Waits until something of the above is so and returns its bits; timeout in ms, -1: none. */
unsigned watch_wait(struct watch *watch, int timeout);

/* Watches a folder for files that come, go or are saved (names: for those that come and go); clear
 * forgets all folders. Names that begin with a dot or end in one of editors' leftovers do not
 * count. A burst of changes is told once, WATCH_SETTLE ms after its last; one that goes on and on,
 * now and then. */
#define WATCH_SETTLE 20
void watch_add(struct watch *watch, const char *folder, bool names);

/* Watches for a path to lead to another file or folder: replaced, moved, a link turned. */
void watch_add_entry(struct watch *watch, const char *path);
void watch_clear(struct watch *watch);

/* Stops this process until it is continued. */
void watch_suspend(void);

/* In a child, before exec: the signals as they were. */
void watch_child(const struct watch *watch);

#endif
