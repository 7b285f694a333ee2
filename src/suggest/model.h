/* Linear classifiers, one for each label against the rest: L2-regularised logistic regression by
 * liblinear.
 *
 * Only model.c knows liblinear (3-clause BSD), and loads it when the first model is made, since
 * linking it would cost every start the loading of BLAS and libstdc++. liblinear shuffles with
 * rand(3), whose seed is set first: the same examples in the same order give the same model, as
 * long as no other thread calls rand meanwhile. What a model holds lives in the arena. Source: Fan,
 * Chang, Hsieh, Wang, Lin, LIBLINEAR, JMLR 9 (2008); Yu, Huang, Lin, Machine Learning 85 (2011).
 */
#ifndef SUGGEST_MODEL_H
#define SUGGEST_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct weigh_vector;

struct model_example {
	const struct weigh_vector *vector;
	size_t label; /* from 0 */
};

struct model_weights {
	int8_t *weights; /* by feature, then label: what a vector is multiplied with, */
	float *scales;	 /* and how much one of it is; by label */
	float *biases;	 /* by label */
	size_t label_count;
};

/* Whether liblinear is there. If not, *why (when given) says so and what to do; it stays valid. */
bool model_ready(const char **why);

/* Learns from examples, at least one of each label; model_ready was true. A single label has
 * nothing to be told from: its margin says how near a vector is to the middle of its examples. */
void model_train(struct model_weights *weights, struct arena *arena,
		 const struct model_example *examples, size_t example_count, size_t label_count,
		 size_t feature_count);

/* By label, how far a vector lies on the label's side: above 0 speaks for it, below against. */
void model_margins(const struct model_weights *weights, const struct weigh_vector *vector,
		   double *margins);

#endif
