#include "command/lead.h"

#include <string.h>

#include "playbook/playbook.h"
#include "suggest/suggest.h"

static void forget(struct lead *lead)
{
	if (lead->folder == NULL)
		return;
	suggest_free(lead->model);
	library_close(&lead->library);
	lead->folder = NULL;
}

/* The file itself stands first: with -p it may hide another of its name. */
static void learn(struct lead *lead, const struct playbook *playbook)
{
	const char *slash = strrchr(playbook->file, '/');
	const char *folder = slash == NULL ? "."
					   : arena_copy(&lead->arena, playbook->file,
							(size_t)(slash - playbook->file) + 1);
	const char *places[] = {playbook->file, folder};

	if (lead->folder != NULL && strcmp(lead->folder, folder) == 0)
		return;
	forget(lead);
	library_open(&lead->library, playbook->language, places, 2, false);
	library_load_all(&lead->library);
	lead->folder = folder;
	lead->model = suggest_train(&lead->library);
}

const char *lead_find(struct lead *lead, const struct playbook *playbook, const char *heard,
		      bool unasked)
{
	struct suggest_match matches[SUGGEST_MATCHES];

	learn(lead, playbook);
	if (suggest_find(lead->model, heard, strlen(heard), matches) == 0 ||
	    (unasked && !matches[0].suggested))
		return "none";
	const char *id = matches[0].situation->id;
	if (strcmp(matches[0].playbook->name, playbook->name) == 0)
		return id;
	return arena_format(&lead->arena, "%s/%s", matches[0].playbook->name, id);
}

void lead_close(struct lead *lead)
{
	forget(lead);
	arena_free(&lead->arena);
}
