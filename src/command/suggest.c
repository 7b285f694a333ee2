/* Tells which situation an utterance belongs to, a line at a time, and how well it does. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/evaluate.h"
#include "command/labelled.h"
#include "command/place.h"
#include "command/show.h"
#include "playbook/library.h"
#include "playbook/names.h"
#include "playbook/playbook.h"
#include "suggest/suggest.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES (64 * 1024) /* of an utterance; the rest of its line is left out */

struct options {
	const char *language, *named; /* -l, -p */
	const char *train, *evaluate; /* files */
	const char *file;	      /* utterances; NULL: standard input */
	bool json;
};

struct source {
	struct arena arena;
	struct library library;
	struct playbook made; /* of --train's file */
	struct suggest_model *model;
};

/* --- What it learns from --- */

/* A situation's title by its label: "card_arrival" is "card arrival". */
static const char *title_of(struct arena *arena, const char *label)
{
	char *title = arena_string(arena, label);

	for (char *c = title; *c; c++)
		*c = *c == '_' ? ' ' : *c;
	return title;
}

/* The file without its folder and what is behind the last dot. */
static const char *name_of(struct arena *arena, const char *file)
{
	const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file;
	const char *dot = strrchr(base, '.');
	size_t length = dot && dot > base ? (size_t)(dot - base) : strlen(base);

	return text_clean(arena, base, length);
}

static void add_line(struct arena *arena, struct line_list *list, const char *text)
{
	list->items = arena_more(arena, list->items, list->count, sizeof *list->items);
	list->items[list->count++].text = text;
}

/* Labelled utterances as a playbook. Situations are counted first, so that they stay where names
 * point. */
static void make_playbook(struct source *source, const struct labelled *labelled,
			  const char *language)
{
	struct playbook *made = &source->made;
	struct arena *arena = &source->arena;
	struct names names = {0};

	made->name = name_of(arena, labelled->file);
	made->title = made->name;
	made->language = language;
	made->situations = arena_alloc(arena, (labelled->count + 1) * sizeof *made->situations);
	for (size_t i = 0; i < labelled->count; i++) {
		const struct utterance_label *item = &labelled->items[i];
		struct situation *situation;

		if (labelled_is_none(item)) {
			add_line(arena, &made->suggest.ignore, item->text);
			continue;
		}
		situation = names_get(&names, item->label);
		if (!situation) {
			situation = &made->situations[made->situation_count++];
			situation->id = item->label;
			situation->title = title_of(arena, item->label);
			names_put(&names, arena, item->label, situation);
		}
		add_line(arena, &situation->heard, item->text);
	}
}

static bool train(struct source *source, const struct options *options)
{
	const struct playbook *made = &source->made;
	struct labelled labelled;

	if (options->train) {
		if (!labelled_read(&labelled, &source->arena, options->train))
			return false;
		make_playbook(source, &labelled, place_language(&source->arena, options->language));
		source->model = suggest_train_on(&made, 1);
	} else {
		if (!show_open(&source->library, options->language, options->named))
			return false;
		library_load_all(&source->library);
		show_problems(&source->library);
		source->model = suggest_train(&source->library);
	}
	return true;
}

static void close_source(struct source *source)
{
	suggest_free(source->model);
	library_close(&source->library);
	arena_free(&source->arena);
}

/* --- Utterances in, matches out --- */

static void write_json(struct buffer *out, const char *text, const struct suggest_match *matches,
		       size_t count)
{
	struct json_writer writer = {.out = out};

	json_open(&writer, NULL, '{');
	json_put_text(&writer, "text", text);
	json_open(&writer, "matches", '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&writer, NULL, '{');
		json_put_text(&writer, "playbook", matches[i].playbook->name);
		json_put_text(&writer, "situation", matches[i].situation->id);
		json_put_number(&writer, "confidence",
				(int)(matches[i].confidence * 1e4 + 0.5) / 1e4);
		json_put_boolean(&writer, "suggested", matches[i].suggested);
		json_close(&writer, '}');
	}
	json_close(&writer, ']');
	json_close(&writer, '}');
	buffer_text(out, "\n");
}

static void write_rows(struct buffer *out, const char *text, const struct suggest_match *matches,
		       size_t count)
{
	buffer_format(out, "%s\n", text);
	for (size_t i = 0; i < count; i++)
		buffer_format(out, "  %s %3.0f %%  %s  (%s/%s)\n", matches[i].suggested ? "▸" : " ",
			      100 * matches[i].confidence, matches[i].situation->title,
			      matches[i].playbook->name, matches[i].situation->id);
}

static void answer(const struct suggest_model *model, const struct buffer *line, bool json,
		   struct buffer *out)
{
	struct suggest_match matches[SUGGEST_MATCHES];
	struct arena arena = {0};
	const char *text = text_clean(&arena, line->length ? line->text : "", line->length);
	size_t count = suggest_find(model, text, strlen(text), matches);

	buffer_clear(out);
	if (json)
		write_json(out, text, matches, count);
	else
		write_rows(out, text, matches, count);
	fwrite(out->text, 1, out->length, stdout);
	arena_free(&arena);
}

/* The next line, without its end; false at the end of the file. *cut: it was longer than
 * LINE_BYTES. */
static bool read_line(FILE *in, struct buffer *line, bool *cut)
{
	int c, before = EOF;

	buffer_clear(line);
	*cut = false;
	while ((c = getc_unlocked(in)) != EOF && c != '\n') {
		char byte = (char)c;

		if (line->length < LINE_BYTES)
			buffer_add(line, &byte, 1);
		else
			*cut = true;
		before = c;
	}
	if (before == '\r' && !*cut)
		line->length--;
	return c != EOF || before != EOF;
}

static void answer_all(const struct suggest_model *model, FILE *in, bool json)
{
	struct buffer line = {0}, out = {0};
	bool cut;

	/* a program that asks line by line waits for the answer */
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	for (size_t number = 1; read_line(in, &line, &cut) && !ferror(stdout); number++) {
		if (cut)
			fprintf(stderr,
				_("talktrack: line %zu is longer than %d bytes; the rest is left "
				  "out\n"),
				number, LINE_BYTES);
		answer(model, &line, json, &out);
	}
	buffer_free(&line);
	buffer_free(&out);
}

static int answer_file(const struct suggest_model *model, const struct options *options)
{
	bool named = options->file && strcmp(options->file, "-") != 0;
	FILE *in = named ? fopen(options->file, "re") : stdin;
	int status = EXIT_FINE;

	if (in)
		answer_all(model, in, options->json || !isatty(STDOUT_FILENO));
	if (!in || ferror(in)) {
		struct arena arena = {0};

		fprintf(stderr, _("talktrack: \"%s\" cannot be read: %s\n"),
			named ? text_clean(&arena, options->file, strlen(options->file)) : "-",
			strerror(errno));
		arena_free(&arena);
		status = EXIT_PROBLEMS;
	}
	if (named && in)
		fclose(in);
	return status;
}

/* --- How well it does --- */

static bool is_known(struct source *source, const char *label)
{
	const struct playbook *playbook = &source->made;
	const char *id = strchr(label, '/');

	id = id ? id + 1 : label;
	if (playbook->name)
		return playbook_situation(playbook, label) != NULL;
	for (size_t i = 0; (playbook = library_playbook(&source->library, i)); i++)
		if (playbook_situation(playbook, id) &&
		    (id == label ||
		     (strlen(playbook->name) == (size_t)(id - label - 1) &&
		      strncmp(playbook->name, label, (size_t)(id - label - 1)) == 0)))
			return true;
	return false;
}

static int evaluate_file(struct source *source, const struct options *options)
{
	struct labelled labelled;
	bool fine = labelled_read(&labelled, &source->arena, options->evaluate);
	struct names unknown = {0};

	for (size_t i = 0; fine && i < labelled.count; i++) {
		const struct utterance_label *item = &labelled.items[i];

		if (labelled_is_none(item) || is_known(source, item->label) ||
		    names_put(&unknown, &source->arena, item->label, &labelled))
			continue;
		fprintf(stderr,
			_("talktrack: %s:%d: no situation \"%s\"; talktrack show lists all\n"),
			text_clean(&source->arena, labelled.file, strlen(labelled.file)),
			item->line, item->label);
	}
	if (fine && labelled.count == 0)
		fputs(_("talktrack: no labelled utterances: a label, a tab and a text a line\n"),
		      stderr);
	if (!fine || unknown.count > 0 || labelled.count == 0)
		return EXIT_PROBLEMS;
	evaluate(source->model, &labelled, options->json);
	return EXIT_FINE;
}

/* --- The command --- */

static bool read_options(const struct command *command, struct options *options, int argc,
			 char **argv)
{
	static const struct option list[] = {{"json", no_argument, NULL, 'j'},
					     {"evaluate", required_argument, NULL, 'e'},
					     {"train", required_argument, NULL, 't'},
					     {0}};
	int option;

	while ((option = command_option(command, argc, argv, "l:p:", list)) != -1)
		switch (option) {
		case 'l': place_words(options->language = optarg); break;
		case 'p': options->named = optarg; break;
		case 'j': options->json = true; break;
		case 'e': options->evaluate = optarg; break;
		case 't': options->train = optarg; break;
		default: return false;
		}
	if (optind < argc)
		options->file = argv[optind++];
	return optind == argc && !(options->evaluate && options->file) &&
	       !(options->train && options->named);
}

static int suggest_run(const struct command *command, int argc, char **argv)
{
	struct options options = {0};
	struct source source = {0};
	int status = EXIT_PROBLEMS;

	if (!read_options(command, &options, argc, argv))
		return command_usage(command);
	place_locale();
	if (train(&source, &options))
		status = options.evaluate ? evaluate_file(&source, &options)
					  : answer_file(source.model, &options);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, _("talktrack: cannot write: %s\n"), strerror(errno));
		status = EXIT_PROBLEMS;
	}
	close_source(&source);
	return status;
}

const struct command suggest_command = {
	.name = "suggest",
	.usage = "[-l LANGUAGE] [-p FILE|FOLDER | --train FILE] [--json] [--evaluate FILE | FILE]",
	.summary = N_("tell which situation an utterance belongs to, and how well that goes"),
	.run = suggest_run,
};
