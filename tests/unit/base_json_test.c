#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/json.h"

/* Parses from memory that ends where the text does, so that a sanitizer sees a read past it. */
static struct json *parse(const char *text, size_t length, size_t *offset)
{
	char *exact = malloc(length > 0 ? length : 1);

	assert_non_null(exact);
	memcpy(exact, text, length);
	struct json *value = json_parse(exact, length, offset);
	free(exact);
	return value;
}

static void good_values_are_read(void **state)
{
	static const char *const good[] = {
		"{}",
		"[]",
		"null",
		"true",
		"false",
		"0",
		"-0",
		"-1.5e+3",
		"1E400",
		"\"\"",
		" \t\r\n{} \n",
		"\"\\u0001\\ud83d\\ude00\\/\\\"\"",
		"[1,2,[3,{\"a\":[]}]]",
		"\"ক্ষুব্ধ\"",
		"\"ĉu\"",
		"\"\x7f\"",
		"\"{[}]\"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct json *value = parse(good[i], strlen(good[i]), NULL);
		if (value == NULL)
			fail_msg("refused: %s", good[i]);
		json_free(value);
	}
}

static void bad_values_are_refused_with_an_offset(void **state)
{
	static const struct {
		const char *text;
		int offset; /* -1: anywhere in it */
	} bad[] = {
		{"", 0},
		{" ", -1},
		{"{} x", 3},
		{"{}{}", 2},
		{"nullx", 4},
		{"nulltrue", 4},
		{"0x10", 1},
		{"{\"a\":1,}", -1},
		{"[1,]", -1},
		{"[1 2]", -1},
		{"{\"a\" 1}", -1},
		{"{a:1}", -1},
		{"01", 2},
		{"-", 1},
		{"1.", 2},
		{".5", 0},
		{"1e", 2},
		{"1e+", 3},
		{"+1", 0},
		{"-01", 3},
		{"NaN", 0},
		{"Infinity", 0},
		{"'a'", 0},
		{"// no\n1", 0},
		{"\"a\nb\"", 2},
		{"\"\x01\"", 1},
		{"\"\x1b[m\"", 1},
		{"\"\t\"", 1},
		{"\"\\u0000\"", 1},
		{"\"a\\u00\"", 2},
		{"\"\\uZZZZ\"", 1},
		{"\"\\x41\"", 1},
		{"\"\\ud83d\"", -1},
		{"\"\\ude00\"", -1},
		{"\"\\ud83dx\"", -1},
		{"\"abc", 3},
		{"\"abc\\", 4},
		{"\"\\u12", 1},
		{"{", -1},
		{"[", -1},
		{"}", -1},
		{"[}", -1},
		{"\xef\xbb\xbf{}", 0},
		{"\x01{}", 0},
		{"{}\x0b", 2},
		{"\"\xff\"", 1},
		{"\"\xc0\xaf\"", 1},
		{"\"\xed\xa0\x80\"", 1},
		{"\"\xe0\xa6\"", 1},
		{"\xe0\xa6\x95", 0},
		{"tru", -1},
		{"t", -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		size_t offset = 9999;
		struct json *value = parse(bad[i].text, strlen(bad[i].text), &offset);
		if (value != NULL)
			fail_msg("taken: %s", bad[i].text);
		if (bad[i].offset >= 0 && offset != (size_t)bad[i].offset)
			fail_msg("offset %zu, not %d: %s", offset, bad[i].offset, bad[i].text);
		assert_true(offset <= strlen(bad[i].text));
		assert_null(parse(bad[i].text, strlen(bad[i].text), NULL));
	}
	size_t offset = 0;
	assert_null(parse("{\"a\":\"b\0c\"}", 11, &offset));
	assert_int_equal(offset, 7);
	assert_null(parse("{}\0", 3, &offset));
	assert_int_equal(offset, 2);
}

static void nesting_has_an_end(void **state)
{
	char text[4 * JSON_DEPTH];
	size_t offset = 0;

	(void)state;
	memset(text, '[', JSON_DEPTH);
	memset(text + JSON_DEPTH, ']', JSON_DEPTH);
	struct json *value = parse(text, 2 * JSON_DEPTH, NULL);
	assert_non_null(value);
	json_free(value);
	memset(text, '[', JSON_DEPTH + 1);
	memset(text + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
	assert_null(parse(text, 2 * JSON_DEPTH + 2, &offset));
	assert_int_equal(offset, JSON_DEPTH);

	size_t much = 1000000;
	char *bomb = malloc(much);
	assert_non_null(bomb);
	memset(bomb, '[', much);
	assert_null(json_parse(bomb, much, &offset));
	memset(bomb, '{', much);
	assert_null(json_parse(bomb, much, &offset));
	memset(bomb, ']', much);
	assert_null(json_parse(bomb, much, &offset));
	free(bomb);
}

static void every_cut_of_a_line_is_refused_or_whole(void **state)
{
	static const char line[] =
		"{\"t\":1795286583123,\"call\":\"0193\",\"text\":\"হতাশ \\u00e9\"}";

	(void)state;
	for (size_t cut = 0; cut < sizeof line - 1; cut++)
		assert_null(parse(line, cut, NULL));
	struct json *value = parse(line, sizeof line - 1, NULL);
	assert_non_null(value);
	assert_string_equal(json_text(value, "text"), "হতাশ é");
	json_free(value);
}

static void members_are_read_by_exact_name(void **state)
{
	static const char text[] =
		"{\"a\":\"one\",\"A\":\"two\",\"a\":\"again\",\"n\":12.5,\"yes\":true,\"no\":false,"
		"\"big\":1e400,\"list\":[\"x\",1,null],\"o\":{}}";

	(void)state;
	struct json *value = parse(text, sizeof text - 1, NULL);
	assert_non_null(value);
	assert_true(json_is_object(value));
	assert_false(json_is_array(value));
	assert_string_equal(json_text(value, "a"), "one");
	assert_string_equal(json_text(value, "A"), "two");
	assert_null(json_text(value, "n"));
	assert_null(json_text(value, "missing"));
	assert_true(json_number(value, "n", 0) > 12.4 && json_number(value, "n", 0) < 12.6);
	assert_int_equal((int)json_number(value, "missing", -3), -3);
	assert_int_equal((int)json_number(value, "a", -3), -3);
	assert_int_equal((int)json_number(value, "big", -3), -3);
	assert_true(json_true(value, "yes"));
	assert_false(json_true(value, "no"));
	assert_false(json_true(value, "n"));
	assert_false(json_true(value, "missing"));
	assert_true(json_is_object(json_member(value, "o")));
	assert_null(json_first(json_member(value, "o")));

	const struct json *list = json_member(value, "list");
	assert_true(json_is_array(list));
	const struct json *item = json_first(list);
	assert_string_equal(json_string(item), "x");
	assert_null(json_name(item));
	item = json_next(item);
	assert_null(json_string(item));
	item = json_next(json_next(item));
	assert_null(item);
	assert_string_equal(json_name(json_first(value)), "a");
	assert_string_equal(json_name(json_next(json_first(value))), "A");
	assert_null(json_member(list, "a"));
	json_free(value);
}

static void nothing_has_no_members(void **state)
{
	(void)state;
	assert_null(json_member(NULL, "a"));
	assert_null(json_text(NULL, "a"));
	assert_int_equal((int)json_number(NULL, "a", 4), 4);
	assert_false(json_true(NULL, "a"));
	assert_false(json_is_object(NULL));
	assert_false(json_is_array(NULL));
	assert_null(json_string(NULL));
	assert_null(json_name(NULL));
	assert_null(json_first(NULL));
	assert_null(json_next(NULL));
	json_free(NULL);
}

static void objects_are_written(void **state)
{
	struct buffer out = {0};
	struct json_writer writer = {.out = &out};

	(void)state;
	json_open(&writer, NULL, '{');
	json_put_text(&writer, "text", "ক্ষুব্ধ");
	json_put_text(&writer, "none", NULL);
	json_open(&writer, "list", '[');
	json_put_number(&writer, NULL, 1);
	json_put_boolean(&writer, NULL, true);
	json_open(&writer, NULL, '{');
	json_close(&writer, '}');
	json_close(&writer, ']');
	json_open(&writer, "empty", '[');
	json_close(&writer, ']');
	json_put_boolean(&writer, "last", false);
	json_close(&writer, '}');
	assert_string_equal(out.text, "{\"text\":\"ক্ষুব্ধ\",\"none\":null,\"list\":[1,true,{}],"
				      "\"empty\":[],\"last\":false}");
	buffer_free(&out);
}

static void check_written_text(const char *text, const char *expected)
{
	struct buffer out = {0};
	struct json_writer writer = {.out = &out};

	json_put_text(&writer, NULL, text);
	assert_string_equal(out.text, expected);
	struct json *value = json_parse(out.text, out.length, NULL);
	assert_non_null(value);
	assert_non_null(json_string(value));
	json_free(value);
	buffer_free(&out);
}

static void text_is_escaped(void **state)
{
	(void)state;
	check_written_text("", "\"\"");
	check_written_text("a\"b\\c/d", "\"a\\\"b\\\\c/d\"");
	check_written_text("\b\f\n\r\t\x01\x1b[m\x7f",
			   "\"\\b\\f\\n\\r\\t\\u0001\\u001b[m\\u007f\"");
	check_written_text("\xc2\x9b"
			   "x\xc2\xa0",
			   "\"\\u009bx\xc2\xa0\"");
	check_written_text("\xe2\x80\xae\xe2\x81\xa6\xe2\x80\xa8", "\"\\u202e\\u2066\\u2028\"");
	check_written_text("\xe2\x80\x8d", "\"\xe2\x80\x8d\"");
	check_written_text("a\xff"
			   "b\xe0\xa6",
			   "\"a\\ufffdb\\ufffd\\ufffd\"");
	check_written_text("\xef\xbf\xbd 😀", "\"\xef\xbf\xbd 😀\"");
}

static void every_code_point_comes_back(void **state)
{
	(void)state;
	for (uint32_t code = 1; code < 0x11000; code++) {
		char text[5] = {0};
		if (code >= 0xd800 && code <= 0xdfff)
			continue;
		if (code < 0x80) {
			text[0] = (char)code;
		} else if (code < 0x800) {
			text[0] = (char)(0xc0 | code >> 6);
			text[1] = (char)(0x80 | (code & 0x3f));
		} else if (code < 0x10000) {
			text[0] = (char)(0xe0 | code >> 12);
			text[1] = (char)(0x80 | (code >> 6 & 0x3f));
			text[2] = (char)(0x80 | (code & 0x3f));
		} else {
			text[0] = (char)(0xf0 | code >> 18);
			text[1] = (char)(0x80 | (code >> 12 & 0x3f));
			text[2] = (char)(0x80 | (code >> 6 & 0x3f));
			text[3] = (char)(0x80 | (code & 0x3f));
		}
		struct buffer out = {0};
		struct json_writer writer = {.out = &out};
		json_put_text(&writer, NULL, text);
		struct json *value = json_parse(out.text, out.length, NULL);
		assert_non_null(value);
		assert_string_equal(json_string(value), text);
		json_free(value);
		buffer_free(&out);
	}
}

static void check_written_number(double number, const char *expected)
{
	struct buffer out = {0};
	struct json_writer writer = {.out = &out};

	json_put_number(&writer, NULL, number);
	assert_string_equal(out.text, expected);
	buffer_free(&out);
}

static void numbers_are_written(void **state)
{
	(void)state;
	check_written_number(0, "0");
	check_written_number(-0.0, "0");
	check_written_number(-17, "-17");
	check_written_number(1795286583123.0, "1795286583123");
	check_written_number(9007199254740991.0, "9007199254740991");
	check_written_number(9007199254740992.0, "9007199254740992");
	check_written_number(0.5, "0.5");
	check_written_number(0.1, "0.1");
	check_written_number(1.0 / 3.0, "0.33333333333333331");
	check_written_number(1e300, "1e+300");
	check_written_number((double)INFINITY, "null");
	check_written_number(-(double)INFINITY, "null");
	check_written_number((double)NAN, "null");
}

static void noise_is_survived(void **state)
{
	static const char alphabet[] = "{}[]:,\"\\u0dtrue falsn19-.eE\x01\xe0\xa6\x95";

	(void)state;
	srand(7);
	for (int round = 0; round < 200000; round++) {
		char text[24];
		size_t length = (size_t)rand() % sizeof text;
		size_t offset = 0;
		for (size_t i = 0; i < length; i++)
			text[i] = alphabet[(size_t)rand() % (sizeof alphabet - 1)];
		struct json *value = parse(text, length, &offset);
		assert_true(value != NULL || offset <= length);
		json_free(value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_values_are_read),
		cmocka_unit_test(bad_values_are_refused_with_an_offset),
		cmocka_unit_test(nesting_has_an_end),
		cmocka_unit_test(every_cut_of_a_line_is_refused_or_whole),
		cmocka_unit_test(members_are_read_by_exact_name),
		cmocka_unit_test(nothing_has_no_members),
		cmocka_unit_test(objects_are_written),
		cmocka_unit_test(text_is_escaped),
		cmocka_unit_test(every_code_point_comes_back),
		cmocka_unit_test(numbers_are_written),
		cmocka_unit_test(noise_is_survived),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
