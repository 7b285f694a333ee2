/* HTML as help desks export it, turned into one plain text: for import.h.
 *
 * No browser: tags are left out (blocks leave a blank), character references are decoded, comments,
 * scripts and style sheets go. A link keeps its address in brackets behind its words. What could
 * not come along is counted, so that it can be told.
 */
#ifndef PLAYBOOK_HTML_H
#define PLAYBOOK_HTML_H

#include <stddef.h>

struct arena;

struct html_loss {
	size_t images;	   /* pictures and other embedded things */
	size_t formatting; /* tags that mean something: bold, lists, tables */
	size_t names;	   /* character references of unknown name; they stay as written */
};

/* The text, in the arena, not cleaned; *loss is added to. Never fails: what is no tag is text. */
char *html_text(struct arena *arena, const char *html, size_t length, struct html_loss *loss);

#endif
