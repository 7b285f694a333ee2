/*
 * What talktrack costs, against the least that the same thing could cost: bare, a ncurses program
 * that only paints, and bare_yaml, a loop that only parses. Both stand beside this program. Every
 * time is a ratio of two measured one after the other in this run; the median of the pairs is held
 * against the bound. Playbooks are made up in a folder of /tmp and removed at the end.
 *
 * usage: bench [--runs N] [--only NAME] [--json] [--program PATH]
 * Exit: 0 all within bounds, 1 something over its bound or not measurable, 2 usage.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* processors */
#endif
#include "../pty/terminal.h"
#include "change.h"
#include "playbooks.h"
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <getopt.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The program as its user meets it; change it here when its keys change. */
static const struct {
	const char *home_mark;	/* seen once situations are painted, the first few it may be */
	const char *read_mark;	/* seen once all playbooks are read and keys are answered */
	const char *open;	/* at home: begins a call in a situation */
	const char *call_mark;	/* seen only in a call, and in what the list shows of one */
	const char *panel_mark; /* seen only in a call */
	const char *step, *step_back, *line, *line_back;
	const char *picker, *picker_move, *picker_take;
	const char *popup, *search, *close;
	const char *nothing;  /* a key that changes nothing, at home and in a call */
	const char *quit;     /* at home; in a call: asks, and then ends */
	const char *check[4]; /* the command that loads and judges playbooks, "@" all their files */
} ui = {
	.home_mark = "Case",
	.read_mark = "no call",
	.open = "1",
	.call_mark = "Words",
	.panel_mark = "1 Reflect",
	.step = "Tab",
	.step_back = "S-Tab",
	.line = "Down",
	.line_back = "Up",
	.picker = "s",
	.picker_move = "Down",
	.picker_take = "Enter",
	.popup = "?",
	.search = "/",
	.close = "Esc",
	.nothing = "F12",
	.quit = "q",
	.check = {"check", "@"},
};

enum { SMALL = 10 * 1000, LARGE = 1000 * 1000, LARGE_FILES = 10, MANY_FILES = 1000 };
enum { HEARD = 24, SLOW_MS = 25, RELOAD_MS = 500, LEARN_PATIENCE_MS = 10000 };
enum { KEY_PATIENCE_MS = 60, WAKE_SECONDS = 10, PAIRS_MAX = 4096, ROWS_MAX = 48 };

/* One line of the table. NAN where there is no figure. */
struct row {
	char name[32], unit[8], note[96];
	double ours, bare; /* medians */
	double value;	   /* what is held against the bound: a ratio, or ours */
	double bound;
	bool measured;
};

struct bench {
	int runs;
	const char *only;
	bool json;
	char program[PLAYBOOKS_PATH_MAX], bare[PLAYBOOKS_PATH_MAX], bare_yaml[PLAYBOOKS_PATH_MAX];
	char folder[64]; /* of this run, in /tmp */
	struct playbooks small, large, many, wordy;
	int cpu;   /* the programs'; -1: not pinned */
	int homes; /* counts the folders of state given out */
	char variables[10][256];
	const char *environment[11]; /* of the session started last */
	struct row rows[ROWS_MAX];
	int row_count;
};

/* Pairs of figures, the program's and the yardstick's. */
struct pairs {
	double ours[PAIRS_MAX], bare[PAIRS_MAX];
	int count;
};

static void pairs_add(struct pairs *pairs, double ours, double bare)
{
	if (ours >= 0 && bare >= 0 && pairs->count < PAIRS_MAX) {
		pairs->ours[pairs->count] = ours;
		pairs->bare[pairs->count++] = bare;
	}
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(const double *figures, int count)
{
	double sorted[PAIRS_MAX];
	if (count == 0)
		return NAN;
	memcpy(sorted, figures, (size_t)count * sizeof *sorted);
	qsort(sorted, (size_t)count, sizeof *sorted, ascending);
	return count % 2 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

/* Is a row, or any row of a group such as "start/", asked for? */
static bool wanted(const struct bench *b, const char *name)
{
	if (!b->only)
		return true;
	size_t length = strlen(b->only), least = strlen(name) < length ? strlen(name) : length;
	bool group = name[strlen(name) - 1] == '/';
	return !strncmp(name, b->only, group ? least : length);
}

static struct row *row_add(struct bench *b, const char *name, const char *unit, double bound)
{
	static struct row unwanted;
	struct row *row =
		wanted(b, name) && b->row_count < ROWS_MAX ? &b->rows[b->row_count++] : &unwanted;
	memset(row, 0, sizeof *row);
	snprintf(row->name, sizeof row->name, "%s", name);
	snprintf(row->unit, sizeof row->unit, "%s", unit);
	row->ours = row->bare = row->value = NAN;
	row->bound = bound;
	return row;
}

/* A row that holds the median of ratios against its bound; times come in ns. */
static void row_add_ratio(struct bench *b, const char *name, double bound,
			  const struct pairs *pairs)
{
	double ratios[PAIRS_MAX];
	struct row *row = row_add(b, name, "ms", bound);
	for (int i = 0; i < pairs->count; i++)
		ratios[i] = pairs->ours[i] / pairs->bare[i];
	row->ours = median(pairs->ours, pairs->count) / 1e6;
	row->bare = median(pairs->bare, pairs->count) / 1e6;
	row->value = median(ratios, pairs->count);
	row->measured = pairs->count > 0;
	if (pairs->count > 3) {
		qsort(ratios, (size_t)pairs->count, sizeof *ratios, ascending);
		snprintf(row->note, sizeof row->note, "%d pairs, half within %.2f-%.2f",
			 pairs->count, ratios[pairs->count / 4], ratios[pairs->count * 3 / 4]);
	}
}

static void row_add_value(struct bench *b, const char *name, const char *unit, double bound,
			  double ours, double bare, const char *note)
{
	struct row *row = row_add(b, name, unit, bound);
	row->ours = row->value = ours;
	row->bare = bare;
	row->measured = !isnan(ours);
	snprintf(row->note, sizeof row->note, "%s", note);
}

/* ---- the two programs ---- */

/* A fresh home each time, so that no call of before waits to be resumed. */
static void environment_make(struct bench *b)
{
	static const char *const folders[] = {"", "/state", "/config", "/run"};
	char home[128], path[192];
	snprintf(home, sizeof home, "%s/%d", b->folder, b->homes++);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		snprintf(path, sizeof path, "%s%s", home, folders[i]);
		mkdir(path, 0700);
	}
	int n = 0;
	snprintf(b->variables[n++], sizeof b->variables[0], "HOME=%s", home);
	snprintf(b->variables[n++], sizeof b->variables[0], "XDG_STATE_HOME=%s/state", home);
	snprintf(b->variables[n++], sizeof b->variables[0], "XDG_CONFIG_HOME=%s/config", home);
	snprintf(b->variables[n++], sizeof b->variables[0], "XDG_RUNTIME_DIR=%s/run", home);
	snprintf(b->variables[n++], sizeof b->variables[0], "LC_ALL=C.UTF-8");
	snprintf(b->variables[n++], sizeof b->variables[0], "TERM=xterm-256color");
	snprintf(b->variables[n++], sizeof b->variables[0], "PATH=/usr/bin:/bin");
	for (int i = 0; i < n; i++)
		b->environment[i] = b->variables[i];
	b->environment[n] = NULL;
}

static int64_t ours_begin(struct bench *b, struct session *s, const struct playbooks *books,
			  int rows, int columns, const char *mark)
{
	const char *argv[] = {b->program, "-p", books->folder, NULL};
	environment_make(b);
	struct terminal_setup setup = {
		.argv = argv,
		.environment = b->environment,
		.rows = rows,
		.columns = columns,
		.cpu = b->cpu,
	};
	return session_start(s, &setup, mark);
}

static int64_t ours_start(struct bench *b, struct session *s, const struct playbooks *books,
			  int rows, int columns)
{
	return ours_begin(b, s, books, rows, columns, ui.home_mark);
}

static int64_t bare_start(struct bench *b, struct session *s, int rows, int columns)
{
	const char *argv[] = {b->bare, NULL};
	environment_make(b);
	struct terminal_setup setup = {
		.argv = argv,
		.environment = b->environment,
		.rows = rows,
		.columns = columns,
		.cpu = b->cpu,
	};
	return session_start(s, &setup, "page 0");
}

/* Start the program and begin a call. */
static bool call_start(struct bench *b, struct session *s, const struct playbooks *books)
{
	return ours_start(b, s, books, 24, 80) >= 0 && session_reach(s, ui.open, ui.call_mark);
}

/* ---- the rows ---- */

/* From exec to the last byte of the first frame that has words of the playbooks in it; with
 * ui.read_mark, of the one with which all are read. The yardstick reads nothing. */
static void measure_start(struct bench *b, const char *name, const struct playbooks *books,
			  int rows, int columns, const char *mark, double bound)
{
	struct pairs pairs = {.count = 0};
	struct session s;
	if (!wanted(b, name))
		return;
	for (int i = -1; i < b->runs; i++) {
		int64_t ours = -1, bare = -1;
		for (int turn = 0; turn < 2; turn++) {
			if ((turn + i) & 1) {
				ours = ours_begin(b, &s, books, rows, columns, mark);
				if (ours < 0)
					i = b->runs;
				else
					session_quit(&s, ui.quit);
			} else {
				bare = bare_start(b, &s, rows, columns);
				session_quit(&s, "q");
			}
			session_end(&s);
		}
		if (i >= 0) /* the first pair warms the caches */
			pairs_add(&pairs, (double)ours, (double)bare);
	}
	row_add_ratio(b, name, bound, &pairs);
}

/* Run to its end; processor time in ns, and the user's part of it. The kernel knows the sum to the
 * microsecond, but splits it by ticks, so the sum is what is judged. */
static double process_cost(struct bench *b, const char *const *argv, double *user, int *status)
{
	fflush(NULL);
	pid_t process = fork();
	if (process == 0) {
		int nowhere = open("/dev/null", O_RDWR);
		cpu_set_t set;
		CPU_ZERO(&set);
		CPU_SET((size_t)(b->cpu < 0 ? 0 : b->cpu), &set);
		if (b->cpu >= 0)
			sched_setaffinity(0, sizeof set, &set);
		dup2(nowhere, 0);
		dup2(nowhere, 1);
		dup2(nowhere, 2);
		execve(argv[0], (char *const *)(uintptr_t)argv,
		       (char *const *)(uintptr_t)b->environment);
		_exit(127);
	}
	struct rusage usage;
	if (process < 0 || wait4(process, status, 0, &usage) != process)
		return -1;
	*user = (double)usage.ru_utime.tv_sec * 1e9 + (double)usage.ru_utime.tv_usec * 1e3;
	return *user + (double)usage.ru_stime.tv_sec * 1e9 + (double)usage.ru_stime.tv_usec * 1e3;
}

static void measure_load(struct bench *b, const char *name, const struct playbooks *books,
			 double bound)
{
	struct pairs pairs = {.count = 0};
	const char *ours[PLAYBOOKS_FILES_MAX + 8] = {b->program};
	const char *bare[PLAYBOOKS_FILES_MAX + 2] = {b->bare_yaml};
	double user[2] = {0, 0}, one = 0;
	int status = 0, bare_status = 0;
	if (!wanted(b, name))
		return;
	for (int i = 0, n = 1; i < 4 && ui.check[i]; i++)
		if (strcmp(ui.check[i], "@") != 0)
			ours[n++] = ui.check[i];
		else
			for (int file = 0; file < books->count; file++)
				ours[n++] = books->files[file];
	for (int i = 0; i < books->count; i++)
		bare[i + 1] = books->files[i];
	environment_make(b);
	for (int i = -1; i < b->runs; i++) {
		double a = process_cost(b, ours, &one, &status);
		user[0] += one;
		double z = process_cost(b, bare, &one, &bare_status);
		user[1] += one;
		if (i >= 0 && bare_status == 0 && WIFEXITED(status) && WEXITSTATUS(status) < 2)
			pairs_add(&pairs, a, z);
	}
	row_add_ratio(b, name, bound, &pairs);
	if (b->row_count > 0)
		snprintf(b->rows[b->row_count - 1].note, sizeof b->rows[0].note,
			 "user+system; user alone %.2f; check exits %d", user[0] / user[1],
			 WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

/* One key each; who goes first changes from pair to pair. */
static void key_pairs(struct session *ours, const char *a, struct session *bare, const char *z,
		      struct pairs *pairs)
{
	int64_t time = -1, yardstick = -1;
	for (int turn = 0; turn < 2; turn++) {
		if ((turn + pairs->count) & 1)
			time = session_key(ours, a, KEY_PATIENCE_MS);
		else
			yardstick = session_key(bare, z, KEY_PATIENCE_MS);
	}
	pairs_add(pairs, (double)time, (double)yardstick);
}

/* Four steps forth and four back, of the five there are. */
static const char *step_key(int i)
{
	return i / 4 % 2 ? ui.step_back : ui.step;
}

static void measure_keys(struct bench *b)
{
	struct pairs move = {.count = 0}, step = {.count = 0}, situation = {.count = 0};
	struct session ours, bare;
	if (!wanted(b, "key/"))
		return;
	bool good = bare_start(b, &bare, 24, 80) >= 0;
	good = call_start(b, &ours, &b->small) && good;
	for (int i = 0; good && i < 5 * b->runs; i++) {
		bool down = i % 4 < 2; /* there and back, so that each changes something */
		key_pairs(&ours, down ? ui.line : ui.line_back, &bare, down ? "Down" : "Up", &move);
	}
	for (int i = 0; good && i < 5 * b->runs; i++)
		key_pairs(&ours, step_key(i), &bare, "p", &step);
	for (int i = 0; good && i < 2 * b->runs; i++) {
		session_key(&ours, ui.picker, KEY_PATIENCE_MS);
		session_key(&ours, ui.picker_move, KEY_PATIENCE_MS);
		key_pairs(&ours, ui.picker_take, &bare, "p", &situation);
	}
	session_end(&ours);
	session_end(&bare);
	row_add_ratio(b, "key/move", 1.3, &move);
	row_add_ratio(b, "key/step", 1.5, &step);
	row_add_ratio(b, "key/situation", 1.5, &situation);
}

/* ---- the link ---- */

/* The coach's socket comes a moment after its first frame. */
static int link_open(const struct bench *b)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int link = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	snprintf(address.sun_path, sizeof address.sun_path, "%.60s/%d/run/talktrack/coach.sock",
		 b->folder, b->homes - 1);
	for (int i = 0; i < 500; i++) {
		if (connect(link, (struct sockaddr *)&address, sizeof address) == 0)
			return link;
		usleep(10000);
	}
	close(link);
	return -1;
}

/* What the customer says, of two situations in turn, so that the offer changes each time. */
static const char *line_make(unsigned i)
{
	static char line[400];
	snprintf(line, sizeof line, "{\"speaker\":\"customer\",\"text\":\"%s\"}\n",
		 playbooks_heard(1, i % 2 ? 2 : 3, i));
	return line;
}

static double milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The first line teaches the coach: until the model is ready it is only shown, and then a situation
 * opens by itself. Meanwhile keys are pressed; *slowest is the ms of the slowest. Returns ms from
 * the line to the panels, or -1. */
static double line_first(struct session *s, int link, double *slowest)
{
	double begun = milliseconds();
	if (session_tell(s, link, line_make(1), KEY_PATIENCE_MS) < 0)
		return -1;
	for (int i = 0; !terminal_find(s->terminal, ui.panel_mark, NULL, NULL); i++) {
		const char *key = i % 2 ? ui.line_back : ui.line;
		double time = (double)session_key(s, key, KEY_PATIENCE_MS) / 1e6;
		time = time < 0 ? KEY_PATIENCE_MS : time;
		*slowest = time > *slowest ? time : *slowest;
		if (milliseconds() - begun > LEARN_PATIENCE_MS)
			return -1;
	}
	return milliseconds() - begun;
}

/* A line that is heard, until it stands on the screen with what it sounds like, against a page of
 * bare. A caller's lines are seconds apart; ours come slower than the coach paints at most. */
static void measure_line(struct bench *b, const char *name, const struct playbooks *books,
			 double bound)
{
	struct pairs pairs = {.count = 0};
	struct session ours, bare;
	char row[32], note[96];
	double learnt = -1, slowest = 0;
	if (!wanted(b, name))
		return;
	bool good = bare_start(b, &bare, 24, 80) >= 0;
	good = ours_start(b, &ours, books, 24, 80) >= 0 && good;
	int link = good ? link_open(b) : -1;
	session_rest(&ours, RELOAD_MS);
	if (link >= 0)
		learnt = line_first(&ours, link, &slowest);
	for (int i = 0; learnt >= 0 && i < 5 * b->runs; i++) {
		int64_t time = -1, yardstick = -1;
		session_rest(&ours, SLOW_MS);
		for (int turn = 0; turn < 2; turn++)
			if ((turn + i) & 1)
				time = session_tell(&ours, link, line_make((unsigned)i),
						    KEY_PATIENCE_MS);
			else
				yardstick = session_key(&bare, "p", KEY_PATIENCE_MS);
		pairs_add(&pairs, (double)time, (double)yardstick);
	}
	if (link >= 0)
		close(link);
	session_end(&ours);
	session_end(&bare);
	row_add_ratio(b, name, bound, &pairs);
	snprintf(row, sizeof row, "%s/first", name);
	snprintf(note, sizeof note, "from the first line to the panels; %zu heard, %zu KB",
		 books->heard, books->bytes / 1000);
	row_add_value(b, row, "ms", 3000, learnt < 0 ? (double)NAN : learnt, NAN, note);
	snprintf(row, sizeof row, "%s/key", name);
	row_add_value(b, row, "ms", 20, learnt < 0 ? (double)NAN : slowest, NAN,
		      "the slowest key while it learns");
}

/* Bytes sent for a key over bytes needed; -1 if it changed nothing and said nothing. */
static double byte_ratio(struct session *s, const char *key)
{
	struct frame before = frame_take(s->terminal);
	session_key(s, key, KEY_PATIENCE_MS);
	struct frame after = frame_take(s->terminal);
	size_t needed = change_need(&before, &after);
	frame_free(&before);
	frame_free(&after);
	if (needed == 0)
		return s->count == 0 ? -1 : INFINITY;
	return (double)s->count / (double)needed;
}

static void measure_bytes(struct bench *b)
{
	/* what a popup's key opened, the key after it closes; bare shows what curses makes of a row
	 * moved and of a page swapped */
	const struct {
		const char *name, *key, *after;
	} cases[] = {
		{"bytes/line", ui.line, ui.line_back}, {"bytes/step", NULL, NULL},
		{"bytes/picker", ui.picker, ui.close}, {"bytes/help", ui.popup, ui.close},
		{"bytes/search", ui.search, ui.close},
	};
	enum { CASES = sizeof cases / sizeof *cases };
	static struct pairs found[CASES];
	struct pairs closing = {.count = 0}, bare_ratio[2] = {{.count = 0}, {.count = 0}};
	struct session s, bare;
	if (!wanted(b, "bytes/"))
		return;
	bool good = bare_start(b, &bare, 24, 80) >= 0;
	for (int n = 0; good && n < 8; n++) {
		pairs_add(&bare_ratio[0], byte_ratio(&bare, "Down"), 1);
		pairs_add(&bare_ratio[1], byte_ratio(&bare, "p"), 1);
	}
	session_end(&bare);
	good = call_start(b, &s, &b->small);
	for (int n = 0; good && n < 9; n++)
		for (int i = 0; i < CASES; i++) {
			const char *key = cases[i].key ? cases[i].key : step_key(n);
			pairs_add(&found[i], byte_ratio(&s, key), 1);
			if (!cases[i].after)
				continue;
			double ratio = byte_ratio(&s, cases[i].after);
			session_rest(&s, 30); /* a lone Esc is over only when no more follows */
			pairs_add(&closing, ratio, 1);
		}
	session_end(&s);
	for (int i = 0; i < CASES; i++)
		row_add_value(b, cases[i].name, "x", 1.1, median(found[i].ours, found[i].count),
			      i < 2 ? median(bare_ratio[i].ours, bare_ratio[i].count) : NAN,
			      "bytes sent / bytes needed");
	row_add_value(b, "bytes/close", "x", 1.1, median(closing.ours, closing.count), NAN,
		      "bytes sent / bytes needed");
}

/* A key that changes nothing sends nothing. The clock of a call may tick into one try, not into
 * half of them. */
static void measure_silence(struct bench *b)
{
	struct session s;
	double sent[2] = {NAN, NAN};
	if (!wanted(b, "bytes/nothing"))
		return;
	bool good = ours_start(b, &s, &b->small, 24, 80) >= 0;
	for (int place = 0; good && place < 2; place++) {
		double counts[9];
		if (place == 1)
			good = session_reach(&s, ui.open, ui.call_mark);
		for (int i = 0; i < 9; i++) {
			session_key(&s, ui.nothing, KEY_PATIENCE_MS);
			counts[i] = (double)s.count;
		}
		sent[place] = good ? median(counts, 9) : NAN;
	}
	session_end(&s);
	row_add_value(b, "bytes/nothing", "B", 0, fmax(sent[0], sent[1]) + 0 * sent[1], NAN,
		      "a key that changes nothing, at home and in a call");
}

static double wakeups(struct session *s)
{
	session_rest(s, 1500);
	long before = session_wakeups(s);
	session_rest(s, WAKE_SECONDS * 1000);
	long after = session_wakeups(s);
	return before < 0 || after < 0 ? NAN : (double)(after - before) / WAKE_SECONDS;
}

static void measure_wakeups(struct bench *b)
{
	struct session s;
	double idle = NAN, call = NAN, bare = NAN;
	if (!wanted(b, "wake/"))
		return;
	if (wanted(b, "wake/idle")) {
		if (ours_start(b, &s, &b->small, 24, 80) >= 0)
			idle = wakeups(&s);
		session_end(&s);
		if (bare_start(b, &s, 24, 80) >= 0)
			bare = wakeups(&s);
		session_end(&s);
	}
	if (wanted(b, "wake/call")) {
		if (call_start(b, &s, &b->small))
			call = wakeups(&s);
		session_end(&s);
	}
	row_add_value(b, "wake/idle", "/s", 0, idle, bare, "voluntary switches, at home");
	row_add_value(b, "wake/call", "/s", 1.1, call, NAN, "with the call's clock running");
}

/* What is a program's alone. Private_* counts code, too, as long as nobody else runs the same
 * program or library, so it is taken while a second one of the same runs; alone is without. */
static double own_memory(struct bench *b, const struct playbooks *books, double *alone)
{
	struct session first, second;
	double own = (double)NAN;
	if (books ? call_start(b, &first, books) : bare_start(b, &first, 24, 80) >= 0) {
		*alone = (double)session_private(&first);
		if (books ? call_start(b, &second, books) : bare_start(b, &second, 24, 80) >= 0)
			own = (double)session_private(&first);
		session_end(&second);
	}
	session_end(&first);
	return own;
}

static void measure_memory(struct bench *b)
{
	struct session s;
	double peak[2] = {NAN, NAN}, own[2] = {NAN, NAN}, alone[2] = {NAN, NAN};
	char note[96];
	if (!wanted(b, "memory/"))
		return;
	const char *used[] = {ui.line, ui.step, ui.step, ui.picker, ui.close, ui.popup, ui.close};
	if (call_start(b, &s, &b->small)) {
		for (size_t i = 0; i < sizeof used / sizeof *used; i++)
			session_key(&s, used[i], KEY_PATIENCE_MS);
		peak[0] = (double)session_peak(&s);
	}
	session_end(&s);
	if (bare_start(b, &s, 24, 80) >= 0) {
		for (int i = 0; i < 7; i++)
			session_key(&s, i % 2 ? "p" : "Down", KEY_PATIENCE_MS);
		peak[1] = (double)session_peak(&s);
	}
	session_end(&s);
	own[0] = own_memory(b, &b->large, &alone[0]);
	own[1] = own_memory(b, NULL, &alone[1]);
	snprintf(note, sizeof note, "VmHWM in KiB; %.2f x bare", peak[0] / peak[1]);
	row_add_value(b, "memory/peak", "KiB", 1.5 * peak[1], peak[0], peak[1], note);
	snprintf(note, sizeof note,
		 "Private_* beside a second one, with %zu KB of playbooks; alone %.0f, bare %.0f",
		 b->large.bytes / 1000, alone[0], alone[1]);
	row_add_value(b, "memory/private", "KiB", own[1] + 2.0 * (double)b->large.bytes / 1024,
		      own[0], own[1], note);
}

static int compare_figures(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* A trainer saves; how long until the words are on the screen? */
static void measure_reload(struct bench *b)
{
	static char text[64 * 1024];
	double times[200];
	struct session s;
	char note[96];
	int count = 0, rounds = 10 * b->runs < 200 ? 10 * b->runs : 200;
	if (!wanted(b, "reload/"))
		return;
	const char *path = b->small.files[0];
	FILE *file = fopen(path, "r");
	size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
	if (file)
		fclose(file);
	char *title = strstr(text, "title: ");
	bool good = length > 0 && title && ours_start(b, &s, &b->small, 24, 80) >= 0;
	for (int i = 0; good && i < rounds; i++) {
		title[7] = (char)('A' + i % 26);
		int64_t time = session_save(&s, path, text, length, 2000);
		if (time > 0)
			times[count++] = (double)time / 1e6;
	}
	session_end(&s);
	qsort(times, (size_t)count, sizeof *times, compare_figures);
	double p99 = count ? times[(count * 99 + 99) / 100 - 1] : (double)NAN;
	snprintf(note, sizeof note, "save to screen: p50 %.1f, p99 %.1f of %d saves",
		 count ? times[count / 2] : (double)NAN, p99, count);
	row_add_value(b, "reload/save", "ms", 200, p99, NAN, note);
}

static void measure_escape(struct bench *b)
{
	struct pairs pairs = {.count = 0};
	struct session s;
	char note[96];
	double most = 0;
	if (!wanted(b, "escape/"))
		return;
	bool good = call_start(b, &s, &b->small);
	for (int i = 0; good && i < b->runs; i++) {
		session_key(&s, ui.popup, KEY_PATIENCE_MS);
		double time = (double)session_key(&s, ui.close, 300) / 1e6;
		pairs_add(&pairs, time, 1);
		most = fmax(most, time);
	}
	session_end(&s);
	snprintf(note, sizeof note, "a lone Esc closes a popup; the slowest of %d took %.1f ms",
		 pairs.count, most);
	row_add_value(b, "escape/answer", "ms", 30, median(pairs.ours, pairs.count), NAN, note);
}

/* How many things an ended session left behind; the first is named. */
static int leftovers(struct session *s, char note[96])
{
	const char *left = terminal_leftover(s->terminal);
	if (left)
		snprintf(note, 96, "left behind: %s", left);
	else if (terminal_status(s->terminal) != 0)
		snprintf(note, 96, "ended with status %d", terminal_status(s->terminal));
	return left || terminal_status(s->terminal) != 0;
}

static void measure_quit(struct bench *b)
{
	struct pairs home = {.count = 0}, call = {.count = 0};
	struct session ours, bare;
	char note[96] = "termios, screen modes and exit status as they should be";
	int bad = 0;
	if (!wanted(b, "quit/"))
		return;
	for (int i = 0; i < 2 * b->runs; i++) {
		bool calling = i % 2 == 1;
		if (calling ? !call_start(b, &ours, &b->small)
			    : ours_start(b, &ours, &b->small, 24, 80) < 0) {
			session_end(&ours);
			break;
		}
		if (bare_start(b, &bare, 24, 80) < 0)
			exit(1);
		if (calling)
			session_key(&ours, ui.quit, KEY_PATIENCE_MS); /* asks */
		bool bare_first = i % 4 < 2;
		int64_t yardstick = bare_first ? session_quit(&bare, "q") : 0;
		int64_t time = session_quit(&ours, ui.quit);
		yardstick = bare_first ? yardstick : session_quit(&bare, "q");
		pairs_add(calling ? &call : &home, (double)time, (double)yardstick);
		bad += time < 0 || leftovers(&ours, note) || leftovers(&bare, note);
		session_end(&ours);
		session_end(&bare);
	}
	row_add_ratio(b, "quit/home", 2, &home);
	row_add_ratio(b, "quit/call", 2, &call);
	double count = home.count + call.count > 0 ? (double)bad : (double)NAN;
	row_add_value(b, "quit/restored", "bad", 0, count, NAN, note);
}

/* ---- the table ---- */

static const char *verdict(const struct row *row)
{
	return !row->measured || isnan(row->value) ? "broken"
	       : row->value > row->bound	   ? "over"
						   : "ok";
}

static void figure(char out[16], double value, const char *unit)
{
	if (isnan(value))
		snprintf(out, 16, "-");
	else
		snprintf(out, 16, !strcmp(unit, "KiB") || !strcmp(unit, "B") ? "%.0f" : "%.3f",
			 value);
}

static void table_print(const struct bench *b)
{
	printf("%-15s %-4s %10s %10s %10s %10s  %-6s %s\n", "row", "unit", "talktrack", "bare",
	       "judged", "bound", "", "");
	for (int i = 0; i < b->row_count; i++) {
		const struct row *row = &b->rows[i];
		char ours[16], bare[16], value[16], bound[16];
		bool ratio = !strcmp(row->unit, "ms") && row->value != row->ours;
		figure(ours, row->ours, row->unit);
		figure(bare, row->bare, row->unit);
		figure(value, row->value, ratio ? "x" : row->unit);
		figure(bound, row->bound, ratio ? "x" : row->unit);
		printf("%-15s %-4s %10s %10s %10s %10s  %-6s %s\n", row->name, row->unit, ours,
		       bare, value, bound, verdict(row), row->note);
	}
}

static void json_number(const char *name, double value)
{
	if (isfinite(value))
		printf(",\"%s\":%.6g", name, value);
	else
		printf(",\"%s\":null", name);
}

static void json_print(const struct bench *b)
{
	printf("{\"runs\":%d,\"rows\":[", b->runs);
	for (int i = 0; i < b->row_count; i++) {
		const struct row *row = &b->rows[i];
		printf("%s\n{\"name\":\"%s\",\"unit\":\"%s\"", i ? "," : "", row->name, row->unit);
		json_number("talktrack", row->ours);
		json_number("bare", row->bare);
		json_number("judged", row->value);
		json_number("bound", row->bound);
		printf(",\"verdict\":\"%s\",\"note\":\"%s\"}", verdict(row), row->note);
	}
	printf("\n]}\n");
}

/* ---- the run ---- */

/* Keep one processor for us and give another to the programs, if there are two. */
static int processors_part(void)
{
	cpu_set_t set, own;
	int first = -1, last = -1;
	if (sched_getaffinity(0, sizeof set, &set) != 0)
		return -1;
	for (int i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET((size_t)i, &set)) {
			first = first < 0 ? i : first;
			last = i;
		}
	if (first == last)
		return -1;
	CPU_ZERO(&own);
	CPU_SET((size_t)first, &own);
	return sched_setaffinity(0, sizeof own, &own) == 0 ? last : -1;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

static bool folder_make(struct bench *b)
{
	char path[128];
	snprintf(b->folder, sizeof b->folder, "/tmp/talktrack-bench-XXXXXX");
	if (!mkdtemp(b->folder))
		return false;
	snprintf(path, sizeof path, "%s/small", b->folder);
	if (!playbooks_write(&b->small, path, 1, SMALL, PLAYBOOKS_HEARD))
		return false;
	snprintf(path, sizeof path, "%s/large", b->folder);
	if (!playbooks_write(&b->large, path, LARGE_FILES, LARGE / LARGE_FILES, PLAYBOOKS_HEARD))
		return false;
	snprintf(path, sizeof path, "%s/wordy", b->folder);
	if (!playbooks_write(&b->wordy, path, LARGE_FILES, LARGE / LARGE_FILES, HEARD))
		return false;
	snprintf(path, sizeof path, "%s/many", b->folder);
	return !wanted(b, "check/1000") ||
	       playbooks_write(&b->many, path, MANY_FILES, SMALL, PLAYBOOKS_HEARD);
}

static void beside(char out[PLAYBOOKS_PATH_MAX], const char *name)
{
	ssize_t length = readlink("/proc/self/exe", out, PLAYBOOKS_PATH_MAX - 32);
	out[length > 0 ? length : 0] = '\0';
	char *slash = strrchr(out, '/');
	snprintf(slash ? slash + 1 : out, 31, "%s", name);
}

static _Noreturn void usage(void)
{
	fprintf(stderr,
		"usage: bench [--runs N] [--only NAME] [--json] [--program PATH]\n"
		"rows: start/small start/wide start/large start/all load/1MB check/1000 key/move "
		"key/step "
		"key/situation\n"
		"      line/small line/1MB bytes/line bytes/step bytes/picker bytes/help "
		"bytes/search bytes/close\n"
		"      bytes/nothing wake/idle wake/call memory/peak memory/private escape/answer\n"
		"      quit/home quit/call quit/restored; NAME may be the beginning of several\n");
	exit(2);
}

static void options_read(struct bench *b, int argc, char **argv)
{
	static const struct option options[] = {
		{"runs", required_argument, NULL, 'r'},
		{"only", required_argument, NULL, 'o'},
		{"json", no_argument, NULL, 'j'},
		{"program", required_argument, NULL, 'p'},
		{NULL, 0, NULL, 0},
	};
	const char *program = "build/talktrack";
	b->runs = 21;
	for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (option == 'r')
			b->runs = atoi(optarg);
		else if (option == 'o')
			b->only = optarg;
		else if (option == 'j')
			b->json = true;
		else if (option == 'p')
			program = optarg;
		else
			usage();
	}
	if (b->runs < 1 || b->runs > 500 || optind < argc)
		usage();
	beside(b->bare, "bare");
	beside(b->bare_yaml, "bare_yaml");
	if (!realpath(program, b->program)) {
		fprintf(stderr, "bench: cannot find '%s': %s\n", program, strerror(errno));
		exit(2);
	}
}

int main(int argc, char **argv)
{
	static struct bench b;
	options_read(&b, argc, argv);
	if (!folder_make(&b)) {
		fprintf(stderr, "bench: cannot write playbooks: %s\n", strerror(errno));
		return 2;
	}
	b.cpu = processors_part();
	measure_start(&b, "start/small", &b.small, 24, 80, ui.home_mark, 1.25);
	measure_start(&b, "start/wide", &b.small, 60, 200, ui.home_mark, 1.25);
	measure_start(&b, "start/large", &b.large, 24, 80, ui.home_mark, 1.5);
	/* what was left for after the first frame, for the record */
	measure_start(&b, "start/all", &b.large, 24, 80, ui.read_mark, (double)NAN);
	measure_load(&b, "load/1MB", &b.large, 1.3);
	measure_load(&b, "check/1000", &b.many, 1.5);
	measure_keys(&b);
	measure_line(&b, "line/small", &b.small, 2);
	measure_line(&b, "line/1MB", &b.wordy, 3);
	measure_bytes(&b);
	measure_silence(&b);
	measure_wakeups(&b);
	measure_memory(&b);
	measure_escape(&b);
	measure_reload(&b);
	measure_quit(&b);
	nftw(b.folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	if (b.json)
		json_print(&b);
	else
		table_print(&b);
	int over = 0;
	for (int i = 0; i < b.row_count; i++)
		over += strcmp(verdict(&b.rows[i]), "ok") != 0;
	if (b.row_count == 0)
		usage();
	return over ? 1 : 0;
}
