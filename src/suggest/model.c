#include "suggest/model.h"

#include <dlfcn.h>
#include <linear.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "suggest/real.h"
#include "suggest/weigh.h"

static const double cost = 10, tolerance = 0.1;
static const double alone_slope = 12, alone_base = -3.25;

/* What is used of the library. */
struct liblinear {
	struct model *(*train)(const struct problem *, const struct parameter *);
	void (*free)(struct model **);
	void (*silence)(void (*)(const char *));
};

static void say_nothing(const char *text)
{
	(void)text;
}

/* POSIX has dlsym return functions as data pointers; C knows no such cast. */
static bool find(void *library, const char *name, void *function)
{
	*(void **)function = dlsym(library, name);
	return *(void **)function != NULL;
}

static const struct liblinear *load(void)
{
	static struct liblinear liblinear;
	static bool tried, found;
	void *library;

	if (tried)
		return found ? &liblinear : NULL;
	tried = true;
	library = dlopen("liblinear.so.4", RTLD_NOW | RTLD_LOCAL);
	found = library && find(library, "train", &liblinear.train) &&
		find(library, "free_and_destroy_model", &liblinear.free) &&
		find(library, "set_print_string_function", &liblinear.silence);
	if (!found)
		return NULL;
	liblinear.silence(say_nothing);
	return &liblinear;
}

bool model_ready(const char **why)
{
	if (load())
		return true;
	if (why)
		*why = _("no suggestions: liblinear.so.4 cannot be loaded; install the package "
			 "liblinear4");
	return false;
}

/* An example as liblinear takes it: features from 1, the bias behind them, then an end. */
static struct feature_node *nodes_of(struct arena *arena, const struct weigh_vector *vector,
				     int bias)
{
	struct feature_node *nodes = arena_alloc(arena, (vector->count + 2) * sizeof *nodes);
	size_t i;

	for (i = 0; i < vector->count; i++) {
		nodes[i].index = (int)vector->terms[i].feature + 1;
		nodes[i].value = vector->terms[i].value;
	}
	nodes[i] = (struct feature_node){bias, 1};
	nodes[i + 1] = (struct feature_node){-1, 0};
	return nodes;
}

/* Into the column of a label. A 127th of the greatest is as exact as the examples are. */
static void keep(struct model_weights *weights, size_t label, const double *column, size_t count,
		 double bias)
{
	double most = 0;

	for (size_t i = 0; i < count; i++)
		if (column[i] > most || -column[i] > most)
			most = column[i] > 0 ? column[i] : -column[i];
	weights->scales[label] = (float)(most / INT8_MAX);
	weights->biases[label] = (float)bias;
	for (size_t i = 0; i < count && most > 0; i++)
		weights->weights[i * weights->label_count + label] =
			(int8_t)((int)(column[i] / most * INT8_MAX + INT8_MAX + 0.5) - INT8_MAX);
}

/* One label against the rest. */
static void train_label(struct model_weights *weights, const struct liblinear *liblinear,
			struct problem *problem, const struct model_example *examples, size_t label)
{
	int signs[] = {1, -1};
	double weight[] = {1, 1}, own = 0;
	struct parameter parameter = {.solver_type = L2R_LR_DUAL,
				      .eps = tolerance,
				      .C = cost,
				      .nr_weight = 2,
				      .weight_label = signs,
				      .weight = weight};
	size_t features = (size_t)problem->n - 1;
	struct model *model;

	for (int i = 0; i < problem->l; i++) {
		problem->y[i] = examples[i].label == label ? 1 : -1;
		own += examples[i].label == label;
	}
	/* as much as in a set in which all labels have as many examples */
	weight[0] = problem->l / ((double)weights->label_count * own);
	srand(1);
	model = liblinear->train(problem, &parameter);
	keep(weights, label, model->w, features, model->w[features]);
	liblinear->free(&model);
}

/* The only label there is. The numbers give it margins like those of one among many. */
static void train_alone(struct model_weights *weights, struct arena *scratch,
			const struct model_example *examples, size_t example_count,
			size_t feature_count)
{
	double *centroid = arena_alloc(scratch, feature_count * sizeof *centroid), squares = 0;

	for (size_t i = 0; i < example_count; i++)
		for (size_t k = 0; k < examples[i].vector->count; k++)
			centroid[examples[i].vector->terms[k].feature] +=
				examples[i].vector->terms[k].value;
	for (size_t i = 0; i < feature_count; i++)
		squares += centroid[i] * centroid[i];
	for (size_t i = 0; i < feature_count && squares > 0; i++)
		centroid[i] *= alone_slope / real_root(squares);
	keep(weights, 0, centroid, feature_count, alone_base);
}

void model_train(struct model_weights *weights, struct arena *arena,
		 const struct model_example *examples, size_t example_count, size_t label_count,
		 size_t feature_count)
{
	struct arena scratch = {0};
	struct problem problem = {.l = (int)example_count, .n = (int)feature_count + 1, .bias = 1};

	problem.y = arena_alloc(&scratch, example_count * sizeof *problem.y);
	problem.x = arena_alloc(&scratch, example_count * sizeof(struct feature_node *));
	for (size_t i = 0; i < example_count; i++)
		problem.x[i] = nodes_of(&scratch, examples[i].vector, problem.n);
	weights->label_count = label_count;
	weights->weights =
		arena_alloc(arena, feature_count * label_count * sizeof *weights->weights);
	weights->scales = arena_alloc(arena, label_count * sizeof *weights->scales);
	weights->biases = arena_alloc(arena, label_count * sizeof *weights->biases);
	if (label_count == 1)
		train_alone(weights, &scratch, examples, example_count, feature_count);
	for (size_t label = 0; label_count > 1 && label < label_count; label++)
		train_label(weights, load(), &problem, examples, label);
	arena_free(&scratch);
}

void model_margins(const struct model_weights *weights, const struct weigh_vector *vector,
		   double *margins)
{
	size_t labels = weights->label_count;

	memset(margins, 0, labels * sizeof *margins);
	for (size_t i = 0; i < vector->count; i++) {
		const int8_t *row = weights->weights + vector->terms[i].feature * labels;

		for (size_t label = 0; label < labels; label++)
			margins[label] += vector->terms[i].value * (float)row[label];
	}
	for (size_t label = 0; label < labels; label++)
		margins[label] = margins[label] * weights->scales[label] + weights->biases[label];
}
