#include "command/command.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define LETTERS_BYTES 32
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static bool told; /* what is wrong with an option */

/* What stands in a usage for a word of the user's own. */
static const char *const placeholders[] = {
	NC_("placeholder", "ACTION"),	NC_("placeholder", "AFTER"),
	NC_("placeholder", "ARGUMENT"), NC_("placeholder", "BEFORE"),
	NC_("placeholder", "CALL"),	NC_("placeholder", "COLUMN"),
	NC_("placeholder", "DAY"),	NC_("placeholder", "DISPOSITION"),
	NC_("placeholder", "DRAFT"),	NC_("placeholder", "FILE"),
	NC_("placeholder", "FOLDER"),	NC_("placeholder", "JOURNAL"),
	NC_("placeholder", "LANGUAGE"), NC_("placeholder", "MOOD"),
	NC_("placeholder", "NAME"),	NC_("placeholder", "NUMBER"),
	NC_("placeholder", "PLAYBOOK"), NC_("placeholder", "RULE"),
	NC_("placeholder", "SIGN"),	NC_("placeholder", "SITUATION"),
	NC_("placeholder", "SLOT"),	NC_("placeholder", "STEP"),
	NC_("placeholder", "TEXT"),	NC_("placeholder", "THEME"),
	NC_("placeholder", "TITLE"),	NC_("placeholder", "WHEN"),
};

static const char *placeholder(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
		if (strlen(placeholders[i]) == length && memcmp(placeholders[i], word, length) == 0)
			return C_("placeholder", placeholders[i]);
	return NULL;
}

void command_say(struct buffer *out, const char *usage)
{
	while (*usage) {
		size_t length = strspn(usage, CAPITALS);
		const char *word = placeholder(usage, length);

		if (!word && length == 0)
			length = strcspn(usage, CAPITALS);
		if (word)
			buffer_text(out, word);
		else
			buffer_add(out, usage, length);
		usage += length;
	}
}

static void print_usage(const struct command *command, FILE *where)
{
	struct buffer out = {0};

	command_say(&out, command->usage);
	fprintf(where, _("usage: talktrack %s %s\n"), command->name, out.length ? out.text : "");
	buffer_free(&out);
}

void command_help(const struct command *command)
{
	print_usage(command, stdout);
	printf("\n%s\n", _(command->summary));
}

int command_usage(const struct command *command)
{
	if (!told)
		print_usage(command, stderr);
	return EXIT_USAGE;
}

/* The word on the command line, to its '='. */
static const char *shown(struct arena *arena, const char *option)
{
	return text_clean(arena, option, strcspn(option, "="));
}

int command_no_option(const struct command *command, const char *option)
{
	struct arena arena = {0};

	fprintf(stderr, _("talktrack %s: there is no option %s; talktrack %s --help lists them\n"),
		command->name, shown(&arena, option), command->name);
	arena_free(&arena);
	told = true;
	return EXIT_USAGE;
}

int command_no_value(const struct command *command, const char *option)
{
	struct arena arena = {0};

	fprintf(stderr, _("talktrack %s: a value is missing behind %s; talktrack %s --help\n"),
		command->name, shown(&arena, option), command->name);
	arena_free(&arena);
	told = true;
	return EXIT_USAGE;
}

static void tell_needless(const struct command *command, const char *option)
{
	struct arena arena = {0};

	fprintf(stderr, _("talktrack %s: %s takes no value; talktrack %s --help\n"), command->name,
		shown(&arena, option), command->name);
	arena_free(&arena);
	told = true;
}

/* Whether it is the word with "=VALUE" of an option that takes none. */
static bool is_needless(const char *option, const struct option *words)
{
	size_t length = strcspn(option, "=");

	if (strncmp(option, "--", 2) != 0 || option[length] != '=')
		return false;
	for (; words->name; words++)
		if (words->val == optopt && words->has_arg == no_argument &&
		    strncmp(words->name, option + 2, length - 2) == 0)
			return true;
	return false;
}

/* getopt says which letter it was, but of a word only that it was one. Of a letter that is not
 * ASCII it has the first byte, and is still at the word. */
static const char *wrong_option(char **argv, char letter[3])
{
	if (optopt == 0)
		return argv[optind - 1];
	if ((optopt & 0x80) && argv[optind] && argv[optind][0] == '-')
		return argv[optind];
	letter[0] = '-';
	letter[1] = (char)optopt;
	letter[2] = '\0';
	return letter;
}

int command_option(const struct command *command, int argc, char **argv, const char *letters,
		   const struct option *words)
{
	char quiet[LETTERS_BYTES], letter[3];
	int option;

	/* with a colon first getopt prints nothing, and tells what is missing from what is wrong */
	snprintf(quiet, sizeof quiet, ":%s", letters);
	option = getopt_long(argc, argv, quiet, words, NULL);
	if (option == ':')
		command_no_value(command, strncmp(argv[optind - 1], "--", 2) == 0
						  ? argv[optind - 1]
						  : wrong_option(argv, letter));
	else if (option == '?' && is_needless(argv[optind - 1], words))
		tell_needless(command, argv[optind - 1]);
	else if (option == '?')
		command_no_option(command, wrong_option(argv, letter));
	return option == ':' ? '?' : option;
}
