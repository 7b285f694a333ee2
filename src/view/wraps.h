/* Texts as they were broken into rows lately, so that a frame need not break anew what the last
 * one broke.
 *
 * Rows depend on the text and the columns and on nothing else: an entry is found by both, every
 * byte compared, so it cannot be stale. As many as WRAPS_MOST are kept, a newer one in an older
 * one's place.
 */
#ifndef VIEW_WRAPS_H
#define VIEW_WRAPS_H

#include "base/text.h"

#define WRAPS_MOST 128
#define WRAPS_BYTES 512 /* a longer text is not kept */

struct wraps_entry; /* a text and its rows */

struct wraps {
	struct wraps_entry *entries[WRAPS_MOST]; /* owned, by hash; NULL: none yet */
};

/* As text_wrap. wraps may be NULL: then nothing is kept. */
size_t wraps_rows(struct wraps *wraps, struct arena *arena, const char *text, size_t length,
		  int columns, struct text_row **rows);

void wraps_free(struct wraps *wraps);

#endif
