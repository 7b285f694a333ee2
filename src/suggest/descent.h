/* Dual coordinate descent for logistic regression, some labels at a time, side by side.
 *
 * In turn, each example pulls the weights of each label toward its own side, by about as much as is
 * best while the others stand still; once none pulls any more the weights are learnt. Labels do not
 * touch one another: those of a run stand in one row, which is fetched once for all of them. Lives
 * in the arena that it is given. Source: Yu, Huang, Lin, Dual coordinate descent methods for
 * logistic regression and maximum entropy models, Machine Learning 85 (2011).
 */
#ifndef SUGGEST_DESCENT_H
#define SUGGEST_DESCENT_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct model_example;

enum { DESCENT_LANES = 16 }; /* labels of a run */

/* One number a label; by fours, as processors take them. */
union descent_row {
	float lanes[DESCENT_LANES];
	float __attribute__((vector_size(16))) fours[DESCENT_LANES / 4];
};

struct descent {
	const struct model_example *examples;
	size_t example_count, label_count, feature_count;
	size_t *label_sizes;		/* examples of each label */
	union descent_row *weights;	/* of the last run, by feature; behind them the biases */
	float (*pulls)[DESCENT_LANES];	/* by example, from 0 to what one costs */
	float (*wanted)[DESCENT_LANES]; /* by example: the margins that go with its pulls */
	float *squares;			/* by example: of its vector's length, bias included */
	uint32_t *order;		/* in which examples take their turns */
	uint8_t *rests;			/* by example: how many turns it sits out */
};

/* All that a run needs; the examples must stay. There is at least one of each label. */
void descent_open(struct descent *descent, struct arena *arena,
		  const struct model_example *examples, size_t example_count, size_t label_count,
		  size_t feature_count);

/* Learns the labels from `first` on, as many as there are lanes for. */
void descent_run(struct descent *descent, size_t first);

#endif
