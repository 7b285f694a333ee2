#define _GNU_SOURCE /* SOCK_CLOEXEC in socket */
#include "link/socket.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/words.h"

struct entry {
	const char *path;
	struct timespec born;
};

static int compare(const void *left, const void *right)
{
	const struct timespec *a = &((const struct entry *)left)->born;
	const struct timespec *b = &((const struct entry *)right)->born;

	if (a->tv_sec != b->tv_sec)
		return (a->tv_sec < b->tv_sec) - (a->tv_sec > b->tv_sec);
	return (a->tv_nsec < b->tv_nsec) - (a->tv_nsec > b->tv_nsec);
}

size_t socket_list(struct arena *arena, const char *folder, const char *const **paths)
{
	struct entry *entries = NULL;
	const char **list;
	size_t count = 0;
	DIR *stream = opendir(folder);
	struct dirent *found;

	while (stream && (found = readdir(stream))) {
		const char *path = arena_format(arena, "%s/%s", folder, found->d_name);
		size_t length = strlen(found->d_name);
		struct stat status;

		if (length < 12 || strncmp(found->d_name, "coach-", 6) != 0 ||
		    strcmp(found->d_name + length - 5, ".sock") != 0 || lstat(path, &status) != 0 ||
		    !S_ISSOCK(status.st_mode))
			continue;
		entries = arena_more(arena, entries, count, sizeof *entries);
		entries[count++] = (struct entry){path, status.st_ctim};
	}
	if (stream)
		closedir(stream);
	if (count > 0)
		qsort(entries, count, sizeof *entries, compare);
	list = arena_alloc(arena, (count + 1) * sizeof *list);
	for (size_t i = 0; i < count; i++)
		list[i] = entries[i].path;
	*paths = list;
	return count;
}

static bool make_address(const char *path, struct sockaddr_un *address)
{
	size_t length = strlen(path);

	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (length >= sizeof address->sun_path)
		return false;
	memcpy(address->sun_path, path, length + 1);
	return true;
}

int socket_connect(const char *path)
{
	struct sockaddr_un address;
	int failure, result = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (result < 0)
		return -1;
	if (make_address(path, &address) &&
	    connect(result, (struct sockaddr *)&address, sizeof address) == 0)
		return result;
	failure = errno;
	close(result);
	errno = failure;
	return -1;
}

/* Ours alone: nobody else can put anything there, nor has. */
static const char *make_folder(const char *folder)
{
	struct stat status;

	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return _("its folder cannot be made");
	if (lstat(folder, &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != geteuid())
		return _("its folder is not the user's own");
	if ((status.st_mode & 0777) != 0700 && chmod(folder, 0700) != 0)
		return _("its folder cannot be closed to others");
	return NULL;
}

static void remove_stale(struct arena *arena, const char *folder)
{
	const char *const *paths;
	size_t count = socket_list(arena, folder, &paths);

	for (size_t i = 0; i < count; i++) {
		int one = socket_connect(paths[i]);

		if (one >= 0)
			close(one);
		else if (errno == ECONNREFUSED)
			unlink(paths[i]);
	}
}

/* coach.sock leads to the newest there is, in one move. */
static void point(struct arena *arena, const char *folder)
{
	const char *const *paths;
	size_t count = socket_list(arena, folder, &paths);
	const char *name = arena_format(arena, "%s/coach.sock", folder);
	const char *fresh = arena_format(arena, "%s/.link-%ld", folder, (long)getpid());

	unlink(fresh);
	if (count == 0)
		unlink(name);
	else if (symlink(strrchr(paths[0], '/') + 1, fresh) == 0 && rename(fresh, name) != 0)
		unlink(fresh);
}

int socket_listen(struct arena *arena, const char *folder, int backlog, const char **path,
		  const char **why)
{
	const char *fresh = arena_format(arena, "%s/.coach-%ld", folder, (long)getpid());
	struct sockaddr_un address;
	int result;

	*path = arena_format(arena, "%s/coach-%ld.sock", folder, (long)getpid());
	*why = make_folder(folder);
	if (!*why && (!make_address(*path, &address) || !make_address(fresh, &address)))
		*why = _("the path of its folder is too long");
	if (*why)
		return -1;
	remove_stale(arena, folder);
	unlink(fresh);
	*why = _("it cannot be made");
	result = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (result < 0)
		return -1;
	/* under its own name only once somebody listens behind it */
	if (bind(result, (struct sockaddr *)&address, sizeof address) != 0 ||
	    chmod(fresh, 0600) != 0 || listen(result, backlog) != 0 || rename(fresh, *path) != 0) {
		unlink(fresh);
		close(result);
		return -1;
	}
	point(arena, folder);
	*why = NULL;
	return result;
}

void socket_remove(struct arena *arena, const char *folder, const char *path)
{
	unlink(path);
	point(arena, folder);
}
