/* A subcommand: a record beside its code; main.c finds it by name and calls it.
 *
 * Only commands print, read the environment and the clock, and decide the exit status.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

enum { EXIT_FINE = 0, EXIT_PROBLEMS = 1, EXIT_USAGE = 2 };

struct command {
	const char *name;
	const char *usage;   /* behind the name: "[-l LANG] FILE..." */
	const char *summary; /* one line for --help */
	int (*run)(const struct command *command, int argc, char **argv); /* argv[0]: the name */
};

/* Prints "usage: talktrack NAME USAGE" to standard error; returns EXIT_USAGE. */
int command_usage(const struct command *command);

#endif
