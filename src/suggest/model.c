#include "suggest/model.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/real.h"
#include "suggest/descent.h"
#include "suggest/weigh.h"

static const double alone_slope = 12, alone_base = -3.25;

/* Into the column of a label. A 127th of the greatest is as exact as the examples are. */
static void keep(struct model_weights *weights, size_t label, const float *column, size_t stride,
		 size_t count, double bias)
{
	float most = 0;

	for (size_t i = 0; i < count; i++) {
		float value = column[i * stride];

		if (value > most || -value > most)
			most = value > 0 ? value : -value;
	}
	weights->scales[label] = most / INT8_MAX;
	weights->biases[label] = (float)bias;
	for (size_t i = 0; i < count && most > 0; i++)
		weights->weights[i * weights->label_count + label] =
			(int8_t)((int)(column[i * stride] / most * INT8_MAX + INT8_MAX + 0.5F) -
				 INT8_MAX);
}

/* The only label there is. The numbers give it margins like those of one among many. */
static void train_alone(struct model_weights *weights, struct arena *scratch,
			const struct model_example *examples, size_t example_count,
			size_t feature_count)
{
	float *centroid = arena_alloc(scratch, (feature_count + 1) * sizeof *centroid);
	double squares = 0;

	for (size_t i = 0; i < example_count; i++)
		for (size_t k = 0; k < examples[i].vector->count; k++)
			centroid[examples[i].vector->terms[k].feature] +=
				examples[i].vector->terms[k].value;
	for (size_t i = 0; i < feature_count; i++)
		squares += (double)centroid[i] * centroid[i];
	for (size_t i = 0; i < feature_count && squares > 0; i++)
		centroid[i] *= (float)(alone_slope / real_root(squares));
	keep(weights, 0, centroid, 1, feature_count, alone_base);
}

void model_train(struct model_weights *weights, struct arena *arena,
		 const struct model_example *examples, size_t example_count, size_t label_count,
		 size_t feature_count)
{
	struct arena scratch = {0};
	struct descent descent;

	weights->label_count = label_count;
	weights->weights =
		arena_alloc(arena, feature_count * label_count * sizeof *weights->weights);
	weights->scales = arena_alloc(arena, label_count * sizeof *weights->scales);
	weights->biases = arena_alloc(arena, label_count * sizeof *weights->biases);
	if (label_count == 1) {
		train_alone(weights, &scratch, examples, example_count, feature_count);
		arena_free(&scratch);
		return;
	}
	descent_open(&descent, &scratch, examples, example_count, label_count, feature_count);
	for (size_t first = 0; first < label_count; first += DESCENT_LANES) {
		descent_run(&descent, first);
		for (size_t lane = 0; lane < DESCENT_LANES && first + lane < label_count; lane++)
			keep(weights, first + lane, &descent.weights[0].lanes[lane], DESCENT_LANES,
			     feature_count, descent.weights[feature_count].lanes[lane]);
	}
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
