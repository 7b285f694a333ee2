#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/place.h"
#include "playbook/advice.h"

enum { COLUMNS = 72, INDENT = 4 };

/* A heading and a wrapped text below it. */
static void add(struct buffer *out, const char *heading, const char *text)
{
	struct arena arena = {0};
	struct text_row *rows;
	size_t count = text_wrap(&arena, text, strlen(text), COLUMNS - INDENT, &rows);

	buffer_format(out, "\n%s\n", heading);
	for (size_t i = 0; i < count; i++)
		buffer_format(out, "%*s%.*s\n", INDENT, "", (int)rows[i].length,
			      text + rows[i].start);
	arena_free(&arena);
}

static void explain(struct buffer *out, size_t number)
{
	static const char *const steps[] = {
		[ADVICE_ALL_STEPS] = N_("any line"),
		[ADVICE_FEELINGS] =
			N_("lines of the steps for feelings, those that another is `after`"),
		[ADVICE_FIX] = N_("lines of the steps that come `after` others"),
	};
	const struct advice_rule *rule = advice_rule(number);
	const char *name = advice_rule_name(number);
	struct arena arena = {0};

	buffer_format(out, "%s\n", name);
	add(out, _("told when"),
	    arena_format(&arena,
			 rule->how == ADVICE_OTHERWISE ? _("a line or situation %s")
						       : _("a phrase %s"),
			 _(rule->told)));
	if (rule->how != ADVICE_OTHERWISE)
		add(out, C_("explain", "in"), _(steps[rule->steps]));
	add(out, C_("explain", "why"), _(rule->why));
	add(out, C_("explain", "source"), rule->source);
	add(out, _("instead of"), rule->before);
	add(out, C_("explain", "better"), rule->after);
	add(out, _("to switch it off"),
	    arena_format(&arena, _("for a playbook: advice: {off: [%s]}"), name));
	buffer_format(out, "%*s", INDENT, "");
	buffer_format(out, _("for a line:     - {say: \"...\", advice-off: [%s]}\n"), name);
	arena_free(&arena);
}

static void list(struct buffer *out)
{
	for (size_t i = 0; i < ADVICE_RULE_COUNT; i++)
		buffer_format(out, "%-21s %s\n", advice_rule_name(i), _(advice_rule(i)->mend));
}

/* The rule that was perhaps meant; ADVICE_RULE_COUNT: none is near. */
static size_t nearest(const char *name)
{
	size_t best = ADVICE_RULE_COUNT;
	int least = 4;

	for (size_t i = 0; i < ADVICE_RULE_COUNT; i++) {
		const char *other = advice_rule_name(i);
		int distance = text_distance(name, strlen(name), other, strlen(other), least);
		if (distance < least) {
			least = distance;
			best = i;
		}
	}
	return best;
}

static int refuse(const char *name)
{
	struct arena arena = {0};
	size_t near = nearest(name);

	name = text_clean(&arena, name, strlen(name));
	if (near < ADVICE_RULE_COUNT)
		fprintf(stderr, _("talktrack: no rule \"%s\"; did you mean \"%s\"?\n"), name,
			advice_rule_name(near));
	else
		fprintf(stderr, _("talktrack: no rule \"%s\"; talktrack explain lists them\n"),
			name);
	arena_free(&arena);
	return EXIT_PROBLEMS;
}

static int run(const struct command *command, int argc, char **argv)
{
	struct buffer out = {0};

	if (argc == 2 && argv[1][0] == '-')
		return command_no_option(command, argv[1]);
	if (argc > 2)
		return command_usage(command);
	place_locale();
	size_t rule = argc == 2 ? advice_rule_named(argv[1]) : 0;
	if (rule == ADVICE_RULE_COUNT)
		return refuse(argv[1]);
	if (argc == 2)
		explain(&out, rule);
	else
		list(&out);
	fwrite(out.text, 1, out.length, stdout);
	buffer_free(&out);
	return fflush(stdout) == 0 ? EXIT_FINE : EXIT_PROBLEMS;
}

const struct command explain_command = {
	.name = "explain",
	.usage = "[RULE]",
	.summary = N_("say why a rule of wording advice is one, and where it comes from"),
	.run = run,
};
