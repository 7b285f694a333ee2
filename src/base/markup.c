#include "base/markup.h"

#include "base/buffer.h"

void markup_text(struct buffer *out, const char *text)
{
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '&': buffer_text(out, "&amp;"); break;
		case '<': buffer_text(out, "&lt;"); break;
		case '>': buffer_text(out, "&gt;"); break;
		case '"': buffer_text(out, "&quot;"); break;
		default: buffer_add(out, text, 1); break;
		}
	}
}
