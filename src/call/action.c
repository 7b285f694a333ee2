#include "call/action.h"

#include <assert.h>
#include <string.h>

static const struct action_entry entries[ACTION_COUNT] = {
#define ACTION_ENTRY(identifier, name, key, kind, arguments, label, help)                          \
	[ACTION_##identifier] = {name, key, ACTION_KIND_##kind, arguments, label, help},
	ACTION_LIST(ACTION_ENTRY)
#undef ACTION_ENTRY
};

const struct action_entry *action_entry(enum action action)
{
	assert(action < ACTION_COUNT);
	return &entries[action];
}

enum action action_find(const char *name)
{
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		if (strcmp(entries[i].name, name) == 0)
			return (enum action)i;
	}
	return ACTION_NONE;
}
