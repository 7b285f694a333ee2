/* What is wrong with the user's data, and where: collected, so that all is told at once.
 *
 * A list lives in an arena that its owner names; strings that are handed in are copied there,
 * and are sanitised on the way, so that a printed problem can send no control sequence.
 */
#ifndef BASE_PROBLEM_H
#define BASE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buffer;

enum problem_severity {
	PROBLEM_ERROR,	 /* the file is not used */
	PROBLEM_WARNING, /* used, but someone should look */
	PROBLEM_ADVICE,	 /* better wording; never fails a check by itself */
};

/* A place in a file. */
struct place {
	const char *file; /* as the user would name it */
	int line;	  /* from 1; 0: the whole file */
	int column;	  /* from 1, in code points; 0: the whole line */
};

struct problem {
	enum problem_severity severity;
	struct place place;
	const char *message; /* lower case, no full stop, the subject in quotes */
	const char *mend;    /* what to do, or NULL */
	const char *source;  /* the line of the file, without its newline, or NULL */
	const char *rule;    /* the advice rule's name, or NULL */
};

struct problem_list {
	struct arena *arena; /* set by the owner before the first problem */
	struct problem *items;
	size_t count;
	size_t errors; /* so many are errors, with those that PROBLEM_MOST kept out */
};

enum problem_format {
	PROBLEM_HUMAN,	/* file:line:column: error: message, the source line, a caret, the mend */
	PROBLEM_COLOUR, /* the same with SGR colours */
	PROBLEM_GCC,	/* one line each, for editors' error lists; advice is a "note" there */
	PROBLEM_JSON,	/* one JSON object a line */
};

/* Adds a problem and returns it, so that mend, source and rule can be set (to text that lives as
 * long as the list's arena) before the next problem is added. Past PROBLEM_MOST problems of one
 * file it counts and adds no more, and returns a place to write to that nobody reads. */
#define PROBLEM_MOST 200
struct problem *problem_add(struct problem_list *list, enum problem_severity severity,
			    struct place place, const char *message, ...)
	__attribute__((format(printf, 4, 5)));

/* Sorts by file (in order of first appearance), line, column; keeps the order of equals. */
void problem_sort(struct problem_list *list);

/* Puts one problem into out, in that format, newline included. The caret stands under the
 * problem's column by display width. No field can send a control character, even one that was set
 * after problem_add. */
void problem_show(const struct problem *problem, enum problem_format format, struct buffer *out);

#endif
