/* Learning what callers sound like, on a thread of its own after the first frame, off the agent's
 * time.
 */
#ifndef COMMAND_LEARN_H
#define COMMAND_LEARN_H

#include <pthread.h>
#include <stdbool.h>

struct library;
struct suggest_model;

struct learn {
	pthread_t thread;
	bool running; /* the thread is to be joined */
	const struct library *library;
	struct suggest_model *model; /* owned; NULL: not yet, or there is none */
};

/* Begins to learn from a library, which must outlive the model. What was learnt before is
 * forgotten. */
void learn_start(struct learn *learn, const struct library *library);

/* The model, waited for when it is still being made; NULL: there is none. */
const struct suggest_model *learn_model(struct learn *learn);

/* Forgets the model; a library may go after that. */
void learn_stop(struct learn *learn);

#endif
