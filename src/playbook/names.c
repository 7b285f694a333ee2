#include "playbook/names.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { CAPACITY_LEAST = 16 };

struct name {
	const char *text; /* NULL: free */
	void *thing;
};

/* The place of a name, or where it would go; the table is never full. */
static struct name *find(const struct names *names, const char *text)
{
	size_t mask = names->capacity - 1;
	size_t i = (size_t)text_hash(text, strlen(text)) & mask;

	while (names->table[i].text != NULL && strcmp(names->table[i].text, text) != 0)
		i = (i + 1) & mask;
	return &names->table[i];
}

static void grow(struct names *names, struct arena *arena)
{
	struct names larger = {.count = names->count};

	larger.capacity = names->capacity == 0 ? CAPACITY_LEAST : names->capacity * 2;
	larger.table = arena_alloc(arena, larger.capacity * sizeof *larger.table);
	for (size_t i = 0; i < names->capacity; i++) {
		if (names->table[i].text != NULL)
			*find(&larger, names->table[i].text) = names->table[i];
	}
	*names = larger;
}

void *names_put(struct names *names, struct arena *arena, const char *text, void *thing)
{
	if (names->count >= names->capacity / 2)
		grow(names, arena);
	struct name *name = find(names, text);
	if (name->text != NULL)
		return name->thing;
	*name = (struct name){text, thing};
	names->count++;
	return NULL;
}

void *names_get(const struct names *names, const char *text)
{
	return names->capacity == 0 ? NULL : find(names, text)->thing;
}
