#include "call/trial.h"

#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "call/phrase.h"
#include "playbook/library.h"
#include "playbook/playbook.h"

struct trying {
	struct arena *arena;
	const struct playbook *playbook;
	const struct trial *trial;
	struct call call;
	struct trial_outcome outcome;
	size_t best; /* words that the nearest has in common with what is wanted */
};

static void fill_slots(struct trying *trying)
{
	struct event event = {.t = 1, .kind = EVENT_CALL_STARTED, .call = "trial"};

	call_apply(&trying->call, &event);
	event.kind = EVENT_SLOT_FILLED;
	for (size_t i = 0; i < trying->trial->slot_count; i++) {
		event.t++;
		event.slot = trying->trial->slots[i].from;
		event.text = trying->trial->slots[i].to;
		call_apply(&trying->call, &event);
	}
}

/* How many words of what is wanted stand in a phrase. */
static size_t count_common(struct arena *arena, const char *wanted, const char *phrase)
{
	const char *word = text_fold(arena, wanted, strlen(wanted));
	const char *folded = text_fold(arena, phrase, strlen(phrase));
	const char *all = arena_format(arena, " %s ", folded);
	size_t common = 0;

	while (*word != '\0') {
		size_t length = strcspn(word, " ");
		common += strstr(all, arena_format(arena, " %.*s ", (int)length, word)) != NULL;
		word += length + strspn(word + length, " ");
	}
	return common;
}

static void try_line(struct trying *trying, const char *line, bool whole)
{
	struct arena scratch = {0};
	struct trial_outcome *outcome = &trying->outcome;
	const char *says = trying->trial->says;
	/* an unfilled slot by its id, whatever it is called on the tester's screen */
	words_lend("en");
	struct phrase phrase = phrase_make(trying->arena, trying->playbook, &trying->call, line);
	words_return();
	bool passed = whole ? strcmp(phrase.text, says) == 0 : strstr(phrase.text, says) != NULL;

	if (outcome->passed)
		return;
	size_t common = count_common(&scratch, says, phrase.text);
	arena_free(&scratch);
	if (!passed && outcome->line != NULL && common <= trying->best)
		return;
	*outcome = (struct trial_outcome){passed, line, phrase.text};
	trying->best = common;
}

static void try_lines(struct trying *trying, const struct line_list *say)
{
	const struct playbook *playbook = trying->playbook;
	const char *step = trying->trial->step;

	for (size_t i = 0; i < playbook->step_count; i++) {
		if (step != NULL && strcmp(playbook->steps[i].id, step) != 0)
			continue;
		for (size_t k = 0; k < say[i].count; k++)
			try_line(trying, say[i].items[k].text, false);
	}
}

struct trial_outcome trial_phrase(struct arena *arena, const struct playbook *playbook,
				  const struct trial *trial)
{
	struct trying trying = {.arena = arena, .playbook = playbook, .trial = trial};
	struct library library = {.file_count = 0};

	call_open(&trying.call, &library, NULL);
	fill_slots(&trying);
	if (trial->line != NULL) {
		try_line(&trying, trial->line, true);
	} else {
		for (size_t i = 0; i < playbook->situation_count; i++) {
			const struct situation *situation = &playbook->situations[i];
			if (trial->situation == NULL ||
			    strcmp(situation->id, trial->situation) == 0)
				try_lines(&trying, situation->say);
		}
		try_lines(&trying, playbook->say);
	}
	call_close(&trying.call);
	return trying.outcome;
}
