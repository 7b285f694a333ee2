/* Reading proofs: what is no error in a playbook, yet someone should look at it.
 *
 * Warns of a situation that nobody is led to (no `heard`, or the title of another), the same line
 * or utterance twice, an utterance in two situations, and lines too long to be read at a glance.
 * Only a playbook's own texts are looked at, not those it takes over. One struct proof reads many
 * playbooks, one after the other, and remembers what is heard in those of before, language by
 * language; the playbooks may go.
 *
 * Texts are the same when they differ at most in the case of letters a to z and in full stops at
 * the end. They are compared by a hash of 64 bits: with less than a million of them, no two that
 * differ are to be expected to share one.
 */
#ifndef PLAYBOOK_PROOF_H
#define PLAYBOOK_PROOF_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct playbook;
struct problem_list;
struct proof_text;

#define PROOF_GLANCE_COLUMNS 120 /* five rows of a panel on a screen of 80 columns */

/* Texts by their hash. What is looked at again and again, the cells, is kept small. */
struct proof_table {
	struct proof_text *texts;
	size_t count, room;
	uint32_t *cells; /* the number of a text, from 1; 0: free */
	size_t size;	 /* a power of two, or 0 */
};

struct proof {
	struct arena arena;
	struct proof_table heard; /* in every playbook so far */
	struct proof_table lines; /* of one playbook */
};

/* Set it to {0} first. */
void proof_read(struct proof *proof, const struct playbook *playbook,
		struct problem_list *problems);
void proof_close(struct proof *proof);

#endif
