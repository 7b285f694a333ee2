#include "command/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "playbook/playbook.h"

enum { TRIES = 1000, NAME_BYTES = 48 };

/* --- Reading --- */

static int open_to_read(const char *path)
{
	struct stat status;

	if (strcmp(path, "-") == 0)
		return dup(STDIN_FILENO);
	int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (file < 0)
		return -1;
	if (fstat(file, &status) < 0)
		status.st_mode = 0;
	if (S_ISREG(status.st_mode))
		return file;
	close(file);
	errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
	return -1;
}

static char *read_all(struct arena *arena, int file, size_t most, size_t *length)
{
	size_t room = 64 * 1024;
	char *text = arena_alloc(arena, room + 1);

	for (*length = 0;;) {
		ssize_t got = read(file, text + *length, room - *length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return NULL;
		if (got == 0)
			break;
		*length += (size_t)got;
		if (*length > most) {
			errno = EFBIG;
			return NULL;
		}
		if (*length == room) {
			char *more = arena_alloc(arena, 2 * room + 1);
			memcpy(more, text, room);
			text = more;
			room *= 2;
		}
	}
	text[*length] = '\0';
	return text;
}

char *file_read(struct arena *arena, const char *path, size_t most, size_t *length)
{
	int file = open_to_read(path);

	if (file < 0)
		return NULL;
	char *text = read_all(arena, file, most, length);
	int error = errno;
	close(file);
	errno = error;
	return text;
}

/* --- Writing --- */

static bool write_all(int file, const char *text, size_t length)
{
	while (length > 0) {
		ssize_t put = write(file, text, length);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		text += put;
		length -= (size_t)put;
	}
	return fsync(file) == 0;
}

/* A limit on files' sizes is a failed write to us, not a reason to die. */
static void ignore_limit(struct sigaction *before)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	sigaction(SIGXFSZ, &ignore, before);
}

/* Open for writing at a name that was free, which goes to *path. */
static int open_free(struct arena *arena, const char *folder, const char *name,
		     const char *extension, mode_t mode, const char **path)
{
	for (int i = 0; i < TRIES; i++) {
		*path = arena_format(arena, "%s/.%s.%ld%s", folder, name, (long)getpid() + i,
				     extension);
		int file = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
		if (file >= 0 || errno != EEXIST)
			return file;
	}
	return -1;
}

/* The new bytes under a name of their own beside path; owner and mode as like, unless NULL. */
static const char *write_beside(struct arena *arena, const char *path, const char *text,
				size_t length, const struct stat *like)
{
	struct sigaction limit;
	const char *slash = strrchr(path, '/');
	const char *beside;
	int file = open_free(arena, file_folder(arena, path), slash == NULL ? path : slash + 1, "",
			     like == NULL ? 0666 : 0600, &beside);

	if (file < 0)
		return NULL;
	ignore_limit(&limit);
	bool good = write_all(file, text, length);
	if (good && like != NULL) {
		mode_t mode = like->st_mode & 07777;
		bool whole = fchown(file, like->st_uid, like->st_gid) == 0;
		if (!whole && fchown(file, (uid_t)-1, like->st_gid) < 0)
			mode = (mode & ~(mode_t)070) | (mode & 07) << 3;
		if (!whole)
			mode &= 0777;
		good = fchmod(file, mode) == 0 && fsync(file) == 0;
	}
	int error = errno;
	good = close(file) == 0 && good;
	sigaction(SIGXFSZ, &limit, NULL);
	if (good)
		return beside;
	unlink(beside);
	errno = error;
	return NULL;
}

/* The folder, open, with a lock until it is closed; -1: cannot be opened. Where the file system
 * knows no locks the comparison of the bytes alone must do. */
static int lock_folder(struct arena *arena, const char *path)
{
	int folder = open(file_folder(arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	while (folder >= 0 && flock(folder, LOCK_EX) < 0 && errno == EINTR)
		;
	return folder;
}

/* The name is on disk once its folder is; a folder that cannot be synced is no reason to fail. */
static enum file_result finish(int folder, enum file_result result)
{
	int error = errno;

	if (folder >= 0) {
		if (result == FILE_DONE)
			(void)fsync(folder);
		close(folder);
	}
	errno = error;
	return result;
}

static enum file_result take_name(const char *beside, const char *path)
{
	if (link(beside, path) == 0) {
		unlink(beside);
		return FILE_DONE;
	}
	if (errno == EEXIST) {
		unlink(beside);
		return FILE_CHANGED;
	}
	/* no links here: the lock keeps other talktracks away meanwhile */
	if (access(path, F_OK) < 0 && rename(beside, path) == 0)
		return FILE_DONE;
	int error = errno;
	unlink(beside);
	errno = error;
	return FILE_FAILED;
}

enum file_result file_create(const char *path, const char *text, size_t length)
{
	struct arena arena = {0};
	struct stat status;
	enum file_result result = FILE_FAILED;
	int folder = lock_folder(&arena, path);
	/* a symbolic link that leads nowhere is a name that is taken, too */
	bool taken = lstat(path, &status) == 0;
	const char *beside = taken ? NULL : write_beside(&arena, path, text, length, NULL);

	if (taken)
		result = FILE_CHANGED;
	else if (beside != NULL)
		result = take_name(beside, path);
	result = finish(folder, result);
	arena_free(&arena);
	return result;
}

enum file_result file_replace(const char *path, const char *before, size_t before_length,
			      const char *text, size_t length)
{
	struct arena arena = {0};
	enum file_result result = FILE_FAILED;
	struct stat status;
	size_t now_length = 0;
	int folder = lock_folder(&arena, path);
	const char *now = file_read(&arena, path, before_length, &now_length);

	if (now == NULL && errno != ENOENT && errno != EFBIG) {
		result = FILE_FAILED;
	} else if (now == NULL || now_length != before_length ||
		   memcmp(now, before, now_length) != 0) {
		result = FILE_CHANGED;
	} else if (stat(path, &status) == 0) {
		const char *beside = write_beside(&arena, path, text, length, &status);
		if (beside != NULL && rename(beside, path) == 0) {
			result = FILE_DONE;
		} else if (beside != NULL) {
			int error = errno;
			unlink(beside);
			errno = error;
		}
	}
	result = finish(folder, result);
	arena_free(&arena);
	return result;
}

const char *file_draft(struct arena *arena, const char *folder, const char *name,
		       const char *extension, const char *text, size_t length)
{
	struct sigaction limit;
	const char *path;
	int file = open_free(arena, folder, name, extension, 0600, &path);

	if (file < 0)
		return NULL;
	ignore_limit(&limit);
	bool good = write_all(file, text, length);
	int error = errno;
	good = close(file) == 0 && good;
	sigaction(SIGXFSZ, &limit, NULL);
	if (good)
		return path;
	unlink(path);
	errno = error;
	return NULL;
}

const char *file_keep(struct arena *arena, const char *path, const char *target)
{
	const char *name = target;

	for (int i = 2; i < TRIES; i++) {
		if (link(path, name) == 0) {
			unlink(path);
			return name;
		}
		if (errno != EEXIST && access(name, F_OK) < 0)
			return rename(path, name) == 0 ? name : NULL;
		name = arena_format(arena, "%s-%d", target, i);
	}
	return NULL;
}

/* --- Names --- */

const char *file_folder(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path ? "/" : arena_copy(arena, path, (size_t)(slash - path));
}

bool file_folders(const char *path)
{
	struct arena arena = {0};
	char *part = arena_string(&arena, path);
	bool good = true;

	for (char *slash = part; good && slash != NULL;) {
		slash = strchr(slash + 1, '/');
		if (slash != NULL)
			*slash = '\0';
		good = mkdir(part, 0700) == 0 || errno == EEXIST || access(part, F_OK) == 0;
		if (slash != NULL)
			*slash = '/';
	}
	int error = errno;
	arena_free(&arena);
	errno = error;
	return good;
}

bool file_is_name(const char *name)
{
	size_t length = strlen(name);

	return length > 0 && length <= NAME_BYTES && name[0] != '-' &&
	       strspn(name, PLAYBOOK_ID_LETTERS) == length;
}
