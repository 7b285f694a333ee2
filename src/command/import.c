#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/file.h"
#include "command/place.h"
#include "playbook/import.h"
#include "playbook/load.h"
#include "playbook/write.h"
#include "playbook/yaml.h"

struct options {
	const char *csv, *zendesk; /* the export; one of the two */
	const char *output;	   /* NULL: standard output */
	const char *title, *language;
	char delimiter;
	const char *columns[IMPORT_COLUMNS];
};

/* situation=Case,line="Agent says": the names go to columns. */
static bool read_columns(struct arena *arena, struct options *options, const char *list)
{
	char *part = arena_string(arena, list);

	for (char *next = part; next != NULL; part = next) {
		next = strchr(part, ',');
		if (next != NULL)
			*next++ = '\0';
		char *name = strchr(part, '=');
		if (name == NULL || name[1] == '\0')
			return false;
		*name++ = '\0';
		enum import_column i = 0;
		while (i < IMPORT_COLUMNS && strcmp(import_column_name(i), part) != 0)
			i++;
		if (i == IMPORT_COLUMNS)
			return false;
		options->columns[i] = name;
	}
	return true;
}

static bool read_delimiter(struct options *options, const char *text)
{
	if (strcmp(text, "tab") == 0)
		text = "\t";
	options->delimiter = text[0];
	return strlen(text) == 1 && strchr("\"\r\n", text[0]) == NULL;
}

static bool read_options(const struct command *command, struct arena *arena,
			 struct options *options, int argc, char **argv)
{
	static const struct option names[] = {
		{"csv", required_argument, NULL, 'c'},
		{"zendesk", required_argument, NULL, 'z'},
		{"columns", required_argument, NULL, 'k'},
		{"delimiter", required_argument, NULL, 'd'},
		{"title", required_argument, NULL, 't'},
		{NULL, 0, NULL, 0},
	};
	int option;

	*options = (struct options){.delimiter = ','};
	optind = 1;
	while ((option = command_option(command, argc, argv, "l:o:", names)) != -1) {
		bool good = true;
		switch (option) {
		case 'c': options->csv = optarg; break;
		case 'z': options->zendesk = optarg; break;
		case 'k': good = read_columns(arena, options, optarg); break;
		case 'd': good = read_delimiter(options, optarg); break;
		case 't': options->title = optarg; break;
		case 'l': place_words(options->language = optarg); break;
		case 'o': options->output = optarg; break;
		default: good = false; break;
		}
		if (!good)
			return false;
	}
	return optind == argc && (options->csv == NULL) != (options->zendesk == NULL);
}

static const char *clean(struct arena *arena, const char *text)
{
	return text_clean(arena, text, strlen(text));
}

/* --- Telling --- */

static void tell_place(const char *file, int line, int column)
{
	struct arena arena = {0};

	fprintf(stderr, "%s", clean(&arena, file));
	if (line > 0)
		fprintf(stderr, ":%d", line);
	if (line > 0 && column > 0)
		fprintf(stderr, ":%d", column);
	fputs(": ", stderr);
	arena_free(&arena);
}

static void tell_notes(const struct import *import, const char *file)
{
	for (size_t i = 0; i < import->note_count; i++) {
		const struct import_note *note = &import->notes[i];
		tell_place(file, note->line, 0);
		if (note->subject != NULL)
			fprintf(stderr, "\"%s\": ", note->subject);
		fprintf(stderr, "%s\n", note->message);
	}
}

static int tell_error(struct import *import, const char *file)
{
	tell_place(file, import->error_line, import->error_column);
	fprintf(stderr, "%s\n", clean(import->arena, import->error));
	return EXIT_PROBLEMS;
}

/* A header in which other signs stand between the columns. */
static void tell_delimiter(const struct options *options, const char *text)
{
	size_t line = strcspn(text, "\r\n");
	const char *other = memchr(text, '\t', line);

	if (options->csv == NULL || options->delimiter != ',')
		return;
	if (other != NULL)
		fputs(_("talktrack: there are tabs between the columns: --delimiter tab\n"),
		      stderr);
	else if (memchr(text, ';', line) != NULL && memchr(text, ',', line) == NULL)
		fputs(_("talktrack: there are semicolons between the columns: --delimiter ';'\n"),
		      stderr);
}

static void tell_success(const struct import *import, const struct options *options)
{
	struct arena arena = {0};
	size_t situations = import->playbook.situation_count;

	const char *slots = NULL;

	fprintf(stderr, words_count("%zu situation", "%zu situations", situations), situations);
	fputs(", ", stderr);
	fprintf(stderr, words_count("%zu line", "%zu lines", import->lines), import->lines);
	fputs(", ", stderr);
	fprintf(stderr, words_count("%zu note\n", "%zu notes\n", import->note_count),
		import->note_count);
	for (size_t i = 0; i < import->playbook.slot_count; i++)
		slots = arena_format(&arena, "%s%s<%s>", slots ? slots : "", slots ? ", " : "",
				     import->playbook.slots[i].id);
	if (slots)
		fprintf(stderr, _("slots: %s\n"), slots);
	if (options->output != NULL)
		fprintf(stderr, _("next: talktrack check %s\n"), clean(&arena, options->output));
	arena_free(&arena);
}

/* --- Writing --- */

static int write_output(const struct options *options, const struct buffer *yaml)
{
	struct arena arena = {0};
	enum file_result result = FILE_DONE;

	if (options->output != NULL)
		result = file_create(options->output, yaml->text, yaml->length);
	else if (fwrite(yaml->text, 1, yaml->length, stdout) < yaml->length || fflush(stdout) != 0)
		result = FILE_FAILED;
	if (result == FILE_CHANGED)
		fprintf(stderr,
			_("talktrack: \"%s\" is there already and stays as it is; "
			  "choose another name\n"),
			clean(&arena, options->output));
	else if (result == FILE_FAILED)
		fprintf(stderr, _("talktrack: \"%s\" cannot be written: %s\n"),
			options->output ? clean(&arena, options->output) : _("standard output"),
			strerror(errno));
	arena_free(&arena);
	return result == FILE_DONE ? EXIT_FINE : EXIT_PROBLEMS;
}

/* What was made is read as `check` would read it, before anyone gets it. */
static bool is_accepted(struct arena *arena, const struct options *options,
			const struct buffer *yaml)
{
	struct problem_list problems = {.arena = arena};
	struct buffer out = {0};
	const char *name = options->output != NULL ? options->output : "playbook";
	bool good = false;

	if (yaml->length > YAML_BYTES)
		fputs(_("talktrack: this would be a playbook of more than 1 MiB; import it in "
			"parts\n"),
		      stderr);
	else
		good = load_text(arena, name, yaml->text, yaml->length, NULL, &problems) != NULL;
	for (size_t i = 0; i < problems.count && !good; i++)
		problem_show(&problems.items[i], PROBLEM_HUMAN, &out);
	if (out.length > 0)
		fputs(out.text, stderr);
	buffer_free(&out);
	return good;
}

static int import_export(struct arena *arena, const struct options *options)
{
	const char *file = options->csv != NULL ? options->csv : options->zendesk;
	const char *title = options->title;
	struct import import = {.arena = arena};
	struct buffer yaml = {0};
	size_t length;
	const char *text = file_read(arena, file, IMPORT_BYTES, &length);

	if (text == NULL) {
		fprintf(stderr, _("talktrack: \"%s\" cannot be read: %s\n"), clean(arena, file),
			errno == EFBIG ? _("it is larger than 16 MiB") : strerror(errno));
		return EXIT_PROBLEMS;
	}
	if (title == NULL)
		title = strcmp(file, "-") == 0 ? "Imported" : load_name(arena, file);
	title = import_clean(&import, title, strlen(title));
	import.playbook.title = *title == '\0' ? "Imported" : title;
	import.playbook.language = place_language(arena, options->language);
	bool read = options->csv != NULL ? import_csv(&import, text, length, options->delimiter,
						      options->columns)
					 : import_zendesk(&import, text, length);
	bool good = read && import_finish(&import);
	tell_notes(&import, file);
	int status = EXIT_PROBLEMS;
	if (good) {
		write_playbook(&yaml, &import.playbook);
		if (is_accepted(arena, options, &yaml))
			status = write_output(options, &yaml);
	} else {
		tell_error(&import, file);
		tell_delimiter(options, text);
	}
	if (status == EXIT_FINE)
		tell_success(&import, options);
	buffer_free(&yaml);
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	struct arena arena = {0};
	struct options options;
	int status = EXIT_USAGE;

	place_locale();
	if (read_options(command, &arena, &options, argc, argv))
		status = import_export(&arena, &options);
	else
		command_usage(command);
	arena_free(&arena);
	return status;
}

const struct command import_command = {
	.name = "import",
	.usage = "--csv FILE [--columns situation=COLUMN,line=COLUMN,...] [--delimiter SIGN]\n"
		 "                        [-o FILE] [--title TITLE] [-l LANGUAGE]\n"
		 "       talktrack import --zendesk FILE [-o FILE] [--title TITLE] [-l LANGUAGE]",
	.summary = N_("make a playbook of a CSV file or of Zendesk's macros"),
	.run = run,
};
