#include "base/arena.h"
#include "base/buffer.h"
#include "base/markup.h"
#include "base/text.h"
#include "base/words.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/place.h"
#include "command/show.h"
#include "playbook/library.h"
#include "playbook/playbook.h"

#include <ctype.h>
#include <getopt.h>
#include <string.h>

#define SOCIAL_MOST 160 /* characters of a profile's text, the least that a network allows */

/* The channels of all playbooks, each once, easiest first. */
struct ways {
	struct arena arena;
	const struct channel **items;
	size_t count;
	const char *language, *question; /* or NULL */
	struct buffer out;
};

static bool is_known(const struct ways *ways, const struct channel *channel)
{
	for (size_t i = 0; i < ways->count; i++)
		if (strcmp(ways->items[i]->name, channel->name) == 0 &&
		    strcmp(ways->items[i]->reach, channel->reach) == 0)
			return true;
	return false;
}

static void gather(struct ways *ways, const struct library *library)
{
	const struct playbook *playbook;

	ways->language = library->language;
	for (size_t i = 0; (playbook = library_playbook(library, i)); i++) {
		if (!ways->question)
			ways->question = playbook->channels_question;
		for (size_t j = 0; j < playbook->channel_count; j++) {
			if (is_known(ways, &playbook->channels[j]))
				continue;
			ways->items = arena_more(&ways->arena, ways->items, ways->count,
						 sizeof(struct channel *));
			ways->items[ways->count++] = &playbook->channels[j];
		}
	}
}

/* Plain text under the mark by which mail programs know a signature (RFC 3676, section 4.3). */
static void put_email(struct ways *ways)
{
	int widest = 0;

	buffer_text(&ways->out, "-- \n");
	for (size_t i = 0; i < ways->count; i++) {
		int width = text_width(ways->items[i]->name);

		widest = width > widest ? width : widest;
	}
	for (size_t i = 0; i < ways->count; i++) {
		const struct channel *channel = ways->items[i];

		buffer_format(&ways->out, "%s%*s  %s", channel->name,
			      widest - text_width(channel->name), "", channel->reach);
		if (channel->purpose)
			buffer_format(&ways->out, "  (%s)", channel->purpose);
		buffer_text(&ways->out, "\n");
	}
}

static void put_invoice(struct ways *ways)
{
	for (size_t i = 0; i < ways->count; i++)
		buffer_format(&ways->out, "%s%s %s", i ? " · " : "", ways->items[i]->name,
			      ways->items[i]->reach);
	buffer_text(&ways->out, "\n");
}

/* What a link to a channel begins with: "https://" and such, "" where it has that already, NULL
 * where it is no address that a browser could open. */
static const char *scheme(const char *reach)
{
	size_t digits = 0, length = strlen(reach);
	const char *at = strchr(reach, '@');

	if (strncmp(reach, "https://", 8) == 0 || strncmp(reach, "http://", 7) == 0)
		return strchr(reach, ' ') ? NULL : "";
	for (size_t i = 0; i < length; i++)
		digits += isdigit((unsigned char)reach[i]) != 0;
	if (digits >= 3 && strspn(reach, "0123456789 +-()/.") == length)
		return "tel:";
	if (strpbrk(reach, " :,") || !strchr(reach, '.'))
		return NULL;
	if (!at)
		return reach[0] == '.' || reach[0] == '/' || reach[length - 1] == '.' ? NULL
										      : "https://";
	return at > reach && !strchr(at + 1, '@') && strchr(at, '.') ? "mailto:" : NULL;
}

static void put_link(struct buffer *out, const char *reach)
{
	const char *start = scheme(reach);

	if (start) {
		buffer_format(out, "<a href=\"%s", start);
		for (const char *c = reach; *c; c++) {
			char byte[2] = {*c, '\0'};

			/* of a number only what is dialled */
			if (strcmp(start, "tel:") != 0 || isdigit((unsigned char)*c) || *c == '+')
				markup_text(out, byte);
		}
		buffer_text(out, "\">");
	}
	markup_text(out, reach);
	if (start)
		buffer_text(out, "</a>");
}

static void put_web(struct ways *ways)
{
	struct buffer *out = &ways->out;

	buffer_text(out, "<ul lang=\"");
	markup_text(out, ways->language);
	buffer_text(out, "\">\n");
	for (size_t i = 0; i < ways->count; i++) {
		const struct channel *channel = ways->items[i];

		buffer_text(out, "<li><strong>");
		markup_text(out, channel->name);
		buffer_text(out, "</strong>: ");
		put_link(out, channel->reach);
		if (channel->purpose) {
			buffer_text(out, " (");
			markup_text(out, channel->purpose);
			buffer_text(out, ")");
		}
		buffer_text(out, "</li>\n");
	}
	buffer_text(out, "</ul>\n");
}

static void put_faq(struct ways *ways)
{
	if (ways->question)
		buffer_format(&ways->out, "%s\n\n", ways->question);
	for (size_t i = 0; i < ways->count; i++) {
		const struct channel *channel = ways->items[i];

		buffer_format(&ways->out, "- %s: %s%s%s\n", channel->name, channel->reach,
			      channel->purpose ? " – " : "",
			      channel->purpose ? channel->purpose : "");
	}
}

/* Characters as networks count them, near enough: code points. */
static size_t characters(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

/* As many as there is room for, easiest first. */
static void put_social(struct ways *ways)
{
	static const char between[] = " · ";
	size_t used = 0;

	for (size_t i = 0; i < ways->count; i++) {
		const struct channel *channel = ways->items[i];
		size_t size = characters(channel->name) + 1 + characters(channel->reach) +
			      (used ? characters(between) : 0);

		if (used + size > SOCIAL_MOST)
			continue;
		buffer_format(&ways->out, "%s%s %s", used ? between : "", channel->name,
			      channel->reach);
		used += size;
	}
	buffer_text(&ways->out, "\n");
}

static const struct {
	const char *name;
	void (*put)(struct ways *ways);
} purposes[] = {
	{"email", put_email}, {"invoice", put_invoice}, {"web", put_web},
	{"faq", put_faq},     {"social", put_social},
};

static int print(const struct library *library, void (*put)(struct ways *ways))
{
	struct ways ways = {0};
	int status = EXIT_FINE;

	gather(&ways, library);
	if (ways.count > 0) {
		put(&ways);
		fputs(ways.out.text, stdout);
	} else {
		fputs(_("talktrack: no playbook names channels; talktrack-playbook(5) says how "
			"to\n"),
		      stderr);
		status = EXIT_PROBLEMS;
	}
	buffer_free(&ways.out);
	arena_free(&ways.arena);
	return status;
}

static int channels_run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {{"for", required_argument, NULL, 'f'}, {0}};
	const char *language = NULL, *named = NULL;
	void (*put)(struct ways * ways) = NULL;
	struct library library = {0};
	int option, status = EXIT_FINE;

	while ((option = command_option(command, argc, argv, "l:p:", options)) != -1)
		switch (option) {
		case 'l': place_words(language = optarg); break;
		case 'p': named = optarg; break;
		case 'f':
			for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
				if (strcmp(purposes[i].name, optarg) == 0)
					put = purposes[i].put;
			if (!put)
				return command_usage(command);
			break;
		default: return command_usage(command);
		}
	if (!put || optind < argc)
		return command_usage(command);
	place_locale();
	if (!show_open(&library, language, named)) {
		status = EXIT_PROBLEMS;
	} else {
		library_load_all(&library);
		if (show_problems(&library) > 0)
			status = EXIT_PROBLEMS;
		if (print(&library, put) != EXIT_FINE)
			status = EXIT_PROBLEMS;
	}
	library_close(&library);
	return status;
}

const struct command channels_command = {
	.name = "channels",
	.usage = "--for=email|invoice|web|faq|social [-l LANGUAGE] [-p FILE|FOLDER]",
	.summary = N_("print the ways to get help, ready to paste"),
	.run = channels_run,
};
