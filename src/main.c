#include "command/command.h"
#include "base/words.h"
#include "command/commands.h"
#include "command/place.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#ifndef TALKTRACK_VERSION
#define TALKTRACK_VERSION "0.1"
#endif

static const struct command *const commands[] = {
	&run_command,	  &show_command,      &check_command,  &new_command,	 &edit_command,
	&diff_command,	  &import_command,    &schema_command, &explain_command, &test_command,
	&suggest_command, &reflect_command,   &hear_command,   &do_command,	 &promises_command,
	&wrap_up_command, &follow_up_command, &report_command, &export_command,	 &channels_command,
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void print_help(void)
{
	puts(_("usage: talktrack [COMMAND] [OPTION...]\n\n"
	       "A coach for support calls in the terminal: script panels from YAML playbooks.\n"));
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		printf("  %-9s %s\n", commands[i]->name, _(commands[i]->summary));
	puts(_("\nWithout a command it runs the coach. Each command explains itself with --help;\n"
	       "the manual is talktrack(1), the playbooks' format talktrack-playbook(5)."));
}

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

/* Playbook after playbook wants the same memory: it is not given back in between, to be asked for,
 * and filled with zeros by the kernel, anew. Whoever is done with much calls malloc_trim. */
static void keep_memory(void)
{
	enum { MEGABYTE = 1024 * 1024 };

	mallopt(M_TRIM_THRESHOLD, 8 * MEGABYTE);
	mallopt(M_MMAP_THRESHOLD, 2 * MEGABYTE);
	mallopt(M_TOP_PAD, MEGABYTE / 4);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "run";
	const struct command *command;

	keep_memory();
	place_words(NULL);
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
		puts("talktrack " TALKTRACK_VERSION);
		return EXIT_FINE;
	}
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
		print_help();
		return EXIT_FINE;
	}
	/* an option first: it belongs to run */
	if (argc < 2 || name[0] == '-')
		return run_command.run(&run_command, argc, argv);
	command = find(name);
	if (!command) {
		fprintf(stderr, _("talktrack: no command \"%s\"; talktrack --help lists them\n"),
			name);
		return EXIT_USAGE;
	}
	if (argc > 2 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0)) {
		command_help(command);
		return EXIT_FINE;
	}
	return command->run(command, argc - 1, argv + 1);
}
