/* Putting a text in quotes that YAML understands, for mends. */
#ifndef PLAYBOOK_QUOTE_H
#define PLAYBOOK_QUOTE_H

#include <stddef.h>

struct arena;

/* "words", or 'words' where they hold a double quote or backslash. In the arena. */
const char *quote_words(struct arena *arena, const char *words, size_t length);

/* "put the whole text in quotes: …". Quotes that are around it already, of whatever kind, are taken
 * for an attempt to do just that, and replaced. In the arena. */
const char *quote_mend(struct arena *arena, const char *words);

/* Bytes of the curly quote that text begins with, or 0. */
size_t quote_curly(const char *text);

/* "<id>" when text begins with {id} and that could be a slot's name, else NULL. In the arena. */
const char *quote_slot(struct arena *arena, const char *text);

#endif
