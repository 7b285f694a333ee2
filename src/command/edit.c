#include "command/edit.h"

#include "base/words.h"
#include "screen/watch.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *editor(void)
{
	const char *visual = getenv("VISUAL"), *plain = getenv("EDITOR");

	if (visual && *visual)
		return visual;
	return plain && *plain ? plain : "vi";
}

/* By the shell, since $EDITOR may hold arguments; the path is an argument and no part of the
 * command. */
static void become_editor(const char *path, int line)
{
	char command[4096], place[32];

	/* whoever waits for the editor may not hear these meanwhile; the editor does */
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	snprintf(command, sizeof command, "exec %s \"$@\"", editor());
	snprintf(place, sizeof place, "+%d", line > 0 ? line : 1);
	words_leave();
	execl("/bin/sh", "sh", "-c", command, "sh", place, path, (char *)NULL);
	_exit(127);
}

int edit_file(const char *path, int line, const struct watch *watch)
{
	int status;
	pid_t child = fork();

	if (child < 0)
		return 127;
	if (child == 0) {
		if (watch)
			watch_child(watch);
		become_editor(path, line);
	}
	for (;;) {
		if (waitpid(child, &status, WUNTRACED) < 0) {
			if (errno != EINTR)
				return 127;
		} else if (WIFSTOPPED(status)) {
			/* Ctrl-Z in the editor: the whole job stops, and goes on together */
			kill(getpid(), SIGSTOP);
			kill(child, SIGCONT);
		} else {
			break;
		}
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
