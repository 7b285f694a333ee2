#include "command/learn.h"

#include "playbook/library.h"
#include "suggest/suggest.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static void *work(void *context)
{
	struct learn *learn = context;
	int before = nice(0);

	/* on Linux a thread's own affair: keys and words come first, be there one processor only */
	if (before >= 0 && before < 5)
		(void)!nice(5 - before);
	learn->model = suggest_train(learn->library);
	atomic_store(&learn->done, true);
	return NULL;
}

static void start(struct learn *learn, struct library *library)
{
	sigset_t all, before;

	learn->library = library;
	library->borrowers++;
	atomic_store(&learn->done, false);
	/* signals are the first thread's business */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	learn->running = pthread_create(&learn->thread, NULL, work, learn) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

bool learn_stop(struct learn *learn)
{
	if (learn->running && !atomic_load(&learn->done))
		return false;
	if (learn->running)
		pthread_join(learn->thread, NULL);
	learn->running = false;
	suggest_free(learn->model);
	learn->model = NULL;
	if (learn->library) {
		learn->library->borrowers--;
		if (learn->library->closing)
			library_release(learn->library);
	}
	learn->library = NULL;
	return true;
}

const struct suggest_model *learn_model(struct learn *learn, struct library *library)
{
	if (learn->running && !atomic_load(&learn->done))
		return NULL;
	if (learn->running)
		pthread_join(learn->thread, NULL);
	learn->running = false;
	if (learn->library == library)
		return learn->model;
	learn_stop(learn);
	start(learn, library);
	return NULL;
}
