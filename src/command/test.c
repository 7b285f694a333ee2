#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "call/trial.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/gather.h"
#include "command/lead.h"
#include "command/place.h"
#include "playbook/playbook.h"

struct testing {
	struct gather gather;
	struct lead lead;
	struct buffer out;
	size_t passed, failed;
};

static void tell(struct testing *testing, const struct trial *trial, const char *what,
		 const char *expected, const char *got)
{
	struct arena scratch = {0};
	const char *file = trial->place.file;

	testing->failed++;
	buffer_format(&testing->out, "%s:%d:%d: ", text_clean(&scratch, file, strlen(file)),
		      trial->place.line, trial->place.column);
	buffer_format(&testing->out, _("failed: %s\n"), what);
	buffer_format(&testing->out, _("    expected  %s\n    got       %s\n"), expected, got);
	arena_free(&scratch);
}

/* The lines that a test means: "no line of 'late', step 'reflect', says this". */
static const char *name_lines(struct arena *arena, const struct trial *trial)
{
	if (trial->line != NULL)
		return _("the line comes out in other words");
	if (trial->situation != NULL && trial->step != NULL)
		return arena_format(arena, _("no line of '%s' in step '%s' says this"),
				    trial->situation, trial->step);
	if (trial->situation != NULL)
		return arena_format(arena, _("no line of '%s' says this"), trial->situation);
	if (trial->step != NULL)
		return arena_format(arena, _("no line in step '%s' says this"), trial->step);
	return _("no line says this");
}

static void try_phrase(struct testing *testing, const struct playbook *playbook,
		       const struct trial *trial)
{
	struct arena scratch = {0};
	struct trial_outcome outcome = trial_phrase(&scratch, playbook, trial);

	if (outcome.passed)
		testing->passed++;
	else
		tell(testing, trial, name_lines(&scratch, trial), trial->says,
		     outcome.got == NULL ? _("no line at all") : outcome.got);
	arena_free(&scratch);
}

/* What is led somewhere must be led there first of all; what is led nowhere, not offered unasked.
 */
static void try_heard(struct testing *testing, const struct playbook *playbook,
		      const struct trial *trial)
{
	bool nowhere = strcmp(trial->situation, "none") == 0;
	const char *got = lead_find(&testing->lead, playbook, trial->heard, nowhere);
	struct arena scratch = {0};

	if (strcmp(got, trial->situation) == 0)
		testing->passed++;
	else
		tell(testing, trial,
		     arena_format(&scratch, _("'%s' leads elsewhere"), trial->heard),
		     trial->situation, got);
	arena_free(&scratch);
}

static void visit(void *context, const struct playbook *playbook, bool asked)
{
	struct testing *testing = context;

	for (size_t i = 0; asked && i < playbook->trial_count; i++) {
		if (playbook->trials[i].heard != NULL)
			try_heard(testing, playbook, &playbook->trials[i]);
		else
			try_phrase(testing, playbook, &playbook->trials[i]);
	}
}

/* Playbooks that could not be read, told as `check` does; warnings are its business alone. */
static void tell_errors(struct testing *testing)
{
	struct problem_list *problems = &testing->gather.problems;
	struct buffer out = {0};

	problem_sort(problems);
	for (size_t i = 0; i < problems->count; i++) {
		if (problems->items[i].severity == PROBLEM_ERROR)
			problem_show(&problems->items[i], PROBLEM_HUMAN, &out);
	}
	if (out.length > 0)
		fwrite(out.text, 1, out.length, stderr);
	buffer_free(&out);
}

static int run(const struct command *command, int argc, char **argv)
{
	struct testing testing = {.passed = 0};
	int first = 1;

	for (; first < argc && argv[first][0] == '-' && argv[first][1] != '\0'; first++) {
		if (strcmp(argv[first], "--") == 0) {
			first++;
			break;
		}
		if (!gather_option(&testing.gather, argc, argv, &first))
			return gather_option_name(argv[first])
				       ? command_no_value(command, argv[first])
				       : command_no_option(command, argv[first]);
	}
	place_locale();
	testing.gather.visit = visit;
	testing.gather.context = &testing;
	gather_read(&testing.gather, argv + first, argc - first);
	tell_errors(&testing);
	buffer_format(&testing.out, _("%zu passed, %zu failed\n"), testing.passed, testing.failed);
	fwrite(testing.out.text, 1, testing.out.length, stdout);
	bool good = testing.failed == 0 && testing.gather.problems.errors == 0;
	buffer_free(&testing.out);
	lead_close(&testing.lead);
	gather_close(&testing.gather);
	return fflush(stdout) == 0 && good ? EXIT_FINE : EXIT_PROBLEMS;
}

const struct command test_command = {
	.name = "test",
	.usage = "[-l LANGUAGE] [-p FILE|FOLDER] [FILE...]",
	.summary = N_("run the tests that trainers wrote into playbooks"),
	.run = run,
};
