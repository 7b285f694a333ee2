/* Ids and lines of the journals, each kept once and known by a number from then on.
 *
 * Number 0 is no name (NULL). Past a bound on memory new ones all become LEXICON_OTHER, so that no
 * journal, however strange, fills the machine. Set it to {0}; the owner calls lexicon_free.
 */
#ifndef REPORT_LEXICON_H
#define REPORT_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define LEXICON_BYTES_MOST ((size_t)64 << 20)
#define LEXICON_OTHER 1 /* its text is "(others)" */

struct lexicon_entry {
	const char *text; /* in the arena */
	size_t length;
	uint64_t hash;
};

struct lexicon {
	struct arena arena;
	struct lexicon_entry *entries; /* owned */
	uint32_t count;
	uint32_t *cells; /* open addressing: numbers, 0 where free; owned */
	size_t size;	 /* a power of two */
};

uint32_t lexicon_number(struct lexicon *lexicon, const char *text);

/* NULL for 0; the text lives as long as the names. */
const char *lexicon_text(const struct lexicon *lexicon, uint32_t number);

void lexicon_free(struct lexicon *lexicon);

#endif
