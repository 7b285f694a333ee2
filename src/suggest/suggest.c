#include "suggest/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "playbook/library.h"
#include "playbook/names.h"
#include "playbook/playbook.h"
#include "suggest/feature.h"
#include "suggest/model.h"
#include "base/real.h"
#include "suggest/weigh.h"

/* Logistic regression of "the first match is right" upon its margin and that of what is ignored, by
 * cross-validation over the `heard` and `ignore` of three languages. Without `ignore` a margin
 * stands in that keeps it as quiet. At the threshold, one in twenty plain requests or fewer was
 * taken for a situation. */
static const double own_share = 1.2, ignored_share = -0.65, base_share = -0.45;
static const double ignored_else = -2.35, own_threshold = 0.55;

struct label {
	const struct playbook *playbook;
	const struct situation *situation; /* NULL: what is to be ignored; the last label */
};

struct suggest_model {
	struct arena arena;
	struct label *labels;
	size_t label_count;
	size_t situation_count; /* the labels without the ignored */
	struct weigher weigher;
	struct model_weights weights;
	bool x_notation;
};

/* What is needed while training. */
struct training {
	struct suggest_model *model;
	struct arena arena;
	struct feature_set *sets;
	struct model_example *examples; /* one a set */
	size_t count;
};

/* --- Training --- */

static void add_text(struct training *training, const char *text)
{
	struct suggest_model *model = training->model;
	struct feature_set set;

	if (!text)
		return;
	set = feature_read(&training->arena, text, strlen(text), model->x_notation);
	if (!set.count)
		return;
	training->sets = arena_more(&training->arena, training->sets, training->count, sizeof set);
	training->examples = arena_more(&training->arena, training->examples, training->count,
					sizeof *training->examples);
	training->sets[training->count] = set;
	training->examples[training->count++].label = model->label_count - 1;
	weigh_learn(&model->weigher, &model->arena, &set);
}

static void add_lines(struct training *training, const struct line_list *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		add_text(training, lines->items[i].text);
}

static void open_label(struct training *training, const struct playbook *playbook,
		       const struct situation *situation)
{
	struct suggest_model *model = training->model;

	model->labels =
		arena_more(&model->arena, model->labels, model->label_count, sizeof *model->labels);
	model->labels[model->label_count++] = (struct label){playbook, situation};
}

/* A label without an example is none. */
static void close_label(struct training *training)
{
	struct suggest_model *model = training->model;
	size_t last = model->label_count - 1;

	if (!training->count || training->examples[training->count - 1].label != last)
		model->label_count--;
}

static void add_playbook(struct training *training, const struct playbook *playbook)
{
	for (size_t i = 0; i < playbook->situation_count; i++) {
		const struct situation *situation = &playbook->situations[i];

		open_label(training, playbook, situation);
		add_text(training, situation->title);
		add_text(training, situation->goal);
		add_lines(training, &situation->heard);
		close_label(training);
	}
}

/* Playbooks that extend one have its list in common: each of its lines is taken once. */
static void add_ignored(struct training *training, const struct playbook *const *playbooks,
			size_t count)
{
	struct names taken = {0};

	open_label(training, NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		const struct line_list *lines = &playbooks[i]->suggest.ignore;

		for (size_t k = 0; k < lines->count; k++) {
			const char *text = lines->items[k].text;

			if (!names_put(&taken, &training->arena, text, &taken))
				add_text(training, text);
		}
	}
	close_label(training);
}

static void learn(struct training *training)
{
	struct suggest_model *model = training->model;
	struct weigh_vector *vectors =
		arena_alloc(&training->arena, (training->count + 1) * sizeof *vectors);

	weigh_settle(&model->weigher);
	for (size_t i = 0; i < training->count; i++) {
		vectors[i] = weigh_set(&model->weigher, &training->arena, &training->sets[i]);
		training->examples[i].vector = &vectors[i];
	}
	if (model->label_count > 0)
		model_train(&model->weights, &model->arena, training->examples, training->count,
			    model->label_count, model->weigher.feature_count);
}

struct suggest_model *suggest_train_on(const struct playbook *const *playbooks, size_t count)
{
	struct suggest_model *model;
	struct training training = {0};

	model = training.model = calloc(1, sizeof *model);
	if (!model)
		abort();
	model->x_notation = count && strncmp(playbooks[0]->language, "eo", 2) == 0;
	for (size_t i = 0; i < count; i++)
		add_playbook(&training, playbooks[i]);
	model->situation_count = model->label_count;
	add_ignored(&training, playbooks, count);
	learn(&training);
	arena_free(&training.arena);
	return model;
}

struct suggest_model *suggest_train(const struct library *library)
{
	struct arena arena = {0};
	const struct playbook **playbooks = NULL, *playbook;
	struct suggest_model *model;
	size_t count = 0;

	while ((playbook = library_playbook(library, count))) {
		playbooks = arena_more(&arena, playbooks, count, sizeof(struct playbook *));
		playbooks[count++] = playbook;
	}
	model = suggest_train_on(playbooks, count);
	arena_free(&arena);
	return model;
}

/* --- Asking --- */

/* The labels of the best margins, best first; equal ones in the library's order. Returns how many.
 */
static size_t find_best(const double *margins, size_t count, size_t best[SUGGEST_MATCHES])
{
	size_t found = 0;

	for (size_t label = 0; label < count; label++) {
		size_t at = found < SUGGEST_MATCHES ? found++ : SUGGEST_MATCHES;

		for (; at > 0 && margins[best[at - 1]] < margins[label]; at--)
			if (at < SUGGEST_MATCHES)
				best[at] = best[at - 1];
		if (at < SUGGEST_MATCHES)
			best[at] = label;
	}
	return found;
}

static double confidence(double own, double ignored)
{
	return 1 / (1 + real_exp(-(own_share * own + ignored_share * ignored + base_share)));
}

static bool is_sure(const struct suggest_match *match)
{
	double asked = match->playbook->suggest.threshold;

	return match->confidence >= (asked > 0 ? asked : own_threshold);
}

size_t suggest_find(const struct suggest_model *model, const char *text, size_t length,
		    struct suggest_match matches[SUGGEST_MATCHES])
{
	struct arena arena = {0};
	struct feature_set set;
	struct weigh_vector vector;
	double *margins, ignored = ignored_else;
	size_t best[SUGGEST_MATCHES], count;

	if (!model)
		return 0;
	set = feature_read(&arena, text, length, model->x_notation);
	vector = weigh_set(&model->weigher, &arena, &set);
	margins = arena_alloc(&arena, (model->label_count + 1) * sizeof *margins);
	model_margins(&model->weights, &vector, margins);
	if (model->label_count > model->situation_count)
		ignored = margins[model->situation_count];
	count = find_best(margins, model->situation_count, best);
	for (size_t i = 0; i < count; i++) {
		matches[i].playbook = model->labels[best[i]].playbook;
		matches[i].situation = model->labels[best[i]].situation;
		/* nothing that was ever heard before: nothing is known */
		matches[i].confidence = vector.count ? confidence(margins[best[i]], ignored) : 0;
		matches[i].suggested = i == 0 && vector.count && is_sure(&matches[i]);
	}
	arena_free(&arena);
	return count;
}

size_t suggest_size(const struct suggest_model *model)
{
	return model ? sizeof *model + model->arena.total : 0;
}

void suggest_free(struct suggest_model *model)
{
	if (!model)
		return;
	arena_free(&model->arena);
	free(model);
}
