/* Utterances with what they are: a file of lines, label TAB text, as trainers keep them in a
 * spreadsheet.
 *
 * The label is a situation's id, or playbook/situation; "-" stands for none. Empty lines and those
 * that begin with '#' are passed over. Texts are clean (text.h).
 */
#ifndef COMMAND_LABELLED_H
#define COMMAND_LABELLED_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct utterance_label {
	const char *label;
	const char *text;
	int line; /* in the file, from 1 */
};

struct labelled {
	const char *file;
	struct utterance_label *items; /* in the arena that it was read into */
	size_t count;
};

/* Reads a file. When it cannot, or a line has no TAB or an empty side, prints why to standard error
 * and returns false; every such line is told. */
bool labelled_read(struct labelled *labelled, struct arena *arena, const char *file);

/* Whether it says that the utterance belongs to no situation. */
bool labelled_is_none(const struct utterance_label *item);

#endif
