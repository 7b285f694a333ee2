#ifndef TESTS_PTY_TERMINAL_H
#define TESTS_PTY_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * A program under test in a terminal of its own: a pty, and libvterm keeping its screen. The
 * terminal owns the program, the pty and every string it hands out; what it hands out is good until
 * the next call that reads from the program. Nothing here sleeps to assert: one waits until a whole
 * predicate holds, and it is looked at again after every piece of output, so a half-painted frame
 * is never taken for an answer. To show that a key changed nothing, send it and then one whose
 * answer is seen: a program answers in order.
 *
 * Between us and the program stands a keeper process which leads the session, as a shell would: so
 * C-z stops the program and the line's settings can be read after its end. Nothing outlives us.
 */

enum { TERMINAL_PATIENCE_MS = 10000 }; /* the deadline of the conveniences; ample under load */

struct terminal_setup {
	const char *const *argv; /* NULL-ended; argv[0] is looked up in our PATH */
	const char *const
		*environment; /* NULL-ended NAME=value, the whole of it; NULL: inherit ours */
	const char *folder;   /* to start in; NULL: ours */
	const char *allowed_strings; /* OSC numbers that are no danger, "0 2 52"; NULL: none */
	int rows, columns;	     /* 0 for 24 and 80 */
	int cpu;		     /* pin the program to this processor; negative: do not */
};

struct terminal_cell {
	char text[32];		    /* UTF-8; " " if never written, "" in a wide one's right half */
	int width;		    /* columns: 1, 2, or 0 for the right half of a wide one */
	int foreground, background; /* 0-255; -1 the default; 0x1000000 + RGB for direct colour */
	bool bold, dim, italic, underline, blink, reverse;
};

struct terminal;

/* Start the program. NULL if no pty or process could be had; a program that cannot be executed
 * ends with code 127 and the reason on its screen. */
struct terminal *terminal_start(const struct terminal_setup *setup);

/* Kill what still runs, reap it, free everything. NULL is fine. */
void terminal_end(struct terminal *);

/* Send one key by name: Enter Tab S-Tab Esc Up Down Left Right Home End PgUp PgDn Ins Del BS Space
 * F1-F12, C-x, M-x (Escape first), or one UTF-8 character. False: no such name, or nobody reads. */
bool terminal_key(struct terminal *, const char *name);

/* Send several, names between spaces. False at the first that could not be sent. */
bool terminal_keys(struct terminal *, const char *names);

/* Send UTF-8 text, byte for byte. */
bool terminal_type(struct terminal *, const char *text);

/* Send text as a terminal pastes: bracketed if the program asked for it, line ends as Enter. */
bool terminal_paste(struct terminal *, const char *text);

/* The bytes that `name` stands for at this moment (cursor keys have two spellings), or 0 bytes. */
size_t terminal_spell(const struct terminal *, const char *name, char bytes[16]);

/* Change the size; the program gets SIGWINCH. */
void terminal_resize(struct terminal *, int rows, int columns);

/* Read until holds() is true; true then. False at the deadline, or at once when the program has
 * ended and all its output is in; the screen goes to stderr before false comes back. holds() is
 * also asked anew every 20 ms, so it may look at files and processes. */
bool terminal_wait(struct terminal *, bool (*holds)(struct terminal *, void *), void *,
		   int deadline_ms);

/* Wait until the text stands within one row, or until it stands in none. */
bool terminal_wait_text(struct terminal *, const char *text);
bool terminal_wait_gone(struct terminal *, const char *text);

/* Wait for the program's end and the last of its output. False at the deadline. */
bool terminal_wait_exit(struct terminal *, int deadline_ms);

/* Read what is there now and return; false once the program has ended and nothing is left. */
bool terminal_pump(struct terminal *);

/* One row as UTF-8 without its trailing blanks; "" outside the screen. */
const char *terminal_row(struct terminal *, int row);

/* All rows, each with its line end, trailing blanks cut. */
const char *terminal_text(struct terminal *);

/* Where the text stands, first from above; row and column may be NULL. False: nowhere. */
bool terminal_find(struct terminal *, const char *text, int *row, int *column);

/* One cell; outside the screen an empty one. */
struct terminal_cell terminal_cell(const struct terminal *, int row, int column);

/* Same text, width, colours and attributes. */
bool terminal_cell_equal(const struct terminal_cell *, const struct terminal_cell *);

void terminal_size(const struct terminal *, int *rows, int *columns);
void terminal_cursor(const struct terminal *, int *row, int *column, bool *shown);

/* Every byte received so far (the first 64 MiB of them; a NUL follows). */
const char *terminal_bytes(const struct terminal *, size_t *length);

/* Forget the bytes received so far, so that the next look sees only what comes. */
void terminal_bytes_drop(struct terminal *);

/* The first thing received that no drawing needs and that could harm (an operating system command
 * or other string, printing, window handling, a C1 control, bidi overrides, broken UTF-8), in
 * words; NULL if there was none. */
const char *terminal_danger(const struct terminal *);

/* What the program has changed and not put back: alternate screen, cursor, bracketed paste, mouse,
 * focus reports, key modes, colours and attributes, the line's termios. NULL: all is as it was. */
const char *terminal_leftover(struct terminal *);

bool terminal_alternate(const struct terminal *); /* the alternate screen is on */
bool terminal_pasting(const struct terminal *);	  /* bracketed paste is on */

/* Send a signal to the program. False if it has ended. */
bool terminal_signal(struct terminal *, int signal);

/* The window is closed: the program gets SIGHUP and end of file. Only waiting for its end and
 * terminal_end() make sense after this. */
void terminal_hang_up(struct terminal *);

bool terminal_running(struct terminal *); /* not ended; a stopped program runs */
bool terminal_stopped(struct terminal *); /* by C-z or a signal, and not continued */

/* Exit status 0-255, or the negative number of the signal that ended it; -1000 while it runs. */
int terminal_status(struct terminal *);

/* The screen in a frame, with modes, status and the last bytes, to stderr. */
void terminal_dump(struct terminal *);

/* For measuring: the program's process; the pty's non-blocking descriptor, for one who reads it
 * himself and hands the bytes on with terminal_take(), which also answers queries; CLOCK_MONOTONIC
 * in nanoseconds just before exec and just after the end (0 if not yet). */
pid_t terminal_process(const struct terminal *);
int terminal_descriptor(const struct terminal *);
void terminal_take(struct terminal *, const char *bytes, size_t length);
int64_t terminal_born(const struct terminal *);
int64_t terminal_died(struct terminal *);

#endif
