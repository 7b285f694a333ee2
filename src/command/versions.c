#include "command/versions.h"

#include <string.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/words.h"
#include "command/place.h"
#include "playbook/folder.h"
#include "playbook/load.h"
#include "playbook/playbook.h"

struct loaded {
	const struct playbook *playbook;
};

static const char *find(void *context, struct arena *arena, const char *name)
{
	const struct versions *versions = context;

	(void)arena;
	return versions->language == NULL ? NULL : library_path(&versions->library, name);
}

static const char *name(void *context, size_t n)
{
	const struct versions *versions = context;

	return versions->language == NULL ? NULL : library_name(&versions->library, n);
}

static bool recall(void *context, const char *path, const struct playbook **playbook)
{
	struct versions *versions = context;
	const struct loaded *loaded = names_get(&versions->loaded, path);

	if (loaded != NULL)
		*playbook = loaded->playbook;
	return loaded != NULL;
}

static void keep(void *context, const char *path, struct playbook *playbook)
{
	struct versions *versions = context;
	struct loaded *loaded = arena_alloc(versions->arena, sizeof *loaded);

	loaded->playbook = playbook;
	names_put(&versions->loaded, versions->arena, arena_string(versions->arena, path), loaded);
}

static void open_library(struct versions *versions, const char *path)
{
	const char *language = place_language_of(versions->arena, path);
	const char *const *places;

	if (versions->language != NULL && strcmp(versions->language, language) == 0)
		return;
	if (versions->language != NULL)
		library_close(&versions->library);
	size_t count = place_playbooks(versions->arena, NULL, &places);
	library_open(&versions->library, language, places, count, false);
	versions->language = language;
}

static void add_file(struct versions *versions, const char *path, const char *prefix)
{
	const struct load_finder finder = {find, versions, recall, keep, .first = false, name};
	const struct playbook *playbook = NULL;

	open_library(versions, path);
	if (!recall(versions, path, &playbook)) {
		struct playbook *read =
			load_playbook(versions->arena, path, &finder, versions->problems);
		keep(versions, path, read);
		playbook = read;
	}
	if (playbook == NULL)
		return;
	versions->items = arena_more(versions->arena, versions->items, versions->count,
				     sizeof *versions->items);
	versions->items[versions->count++] = (struct version){
		arena_format(versions->arena, "%s%s", prefix, playbook->name), playbook};
}

static void add_folder(struct versions *versions, const char *path, const char *prefix, int depth)
{
	const char **names;
	size_t count;

	if (!folder_list(versions->arena, path, FOLDER_PLAYBOOKS, &names, &count)) {
		problem_add(versions->problems, PROBLEM_ERROR, (struct place){.file = path},
			    _("this folder cannot be read"));
		return;
	}
	for (size_t i = 0; i < count; i++)
		add_file(versions, folder_join(versions->arena, path, names[i]), prefix);
	if (depth == 0 || !folder_list(versions->arena, path, FOLDER_FOLDERS, &names, &count))
		return;
	for (size_t i = 0; i < count; i++)
		add_folder(versions, folder_join(versions->arena, path, names[i]),
			   arena_format(versions->arena, "%s/", names[i]), depth - 1);
}

void versions_read(struct versions *versions, struct arena *arena, struct problem_list *problems,
		   const char *path)
{
	versions->arena = arena;
	versions->problems = problems;
	if (folder_is(path))
		add_folder(versions, path, "", 1);
	else
		add_file(versions, path, "");
	if (versions->count == 0 && problems->errors == 0)
		problem_add(problems, PROBLEM_ERROR, (struct place){.file = path},
			    _("there are no playbooks here"));
}

bool versions_have(const struct versions *versions, const char *path)
{
	return names_get(&versions->loaded, path) != NULL;
}

void versions_close(struct versions *versions)
{
	if (versions->language != NULL)
		library_close(&versions->library);
}
