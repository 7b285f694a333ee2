/* Text as HTML and XML write it. */
#ifndef BASE_MARKUP_H
#define BASE_MARKUP_H

struct buffer;

/* Appends a text as the content of an element or of an attribute in double quotes. */
void markup_text(struct buffer *out, const char *text);

#endif
