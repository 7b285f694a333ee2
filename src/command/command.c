#include "command/command.h"

#include <stdio.h>

int command_usage(const struct command *command)
{
	fprintf(stderr, "usage: talktrack %s %s\n", command->name, command->usage);
	return EXIT_USAGE;
}
