#include "playbook/library.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/words.h"
#include "playbook/folder.h"
#include "playbook/glance.h"
#include "playbook/load.h"
#include "playbook/playbook.h"

enum { LANGUAGE_BYTES = 64 };

/* A file on the way into the library: of one name the nearest stays. */
struct found {
	struct library_file file;
	size_t distance; /* the number of its place */
};

struct search {
	struct library *library;
	const char *asked; /* the language */
	struct found *found;
	size_t count;
};

/* --- Listing --- */

static struct problem *tell(struct library *library, enum problem_severity severity,
			    const char *path, const char *message)
{
	struct place place = {.file = path};

	return problem_add(&library->problems, severity, place, "%s", message);
}

static void add_file(struct search *search, const char *path, size_t distance)
{
	struct arena *arena = &search->library->arena;
	struct found *found;

	search->found = arena_more(arena, search->found, search->count, sizeof *found);
	found = &search->found[search->count++];
	found->file.name = load_name(arena, path);
	found->file.path = arena_string(arena, path);
	found->distance = distance;
}

static size_t add_folder(struct search *search, const char *path, size_t distance)
{
	struct arena *arena = &search->library->arena;
	const char **names;
	size_t count;

	if (!folder_list(arena, path, FOLDER_PLAYBOOKS, &names, &count))
		tell(search->library, PROBLEM_ERROR, path,
		     arena_format(arena, _("this folder cannot be read: %s"), strerror(errno)));
	for (size_t i = 0; i < count; i++)
		add_file(search, folder_join(arena, path, names[i]), distance);
	return count;
}

/* The folder of the language: bn-BD, else bn. NULL when there is neither. */
static const char *language_folder(struct search *search, const char *place)
{
	struct arena *arena = &search->library->arena;
	char *language = arena_string(arena, search->asked);
	char *dash = language + strlen(language);

	while (dash != NULL) {
		*dash = '\0';
		const char *path = folder_join(arena, place, language);
		if (folder_is(path)) {
			if (search->library->language == NULL)
				search->library->language = arena_string(arena, language);
			return path;
		}
		dash = strrchr(language, '-');
	}
	return NULL;
}

static size_t add_place(struct search *search, const char *place, size_t distance)
{
	struct stat status;

	if (stat(place, &status) < 0)
		return 0;
	if (!S_ISDIR(status.st_mode)) {
		add_file(search, place, distance);
		return 1;
	}
	const char *folder = language_folder(search, place);
	size_t count = folder == NULL ? 0 : add_folder(search, folder, distance);
	return count > 0 ? count : add_folder(search, place, distance);
}

static void tell_nothing(struct search *search, const char *place)
{
	struct library *library = search->library;
	struct stat status;
	const char **names;
	size_t count;

	if (stat(place, &status) < 0) {
		tell(library, PROBLEM_ERROR, place,
		     errno == ENOENT || errno == ENOTDIR ? _("there is no such file or folder")
							 : strerror(errno));
		return;
	}
	struct problem *problem = tell(
		library, PROBLEM_ERROR, place,
		arena_format(&library->arena, _("there are no playbooks for language '%s' here"),
			     search->asked));
	if (!folder_list(&library->arena, place, FOLDER_FOLDERS, &names, &count) || count == 0)
		return;
	const char *list = names[0];
	for (size_t i = 1; i < count && i < 20; i++)
		list = arena_format(&library->arena, "%s, %s", list, names[i]);
	problem->mend = arena_format(&library->arena, _("there are: %s"), list);
}

/* --- Opening --- */

static int compare_found(const void *left, const void *right)
{
	const struct found *a = left;
	const struct found *b = right;
	int order = strcmp(a->file.name, b->file.name);

	if (order != 0)
		return order;
	return a->distance < b->distance ? -1 : a->distance > b->distance;
}

static void take_nearest(struct search *search)
{
	struct library *library = search->library;

	if (search->count == 0)
		return;
	qsort(search->found, search->count, sizeof *search->found, compare_found);
	library->files = arena_alloc(&library->arena, search->count * sizeof *library->files);
	for (size_t i = 0; i < search->count; i++) {
		const struct library_file *file = &search->found[i].file;
		if (i == 0 || strcmp(file->name, search->found[i - 1].file.name) != 0)
			library->files[library->file_count++] = *file;
	}
}

/* It becomes a part of a path: nothing may climb out of the library. */
static bool is_language(const char *language)
{
	static const char letters[] = PLAYBOOK_ID_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	return *language != '\0' && language[0] != '-' && strlen(language) < LANGUAGE_BYTES &&
	       language[strspn(language, letters)] == '\0';
}

bool library_open(struct library *library, const char *language, const char *const *places,
		  size_t place_count, bool required)
{
	struct search search = {.library = library};

	*library = (struct library){.arena = {0}};
	library->problems.arena = &library->arena;
	search.asked = arena_string(&library->arena, language);
	if (!is_language(language)) {
		problem_add(&library->problems, PROBLEM_ERROR, (struct place){0},
			    _("'%s' is not the code of a language"), language)
			->mend = _("write its BCP 47 code, such as en, bn or eo");
		library->language = search.asked;
		return false;
	}
	bool *empty = arena_alloc(&library->arena, place_count * sizeof *empty);
	for (size_t i = 0; i < place_count; i++)
		empty[i] = add_place(&search, places[i], i) == 0;
	for (size_t i = 0; i < place_count; i++) {
		if (empty[i] && (required || search.count == 0))
			tell_nothing(&search, places[i]);
	}
	if (place_count == 0)
		tell(library, PROBLEM_ERROR, NULL, _("there is no place to look for playbooks in"));
	if (library->language == NULL)
		library->language = search.asked;
	take_nearest(&search);
	return library->file_count > 0;
}

/* --- Loading --- */

static struct library_file *file_named(const struct library *library, const char *name)
{
	size_t low = 0;
	size_t high = library->file_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(library->files[middle].name, name);
		if (order == 0)
			return &library->files[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static struct library_file *file_at(const struct library *library, const char *path)
{
	struct arena scratch = {0};
	struct library_file *file = file_named(library, load_name(&scratch, path));

	arena_free(&scratch);
	return file != NULL && strcmp(file->path, path) == 0 ? file : NULL;
}

const char *library_path(const struct library *library, const char *name)
{
	const struct library_file *file = file_named(library, name);

	return file == NULL ? NULL : file->path;
}

const char *library_name(const struct library *library, size_t n)
{
	return n < library->file_count ? library->files[n].name : NULL;
}

static const char *find(void *context, struct arena *arena, const char *name)
{
	(void)arena;
	return library_path(context, name);
}

static const char *name(void *context, size_t n)
{
	return library_name(context, n);
}

static void keep_in(struct library_file *file, struct playbook *playbook)
{
	file->is_read = true;
	file->read = playbook;
	if (playbook != NULL && playbook->status != PLAYBOOK_RETIRED)
		file->playbook = playbook;
}

static bool recall(void *context, const char *path, const struct playbook **playbook)
{
	const struct library_file *file = file_at(context, path);

	if (file == NULL || !file->is_read)
		return false;
	*playbook = file->read;
	return true;
}

static void keep(void *context, const char *path, struct playbook *playbook)
{
	struct library_file *file = file_at(context, path);

	if (file != NULL)
		keep_in(file, playbook);
}

/* An active playbook may extend one that extends another: all of them are in use. */
static void mark_extended(struct library *library, const struct playbook *playbook)
{
	struct library_file *file;

	while (playbook != NULL && playbook->extends != NULL) {
		file = file_named(library, playbook->extends);
		if (file == NULL || file->extended)
			return;
		file->extended = true;
		playbook = file->read;
	}
}

bool library_load_next(struct library *library)
{
	const struct load_finder finder = {find, library, recall, keep, .first = true, name};

	glance_end(library);
	if (library->next >= library->file_count)
		return false;
	struct library_file *file = &library->files[library->next++];
	if (!file->is_read)
		keep_in(file,
			load_playbook(&library->arena, file->path, &finder, &library->problems));
	if (file->playbook != NULL && file->playbook->status == PLAYBOOK_ACTIVE)
		mark_extended(library, file->playbook);
	return true;
}

void library_load_all(struct library *library)
{
	while (library_load_next(library))
		;
}

static void give_back(struct library *library)
{
	for (size_t i = 0; i < library->file_count; i++) {
		struct library *lender = library->files[i].lender;

		if (lender == NULL)
			continue;
		lender->borrowers--;
		if (lender->closing)
			library_release(lender);
	}
}

size_t library_borrow(struct library *fresh, struct library *before)
{
	size_t borrowed = 0;

	for (size_t i = 0; i < fresh->file_count; i++) {
		struct library_file *file = &fresh->files[i];
		const struct library_file *good = file_named(before, file->name);

		if (!file->is_read || file->read != NULL || good == NULL || good->read == NULL)
			continue;
		file->read = good->read;
		file->playbook = good->playbook;
		file->lender = good->lender != NULL ? good->lender : before;
		file->lender->borrowers++;
		if (file->playbook != NULL && file->playbook->status == PLAYBOOK_ACTIVE)
			mark_extended(fresh, file->playbook);
		borrowed++;
	}
	return borrowed;
}

void library_release(struct library *library)
{
	library->closing = true;
	if (library->borrowers > 0)
		return;
	library_close(library);
	free(library);
}

void library_close(struct library *library)
{
	give_back(library);
	glance_end(library);
	arena_free(&library->arena);
	*library = (struct library){.arena = {0}};
}

/* --- Asking --- */

const struct playbook *library_playbook(const struct library *library, size_t n)
{
	for (size_t i = 0; i < library->file_count; i++) {
		const struct playbook *playbook = library->files[i].playbook;
		if (playbook != NULL && playbook->situation_count > 0 && n-- == 0)
			return playbook;
	}
	return NULL;
}

const struct playbook *library_find(const struct library *library, const char *name)
{
	const struct library_file *file = file_named(library, name);

	return file == NULL ? NULL : file->playbook;
}

static const struct situation *situation_in(const struct library *library, const char *id,
					    const char *slash, const struct playbook **playbook)
{
	struct arena scratch = {0};
	const char *name = arena_copy(&scratch, id, (size_t)(slash - id));

	*playbook = library_find(library, name);
	arena_free(&scratch);
	return *playbook == NULL ? NULL : playbook_situation(*playbook, slash + 1);
}

const struct situation *library_situation(const struct library *library, const char *id,
					  const struct playbook **playbook)
{
	const struct situation *found = NULL;
	const struct playbook *owner = NULL;
	const char *slash = strrchr(id, '/');

	if (slash != NULL)
		found = situation_in(library, id, slash, &owner);
	for (size_t i = 0; slash == NULL && i < library->file_count; i++) {
		const struct playbook *candidate = library->files[i].playbook;
		const struct situation *situation =
			candidate == NULL ? NULL : playbook_situation(candidate, id);
		if (situation != NULL && found != NULL)
			return NULL;
		if (situation != NULL) {
			found = situation;
			owner = candidate;
		}
	}
	if (playbook != NULL && found != NULL)
		*playbook = owner;
	return found;
}
