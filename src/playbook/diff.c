#include "playbook/diff.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "playbook/diff_match.h"
#include "playbook/diff_parts.h"
#include "playbook/playbook.h"

enum { WORDS_MOST = 256 }; /* of one text that are compared */

const char *diff_kind_name(enum difference_kind kind)
{
	static const char *const names[] = {"added", "removed", "reworded", "renamed", "reordered"};

	return names[kind];
}

/* --- Likeness --- */

/* The folded words of a text, each with a NUL behind it. */
static size_t split(struct arena *arena, const char *text, const char **words)
{
	char *folded = text_fold(arena, text, strlen(text));
	size_t count = 0;

	for (char *next = folded; *folded != '\0' && next != NULL && count < WORDS_MOST;
	     folded = next) {
		words[count++] = folded;
		next = strchr(folded, ' ');
		if (next == NULL)
			break;
		*next++ = '\0';
	}
	return count;
}

double diff_similarity(const char *left, const char *right)
{
	struct arena arena = {0};
	const char *a[WORDS_MOST], *b[WORDS_MOST];
	size_t rows[2][WORDS_MOST + 1] = {{0}};
	size_t a_count = split(&arena, left, a);
	size_t b_count = split(&arena, right, b);

	for (size_t i = 0; i < a_count; i++) {
		size_t *above = rows[i % 2];
		size_t *row = rows[1 - i % 2];
		for (size_t j = 0; j < b_count; j++) {
			if (strcmp(a[i], b[j]) == 0)
				row[j + 1] = above[j] + 1;
			else
				row[j + 1] = above[j + 1] > row[j] ? above[j + 1] : row[j];
		}
	}
	double common = (double)rows[a_count % 2][b_count];
	arena_free(&arena);
	return a_count + b_count == 0 ? 1 : 2 * common / (double)(a_count + b_count);
}

static void count_lines(const struct line_list *before, const struct line_list *after,
			size_t *common, size_t *all)
{
	for (size_t i = 0; i < before->count; i++) {
		for (size_t j = 0; j < after->count; j++)
			*common += strcmp(before->items[i].text, after->items[j].text) == 0;
	}
	*all += before->count + after->count;
}

/* By the title, else by the lines that both have, whatever the steps are called. */
static double like_situations(const void *context, size_t before, size_t after)
{
	const struct diff *diff = context;
	const struct situation *a = &diff->before->situations[before];
	const struct situation *b = &diff->after->situations[after];
	size_t common = 0, all = 0;

	if (strcmp(a->title, b->title) == 0)
		return 1;
	for (size_t i = 0; i < PLAYBOOK_STEPS_MOST; i++) {
		size_t j = i < diff->before->step_count ? diff->steps.to[i] : DIFF_NONE;
		if (j != DIFF_NONE)
			count_lines(&a->say[i], &b->say[j], &common, &all);
	}
	count_lines(&a->heard, &b->heard, &common, &all);
	return all == 0 ? 0 : 2 * (double)common / (double)all;
}

/* --- Situations --- */

/* Lines of steps that were in one version only are added, or removed, with their step. */
static void compare_say(struct diff *diff, const struct line_list *before,
			const struct line_list *after)
{
	const struct line_list none = {0};

	for (size_t i = 0; i < diff->before->step_count; i++) {
		diff->step = &diff->before->steps[i];
		if (diff->steps.to[i] == DIFF_NONE)
			diff_lines(diff, "line", &before[i], &none);
	}
	for (size_t i = 0; i < diff->after->step_count; i++) {
		size_t from = diff->steps.from[i];
		diff->step = &diff->after->steps[i];
		diff_lines(diff, "line", from == DIFF_NONE ? &none : &before[from], &after[i]);
	}
	diff->step = NULL;
}

static void compare_parts(struct diff *diff, const struct situation *before,
			  const struct situation *after, const char *home)
{
	diff_text(diff, "goal", before->goal, after->goal, home);
	diff_text(diff, "not-when", before->not_when, after->not_when, home);
	diff_lines(diff, "heard", &before->heard, &after->heard);
	compare_say(diff, before->say, after->say);
	diff_lines(diff, "do", &before->todo, &after->todo);
	diff_follow_up(diff, &before->follow_up, &after->follow_up);
	diff_avoid(diff, before->avoid, before->avoid_count, after->avoid, after->avoid_count);
	diff->situation = NULL;
}

static void compare_situation(struct diff *diff, const struct situation *before,
			      const struct situation *after)
{
	const char *home = after->place.file;

	diff->situation = after;
	if (strcmp(before->id, after->id) != 0)
		diff_add(diff, "situation", DIFFERENCE_RENAMED, before->id, after->id, home);
	diff_text(diff, "title", before->title, after->title, home);
	compare_parts(diff, before, after, home);
}

/* A new one, or one that is gone, with all that is in it. */
static void tell_situation(struct diff *diff, const struct situation *situation, bool added)
{
	const struct situation nothing = {.id = ""};
	const char *home = situation->place.file;

	diff->situation = situation;
	if (added) {
		diff_add(diff, "situation", DIFFERENCE_ADDED, NULL, situation->title, home);
		compare_parts(diff, &nothing, situation, home);
	} else {
		diff_add(diff, "situation", DIFFERENCE_REMOVED, situation->title, NULL, home);
		compare_parts(diff, situation, &nothing, home);
	}
}

static void compare_situations(struct diff *diff)
{
	const struct playbook *before = diff->before, *after = diff->after;
	struct arena *arena = &diff->scratch;
	const char **old = arena_alloc(arena, (before->situation_count + 1) * sizeof *old);
	const char **new = arena_alloc(arena, (after->situation_count + 1) * sizeof *new);

	for (size_t i = 0; i < before->situation_count; i++)
		old[i] = before->situations[i].id;
	for (size_t i = 0; i < after->situation_count; i++)
		new[i] = after->situations[i].id;
	struct diff_match match = diff_match(arena, old, before->situation_count, new,
					     after->situation_count, like_situations, diff);
	for (size_t i = 0; i < before->situation_count; i++) {
		if (match.to[i] == DIFF_NONE)
			tell_situation(diff, &before->situations[i], false);
	}
	for (size_t i = 0; i < after->situation_count; i++) {
		if (match.from[i] == DIFF_NONE)
			tell_situation(diff, &after->situations[i], true);
		else
			compare_situation(diff, &before->situations[match.from[i]],
					  &after->situations[i]);
	}
	if (diff_is_reordered(&match, before->situation_count))
		diff_add(diff, "situation", DIFFERENCE_REORDERED, NULL, NULL, after->file);
}

void diff_playbooks(struct difference_list *list, const struct playbook *before,
		    const struct playbook *after)
{
	static const char *const status[] = {"active", "draft", "retired"};
	struct diff diff = {.list = list, .before = before, .after = after};

	diff_text(&diff, "title", before->title, after->title, after->file);
	diff_text(&diff, "language", before->language, after->language, after->file);
	diff_text(&diff, "summary", before->summary, after->summary, after->file);
	diff_text(&diff, "status", status[before->status], status[after->status], after->file);
	diff_slots(&diff);
	diff_steps(&diff);
	diff_reflection(&diff);
	diff_suggesting(&diff);
	compare_say(&diff, before->say, after->say);
	diff_lines(&diff, "do", &before->todo, &after->todo);
	diff_follow_up(&diff, &before->follow_up, &after->follow_up);
	diff_avoid(&diff, before->avoid, before->avoid_count, after->avoid, after->avoid_count);
	compare_situations(&diff);
	diff_channels(&diff);
	arena_free(&diff.scratch);
}
