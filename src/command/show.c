#include "command/show.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "call/phrase.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/config.h"
#include "command/place.h"
#include "playbook/library.h"
#include "playbook/playbook.h"

#include <getopt.h>
#include <string.h>

#define COLUMNS 78

bool show_open(struct library *library, const char *language, const char *named)
{
	bool found = place_library(library, language, named);

	if (!found && show_problems(library) == 0)
		fprintf(stderr,
			_("talktrack: no playbooks found; -p names a file or a folder of them\n"));
	return found;
}

size_t show_problems(const struct library *library)
{
	struct buffer out = {0};

	for (size_t i = 0; i < library->problems.count; i++)
		problem_show(&library->problems.items[i], PROBLEM_HUMAN, &out);
	if (out.length)
		fputs(out.text, stderr);
	buffer_free(&out);
	return library->problems.errors;
}

/* "  do  ", "  not ": the word before what to do or not to say, as wide as its fellow. */
static const char *label(struct arena *arena, const char *word)
{
	int todo = text_width(C_("guide", "do")), avoid = text_width(C_("guide", "not"));
	int wide = todo > avoid ? todo : avoid, width = text_width(word);

	return arena_format(arena, "  %s%*s ", word, wide > width ? wide - width : 0, "");
}

/* A text behind a mark, wrapped, its further rows indented as far. */
static void put_wrapped(struct buffer *out, const char *mark, const char *text)
{
	struct arena arena = {0};
	struct text_row *rows;
	int indent = text_width(mark);
	size_t count = text_wrap(&arena, text, strlen(text), COLUMNS - indent, &rows);

	for (size_t i = 0; i < count; i++) {
		if (i == 0)
			buffer_text(out, mark);
		else
			buffer_format(out, "%*s", indent, "");
		buffer_add(out, text + rows[i].start, rows[i].length);
		buffer_text(out, "\n");
	}
	arena_free(&arena);
}

static void put_lines(struct buffer *out, const struct playbook *playbook,
		      const struct line_list *lines)
{
	struct arena arena = {0};

	for (size_t i = 0; i < lines->count; i++)
		put_wrapped(out, "    - ",
			    phrase_make(&arena, playbook, NULL, lines->items[i].text).text);
	arena_free(&arena);
}

static void put_avoid(struct buffer *out, const struct avoid *avoid, size_t count)
{
	struct arena arena = {0};

	for (size_t i = 0; i < count; i++)
		put_wrapped(out, label(&arena, C_("guide", "not")),
			    arena_format(&arena, "“%s”%s%s", avoid[i].phrase,
					 avoid[i].instead ? " → " : "",
					 avoid[i].instead ? avoid[i].instead : ""));
	arena_free(&arena);
}

static void put_situation(struct buffer *out, const struct playbook *playbook,
			  const struct situation *situation)
{
	struct arena arena = {0};

	buffer_format(out, "%s  (%s/%s)\n", situation->title, playbook->name, situation->id);
	if (situation->goal)
		put_wrapped(out, "  ", situation->goal);
	if (situation->not_when)
		put_wrapped(out, _("  not when: "), situation->not_when);
	for (size_t step = 0; step < playbook->step_count; step++) {
		buffer_format(out, "\n  %zu %s\n", step + 1, playbook->steps[step].title);
		put_lines(out, playbook, &situation->say[step]);
	}
	if (situation->todo.count + situation->avoid_count > 0)
		buffer_text(out, "\n");
	for (size_t i = 0; i < situation->todo.count; i++)
		put_wrapped(out, label(&arena, C_("guide", "do")), situation->todo.items[i].text);
	arena_free(&arena);
	put_avoid(out, situation->avoid, situation->avoid_count);
	buffer_text(out, "\n");
}

/* What every situation of a playbook shares. */
static void put_shared(struct buffer *out, const struct playbook *playbook)
{
	struct arena arena = {0};

	buffer_format(out, _("On every call  (%s)\n"), playbook->name);
	for (size_t step = 0; step < playbook->step_count; step++) {
		if (playbook->say[step].count == 0)
			continue;
		buffer_format(out, "\n  %zu %s\n", step + 1, playbook->steps[step].title);
		put_lines(out, playbook, &playbook->say[step]);
	}
	if (playbook->todo.count + playbook->avoid_count > 0)
		buffer_text(out, "\n");
	for (size_t i = 0; i < playbook->todo.count; i++)
		put_wrapped(out, label(&arena, C_("guide", "do")), playbook->todo.items[i].text);
	arena_free(&arena);
	put_avoid(out, playbook->avoid, playbook->avoid_count);
	for (size_t i = 0; i < playbook->channel_count; i++) {
		buffer_text(out, i ? "" : "\n");
		buffer_format(out, _("  help by %s: %s\n"), playbook->channels[i].name,
			      playbook->channels[i].reach);
	}
	buffer_text(out, "\n");
}

static void put_playbook(struct buffer *out, const struct playbook *playbook)
{
	buffer_format(out, "# %s\n", playbook->title);
	if (playbook->summary)
		put_wrapped(out, "", playbook->summary);
	buffer_text(out, "\n");
	for (size_t i = 0; i < playbook->situation_count; i++)
		put_situation(out, playbook, &playbook->situations[i]);
	put_shared(out, playbook);
}

static void json_lines(struct json_writer *writer, const char *name, const struct line_list *lines)
{
	json_open(writer, name, '[');
	for (size_t i = 0; i < lines->count; i++)
		json_put_text(writer, NULL, lines->items[i].text);
	json_close(writer, ']');
}

static void json_say(struct json_writer *writer, const struct playbook *playbook,
		     const struct line_list *say)
{
	json_open(writer, "say", '{');
	for (size_t step = 0; step < playbook->step_count; step++)
		json_lines(writer, playbook->steps[step].id, &say[step]);
	json_close(writer, '}');
}

static void json_avoid(struct json_writer *writer, const struct avoid *avoid, size_t count)
{
	json_open(writer, "avoid", '[');
	for (size_t i = 0; i < count; i++) {
		json_open(writer, NULL, '{');
		json_put_text(writer, "phrase", avoid[i].phrase);
		json_put_text(writer, "instead", avoid[i].instead);
		json_close(writer, '}');
	}
	json_close(writer, ']');
}

static void json_follow_up(struct json_writer *writer, const struct follow_up *follow_up)
{
	json_open(writer, "follow-up", '{');
	json_lines(writer, "voice-note", &follow_up->voice_notes);
	json_lines(writer, "message", &follow_up->messages);
	json_close(writer, '}');
}

static void json_situation(struct json_writer *writer, const struct playbook *playbook,
			   const struct situation *situation)
{
	json_open(writer, NULL, '{');
	json_put_text(writer, "id", situation->id);
	json_put_text(writer, "title", situation->title);
	json_put_text(writer, "goal", situation->goal);
	json_put_text(writer, "not-when", situation->not_when);
	json_lines(writer, "heard", &situation->heard);
	json_say(writer, playbook, situation->say);
	json_lines(writer, "do", &situation->todo);
	json_avoid(writer, situation->avoid, situation->avoid_count);
	json_follow_up(writer, &situation->follow_up);
	json_close(writer, '}');
}

static void json_playbook(struct json_writer *writer, const struct playbook *playbook,
			  const struct situation *only)
{
	json_open(writer, NULL, '{');
	json_put_text(writer, "playbook", playbook->name);
	json_put_text(writer, "title", playbook->title);
	json_put_text(writer, "language", playbook->language);
	json_put_text(writer, "summary", playbook->summary);
	json_open(writer, "steps", '[');
	for (size_t i = 0; i < playbook->step_count; i++) {
		json_open(writer, NULL, '{');
		json_put_text(writer, "id", playbook->steps[i].id);
		json_put_text(writer, "title", playbook->steps[i].title);
		json_put_text(writer, "hint", playbook->steps[i].hint);
		json_close(writer, '}');
	}
	json_close(writer, ']');
	json_open(writer, "situations", '[');
	for (size_t i = 0; i < playbook->situation_count; i++)
		if (!only || only == &playbook->situations[i])
			json_situation(writer, playbook, &playbook->situations[i]);
	json_close(writer, ']');
	json_say(writer, playbook, playbook->say);
	json_lines(writer, "do", &playbook->todo);
	json_avoid(writer, playbook->avoid, playbook->avoid_count);
	json_follow_up(writer, &playbook->follow_up);
	json_open(writer, "channels", '[');
	for (size_t i = 0; i < playbook->channel_count; i++) {
		json_open(writer, NULL, '{');
		json_put_text(writer, "name", playbook->channels[i].name);
		json_put_text(writer, "reach", playbook->channels[i].reach);
		json_put_text(writer, "for", playbook->channels[i].purpose);
		json_close(writer, '}');
	}
	json_close(writer, ']');
	json_close(writer, '}');
}

/* What "PLAYBOOK", "PLAYBOOK/SITUATION" or "SITUATION" names; both stay NULL for all (what NULL).
 */
static bool find(const struct library *library, const char *what, const struct playbook **playbook,
		 const struct situation **situation)
{
	*playbook = NULL;
	*situation = NULL;
	if (!what)
		return true;
	*playbook = library_find(library, what);
	if (*playbook)
		return true;
	*situation = library_situation(library, what, playbook);
	return *situation != NULL;
}

static void put(struct json_writer *writer, bool json, const struct playbook *playbook,
		const struct situation *situation)
{
	if (json)
		json_playbook(writer, playbook, situation);
	else if (situation)
		put_situation(writer->out, playbook, situation);
	else
		put_playbook(writer->out, playbook);
}

static bool print(const struct library *library, const char *what, bool json, FILE *file)
{
	const struct playbook *playbook;
	const struct situation *situation;
	struct buffer out = {0};
	struct json_writer writer = {.out = &out};

	if (!find(library, what, &playbook, &situation))
		return false;
	if (json)
		json_open(&writer, NULL, '[');
	if (playbook)
		put(&writer, json, playbook, situation);
	for (size_t i = 0; !what && (playbook = library_playbook(library, i)); i++)
		put(&writer, json, playbook, NULL);
	if (json) {
		json_close(&writer, ']');
		buffer_text(&out, "\n");
	}
	if (out.length)
		fputs(out.text, file);
	buffer_free(&out);
	return true;
}

bool show_library(const struct library *library, const char *what, FILE *out)
{
	return print(library, what, false, out);
}

static int show_run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {{"json", no_argument, NULL, 'j'}, {0}};
	const char *language = NULL, *named = NULL, *what;
	struct library library = {0};
	struct config config;
	bool json = false;
	int option, status = EXIT_FINE;

	while ((option = command_option(command, argc, argv, "l:p:", options)) != -1)
		switch (option) {
		case 'l': place_words(language = optarg); break;
		case 'p': named = optarg; break;
		case 'j': json = true; break;
		default: return command_usage(command);
		}
	if (argc - optind > 1)
		return command_usage(command);
	what = argv[optind];
	place_locale();
	config_open_and_tell(&config, language);
	if (!show_open(&library, language ? language : config.language, named)) {
		status = EXIT_PROBLEMS;
	} else {
		library_load_all(&library);
		if (show_problems(&library) > 0)
			status = EXIT_PROBLEMS;
		if (!print(&library, what, json, stdout)) {
			fprintf(stderr,
				_("talktrack: no playbook or situation \"%s\"; talktrack show "
				  "lists "
				  "all\n"),
				what);
			status = EXIT_PROBLEMS;
		}
	}
	library_close(&library);
	config_close(&config);
	return status;
}

const struct command show_command = {
	.name = "show",
	.usage = "[-l LANGUAGE] [-p FILE|FOLDER] [--json] [PLAYBOOK[/SITUATION]]",
	.summary = N_("print the panels as plain text, or as JSON for programs"),
	.run = show_run,
};
