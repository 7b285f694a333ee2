#include "command/place.h"

#include "base/arena.h"
#include "base/words.h"
#include "playbook/library.h"

#include <locale.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef TALKTRACK_DATA
#define TALKTRACK_DATA "/usr/local/share/talktrack"
#endif
#ifndef TALKTRACK_LOCALE
#define TALKTRACK_LOCALE "/usr/local/share/locale"
#endif

/* An XDG base directory: its variable where that is an absolute path, else a folder of $HOME, else
 * NULL. */
static const char *base(struct arena *arena, const char *variable, const char *fallback)
{
	const char *folder = getenv(variable), *home = getenv("HOME");

	if (folder && folder[0] == '/')
		return folder;
	return home && *home ? arena_format(arena, "%s/%s", home, fallback) : NULL;
}

/* The folder that this program stands in, or NULL. */
static char *program_folder(struct arena *arena)
{
	char path[4096];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
	char *slash;

	if (length <= 0)
		return NULL;
	path[length] = '\0';
	if (!(slash = strrchr(path, '/')))
		return NULL;
	return arena_copy(arena, path, (size_t)(slash - path));
}

/* Where the last folder named build stands in a path: its slash, or NULL. */
static const char *last_build(const char *path)
{
	const char *last = NULL;

	for (const char *at = path; (at = strstr(at, "/build")); at++)
		if (at[strlen("/build")] == '/' || at[strlen("/build")] == '\0')
			last = at;
	return last;
}

/* The scripts/ of the checkout whose build/ this program runs from, or NULL. */
static const char *checkout(struct arena *arena)
{
	const char *path = program_folder(arena), *build, *scripts;

	/* build/ itself, or one build of several in it; the checkout may stand below another */
	build = path ? last_build(path) : NULL;
	if (!build)
		return NULL;
	scripts = arena_format(arena, "%.*s/scripts", (int)(build - path), path);
	return access(scripts, R_OK) == 0 ? scripts : NULL;
}

struct places {
	struct arena *arena;
	const char **items;
	size_t count;
};

static void add(struct places *places, const char *path)
{
	if (!path)
		return;
	places->items =
		arena_more(places->arena, places->items, places->count, sizeof *places->items);
	places->items[places->count++] = path;
}

const char *place_own(struct arena *arena)
{
	const char *config = base(arena, "XDG_CONFIG_HOME", ".config");

	return config ? arena_format(arena, "%s/talktrack/playbooks", config) : NULL;
}

const char *place_drafts(struct arena *arena)
{
	const char *state = base(arena, "XDG_STATE_HOME", ".local/state");

	return state ? arena_format(arena, "%s/talktrack/drafts", state) : NULL;
}

static bool is_below(const char *folder, const char *path)
{
	size_t length = folder ? strlen(folder) : 0;

	return length > 0 && strncmp(path, folder, length) == 0 && path[length] == '/';
}

bool place_is_shipped(const char *path)
{
	struct arena arena = {0};
	bool shipped =
		is_below(TALKTRACK_DATA "/playbooks", path) || is_below(checkout(&arena), path);

	arena_free(&arena);
	return shipped;
}

size_t place_playbooks(struct arena *arena, const char *named, const char *const **list)
{
	struct places places = {.arena = arena};
	const char *path = getenv("TALKTRACK_PATH");

	if (named) {
		add(&places, named);
		*list = places.items;
		return places.count;
	}
	while (path && *path) {
		size_t length = strcspn(path, ":");

		if (length > 0)
			add(&places, arena_copy(arena, path, length));
		path += length + (path[length] == ':');
	}
	add(&places, place_own(arena));
	add(&places, checkout(arena));
	add(&places, TALKTRACK_DATA "/playbooks");
	*list = places.items;
	return places.count;
}

const char *place_journal(struct arena *arena)
{
	const char *state = base(arena, "XDG_STATE_HOME", ".local/state");

	return state ? arena_format(arena, "%s/talktrack/journal", state) : NULL;
}

const char *place_link(struct arena *arena)
{
	const char *folder = getenv("XDG_RUNTIME_DIR"), *temp = getenv("TMPDIR");

	if (folder && folder[0] == '/')
		return arena_format(arena, "%s/talktrack", folder);
	return arena_format(arena, "%s/talktrack-%lu", temp && temp[0] == '/' ? temp : "/tmp",
			    (unsigned long)geteuid());
}

const char *place_socket(void)
{
	const char *path = getenv("TALKTRACK_SOCKET");

	return path && *path ? path : NULL;
}

const char *place_config(struct arena *arena)
{
	const char *config = base(arena, "XDG_CONFIG_HOME", ".config");

	return config ? arena_format(arena, "%s/talktrack/config.yaml", config) : NULL;
}

const char *place_path(struct arena *arena, const char *path)
{
	const char *home = getenv("HOME");

	if (strncmp(path, "~/", 2) != 0)
		return arena_string(arena, path);
	return home && *home ? arena_format(arena, "%s/%s", home, path + 2) : NULL;
}

const char *place_short(struct arena *arena, const char *path)
{
	const char *home = getenv("HOME");
	size_t length = home ? strlen(home) : 0;

	if (length == 0 || strncmp(path, home, length) != 0 || path[length] != '/')
		return path;
	return arena_format(arena, "~%s", path + length);
}

const char *place_agent(void)
{
	const char *name = getenv("USER");

	if (!name || !*name)
		name = getenv("LOGNAME");
	return name && *name ? name : NULL;
}

/* What the environment says of the language: its first variable that is set, or NULL. */
static const char *locale_name(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	const char *locale = NULL;

	for (size_t i = 0; i < sizeof variables / sizeof *variables && !(locale && *locale); i++)
		locale = getenv(variables[i]);
	return locale;
}

static bool is_c(const char *locale)
{
	size_t length = locale ? strcspn(locale, ".@") : 0;

	return length == 0 || (length == 1 && locale[0] == 'C') ||
	       (length == strlen("POSIX") && strncmp(locale, "POSIX", length) == 0);
}

const char *place_language(struct arena *arena, const char *asked)
{
	const char *locale = asked && *asked ? asked : locale_name();
	char *language;

	if (is_c(locale))
		return "en";
	language = arena_copy(arena, locale, strcspn(locale, ".@"));
	for (char *c = language; *c; c++)
		*c = *c == '_' ? '-' : *c;
	return language;
}

const char *place_language_of(struct arena *arena, const char *file)
{
	const char *slash = strrchr(file, '/'), *folder = ".", *language;
	char *real;

	if (slash)
		folder = slash == file ? "/" : arena_copy(arena, file, (size_t)(slash - file));
	real = realpath(folder, NULL);
	language = arena_string(arena, real ? strrchr(real, '/') + 1 : "en");
	free(real);
	return language;
}

static bool is_english(const char *locale)
{
	return is_c(locale) || strcmp(locale, "en") == 0 || strncmp(locale, "en_", 3) == 0 ||
	       strncmp(locale, "en-", 3) == 0;
}

/* Says where the catalogues are, once it matters. */
static void find_words(void)
{
	struct arena arena = {0};

	words_at(checkout(&arena) ? arena_format(&arena, "%s/locale", program_folder(&arena))
				  : TALKTRACK_LOCALE);
	arena_free(&arena);
}

/* Like words_use, of a list with colons between: the first for which there are words. */
static bool use_first(const char *list)
{
	char name[64];

	while (*list) {
		size_t length = strcspn(list, ":");

		if (length > 0 && length < sizeof name) {
			memcpy(name, list, length);
			name[length] = '\0';
			if (words_use(name))
				return true;
		}
		list += length + (list[length] == ':');
	}
	return false;
}

void place_words(const char *asked)
{
	const char *locale = asked && *asked ? asked : locale_name();
	const char *list =
		asked || !locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0
			? NULL
			: getenv("LANGUAGE");

	/* nearly always so, and then it costs nothing */
	if ((!list || !*list) && is_english(locale)) {
		words_use("en");
		return;
	}
	find_words();
	if (!(list && use_first(list)))
		words_use(is_c(locale) ? "en" : locale);
}

bool place_library(struct library *library, const char *language, const char *named)
{
	struct arena arena = {0};
	const char *const *places;
	const char *wanted = place_language(&arena, language);
	size_t count = place_playbooks(&arena, named, &places);
	bool found = library_open(library, wanted, places, count, named != NULL);

	/* a locale is no request: better English playbooks than none */
	if (!found && !language && strcmp(wanted, "en") != 0) {
		library_close(library);
		found = library_open(library, "en", places, count, named != NULL);
	}
	arena_free(&arena);
	return found;
}

bool place_locale(void)
{
	if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return true;
	return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

bool place_locale_or_tell(void)
{
	if (place_locale())
		return true;
	fputs(_("talktrack: no UTF-8 locale, not even C.UTF-8: install the locales package\n"),
	      stderr);
	return false;
}
