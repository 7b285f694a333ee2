#include "playbook/diff_match.h"

#include <stdlib.h>

#include "base/arena.h"
#include "playbook/names.h"

struct pair {
	double likeness;
	size_t before, after;
};

static int compare(const void *left, const void *right)
{
	const struct pair *a = left;
	const struct pair *b = right;

	if (a->likeness != b->likeness)
		return a->likeness > b->likeness ? -1 : 1;
	if (a->before != b->before)
		return a->before < b->before ? -1 : 1;
	return a->after < b->after ? -1 : a->after > b->after;
}

static size_t count_free(const size_t *places, size_t count)
{
	size_t free = 0;

	for (size_t i = 0; i < count; i++)
		free += places[i] == DIFF_NONE;
	return free;
}

static void join(struct diff_match *match, size_t before, size_t after)
{
	match->to[before] = after;
	match->from[after] = before;
}

static size_t *places(struct arena *arena, size_t count)
{
	size_t *list = arena_alloc(arena, (count + 1) * sizeof *list);

	for (size_t i = 0; i < count; i++)
		list[i] = DIFF_NONE;
	return list;
}

static void match_keys(struct diff_match *match, const char *const *before, size_t before_count,
		       const char *const *after, size_t after_count)
{
	struct arena arena = {0};
	struct names names = {0};
	size_t *numbers = arena_alloc(&arena, (after_count + 1) * sizeof *numbers);

	for (size_t i = 0; i < after_count; i++) {
		numbers[i] = i;
		names_put(&names, &arena, after[i], &numbers[i]);
	}
	for (size_t i = 0; i < before_count; i++) {
		const size_t *found = names_get(&names, before[i]);
		if (found != NULL && match->from[*found] == DIFF_NONE)
			join(match, i, *found);
	}
	arena_free(&arena);
}

struct diff_match diff_match(struct arena *arena, const char *const *before, size_t before_count,
			     const char *const *after, size_t after_count,
			     double (*like)(const void *context, size_t before, size_t after),
			     const void *context)
{
	struct diff_match match = {places(arena, before_count), places(arena, after_count)};
	struct arena scratch = {0};
	size_t count = 0;

	match_keys(&match, before, before_count, after, after_count);
	size_t most = count_free(match.to, before_count) * count_free(match.from, after_count);
	if (like == NULL || most == 0 || most > DIFF_PAIRS_MOST)
		return match;
	struct pair *pairs = arena_alloc(&scratch, most * sizeof *pairs);
	for (size_t i = 0; i < before_count; i++) {
		for (size_t j = 0; match.to[i] == DIFF_NONE && j < after_count; j++) {
			if (match.from[j] != DIFF_NONE)
				continue;
			pairs[count] = (struct pair){like(context, i, j), i, j};
			count += pairs[count].likeness >= 0.5;
		}
	}
	if (count > 0)
		qsort(pairs, count, sizeof *pairs, compare);
	for (size_t i = 0; i < count; i++) {
		if (match.to[pairs[i].before] == DIFF_NONE &&
		    match.from[pairs[i].after] == DIFF_NONE)
			join(&match, pairs[i].before, pairs[i].after);
	}
	arena_free(&scratch);
	return match;
}
