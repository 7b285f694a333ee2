#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "call/phrase.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/config.h"
#include "command/recall.h"
#include "playbook/playbook.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COLUMNS                                                                                    \
	72 /* of a terminal; in a pipe a text is one line, since a message is not cut into lines   \
	    */

struct options {
	struct recall_wanted call;
	bool voice, message, all;
};

/* The situation's own texts, then the playbook's. */
struct texts {
	const struct line_list *own, *shared;
};

static bool read_options(const struct command *command, int argc, char **argv,
			 struct options *options)
{
	static const struct option longs[] = {
		{"voice", no_argument, NULL, 'V'},
		{"message", no_argument, NULL, 'M'},
		{"all", no_argument, NULL, 'A'},
		{NULL, 0, NULL, 0},
	};
	int option;

	while ((option = command_option(command, argc, argv, RECALL_OPTIONS, longs)) != -1)
		switch (option) {
		case 'V': options->voice = true; break;
		case 'M': options->message = true; break;
		case 'A': options->all = true; break;
		default:
			if (!recall_option(&options->call, option, optarg))
				return false;
		}
	if (!options->voice && !options->message)
		options->voice = options->message = true;
	return recall_rest(&options->call, argc - optind, argv + optind);
}

static const char *text_at(const struct texts *texts, size_t i)
{
	if (texts->own && i < texts->own->count)
		return texts->own->items[i].text;
	i -= texts->own ? texts->own->count : 0;
	return i < texts->shared->count ? texts->shared->items[i].text : NULL;
}

static void put_text(struct buffer *out, struct arena *arena, const char *text)
{
	struct text_row *rows;
	size_t length = strlen(text), count;

	if (!isatty(STDOUT_FILENO)) {
		buffer_format(out, "%s\n", text);
		return;
	}
	count = text_wrap(arena, text, length, COLUMNS, &rows);
	for (size_t i = 0; i < count; i++) {
		buffer_add(out, text + rows[i].start, rows[i].length);
		buffer_text(out, "\n");
	}
}

/* The slots that the text wants and the call does not have. */
static void tell_unfilled(struct arena *arena, const struct phrase *phrase)
{
	const char *names = NULL;

	for (size_t i = 0; i < phrase->span_count; i++)
		if (phrase->spans[i].mark == PHRASE_UNFILLED)
			names = arena_format(arena, "%s%s%.*s", names ? names : "",
					     names ? ", " : "", (int)phrase->spans[i].length,
					     phrase->text + phrase->spans[i].start);
	if (names)
		fprintf(stderr, _("talktrack: not filled in: %s\n"), names);
}

/* One text, or all of them. False: there are none. */
static bool put_texts(const struct options *options, const struct call *call,
		      const struct texts *texts, struct buffer *out)
{
	struct arena arena = {0};
	size_t i = 0;

	for (const char *text; (text = text_at(texts, i)) && (i == 0 || options->all); i++) {
		struct phrase phrase = phrase_make(&arena, call->playbook, call, text);

		if (i > 0)
			buffer_text(out, "\n");
		put_text(out, &arena, phrase.text);
		tell_unfilled(&arena, &phrase);
	}
	arena_free(&arena);
	return i > 0;
}

/* --- Slots that were left empty --- */

/* As if it had been filled in during the call; nothing is written down. */
static void fill(struct call *call, const char *slot, const char *text)
{
	struct event event = {.kind = EVENT_SLOT_FILLED, .slot = slot, .text = text};

	if (!text || call_slot(call, slot, strlen(slot)) || call->event_count == 0)
		return;
	event.t = call->events[call->event_count - 1].t + 1;
	memcpy(event.call, call->id, sizeof event.call);
	call_apply(call, &event);
}

static int follow_up(const struct options *options, const struct call *call)
{
	const struct playbook *playbook = call->playbook;
	const struct situation *situation = call->situation;
	bool both = options->voice && options->message, good = true;
	struct buffer out = {0};

	if (!playbook) {
		fprintf(stderr, _("talktrack: the playbook of this call is no longer here\n"));
		return EXIT_PROBLEMS;
	}
	for (int message = 0; message < 2; message++) {
		struct texts texts = {.shared = message ? &playbook->follow_up.messages
							: &playbook->follow_up.voice_notes};
		const char *name = message ? "message" : "voice-note";

		if (situation)
			texts.own = message ? &situation->follow_up.messages
					    : &situation->follow_up.voice_notes;
		if (message ? !options->message : !options->voice)
			continue;
		if (both)
			buffer_format(&out, "%s%s:\n", message ? "\n" : "", name);
		if (!put_texts(options, call, &texts, &out)) {
			fprintf(stderr,
				_("talktrack: the playbook \"%s\" has no '%s' under 'follow-up'\n"),
				playbook->name, name);
			good = false;
		}
	}
	good = (!out.length || fputs(out.text, stdout) >= 0) && fflush(stdout) == 0 && good;
	buffer_free(&out);
	return good ? EXIT_FINE : EXIT_PROBLEMS;
}

static int use(void *context, const struct config *config, struct call *call)
{
	fill(call, "agent", config->agent);
	return follow_up(context, call);
}

static int run(const struct command *command, int argc, char **argv)
{
	struct options options = {0};

	if (!read_options(command, argc, argv, &options))
		return command_usage(command);
	return recall_use(&options.call, use, &options);
}

const struct command follow_up_command = {
	.name = "follow-up",
	.usage = "[--voice] [--message] [--all] [-l LANGUAGE] [-p FILE|FOLDER] [CALL]",
	.summary = N_("words for after a call: a voice note to read, a message to send"),
	.run = run,
};
