#include "base/arena.h"
#include "base/buffer.h"
#include "base/words.h"
#include "call/event.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/journals.h"
#include "command/place.h"
#include "report/redact.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#define CHUNK 65536 /* bytes written at once, about */

struct output {
	struct redaction redaction;
	struct arena arena; /* of one event */
	struct buffer lines;
	int error; /* errno of a failed write, or 0 */
};

static bool put(struct output *output)
{
	if (output->error == 0 &&
	    fwrite(output->lines.text, 1, output->lines.length, stdout) != output->lines.length)
		output->error = errno;
	buffer_clear(&output->lines);
	return output->error == 0;
}

static void begin(void *context, const struct journal_file *file)
{
	(void)context;
	(void)file;
}

static bool take(void *context, const struct event *event)
{
	struct output *output = context;
	struct event kept = redact_event(&output->redaction, event, &output->arena);
	event_write(&kept, &output->lines);
	arena_reset(&output->arena);
	return output->lines.length < CHUNK || put(output);
}

static int export_run(const struct command *command, int argc, char **argv)
{
	static const struct option known[] = {{"redact", no_argument, NULL, 'r'}, {0}};
	bool redact = false;
	for (int option; (option = command_option(command, argc, argv, "", known)) != -1;) {
		if (option != 'r')
			return command_usage(command);
		redact = true;
	}
	if (!redact) {
		fputs(_("talktrack: export wants --redact; the journal as it is can be copied file "
			"by file\n"),
		      stderr);
		return command_usage(command);
	}
	place_locale();
	struct journals journals;
	struct output output = {0};
	journals_find(&journals, argv + optind, (size_t)(argc - optind));
	journals_read(&journals, begin, take, &output);
	bool written = put(&output);
	if (written && fflush(stdout) != 0)
		output.error = errno;
	if (output.error != 0)
		fprintf(stderr, _("talktrack: cannot write the journal: %s\n"),
			strerror(output.error));
	int status = journals.errors > 0 || output.error != 0 ? EXIT_PROBLEMS : EXIT_FINE;
	redact_free(&output.redaction);
	buffer_free(&output.lines);
	arena_free(&output.arena);
	journals_close(&journals);
	return status;
}

const struct command export_command = {
	.name = "export",
	.usage = "--redact [JOURNAL...]",
	.summary = N_("print the journal with the customers' words and names taken out"),
	.run = export_run,
};
