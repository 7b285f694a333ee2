/* A trial: a phrase that a playbook's own test wants to come out, made as a call would make it.
 *
 * The test names the lines that are meant: those that an agent would see in a situation, in a
 * step, in both, or anywhere in the playbook; one of them, with the slots filled in, must hold the
 * words. A test that brings a line of its own wants exactly the words.
 */
#ifndef CALL_TRIAL_H
#define CALL_TRIAL_H

#include <stdbool.h>

struct arena;
struct playbook;
struct trial;

struct trial_outcome {
	bool passed;
	const char *
		line; /* the line that came nearest, as the trainer wrote it; NULL: there is none */
	const char *got; /* and as it would be said */
};

/* trial->says is not NULL, and the playbook was loaded without errors. In the arena. */
struct trial_outcome trial_phrase(struct arena *arena, const struct playbook *playbook,
				  const struct trial *trial);

#endif
