#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/place.h"
#include "command/versions.h"
#include "playbook/diff.h"
#include "playbook/folder.h"
#include "playbook/playbook.h"

struct comparison {
	struct arena arena;
	struct versions before, after;
	struct problem_list problems;
	bool folders; /* what is shared is told once, where it stands */
	bool json, colour;
	struct buffer out;
	size_t counts[DIFFERENCE_REORDERED + 1];
	size_t changes;
};

/* --- Saying a change --- */

static void put(struct comparison *comparison, int indent, const char *sign, const char *text)
{
	const char *colour = "";
	struct arena arena = {0};

	if (comparison->colour && *sign == '+')
		colour = "\033[32m";
	else if (comparison->colour && *sign == '-')
		colour = "\033[31m";
	buffer_format(&comparison->out, "%*s%s%s%s%s\n", indent, "", colour, sign,
		      text_clean(&arena, text, strlen(text)), *colour == '\0' ? "" : "\033[m");
	arena_free(&arena);
}

static bool same(const char *left, const char *right)
{
	if (left == NULL || right == NULL)
		return left == right;
	return strcmp(left, right) == 0;
}

/* The headings above a change, those that did not stand there already. */
static void put_headings(struct comparison *comparison, const struct difference *last,
			 const struct difference *change)
{
	bool other = last == NULL || !same(last->situation, change->situation);
	const char *part = change->what;

	if (change->step_title != NULL && strcmp(part, "line") == 0)
		part = change->step_title;
	else if (change->step_title != NULL)
		part = arena_format(&comparison->arena, "%s: %s", change->step_title, part);

	if (other && change->situation != NULL)
		put(comparison, 2, "",
		    arena_format(&comparison->arena, "%s  (%s)", change->situation_title,
				 change->situation));
	if (strcmp(change->what, "situation") == 0)
		return;
	if (other || !same(last->step, change->step) || !same(last->what, change->what))
		put(comparison, change->situation == NULL ? 2 : 4, "", part);
}

static void put_change(struct comparison *comparison, const struct difference *change)
{
	bool whole = strcmp(change->what, "situation") == 0;
	int indent = change->situation == NULL ? 4 : whole ? 4 : 6;

	switch (change->kind) {
	case DIFFERENCE_ADDED:
		put(comparison, indent, "+ ", whole ? _("a new situation") : change->after);
		break;
	case DIFFERENCE_REMOVED:
		put(comparison, indent, "- ", whole ? _("this situation is gone") : change->before);
		break;
	case DIFFERENCE_REWORDED:
		put(comparison, indent, "~ ", change->before);
		put(comparison, indent, "→ ", change->after);
		break;
	case DIFFERENCE_RENAMED:
		put(comparison, indent, "",
		    arena_format(&comparison->arena, _("its id was %s and is %s now"),
				 change->before, change->after));
		break;
	case DIFFERENCE_REORDERED: put(comparison, indent, "", _("the order is another")); break;
	}
}

static void put_json(struct comparison *comparison, const char *name,
		     const struct difference *change)
{
	struct json_writer writer = {.out = &comparison->out};

	json_open(&writer, NULL, '{');
	json_put_text(&writer, "change", diff_kind_name(change->kind));
	json_put_text(&writer, "what", change->what);
	json_put_text(&writer, "playbook", name);
	if (change->situation != NULL)
		json_put_text(&writer, "situation", change->situation);
	if (change->step != NULL)
		json_put_text(&writer, "step", change->step);
	if (change->before != NULL)
		json_put_text(&writer, "before", change->before);
	if (change->after != NULL)
		json_put_text(&writer, "after", change->after);
	json_close(&writer, '}');
	buffer_text(&comparison->out, "\n");
}

static void say(struct comparison *comparison, const char *name, const char *title,
		const struct difference_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		comparison->counts[list->items[i].kind]++;
		comparison->changes++;
		if (comparison->json) {
			put_json(comparison, name, &list->items[i]);
			continue;
		}
		if (i == 0)
			put(comparison, 0, "",
			    arena_format(&comparison->arena, "%s: %s", name, title));
		put_headings(comparison, i == 0 ? NULL : &list->items[i - 1], &list->items[i]);
		put_change(comparison, &list->items[i]);
	}
}

/* --- Comparing --- */

/* What stands in another file that is compared as well is told there. */
static bool is_elsewhere(const struct versions *versions, const struct playbook *playbook,
			 const char *home)
{
	return home != NULL && strcmp(home, playbook->file) != 0 && versions_have(versions, home);
}

static void compare(struct comparison *comparison, const struct version *before,
		    const struct version *after)
{
	struct difference_list list = {.arena = &comparison->arena};
	size_t kept = 0;

	diff_playbooks(&list, before->playbook, after->playbook);
	for (size_t i = 0; i < list.count; i++) {
		const char *home = list.items[i].home;
		if (comparison->folders &&
		    (is_elsewhere(&comparison->after, after->playbook, home) ||
		     is_elsewhere(&comparison->before, before->playbook, home)))
			continue;
		list.items[kept++] = list.items[i];
	}
	list.count = kept;
	if (strcmp(before->name, after->name) != 0 && comparison->folders) {
		list.items =
			arena_more(&comparison->arena, list.items, list.count, sizeof *list.items);
		list.items[list.count++] = (struct difference){.kind = DIFFERENCE_RENAMED,
							       .what = "playbook",
							       .before = before->name,
							       .after = after->name};
	}
	say(comparison, after->name, after->playbook->title, &list);
}

static void say_whole(struct comparison *comparison, const struct version *version,
		      enum difference_kind kind)
{
	const char *title = version->playbook->title;
	struct difference change = {.kind = kind, .what = "playbook"};
	const struct difference_list list = {.items = &change, .count = 1};

	if (kind == DIFFERENCE_ADDED)
		change.after = title;
	else
		change.before = title;
	say(comparison, version->name, title, &list);
}

/* By name, else one that has no namesake and the same title. */
static const struct version *partner(const struct versions *side, const struct version *version,
				     const struct versions *own)
{
	for (size_t i = 0; i < side->count; i++) {
		if (strcmp(side->items[i].name, version->name) == 0)
			return &side->items[i];
	}
	for (size_t i = 0; i < side->count; i++) {
		const struct version *other = &side->items[i];
		bool taken = strcmp(other->playbook->title, version->playbook->title) != 0;
		for (size_t j = 0; j < own->count && !taken; j++)
			taken = strcmp(own->items[j].name, other->name) == 0;
		if (!taken)
			return other;
	}
	return NULL;
}

static void compare_sides(struct comparison *comparison)
{
	const struct versions *before = &comparison->before, *after = &comparison->after;

	if (!comparison->folders) {
		compare(comparison, &before->items[0], &after->items[0]);
		return;
	}
	for (size_t i = 0; i < before->count; i++) {
		if (partner(after, &before->items[i], before) == NULL)
			say_whole(comparison, &before->items[i], DIFFERENCE_REMOVED);
	}
	for (size_t i = 0; i < after->count; i++) {
		const struct version *old = partner(before, &after->items[i], after);
		if (old != NULL)
			compare(comparison, old, &after->items[i]);
		else
			say_whole(comparison, &after->items[i], DIFFERENCE_ADDED);
	}
}

static void put_count(struct buffer *out, enum difference_kind kind, size_t count)
{
	switch (kind) {
	case DIFFERENCE_ADDED:
		buffer_format(out, words_count("%zu added", "%zu added", count), count);
		break;
	case DIFFERENCE_REMOVED:
		buffer_format(out, words_count("%zu removed", "%zu removed", count), count);
		break;
	case DIFFERENCE_REWORDED:
		buffer_format(out, words_count("%zu reworded", "%zu reworded", count), count);
		break;
	case DIFFERENCE_RENAMED:
		buffer_format(out, words_count("%zu renamed", "%zu renamed", count), count);
		break;
	case DIFFERENCE_REORDERED:
		buffer_format(out, words_count("%zu reordered", "%zu reordered", count), count);
		break;
	}
}

static void put_counts(struct comparison *comparison)
{
	const char *comma = "";

	if (comparison->changes == 0)
		buffer_text(&comparison->out, _("nothing changed for an agent"));
	for (size_t i = 0; i <= DIFFERENCE_REORDERED; i++) {
		if (comparison->counts[i] == 0)
			continue;
		buffer_text(&comparison->out, comma);
		put_count(&comparison->out, (enum difference_kind)i, comparison->counts[i]);
		comma = ", ";
	}
	buffer_text(&comparison->out, "\n");
}

/* --- The command --- */

static int compare_paths(struct comparison *comparison, const char *before, const char *after)
{
	int status = EXIT_USAGE;

	comparison->problems.arena = &comparison->arena;
	comparison->folders = folder_is(before);
	if (comparison->folders != folder_is(after)) {
		fputs(_("talktrack: compare two files or two folders\n"), stderr);
		return status;
	}
	versions_read(&comparison->before, &comparison->arena, &comparison->problems, before);
	versions_read(&comparison->after, &comparison->arena, &comparison->problems, after);
	if (comparison->problems.errors > 0) {
		for (size_t i = 0; i < comparison->problems.count; i++)
			problem_show(&comparison->problems.items[i], PROBLEM_HUMAN,
				     &comparison->out);
		fputs(comparison->out.text, stderr);
		return status;
	}
	compare_sides(comparison);
	if (!comparison->json)
		put_counts(comparison);
	status = comparison->changes > 0 ? EXIT_PROBLEMS : EXIT_FINE;
	if (comparison->out.length > 0)
		fwrite(comparison->out.text, 1, comparison->out.length, stdout);
	return fflush(stdout) == 0 ? status : EXIT_USAGE;
}

static int run(const struct command *command, int argc, char **argv)
{
	const char *no_colour = getenv("NO_COLOR");
	struct comparison comparison = {.folders = false};
	int first = 1;

	place_locale();
	comparison.colour = isatty(STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0');
	for (; first < argc && argv[first][0] == '-'; first++) {
		if (strcmp(argv[first], "--json") != 0)
			return command_no_option(command, argv[first]);
		comparison.json = true;
	}
	if (argc - first != 2)
		return command_usage(command);
	int status = compare_paths(&comparison, argv[first], argv[first + 1]);
	versions_close(&comparison.before);
	versions_close(&comparison.after);
	buffer_free(&comparison.out);
	arena_free(&comparison.arena);
	return status;
}

const struct command diff_command = {
	.name = "diff",
	.usage = "[--json] BEFORE AFTER",
	.summary =
		N_("tell what changed for an agent between two playbooks, or two folders of them"),
	.run = run,
};
