#include "playbook/source.h"

#include <string.h>

#include "base/text.h"

const char *source_at(const char *line, int column)
{
	size_t length = strlen(line);
	size_t offset = 0;
	size_t size;

	for (; column > 1 && offset < length; column--) {
		text_decode(line + offset, length - offset, &size);
		offset += size;
	}
	return line + offset;
}

int source_column(const char *line, const char *at)
{
	int column = 1;
	size_t size;

	for (; line < at; line += size) {
		text_decode(line, (size_t)(at - line), &size);
		column++;
	}
	return column;
}

void source_place(const char *text, size_t offset, int *line, int *column)
{
	const char *start = text;
	const char *end = text + offset;
	const char *newline = memchr(start, '\n', offset);

	for (*line = 1; newline != NULL; (*line)++) {
		start = newline + 1;
		newline = memchr(start, '\n', (size_t)(end - start));
	}
	*column = source_column(start, end);
}

int source_line_before(const char *text, size_t length, int line)
{
	const char *limit = text + length;
	const char *end = text; /* of the line before, past its newline */

	for (int i = 1; i < line && end != NULL; i++) {
		end = memchr(end, '\n', (size_t)(limit - end));
		end = end == NULL ? NULL : end + 1;
	}
	if (end == NULL)
		end = limit;
	/* a lone carriage return ends a line for libyaml, but not here: so there may be fewer */
	while (--line > 0 && end > text) {
		const char *start = --end;
		while (start > text && start[-1] != '\n')
			start--;
		const char *first = start;
		while (first < end && (*first == ' ' || *first == '\t'))
			first++;
		if (first < end && *first != '#' && *first != '\r')
			return line;
		end = start;
	}
	return 0;
}
