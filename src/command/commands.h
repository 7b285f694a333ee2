/* All subcommands, each defined in the file of its name. */
#ifndef COMMAND_COMMANDS_H
#define COMMAND_COMMANDS_H

struct command;

extern const struct command channels_command;
extern const struct command check_command;
extern const struct command diff_command;
extern const struct command do_command;
extern const struct command edit_command;
extern const struct command explain_command;
extern const struct command export_command;
extern const struct command follow_up_command;
extern const struct command hear_command;
extern const struct command import_command;
extern const struct command new_command;
extern const struct command promises_command;
extern const struct command reflect_command;
extern const struct command report_command;
extern const struct command run_command;
extern const struct command schema_command;
extern const struct command show_command;
extern const struct command suggest_command;
extern const struct command test_command;
extern const struct command wrap_up_command;

#endif
