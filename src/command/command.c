#include "command/command.h"

#include "base/words.h"

#include <stdio.h>

int command_usage(const struct command *command)
{
	fprintf(stderr, _("usage: talktrack %s %s\n"), command->name, command->usage);
	return EXIT_USAGE;
}
