#include "command/learn.h"

#include "suggest/suggest.h"

#include <signal.h>

static void *work(void *context)
{
	struct learn *learn = context;

	learn->model = suggest_train(learn->library, NULL);
	return NULL;
}

void learn_start(struct learn *learn, const struct library *library)
{
	sigset_t all, before;

	learn_stop(learn);
	learn->library = library;
	/* signals are the first thread's business */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	learn->running = pthread_create(&learn->thread, NULL, work, learn) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

const struct suggest_model *learn_model(struct learn *learn)
{
	if (learn->running)
		pthread_join(learn->thread, NULL);
	learn->running = false;
	return learn->model;
}

void learn_stop(struct learn *learn)
{
	learn_model(learn);
	suggest_free(learn->model);
	learn->model = NULL;
}
