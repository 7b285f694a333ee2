/* Bytes as letters: Base64 of RFC 4648, section 4, with padding and without line breaks. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stddef.h>

struct buffer;

/* Appends length bytes of any kind, encoded. */
void base64_add(struct buffer *out, const char *bytes, size_t length);

#endif
