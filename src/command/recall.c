#include "command/recall.h"

#include "base/problem.h"
#include "base/words.h"
#include "command/config.h"
#include "command/show.h"
#include "journal/journal.h"

#include <stdio.h>
#include <string.h>

struct search {
	struct arena *arena;
	const char *prefix;	   /* or NULL */
	char id[EVENT_CALL_BYTES]; /* of the latest that was found, "" so far */
	const char *language;	   /* of it, or NULL */
	size_t found;
};

static bool find(void *context, const struct event *event)
{
	struct search *search = context;

	if (event->kind != EVENT_CALL_STARTED || strcmp(event->call, search->id) == 0 ||
	    (search->prefix && strncmp(event->call, search->prefix, strlen(search->prefix)) != 0))
		return true;
	search->found++;
	memcpy(search->id, event->call, sizeof search->id);
	search->language = arena_string(search->arena, event->language);
	return true;
}

static bool apply(void *context, const struct event *event)
{
	struct recall *recall = context;

	/* of that call alone: the beginning of another would be taken for a new one */
	if (strcmp(event->call, recall->call.id) == 0)
		call_apply(&recall->call, event);
	return true;
}

/* The number of the file in which the call begins. */
static size_t find_file(struct search *search, const char *const *files, size_t count,
			struct problem_list *problems)
{
	size_t file = 0;

	for (size_t i = count; i-- > 0;) {
		size_t before = search->found;

		journal_read(files[i], find, search, problems);
		if (search->found > before)
			file = i;
		if (search->found > 0 && !search->prefix)
			break;
	}
	return file;
}

static void tell(const struct search *search, const char *folder)
{
	if (search->found > 1)
		fprintf(stderr, _("talktrack: %zu calls begin with \"%s\": give more of the id\n"),
			search->found, search->prefix);
	else if (search->prefix)
		fprintf(stderr, _("talktrack: no call begins with \"%s\" in %s\n"), search->prefix,
			folder);
	else
		fprintf(stderr, _("talktrack: no call in %s yet\n"), folder);
}

static void fold(struct recall *recall, const struct search *search, const char *const *files,
		 size_t count, struct problem_list *problems)
{
	library_load_all(&recall->library);
	call_open(&recall->call, &recall->library, NULL);
	recall->call_open = true;
	memcpy(recall->call.id, search->id, sizeof recall->call.id);
	for (size_t i = 0; i < count; i++)
		journal_read(files[i], apply, recall, problems);
}

bool recall_open(struct recall *recall, const struct config *config, const char *prefix,
		 const char *language, const char *named)
{
	struct problem_list problems = {.arena = &recall->arena};
	struct search search = {.arena = &recall->arena, .prefix = prefix};
	const char *folder, **files = NULL;
	size_t count, file;

	*recall = (struct recall){0};
	folder = config_journal(config, &recall->arena);
	count = folder ? journal_files(&recall->arena, folder, 0, &files) : 0;
	file = find_file(&search, files, count, &problems);
	if (search.found == 0 || (prefix && search.found > 1)) {
		tell(&search, folder ? folder : _("the journal"));
		return false;
	}
	recall->library_open = true;
	if (!show_open(&recall->library, language ? language : search.language, named))
		return false;
	fold(recall, &search, files + file, count - file, &problems);
	return true;
}

void recall_close(struct recall *recall)
{
	if (recall->call_open)
		call_close(&recall->call);
	if (recall->library_open)
		library_close(&recall->library);
	arena_free(&recall->arena);
}
