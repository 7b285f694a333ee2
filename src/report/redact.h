/* An event without the customer's words and names, and without the agent's name.
 *
 * What somebody typed or said (slots, notes, promises, what was heard) becomes "…", whatever its
 * length; empty stays empty, as it means that a slot was cleared. Lines of playbooks stay: they
 * have the slots' names in them, not what was filled in; one with the customer's words (speaker)
 * goes. Agents become agent-1, agent-2 ... in the
 * order met. Everything else is a word from a small alphabet, or is taken out too: a journal made
 * by someone else's program gets no sentence through. Times and call ids stay, so the calls can
 * still be known by whoever has a list of them.
 */
#ifndef REPORT_REDACT_H
#define REPORT_REDACT_H

#include "report/lexicon.h"

struct arena;
struct event;

struct redaction {
	struct lexicon agents; /* met so far, told apart by their number */
};

/* The event to write instead; its texts are the event's, static, or in the arena. */
struct event redact_event(struct redaction *redaction, const struct event *event,
			  struct arena *arena);

void redact_free(struct redaction *redaction);

#endif
