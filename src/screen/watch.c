#include "screen/watch.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY 150 /* ms between looks where there is no inotify */
#define LOOKED_MOST 32

/* A folder as it last looked, where there is no inotify. */
struct watch_folder {
	char path[PATH_MAX];
	uint64_t looks; /* a hash of its files' names, sizes and times */
};

bool watch_open(struct watch *watch, bool inotify)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGWINCH);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGHUP);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGTSTP);
	sigprocmask(SIG_BLOCK, &mask, &watch->before);
	watch->link = -1;
	watch->signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	watch->folders = inotify ? inotify_init1(IN_CLOEXEC | IN_NONBLOCK) : -1;
	watch->looked = NULL;
	watch->looked_count = 0;
	watch->settles = 0;
	return watch->signals >= 0;
}

static int64_t monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void watch_clear(struct watch *watch)
{
	if (watch->folders >= 0) {
		close(watch->folders);
		watch->folders = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	}
	watch->looked_count = 0;
}

static bool is_leftover(const char *name)
{
	size_t length = strlen(name);

	return name[0] == '.' || length == 0 || name[length - 1] == '~' || name[0] == '#';
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * 0x100000001b3u;
}

/* What a folder looks like; files in another order look the same. */
static uint64_t look(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	uint64_t looks = folder != NULL;

	while (folder && (entry = readdir(folder))) {
		uint64_t hash = 0xcbf29ce484222325u;
		struct stat status;

		if (is_leftover(entry->d_name) ||
		    fstatat(dirfd(folder), entry->d_name, &status, 0) != 0)
			continue;
		for (const char *c = entry->d_name; *c; c++)
			hash = mix(hash, (unsigned char)*c);
		hash = mix(hash, (uint64_t)status.st_size);
		hash = mix(hash, (uint64_t)status.st_mtim.tv_sec);
		looks += mix(hash, (uint64_t)status.st_mtim.tv_nsec);
	}
	if (folder)
		closedir(folder);
	return looks;
}

void watch_add(struct watch *watch, const char *folder)
{
	struct watch_folder *looked;

	if (watch->folders >= 0 &&
	    inotify_add_watch(watch->folders, folder,
			      IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE |
				      IN_DELETE_SELF | IN_ONLYDIR) >= 0)
		return;
	if (watch->looked_count == LOOKED_MOST || strlen(folder) >= PATH_MAX)
		return;
	looked = realloc(watch->looked, (watch->looked_count + 1) * sizeof *looked);
	if (!looked)
		return;
	watch->looked = looked;
	looked += watch->looked_count++;
	memcpy(looked->path, folder, strlen(folder) + 1);
	looked->looks = look(folder);
}

void watch_close(struct watch *watch)
{
	if (watch->folders >= 0)
		close(watch->folders);
	free(watch->looked);
	close(watch->signals);
	sigprocmask(SIG_SETMASK, &watch->before, NULL);
}

static unsigned read_signals(const struct watch *watch)
{
	struct signalfd_siginfo info;
	unsigned seen = 0;

	while (read(watch->signals, &info, sizeof info) == (ssize_t)sizeof info)
		switch ((int)info.ssi_signo) {
		case SIGWINCH: seen |= WATCH_RESIZED; break;
		case SIGINT: seen |= WATCH_INTERRUPTED; break;
		case SIGTSTP: seen |= WATCH_SUSPENDED; break;
		default: seen |= WATCH_ENDED; break;
		}
	return seen;
}

/* Takes what inotify has; true: something that counts. A file that is only created will be closed,
 * too. */
static bool read_folders(const struct watch *watch)
{
	_Alignas(struct inotify_event) char bytes[8192];
	ssize_t length;
	bool counts = false;

	while ((length = read(watch->folders, bytes, sizeof bytes)) > 0)
		for (char *at = bytes; at < bytes + length;) {
			const struct inotify_event *event = (const void *)at;
			bool file_only_made = event->mask & IN_CREATE && !(event->mask & IN_ISDIR);

			if ((event->len == 0 || !is_leftover(event->name)) && !file_only_made)
				counts = true;
			at += sizeof *event + event->len;
		}
	return counts;
}

static bool look_at_folders(struct watch *watch)
{
	bool counts = false;

	for (size_t i = 0; i < watch->looked_count; i++) {
		uint64_t looks = look(watch->looked[i].path);

		counts = counts || looks != watch->looked[i].looks;
		watch->looked[i].looks = looks;
	}
	return counts;
}

/* The nearest of the caller's time, a change that settles, and the next look; -1: none. */
static int nearest(const struct watch *watch, int timeout)
{
	int64_t settle = watch->settles ? watch->settles - monotonic() : -1;

	if (watch->settles && settle < 0)
		settle = 0;
	if (watch->settles && (timeout < 0 || settle < timeout))
		timeout = (int)settle;
	if (watch->looked_count > 0 && (timeout < 0 || timeout > LOOK_EVERY))
		timeout = LOOK_EVERY;
	return timeout;
}

unsigned watch_wait(struct watch *watch, int timeout)
{
	struct pollfd polled[4] = {{.fd = STDIN_FILENO, .events = POLLIN},
				   {.fd = watch->signals, .events = POLLIN},
				   {.fd = watch->folders, .events = POLLIN},
				   {.fd = watch->link, .events = POLLIN}};
	unsigned seen = 0;
	int ready = poll(polled, 4, nearest(watch, timeout));

	if (ready < 0) /* continued after a stop: the size may be another */
		return errno == EINTR ? WATCH_RESIZED : WATCH_ENDED;
	if (ready == 0)
		seen |= WATCH_TIME;
	if (polled[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		seen |= WATCH_ENDED;
	else if (polled[0].revents)
		seen |= WATCH_INPUT;
	if (polled[1].revents)
		seen |= read_signals(watch);
	if ((polled[2].revents && read_folders(watch)) ||
	    (watch->looked_count > 0 && look_at_folders(watch)))
		watch->settles = monotonic() + WATCH_SETTLE;
	if (watch->settles && monotonic() >= watch->settles) {
		watch->settles = 0;
		seen |= WATCH_CHANGED;
	}
	if (polled[3].revents)
		seen |= WATCH_LINK;
	return seen;
}

void watch_suspend(void)
{
	kill(getpid(), SIGSTOP);
}

void watch_child(const struct watch *watch)
{
	sigprocmask(SIG_SETMASK, &watch->before, NULL);
}
