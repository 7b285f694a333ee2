/* The playbook files in a folder. */
#ifndef PLAYBOOK_FOLDER_H
#define PLAYBOOK_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum folder_entry { FOLDER_PLAYBOOKS, FOLDER_FOLDERS };

/* The names of a folder's *.yaml, or of the folders in it, in byte order; in the arena. Hidden
 * ones and editors' leftovers are left out. False, with errno, when it cannot be read. */
bool folder_list(struct arena *arena, const char *path, enum folder_entry wanted,
		 const char ***names, size_t *count);

/* path/name, in the arena. */
const char *folder_join(struct arena *arena, const char *path, const char *name);

bool folder_is(const char *path);

#endif
