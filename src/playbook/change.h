/* What a trainer's edit changed, for an agent in the middle of a call: words may change under her
 * eyes, the structure may not.
 */
#ifndef PLAYBOOK_CHANGE_H
#define PLAYBOOK_CHANGE_H

struct library;

enum change {
	CHANGE_NONE,
	CHANGE_WORDS, /* texts, lines more or fewer, slots' questions, cues, channels: anything else
		       */
	CHANGE_STRUCTURE, /* playbooks, situations, steps or slots added, removed, renamed or in
			     another order */
};

/* Between two libraries whose files are all read. */
enum change change_between(const struct library *before, const struct library *after);

#endif
