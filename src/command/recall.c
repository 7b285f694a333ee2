#include "command/recall.h"

#include "base/arena.h"
#include "base/problem.h"
#include "base/words.h"
#include "call/call.h"
#include "command/command.h"
#include "command/config.h"
#include "command/place.h"
#include "command/show.h"
#include "journal/journal.h"
#include "playbook/library.h"

#include <stdio.h>
#include <string.h>

struct recall {
	struct arena arena;
	struct library library; /* of the call's language, loaded whole */
	struct call call;
	bool library_open, call_open;
};

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

/* False: it was told why there is none. */
static bool open_call(struct recall *recall, const struct config *config,
		      const struct recall_wanted *wanted)
{
	struct problem_list problems = {.arena = &recall->arena};
	struct search search = {.arena = &recall->arena, .prefix = wanted->prefix};
	const char *folder, **files = NULL;
	size_t count, file;

	folder = config_journal(config, &recall->arena);
	count = folder ? journal_files(&recall->arena, folder, 0, &files) : 0;
	file = find_file(&search, files, count, &problems);
	if (search.found == 0 || (search.prefix && search.found > 1)) {
		tell(&search, folder ? folder : _("the journal"));
		return false;
	}
	recall->library_open = true;
	if (!show_open(&recall->library, wanted->language ? wanted->language : search.language,
		       wanted->named))
		return false;
	fold(recall, &search, files + file, count - file, &problems);
	return true;
}

static void close_call(struct recall *recall)
{
	if (recall->call_open)
		call_close(&recall->call);
	if (recall->library_open)
		library_close(&recall->library);
	arena_free(&recall->arena);
}

bool recall_option(struct recall_wanted *wanted, int option, const char *value)
{
	if (option == 'l')
		place_words(wanted->language = value);
	else if (option == 'p')
		wanted->named = value;
	return option == 'l' || option == 'p';
}

bool recall_rest(struct recall_wanted *wanted, int count, char **rest)
{
	if (count > 0)
		wanted->prefix = rest[0];
	return count <= 1;
}

int recall_use(const struct recall_wanted *wanted,
	       int (*use)(void *context, const struct config *config, struct call *call),
	       void *context)
{
	struct config config;
	struct recall recall = {.library_open = false};
	int status = EXIT_PROBLEMS;

	if (!place_locale_or_tell())
		return status;
	config_open_and_tell(&config, wanted->language);
	if (open_call(&recall, &config, wanted))
		status = use(context, &config, &recall.call);
	close_call(&recall);
	config_close(&config);
	return status;
}
