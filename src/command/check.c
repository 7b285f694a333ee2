#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/config.h"
#include "command/place.h"
#include "playbook/folder.h"
#include "playbook/library.h"
#include "playbook/load.h"
#include "playbook/names.h"
#include "playbook/playbook.h"
#include "playbook/yaml.h"

/* A file that was read, asked for or as what another extends. */
struct checked {
	const struct playbook *playbook; /* NULL: it has errors */
};

struct check {
	struct arena arena;
	struct problem_list problems;
	struct names checked; /* by path: struct checked */
	size_t files;
	char today[sizeof "2027-06-01"];
	const char *file;       /* that is being checked */
	struct library library; /* where else what it extends may be */
	const char *library_language; /* NULL: not opened */
};

/* --- What is extended and not beside the file may be in the agent's library --- */

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path ? "/" : arena_copy(arena, path, (size_t)(slash - path));
}

/* The language by the name of its folder: a playbook stands in en/ or bn/. */
static const char *language_of(struct arena *arena, const char *file)
{
	char *folder = realpath(folder_of(arena, file), NULL);
	const char *slash = folder == NULL ? NULL : strrchr(folder, '/');
	const char *language = arena_string(arena, slash == NULL ? "en" : slash + 1);

	free(folder);
	return language;
}

static const struct library *library_for(struct check *check, const char *file)
{
	const char *language = language_of(&check->arena, file);
	const char *const *places;

	if (check->library_language != NULL && strcmp(check->library_language, language) == 0)
		return &check->library;
	if (check->library_language != NULL)
		library_close(&check->library);
	size_t count = place_playbooks(&check->arena, NULL, &places);
	library_open(&check->library, language, places, count, false);
	check->library_language = language;
	return &check->library;
}

static const char *find(void *context, struct arena *arena, const char *name)
{
	struct check *check = context;

	(void)arena;
	const struct library *library = library_for(check, check->file);
	for (size_t i = 0; i < library->file_count; i++) {
		if (strcmp(library->files[i].name, name) == 0)
			return library->files[i].path;
	}
	return NULL;
}

static bool recall(void *context, const char *path, const struct playbook **playbook)
{
	struct check *check = context;
	const struct checked *checked = names_get(&check->checked, path);

	if (checked == NULL)
		return false;
	*playbook = checked->playbook;
	return true;
}

static void tell_review(struct check *check, const struct playbook *playbook)
{
	struct arena scratch = {0};
	size_t length;
	const char *text = yaml_read(&scratch, playbook->file, &length, &check->problems);
	struct problem *problem =
		problem_add(&check->problems, PROBLEM_WARNING, playbook->review_place,
			    "it was to be read again by %s", playbook->review_by);

	problem->mend = "read it through, then write the next date";
	if (text != NULL)
		problem->source = yaml_source_line(&check->arena, text, length,
						   playbook->review_place.line);
	arena_free(&scratch);
}

static void keep(void *context, const char *path, struct playbook *playbook)
{
	struct check *check = context;
	struct checked *checked = arena_alloc(&check->arena, sizeof *checked);

	checked->playbook = playbook;
	names_put(&check->checked, &check->arena, arena_string(&check->arena, path), checked);
	if (playbook != NULL && playbook->review_by != NULL &&
	    strcmp(playbook->review_by, check->today) < 0)
		tell_review(check, playbook);
}

/* --- Files --- */

static void check_file(struct check *check, const char *path)
{
	const struct load_finder finder = {find, check, recall, keep, .first = false};

	check->files++;
	check->file = path;
	if (names_get(&check->checked, path) == NULL)
		keep(check, path, load_playbook(&check->arena, path, &finder, &check->problems));
}

/* Its playbooks, and those of the folders in it: scripts/ holds en/, bn/ and eo/. */
static void check_folder(struct check *check, const char *path, int depth)
{
	const char **names;
	size_t count;
	size_t before = check->files;
	struct place place = {.file = path};

	if (!folder_list(&check->arena, path, FOLDER_PLAYBOOKS, &names, &count)) {
		problem_add(&check->problems, PROBLEM_ERROR, place,
			    "this folder cannot be read: %s", strerror(errno));
		return;
	}
	for (size_t i = 0; i < count; i++)
		check_file(check, folder_join(&check->arena, path, names[i]));
	if (depth > 0 && folder_list(&check->arena, path, FOLDER_FOLDERS, &names, &count)) {
		for (size_t i = 0; i < count; i++)
			check_folder(check, folder_join(&check->arena, path, names[i]), depth - 1);
	}
	if (depth > 0 && check->files == before)
		problem_add(&check->problems, PROBLEM_ERROR, place, "there are no playbooks here")
			->mend = "a playbook's file name ends in .yaml";
}

/* --- Telling --- */

static void say_count(struct buffer *out, size_t count, const char *thing)
{
	buffer_format(out, "%zu %s%s", count, thing, count == 1 ? "" : "s");
}

static void show(struct check *check, enum problem_format format)
{
	const struct problem_list *problems = &check->problems;
	struct buffer out = {0};
	size_t warnings = 0;

	problem_sort(&check->problems);
	for (size_t i = 0; i < problems->count; i++) {
		problem_show(&problems->items[i], format, &out);
		warnings += problems->items[i].severity == PROBLEM_WARNING;
	}
	if (format == PROBLEM_HUMAN || format == PROBLEM_COLOUR) {
		say_count(&out, check->files, "file");
		buffer_text(&out, ", ");
		say_count(&out, problems->errors, "error");
		buffer_text(&out, ", ");
		say_count(&out, warnings, "warning");
		buffer_text(&out, "\n");
	}
	if (out.length > 0)
		fwrite(out.text, 1, out.length, stdout);
	buffer_free(&out);
}

static bool choose_format(const char *option, enum problem_format *format)
{
	if (strcmp(option, "--json") == 0)
		*format = PROBLEM_JSON;
	else if (strcmp(option, "--format=gcc") == 0)
		*format = PROBLEM_GCC;
	else if (strcmp(option, "--format=human") != 0)
		return false;
	return true;
}

/* The agent's configuration; with none there is nothing wrong. */
static void check_config(struct check *check, enum problem_format format)
{
	struct config config;

	config_open(&config);
	for (size_t i = 0; i < config.problems.count; i++) {
		const struct problem *found = &config.problems.items[i];
		struct problem *problem = problem_add(&check->problems, found->severity,
						      found->place, "%s", found->message);

		problem->mend = arena_string(&check->arena, found->mend);
		problem->source = arena_string(&check->arena, found->source);
	}
	check->files += config.is_there;
	if (!config.is_there && (format == PROBLEM_HUMAN || format == PROBLEM_COLOUR))
		printf("there is no configuration \"%s\": all is as usual\n",
		       config.path != NULL ? config.path : "~/.config/talktrack/config.yaml");
	config_close(&config);
}

static void set_today(struct check *check)
{
	time_t now = time(NULL);
	struct tm day;

	if (localtime_r(&now, &day) == NULL ||
	    strftime(check->today, sizeof check->today, "%Y-%m-%d", &day) == 0)
		check->today[0] = '\0';
}

static int run(const struct command *command, int argc, char **argv)
{
	const char *no_colour = getenv("NO_COLOR");
	bool colour = isatty(STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0');
	enum problem_format format = colour ? PROBLEM_COLOUR : PROBLEM_HUMAN;
	struct check check = {.files = 0};
	bool config = false;
	int first = 1;

	for (; first < argc && argv[first][0] == '-' && argv[first][1] != '\0'; first++) {
		if (strcmp(argv[first], "--") == 0) {
			first++;
			break;
		}
		if (strcmp(argv[first], "--config") == 0)
			config = true;
		else if (!choose_format(argv[first], &format))
			return command_usage(command);
	}
	if (first == argc && !config)
		return command_usage(command);
	place_locale();
	check.problems.arena = &check.arena;
	set_today(&check);
	if (config)
		check_config(&check, format);
	for (int i = first; i < argc; i++) {
		if (folder_is(argv[i]))
			check_folder(&check, argv[i], 1);
		else
			check_file(&check, argv[i]);
	}
	show(&check, format);
	int status = check.problems.errors > 0 ? EXIT_PROBLEMS : EXIT_FINE;
	if (check.library_language != NULL)
		library_close(&check.library);
	arena_free(&check.arena);
	return fflush(stdout) == 0 ? status : EXIT_PROBLEMS;
}

const struct command check_command = {
	.name = "check",
	.usage = "[--format=human|gcc] [--json] [--config] [FILE...]",
	.summary = "read playbooks, or the configuration, and tell what is wrong",
	.run = run,
};
