/* The customer's last statement, turned round, as the screen has it: the first line of the step
 * that says such words back, and an offer for the slot that they belong in (call/mirror.h).
 *
 * It belongs to the screen alone: the journal gets the line without the words, when it is said, and
 * the slot, when the agent takes it.
 */
#ifndef VIEW_MIRRORED_H
#define VIEW_MIRRORED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "call/phrase.h"

#define MIRRORED_BYTES 256

struct call;
struct line_list;
struct reflection;
struct slot;
struct tables;
struct view;

struct mirrored {
	char said[MIRRORED_BYTES], words[MIRRORED_BYTES]; /* as in struct mirror */
	const struct line_list *lines;			  /* of the playbook, borrowed */
	bool stands;	/* as a line: it was neither said nor passed over */
	bool fits_slot; /* and may be offered for one */
};

/* A playbook's tables, made ready when the first words are heard. */
struct mirrored_tables {
	const struct reflection *reflection; /* whose they are, borrowed; NULL: none yet */
	const struct tables *tables;
	struct arena arena;
};

/* Takes what the customer just said, to the end. What cannot be turned takes away what stood, but
 * for a few words such as "yes, that one". */
void mirrored_hear(struct view *view, const struct call *call, const char *text);

/* The line, without the words, that stands first in a step; NULL: none does. */
const char *mirrored_line(const struct view *view, const struct call *call, size_t step);

/* The same with the words; text "" when there is none. */
struct phrase mirrored_phrase(const struct view *view, const struct call *call, size_t step,
			      struct arena *arena);

/* Whether that is the line marked in the step: it is until the agent moves to another. */
bool mirrored_is_marked(const struct view *view, const struct call *call, size_t step);

/* The slot that is still empty and that the words are offered for; NULL: none. */
const struct slot *mirrored_slot(const struct view *view, const struct call *call);

#endif
