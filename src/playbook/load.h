/* From a YAML file to a playbook: structure is strict, and every problem of the file is told at
 * once.
 *
 * The schema is one table (schema.h), which `talktrack schema` prints too. A playbook with an
 * error is never half-loaded: the answer is NULL and the problems say why. Warnings do not stop
 * it.
 */
#ifndef PLAYBOOK_LOAD_H
#define PLAYBOOK_LOAD_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct playbook;
struct problem_list;
struct schema_map;

/* How a playbook that is named in `extends` is found: the path for a name, in the arena, or NULL;
 * and which names there are, from the first on, NULL past the last (itself NULL: they are not
 * known). What was loaded once need not be read again for each playbook that extends it: recall
 * says whether a path was read before, and what came of it (NULL: it had errors, which were told);
 * keep is handed what was read. Both or neither may be NULL. */
struct load_finder {
	const char *(*find)(void *context, struct arena *arena, const char *name);
	void *context;
	bool (*recall)(void *context, const char *path, const struct playbook **playbook);
	void (*keep)(void *context, const char *path, struct playbook *playbook);
	bool first; /* asked before looking beside the file that extends; else only after */
	const char *(*name)(void *context, size_t n);
};

/* Loads path, and what it extends: `name.yaml` beside it, or where finder (may be NULL) knows it.
 * The playbook lives in arena. Problems of an extended file are told under that file's name;
 * cycles are a problem. */
struct playbook *load_playbook(struct arena *arena, const char *path,
			       const struct load_finder *finder, struct problem_list *problems);

/* What the first bytes of a file tell, for a look at it before it is read: all that stands whole in
 * them. What it extends is read as far, too. NULL when they do not make a playbook. Nothing is
 * told of problems, and the finder's keep is not called. */
struct playbook *load_start(struct arena *arena, const char *path, size_t bytes,
			    const struct load_finder *finder);

/* The same as load_playbook from text in memory, for tests and editors; file is its name. */
struct playbook *load_text(struct arena *arena, const char *file, const char *text, size_t length,
			   const struct load_finder *finder, struct problem_list *problems);

/* A file of another kind, such as the agent's configuration, by a map of its own into record, its
 * struct. What is wrong is told, and stands in the record as before, or, if it is a text, as "".
 * Returns the bytes of the file, for the source line of whatever else is wrong with it; NULL: it
 * could not be read, or is no YAML. A file of comments alone is fine. */
const char *load_record(struct arena *arena, const char *path, const struct schema_map *map,
			void *record, size_t *length, struct problem_list *problems);

/* A playbook's name: its path without the folder and without .yaml. In the arena. */
const char *load_name(struct arena *arena, const char *path);

#endif
