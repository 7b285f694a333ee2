/* Comments that were perhaps meant as text: to YAML, `- Your ticket #12 is here` ends before the
 * '#'.
 *
 * A cursor that goes through the comments with a word right behind their '#', in step with a
 * parser.
 */
#ifndef PLAYBOOK_COMMENT_H
#define PLAYBOOK_COMMENT_H

#include <stdbool.h>
#include <stddef.h>

struct comment {
	const char *hash; /* the comment's '#'; NULL: there are no more */
	int line;	  /* its line, from 1 */
	const char *line_start;
	const char *limit; /* the end of the text */
};

struct comment comment_first(const char *text, size_t length);

/* Whether nothing but blanks stands between a place (where a text ended) and such a comment. Places
 * must not go back from one call to the next. */
bool comment_follows(struct comment *comment, int line, int column);

#endif
