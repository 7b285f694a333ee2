#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "playbook/csv.h"

/* All records, "[a|b]" each, newlines as they are; an error as "!line:column error". */
static void expect_bytes(const char *text, size_t length, char delimiter, const char *expected)
{
	struct arena arena = {0};
	struct buffer got = {0};
	struct csv_field *fields;
	struct csv csv;
	size_t count;
	char *exact = malloc(length + 1); /* nothing behind it: overruns are seen */

	memcpy(exact, text, length);
	exact = realloc(exact, length > 0 ? length : 1);
	csv_open(&csv, exact, length, delimiter);
	buffer_text(&got, "");
	while (csv_next(&csv, &arena, &fields, &count)) {
		for (size_t i = 0; i < count; i++) {
			assert_int_equal(strlen(fields[i].text), fields[i].length);
			buffer_format(&got, "%s%s", i == 0 ? "[" : "|", fields[i].text);
		}
		buffer_text(&got, "]");
	}
	if (csv.error != NULL)
		buffer_format(&got, "!%d:%d %s", csv.error_line, csv.error_column, csv.error);
	assert_string_equal(got.text, expected);
	assert_false(csv_next(&csv, &arena, &fields, &count));
	buffer_free(&got);
	arena_free(&arena);
	free(exact);
}

static void expect(const char *text, const char *expected)
{
	expect_bytes(text, strlen(text), ',', expected);
}

static void rfc_examples(void **state)
{
	(void)state;
	expect("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "[aaa|bbb|ccc][zzz|yyy|xxx]");
	expect("aaa,bbb,ccc\r\nzzz,yyy,xxx", "[aaa|bbb|ccc][zzz|yyy|xxx]");
	expect("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "[aaa|bbb|ccc][zzz|yyy|xxx]");
	expect("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", "[aaa|b\r\nbb|ccc][zzz|yyy|xxx]");
	expect("\"aaa\",\"b\"\"bb\",\"ccc\"", "[aaa|b\"bb|ccc]");
	/* spaces belong to a field */
	expect(" a , b ", "[ a | b ]");
}

static void ends_of_lines(void **state)
{
	(void)state;
	expect("", "");
	expect("a\nb\n", "[a][b]");
	expect("a\rb\r", "[a][b]");
	expect("a\n\nb", "[a][][b]");
	expect("\n", "[]");
	expect("a,\n,b\n,", "[a|][|b][|]");
	expect("\"\"", "[]");
	expect("\"\",\"\"\n", "[|]");
	expect("\"a\nb\rc\r\nd\"", "[a\nb\rc\r\nd]");
}

static void begins_with_a_mark(void **state)
{
	(void)state;
	expect("\xEF\xBB\xBF"
	       "a,b\n",
	       "[a|b]");
	expect("\xEF\xBB\xBF\"a,b\"", "[a,b]");
	expect("\xEF\xBB\xBF", "");
}

static void quotes_inside(void **state)
{
	(void)state;
	expect("5\" disk,say \"hi\"", "[5\" disk|say \"hi\"]");
	expect("\"\"\"\"", "[\"]");
	expect("\"\"\"a\"\"\"", "[\"a\"]");
	expect("\"\"\"\"\"\",x", "[\"\"|x]");
}

static void other_delimiters(void **state)
{
	(void)state;
	expect_bytes("a;b,c\n", 6, ';', "[a|b,c]");
	expect_bytes("a\t\"b\tc\"\n", 8, '\t', "[a|b\tc]");
}

static void mistakes(void **state)
{
	(void)state;
	expect("a\nb,\"c\nd", "[a]!2:3 a quote begins here and is not closed");
	expect("\"", "!1:1 a quote begins here and is not closed");
	expect("\"a\"\"", "!1:1 a quote begins here and is not closed");
	expect("x,\"a\nb\"c", "!2:3 a field in quotes ends before this; a quote inside it is "
			      "written twice");
	expect_bytes("a\nb\0c", 5, ',', "[a]!2:1 a NUL byte: this is no text");
}

static void knows_lines(void **state)
{
	static const char text[] = "a,\"b\n\n\",c\n\"\nx\",y\n";
	struct arena arena = {0};
	struct csv_field *fields;
	struct csv csv;
	size_t count;

	(void)state;
	csv_open(&csv, text, strlen(text), ',');
	assert_true(csv_next(&csv, &arena, &fields, &count));
	assert_int_equal(fields[0].line, 1);
	assert_int_equal(fields[1].line, 1);
	assert_int_equal(fields[2].line, 3);
	assert_true(csv_next(&csv, &arena, &fields, &count));
	assert_int_equal(fields[0].line, 4);
	assert_int_equal(fields[1].line, 5);
	arena_free(&arena);
}

static void limits(void **state)
{
	struct buffer text = {0}, expected = {0};

	(void)state;
	for (int i = 0; i < CSV_FIELDS_MOST; i++)
		buffer_text(&text, ",");
	expect_bytes(text.text, text.length, ',', "!1:1025 too many fields in a record");
	buffer_clear(&text);
	for (int i = 0; i <= CSV_FIELD_BYTES; i++)
		buffer_text(&text, "x");
	expect_bytes(text.text, text.length, ',', "!1:1 this field is too long");
	buffer_text(&expected, "[");
	buffer_add(&expected, text.text, CSV_FIELD_BYTES);
	buffer_text(&expected, "]");
	expect_bytes(text.text, CSV_FIELD_BYTES, ',', expected.text);
	buffer_free(&expected);
	buffer_free(&text);
}

/* Whatever fields are written by the rules of the RFC come back. */
static void round_trip(void **state)
{
	static const char alphabet[] = "ab,\"\n\r; \xC3\xA9";
	uint32_t random = 1;

	(void)state;
	for (int run = 0; run < 3000; run++) {
		struct buffer text = {0}, expected = {0};
		buffer_text(&text, "");
		for (int record = 0; record < 3; record++) {
			for (int field = 0; field < 3; field++) {
				char value[8] = "";
				size_t length = (random = random * 1664525 + 1013904223) >> 29;
				for (size_t i = 0; i < length; i++)
					value[i] = alphabet
						[((random = random * 1664525 + 1013904223) >> 20) %
						 (sizeof alphabet - 1)];
				buffer_text(&text, field == 0 ? "\"" : ",\"");
				for (size_t i = 0; i < length; i++) {
					buffer_add(&text, &value[i], 1);
					if (value[i] == '"')
						buffer_text(&text, "\"");
				}
				buffer_text(&text, "\"");
				buffer_format(&expected, "%s%.*s", field == 0 ? "[" : "|",
					      (int)length, value);
			}
			buffer_text(&text, "\r\n");
			buffer_text(&expected, "]");
		}
		expect_bytes(text.text, text.length, ',', expected.text);
		buffer_free(&text);
		buffer_free(&expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rfc_examples),	      cmocka_unit_test(ends_of_lines),
		cmocka_unit_test(begins_with_a_mark), cmocka_unit_test(quotes_inside),
		cmocka_unit_test(other_delimiters),   cmocka_unit_test(mistakes),
		cmocka_unit_test(knows_lines),	      cmocka_unit_test(limits),
		cmocka_unit_test(round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
