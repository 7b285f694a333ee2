#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/file.h"
#include "command/new_words.h"
#include "command/place.h"
#include "playbook/folder.h"
#include "playbook/json_schema.h"
#include "playbook/library.h"
#include "playbook/load.h"
#include "playbook/write.h"
#include "playbook/yaml.h"

#define SCHEMA_FILE "playbook.schema.json"

struct beginning {
	struct arena arena;
	struct library library;
	const char *name, *language;
	const char *option; /* "-l LANGUAGE" behind a blank, as it was asked for, or "" */
	const char *title;  /* from the name */
	const char *own;    /* the user's library */
	const char *path;   /* of the new playbook */
	char review_by[sizeof "2027-06-01"];
};

/* --- The words --- */

static void put_pair(struct buffer *out, const char *key, const char *value, const char *note)
{
	buffer_format(out, "%s: ", key);
	write_text(out, value);
	buffer_format(out, "%s\n", note);
}

static void put_situation(struct beginning *new, struct buffer *out)
{
	const struct new_words *words = new_words(new->language);

	buffer_text(out, "situations:\n  - id: ");
	write_text(out, arena_format(&new->arena, "%s-1", new->name));
	buffer_format(out, "  # %s\n    title: ", words->id);
	write_text(out, new->title);
	buffer_format(out, "  # %s\n    goal: ", words->title);
	write_text(out, words->goal);
	buffer_format(out, "\n    heard:  # %s\n      - ", words->heard);
	write_text(out, arena_format(&new->arena, "%s%s%s", words->heard_before,
				     text_fold(&new->arena, new->title, strlen(new->title)),
				     words->heard_behind));
	buffer_format(out, "\n%s", words->lines);
}

static void put_playbook(struct beginning *new, struct buffer *out, bool common)
{
	const struct new_words *words = new_words(new->language);

	buffer_format(out,
		      "# yaml-language-server: $schema=../" SCHEMA_FILE "\n%s\n"
		      "talktrack: 1  # %s\n",
		      words->head, words->version);
	put_pair(out, "title", new->title, "");
	put_pair(out, "language", new->language, "");
	put_pair(out, "summary", words->summary, "");
	put_pair(out, "owner", words->owner, "");
	buffer_format(out, "review-by: %s  # %s\n%s\n", new->review_by, words->review,
		      words->manners);
	buffer_format(out, "%s\n", common ? words->base : words->own_base);
	put_situation(new, out);
}

/* --- Putting it in place --- */

static const char *find(void *context, struct arena *arena, const char *name)
{
	const struct beginning *new = context;

	(void)arena;
	return library_path(&new->library, name);
}

/* What `check` would say of it: nothing. False: the first problem is told, unless silent. */
static bool is_accepted(struct beginning *new, const struct buffer *text, bool silent)
{
	struct arena arena = {0};
	struct problem_list problems = {.arena = &arena};
	const struct load_finder finder = {find, new, NULL, NULL, .first = true};

	bool good = load_text(&arena, new->path, text->text, text->length, &finder, &problems) &&
		    problems.count == 0;
	if (!good && !silent && problems.count > 0)
		fprintf(stderr, "talktrack: %s\n", problems.items[0].message);
	arena_free(&arena);
	return good;
}

static void say_failure(const char *path)
{
	struct arena arena = {0};
	int error = errno;

	fprintf(stderr, _("talktrack: \"%s\" cannot be written: %s\n"),
		text_clean(&arena, path, strlen(path)), strerror(error));
	arena_free(&arena);
}

/* Beside the folders of the languages, where the first line of the playbook says it is. An editor
 * that does not find it says so, and nothing else is lost. */
static void write_schema(struct beginning *new)
{
	const char *path = folder_join(&new->arena, new->own, SCHEMA_FILE);
	struct buffer schema = {0};
	size_t length;
	enum file_result result;

	json_schema_write(&schema);
	const char *old = file_read(&new->arena, path, YAML_BYTES, &length);
	if (old == NULL)
		result = file_create(path, schema.text, schema.length);
	else if (length == schema.length && memcmp(old, schema.text, length) == 0)
		result = FILE_DONE;
	else
		result = file_replace(path, old, length, schema.text, schema.length);
	if (result == FILE_FAILED)
		say_failure(path);
	buffer_free(&schema);
}

static int write_playbook_file(struct beginning *new, const struct buffer *text)
{
	struct arena *arena = &new->arena;
	const char *shown = text_clean(arena, new->path, strlen(new->path));

	if (!file_folders(file_folder(arena, new->path))) {
		say_failure(new->path);
		return EXIT_PROBLEMS;
	}
	enum file_result result = file_create(new->path, text->text, text->length);
	if (result == FILE_FAILED)
		say_failure(new->path);
	else if (result == FILE_CHANGED)
		fprintf(stderr,
			_("talktrack: \"%s\" is there already; talktrack edit %s changes it\n"),
			shown, new->name);
	if (result != FILE_DONE)
		return EXIT_PROBLEMS;
	write_schema(new);
	printf(_("wrote %s\n"
		 "next: talktrack edit %s%s   change its words; they are checked\n"
		 "      talktrack show %s%s   see it as an agent does\n"),
	       shown, new->name, new->option, new->name, new->option);
	return EXIT_FINE;
}

/* --- The command --- */

static void set_title(struct beginning *new)
{
	char *title = arena_string(&new->arena, new->name);

	for (char *c = title; *c != '\0'; c++)
		*c = *c == '-' ? ' ' : *c;
	if (title[0] >= 'a' && title[0] <= 'z')
		title[0] = (char)(title[0] - 'a' + 'A');
	new->title = title;
}

/* In a year; someone who writes a playbook on the 29th of February gets the 1st of March. */
static void set_review(struct beginning *new)
{
	time_t now = time(NULL);
	struct tm day;

	localtime_r(&now, &day);
	day.tm_year++;
	day.tm_isdst = -1;
	mktime(&day);
	strftime(new->review_by, sizeof new->review_by, "%Y-%m-%d", &day);
}

static int begin(struct beginning *new)
{
	struct arena *arena = &new->arena;
	struct buffer text = {0};
	const char *there = find(new, arena, new->name);
	int status = EXIT_USAGE;

	if (there != NULL) {
		fprintf(stderr,
			_("talktrack: there is a playbook \"%s\" already, %s; "
			  "talktrack edit %s changes it\n"),
			new->name, text_clean(arena, there, strlen(there)), new->name);
		return EXIT_PROBLEMS;
	}
	put_playbook(new, &text, true);
	if (find(new, arena, "common") == NULL || !is_accepted(new, &text, true)) {
		buffer_clear(&text);
		put_playbook(new, &text, false);
	}
	/* with a language that is none it goes no further */
	if (is_accepted(new, &text, false))
		status = write_playbook_file(new, &text);
	buffer_free(&text);
	return status;
}

static int begin_in(struct beginning *new, const char *asked)
{
	struct arena *arena = &new->arena;
	bool found = place_library(&new->library, asked, NULL);
	const char *folder = place_language(arena, asked);

	if (found && new->library.language != NULL)
		folder = new->library.language;
	new->language = asked != NULL ? asked : folder;
	new->option = asked == NULL ? "" : arena_format(arena, " -l %s", asked);
	new->own = place_own(arena);
	if (new->own == NULL) {
		fputs(_("talktrack: neither $XDG_CONFIG_HOME nor $HOME says where your playbooks "
			"are\n"),
		      stderr);
		return EXIT_PROBLEMS;
	}
	new->path = arena_format(arena, "%s/%s/%s.yaml", new->own, folder, new->name);
	set_title(new);
	set_review(new);
	return begin(new);
}

static int run(const struct command *command, int argc, char **argv)
{
	struct beginning new = {.name = NULL};
	const char *language = NULL;
	static const struct option names[] = {{NULL, 0, NULL, 0}};
	int option;

	place_locale();
	optind = 1;
	while ((option = command_option(command, argc, argv, "l:", names)) == 'l')
		place_words(language = optarg);
	if (option != -1 || optind != argc - 1)
		return command_usage(command);
	new.name = argv[optind];
	if (!file_is_name(new.name)) {
		fputs(_("talktrack: a playbook's name is made of small letters a to z, digits and "
			"'-', "
			"at most 48\n"),
		      stderr);
		return EXIT_USAGE;
	}
	int status = begin_in(&new, language);
	library_close(&new.library);
	arena_free(&new.arena);
	return status;
}

const struct command new_command = {
	.name = "new",
	.usage = "NAME [-l LANGUAGE]",
	.summary = N_("begin a playbook of your own, with notes that teach the format"),
	.run = run,
};
