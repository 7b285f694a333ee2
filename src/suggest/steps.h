/* Which step did the agent just take, by what they said? For ticks that set themselves.
 *
 * Either the words are close to a line that stands on the screen, or they hold a cue phrase of a
 * step (key `cues` of a step in the playbook), or a weaker one (`echoes`) and the customer's own
 * words. A wrong tick costs more trust than a missing one: in
 * doubt the answer is none. Made from one playbook, which must outlive it; changes no more after,
 * so any thread may ask it.
 */
#ifndef SUGGEST_STEPS_H
#define SUGGEST_STEPS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct playbook;
struct steps;

/* A line as the agent sees it. */
struct steps_line {
	size_t step;
	const char *text; /* with its slots filled in */
};

struct steps_match {
	size_t step;
	const struct steps_line *line; /* that was said; NULL: a cue phrase was used */
	const char *cue;	       /* as the trainer wrote it; NULL: a line was said */
	double likeness;	       /* with the line, 0 to 1 */
};

/* Learns which words are common in the playbook's lines. In the arena. */
struct steps *steps_make(struct arena *arena, const struct playbook *playbook);

/* Whether the agent's words took a step, and which: the line most like them, if like enough, else
 * the longest cue phrase in them, unless two steps have one as long. Any bytes will do as text. */
bool steps_find(const struct steps *steps, const struct steps_line *lines, size_t count,
		const char *text, size_t length, struct steps_match *match);

/* Whether the agent's words give back what the customer said last, heard (turned round, clean): an
 * `echo` phrase of a step that alone would say nothing, and enough of heard's words. match->cue is
 * that phrase, match->likeness how much. In doubt, or with heard "", false. */
bool steps_echo(const struct steps *steps, const char *heard, const char *text, size_t length,
		struct steps_match *match);

#endif
