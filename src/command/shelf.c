#include "command/shelf.h"

#include "base/words.h"
#include "call/call.h"
#include "command/place.h"
#include "command/show.h"
#include "playbook/change.h"
#include "playbook/folder.h"
#include "playbook/library.h"
#include "playbook/playbook.h"
#include "screen/watch.h"
#include "view/coach.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct library *new_library(void)
{
	struct library *library = calloc(1, sizeof *library);

	if (!library)
		abort();
	return library;
}

bool shelf_open(struct shelf *shelf, const char *language, const char *named)
{
	*shelf = (struct shelf){.language = language, .named = named};
	shelf->library = new_library();
	return show_open(shelf->library, language, named);
}

void shelf_close(struct shelf *shelf)
{
	if (shelf->own)
		library_release(shelf->own);
	library_release(shelf->library);
	arena_free(&shelf->arena);
	arena_free(&shelf->names);
}

static bool is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A folder, or that of a file; while it is not there, the nearest one above it in which it may turn
 * up. */
static void watch_folder(struct arena *arena, const char *path, struct watch *watch)
{
	char *folder = arena_string(arena, path);
	bool instead = access(path, F_OK) != 0;

	while (!is_folder(folder)) {
		char *slash = strrchr(folder, '/');

		if (slash == folder)
			return;
		if (slash)
			*slash = '\0';
		else
			folder = arena_string(arena, ".");
	}
	watch_add(watch, folder, instead);
}

/* Where a file is a link, its folder is not the one it is saved in. */
static void watch_linked(struct arena *arena, const char *path, struct watch *watch)
{
	struct stat status;
	char *file;

	if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode) || !(file = realpath(path, NULL)))
		return;
	watch_folder(arena, file, watch);
	free(file);
}

void shelf_watch(const struct shelf *shelf, struct watch *watch)
{
	struct arena arena = {0};
	const char *const *places;
	size_t count = place_playbooks(&arena, shelf->named, &places);

	watch_clear(watch);
	for (size_t i = 0; i < count; i++) {
		watch_folder(&arena, places[i], watch);
		watch_add_entry(watch, places[i]);
		if (shelf->library->language)
			watch_folder(
				&arena,
				arena_format(&arena, "%s/%s", places[i], shelf->library->language),
				watch);
	}
	for (size_t i = 0; i < shelf->library->file_count; i++)
		watch_linked(&arena, shelf->library->files[i].path, watch);
	arena_free(&arena);
}

/* stays: what is wrong is not used, but what it was before is. */
static void tell(struct shelf *shelf, bool stays)
{
	const struct problem_list *problems = &shelf->library->problems;

	shelf->trouble = NULL;
	for (size_t i = 0; i < problems->count && !shelf->trouble; i++) {
		const struct problem *problem = &problems->items[i];
		const char *file = strrchr(problem->place.file, '/');

		if (problem->severity == PROBLEM_ERROR)
			shelf->trouble =
				arena_format(&shelf->arena,
					     stays ? _("the last good version stays: %s:%d: %s")
						   : _("not used: %s:%d: %s"),
					     file ? file + 1 : problem->place.file,
					     problem->place.line, problem->message);
	}
}

/* Where a line stands among its fellows; count when it does not. */
static size_t find_line(const struct line_list *list, const char *text)
{
	size_t i = 0;

	while (i < list->count && strcmp(list->items[i].text, text) != 0)
		i++;
	return i;
}

/* A line that was said stays as it was said, in its old place, until the call is over. */
static bool keep_said(struct line_list *after, const struct line_list *before, const char *text,
		      struct arena *arena)
{
	size_t at = find_line(before, text);

	if (at == before->count || at >= after->count || find_line(after, text) < after->count)
		return false;
	after->items[at].text = arena_string(arena, text);
	return true;
}

static bool keep_lines_said(const struct call *call, struct library *fresh)
{
	struct playbook *after = NULL;
	bool kept = false;

	for (size_t i = 0; i < fresh->file_count; i++)
		if (call->playbook && strcmp(fresh->files[i].name, call->playbook->name) == 0 &&
		    !fresh->files[i].lender)
			after = fresh->files[i].playbook;
	for (size_t i = 0; after && i < call->line_count; i++) {
		const struct call_line *line = &call->lines[i];

		if (!line->said || line->step >= after->step_count)
			continue;
		kept |= keep_said(&after->say[line->step], &call->playbook->say[line->step],
				  line->text, &fresh->arena);
		for (size_t s = 0; s < after->situation_count; s++)
			kept |= keep_said(&after->situations[s].say[line->step],
					  &call->playbook->situations[s].say[line->step],
					  line->text, &fresh->arena);
	}
	return kept;
}

static void adopt(struct shelf *shelf, struct coach *coach, struct library *fresh)
{
	struct library *before = shelf->library;

	shelf->library = fresh;
	coach_rebind(coach, fresh);
	library_release(before);
}

void shelf_tell(struct shelf *shelf)
{
	tell(shelf, false);
}

void shelf_refresh(struct shelf *shelf, struct coach *coach)
{
	struct library *fresh = new_library();
	bool open = coach->call.phase == CALL_OPEN, structure;
	enum change change;
	size_t borrowed;

	if (!place_library(fresh, shelf->language, shelf->named)) {
		view_notice(&coach->view, _("the playbooks are gone; the last good ones stay"));
		library_release(fresh);
		return;
	}
	library_load_all(fresh);
	borrowed = library_borrow(fresh, shelf->library);
	change = change_between(shelf->library, fresh);
	structure = open && change == CHANGE_STRUCTURE;
	shelf->waiting = structure;
	if (change == CHANGE_WORDS || (change == CHANGE_STRUCTURE && !open)) {
		if (open)
			shelf->waiting = keep_lines_said(&coach->call, fresh);
		adopt(shelf, coach, fresh);
		view_notice(&coach->view, _("the playbooks were read anew"));
		fresh = NULL;
	}
	arena_reset(&shelf->arena);
	if (fresh) { /* its problems are told all the same */
		struct library *current = shelf->library;

		shelf->library = fresh;
		tell(shelf, borrowed > 0);
		shelf->library = current;
		library_release(fresh);
	} else {
		tell(shelf, borrowed > 0);
	}
	if (shelf->waiting && structure && !shelf->trouble)
		shelf->trouble = _("new situations or steps wait for the end of the call");
	if (shelf->trouble)
		*coach->view.notice = '\0';
}

/* The language folder after the current one, over all places, or NULL when there is no other. */
static const char *next_language(const struct shelf *shelf, struct arena *arena)
{
	const char *const *places;
	const char *first = NULL, *next = NULL, **names;
	size_t count = place_playbooks(arena, shelf->named, &places), named;

	for (size_t i = 0; i < count; i++) {
		if (!folder_list(arena, places[i], FOLDER_FOLDERS, &names, &named))
			continue;
		for (size_t n = 0; n < named; n++) {
			if (!first || strcmp(names[n], first) < 0)
				first = names[n];
			if (strcmp(names[n], shelf->library->language) > 0 &&
			    (!next || strcmp(names[n], next) < 0))
				next = names[n];
		}
	}
	next = next ? next : first;
	return next && strcmp(next, shelf->library->language) != 0 ? next : NULL;
}

/* The library of a language: the one it began in, or one that is read now; NULL when it has no
 * playbooks. */
static struct library *library_in(struct shelf *shelf, const char *language)
{
	struct library *library;

	if (shelf->own && strcmp(shelf->own->language, language) == 0) {
		library = shelf->own;
		shelf->own = NULL;
		return library;
	}
	library = new_library();
	if (place_library(library, language, shelf->named)) {
		library_load_all(library);
		if (library_playbook(library, 0) && strcmp(library->language, language) == 0)
			return library;
	}
	library_release(library);
	return NULL;
}

bool shelf_switch(struct shelf *shelf, struct coach *coach, const char *language)
{
	struct arena scratch = {0};
	const char *wanted = language ? language : next_language(shelf, &scratch);
	struct library *before = shelf->library, *library = NULL;

	if (wanted && strcmp(wanted, before->language) != 0)
		library = library_in(shelf, wanted);
	if (library) {
		shelf->language = arena_string(&shelf->names, wanted);
		shelf->library = library;
		coach_rebind(coach, library);
		if (!shelf->own && strcmp(library->language, coach->own_language) != 0)
			shelf->own = before;
		else
			library_release(before);
		coach->view.gloss = shelf->own;
	} else {
		if (wanted)
			view_notice(&coach->view, _("no playbooks in \"%s\""), wanted);
		else
			view_notice(&coach->view, _("there is no other language"));
	}
	arena_free(&scratch);
	return library != NULL;
}
