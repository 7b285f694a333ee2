/* JSON objects that hold nothing but plain texts, numbers and booleans, read in one go without a
 * tree: nearly all lines of a transcriber are such, and a backlog of them is to be taken fast. What
 * it does not take, errors too, is for json.h; what it takes json.h would take, with the same
 * values.
 */
#ifndef LINK_FLAT_H
#define LINK_FLAT_H

#include <stdbool.h>
#include <stddef.h>

struct flat_member {
	const char *name; /* in the line, as text */
	size_t name_length;
	char kind;	  /* '"' text, '0' number, 't' true, 'f' false */
	const char *text; /* UTF-8 without control characters */
	size_t length;
	double number;
};

#define FLAT_MEMBERS_MOST 8

/* The members of the object in a line; 0: it is not for here. */
size_t flat_read(const char *line, size_t length, struct flat_member members[FLAT_MEMBERS_MOST]);

/* The first member of that name, or NULL. */
const struct flat_member *flat_find(const struct flat_member *members, size_t count,
				    const char *name);

#endif
