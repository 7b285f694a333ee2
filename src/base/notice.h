/* A few words for a person, in room of their own that does not grow: a notice, a message. */
#ifndef BASE_NOTICE_H
#define BASE_NOTICE_H

#include <stdarg.h>
#include <stddef.h>

/* A text, cleaned (text_clean). What is too long for the size bytes of room, NUL included, ends at
 * a cluster boundary. */
void notice_take(char *room, size_t size, const char *text, size_t length);

/* The same, formatted as printf(3) does. */
void notice_write(char *room, size_t size, const char *format, va_list arguments)
	__attribute__((format(printf, 3, 0)));

#endif
