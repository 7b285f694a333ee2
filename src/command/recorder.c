#include "command/recorder.h"

#include "base/words.h"
#include "screen/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *const recorders[] = {"rec -q", "arecord -q -f cd",
					"ffmpeg -loglevel error -f alsa -i default"};
static const char *const players[] = {"play -q", "aplay -q",
				      "ffplay -loglevel error -nodisp -autoexit"};

enum { KINDS = 3, STOP_MS = 3000 };

/* Whether the first word of a command is a program on the PATH. */
static int is_there(const char *command)
{
	const char *path = getenv("PATH");
	char file[1024];

	while (path && *path) {
		size_t length = strcspn(path, ":");

		snprintf(file, sizeof file, "%.*s/%.*s", (int)length, path,
			 (int)strcspn(command, " "), command);
		if (access(file, X_OK) == 0)
			return 1;
		path += length + (path[length] == ':');
	}
	return 0;
}

static const char *found(const char *const *commands)
{
	for (size_t i = 0; i < KINDS; i++)
		if (is_there(commands[i]))
			return commands[i];
	return NULL;
}

/* Runs a command with the file behind it, its input and output at /dev/null, in a process group of
 * its own. */
static pid_t spawn(const char *command, const char *path, const struct watch *watch)
{
	char shell[2048];
	pid_t child;

	snprintf(shell, sizeof shell, "exec %s \"$1\"", command);
	child = fork();
	if (child > 0)
		setpgid(child,
			child); /* whichever of the two comes first: a stop must find the group */
	if (child != 0)
		return child;
	if (watch)
		watch_child(watch);
	setpgid(0, 0);
	for (int fd = 0; fd < 3; fd++) {
		int null = open("/dev/null", O_RDWR);

		if (null != fd)
			dup2(null, fd);
	}
	words_leave();
	execl("/bin/sh", "sh", "-c", shell, "sh", path, (char *)NULL);
	_exit(127);
}

const char *recorder_start(struct recorder_child *recorder, const char *command, const char *path,
			   const struct watch *watch)
{
	recorder_stop(recorder);
	if (!command)
		command = found(recorders);
	if (!command)
		return _("nothing to record with: install sox, or set recorder.command in the "
			 "configuration");
	if (strlen(path) >= sizeof recorder->path)
		return _("the name of the file is too long");
	memcpy(recorder->path, path, strlen(path) + 1);
	recorder->child = spawn(command, path, watch);
	if (recorder->child > 0)
		return NULL;
	recorder->child = 0;
	return _("the recorder could not be started");
}

void recorder_stop(struct recorder_child *recorder)
{
	const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};

	if (recorder->child <= 0)
		return;
	kill(-recorder->child, SIGINT);
	for (int waited = 0; waitpid(recorder->child, NULL, WNOHANG) == 0; waited += 10) {
		if (waited >= STOP_MS)
			kill(-recorder->child, SIGKILL);
		nanosleep(&pause, NULL);
	}
	recorder->child = 0;
}

const char *recorder_play(struct recorder_child *recorder, const char *path,
			  const struct watch *watch)
{
	const char *command = found(players);

	recorder_stop(recorder);
	if (!command)
		return _("nothing to play with: install sox");
	recorder->child = spawn(command, path, watch);
	return recorder->child > 0 ? NULL : _("the player could not be started");
}
