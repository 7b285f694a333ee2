/* Ids and lines of the journals, each kept once and known by a number from then on.
 *
 * Number 0 is no name (NULL). Past a bound on memory new ones all become NAMES_OTHER, so that no
 * journal, however strange, fills the machine. Set it to {0}; the owner calls names_free.
 */
#ifndef REPORT_NAMES_H
#define REPORT_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define NAMES_BYTES_MOST ((size_t)64 << 20)
#define NAMES_OTHER 1 /* its text is "(others)" */

struct names_entry {
	const char *text; /* in the arena */
	size_t length;
	uint64_t hash;
};

struct names {
	struct arena arena;
	struct names_entry *entries; /* owned */
	uint32_t count;
	uint32_t *cells; /* open addressing: numbers, 0 where free; owned */
	size_t size;	 /* a power of two */
};

uint32_t names_number(struct names *names, const char *text);

/* NULL for 0; the text lives as long as the names. */
const char *names_text(const struct names *names, uint32_t number);

void names_free(struct names *names);

#endif
