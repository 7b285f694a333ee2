/* Linear classifiers, one for each label against the rest: L2-regularised logistic regression.
 *
 * Learnt by dual coordinate descent (Yu, Huang, Lin, Machine Learning 85, 2011), several labels
 * side by side, so that an example is walked over once for all of them: some ten times as fast as
 * liblinear, which learns a label after the other, and no library to load. The same examples in
 * the same order give the same model. What a model holds lives in the arena.
 */
#ifndef SUGGEST_MODEL_H
#define SUGGEST_MODEL_H

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

/* Learns from examples, at least one of each label. A single label has nothing to be told from: its
 * margin says how near a vector is to the middle of its examples. */
void model_train(struct model_weights *weights, struct arena *arena,
		 const struct model_example *examples, size_t example_count, size_t label_count,
		 size_t feature_count);

/* By label, how far a vector lies on the label's side: above 0 speaks for it, below against. */
void model_margins(const struct model_weights *weights, const struct weigh_vector *vector,
		   double *margins);

#endif
