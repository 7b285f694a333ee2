#ifndef TESTS_PTY_HOME_H
#define TESTS_PTY_HOME_H

#include <stddef.h>

/*
 * A home for the coaches of a test: a folder in $TMPDIR that is their HOME, with their state, their
 * configuration and the folder of their sockets in it. One at a time, made and removed by cmocka's
 * setup and teardown. Coaches in it know nothing of the tester's own environment but PATH; the
 * program is $TALKTRACK. What should not fail is asserted.
 */

struct terminal;

struct home_coach {
	const char *library;	 /* -p; NULL: that of the scenes */
	const char *language;	 /* -l; NULL: none */
	const char *begun;	 /* what its first screen has, waited for; NULL: nothing is */
	const char *const *more; /* NAME=value, NULL-ended, before the usual ones; NULL: none */
	int rows, columns;	 /* 0 for 24 and 80 */
};

/* Setup and teardown. Commands that the test runs meanwhile find the coaches as if they were in the
 * home, too (XDG_RUNTIME_DIR). */
int home_make(void **state);
int home_remove(void **state);

/* The folder; the path of a file in it, good until the fourth call after. */
const char *home_folder(void);
const char *home_path(const char *name);

/* Writes a file, with the folders on the way to it. */
void home_write(const char *name, const char *text);

/* The lines of the journal, all its days together, as a C string; how many bytes. */
size_t home_journal(char *text, size_t size);

/* A coach; it has a pty, or the test fails. */
struct terminal *home_start(const struct home_coach *);

/* Waits for its end, which leaves the terminal as it was, and had this exit status. */
void home_ends(struct terminal *, int status);

/* Quits it by its key, out of a call too, and sees it end well. */
void home_leave(struct terminal *);

#endif
