/* What a syntax error of libyaml most likely is, in a trainer's words, with the mend.
 *
 * libyaml says where its grammar gave up ("did not find expected key"); the mistake is often
 * elsewhere: a colon forgotten a line before, a quote that was never closed. This looks at the
 * text around and says so.
 */
#ifndef PLAYBOOK_MISTAKE_H
#define PLAYBOOK_MISTAKE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Where libyaml stopped, and what stood before. All lines and columns from 1, columns in code
 * points. */
struct mistake {
	const char *problem;		  /* libyaml's words, "" where it has none */
	const char *context;		  /* what it was doing, or "" */
	int line, column;		  /* where it stopped; moved to the mistake */
	int context_line, context_column; /* where what it was doing began */
	bool quote;			  /* the scalar before was in quotes ... */
	int quote_line, quote_column;	  /* ... which began here */
	int quote_end_line;		  /* ... and ended in this line */
	const char *message, *mend;	  /* the answer, in the arena; mend may be NULL */
};

void mistake_explain(struct mistake *mistake, struct arena *arena, const char *text, size_t length);

#endif
