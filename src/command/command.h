/* A subcommand: a record beside its code; main.c finds it by name and calls it.
 *
 * Only commands print, read the environment and the clock, and decide the exit status.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

struct buffer;
struct option;

enum { EXIT_FINE = 0, EXIT_PROBLEMS = 1, EXIT_USAGE = 2 };

struct command {
	const char *name;
	/* behind the name: "[-l LANGUAGE] FILE..."; words in capitals, of placeholders[] in
	 * command.c, are said in the reader's language, all else is typed as it stands */
	const char *usage;
	const char *summary;						  /* one line for --help */
	int (*run)(const struct command *command, int argc, char **argv); /* argv[0]: the name */
};

/* Appends a usage with its words in capitals translated. */
void command_say(struct buffer *out, const char *usage);

/* Prints "usage: talktrack NAME USAGE" and the summary, for --help. */
void command_help(const struct command *command);

/* Prints "usage: talktrack NAME USAGE" to standard error, unless it was told already what is wrong
 * with an option; returns EXIT_USAGE. */
int command_usage(const struct command *command);

/* The next option, as getopt_long(3) has it, -1 at their end. '?': a wrong one, which was told. */
int command_option(const struct command *command, int argc, char **argv, const char *letters,
		   const struct option *words);

/* For commands that read their options themselves: tells that there is no such option, or that a
 * value is missing behind it. Both return EXIT_USAGE. */
int command_no_option(const struct command *command, const char *option);
int command_no_value(const struct command *command, const char *option);

#endif
