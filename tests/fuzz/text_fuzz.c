/* Any bytes at all: cleaned, wrapped, folded. */
#include "base/arena.h"
#include "base/text.h"

#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	setlocale(LC_CTYPE, "C.UTF-8");
	return 0;
}

static void wraps(struct arena *arena, const char *text, int columns)
{
	size_t length = strlen(text), at = 0, count;
	struct text_row *rows;

	count = text_wrap(arena, text, length, columns, &rows);
	for (size_t i = 0; i < count; i++) {
		assert(rows[i].start >= at && rows[i].start + rows[i].length <= length);
		assert(text_valid(text + rows[i].start, rows[i].length, NULL));
		assert(rows[i].width == text_width_of(text + rows[i].start, rows[i].length));
		at = rows[i].start + rows[i].length;
	}
}

static void walks(const char *text)
{
	size_t length = strlen(text), at = 0;

	while (at < length) {
		size_t next = text_next(text, length, at);

		assert(next > at && next <= length);
		assert(text_previous(text, length, next) == at);
		at = next;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	const char *clean, *again;
	int columns;

	if (size < 1)
		return 0;
	columns = data[0] % 100 + 1;
	clean = text_clean(&arena, (const char *)data + 1, size - 1);
	assert(text_valid(clean, strlen(clean), NULL));
	again = text_clean(&arena, clean, strlen(clean));
	assert(strcmp(clean, again) == 0);
	for (const char *at = clean; *at; at++)
		assert((unsigned char)*at >= 0x20 && *at != 0x7f);
	wraps(&arena, clean, columns);
	if (size < 512)
		walks(clean);
	/* typed is clean but for a joiner at the end, and clean once more is what will be kept */
	again = text_typed(&arena, (const char *)data + 1, size - 1);
	assert(text_valid(again, strlen(again), NULL));
	assert(strlen(again) >= strlen(clean));
	assert(strcmp(text_clean(&arena, again, strlen(again)), clean) == 0);
	again = text_fold(&arena, clean, strlen(clean));
	assert(text_valid(again, strlen(again), NULL));
	arena_free(&arena);
	return 0;
}
