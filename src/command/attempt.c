#include "command/attempt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/problem.h"
#include "playbook/library.h"
#include "playbook/load.h"
#include "playbook/placing.h"
#include "playbook/playbook.h"
#include "playbook/proof.h"
#include "playbook/yaml.h"

static const char *find(void *context, struct arena *arena, const char *name)
{
	const struct attempt *attempt = context;

	(void)arena;
	return strcmp(name, attempt->name) == 0 ? attempt->target
						: library_path(attempt->library, name);
}

static const char *name(void *context, size_t n)
{
	const struct attempt *attempt = context;

	return library_name(attempt->library, n);
}

static const char *find_old(void *context, struct arena *arena, const char *name)
{
	const struct attempt *attempt = context;

	return strcmp(name, attempt->name) == 0 ? attempt->found : find(context, arena, name);
}

static bool recall(void *context, const char *path, const struct playbook **playbook)
{
	const struct attempt *attempt = context;

	*playbook = attempt->playbook;
	return attempt->playbook != NULL && strcmp(path, attempt->target) == 0;
}

static void keep_nothing(void *context, const char *path, struct playbook *playbook)
{
	(void)context;
	(void)path;
	(void)playbook;
}

static void show_problems(struct problem_list *problems)
{
	const char *no_colour = getenv("NO_COLOR");
	bool colour = isatty(STDERR_FILENO) && (no_colour == NULL || *no_colour == '\0');
	struct buffer out = {0};

	problem_sort(problems);
	for (size_t i = 0; i < problems->count; i++)
		problem_show(&problems->items[i], colour ? PROBLEM_COLOUR : PROBLEM_HUMAN, &out);
	if (out.length > 0)
		fputs(out.text, stderr);
	buffer_free(&out);
}

/* Proofs are told without the line that they are about: the file may not be there yet. */
static void add_sources(struct problem_list *problems, const char *file, const char *text,
			size_t length)
{
	for (size_t i = 0; i < problems->count; i++) {
		struct problem *problem = &problems->items[i];
		if (problem->source == NULL && problem->place.file != NULL &&
		    strcmp(problem->place.file, file) == 0)
			problem->source = yaml_source_line(problems->arena, text, length,
							   problem->place.line);
	}
}

bool attempt_read(struct attempt *attempt, const char *text, size_t length, int *line)
{
	struct arena arena = {0};
	struct problem_list problems = {.arena = &arena};
	struct proof proof = {0};
	const struct load_finder finder = {find, attempt, NULL, NULL, .first = true, name};

	attempt->playbook =
		load_text(&attempt->arena, attempt->target, text, length, &finder, &problems);
	if (attempt->playbook != NULL) {
		proof_read(&proof, attempt->playbook, &problems);
		placing_read(attempt->target, text, length, &problems);
	}
	add_sources(&problems, attempt->target, text, length);
	show_problems(&problems);
	for (size_t i = problems.count; i-- > 0;) {
		const struct place *place = &problems.items[i].place;
		if (problems.items[i].severity == PROBLEM_ERROR && place->line > 0 &&
		    strcmp(place->file, attempt->target) == 0)
			*line = place->line;
	}
	proof_close(&proof);
	arena_free(&arena);
	return attempt->playbook != NULL;
}

/* Whether a playbook that was good would be so no more with the text in place; then its problems
 * are told. */
static bool breaks(struct attempt *attempt, const struct library_file *file)
{
	struct arena arena = {0};
	struct problem_list before = {.arena = &arena};
	struct problem_list after = {.arena = &arena};
	const struct load_finder old = {find_old, attempt, NULL, NULL, .first = true, name};
	const struct load_finder new = {find, attempt, recall, keep_nothing, .first = true, name};
	const struct playbook *playbook = load_playbook(&arena, file->path, &old, &before);
	bool broken = false;

	if (playbook != NULL && playbook->extends != NULL)
		broken = load_playbook(&arena, file->path, &new, &after) == NULL;
	if (broken)
		show_problems(&after);
	arena_free(&arena);
	return broken;
}

size_t attempt_broken(struct attempt *attempt)
{
	size_t broken = 0;

	for (size_t i = 0; i < attempt->library->file_count; i++) {
		const struct library_file *file = &attempt->library->files[i];
		if (strcmp(file->name, attempt->name) != 0)
			broken += breaks(attempt, file);
	}
	return broken;
}
