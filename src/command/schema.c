#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/words.h"
#include "command/command.h"
#include "command/commands.h"
#include "playbook/json_schema.h"

static int run(const struct command *command, int argc, char **argv)
{
	struct buffer out = {0};

	if (argc == 2 && argv[1][0] == '-')
		return command_no_option(command, argv[1]);
	if (argc > 1)
		return command_usage(command);
	json_schema_write(&out);
	bool good = fwrite(out.text, 1, out.length, stdout) == out.length && fflush(stdout) == 0;
	buffer_free(&out);
	if (!good)
		fprintf(stderr, _("talktrack: cannot write: %s\n"), strerror(errno));
	return good ? EXIT_FINE : EXIT_PROBLEMS;
}

const struct command schema_command = {
	.name = "schema",
	.usage = "",
	.summary = N_("print the playbook format as a JSON Schema, for editors"),
	.run = run,
};
