/* How much each feature says: rare ones say more (inverse document frequency), and the vector of an
 * utterance.
 *
 * A weigher takes in every example (weigh_learn), then turns texts into vectors of length 1 at
 * most. What training never saw has no number, so it is in no vector, but it counts in the length:
 * strange talk gets a short vector, which is near to nothing. Lives in the arena that it is given;
 * the examples may go.
 */
#ifndef SUGGEST_WEIGH_H
#define SUGGEST_WEIGH_H

#include <stddef.h>
#include <stdint.h>

#include "suggest/feature.h"

struct arena;

struct weigh_term {
	uint32_t feature; /* its number, from 0 */
	float value;	  /* above 0 */
};

struct weigh_vector {
	struct weigh_term *terms;
	size_t count;
};

struct weigh_cell {
	uint64_t hash;
	uint32_t seen;	 /* in how many examples; 0: a free cell */
	uint32_t number; /* of the feature, from 0 */
	float rarity;	 /* how much it says */
};

struct weigher {
	struct weigh_cell *cells; /* open addressing; a power of two */
	size_t size;
	size_t feature_count;
	size_t example_count;
	float unseen; /* the rarity of what no example had */
};

void weigh_learn(struct weigher *weigher, struct arena *arena, const struct feature_set *set);

/* After the last example, before the first vector. */
void weigh_settle(struct weigher *weigher);

/* The vector of a set, in the arena. */
struct weigh_vector weigh_set(const struct weigher *weigher, struct arena *arena,
			      const struct feature_set *set);

/* How like two sets are, from 0 (nothing in common) to 1: the cosine of their whole vectors, in
 * which what no example had has its place, too. The items of both are brought into another order.
 */
double weigh_likeness(const struct weigher *weigher, struct feature_set *one,
		      struct feature_set *other);

#endif
