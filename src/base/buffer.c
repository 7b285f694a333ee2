#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_LEAST = 64 };

/* Room for so many bytes more, and the NUL. */
static void make_room(struct buffer *buffer, size_t more)
{
	if (more >= SIZE_MAX / 4 - buffer->length)
		abort();
	size_t needed = buffer->length + more + 1;
	if (needed <= buffer->capacity)
		return;
	size_t capacity = buffer->capacity == 0 ? CAPACITY_LEAST : buffer->capacity * 2;
	if (capacity < needed)
		capacity = needed;
	char *text = realloc(buffer->text, capacity);
	if (text == NULL)
		abort();
	buffer->text = text;
	buffer->capacity = capacity;
}

void buffer_add(struct buffer *buffer, const char *text, size_t length)
{
	make_room(buffer, length);
	if (length > 0)
		memcpy(buffer->text + buffer->length, text, length);
	buffer->length += length;
	buffer->text[buffer->length] = '\0';
}

void buffer_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;

	/* most fits at once */
	make_room(buffer, 0);
	size_t room = buffer->capacity - buffer->length;
	va_start(arguments, format);
	int length = vsnprintf(buffer->text + buffer->length, room, format, arguments);
	va_end(arguments);
	if (length < 0)
		abort();
	if ((size_t)length >= room) {
		make_room(buffer, (size_t)length);
		va_start(arguments, format);
		vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, arguments);
		va_end(arguments);
	}
	buffer->length += (size_t)length;
}

void buffer_clear(struct buffer *buffer)
{
	buffer->length = 0;
	if (buffer->text != NULL)
		buffer->text[0] = '\0';
}

void buffer_free(struct buffer *buffer)
{
	free(buffer->text);
	*buffer = (struct buffer){0};
}
