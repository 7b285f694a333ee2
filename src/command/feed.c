#include "command/feed.h"

#include "base/notice.h"
#include "base/words.h"
#include "screen/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY 10 /* ms: waitpid(2) has no time limit */

struct child {
	pid_t pid;
	int input;     /* our end of its standard input, or -1 */
	FILE *errors;  /* its standard error, or NULL */
	int64_t until; /* ms, by clock_ms */
};

static int64_t clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void become(const char *const *arguments, int input, FILE *errors, const struct watch *watch)
{
	int nothing = open("/dev/null", O_WRONLY);

	setpgid(0, 0);
	if (watch)
		watch_child(watch);
	signal(SIGPIPE, SIG_DFL);
	dup2(input, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	dup2(errors ? fileno(errors) : nothing, STDERR_FILENO);
	words_leave();
	execvp(arguments[0], (char *const *)(uintptr_t)arguments);
	_exit(127);
}

static bool start(struct child *child, const char *const *arguments, const struct watch *watch)
{
	int ends[2];

	if (pipe(ends) != 0)
		return false;
	for (int i = 0; i < 2; i++)
		fcntl(ends[i], F_SETFD, FD_CLOEXEC);
	/* a file, not a pipe: what goes on in the background would keep a pipe open */
	child->errors = tmpfile();
	if (child->errors)
		fcntl(fileno(child->errors), F_SETFD, FD_CLOEXEC);
	child->pid = fork();
	if (child->pid == 0)
		become(arguments, ends[0], child->errors, watch);
	close(ends[0]);
	child->input = ends[1];
	fcntl(child->input, F_SETFL, O_NONBLOCK);
	return child->pid > 0;
}

static void close_input(struct child *child)
{
	if (child->input >= 0)
		close(child->input);
	child->input = -1;
}

/* Writes what the child takes; it need not take it all. */
static void write_text(struct child *child, const char *text, size_t length)
{
	struct pollfd polled = {.fd = child->input, .events = POLLOUT};

	while (length > 0 && clock_ms() < child->until) {
		ssize_t wrote = write(child->input, text, length);

		if (wrote > 0) {
			text += wrote;
			length -= (size_t)wrote;
		} else if (wrote < 0 && errno == EAGAIN) {
			poll(&polled, 1, LOOK_EVERY);
		} else if (wrote == 0 || errno != EINTR) {
			return;
		}
	}
}

static int wait_for(struct child *child)
{
	const struct timespec look = {.tv_nsec = LOOK_EVERY * 1000000L};
	int status;
	pid_t ended;

	while ((ended = waitpid(child->pid, &status, WNOHANG)) == 0 && clock_ms() < child->until)
		nanosleep(&look, NULL);
	if (ended == 0) {
		kill(-child->pid, SIGKILL);
		kill(child->pid, SIGKILL);
		waitpid(child->pid, &status, 0);
		return FEED_TOO_SLOW;
	}
	if (ended < 0)
		return FEED_NO_CHILD;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void read_said(FILE *errors, char said[FEED_SAID_BYTES])
{
	char line[FEED_SAID_BYTES];

	rewind(errors);
	if (fgets(line, sizeof line, errors))
		notice_take(said, FEED_SAID_BYTES, line, strcspn(line, "\n"));
}

int feed(const char *const *arguments, const char *text, int seconds, const struct watch *watch,
	 char said[FEED_SAID_BYTES])
{
	struct child child = {.input = -1, .until = clock_ms() + seconds * INT64_C(1000)};
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	int status = FEED_NO_CHILD;

	said[0] = '\0';
	/* a child that does not read to the end must not end us */
	sigaction(SIGPIPE, &ignore, &before);
	if (start(&child, arguments, watch)) {
		write_text(&child, text, strlen(text));
		close_input(&child);
		status = wait_for(&child);
	}
	close_input(&child);
	sigaction(SIGPIPE, &before, NULL);
	if (child.errors) {
		read_said(child.errors, said);
		fclose(child.errors);
	}
	return status;
}
