#include "base/notice.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

void notice_take(char *room, size_t size, const char *text, size_t length)
{
	struct arena scratch = {0};
	const char *clean = text_clean_counted(&scratch, text, &length);

	if (length >= size)
		length = text_previous(clean, length, size);
	memcpy(room, clean, length);
	room[length] = '\0';
	arena_free(&scratch);
}

void notice_write(char *room, size_t size, const char *format, va_list arguments)
{
	struct arena scratch = {0};
	const char *text = arena_vformat(&scratch, format, arguments);

	notice_take(room, size, text, strlen(text));
	arena_free(&scratch);
}
