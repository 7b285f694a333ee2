#include <string.h>
#include <wchar.h>

#include "base/text.h"

enum { CELL_MARKS = 4 }; /* what ncurses keeps on a base: CCHARW_MAX less one */

int text_code_width(uint32_t code)
{
	if (code < 0x7f)
		return code >= 0x20;
	int width = wcwidth((wchar_t)code);
	return width > 0 ? width : 0;
}

int text_width(const char *text)
{
	return text_width_of(text, strlen(text));
}

/* How many printable ASCII bytes a text begins with: each a cell and a cluster of its own, but for
 * the last one where a mark may follow it, which is left out. */
static size_t ascii_run(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length && text[at] >= 0x20 && text[at] < 0x7f)
		at++;
	return at < length && at > 0 && (unsigned char)text[at] >= 0x80 ? at - 1 : at;
}

int text_width_of(const char *text, size_t length)
{
	size_t size, plain = ascii_run(text, length);
	int width = (int)plain;

	for (size_t at = plain; at < length; at += size)
		width += text_code_width(text_decode(text + at, length - at, &size));
	return width;
}

size_t text_cell(const char *text, size_t length, int *width)
{
	size_t at = 0;
	size_t size;

	*width = 0;
	if (length == 0)
		return 0;
	if (text[0] >= 0x20 && text[0] < 0x7f && (length == 1 || (unsigned char)text[1] < 0x80)) {
		*width = 1;
		return 1;
	}
	*width = text_code_width(text_decode(text, length, &at));
	for (int marks = 0; marks < CELL_MARKS && at < length; marks++) {
		uint32_t code = text_decode(text + at, length - at, &size);
		if (code < 0x300 || text_code_width(code) > 0)
			break;
		at += size;
	}
	return at;
}

size_t text_fit(const char *text, size_t length, int columns)
{
	size_t at = ascii_run(text, length);

	if (columns <= 0)
		return 0;
	if (at >= (size_t)columns)
		return (size_t)columns;
	columns -= (int)at;
	while (at < length) {
		size_t next = text_next(text, length, at);
		columns -= text_width_of(text + at, next - at);
		if (columns < 0)
			break;
		at = next;
	}
	return at;
}
