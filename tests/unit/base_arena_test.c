#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"

static void memory_is_zeroed_aligned_and_apart(void **state)
{
	struct arena arena = {0};
	unsigned char *kept[600];
	size_t sizes[600];

	(void)state;
	srand(1);
	for (int i = 0; i < 600; i++) {
		sizes[i] = (size_t)rand() % (i % 50 == 0 ? 90000u : 700u);
		kept[i] = arena_alloc(&arena, sizes[i]);
		assert_non_null(kept[i]);
		assert_int_equal((uintptr_t)kept[i] % _Alignof(max_align_t), 0);
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(kept[i][j], 0);
		memset(kept[i], i & 0xff, sizes[i]);
	}
	for (int i = 0; i < 600; i++) {
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(kept[i][j], i & 0xff);
	}
	assert_true(arena.total > 0);
	arena_free(&arena);
	assert_int_equal(arena.total, 0);
	assert_null(arena.newest);
}

static void texts_and_things_share_memory_and_never_meet(void **state)
{
	struct arena arena = {0};
	char *texts[2000];
	unsigned char *things[2000];

	(void)state;
	srand(2);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 2000; i++) {
			char letters[100];
			size_t length = (size_t)rand() % sizeof letters;

			memset(letters, 'a' + i % 26, sizeof letters);
			texts[i] = arena_copy(&arena, letters, length);
			things[i] = arena_alloc(&arena, length);
			assert_int_equal((uintptr_t)things[i] % _Alignof(max_align_t), 0);
			for (size_t j = 0; j < length; j++)
				assert_int_equal(things[i][j], 0);
			memset(things[i], 0xff, length);
		}
		for (int i = 0; i < 2000; i++) {
			size_t length = strlen(texts[i]);

			for (size_t j = 0; j < length; j++) {
				assert_int_equal(texts[i][j], 'a' + i % 26);
				assert_int_equal(things[i][j], 0xff);
			}
		}
		arena_reset(&arena);
	}
	arena_free(&arena);
}

static void nothing_is_still_somewhere(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_non_null(arena_alloc(&arena, 0));
	arena_free(&arena);
	arena_free(&arena);
	arena_reset(&arena);
	assert_non_null(arena_alloc(&arena, 1));
	arena_free(&arena);
}

static void a_frame_is_forgotten_and_the_next_is_zeroed(void **state)
{
	struct arena arena = {0};
	size_t most = 0;

	(void)state;
	for (int frame = 0; frame < 100; frame++) {
		for (int i = 0; i < 300; i++) {
			char *memory = arena_alloc(&arena, 200);
			for (int j = 0; j < 200; j++)
				assert_int_equal(memory[j], 0);
			memset(memory, 'x', 200);
		}
		if (frame == 0)
			most = arena.total;
		assert_true(arena.total <= most * 2);
		arena_reset(&arena);
		assert_true(arena.total <= 64 * 1024);
	}
	arena_alloc(&arena, 1000000);
	arena_reset(&arena);
	assert_true(arena.total <= 64 * 1024);
	arena_free(&arena);
}

static void strings_are_copied_and_formatted(void **state)
{
	struct arena arena = {0};
	char text[] = "hello, world";

	(void)state;
	char *copy = arena_copy(&arena, text, 5);
	char *all = arena_string(&arena, text);
	text[0] = 'j';
	assert_string_equal(copy, "hello");
	assert_string_equal(all, "hello, world");
	assert_null(arena_string(&arena, NULL));
	assert_string_equal(arena_copy(&arena, NULL, 0), "");
	assert_string_equal(arena_format(&arena, "%s-%d", "a", 12), "a-12");
	assert_string_equal(arena_format(&arena, "%s", ""), "");
	char *wide = arena_format(&arena, "%0100000d", 7);
	assert_int_equal(strlen(wide), 100000);
	arena_free(&arena);
}

static void an_array_grows_and_keeps_its_items(void **state)
{
	struct arena arena = {0};
	int *items = NULL;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		items = arena_more(&arena, items, (size_t)i, sizeof *items);
		assert_int_equal(items[i], 0);
		items[i] = i + 1;
	}
	for (int i = 0; i < 5000; i++)
		assert_int_equal(items[i], i + 1);
	/* Emptied and filled again, a place is zero once more. */
	items = arena_more(&arena, items, 0, sizeof *items);
	assert_int_equal(items[0], 0);
	arena_free(&arena);
}

static void a_buffer_grows(void **state)
{
	struct buffer buffer = {0};

	(void)state;
	assert_null(buffer.text);
	buffer_add(&buffer, NULL, 0);
	assert_string_equal(buffer.text, "");
	buffer_text(&buffer, "ab");
	buffer_add(&buffer, "cdef", 2);
	buffer_format(&buffer, "%d%s", 7, "!");
	assert_string_equal(buffer.text, "abcd7!");
	assert_int_equal(buffer.length, 6);
	for (int i = 0; i < 1000; i++)
		buffer_format(&buffer, "%d,", i % 10);
	assert_int_equal(buffer.length, 2006);
	assert_int_equal(strlen(buffer.text), 2006);
	buffer_clear(&buffer);
	assert_int_equal(buffer.length, 0);
	assert_string_equal(buffer.text, "");
	assert_true(buffer.capacity >= 2006);
	buffer_free(&buffer);
	assert_null(buffer.text);
	buffer_clear(&buffer);
	assert_null(buffer.text);
	buffer_free(&buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(texts_and_things_share_memory_and_never_meet),
		cmocka_unit_test(nothing_is_still_somewhere),
		cmocka_unit_test(a_frame_is_forgotten_and_the_next_is_zeroed),
		cmocka_unit_test(strings_are_copied_and_formatted),
		cmocka_unit_test(an_array_grows_and_keeps_its_items),
		cmocka_unit_test(a_buffer_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
