#ifndef TESTS_BENCH_SESSION_H
#define TESTS_BENCH_SESSION_H

#include "../pty/terminal.h"

/*
 * One program under the stop-watch. It reads the pty by spinning on another processor than the
 * program's, so that no sleep of ours is in the figures; libvterm gets the bytes only when the
 * burst is over (or the program asks the terminal something). A burst is what comes until nothing
 * has come for `quiet`; its time is that of its last byte. Both programs are measured the same way.
 * A session owns its terminal.
 */

enum { SESSION_BURST_MAX = 1 << 20 };

struct session {
	struct terminal *terminal;
	int64_t first, last; /* of the last burst: when its first and last byte came, ns; 0: none */
	size_t count;	     /* its bytes */
	char *burst;
};

/* Start a program on processor `cpu` and read its first frame: until `mark` stands on the screen
 * and the burst is over. Returns the ns from exec to the last byte, or -1 if the mark did not come
 * within 10 s (the screen is on stderr then). */
int64_t session_start(struct session *, const struct terminal_setup *setup, const char *mark);

/* Send a key and read its burst, waiting at most `patience_ms` for the first byte. Returns the ns
 * from write to last byte, or -1 if nothing came. */
int64_t session_key(struct session *, const char *key, int patience_ms);

/* Write to another descriptor of the program, such as its socket, and read the burst. Returns the
 * ns from write to last byte, or -1 if nothing came. */
int64_t session_tell(struct session *, int descriptor, const char *text, int patience_ms);

/* Put a new text in a file's place by a rename, as editors do, and read the burst that follows.
 * Returns the ns from the rename to its last byte, or -1 if nothing came. */
int64_t session_save(struct session *, const char *path, const char *text, size_t length,
		     int patience_ms);

/* Send keys until `mark` stands on the screen. False if it did not come. */
bool session_reach(struct session *, const char *keys, const char *mark);

/* Send the key that ends the program. Returns the ns from write to its end, or -1. */
int64_t session_quit(struct session *, const char *key);

/* Free all, kill what runs. */
void session_end(struct session *);

/* Read and drop whatever comes within this time, asleep meanwhile. */
void session_rest(struct session *, int milliseconds);

/* Figures of /proc: times the program gave up the processor of itself, all threads; the peak of
 * its resident memory and what is its alone, in KiB. -1 if there are none. */
long session_wakeups(const struct session *);
long session_peak(const struct session *);
long session_private(const struct session *);

#endif
