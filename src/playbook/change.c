#include "playbook/change.h"

#include <stdbool.h>
#include <string.h>

#include "playbook/library.h"
#include "playbook/playbook.h"

static bool same_structure(const struct playbook *a, const struct playbook *b)
{
	if (strcmp(a->name, b->name) != 0 || a->step_count != b->step_count ||
	    a->slot_count != b->slot_count || a->situation_count != b->situation_count)
		return false;
	for (size_t i = 0; i < a->step_count; i++)
		if (strcmp(a->steps[i].id, b->steps[i].id) != 0 ||
		    a->steps[i].after != b->steps[i].after)
			return false;
	for (size_t i = 0; i < a->slot_count; i++)
		if (strcmp(a->slots[i].id, b->slots[i].id) != 0)
			return false;
	for (size_t i = 0; i < a->situation_count; i++)
		if (strcmp(a->situations[i].id, b->situations[i].id) != 0)
			return false;
	return true;
}

enum change change_between(const struct library *before, const struct library *after)
{
	bool same = true;

	for (size_t i = 0;; i++) {
		const struct playbook *a = library_playbook(before, i);
		const struct playbook *b = library_playbook(after, i);

		if (a == NULL && b == NULL)
			break;
		if (a == NULL || b == NULL || !same_structure(a, b))
			return CHANGE_STRUCTURE;
		same = same && a->version == b->version;
	}
	return same ? CHANGE_NONE : CHANGE_WORDS;
}
