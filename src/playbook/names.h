/* A set of names, each with a pointer to what it names: duplicates in long lists are found at once.
 *
 * Set it to {0}. It lives in the arena it is given and borrows the names.
 */
#ifndef PLAYBOOK_NAMES_H
#define PLAYBOOK_NAMES_H

#include <stddef.h>

struct arena;
struct name;

struct names {
	struct name *table; /* open addressing, a power of two */
	size_t capacity;
	size_t count;
};

/* Puts a name in, unless it is there: then what it names comes back. NULL: it was put in. */
void *names_put(struct names *names, struct arena *arena, const char *text, void *thing);

/* What it names, or NULL. */
void *names_get(const struct names *names, const char *text);

#endif
