/* Wrapping, held against every line of the shipped playbooks at every width: by rules of our own,
 * not by those that it is made with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/arena.h"
#include "base/text.h"

enum { NARROWEST = 10, WIDEST = 80, LINE_BYTES = 4096 };

static const char *const playbooks[] = {
	"scripts/bn/common.yaml",	  "scripts/bn/angry-customer.yaml",
	"scripts/bn/quiet-customer.yaml", "scripts/eo/common.yaml",
	"scripts/eo/angry-customer.yaml", "scripts/en/common.yaml",
};

/* Signs that stand on or about the letter before them. */
static bool is_bengali_sign(uint32_t code)
{
	return (code >= 0x981 && code <= 0x983) || code == 0x9bc ||
	       (code >= 0x9be && code <= 0x9cd) || code == 0x9d7 || code == 0x9e2 ||
	       code == 0x9e3 || code == 0x9fe;
}

static bool is_joiner(uint32_t code)
{
	return code == 0x200c || code == 0x200d;
}

static uint32_t code_at(const char *text, size_t length, size_t at)
{
	size_t size;

	return at < length ? text_decode(text + at, length - at, &size) : 0;
}

static uint32_t code_before(const char *text, size_t at)
{
	while (at > 0 && ((unsigned char)text[--at] & 0xc0) == 0x80)
		continue;
	return code_at(text, strlen(text), at);
}

/* Columns by wcwidth alone. */
static int columns_of(const char *text, size_t length)
{
	int columns = 0;
	size_t size;

	for (size_t at = 0; at < length; at += size) {
		int width = wcwidth((wchar_t)text_decode(text + at, length - at, &size));
		columns += width > 0 ? width : 0;
	}
	return columns;
}

static void fail_at(const char *text, int columns, size_t at, const char *what)
{
	fail_msg("%s: at %zu of '%s', %d columns wide", what, at, text, columns);
}

/* A row begins here without a blank before it: nothing was parted that belongs together. */
static void is_good_cut(const char *text, size_t at, int columns)
{
	size_t length = strlen(text);
	uint32_t before = code_before(text, at), behind = code_at(text, length, at);

	if (((unsigned char)text[at] & 0xc0) == 0x80)
		fail_at(text, columns, at, "a break inside a character");
	if (is_bengali_sign(behind) || (behind >= 0x300 && behind <= 0x36f))
		fail_at(text, columns, at, "a break before a sign");
	if (before == 0x9cd || is_joiner(before) || is_joiner(behind))
		fail_at(text, columns, at, "a break after a virama or at a joiner");
}

/* UAX 14 allows no break here: then the word is too wide for any row. */
static void is_needed_cut(const char *text, size_t at, int columns, const char *breaks)
{
	size_t start = at, end = at, length = strlen(text);

	while (start > 0 && !breaks[start])
		start--;
	while (end < length && !breaks[end])
		end++;
	while (end > start && text[end - 1] == ' ')
		end--;
	if (columns_of(text + start, end - start) <= columns)
		fail_at(text, columns, at, "a break where UAX 14 allows none");
}

/* Hosts and slots are held together more than UAX 14 asks for, and `( a` is cut at its blank. */
static bool is_ruled_by_uax14(const char *text)
{
	return strpbrk(text, "<.({") == NULL;
}

static void is_wrapped_well(const char *text, int columns, const char *breaks)
{
	struct arena arena = {0};
	struct text_row *rows;
	size_t length = strlen(text), at = 0;
	size_t count = text_wrap(&arena, text, length, columns, &rows);

	for (size_t i = 0; i < count; i++) {
		bool parted = i == 0 || rows[i].start > at;
		/* between the rows are blanks, and nothing is lost */
		while (at < rows[i].start)
			if (text[at++] != ' ')
				fail_at(text, columns, at, "a character between the rows");
		if (rows[i].start != at)
			fail_at(text, columns, at, "a row that begins twice");
		if (!parted)
			is_good_cut(text, at, columns);
		if (i > 0 && !breaks[rows[i].start] && is_ruled_by_uax14(text))
			is_needed_cut(text, rows[i].start, columns, breaks);
		at += rows[i].length;
		if (rows[i].width != columns_of(text + rows[i].start, rows[i].length))
			fail_at(text, columns, at, "a row of another width");
		if (rows[i].width > columns)
			fail_at(text, columns, at, "a row that is too wide");
	}
	if (at != length)
		fail_at(text, columns, at, "the end is lost");
	arena_free(&arena);
}

/* As many words as there is room for: the first word of each row would not have fitted before. */
static void is_wrapped_greedily(const char *text, int columns, const char *breaks)
{
	struct arena arena = {0};
	struct text_row *rows;
	size_t length = strlen(text);
	size_t count = text_wrap(&arena, text, length, columns, &rows);

	for (size_t i = 1; i < count; i++) {
		size_t end = rows[i].start + 1;
		while (end < length && !breaks[end])
			end++;
		while (end > rows[i].start && text[end - 1] == ' ')
			end--;
		if (columns_of(text + rows[i - 1].start, end - rows[i - 1].start) <= columns)
			fail_at(text, columns, rows[i].start, "a row that could hold more");
	}
	arena_free(&arena);
}

static size_t check_file(const char *path)
{
	char line[LINE_BYTES], breaks[LINE_BYTES];
	FILE *file = fopen(path, "r");
	size_t lines = 0;

	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		struct arena arena = {0};
		size_t indent = strspn(line, " -");
		line[strcspn(line, "\n")] = '\0';
		if (indent >= strlen(line) || strlen(line) > 600)
			continue;
		const char *text = text_clean(&arena, line + indent, strlen(line + indent));
		text_breaks(text, strlen(text), breaks);
		for (int columns = NARROWEST; columns <= WIDEST; columns++) {
			is_wrapped_well(text, columns, breaks);
			if (is_ruled_by_uax14(text))
				is_wrapped_greedily(text, columns, breaks);
		}
		arena_free(&arena);
		lines++;
	}
	fclose(file);
	return lines;
}

static void every_line_of_the_playbooks(void **state)
{
	size_t lines = 0;

	(void)state;
	for (size_t i = 0; i < sizeof playbooks / sizeof *playbooks; i++)
		lines += check_file(playbooks[i]);
	print_message("%zu lines at %d widths\n", lines, WIDEST - NARROWEST + 1);
	assert_true(lines > 2000);
}

/* Words too long for a row are cut, and only between clusters. */
static void long_words(void **state)
{
	static const char *const words[] = {
		"ক্ষক্ষক্ষক্ষক্ষক্ষক্ষক্ষক্ষক্ষক্ষক্ষক্ষক্ষক্ষক্ষ",
		"স্ত্রীস্ত্রীস্ত্রীস্ত্রীস্ত্রীস্ত্রীস্ত্রীস্ত্রীস্ত্রী",
		"র‍্যাবর‍্যাবর‍্যাব",
		"কিংকর্তব্যবিমূঢ়কিংকর্তব্যবিমূঢ়কিংকর্তব্যবিমূঢ়",
		"দুঃখিতচাঁদকোনোবৌয়েরদুঃখিতচাঁদকোনোবৌয়ের",
		"ehxoŝanĝoĉiuĵaŭdeehxoŝanĝoĉiuĵaŭdeehxoŝanĝoĉiuĵaŭde",
	};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct arena arena = {0};
		char breaks[LINE_BYTES];
		const char *text = text_clean(&arena, words[i], strlen(words[i]));
		text_breaks(text, strlen(text), breaks);
		for (int columns = NARROWEST; columns <= WIDEST; columns++)
			is_wrapped_well(text, columns, breaks);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_of_the_playbooks),
		cmocka_unit_test(long_words),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
