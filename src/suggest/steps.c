#include "suggest/steps.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "playbook/playbook.h"
#include "suggest/feature.h"
#include "suggest/weigh.h"

/* With a third of a line's words lost or misheard it is still this like, and no other line is. */
static const double like_enough = 0.5;

/* A third of the customer's words, or so; talk about something else has next to none. */
static const double echo_enough = 0.3;

struct cue {
	size_t step;
	const char *text;   /* as written */
	const char *folded; /* with a blank at each end */
	size_t length;	    /* of folded */
};

struct cue_list {
	struct cue *items;
	size_t count;
};

struct steps {
	struct weigher weigher;
	struct cue_list cues, echoes;
	bool x_notation;
};

/* Folded, with a blank at each end, so that a phrase is found as whole words only. In Esperanto
 * "bedauxras" is "bedaŭras". */
static const char *fold(struct arena *arena, const char *text, size_t length, bool x_notation)
{
	char *folded = arena_format(arena, " %s ", text_fold(arena, text, length)), *end = folded;

	for (const char *c = folded; x_notation && *c; c++)
		if (*c != 'x' || !strchr("cghjsu", end[-1]))
			*end++ = *c;
	if (x_notation)
		*end = '\0';
	return folded;
}

static void learn_lines(struct steps *steps, struct arena *arena, const struct line_list *lines)
{
	struct arena scratch = {0};

	for (size_t i = 0; i < lines->count; i++) {
		const char *text = lines->items[i].text;
		struct feature_set set =
			feature_read(&scratch, text, strlen(text), steps->x_notation);

		weigh_learn(&steps->weigher, arena, &set);
	}
	arena_free(&scratch);
}

static void add_cues(struct cue_list *list, struct arena *arena, const struct line_list *cues,
		     size_t step, bool x_notation)
{
	for (size_t i = 0; i < cues->count; i++) {
		const char *text = cues->items[i].text,
			   *folded = fold(arena, text, strlen(text), x_notation);

		/* nothing but punctuation: it would be in everything */
		if (strlen(folded) < 3)
			continue;
		list->items = arena_more(arena, list->items, list->count, sizeof *list->items);
		list->items[list->count++] = (struct cue){step, text, folded, strlen(folded)};
	}
}

struct steps *steps_make(struct arena *arena, const struct playbook *playbook)
{
	struct steps *steps = arena_alloc(arena, sizeof *steps);

	steps->x_notation = strncmp(playbook->language, "eo", 2) == 0;
	for (size_t step = 0; step < playbook->step_count; step++) {
		learn_lines(steps, arena, &playbook->say[step]);
		for (size_t i = 0; i < playbook->situation_count; i++)
			learn_lines(steps, arena, &playbook->situations[i].say[step]);
		add_cues(&steps->cues, arena, &playbook->steps[step].cues, step, steps->x_notation);
		add_cues(&steps->echoes, arena, &playbook->steps[step].echoes, step,
			 steps->x_notation);
	}
	weigh_settle(&steps->weigher);
	return steps;
}

/* The line most like the words, when it is like enough. */
static bool find_line(const struct steps *steps, struct arena *arena,
		      const struct steps_line *lines, size_t count, const char *text, size_t length,
		      struct steps_match *match)
{
	struct feature_set said = feature_read(arena, text, length, steps->x_notation);
	double best = 0;

	for (size_t i = 0; i < count; i++) {
		struct feature_set line = feature_read(arena, lines[i].text, strlen(lines[i].text),
						       steps->x_notation);
		double likeness = weigh_likeness(&steps->weigher, &said, &line);

		if (likeness < like_enough || likeness <= best)
			continue;
		best = likeness;
		*match = (struct steps_match){
			.step = lines[i].step, .line = &lines[i], .likeness = likeness};
	}
	return best > 0;
}

static bool find_cue(const struct cue_list *cues, bool x_notation, struct arena *arena,
		     const char *text, size_t length, struct steps_match *match)
{
	const char *folded = fold(
		arena, text, length < FEATURE_BYTES_MOST ? length : FEATURE_BYTES_MOST, x_notation);
	const struct cue *best = NULL;
	bool doubt = false;

	for (size_t i = 0; i < cues->count; i++) {
		const struct cue *cue = &cues->items[i];

		if ((best && cue->length < best->length) || !strstr(folded, cue->folded))
			continue;
		doubt = best && cue->length == best->length && (doubt || cue->step != best->step);
		best = cue;
	}
	if (!best || doubt)
		return false;
	*match = (struct steps_match){.step = best->step, .cue = best->text};
	return true;
}

bool steps_find(const struct steps *steps, const struct steps_line *lines, size_t count,
		const char *text, size_t length, struct steps_match *match)
{
	struct arena arena = {0};
	bool found = find_line(steps, &arena, lines, count, text, length, match) ||
		     find_cue(&steps->cues, steps->x_notation, &arena, text, length, match);

	arena_free(&arena);
	return found;
}

bool steps_echo(const struct steps *steps, const char *heard, const char *text, size_t length,
		struct steps_match *match)
{
	struct arena arena = {0};
	struct steps_match echo;
	bool found = find_cue(&steps->echoes, steps->x_notation, &arena, text, length, &echo);

	if (found) {
		struct feature_set said = feature_read(&arena, text, length, steps->x_notation);
		struct feature_set theirs =
			feature_read(&arena, heard, strlen(heard), steps->x_notation);

		echo.likeness = weigh_likeness(&steps->weigher, &said, &theirs);
		found = echo.likeness >= echo_enough;
	}
	if (found)
		*match = echo;
	arena_free(&arena);
	return found;
}
