#define _GNU_SOURCE /* F_NOTIFY */
#include "screen/watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY 150	/* ms between looks where the kernel does not tell */
#define SETTLE_MOST 300 /* ms: where something never rests it is looked at all the same */

/* A folder as it last looked. */
struct watch_folder {
	char *path;
	int descriptor; /* the kernel tells of changes while it is open; -1: it does not */
	char *entry;	/* only which file or folder this path leads to counts; NULL: all do */
	bool names;	/* only which names there are counts */
	uint64_t looks; /* a hash of its files: names, sizes, what else changes with them */
};

/* SIGIO is read from the signalfd; were it ever let through, it would end the program. */
static void nothing(int signal)
{
	(void)signal;
}

bool watch_open(struct watch *watch, bool told)
{
	struct sigaction action = {.sa_handler = nothing, .sa_flags = SA_RESTART};
	sigset_t mask;

	sigemptyset(&action.sa_mask);
	sigaction(SIGIO, &action, NULL);
	sigemptyset(&mask);
	sigaddset(&mask, SIGWINCH);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGHUP);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGTSTP);
	sigaddset(&mask, SIGIO);
	*watch = (struct watch){.link = -1, .told = told};
	sigprocmask(SIG_BLOCK, &mask, &watch->before);
	watch->signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
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
	for (size_t i = 0; i < watch->folder_count; i++) {
		if (watch->folders[i].descriptor >= 0)
			close(watch->folders[i].descriptor);
		free(watch->folders[i].path);
		free(watch->folders[i].entry);
	}
	watch->folder_count = 0;
	watch->looks = false;
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

static void note_time(struct watch *watch, const struct stat *status)
{
	int64_t time = (int64_t)status->st_ctim.tv_sec * 1000 + status->st_ctim.tv_nsec / 1000000;

	if (time > watch->newest)
		watch->newest = time;
}

/* Which file or folder a path leads to: its links may be others, or it may be replaced. */
static uint64_t look_where(struct watch *watch, const char *path)
{
	struct stat status;

	if (lstat(path, &status) == 0)
		note_time(watch, &status);
	if (stat(path, &status) != 0)
		return 0;
	return mix(mix(0xcbf29ce484222325u, (uint64_t)status.st_dev), (uint64_t)status.st_ino);
}

/* What a folder looks like; files in another order look the same. */
static uint64_t look_into(struct watch *watch, const char *path, bool names)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	struct stat whole;
	uint64_t looks = folder != NULL;

	if (folder && fstat(dirfd(folder), &whole) == 0)
		note_time(watch, &whole);

	while (folder && (entry = readdir(folder))) {
		uint64_t hash = 0xcbf29ce484222325u;
		struct stat status = {0};

		if (is_leftover(entry->d_name) ||
		    (!names && fstatat(dirfd(folder), entry->d_name, &status, 0) != 0))
			continue;
		note_time(watch, &status);
		for (const char *c = entry->d_name; *c; c++)
			hash = mix(hash, (unsigned char)*c);
		hash = mix(hash, (uint64_t)status.st_size);
		hash = mix(hash, status.st_ino);
		hash = mix(hash, (uint64_t)status.st_ctim.tv_sec);
		looks += mix(hash, (uint64_t)status.st_ctim.tv_nsec);
	}
	if (folder)
		closedir(folder);
	return looks;
}

static uint64_t look(struct watch *watch, const struct watch_folder *folder)
{
	return folder->entry ? look_where(watch, folder->entry)
			     : look_into(watch, folder->path, folder->names);
}

/* Not by inotify(7): to close it waits for the kernel to be done with all that might still use a
 * watch, 15 ms and more, in which the agent has no prompt. This asks nobody to wait. */
static int ask_kernel(const struct watch_folder *folder)
{
	int descriptor = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
	long wanted = DN_CREATE | DN_DELETE | DN_RENAME | DN_MULTISHOT;

	if (!folder->names && !folder->entry)
		wanted |= DN_MODIFY;
	if (descriptor < 0 || fcntl(descriptor, F_NOTIFY, wanted) == 0)
		return descriptor;
	close(descriptor);
	return -1;
}

static bool is_watched(const struct watch *watch, const struct watch_folder *folder)
{
	const struct watch_folder *other = watch->folders;

	for (size_t i = 0; i < watch->folder_count; i++, other++)
		if (strcmp(other->path, folder->path) == 0 && other->names == folder->names &&
		    !other->entry && !folder->entry)
			return true;
	return false;
}

static void add(struct watch *watch, struct watch_folder folder)
{
	struct watch_folder *folders = NULL;

	if (folder.path && !is_watched(watch, &folder))
		folders = realloc(watch->folders, (watch->folder_count + 1) * sizeof *folders);
	if (!folders) {
		free(folder.path);
		free(folder.entry);
		return;
	}
	watch->folders = folders;
	if (watch->told)
		folder.descriptor = ask_kernel(&folder);
	/* to look at a folder's own folder all the time is more than it is worth */
	watch->looks = watch->looks || (folder.descriptor < 0 && !folder.entry);
	/* only now: what changes after this look is told */
	folder.looks = look(watch, &folder);
	folders[watch->folder_count++] = folder;
}

void watch_add(struct watch *watch, const char *path, bool names)
{
	add(watch, (struct watch_folder){.path = strdup(path), .descriptor = -1, .names = names});
}

void watch_add_entry(struct watch *watch, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t length = !slash ? 0 : slash == path ? 1 : (size_t)(slash - path);
	struct watch_folder folder = {.path = length ? strndup(path, length) : strdup("."),
				      .entry = strdup(path),
				      .descriptor = -1};

	if (folder.entry)
		add(watch, folder);
	else
		free(folder.path);
}

void watch_close(struct watch *watch)
{
	watch_clear(watch);
	free(watch->folders);
	close(watch->signals);
	sigprocmask(SIG_SETMASK, &watch->before, NULL);
}

static unsigned read_signals(const struct watch *watch, bool *stirred)
{
	struct signalfd_siginfo info;
	unsigned seen = 0;

	while (read(watch->signals, &info, sizeof info) == (ssize_t)sizeof info)
		switch ((int)info.ssi_signo) {
		case SIGWINCH: seen |= WATCH_RESIZED; break;
		case SIGINT: seen |= WATCH_INTERRUPTED; break;
		case SIGTSTP: seen |= WATCH_SUSPENDED; break;
		case SIGIO: *stirred = true; break;
		default: seen |= WATCH_ENDED; break;
		}
	return seen;
}

/* Whether a folder looks other than before. */
static bool look_at_folders(struct watch *watch)
{
	bool counts = false;

	for (size_t i = 0; i < watch->folder_count; i++) {
		struct watch_folder *folder = &watch->folders[i];
		uint64_t looks = look(watch, folder);

		counts = counts || looks != folder->looks;
		folder->looks = looks;
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
	if (watch->looks && (timeout < 0 || timeout > LOOK_EVERY))
		timeout = LOOK_EVERY;
	return timeout;
}

/* Something has changed: it is told when that rests, or has not rested for long. */
static void stir(struct watch *watch)
{
	int64_t now = monotonic(), last;

	if (!watch->stirred)
		watch->stirred = now;
	last = watch->stirred + SETTLE_MOST;
	watch->settles = now + WATCH_SETTLE < last ? now + WATCH_SETTLE : last;
}

/* Whether a change has settled: the last sign of one is WATCH_SETTLE old, and it was one that
 * counts. */
static bool has_settled(struct watch *watch)
{
	if (!watch->settles || monotonic() < watch->settles)
		return false;
	watch->settles = watch->stirred = 0;
	return watch->looks || look_at_folders(watch);
}

unsigned watch_wait(struct watch *watch, int timeout)
{
	struct pollfd polled[3] = {{.fd = STDIN_FILENO, .events = POLLIN},
				   {.fd = watch->signals, .events = POLLIN},
				   {.fd = watch->link, .events = POLLIN}};
	unsigned seen = 0;
	bool stirred = false;
	int ready = poll(polled, 3, nearest(watch, timeout));

	if (ready < 0) /* continued after a stop: the size may be another */
		return errno == EINTR ? WATCH_RESIZED : WATCH_ENDED;
	if (ready == 0)
		seen |= WATCH_TIME;
	if (polled[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		seen |= WATCH_ENDED;
	else if (polled[0].revents)
		seen |= WATCH_INPUT;
	if (polled[1].revents)
		seen |= read_signals(watch, &stirred);
	/* without the kernel's word each look is one; with it, only what has settled is looked at
	 */
	if (watch->looks ? look_at_folders(watch) : stirred)
		stir(watch);
	if (has_settled(watch))
		seen |= WATCH_CHANGED;
	if (polled[2].revents)
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
