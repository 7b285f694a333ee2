#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "suggest/feature.h"

#define BENGALI_KI "\xe0\xa6\x95\xe0\xa6\xbf" /* ka, vowel sign i */
#define BENGALI_KA "\xe0\xa6\x95"

static struct feature_set read_text(struct arena *arena, const char *text)
{
	return feature_read(arena, text, strlen(text), false);
}

static bool has(const struct feature_set *set, uint64_t hash)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->items[i].hash == hash)
			return true;
	return false;
}

static size_t common(const struct feature_set *a, const struct feature_set *b)
{
	size_t count = 0;

	for (size_t i = 0; i < a->count; i++)
		count += has(b, a->items[i].hash);
	return count;
}

static void assert_same(const char *one, const char *other, bool x_notation)
{
	struct arena arena = {0};
	struct feature_set a = feature_read(&arena, one, strlen(one), x_notation);
	struct feature_set b = feature_read(&arena, other, strlen(other), x_notation);

	assert_true(a.count > 0);
	assert_int_equal(a.count, b.count);
	assert_int_equal(common(&a, &b), a.count);
	arena_free(&arena);
}

static size_t count_family(const struct feature_set *set, enum feature_family family)
{
	size_t count = 0;

	for (size_t i = 0; i < set->count; i++)
		count += set->items[i].family == family;
	return count;
}

static void test_counts(void **state)
{
	struct arena arena = {0};
	struct feature_set set = read_text(&arena, "ab cd");

	(void)state;
	/* ab, cd, "ab cd" */
	assert_int_equal(count_family(&set, FEATURE_WORDS), 3);
	/* of " ab ": " a", "ab", "b ", " ab", "ab ", " ab "; as many of " cd " */
	assert_int_equal(count_family(&set, FEATURE_LETTERS), 12);
	arena_free(&arena);
}

static void test_each_once(void **state)
{
	struct arena arena = {0};
	struct feature_set set = read_text(&arena, "no no no no");

	(void)state;
	/* the word and the run "no" are two; "no no" is one */
	assert_int_equal(count_family(&set, FEATURE_WORDS), 2);
	assert_int_equal(count_family(&set, FEATURE_LETTERS), 6);
	for (size_t i = 0; i < set.count; i++)
		for (size_t k = 0; k < i; k++)
			assert_true(set.items[i].hash != set.items[k].hash);
	arena_free(&arena);
}

static void test_what_does_not_matter(void **state)
{
	(void)state;
	assert_same("Don't  WAIT!", "dont wait", false);
	assert_same("caf\xc3\xa9", "cafe", false);
	assert_same("order 4729 of 12", "order 1 of 000000", false);
	/* Bengali digits are digits */
	assert_same("\xe0\xa7\xa9\xe0\xa7\xaa", "7", false);
	assert_same("\xc4\x89u vi", "cxu vi", true);
}

static void test_x_only_in_esperanto(void **state)
{
	struct arena arena = {0};
	struct feature_set with = read_text(&arena, "cxu"), without = read_text(&arena, "cu");

	(void)state;
	assert_true(common(&with, &without) < without.count);
	arena_free(&arena);
}

static void test_bengali_signs_stay(void **state)
{
	struct arena arena = {0};
	struct feature_set ki = read_text(&arena, BENGALI_KI), ka = read_text(&arena, BENGALI_KA);

	(void)state;
	/* one word of two code points, not two words */
	assert_int_equal(count_family(&ki, FEATURE_WORDS), 1);
	assert_int_equal(count_family(&ki, FEATURE_LETTERS), 6);
	assert_true(common(&ki, &ka) < ka.count);
	arena_free(&arena);
}

static void test_nothing(void **state)
{
	static const char *const texts[] = {"", " ", "?! ...", "\xff\xfe", "\n"};
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_int_equal(read_text(&arena, texts[i]).count, 0);
	assert_int_equal(feature_read(&arena, "\0\0", 2, false).count, 0);
	arena_free(&arena);
}

static void test_hostile(void **state)
{
	struct arena arena = {0};
	size_t length = 1 << 20;
	char *text = malloc(length);
	struct feature_set set, cut;

	(void)state;
	assert_non_null(text);
	/* a NUL parts words like any other stranger */
	set = feature_read(&arena, "a\0b", 3, false);
	assert_int_equal(count_family(&set, FEATURE_WORDS), 3);
	memset(text, 'x', length);
	set = feature_read(&arena, text, length, false);
	cut = feature_read(&arena, text, FEATURE_BYTES_MOST, false);
	assert_int_equal(set.count, cut.count);
	/* noise: whatever it is, it comes back */
	for (size_t i = 0; i < length; i++)
		text[i] = (char)(i * 2654435761u >> 13);
	for (size_t at = 0; at + FEATURE_BYTES_MOST < length; at += length / 50)
		feature_read(&arena, text + at, FEATURE_BYTES_MOST, at & 1);
	free(text);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_each_once),
		cmocka_unit_test(test_what_does_not_matter),
		cmocka_unit_test(test_x_only_in_esperanto),
		cmocka_unit_test(test_bengali_signs_stay),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
