/* Learning what callers sound like: on a thread of its own, when the first words are heard, so that
 * who never listens pays nothing.
 */
#ifndef COMMAND_LEARN_H
#define COMMAND_LEARN_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct library;
struct suggest_model;

struct learn {
	pthread_t thread;
	bool running;		     /* there is a thread to be joined */
	atomic_bool done;	     /* and it has come to its end */
	struct library *library;     /* learnt from; lent by its owner until the model goes */
	struct suggest_model *model; /* owned; NULL: none could be made */
};

/* The model of this library. NULL while it is being made (learn->running then), or when there is
 * none. */
const struct suggest_model *learn_model(struct learn *learn, struct library *library);

/* Forgets the model and gives the library back. False: the thread is still at work, and the library
 * must stay. */
bool learn_stop(struct learn *learn);

#endif
