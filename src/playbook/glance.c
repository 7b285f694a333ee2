#include "playbook/glance.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "playbook/library.h"
#include "playbook/load.h"
#include "playbook/playbook.h"

enum { FILES_MOST = 3 };

static const char *find(void *context, struct arena *arena, const char *name)
{
	(void)arena;
	return library_path(context, name);
}

static bool is_worth_a_look(const struct playbook *playbook)
{
	return playbook != NULL && playbook->situation_count > 0 &&
	       playbook->status != PLAYBOOK_RETIRED;
}

/* Reads small files whole, as long as they do not exceed the bytes together. */
static void read_small(struct library *library, size_t bytes)
{
	struct stat status;
	size_t sum = 0;

	while (!library_playbook(library, 0) && library->next < library->file_count &&
	       stat(library->files[library->next].path, &status) == 0 &&
	       (sum += (size_t)status.st_size) <= bytes)
		library_load_next(library);
}

static void look_into_large(struct library *library, size_t bytes)
{
	const struct load_finder finder = {find, library, NULL, NULL, .first = true};

	for (size_t i = library->next; i < library->file_count && i < library->next + FILES_MOST;
	     i++) {
		struct library_file *file = &library->files[i];
		struct playbook *playbook = NULL;

		if (!file->is_read)
			playbook = load_start(&library->glance, file->path, bytes, &finder);
		if (!is_worth_a_look(playbook))
			continue;
		file->playbook = playbook;
		library->glanced = file;
		return;
	}
}

void glance_take(struct library *library, size_t bytes)
{
	read_small(library, bytes);
	if (library_playbook(library, 0) == NULL)
		look_into_large(library, bytes);
}

void glance_end(struct library *library)
{
	if (library->glanced != NULL)
		library->glanced->playbook = NULL;
	library->glanced = NULL;
	arena_free(&library->glance);
}
