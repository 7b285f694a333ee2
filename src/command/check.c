#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/config.h"
#include "command/gather.h"
#include "command/place.h"
#include "playbook/advice.h"
#include "playbook/placing.h"
#include "playbook/playbook.h"
#include "playbook/proof.h"
#include "playbook/source.h"
#include "playbook/yaml.h"

struct check {
	struct gather gather;
	struct proof proof;
	enum problem_format format;
	bool advice;			 /* about wording, too */
	bool strict;			 /* which then fails the check */
	bool config;			 /* the agent's configuration, too */
	char today[sizeof "2027-06-01"]; /* "": not asked yet */
};

/* --- The source lines of what is told about a playbook as a whole --- */

/* Where words stand in a line or one of those after, that the text goes on in. */
static void find_words(struct problem *problem, struct arena *scratch, const char *text,
		       size_t length, const char *words)
{
	enum { LINES_MOST = 6 };

	for (int i = 0; words != NULL && i < LINES_MOST; i++) {
		int line = problem->place.line + i;
		const char *source = yaml_source_line(scratch, text, length, line);
		const char *start = source == NULL ? NULL
				    : i == 0	   ? source_at(source, problem->place.column)
						   : source;
		const char *found = start == NULL ? NULL : strstr(start, words);
		if (found == NULL)
			continue;
		problem->place.line = line;
		problem->place.column = source_column(source, found);
		return;
	}
}

/* words[i], or NULL, are what problem first + i points at. */
static void add_sources(struct check *check, const char *file, size_t first,
			const char *const *words)
{
	struct problem_list *problems = &check->gather.problems;
	struct problem_list unread = {.arena = &check->gather.arena};
	struct arena scratch = {0};
	size_t length;

	if (first == problems->count)
		return;
	const char *text = yaml_read(&scratch, file, &length, &unread);
	for (size_t i = first; text != NULL && i < problems->count; i++) {
		struct problem *problem = &problems->items[i];
		find_words(problem, &scratch, text, length,
			   words == NULL ? NULL : words[i - first]);
		problem->source =
			yaml_source_line(problems->arena, text, length, problem->place.line);
	}
	arena_free(&scratch);
}

/* Asked only where it matters: the time zone is a file to be read. */
static void set_today(struct check *check)
{
	time_t now = time(NULL);
	struct tm day;

	if (localtime_r(&now, &day) == NULL ||
	    strftime(check->today, sizeof check->today, "%Y-%m-%d", &day) == 0)
		check->today[0] = '\0';
}

static void tell_review(struct check *check, const struct playbook *playbook)
{
	if (playbook->review_by == NULL)
		return;
	if (check->today[0] == '\0')
		set_today(check);
	if (strcmp(playbook->review_by, check->today) >= 0)
		return;
	problem_add(&check->gather.problems, PROBLEM_WARNING, playbook->review_place,
		    _("it was to be read again by %s"), playbook->review_by)
		->mend = _("read it through, then write the next date");
}

/* In the bytes of the file: what the playbook has of them is clean. */
static void tell_placing(struct check *check, const struct playbook *playbook)
{
	struct problem_list unread = {.arena = &check->gather.arena};
	struct arena scratch = {0};
	size_t length;
	const char *text;

	if (playbook->is_ascii)
		return;
	text = yaml_read(&scratch, playbook->file, &length, &unread);
	if (text != NULL && text_valid(text, length, NULL))
		placing_read(playbook->file, text, length, &check->gather.problems);
	arena_free(&scratch);
}

static void tell_advice(struct check *check, const struct playbook *playbook)
{
	struct problem_list *problems = &check->gather.problems;
	struct arena scratch = {0};
	struct advice *found;
	size_t first = problems->count;
	size_t count = advice_find(&scratch, playbook, &found);
	const char **words = arena_alloc(&scratch, (count + 1) * sizeof *words);

	for (size_t i = 0; i < count; i++) {
		struct problem *problem = problem_add(problems, PROBLEM_ADVICE, found[i].place,
						      "%s", found[i].message);
		problem->mend = arena_string(problems->arena, found[i].mend);
		problem->rule = advice_rule_name(found[i].rule);
		words[i] = found[i].words;
	}
	add_sources(check, playbook->file, first, words);
	arena_free(&scratch);
}

static void visit(void *context, const struct playbook *playbook, bool asked)
{
	struct check *check = context;
	size_t first = check->gather.problems.count;

	(void)asked;
	tell_review(check, playbook);
	proof_read(&check->proof, playbook, &check->gather.problems);
	add_sources(check, playbook->file, first, NULL);
	tell_placing(check, playbook);
	if (check->advice)
		tell_advice(check, playbook);
}

/* --- Telling --- */

/* "3 files, 1 error, 2 warnings, 5 pieces of advice" */
static void say_counts(struct buffer *out, const struct check *check, size_t warnings,
		       size_t advice)
{
	size_t errors = check->gather.problems.errors;

	buffer_format(out, words_count("%zu file", "%zu files", check->gather.files),
		      check->gather.files);
	buffer_text(out, ", ");
	buffer_format(out, words_count("%zu error", "%zu errors", errors), errors);
	buffer_text(out, ", ");
	buffer_format(out, words_count("%zu warning", "%zu warnings", warnings), warnings);
	if (check->advice) {
		buffer_text(out, ", ");
		buffer_format(out,
			      words_count("%zu piece of advice", "%zu pieces of advice", advice),
			      advice);
	}
	buffer_text(out, "\n");
}

/* Returns whether the check has failed. */
static bool show(struct check *check)
{
	struct problem_list *problems = &check->gather.problems;
	struct buffer out = {0};
	size_t warnings = 0, advice = 0;

	problem_sort(problems);
	for (size_t i = 0; i < problems->count; i++) {
		problem_show(&problems->items[i], check->format, &out);
		warnings += problems->items[i].severity == PROBLEM_WARNING;
		advice += problems->items[i].severity == PROBLEM_ADVICE;
	}
	if (check->format == PROBLEM_HUMAN || check->format == PROBLEM_COLOUR)
		say_counts(&out, check, warnings, advice);
	if (out.length > 0)
		fwrite(out.text, 1, out.length, stdout);
	buffer_free(&out);
	return problems->errors > 0 || (check->strict && advice > 0);
}

static bool choose(struct check *check, int argc, char **argv, int *at)
{
	const char *option = argv[*at];

	if (strcmp(option, "--json") == 0)
		check->format = PROBLEM_JSON;
	else if (strcmp(option, "--format=gcc") == 0)
		check->format = PROBLEM_GCC;
	else if (strcmp(option, "--advice") == 0)
		check->advice = true;
	else if (strcmp(option, "--config") == 0)
		check->config = true;
	else if (strcmp(option, "--strict") == 0)
		check->advice = check->strict = true;
	else if (strcmp(option, "--format=human") != 0)
		return gather_option(&check->gather, argc, argv, at);
	return true;
}

/* The agent's configuration; with none there is nothing wrong. */
static void check_config(struct check *check)
{
	struct problem_list *problems = &check->gather.problems;
	struct config config;

	config_open(&config);
	for (size_t i = 0; i < config.problems.count; i++) {
		const struct problem *found = &config.problems.items[i];
		struct problem *problem =
			problem_add(problems, found->severity, found->place, "%s", found->message);

		problem->mend = arena_string(problems->arena, found->mend);
		problem->source = arena_string(problems->arena, found->source);
	}
	check->gather.files += config.is_there;
	if (!config.is_there && (check->format == PROBLEM_HUMAN || check->format == PROBLEM_COLOUR))
		printf(_("there is no configuration \"%s\": all is as usual\n"),
		       config.path != NULL ? config.path : "~/.config/talktrack/config.yaml");
	config_close(&config);
}

static int run(const struct command *command, int argc, char **argv)
{
	const char *no_colour = getenv("NO_COLOR");
	bool colour = isatty(STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0');
	struct check check = {.format = colour ? PROBLEM_COLOUR : PROBLEM_HUMAN};
	int first = 1;

	for (; first < argc && argv[first][0] == '-' && argv[first][1] != '\0'; first++) {
		if (strcmp(argv[first], "--") == 0) {
			first++;
			break;
		}
		if (!choose(&check, argc, argv, &first))
			return gather_option_name(argv[first])
				       ? command_no_value(command, argv[first])
				       : command_no_option(command, argv[first]);
	}
	place_locale();
	check.gather.visit = visit;
	check.gather.context = &check;
	check.gather.problems.arena = &check.gather.arena;
	if (check.config)
		check_config(&check);
	if (!check.config || first < argc)
		gather_read(&check.gather, argv + first, argc - first);
	int status = show(&check) ? EXIT_PROBLEMS : EXIT_FINE;
	proof_close(&check.proof);
	gather_close(&check.gather);
	return fflush(stdout) == 0 ? status : EXIT_PROBLEMS;
}

const struct command check_command = {
	.name = "check",
	.usage = "[-l LANGUAGE] [-p FILE|FOLDER] [--advice] [--strict]\n"
		 "       [--format=human|gcc] [--json] [--config] [FILE...]",
	.summary = N_("read playbooks, or the configuration, and tell what is wrong"),
	.run = run,
};
