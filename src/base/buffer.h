/* A growing string, for output that is put together piece by piece.
 *
 * Set it to {0}; text is NULL until something was added, and NUL-terminated after.
 * The owner calls buffer_free. Bytes are taken as they are: sanitise before, see text.h.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

struct buffer {
	char *text;	 /* owned */
	size_t length;	 /* bytes without the NUL */
	size_t capacity; /* bytes allocated */
};

void buffer_add(struct buffer *buffer, const char *text, size_t length);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_format(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Empties it and keeps the memory. */
void buffer_clear(struct buffer *buffer);
void buffer_free(struct buffer *buffer);

#endif
