#include "playbook/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/words.h"

static struct problem *refuse(struct problem_list *problems, const char *path, const char *message)
{
	struct place place = {.file = path};

	return problem_add(problems, PROBLEM_ERROR, place, "%s", message);
}

static const char *kind_of(mode_t mode)
{
	if (S_ISDIR(mode))
		return _("this is a folder, not a file");
	if (S_ISFIFO(mode))
		return _("this is a pipe, not a file");
	if (S_ISSOCK(mode))
		return _("this is a socket, not a file");
	return _("this is a device, not a file");
}

static void refuse_open(struct problem_list *problems, const char *path, int error)
{
	if (error == ENOENT || error == ENOTDIR)
		refuse(problems, path, _("there is no such file"));
	else if (error == EACCES)
		refuse(problems, path, _("no permission to read this file"));
	else if (error == ENXIO)
		refuse(problems, path, _("this is a socket or device, not a file"));
	else
		refuse(problems, path, strerror(error));
}

static void refuse_size(struct problem_list *problems, const char *path)
{
	struct problem *problem =
		refuse(problems, path, _("the file is too large: more than 1 MiB"));

	problem->mend = _("a playbook is a few pages of text; split a larger one");
}

/* Until the end, whatever fstat said: files in /proc have no size, others may grow; or until there
 * is more than the most. */
static char *read_all(struct arena *arena, int file, size_t expected, size_t most, size_t *length)
{
	size_t room = expected + 1;
	char *text = arena_text(arena, room + 1);

	*length = 0;
	for (;;) {
		ssize_t got = read(file, text + *length, room - *length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return NULL;
		*length += (size_t)got;
		/* What came short of what was asked for is the end. */
		if (got == 0 || (expected > 0 && *length == expected) || *length > most)
			break;
		if (*length == room) {
			room = room * 2 < YAML_BYTES + 1 ? room * 2 : YAML_BYTES + 1;
			char *more = arena_text(arena, room + 1);
			memcpy(more, text, *length);
			text = more;
		}
	}
	text[*length] = '\0';
	return text;
}

char *yaml_read(struct arena *arena, const char *path, size_t *length,
		struct problem_list *problems)
{
	return yaml_read_start(arena, path, YAML_BYTES, length, problems);
}

char *yaml_read_start(struct arena *arena, const char *path, size_t most, size_t *length,
		      struct problem_list *problems)
{
	struct stat status;
	char *text = NULL;
	int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

	if (file < 0) {
		refuse_open(problems, path, errno);
		return NULL;
	}
	if (fstat(file, &status) < 0) {
		refuse(problems, path, strerror(errno));
	} else if (!S_ISREG(status.st_mode)) {
		refuse(problems, path, kind_of(status.st_mode));
	} else if (status.st_size > YAML_BYTES) {
		refuse_size(problems, path);
	} else {
		size_t size = (size_t)status.st_size;
		text = read_all(arena, file, size < most ? size : most, most, length);
		if (text == NULL) {
			refuse(problems, path, strerror(errno));
		} else if (*length > YAML_BYTES) {
			refuse_size(problems, path);
			text = NULL;
		} else if (*length > most) {
			*length = most;
		}
	}
	close(file);
	return text;
}

const char *yaml_source_line(struct arena *arena, const char *text, size_t length, int line)
{
	const char *start = text;
	const char *limit = text + length;

	for (; line > 1; line--) {
		start = memchr(start, '\n', (size_t)(limit - start));
		if (start == NULL)
			return NULL;
		start++;
	}
	if (line < 1 || start == limit)
		return NULL;
	const char *end = memchr(start, '\n', (size_t)(limit - start));
	if (end == NULL)
		end = limit;
	if (end > start && end[-1] == '\r')
		end--;
	return arena_copy(arena, start, (size_t)(end - start));
}
