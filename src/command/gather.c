#include "command/gather.h"

#include <errno.h>
#include <string.h>

#include "base/words.h"
#include "command/place.h"
#include "playbook/folder.h"
#include "playbook/load.h"
#include "playbook/playbook.h"

/* How far it got with a file. */
struct gather_seen {
	const char *path;
	const struct playbook *playbook; /* NULL: it has errors, or was forgotten */
	bool forgotten;
	bool visited;
	struct gather_seen *next;
};

bool gather_option_name(const char *option)
{
	return strcmp(option, "-l") == 0 || strcmp(option, "-p") == 0;
}

bool gather_option(struct gather *gather, int argc, char **argv, int *at)
{
	const char *option = argv[*at];
	const char **value = strcmp(option, "-l") == 0	 ? &gather->language
			     : strcmp(option, "-p") == 0 ? &gather->named
							 : NULL;

	if (value == NULL || *at + 1 >= argc)
		return false;
	*value = argv[++*at];
	if (value == &gather->language)
		place_words(gather->language);
	return true;
}

/* --- What is extended and not beside the file may be in the agent's library --- */

static bool open_library(struct gather *gather, const char *language, bool required)
{
	const char *const *places;
	size_t count = place_playbooks(&gather->arena, gather->named, &places);

	if (gather->library_language != NULL)
		library_close(&gather->library);
	gather->library_language = language;
	return library_open(&gather->library, language, places, count, required);
}

static const char *find(void *context, struct arena *arena, const char *name)
{
	struct gather *gather = context;
	const char *language = gather->library_language;

	(void)arena;
	if (!gather->first) {
		const char *wanted = place_language_of(&gather->arena, gather->file);
		if (language == NULL || strcmp(language, wanted) != 0)
			open_library(gather, wanted, false);
	}
	return library_path(&gather->library, name);
}

static const char *name(void *context, size_t n)
{
	const struct gather *gather = context;

	return library_name(&gather->library, n);
}

/* --- One file --- */

static struct gather_seen *see(struct gather *gather, const char *path,
			       const struct playbook *playbook)
{
	struct gather_seen *seen = arena_alloc(&gather->arena, sizeof *seen);

	seen->path = arena_string(&gather->arena, path);
	seen->playbook = playbook;
	names_put(&gather->seen, &gather->arena, seen->path, seen);
	*gather->last_seen = seen;
	gather->last_seen = &seen->next;
	return seen;
}

static void keep(void *context, const char *path, struct playbook *playbook)
{
	struct gather *gather = context;

	see(gather, path, playbook);
	gather->extended = true;
}

/* What was forgotten and is extended after all is read again; its problems were told before. */
static bool recall(void *context, const char *path, const struct playbook **playbook)
{
	struct gather *gather = context;
	const struct load_finder finder = {find, context, recall, keep, gather->first, name};
	struct gather_seen *seen = names_get(&gather->seen, path);
	struct problem_list told = {.arena = &gather->arena};

	if (seen == NULL)
		return false;
	if (seen->forgotten) {
		seen->playbook = load_playbook(&gather->arena, path, &finder, &told);
		seen->forgotten = false;
	}
	*playbook = seen->playbook;
	return true;
}

static void visit(struct gather *gather, struct gather_seen *seen, bool asked)
{
	if (!seen->visited && seen->playbook != NULL && gather->visit != NULL)
		gather->visit(gather->context, seen->playbook, asked);
	seen->visited = true;
}

static void read_file(struct gather *gather, const char *path)
{
	const struct load_finder finder = {find, gather, recall, keep, gather->first, name};
	struct gather_seen *seen = names_get(&gather->seen, path);

	if (seen != NULL) {
		gather->files += !seen->visited;
		visit(gather, seen, true);
		return;
	}
	gather->files++;
	gather->file = path;
	gather->extended = false;
	seen = see(gather, path, load_playbook(&gather->reading, path, &finder, &gather->problems));
	visit(gather, seen, true);
	if (gather->extended || (seen->playbook != NULL && seen->playbook->situation_count == 0)) {
		gather->kept = arena_more(&gather->arena, gather->kept, gather->kept_count,
					  sizeof *gather->kept);
		gather->kept[gather->kept_count++] = gather->reading;
		gather->reading = (struct arena){0};
		return;
	}
	seen->forgotten = seen->playbook != NULL;
	seen->playbook = NULL;
	arena_reset(&gather->reading);
}

/* --- Folders and libraries --- */

/* Its playbooks, and those of the folders in it: scripts/ holds en/, bn/ and eo/. */
static void read_folder(struct gather *gather, const char *path, int depth)
{
	const char **names;
	size_t count;
	size_t before = gather->files;
	struct place place = {.file = path};

	if (!folder_list(&gather->arena, path, FOLDER_PLAYBOOKS, &names, &count)) {
		problem_add(&gather->problems, PROBLEM_ERROR, place,
			    _("this folder cannot be read: %s"), strerror(errno));
		return;
	}
	for (size_t i = 0; i < count; i++)
		read_file(gather, folder_join(&gather->arena, path, names[i]));
	if (depth > 0 && folder_list(&gather->arena, path, FOLDER_FOLDERS, &names, &count)) {
		for (size_t i = 0; i < count; i++)
			read_folder(gather, folder_join(&gather->arena, path, names[i]), depth - 1);
	}
	if (depth > 0 && gather->files == before)
		problem_add(&gather->problems, PROBLEM_ERROR, place,
			    _("there are no playbooks here"))
			->mend = _("a playbook's file name ends in .yaml");
}

static void take_problems(struct gather *gather)
{
	const struct problem_list *problems = &gather->library.problems;

	for (size_t i = 0; i < problems->count; i++) {
		const struct problem *problem = &problems->items[i];
		problem_add(&gather->problems, problem->severity, problem->place, "%s",
			    problem->message)
			->mend = arena_string(&gather->arena, problem->mend);
	}
}

static void read_language(struct gather *gather, const char *language)
{
	open_library(gather, language, gather->named != NULL);
	take_problems(gather);
	for (size_t i = 0; i < gather->library.file_count; i++)
		read_file(gather, gather->library.files[i].path);
}

/* The folders with playbooks in them, of all places, each name once. */
static size_t list_languages(struct gather *gather, const char ***languages)
{
	struct arena *arena = &gather->arena;
	struct names seen = {0};
	const char *const *places;
	const char **folders, **files;
	size_t place_count = place_playbooks(arena, gather->named, &places);
	size_t folder_count, file_count, count = 0;

	*languages = NULL;
	for (size_t i = 0; i < place_count; i++) {
		folder_list(arena, places[i], FOLDER_FOLDERS, &folders, &folder_count);
		for (size_t k = 0; k < folder_count; k++) {
			const char *folder = folder_join(arena, places[i], folders[k]);
			folder_list(arena, folder, FOLDER_PLAYBOOKS, &files, &file_count);
			if (file_count == 0 || names_put(&seen, arena, folders[k], gather) != NULL)
				continue;
			*languages = arena_more(arena, *languages, count, sizeof **languages);
			(*languages)[count++] = folders[k];
		}
	}
	return count;
}

static void read_library(struct gather *gather)
{
	const char **languages = NULL;
	size_t count = gather->language == NULL ? list_languages(gather, &languages) : 0;

	gather->first = true;
	for (size_t i = 0; i < count; i++)
		read_language(gather, languages[i]);
	if (count == 0)
		read_language(gather, place_language(&gather->arena, gather->language));
}

void gather_read(struct gather *gather, char **names, int count)
{
	gather->problems.arena = &gather->arena;
	gather->last_seen = &gather->first_seen;
	for (int i = 0; i < count; i++) {
		if (folder_is(names[i]))
			read_folder(gather, names[i], 1);
		else
			read_file(gather, names[i]);
	}
	if (count == 0)
		read_library(gather);
	/* What is only extended, too, once. */
	for (struct gather_seen *seen = gather->first_seen; seen != NULL; seen = seen->next)
		visit(gather, seen, false);
}

void gather_close(struct gather *gather)
{
	if (gather->library_language != NULL)
		library_close(&gather->library);
	for (size_t i = 0; i < gather->kept_count; i++)
		arena_free(&gather->kept[i]);
	arena_free(&gather->reading);
	arena_free(&gather->arena);
}
