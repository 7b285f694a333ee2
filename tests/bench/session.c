#include "session.h"

#include <dirent.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const int64_t quiet = 3000000, start_patience = 10000000000;

static int64_t nanoseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Does this ask for an answer? Then it cannot wait for the burst's end. */
static bool is_query(const char *bytes, size_t count)
{
	for (size_t i = 0; i + 2 < count; i++) {
		if (bytes[i] != '\033' || bytes[i + 1] != '[')
			continue;
		size_t end = i + 2;
		while (end < count && bytes[end] >= 0x20 && bytes[end] < 0x40)
			end++;
		if (end < count && strchr("nc", bytes[end]))
			return true;
	}
	return false;
}

/* Read one burst; false if nothing came in time. Times and count are left in the session. */
static bool listen_burst(struct session *s, int64_t patience)
{
	int64_t begun = nanoseconds();
	size_t handed = 0;
	s->first = s->last = 0;
	s->count = 0;
	for (;;) {
		ssize_t got = s->count == SESSION_BURST_MAX
				      ? 0
				      : read(terminal_descriptor(s->terminal), s->burst + s->count,
					     SESSION_BURST_MAX - s->count);
		int64_t now = nanoseconds();
		if (got > 0) {
			s->first = s->first ? s->first : now;
			s->last = now;
			s->count += (size_t)got;
			if (is_query(s->burst + handed, s->count - handed)) {
				terminal_take(s->terminal, s->burst + handed, s->count - handed);
				handed = s->count;
			}
		} else if (s->first ? now - s->last > quiet : now - begun > patience) {
			break;
		} else {
			sched_yield(); /* the kernel's own worker may want this processor */
		}
	}
	terminal_take(s->terminal, s->burst + handed, s->count - handed);
	return s->count > 0;
}

int64_t session_start(struct session *s, const struct terminal_setup *setup, const char *mark)
{
	memset(s, 0, sizeof *s);
	s->burst = malloc(SESSION_BURST_MAX);
	s->terminal = terminal_start(setup);
	if (!s->burst || !s->terminal) {
		perror("bench: cannot start a terminal");
		exit(2);
	}
	int64_t until = nanoseconds() + start_patience;
	while (nanoseconds() < until && terminal_running(s->terminal)) {
		if (listen_burst(s, 100000000) && terminal_find(s->terminal, mark, NULL, NULL))
			return s->last - terminal_born(s->terminal);
	}
	fprintf(stderr, "bench: '%s' did not show \"%s\"\n", setup->argv[0], mark);
	terminal_pump(s->terminal);
	terminal_dump(s->terminal);
	return -1;
}

int64_t session_key(struct session *s, const char *key, int patience_ms)
{
	char bytes[16];
	size_t length = terminal_spell(s->terminal, key, bytes);
	int64_t sent = nanoseconds();
	if (length == 0 ||
	    write(terminal_descriptor(s->terminal), bytes, length) != (ssize_t)length)
		return -1;
	if (!listen_burst(s, (int64_t)patience_ms * 1000000))
		return -1;
	return s->last - sent;
}

int64_t session_tell(struct session *s, int descriptor, const char *text, int patience_ms)
{
	size_t length = strlen(text);
	int64_t sent = nanoseconds();
	if (write(descriptor, text, length) != (ssize_t)length)
		return -1;
	if (!listen_burst(s, (int64_t)patience_ms * 1000000))
		return -1;
	return s->last - sent;
}

int64_t session_save(struct session *s, const char *path, const char *text, size_t length,
		     int patience_ms)
{
	char beside[4096];
	snprintf(beside, sizeof beside, "%s.new~", path);
	FILE *file = fopen(beside, "w");
	if (!file)
		return -1;
	bool good = fwrite(text, 1, length, file) == length;
	if (fclose(file) != 0 || !good)
		return -1;
	int64_t saved = nanoseconds();
	if (rename(beside, path) != 0 || !listen_burst(s, (int64_t)patience_ms * 1000000))
		return -1;
	return s->last - saved;
}

bool session_reach(struct session *s, const char *names, const char *mark)
{
	while (*(names += strspn(names, " "))) {
		char name[32];
		size_t length = strcspn(names, " ");
		snprintf(name, sizeof name, "%.*s", (int)length, names);
		session_key(s, name, 200);
		names += length;
	}
	for (int i = 0; i < 20 && !terminal_find(s->terminal, mark, NULL, NULL); i++)
		listen_burst(s, 100000000);
	if (terminal_find(s->terminal, mark, NULL, NULL))
		return true;
	fprintf(stderr, "bench: \"%s\" was not reached\n", mark);
	terminal_dump(s->terminal);
	return false;
}

int64_t session_quit(struct session *s, const char *key)
{
	char bytes[16];
	size_t length = terminal_spell(s->terminal, key, bytes);
	int64_t sent = nanoseconds(), until = sent + start_patience;
	if (write(terminal_descriptor(s->terminal), bytes, length) != (ssize_t)length)
		return -1;
	while (!terminal_died(s->terminal) && nanoseconds() < until) {
		terminal_pump(s->terminal);
		sched_yield();
	}
	if (!terminal_wait_exit(s->terminal, 1000))
		return -1;
	return terminal_died(s->terminal) - sent;
}

void session_end(struct session *s)
{
	terminal_end(s->terminal);
	free(s->burst);
	memset(s, 0, sizeof *s);
}

void session_rest(struct session *s, int milliseconds)
{
	int64_t until = nanoseconds() + (int64_t)milliseconds * 1000000, left;
	while ((left = (until - nanoseconds()) / 1000000) > 0 && terminal_running(s->terminal)) {
		struct pollfd ready = {.fd = terminal_descriptor(s->terminal), .events = POLLIN};
		poll(&ready, 1, (int)left);
		terminal_pump(s->terminal);
	}
}

/* The sum of all lines of a file of /proc that begin with `name`. */
static long proc_sum(const char *path, const char *name)
{
	char line[256];
	long sum = -1;
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		if (!strncmp(line, name, strlen(name)))
			sum = (sum < 0 ? 0 : sum) + strtol(strchr(line, ':') + 1, NULL, 10);
	if (file)
		fclose(file);
	return sum;
}

long session_wakeups(const struct session *s)
{
	char path[320];
	long sum = -1;
	snprintf(path, sizeof path, "/proc/%d/task", (int)terminal_process(s->terminal));
	DIR *tasks = opendir(path);
	for (struct dirent *entry; tasks && (entry = readdir(tasks));) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "/proc/%d/task/%s/status",
			 (int)terminal_process(s->terminal), entry->d_name);
		long one = proc_sum(path, "voluntary_ctxt_switches");
		sum = (sum < 0 ? 0 : sum) + (one < 0 ? 0 : one);
	}
	if (tasks)
		closedir(tasks);
	return sum;
}

long session_peak(const struct session *s)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/status", (int)terminal_process(s->terminal));
	return proc_sum(path, "VmHWM");
}

long session_private(const struct session *s)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)terminal_process(s->terminal));
	return proc_sum(path, "Private_");
}
