/*
 * What `talktrack report` costs on a large journal, against jq adding up one field of the same
 * file, one after the other in the same run; the median of the rounds counts. The journal is made
 * up in a folder of /tmp and removed at the end.
 *
 * usage: reports [MEGABYTES [ROUNDS]]   (1000 and 3)
 * Exit: 0 measured and talktrack was faster, 1 it was not or something failed, 2 usage.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* wait4 */
#endif
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS_MOST 99
#define PATH_MOST 4096

struct run {
	double seconds[ROUNDS_MOST];
	long kilobytes; /* the most memory of all rounds */
};

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Runs a command with its output in a file. */
static bool run(const char *const *command, const char *output, double *seconds, long *kilobytes)
{
	double start = now();
	pid_t child = fork();
	if (child == 0) {
		int file = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		if (file >= 0 && dup2(file, STDOUT_FILENO) >= 0)
			execvp(command[0], (char *const *)command);
		perror(command[0]);
		_exit(127);
	}
	struct rusage usage = {0};
	int status = 1;
	if (child < 0 || wait4(child, &status, 0, &usage) < 0 || status != 0)
		return false;
	*seconds = now() - start;
	*kilobytes = usage.ru_maxrss > *kilobytes ? usage.ru_maxrss : *kilobytes;
	return true;
}

static int ascending(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

static double median(struct run *run, int rounds)
{
	qsort(run->seconds, (size_t)rounds, sizeof(run->seconds[0]), ascending);
	return run->seconds[rounds / 2];
}

static size_t count_lines(const char *path)
{
	static char chunk[1 << 16];
	size_t lines = 0;
	int file = open(path, O_RDONLY);
	for (ssize_t got; file >= 0 && (got = read(file, chunk, sizeof(chunk))) > 0;) {
		for (const char *at = chunk;
		     (at = memchr(at, '\n', (size_t)(chunk + got - at))) != NULL; at++)
			lines++;
	}
	if (file >= 0)
		close(file);
	return lines;
}

static void show(const char *name, double seconds, double bytes, size_t events, long kilobytes)
{
	printf("%-34s %7.2f s %7.0f MB/s %9.0f events/s %8.1f MB\n", name, seconds,
	       bytes / 1e6 / seconds, (double)events / seconds, (double)kilobytes / 1024);
}

/* Measures and prints; false when a program failed. */
static bool measure(const char *program, const char *journal, const char *output, int rounds,
		    bool *faster)
{
	static struct run ours, jqs;
	const char *report[] = {program, "report", "--json", journal, NULL};
	const char *jq[] = {"jq", "-n", "reduce inputs.t as $t (0; . + $t)", journal, NULL};
	struct stat status;
	for (int i = 0; i < rounds; i++) {
		if (!run(report, output, &ours.seconds[i], &ours.kilobytes) ||
		    !run(jq, output, &jqs.seconds[i], &jqs.kilobytes))
			return false;
	}
	if (stat(journal, &status) != 0)
		return false;
	size_t events = count_lines(journal);
	double seconds = median(&ours, rounds), theirs = median(&jqs, rounds);
	printf("%.0f MB of journal, %zu events, median of %d\n", (double)status.st_size / 1e6,
	       events, rounds);
	printf("%-34s %9s %12s %18s %11s\n", "", "time", "bytes", "events", "most memory");
	show("talktrack report --json", seconds, (double)status.st_size, events, ours.kilobytes);
	show("jq, adding up one field", theirs, (double)status.st_size, events, jqs.kilobytes);
	printf("talktrack is %.1f times as fast\n", theirs / seconds);
	*faster = seconds < theirs;
	return true;
}

int main(int argc, char **argv)
{
	int megabytes = argc > 1 ? atoi(argv[1]) : 1000, rounds = argc > 2 ? atoi(argv[2]) : 3;
	if (argc > 3 || megabytes < 1 || rounds < 1 || rounds > ROUNDS_MOST) {
		fputs("usage: reports [MEGABYTES [ROUNDS]]\n", stderr);
		return 2;
	}
	char folder[] = "/tmp/talktrack-reports-XXXXXX";
	char maker[PATH_MOST], program[PATH_MOST], journal[PATH_MOST], output[PATH_MOST], size[16];
	const char *slash = strrchr(argv[0], '/');
	int length = slash == NULL ? 1 : (int)(slash - argv[0]);
	const char *place = slash == NULL ? "." : argv[0];
	if (mkdtemp(folder) == NULL) {
		perror(folder);
		return 1;
	}
	snprintf(maker, sizeof(maker), "%.*s/journal_make", length, place);
	snprintf(program, sizeof(program), "%.*s/../talktrack", length, place);
	snprintf(journal, sizeof(journal), "%s/2026-01-01.jsonl", folder);
	snprintf(output, sizeof(output), "%s/output", folder);
	snprintf(size, sizeof(size), "%d", megabytes);
	const char *make[] = {maker, size, NULL};
	double seconds;
	long kilobytes = 0;
	bool faster = false;
	bool good = run(make, journal, &seconds, &kilobytes) &&
		    measure(program, journal, output, rounds, &faster);
	if (!good)
		fputs("reports: a program failed or is missing (jq is needed)\n", stderr);
	unlink(journal);
	unlink(output);
	rmdir(folder);
	return good && faster ? 0 : 1;
}
