#include "base/buffer.h"
#include "base/words.h"
#include "call/call.h"
#include "call/when.h"
#include "call/wrapup.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/config.h"
#include "command/handover.h"
#include "command/recall.h"

#include <getopt.h>
#include <stdio.h>
#include <time.h>

struct options {
	struct recall_wanted call;
	const char *save;
	bool send, copy;
	int format; /* enum wrapup_format, or -1: as configured */
};

static bool read_options(const struct command *command, int argc, char **argv,
			 struct options *options)
{
	static const struct option longs[] = {
		{"text", no_argument, NULL, 'T'},
		{"markdown", no_argument, NULL, 'M'},
		{"json", no_argument, NULL, 'J'},
		{"send", no_argument, NULL, 'S'},
		{"copy", no_argument, NULL, 'C'},
		{"save", required_argument, NULL, 'O'},
		{NULL, 0, NULL, 0},
	};
	int option;

	while ((option = command_option(command, argc, argv, RECALL_OPTIONS, longs)) != -1)
		switch (option) {
		case 'T': options->format = WRAPUP_TEXT; break;
		case 'M': options->format = WRAPUP_MARKDOWN; break;
		case 'J': options->format = WRAPUP_JSON; break;
		case 'S': options->send = true; break;
		case 'C': options->copy = true; break;
		case 'O': options->save = optarg; break;
		default:
			if (!recall_option(&options->call, option, optarg))
				return false;
		}
	return recall_rest(&options->call, argc - optind, argv + optind);
}

/* Each way that was asked for; with none, to standard output. */
static int hand_over(const struct options *options, const struct config *config, const char *text)
{
	struct handover handover = {.config = config};
	bool good = true;

	if (!options->send && !options->copy && !options->save)
		return fputs(text, stdout) >= 0 && fflush(stdout) == 0 ? EXIT_FINE : EXIT_PROBLEMS;
	if (options->send) {
		good = handover_send(&handover, text) && good;
		fprintf(stderr, "talktrack: %s\n", handover.message);
	}
	if (options->copy) {
		good = handover_copy(&handover, text) && good;
		fprintf(stderr, "talktrack: %s\n", handover.message);
	}
	if (options->save) {
		good = handover_save(&handover, text, options->save) && good;
		fprintf(stderr, "talktrack: %s\n", handover.message);
	}
	return good ? EXIT_FINE : EXIT_PROBLEMS;
}

static int write_note(void *context, const struct config *config, struct call *call)
{
	const struct options *options = context;
	struct buffer note = {0};
	char zone[WHEN_ZONE_BYTES] = "+00:00";
	int status;

	when_zone(call->started, zone);
	wrapup_write(call, (int64_t)time(NULL) * 1000, zone, config->agent,
		     options->format < 0 ? config->wrap_up.format
					 : (enum wrapup_format)options->format,
		     &note);
	status = hand_over(options, config, note.text ? note.text : "");
	buffer_free(&note);
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	struct options options = {.format = -1};

	if (!read_options(command, argc, argv, &options))
		return command_usage(command);
	return recall_use(&options.call, write_note, &options);
}

const struct command wrap_up_command = {
	.name = "wrap-up",
	.usage = "[--text|--markdown|--json] [--send] [--copy] [--save FILE] [-l LANGUAGE]\n"
		 "       [-p FILE|FOLDER] [CALL]",
	.summary = N_("the note after a call, printed or handed over"),
	.run = run,
};
