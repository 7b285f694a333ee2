/* Passes what a transcriber prints on to a running coach. */
#define _GNU_SOURCE
#include "base/arena.h"
#include "base/buffer.h"
#include "base/words.h"
#include "command/clock.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/place.h"
#include "link/client.h"
#include "link/transcript.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE 5000	       /* ms for the coach to take the last of it */
#define AGAIN 250	       /* ms until a coach is looked for again */
#define KEPT_BYTES (64 * 1024) /* kept while no coach is there; older lines are let go */

struct hear {
	const char *folder, *socket; /* as for client_open */
	struct client client;
	struct transcript transcript;
	struct buffer lines; /* not passed on yet */
	size_t let_go;	     /* lines */
	bool connected, told;
	int64_t looked; /* clock_ticks when a coach was looked for last */
};

static void keep(void *context, const struct utterance *utterance)
{
	struct hear *hear = context;

	utterance_write(utterance, &hear->lines);
}

static void forget_front(struct buffer *lines, size_t length)
{
	memmove(lines->text, lines->text + length, lines->length - length + 1);
	lines->length -= length;
}

/* With no coach: the newest lines are kept. */
static void let_go(struct hear *hear)
{
	while (hear->lines.length > KEPT_BYTES) {
		const char *end = strchr(hear->lines.text, '\n');

		forget_front(&hear->lines, (size_t)(end - hear->lines.text) + 1);
		hear->let_go++;
	}
}

static void connect_coach(struct hear *hear)
{
	hear->looked = clock_ticks();
	hear->connected = client_open(&hear->client, hear->folder, hear->socket);
	if (!hear->connected && !hear->told)
		fputs(_("talktrack: no coach is running: start one with talktrack; waiting for "
			"it\n"),
		      stderr);
	if (hear->connected && hear->told)
		fputs(_("talktrack: a coach is there\n"), stderr);
	hear->told = !hear->connected;
}

static void print_replies(struct hear *hear, int timeout)
{
	const char *reply;

	while ((reply = client_receive(&hear->client, timeout)))
		fprintf(stderr, _("talktrack: the coach says: %s\n"), reply);
}

/* A coach that went is looked for again at once: it may only have been started anew. */
static void pass_on(struct hear *hear)
{
	while (hear->lines.length > 0) {
		bool gone;
		size_t sent;

		if (!hear->connected)
			connect_coach(hear);
		if (!hear->connected)
			break;
		sent = client_send(&hear->client, hear->lines.text, hear->lines.length, -1, &gone);
		/* a line that went only in part goes to the next coach as a whole */
		while (gone && sent > 0 && hear->lines.text[sent - 1] != '\n')
			sent--;
		forget_front(&hear->lines, sent);
		print_replies(hear, 0);
		if (gone) {
			client_close(&hear->client);
			hear->connected = false;
		}
	}
	let_go(hear);
}

/* Notices in time that the coach has gone, and while none is there looks for one. */
static void mind_coach(struct hear *hear)
{
	if (hear->connected) {
		print_replies(hear, 0);
		if (!hear->client.ended)
			return;
		client_close(&hear->client);
		connect_coach(hear);
	} else if (clock_ticks() - hear->looked >= AGAIN) {
		connect_coach(hear);
	}
	if (hear->connected)
		pass_on(hear);
}

static bool listen_to(struct hear *hear, int file)
{
	static char bytes[65536];

	for (;;) {
		struct pollfd polled[2] = {
			{.fd = file, .events = POLLIN},
			{.fd = hear->connected ? hear->client.socket : -1, .events = POLLIN}};
		int ready = poll(polled, 2, hear->connected ? -1 : AGAIN);
		ssize_t got;

		if (ready < 0 && errno != EINTR)
			return false;
		if (ready <= 0 || polled[1].revents || !hear->connected)
			mind_coach(hear);
		if (ready <= 0 || !polled[0].revents)
			continue;
		got = read(file, bytes, sizeof bytes);
		if (got == 0)
			return true;
		if (got < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		transcript_feed(&hear->transcript, bytes, got > 0 ? (size_t)got : 0);
		pass_on(hear);
	}
}

/* When it returns the coach has taken everything, or it will not. */
static int finish(struct hear *hear, bool read_all)
{
	int status = read_all ? EXIT_FINE : EXIT_PROBLEMS;

	if (!read_all)
		fprintf(stderr, _("talktrack: cannot read on: %s\n"), strerror(errno));
	transcript_end(&hear->transcript);
	pass_on(hear);
	if (hear->connected) {
		client_finish(&hear->client);
		print_replies(hear, PATIENCE);
	}
	for (const char *line = hear->lines.text; line && (line = strchr(line, '\n')); line++)
		hear->let_go++;
	if (hear->transcript.passed_over > 0)
		fprintf(stderr,
			words_count("talktrack: passed over %zu piece that is no transcript\n",
				    "talktrack: passed over %zu pieces that are no transcript\n",
				    hear->transcript.passed_over),
			hear->transcript.passed_over);
	if (hear->let_go > 0) {
		fprintf(stderr,
			words_count("talktrack: %zu line reached no coach\n",
				    "talktrack: %zu lines reached no coach\n", hear->let_go),
			hear->let_go);
		status = EXIT_PROBLEMS;
	}
	if (hear->connected)
		client_close(&hear->client);
	buffer_free(&hear->lines);
	return status;
}

static bool read_format(const char *name, enum transcript_format *format)
{
	static const char *const names[] = {"auto", "plain", "json"};

	for (int i = 0; i < 3; i++)
		if (strcmp(name, names[i]) == 0) {
			*format = (enum transcript_format)i;
			return true;
		}
	return false;
}

static bool read_options(const struct command *command, int argc, char **argv,
			 struct transcript *transcript)
{
	static const struct option options[] = {{"speaker", required_argument, NULL, 's'},
						{"format", required_argument, NULL, 'f'},
						{0}};
	int option;

	while ((option = command_option(command, argc, argv, "", options)) != -1) {
		if (option == 's')
			transcript->speaker = utterance_speaker(optarg);
		if ((option != 's' && option != 'f') || !transcript->speaker ||
		    (option == 'f' && !read_format(optarg, &transcript->format)))
			return false;
	}
	return optind + 1 >= argc;
}

static int hear_run(const struct command *command, int argc, char **argv)
{
	struct arena arena = {0};
	struct hear hear = {.client.socket = -1};
	int file = STDIN_FILENO, status;
	const char *path;

	hear.transcript.speaker = "customer";
	hear.transcript.heard = keep;
	hear.transcript.context = &hear;
	if (!read_options(command, argc, argv, &hear.transcript))
		return command_usage(command);
	path = optind < argc && strcmp(argv[optind], "-") != 0 ? argv[optind] : NULL;
	if (path && (file = open(path, O_RDONLY | O_CLOEXEC)) < 0) {
		fprintf(stderr, _("talktrack: cannot read \"%s\": %s\n"), path, strerror(errno));
		return EXIT_PROBLEMS;
	}
	place_locale();
	hear.folder = place_link(&arena);
	hear.socket = place_socket();
	connect_coach(&hear);
	status = finish(&hear, listen_to(&hear, file));
	if (path)
		close(file);
	arena_free(&arena);
	return status;
}

const struct command hear_command = {
	.name = "hear",
	.usage = "[--speaker customer|agent] [--format auto|plain|json] [FILE]",
	.summary = N_("pass what a transcriber prints on to a running coach"),
	.run = hear_run,
};
