#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* close_range, execvpe, processors */
#endif
#include "terminal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <utmp.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum {
	RAW_LIMIT = 64 << 20,
	READ_AT_ONCE = 1 << 20, /* so that an endless writer cannot keep us from the deadline */
	HELD_LIMIT = 128,
	DIM_FONT = 1,
	NOT_ENDED = -1000
};

enum mode {
	CURSOR_HIDDEN,
	ALTERNATE,
	PASTE,
	CURSOR_KEYS,
	KEYPAD,
	MOUSE,
	FOCUS,
	SYNCHRONIZED,
	MODE_COUNT
};

static const char *const mode_names[MODE_COUNT] = {
	"hidden cursor",      "alternate screen", "bracketed paste", "application cursor keys",
	"application keypad", "mouse reports",	  "focus reports",   "synchronized output",
};

enum scan { GROUND, ESCAPE, DESIGNATE, SEQUENCE, STRING, STRING_ESCAPE };

/* What the output has said so far, as far as libvterm does not tell: modes and dangers. */
struct stream {
	enum scan scan;
	char held[HELD_LIMIT]; /* the escape sequence so far; passed on when whole */
	size_t held_count;
	char string_kind;     /* ] P X ^ _ */
	uint32_t code, least; /* the character so far, and the least its length allows */
	int awaited;	      /* continuation bytes still to come */
	bool modes[MODE_COUNT];
	char danger[192];
};

/* What the keeper and the program tell us through a pipe. */
struct note {
	enum { BORN, CHANGED } kind;
	pid_t process;
	int status; /* of waitpid */
	int64_t at;
};

struct terminal {
	VTerm *vterm;
	VTermScreen *screen;
	struct stream stream;
	const char *allowed_strings;
	int rows, columns;
	pid_t keeper, process;
	int master, notes, release;
	struct termios before;
	bool has_before, ended, stopped;
	int status;
	int64_t born, died;
	char *raw;
	size_t raw_count, raw_room;
	char reply[1024];
	size_t reply_count;
	char *lines, *text;
};

static int64_t nanoseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void *need(void *memory)
{
	if (!memory) {
		fputs("terminal: out of memory\n", stderr);
		abort();
	}
	return memory;
}

static size_t encode(uint32_t code, char *out)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = length - 1; i > 0; i--, code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3f));
	out[0] = (char)((0xf00u >> length & 0xf0) | code);
	return length;
}

/* ---- the stream: what is said besides text ---- */

static void endanger(struct stream *s, const char *what, const char *bytes, size_t count)
{
	if (s->danger[0])
		return;
	int used = snprintf(s->danger, sizeof s->danger, "%s:", what);
	for (size_t i = 0; i < count && used > 0 && (size_t)used < sizeof s->danger - 5; i++) {
		unsigned char c = (unsigned char)bytes[i];
		used += snprintf(s->danger + used, sizeof s->danger - (size_t)used,
				 c > 0x20 && c < 0x7f ? " %c" : " %02x", c);
	}
}

static void mode_set(struct stream *s, int number, bool on)
{
	static const struct {
		int number;
		enum mode mode;
	} known[] = {
		{1, CURSOR_KEYS},     {9, MOUSE},	 {25, CURSOR_HIDDEN}, {47, ALTERNATE},
		{66, KEYPAD},	      {1000, MOUSE},	 {1002, MOUSE},	      {1003, MOUSE},
		{1004, FOCUS},	      {1047, ALTERNATE}, {1049, ALTERNATE},   {2004, PASTE},
		{2026, SYNCHRONIZED},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].number == number)
			s->modes[known[i].mode] = known[i].mode == CURSOR_HIDDEN ? !on : on;
}

/* A character in the open. */
static void see_character(struct stream *s, uint32_t code)
{
	char bytes[4];
	size_t length = encode(code, bytes);
	if ((code < 0x20 && !strchr("\a\b\t\n\r\016\017", (int)code)) || code == 0 || code == 0x7f)
		endanger(s, "control character", bytes, 1);
	else if (code >= 0x80 && code < 0xa0)
		endanger(s, "C1 control", bytes, length);
	else if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
		 code == 0x200e || code == 0x200f || code == 0x2028 || code == 0x2029)
		endanger(s, "bidi or line control", bytes, length);
}

static void see_byte(struct stream *s, unsigned char c)
{
	char byte = (char)c;
	if (s->awaited > 0) {
		if ((c & 0xc0) == 0x80) {
			s->code = s->code << 6 | (c & 0x3f);
			if (--s->awaited > 0)
				return;
			if (s->code < s->least || s->code > 0x10ffff ||
			    (s->code >= 0xd800 && s->code < 0xe000))
				endanger(s, "broken UTF-8", &byte, 1);
			else
				see_character(s, s->code);
			return;
		}
		s->awaited = 0;
		endanger(s, "broken UTF-8", &byte, 1);
	}
	if (c < 0x80) {
		see_character(s, c);
	} else if (c < 0xc2 || c > 0xf4) {
		endanger(s, "broken UTF-8", &byte, 1);
	} else {
		s->awaited = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
		s->least = c < 0xe0 ? 0x80 : c < 0xf0 ? 0x800 : 0x10000;
		s->code = c & (0x3fu >> s->awaited);
	}
}

/* libvterm 0.1.4 forgets faintness. It keeps alternative fonts, which nobody asks for, so a faint
 * cell is handed to it as one in font 1. */
static size_t dim_translate(const char *sequence, size_t count, char *out)
{
	size_t used = 0, copy = 0; /* copy: arguments of a colour, not to be read as attributes */
	int previous = 0;
	out[used++] = '\033';
	out[used++] = '[';
	for (size_t i = 2; i < count;) {
		size_t length = strcspn(sequence + i, ";m");
		int number = atoi(sequence + i);
		bool plain = copy == 0 && length < 3 && !memchr(sequence + i, ':', length);
		if (copy > 0 && (previous == 38 || previous == 48))
			copy = number == 5 ? 1 : number == 2 ? 3 : 0;
		else if (copy > 0)
			copy--;
		else if (plain && (number == 38 || number == 48))
			copy = 1;
		previous = plain ? number : 0;
		if (plain && number == 2)
			used += (size_t)sprintf(out + used, "%d", 10 + DIM_FONT);
		else if (plain && number == 22)
			used += (size_t)sprintf(out + used, "22;10");
		else
			memcpy(out + used, sequence + i, length), used += length;
		i += length;
		out[used++] = sequence[i++];
	}
	return used;
}

/* A whole control sequence, ESC [ … final: keep its modes, judge it. */
static void see_sequence(struct stream *s)
{
	const char *inside = s->held + 2;
	char final = s->held[s->held_count - 1];
	if (inside[0] == '?' && (final == 'h' || final == 'l'))
		for (const char *p = inside + 1; *p >= '0' && *p <= '9';) {
			mode_set(s, atoi(p), final == 'h');
			p += strcspn(p, ";hl");
			p += *p == ';';
		}
	bool harmless = strchr("@ABCDEFGHIJKLMPSTXZ`abcdefghlmnqrsu", final) != NULL;
	if (final == 'p') /* soft reset, and asking for a mode */
		harmless = strchr(inside, '!') || strchr(inside, '$');
	if (final == 't') /* the stack of titles, which terminfo puts into smcup */
		harmless = !strncmp(inside, "22;", 3) || !strncmp(inside, "23;", 3);
	if (!harmless)
		endanger(s, "control sequence", s->held, s->held_count);
}

static void see_string(struct stream *s, const char *allowed)
{
	if (s->string_kind == ']' && allowed) {
		size_t digits = strspn(s->held + 2, "0123456789");
		for (const char *p = allowed; *p; p += strcspn(p, " "), p += strspn(p, " "))
			if (strcspn(p, " ") == digits && !strncmp(p, s->held + 2, digits))
				return;
	}
	endanger(s, s->string_kind == ']' ? "operating system command" : "control string", s->held,
		 s->held_count);
}

static void hold(struct stream *s, char c)
{
	if (s->held_count < sizeof s->held - 1) {
		s->held[s->held_count++] = c;
		s->held[s->held_count] = '\0';
	}
}

/* ESC and one byte. */
static void see_escape(struct stream *s, char c)
{
	s->scan = GROUND;
	if (c == '[') {
		s->scan = SEQUENCE;
	} else if (c != '\0' && strchr("]PX^_", c)) {
		s->scan = STRING;
		s->string_kind = c;
	} else if (c != '\0' && strchr("()*+", c)) {
		s->scan = DESIGNATE;
	} else if (c == '=' || c == '>') {
		s->modes[KEYPAD] = c == '=';
	} else if (c == '\0' || !strchr("78MDEH\\", c)) {
		endanger(s, "escape sequence", s->held, s->held_count);
	}
}

/* Take one byte. Returns how many bytes to pass on to libvterm, in out; an unfinished control
 * sequence is held back, for it may have to be rewritten. */
static size_t stream_take(struct stream *s, char c, const char *allowed, char out[3 * HELD_LIMIT])
{
	bool in_string = s->scan == STRING || s->scan == STRING_ESCAPE;
	if (c == '\033' && !in_string) {
		s->awaited = 0;
		s->scan = ESCAPE;
		s->held_count = 0;
		hold(s, c);
		return 0;
	}
	if (s->scan == SEQUENCE || s->scan == ESCAPE || s->scan == DESIGNATE) {
		hold(s, c);
		enum scan was = s->scan;
		if (was == ESCAPE)
			see_escape(s, c);
		else if (was == DESIGNATE || ((unsigned char)c >= 0x40 && (unsigned char)c <= 0x7e))
			s->scan = GROUND;
		bool full = s->held_count == sizeof s->held - 1;
		if ((s->scan == SEQUENCE || s->scan == DESIGNATE) && !full)
			return 0;
		if (full) {
			s->scan = GROUND;
			endanger(s, "endless control sequence", s->held, 16);
		} else if (was == SEQUENCE) {
			see_sequence(s);
			if (c == 'm' && strspn(s->held + 2, "0123456789;:") == s->held_count - 3)
				return dim_translate(s->held, s->held_count, out);
		}
		memcpy(out, s->held, s->held_count);
		return s->held_count;
	}
	if (in_string) {
		hold(s, c);
		bool ends =
			(c == '\a' && s->scan == STRING) || (c == '\\' && s->scan == STRING_ESCAPE);
		s->scan = ends ? GROUND : c == '\033' ? STRING_ESCAPE : STRING;
		if (ends)
			see_string(s, allowed);
	} else {
		see_byte(s, (unsigned char)c);
	}
	out[0] = c;
	return 1;
}

/* ---- the processes ---- */

static void tell(int pipe, int kind, pid_t process, int status)
{
	struct note note = {.process = process, .status = status, .at = nanoseconds()};
	note.kind = kind == BORN ? BORN : CHANGED;
	while (write(pipe, &note, sizeof note) < 0 && errno == EINTR)
		;
}

static _Noreturn void become_program(const struct terminal_setup *setup, int notes)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpgid(0, 0);
	tcsetpgrp(STDIN_FILENO, getpid()); /* the keeper ignores SIGTTOU, and so do we still */
	if (setup->folder && chdir(setup->folder) != 0)
		_exit(127);
	for (int i = 1; i < SIGRTMAX; i++)
		signal(i, SIG_DFL);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	tell(notes, BORN, getpid(), 0);
	if (setup->environment)
		execvpe(setup->argv[0], (char *const *)(uintptr_t)setup->argv,
			(char *const *)(uintptr_t)setup->environment);
	else
		execvp(setup->argv[0], (char *const *)(uintptr_t)setup->argv);
	dprintf(STDERR_FILENO, "%s: %s\r\n", setup->argv[0], strerror(errno));
	_exit(127);
}

static volatile pid_t kept; /* in the keeper only: whom a hang-up is passed on to */

/* The kernel tells only the session's leader; a shell then tells its jobs, and so do we. */
static void hang_up_pass(int signal)
{
	kill(-kept, signal);
	kill(-kept, SIGCONT);
}

/* Leads the session, waits for the program, and stays until we close `release`, so that the
 * session's end does not reset the line before it has been looked at. */
static _Noreturn void keep(const struct terminal_setup *setup, int notes, int release)
{
	unsigned low = (unsigned)(notes < release ? notes : release);
	unsigned high = (unsigned)(notes < release ? release : notes);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* another terminal's master held open here would keep that one from hanging up */
	if (low > 3)
		close_range(3, low - 1, 0);
	if (high > low + 1)
		close_range(low + 1, high - 1, 0);
	close_range(high + 1, ~0u, 0);
	if (setup->cpu >= 0) {
		cpu_set_t set;
		CPU_ZERO(&set);
		CPU_SET((size_t)setup->cpu, &set);
		sched_setaffinity(0, sizeof set, &set);
	}
	sigset_t hang_up;
	sigemptyset(&hang_up);
	sigaddset(&hang_up, SIGHUP);
	sigprocmask(SIG_BLOCK, &hang_up, NULL);
	signal(SIGHUP, hang_up_pass);
	signal(SIGINT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	pid_t process = fork();
	if (process == 0)
		become_program(setup, notes);
	if (process > 0) {
		kept = process;
		setpgid(process, process); /* whichever of the two is first */
		sigprocmask(SIG_UNBLOCK, &hang_up, NULL);
	}
	int status = 0;
	while (process > 0) {
		if (waitpid(process, &status, WUNTRACED | WCONTINUED) < 0) {
			if (errno == EINTR)
				continue;
			break;
		}
		tell(notes, CHANGED, process, status);
		if (WIFEXITED(status) || WIFSIGNALED(status))
			break;
	}
	char byte;
	while (process > 0 && read(release, &byte, 1) < 0 && errno == EINTR)
		;
	_exit(0);
}

static void notes_read(struct terminal *t)
{
	struct note note;
	while (read(t->notes, &note, sizeof note) == (ssize_t)sizeof note) {
		if (note.kind == BORN) {
			t->process = note.process;
			t->born = note.at;
			continue;
		}
		t->stopped = WIFSTOPPED(note.status);
		if (WIFEXITED(note.status) || WIFSIGNALED(note.status)) {
			t->ended = true;
			t->died = note.at;
			t->status = WIFEXITED(note.status) ? WEXITSTATUS(note.status)
							   : -WTERMSIG(note.status);
		}
	}
}

static void reply_keep(const char *bytes, size_t length, void *user)
{
	struct terminal *t = user;
	if (length <= sizeof t->reply - t->reply_count) {
		memcpy(t->reply + t->reply_count, bytes, length);
		t->reply_count += length;
	}
}

static bool vterm_begin(struct terminal *t)
{
	t->vterm = vterm_new(t->rows, t->columns);
	if (!t->vterm)
		return false;
	vterm_set_utf8(t->vterm, 1);
	vterm_output_set_callback(t->vterm, reply_keep, t);
	t->screen = vterm_obtain_screen(t->vterm);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	return true;
}

/* Fork the keeper and hear from the program that it is about to be. */
static bool keeper_start(struct terminal *t, const struct terminal_setup *setup)
{
	int notes[2], release[2];
	if (pipe2(notes, O_CLOEXEC) != 0)
		return false;
	if (pipe2(release, O_CLOEXEC) != 0) {
		close(notes[0]);
		close(notes[1]);
		return false;
	}
	struct winsize size = {.ws_row = (unsigned short)t->rows,
			       .ws_col = (unsigned short)t->columns};
	int slave = -1;
	if (openpty(&t->master, &slave, NULL, NULL, &size) == 0) {
		/* before anybody can have changed it */
		t->has_before = tcgetattr(slave, &t->before) == 0;
		t->keeper = fork();
	}
	if (t->keeper == 0) {
		close(t->master);
		login_tty(slave);
		keep(setup, notes[1], release[0]);
	}
	if (slave >= 0)
		close(slave);
	close(notes[1]);
	close(release[0]);
	t->notes = notes[0];
	t->release = release[1];
	if (t->keeper < 0)
		return false;
	fcntl(t->master, F_SETFD, FD_CLOEXEC);
	fcntl(t->master, F_SETFL, O_RDWR | O_NONBLOCK);
	fcntl(t->notes, F_SETFL, O_NONBLOCK);
	struct pollfd wait = {.fd = t->notes, .events = POLLIN};
	while (poll(&wait, 1, TERMINAL_PATIENCE_MS) < 0 && errno == EINTR)
		;
	notes_read(t);
	return t->process > 0;
}

struct terminal *terminal_start(const struct terminal_setup *setup)
{
	assert(setup->argv && setup->argv[0]);
	struct terminal *t = need(calloc(1, sizeof *t));
	t->rows = setup->rows ? setup->rows : 24;
	t->columns = setup->columns ? setup->columns : 80;
	t->allowed_strings = setup->allowed_strings;
	t->master = t->notes = t->release = -1;
	t->status = NOT_ENDED;
	t->raw = need(calloc(1, 1));
	if (!vterm_begin(t) || !keeper_start(t, setup)) {
		terminal_end(t);
		return NULL;
	}
	return t;
}

void terminal_end(struct terminal *t)
{
	if (!t)
		return;
	if (t->notes >= 0)
		notes_read(t);
	if (t->process > 0 && !t->ended)
		kill(-t->process, SIGKILL), kill(t->process, SIGKILL);
	if (t->release >= 0)
		close(t->release);
	if (t->master >= 0)
		close(t->master);
	if (t->keeper > 0)
		while (waitpid(t->keeper, NULL, 0) < 0 && errno == EINTR)
			;
	if (t->notes >= 0)
		close(t->notes);
	if (t->vterm)
		vterm_free(t->vterm);
	free(t->raw);
	free(t->lines);
	free(t->text);
	free(t);
}

/* ---- reading ---- */

static void raw_keep(struct terminal *t, const char *bytes, size_t length)
{
	if (length > RAW_LIMIT - t->raw_count)
		length = RAW_LIMIT - t->raw_count;
	if (t->raw_count + length + 1 > t->raw_room) {
		t->raw_room = 2 * (t->raw_count + length) + 4096;
		t->raw = need(realloc(t->raw, t->raw_room));
	}
	memcpy(t->raw + t->raw_count, bytes, length);
	t->raw_count += length;
	t->raw[t->raw_count] = '\0';
}

void terminal_take(struct terminal *t, const char *bytes, size_t length)
{
	char out[4096];
	size_t used = 0;
	raw_keep(t, bytes, length);
	for (size_t i = 0; i < length; i++) {
		if (used > sizeof out - 3 * HELD_LIMIT) {
			vterm_input_write(t->vterm, out, used);
			used = 0;
		}
		used += stream_take(&t->stream, bytes[i], t->allowed_strings, out + used);
	}
	vterm_input_write(t->vterm, out, used);
	vterm_screen_flush_damage(t->screen);
	if (t->reply_count > 0 && t->master >= 0) {
		ssize_t sent = write(t->master, t->reply, t->reply_count);
		if (sent > 0) {
			t->reply_count -= (size_t)sent;
			memmove(t->reply, t->reply + sent, t->reply_count);
		}
	}
}

bool terminal_pump(struct terminal *t)
{
	/* the end is looked for first: what was written before it can then be read */
	notes_read(t);
	bool ended = t->ended;
	char bytes[16384];
	for (size_t total = 0; t->master >= 0 && total < READ_AT_ONCE;) {
		struct pollfd ready = {.fd = t->master, .events = POLLIN};
		poll(&ready, 1, 0); /* also makes the kernel hand over what is under way */
		ssize_t got = read(t->master, bytes, sizeof bytes);
		if (got <= 0)
			return !ended;
		terminal_take(t, bytes, (size_t)got);
		total += (size_t)got;
	}
	return t->master >= 0 || !ended;
}

static void doze(struct terminal *t, int64_t until, short events)
{
	int64_t left = (until - nanoseconds()) / 1000000;
	struct pollfd ready[2] = {{.fd = t->master, .events = events},
				  {.fd = t->ended ? -1 : t->notes, .events = POLLIN}};
	poll(ready, 2, left < 0 ? 0 : left > 20 ? 20 : (int)left);
}

static bool await(struct terminal *t, bool (*holds)(struct terminal *, void *), void *data,
		  int deadline_ms)
{
	int64_t until = nanoseconds() + (int64_t)deadline_ms * 1000000;
	for (;;) {
		bool more = terminal_pump(t);
		if (holds(t, data))
			return true;
		if (!more || nanoseconds() >= until)
			return false;
		doze(t, until, POLLIN);
	}
}

bool terminal_wait(struct terminal *t, bool (*holds)(struct terminal *, void *), void *data,
		   int deadline_ms)
{
	if (await(t, holds, data, deadline_ms))
		return true;
	fprintf(stderr, "terminal: what was waited for did not come within %d ms\n", deadline_ms);
	terminal_dump(t);
	return false;
}

static bool text_stands(struct terminal *t, void *text)
{
	return terminal_find(t, text, NULL, NULL);
}

static bool text_gone(struct terminal *t, void *text)
{
	return !terminal_find(t, text, NULL, NULL);
}

bool terminal_wait_text(struct terminal *t, const char *text)
{
	if (await(t, text_stands, (void *)(uintptr_t)text, TERMINAL_PATIENCE_MS))
		return true;
	fprintf(stderr, "terminal: \"%s\" did not come\n", text);
	terminal_dump(t);
	return false;
}

bool terminal_wait_gone(struct terminal *t, const char *text)
{
	if (await(t, text_gone, (void *)(uintptr_t)text, TERMINAL_PATIENCE_MS))
		return true;
	fprintf(stderr, "terminal: \"%s\" did not go\n", text);
	terminal_dump(t);
	return false;
}

static bool is_over(struct terminal *t, void *none)
{
	(void)none;
	return t->ended && !terminal_pump(t);
}

bool terminal_wait_exit(struct terminal *t, int deadline_ms)
{
	if (await(t, is_over, NULL, deadline_ms))
		return true;
	fprintf(stderr, "terminal: the program did not end within %d ms\n", deadline_ms);
	terminal_dump(t);
	return false;
}

/* ---- sending ---- */

static bool put(struct terminal *t, const char *bytes, size_t length)
{
	int64_t until = nanoseconds() + (int64_t)TERMINAL_PATIENCE_MS * 1000000;
	while (length > 0) {
		ssize_t sent = t->master < 0 ? -1 : write(t->master, bytes, length);
		if (sent > 0) {
			bytes += sent;
			length -= (size_t)sent;
			continue;
		}
		/* the program may itself be waiting for us to read */
		if (t->master < 0 || !terminal_pump(t) || nanoseconds() >= until)
			return false;
		doze(t, until, POLLIN | POLLOUT);
	}
	return true;
}

static const struct {
	const char *name, *bytes;
	char cursor_key; /* not 0: ESC [ or, in application mode, ESC O before it */
} keys[] = {
	{"Enter", "\r", 0},	{"Tab", "\t", 0},	{"S-Tab", "\033[Z", 0},
	{"Esc", "\033", 0},	{"BS", "\177", 0},	{"Space", " ", 0},
	{"Ins", "\033[2~", 0},	{"Del", "\033[3~", 0},	{"PgUp", "\033[5~", 0},
	{"PgDn", "\033[6~", 0}, {"Up", "", 'A'},	{"Down", "", 'B'},
	{"Right", "", 'C'},	{"Left", "", 'D'},	{"Home", "", 'H'},
	{"End", "", 'F'},	{"F1", "\033OP", 0},	{"F2", "\033OQ", 0},
	{"F3", "\033OR", 0},	{"F4", "\033OS", 0},	{"F5", "\033[15~", 0},
	{"F6", "\033[17~", 0},	{"F7", "\033[18~", 0},	{"F8", "\033[19~", 0},
	{"F9", "\033[20~", 0},	{"F10", "\033[21~", 0}, {"F11", "\033[23~", 0},
	{"F12", "\033[24~", 0},
};

size_t terminal_spell(const struct terminal *t, const char *name, char bytes[16])
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (strcmp(keys[i].name, name) != 0)
			continue;
		if (!keys[i].cursor_key)
			return (size_t)snprintf(bytes, 16, "%s", keys[i].bytes);
		return (size_t)snprintf(bytes, 16, "\033%c%c",
					t->stream.modes[CURSOR_KEYS] ? 'O' : '[',
					keys[i].cursor_key);
	}
	size_t length = strlen(name);
	unsigned char first = (unsigned char)name[0];
	size_t wanted = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	if (length == 3 && name[0] == 'C' && name[1] == '-') {
		bytes[0] = (char)(name[2] == '?' ? 0x7f : name[2] & 0x1f);
		return 1;
	}
	if (length > 2 && name[0] == 'M' && name[1] == '-') {
		char inner[16];
		size_t count = terminal_spell(t, name + 2, inner);
		if (count == 0 || count > 14)
			return 0;
		bytes[0] = '\033';
		memcpy(bytes + 1, inner, count);
		return count + 1;
	}
	if (length == 0 || length != wanted)
		return 0;
	memcpy(bytes, name, length);
	return length;
}

bool terminal_key(struct terminal *t, const char *name)
{
	char bytes[16];
	size_t length = terminal_spell(t, name, bytes);
	if (length > 0)
		return put(t, bytes, length);
	fprintf(stderr, "terminal: no key is named \"%s\"\n", name);
	return false;
}

bool terminal_keys(struct terminal *t, const char *names)
{
	while (*(names += strspn(names, " "))) {
		char name[32];
		size_t length = strcspn(names, " ");
		snprintf(name, sizeof name, "%.*s", (int)length, names);
		if (!terminal_key(t, name))
			return false;
		names += length;
	}
	return true;
}

bool terminal_type(struct terminal *t, const char *text)
{
	return put(t, text, strlen(text));
}

bool terminal_paste(struct terminal *t, const char *text)
{
	size_t length = strlen(text);
	bool brackets = t->stream.modes[PASTE];
	char *bytes = need(malloc(length + 1));
	for (size_t i = 0; i <= length; i++)
		bytes[i] = (char)(text[i] == '\n' ? '\r' : text[i]);
	bool sent = (!brackets || put(t, "\033[200~", 6)) && put(t, bytes, length) &&
		    (!brackets || put(t, "\033[201~", 6));
	free(bytes);
	return sent;
}

void terminal_resize(struct terminal *t, int rows, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	terminal_pump(t);
	t->rows = rows;
	t->columns = columns;
	vterm_set_size(t->vterm, rows, columns);
	free(t->lines);
	t->lines = NULL;
	if (t->master >= 0)
		ioctl(t->master, TIOCSWINSZ, &size);
}

/* ---- the screen ---- */

static int colour_number(const VTermColor *colour)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour))
		return -1;
	if (VTERM_COLOR_IS_INDEXED(colour))
		return colour->indexed.idx;
	return 0x1000000 | colour->rgb.red << 16 | colour->rgb.green << 8 | colour->rgb.blue;
}

struct terminal_cell terminal_cell(const struct terminal *t, int row, int column)
{
	struct terminal_cell cell = {.text = " ", .width = 1, .foreground = -1, .background = -1};
	VTermScreenCell found;
	VTermPos place = {.row = row, .col = column};
	if (row < 0 || column < 0 || row >= t->rows || column >= t->columns ||
	    !vterm_screen_get_cell(t->screen, place, &found))
		return cell;
	if (found.chars[0] == (uint32_t)-1) {
		cell.text[0] = '\0';
		cell.width = 0;
	} else if (found.chars[0] != 0) {
		size_t used = 0;
		for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && found.chars[i]; i++)
			used += encode(found.chars[i], cell.text + used);
		cell.text[used] = '\0';
		cell.width = (unsigned char)found.width;
	}
	cell.bold = found.attrs.bold;
	cell.dim = found.attrs.font == DIM_FONT;
	cell.italic = found.attrs.italic;
	cell.underline = found.attrs.underline != 0;
	cell.blink = found.attrs.blink;
	cell.reverse = found.attrs.reverse;
	cell.foreground = colour_number(&found.fg);
	cell.background = colour_number(&found.bg);
	return cell;
}

bool terminal_cell_equal(const struct terminal_cell *a, const struct terminal_cell *b)
{
	return !strcmp(a->text, b->text) && a->width == b->width && a->bold == b->bold &&
	       a->dim == b->dim && a->italic == b->italic && a->underline == b->underline &&
	       a->blink == b->blink && a->reverse == b->reverse && a->foreground == b->foreground &&
	       a->background == b->background;
}

const char *terminal_row(struct terminal *t, int row)
{
	size_t room = (size_t)t->columns * sizeof((struct terminal_cell *)0)->text;
	if (row < 0 || row >= t->rows)
		return "";
	if (!t->lines)
		t->lines = need(calloc((size_t)t->rows, room));
	char *line = t->lines + (size_t)row * room, *end = line;
	for (int column = 0; column < t->columns; column++) {
		struct terminal_cell cell = terminal_cell(t, row, column);
		size_t length = strlen(cell.text);
		memcpy(end, cell.text, length);
		end += length;
	}
	while (end > line && end[-1] == ' ')
		end--;
	*end = '\0';
	return line;
}

const char *terminal_text(struct terminal *t)
{
	size_t used = 0;
	for (int row = 0; row < t->rows; row++) {
		const char *line = terminal_row(t, row);
		size_t length = strlen(line);
		t->text = need(realloc(t->text, used + length + 2));
		memcpy(t->text + used, line, length);
		used += length;
		t->text[used++] = '\n';
		t->text[used] = '\0';
	}
	return t->text;
}

bool terminal_find(struct terminal *t, const char *text, int *row, int *column)
{
	for (int i = 0; i < t->rows; i++) {
		const char *line = terminal_row(t, i);
		const char *found = strstr(line, text);
		if (!found)
			continue;
		int at = 0;
		for (const char *p = line; p < found; at++)
			p += strlen(terminal_cell(t, i, at).text);
		if (row)
			*row = i;
		if (column)
			*column = at;
		return true;
	}
	return false;
}

void terminal_size(const struct terminal *t, int *rows, int *columns)
{
	*rows = t->rows;
	*columns = t->columns;
}

void terminal_cursor(const struct terminal *t, int *row, int *column, bool *shown)
{
	VTermPos place;
	vterm_state_get_cursorpos(vterm_obtain_state(t->vterm), &place);
	if (row)
		*row = place.row;
	if (column)
		*column = place.col;
	if (shown)
		*shown = !t->stream.modes[CURSOR_HIDDEN];
}

/* ---- what there is to assert besides ---- */

const char *terminal_bytes(const struct terminal *t, size_t *length)
{
	if (length)
		*length = t->raw_count;
	return t->raw;
}

void terminal_bytes_drop(struct terminal *t)
{
	t->raw_count = 0;
	t->raw[0] = '\0';
}

const char *terminal_danger(const struct terminal *t)
{
	return t->stream.danger[0] ? t->stream.danger : NULL;
}

static bool pen_is_plain(const struct terminal *t)
{
	const VTermState *state = vterm_obtain_state(t->vterm);
	static const VTermAttr attributes[] = {VTERM_ATTR_BOLD,	   VTERM_ATTR_UNDERLINE,
					       VTERM_ATTR_ITALIC,  VTERM_ATTR_BLINK,
					       VTERM_ATTR_REVERSE, VTERM_ATTR_FONT};
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
		VTermValue value = {.number = 0};
		vterm_state_get_penattr(state, attributes[i], &value);
		bool number = vterm_get_attr_type(attributes[i]) == VTERM_VALUETYPE_INT;
		if (number ? value.number != 0 : value.boolean != 0)
			return false;
	}
	VTermValue foreground, background;
	vterm_state_get_penattr(state, VTERM_ATTR_FOREGROUND, &foreground);
	vterm_state_get_penattr(state, VTERM_ATTR_BACKGROUND, &background);
	return colour_number(&foreground.color) == -1 && colour_number(&background.color) == -1;
}

const char *terminal_leftover(struct terminal *t)
{
	struct termios now;
	for (int i = 0; i < MODE_COUNT; i++)
		if (t->stream.modes[i])
			return mode_names[i];
	if (!pen_is_plain(t))
		return "colours or attributes";
	if (t->master < 0 || !t->has_before || tcgetattr(t->master, &now) != 0)
		return NULL;
	if (now.c_iflag != t->before.c_iflag || now.c_oflag != t->before.c_oflag ||
	    now.c_cflag != t->before.c_cflag || now.c_lflag != t->before.c_lflag ||
	    memcmp(now.c_cc, t->before.c_cc, sizeof now.c_cc) != 0)
		return "line settings (termios)";
	return NULL;
}

bool terminal_alternate(const struct terminal *t)
{
	return t->stream.modes[ALTERNATE];
}

bool terminal_pasting(const struct terminal *t)
{
	return t->stream.modes[PASTE];
}

bool terminal_signal(struct terminal *t, int signal)
{
	notes_read(t);
	return !t->ended && kill(t->process, signal) == 0;
}

void terminal_hang_up(struct terminal *t)
{
	if (t->master < 0)
		return;
	terminal_pump(t);
	close(t->master);
	t->master = -1;
}

bool terminal_running(struct terminal *t)
{
	notes_read(t);
	return !t->ended;
}

bool terminal_stopped(struct terminal *t)
{
	notes_read(t);
	return t->stopped;
}

int terminal_status(struct terminal *t)
{
	notes_read(t);
	return t->status;
}

void terminal_dump(struct terminal *t)
{
	int row, column;
	bool shown;
	terminal_cursor(t, &row, &column, &shown);
	fprintf(stderr, "+---- %d rows, %d columns; cursor %d,%d%s; %s %d;", t->rows, t->columns,
		row, column, shown ? "" : " hidden", t->ended ? "ended with" : "running, process",
		t->ended ? t->status : (int)t->process);
	for (int i = 0; i < MODE_COUNT; i++)
		if (t->stream.modes[i])
			fprintf(stderr, " %s;", mode_names[i]);
	fputc('\n', stderr);
	for (int i = 0; i < t->rows; i++)
		fprintf(stderr, "|%s\n", terminal_row(t, i));
	size_t from = t->raw_count > 160 ? t->raw_count - 160 : 0;
	fprintf(stderr, "+---- the last of %zu bytes: ", t->raw_count);
	for (size_t i = from; i < t->raw_count; i++) {
		unsigned char c = (unsigned char)t->raw[i];
		fprintf(stderr, c == 0x1b ? "\\e" : c < 0x20 || c == 0x7f ? "\\x%02x" : "%c", c);
	}
	fputc('\n', stderr);
}

pid_t terminal_process(const struct terminal *t)
{
	return t->process;
}

int terminal_descriptor(const struct terminal *t)
{
	return t->master;
}

int64_t terminal_born(const struct terminal *t)
{
	return t->born;
}

int64_t terminal_died(struct terminal *t)
{
	notes_read(t);
	return t->died;
}
