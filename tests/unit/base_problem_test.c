#include <locale.h>
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
#include "base/json.h"
#include "base/problem.h"
#include "base/text.h"

static void check_shown(struct problem problem, enum problem_format format, const char *expected)
{
	struct buffer out = {0};

	problem_show(&problem, format, &out);
	assert_string_equal(out.text, expected);
	buffer_free(&out);
}

static const struct problem misspelt = {
	.severity = PROBLEM_ERROR,
	.place = {"scripts/en/angry.yaml", 12, 3},
	.message = "unknown key \"titel\"",
	.mend = "did you mean \"title\"?",
	.source = "  titel: About to leave",
};

static void people_get_a_picture(void **state)
{
	(void)state;
	check_shown(misspelt, PROBLEM_HUMAN,
		    "scripts/en/angry.yaml:12:3: error: unknown key \"titel\"\n"
		    "   12 |   titel: About to leave\n"
		    "      |   ^~~~~ did you mean \"title\"?\n");
}

static void colours_add_nothing_else(void **state)
{
	struct buffer plain = {0};
	struct buffer colour = {0};
	struct buffer stripped = {0};

	(void)state;
	problem_show(&misspelt, PROBLEM_HUMAN, &plain);
	problem_show(&misspelt, PROBLEM_COLOUR, &colour);
	assert_true(colour.length > plain.length);
	for (const char *at = colour.text; *at != '\0'; at++) {
		if (*at == '\x1b')
			at = strchr(at, 'm');
		else
			buffer_add(&stripped, at, 1);
	}
	assert_string_equal(stripped.text, plain.text);
	buffer_free(&plain);
	buffer_free(&colour);
	buffer_free(&stripped);
}

static void editors_get_one_line(void **state)
{
	struct problem problem = misspelt;

	(void)state;
	check_shown(problem, PROBLEM_GCC,
		    "scripts/en/angry.yaml:12:3: error: unknown key \"titel\" "
		    "(did you mean \"title\"?)\n");
	problem.severity = PROBLEM_ADVICE;
	problem.rule = "claims-feeling";
	problem.mend = NULL;
	problem.place.column = 0;
	check_shown(problem, PROBLEM_GCC,
		    "scripts/en/angry.yaml:12: note: unknown key \"titel\" [claims-feeling]\n");
	problem.severity = PROBLEM_WARNING;
	problem.rule = NULL;
	problem.place.line = 0;
	check_shown(problem, PROBLEM_GCC,
		    "scripts/en/angry.yaml:1: warning: unknown key \"titel\"\n");
}

static void programs_get_json(void **state)
{
	struct problem problem = misspelt;

	(void)state;
	check_shown(problem, PROBLEM_JSON,
		    "{\"file\":\"scripts/en/angry.yaml\",\"line\":12,\"column\":3,"
		    "\"severity\":\"error\",\"message\":\"unknown key \\\"titel\\\"\","
		    "\"mend\":\"did you mean \\\"title\\\"?\"}\n");
	problem.place = (struct place){NULL, 0, 0};
	problem.severity = PROBLEM_ADVICE;
	problem.mend = NULL;
	problem.rule = "some-rule";
	check_shown(problem, PROBLEM_JSON,
		    "{\"file\":null,\"line\":0,\"column\":0,\"severity\":\"advice\","
		    "\"message\":\"unknown key \\\"titel\\\"\",\"rule\":\"some-rule\"}\n");
}

static void less_is_known_and_less_is_shown(void **state)
{
	struct problem problem = {
		.severity = PROBLEM_WARNING,
		.place = {"a.yaml", 3, 0},
		.message = "two of them",
		.mend = "rename one",
		.source = "id: a",
	};

	(void)state;
	check_shown(problem, PROBLEM_HUMAN,
		    "a.yaml:3: warning: two of them\n"
		    "    3 | id: a\n"
		    "      = rename one\n");
	problem.source = NULL;
	check_shown(problem, PROBLEM_HUMAN,
		    "a.yaml:3: warning: two of them\n"
		    "      = rename one\n");
	problem.place.line = 0;
	problem.mend = NULL;
	problem.rule = "twins";
	check_shown(problem, PROBLEM_HUMAN, "a.yaml: warning: two of them [twins]\n");
	problem.place.file = NULL;
	problem.rule = NULL;
	check_shown(problem, PROBLEM_HUMAN, "warning: two of them\n");
}

static void check_caret(const char *source, int column, const char *shown, const char *caret)
{
	struct problem problem = {PROBLEM_ERROR, {"a", 7, column}, "m", NULL, source, NULL};
	char expected[600];

	snprintf(expected, sizeof expected, "a:7:%d: error: m\n    7 | %s\n      | %s\n", column,
		 shown, caret);
	check_shown(problem, PROBLEM_HUMAN, expected);
}

static void the_caret_stands_under_its_column(void **state)
{
	(void)state;
	check_caret("abc: d", 1, "abc: d", "^~~");
	check_caret("abc: d", 4, "abc: d", "   ^");
	check_caret("abc", 4, "abc", "   ^");
	check_caret("abc", 99, "abc", "   ^");
	check_caret("", 1, "", "^");
	check_caret("- say <slot>!", 7, "- say <slot>!", "      ^~~~~~");
	check_caret("a: \"b c\" d", 4, "a: \"b c\" d", "   ^~~~~");
	check_caret("a: \"b c", 4, "a: \"b c", "   ^");
	check_caret("\tid: a\r", 2, " id: a", " ^~");
	check_caret("ab\ncd", 1, "ab", "^~");
	check_caret("中文 x", 4, "中文 x", "     ^");
	check_caret("中文 x", 2, "中文 x", "  ^~");
	check_caret("ক্ষুব্ধ গ্রাহক x", 16, "ক্ষুব্ধ গ্রাহক x", "           ^");
	check_caret("ক্ষুব্ধ গ্রাহক", 9, "ক্ষুব্ধ গ্রাহক", "     ^~~~~");
	check_caret("c\u0302u x", 5, "ĉu x", "   ^");
}

/* Neither what is in the file nor what it is called. */
static void nothing_steers_the_terminal(void **state)
{
	static const char evil[] = "a\x1b]0;x\x07\xc2\x9b"
				   "1m\xe2\x80\xae\r\n\t\xff\x7f\x08z";
	struct arena arena = {0};
	struct problem_list list = {.arena = &arena};
	struct problem *added =
		problem_add(&list, PROBLEM_ERROR, (struct place){evil, 1, 9}, "%s", evil);

	(void)state;
	assert_null(strchr(added->message, '\x1b'));
	assert_null(strchr(added->place.file, '\x1b'));
	struct problem raw = {PROBLEM_ERROR, {evil, 1, 9}, evil, evil, evil, evil};
	struct problem early = raw;
	early.place.column = 1;
	const struct problem *problems[] = {added, &raw, &early};
	static const enum problem_format formats[] = {PROBLEM_HUMAN, PROBLEM_GCC, PROBLEM_JSON};
	for (size_t i = 0; i < 9; i++) {
		struct buffer out = {0};
		problem_show(problems[i / 3], formats[i % 3], &out);
		assert_true(text_valid(out.text, out.length, NULL));
		for (size_t j = 0; j < out.length; j++) {
			unsigned char byte = (unsigned char)out.text[j];
			assert_true((byte >= 0x20 && byte != 0x7f) || byte == '\n');
			if (byte == 0xc2)
				assert_true((unsigned char)out.text[j + 1] >= 0xa0);
		}
		assert_null(strstr(out.text, "\xe2\x80\xae"));
		if (formats[i % 3] != PROBLEM_HUMAN)
			assert_ptr_equal(strchr(out.text, '\n'), out.text + out.length - 1);
		buffer_free(&out);
	}
	arena_free(&arena);
}

static void long_lines_are_cut_round_the_caret(void **state)
{
	static const char sign[] = "গ্রা";
	size_t length = 60000;
	char *source = malloc(length + 1);

	(void)state;
	assert_non_null(source);
	for (int kind = 0; kind < 3; kind++) {
		for (size_t i = 0; i < length; i++)
			source[i] = kind == 0	? 'x'
				    : kind == 1 ? (i % 7 == 6 ? ' ' : 'y')
						: sign[i % 12];
		source[length] = '\0';
		for (int column = 1; column < 25000; column = column * 3 + 5) {
			struct problem problem = {PROBLEM_ERROR, {"a", 7, column}, "m",
						  "mend it",	 source,	   NULL};
			struct buffer out = {0};
			problem_show(&problem, PROBLEM_HUMAN, &out);
			assert_true(text_valid(out.text, out.length, NULL));
			char *line = strchr(out.text, '\n') + 1;
			char *caret = strchr(line, '\n') + 1;
			assert_true(text_width_of(line, (size_t)(caret - 1 - line)) <= 80);
			assert_non_null(strstr(line, "…"));
			char *end = strchr(caret, '\n');
			assert_true(text_width_of(caret, (size_t)(end - caret)) <= 80);
			assert_non_null(strchr(caret, '^'));
			buffer_free(&out);
		}
	}
	free(source);
}

static void the_caret_of_a_cut_line_is_right(void **state)
{
	char source[400];

	(void)state;
	for (int column = 1; column <= 300; column += 7) {
		memset(source, '.', sizeof source);
		source[column - 1] = '#';
		source[sizeof source - 1] = '\0';
		struct problem problem = {PROBLEM_ERROR, {"a", 7, column}, "m", NULL, source, NULL};
		struct buffer out = {0};
		problem_show(&problem, PROBLEM_HUMAN, &out);
		char *line = strchr(out.text, '\n') + 1;
		char *caret = strchr(line, '\n') + 1;
		assert_int_equal(text_width_of(line, strcspn(line, "#")), strcspn(caret, "^"));
		buffer_free(&out);
	}
}

static void a_long_mend_goes_below(void **state)
{
	struct problem problem = misspelt;

	(void)state;
	problem.mend =
		"write the name of a slot of this playbook, or add it under \"slots\" so that "
		"the agent is asked for it";
	check_shown(
		problem, PROBLEM_HUMAN,
		"scripts/en/angry.yaml:12:3: error: unknown key \"titel\"\n"
		"   12 |   titel: About to leave\n"
		"      |   ^~~~~\n"
		"      = write the name of a slot of this playbook, or add it under \"slots\" so\n"
		"        that the agent is asked for it\n");
}

static void problems_are_collected_and_sorted(void **state)
{
	struct arena arena = {0};
	struct problem_list list = {.arena = &arena};
	char file[] = "b.yaml";
	static const struct {
		const char *file;
		int line, column;
		enum problem_severity severity;
	} given[] = {
		{"b.yaml", 9, 2, PROBLEM_ERROR},  {"a.yaml", 5, 1, PROBLEM_WARNING},
		{"b.yaml", 2, 7, PROBLEM_ADVICE}, {"b.yaml", 2, 7, PROBLEM_ERROR},
		{"a.yaml", 0, 0, PROBLEM_ERROR},  {"b.yaml", 2, 1, PROBLEM_WARNING},
	};
	static const int order[] = {5, 2, 3, 0, 4, 1};

	(void)state;
	problem_sort(&list);
	for (size_t i = 0; i < 6; i++) {
		strcpy(file, given[i].file);
		struct place place = {file, given[i].line, given[i].column};
		struct problem *added =
			problem_add(&list, given[i].severity, place, "number %zu", i);
		added->mend = "mend";
	}
	memset(file, 'x', sizeof file - 1);
	assert_int_equal(list.count, 6);
	assert_int_equal(list.errors, 3);
	problem_sort(&list);
	for (size_t i = 0; i < 6; i++) {
		char message[20];
		snprintf(message, sizeof message, "number %d", order[i]);
		assert_string_equal(list.items[i].message, message);
		assert_string_equal(list.items[i].place.file, given[order[i]].file);
		assert_string_equal(list.items[i].mend, "mend");
	}
	arena_free(&arena);
}

static void a_flood_is_counted(void **state)
{
	struct arena arena = {0};
	struct problem_list list = {.arena = &arena};

	(void)state;
	for (int i = 0; i < 3 * PROBLEM_MOST; i++) {
		struct problem *problem = problem_add(&list, PROBLEM_ERROR,
						      (struct place){"a", i, 1}, "number %d", i);
		problem->mend = "still writable";
	}
	problem_add(&list, PROBLEM_WARNING, (struct place){"b", 1, 1}, "another file");
	problem_add(&list, PROBLEM_WARNING, (struct place){"a", 1, 1}, "the full one");
	problem_add(&list, PROBLEM_WARNING, (struct place){NULL, 0, 0}, "no file");
	assert_int_equal(list.count, PROBLEM_MOST + 2);
	assert_int_equal(list.errors, 3 * PROBLEM_MOST);
	assert_string_equal(list.items[PROBLEM_MOST - 1].message, "number 199");
	assert_string_equal(list.items[PROBLEM_MOST].message, "another file");
	assert_string_equal(list.items[PROBLEM_MOST + 1].message, "no file");
	problem_sort(&list);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_get_a_picture),
		cmocka_unit_test(colours_add_nothing_else),
		cmocka_unit_test(editors_get_one_line),
		cmocka_unit_test(programs_get_json),
		cmocka_unit_test(less_is_known_and_less_is_shown),
		cmocka_unit_test(the_caret_stands_under_its_column),
		cmocka_unit_test(nothing_steers_the_terminal),
		cmocka_unit_test(long_lines_are_cut_round_the_caret),
		cmocka_unit_test(the_caret_of_a_cut_line_is_right),
		cmocka_unit_test(a_long_mend_goes_below),
		cmocka_unit_test(problems_are_collected_and_sorted),
		cmocka_unit_test(a_flood_is_counted),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
