/* What is typed a key at a time, into one line and into several. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "view/field.h"
#include "view/keymap.h"
#include "view/sheet.h"

#define ZWJ "\xe2\x80\x8d"
#define ZWNJ "\xe2\x80\x8c"

/* Each code point is a press of its own, as a terminal sends them; "\b" is backspace. */
static void type(struct field *field, struct sheet *sheet, const char *text)
{
	size_t length = strlen(text), size;

	for (size_t at = 0; at < length; at += size) {
		struct press press = {.kind = text[at] == '\b' ? PRESS_BACKSPACE : PRESS_CHARACTER};
		text_decode(text + at, length - at, &size);
		memcpy(press.text, text + at, size);
		if (field != NULL)
			assert_true(field_press(field, &press));
		if (sheet != NULL)
			assert_true(sheet_press(sheet, &press));
	}
}

static const struct {
	const char *typed, *becomes;
} cases[] = {
	{"কাজ", "কাজ"},
	{"ভাল\xe0\xa7\x87\xe0\xa6\xbe", "ভালো"},
	{"C\xcc\x82iu", "Ĉiu"},
	{"র" ZWJ "্যাব", "র" ZWJ "্যাব"},
	{"উদ্" ZWNJ "ঘাটন", "উদ্" ZWNJ "ঘাটন"},
	{"এক্" ZWJ " x" ZWJ "y", "এক্ xy"},
	{"র" ZWJ ZWJ "্য", "র" ZWJ "্য"},
	{ZWJ "ক", "ক"},
	{"মাক্ষ\b", "মা"},
	{"মার" ZWJ "্যা\bলা", "মালা"},
	{"বড\xe0\xa6\xbc\b", "ব"},
};

static void a_line_composes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct field field = {0};
		type(&field, NULL, cases[i].typed);
		assert_string_equal(field.text, cases[i].becomes);
		assert_int_equal(field.length, strlen(field.text));
		assert_int_equal(field.cursor, field.length);
	}
}

static void several_lines_compose(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sheet sheet = {.columns = 40};
		sheet_set(&sheet, "");
		type(NULL, &sheet, cases[i].typed);
		assert_string_equal(sheet.text.text, cases[i].becomes);
		sheet_free(&sheet);
	}
}

static void in_the_middle(void **state)
{
	struct field field = {0};
	struct sheet sheet = {.columns = 40};
	const struct press left = {.kind = PRESS_LEFT};

	(void)state;
	type(&field, NULL, "কক");
	field_press(&field, &left);
	type(&field, NULL, "ে\xe0\xa6\xbe");
	assert_string_equal(field.text, "কোক");
	assert_int_equal(field.cursor, strlen("কো"));
	sheet_set(&sheet, "এক\nকক\nদুই");
	sheet.cursor = strlen("এক\nক");
	type(NULL, &sheet, "ে\xe0\xa6\xbe");
	assert_string_equal(sheet.text.text, "এক\nকোক\nদুই");
	assert_int_equal(sheet.cursor, strlen("এক\nকো"));
	sheet_free(&sheet);
}

/* What does not fit is not taken, and nothing of what is there goes. */
static void a_full_line_stays(void **state)
{
	struct field field = {0};
	char full[FIELD_BYTES];

	(void)state;
	memset(full, 'a', sizeof full);
	full[FIELD_BYTES - 4] = '\0';
	field_set(&field, full);
	type(&field, NULL, "ক");
	assert_int_equal(field.length, FIELD_BYTES - 1);
	type(&field, NULL, "া");
	type(&field, NULL, "b");
	assert_int_equal(field.length, FIELD_BYTES - 1);
	assert_string_equal(field.text + FIELD_BYTES - 4, "ক");
	field.cursor = 3;
	type(&field, NULL, "b");
	assert_int_equal(field.cursor, 3);
	assert_int_equal(field.length, FIELD_BYTES - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_composes),
		cmocka_unit_test(several_lines_compose),
		cmocka_unit_test(in_the_middle),
		cmocka_unit_test(a_full_line_stays),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
