/* What the customer just said, ready to be said back: one clause of it, turned round.
 *
 * Of all clauses, and runs of clauses in one sentence, the one with most of the customer's own
 * person and of problems and wants is taken; a request or a question becomes what it means ("can
 * you ..." is "I'd like you to ..."), account data goes, reflection.h swaps. Says nothing rather
 * than something wrong: no clause that stands alone, none that matters, more than MIRROR_WORDS
 * words, fewer than MIRROR_LEAST characters, an end that is cut off, a word twice in a row, a
 * phrase of `silent`, shouting. Source of the step: Imago's mirror; all words are the playbook's.
 */
#ifndef CALL_MIRROR_H
#define CALL_MIRROR_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct line_list;
struct playbook;
struct reflection;
struct tables;

#define MIRROR_WORDS 16
#define MIRROR_LEAST 7	  /* characters */
#define MIRROR_BYTES 1024 /* longer utterances are a run-on speech, and not turned */
#define MIRROR_SPEECH 80  /* words; the same */
#define MIRROR_CLAUSES 7  /* in one sentence; the same */

struct mirror {
	const char *said;	       /* the clause in the customer's voice */
	const char *words;	       /* the same in ours */
	bool fits_slot;		       /* said is a clause that a slot can take */
	const struct line_list *lines; /* to say it in, the reflection's */
};

/* Tables as clause.h makes them. Texts in the arena. False: better silent. Any bytes will do as
 * text. */
bool mirror_make(struct arena *arena, const struct tables *tables, const char *text,
		 struct mirror *mirror);

/* A line of a reflection with <words> and <said> filled in. In the arena. */
const char *mirror_say(struct arena *arena, const char *line, const char *said, const char *words);

/* Whether a line is one that a reflection says such words in. */
bool mirror_knows(const struct reflection *reflection, const char *line);

/* The step in which it stands; step_count when the playbook has none. */
size_t mirror_step(const struct playbook *playbook);

#endif
