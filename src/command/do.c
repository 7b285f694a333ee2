/* One action of a running coach, or what it shows: for hotkeys, pedals, softphones and buttons. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "call/action.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/place.h"
#include "link/client.h"
#include "link/message.h"

#include <stdio.h>
#include <string.h>

#define USAGE_COLUMNS 26 /* of an action and its arguments */
#define PATIENCE 5000	 /* ms for a coach to answer */

static int list(void)
{
	struct buffer usage = {0};

	for (enum action action = 0; action < ACTION_COUNT; action++) {
		const struct action_entry *entry = action_entry(action);
		buffer_format(&usage, "%s%s", entry->name, *entry->arguments ? " " : "");
		command_say(&usage, entry->arguments);
		printf("%s%*s %s\n", usage.text, USAGE_COLUMNS - text_width(usage.text), "",
		       _(entry->help));
		buffer_clear(&usage);
	}
	buffer_free(&usage);
	return EXIT_FINE;
}

static void write_action(const char *name, int count, char **arguments, struct buffer *out)
{
	struct json_writer writer = {.out = out};

	json_open(&writer, NULL, '{');
	json_put_text(&writer, "do", name);
	json_open(&writer, "arguments", '[');
	for (int i = 0; i < count; i++)
		json_put_text(&writer, NULL, arguments[i]);
	json_close(&writer, ']');
	json_close(&writer, '}');
	buffer_text(out, "\n");
}

/* Prints a reply: a state, or why not. */
static int print_reply(const char *reply)
{
	struct json *json = json_parse(reply, strlen(reply), NULL);
	const char *error = json_text(json, "error");
	int status = error ? EXIT_PROBLEMS : EXIT_FINE;

	if (error)
		fprintf(stderr, "talktrack: %s\n", _(error));
	else
		puts(reply);
	json_free(json);
	fflush(stdout);
	return status;
}

static int watch(struct client *client)
{
	const char *reply;

	while ((reply = client_receive(client, -1)))
		if (print_reply(reply) != EXIT_FINE || ferror(stdout))
			return EXIT_PROBLEMS;
	return EXIT_FINE;
}

static int speak(const struct buffer *request, bool watching)
{
	struct arena arena = {0};
	struct client client;
	const char *reply = NULL;
	int status = EXIT_PROBLEMS;
	bool gone;

	if (!client_open(&client, place_link(&arena), place_socket())) {
		fputs(_("talktrack: no coach is running: start one with talktrack\n"), stderr);
	} else if (client_send(&client, request->text, request->length, PATIENCE, &gone) <
			   request->length ||
		   (!watching && !(reply = client_receive(&client, PATIENCE)))) {
		fputs(_("talktrack: the coach does not answer\n"), stderr);
	} else {
		status = watching ? watch(&client) : print_reply(reply);
	}
	client_close(&client);
	arena_free(&arena);
	return status;
}

static int do_run(const struct command *command, int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";
	bool state = strcmp(name, "state") == 0, watching = strcmp(name, "watch") == 0;
	enum action action = action_find(name);
	struct buffer request = {0};
	int status;

	if (argc == 2 && strcmp(name, "--list") == 0) {
		place_locale();
		return list();
	}
	if (argc == 2 && name[0] == '-')
		return command_no_option(command, name);
	if (argc < 2 || name[0] == '-' || ((state || watching) && argc > 2))
		return command_usage(command);
	if (!state && !watching && action == ACTION_NONE) {
		fprintf(stderr, _("talktrack: no action \"%s\"; talktrack do --list prints them\n"),
			name);
		return EXIT_USAGE;
	}
	if (!state && !watching && (size_t)argc - 2 > message_arguments(action)) {
		fprintf(stderr,
			_("talktrack: too much behind \"%s\": put quotes around a text of several "
			  "words\n"),
			name);
		return EXIT_USAGE;
	}
	if (state)
		buffer_text(&request, "{\"ask\":\"state\"}\n");
	else if (watching)
		buffer_text(&request, "{\"watch\":true}\n");
	else
		write_action(name, argc - 2, argv + 2, &request);
	status = speak(&request, watching);
	buffer_free(&request);
	return status;
}

const struct command do_command = {
	.name = "do",
	.usage = "ACTION [ARGUMENT...] | state | watch | --list",
	.summary = N_("drive a running coach from another program"),
	.run = do_run,
};
