#include "playbook/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"

const char *folder_join(struct arena *arena, const char *path, const char *name)
{
	size_t length = strlen(path);

	while (length > 1 && path[length - 1] == '/')
		length--;
	if (length == 1 && path[0] == '/')
		length = 0;
	return arena_format(arena, "%.*s/%s", (int)length, path, name);
}

bool folder_is(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Leftovers such as x.yaml~, #x.yaml# and .x.yaml.swp end or begin otherwise. */
static bool is_playbook(const char *name)
{
	size_t length = strlen(name);

	return length > 5 && name[0] != '#' && strcmp(name + length - 5, ".yaml") == 0;
}

static bool is_wanted(const char *path, const char *name, enum folder_entry wanted)
{
	struct arena arena = {0};
	bool folder;

	if (name[0] == '.')
		return false;
	if (wanted == FOLDER_PLAYBOOKS)
		return is_playbook(name);
	folder = folder_is(folder_join(&arena, path, name));
	arena_free(&arena);
	return folder;
}

static int compare(const void *left, const void *right)
{
	const char *const *a = left;
	const char *const *b = right;

	return strcmp(*a, *b);
}

bool folder_list(struct arena *arena, const char *path, enum folder_entry wanted,
		 const char ***names, size_t *count)
{
	DIR *folder = opendir(path);
	struct dirent *entry;

	*names = NULL;
	*count = 0;
	if (folder == NULL)
		return false;
	for (;;) {
		errno = 0;
		entry = readdir(folder);
		if (entry == NULL)
			break;
		if (!is_wanted(path, entry->d_name, wanted))
			continue;
		*names = arena_more(arena, *names, *count, sizeof **names);
		(*names)[(*count)++] = arena_string(arena, entry->d_name);
	}
	int error = errno;
	closedir(folder);
	errno = error;
	if (*count > 0)
		qsort(*names, *count, sizeof **names, compare);
	return error == 0;
}
