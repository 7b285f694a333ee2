#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/problem.h"
#include "playbook/yaml.h"

struct fixture {
	struct arena arena;
	struct problem_list problems;
};

static struct fixture begin(void)
{
	return (struct fixture){.arena = {0}};
}

static struct yaml_node *parse_bytes(struct fixture *fixture, const char *text, size_t length)
{
	fixture->problems = (struct problem_list){.arena = &fixture->arena};
	return yaml_parse(&fixture->arena, "test.yaml", text, length, &fixture->problems);
}

static struct yaml_node *parse(struct fixture *fixture, const char *text)
{
	return parse_bytes(fixture, text, strlen(text));
}

static const struct yaml_node *child(const struct yaml_node *node, size_t n)
{
	const struct yaml_node *found = node->first;

	while (n-- > 0)
		found = found->next;
	return found;
}

static void expect_problem(struct fixture *fixture, const char *text, int line, int column,
			   const char *words)
{
	assert_null(parse(fixture, text));
	assert_int_equal(fixture->problems.count, 1);
	const struct problem *problem = fixture->problems.items;
	assert_string_equal(problem->place.file, "test.yaml");
	assert_int_equal(problem->place.line, line);
	assert_int_equal(problem->place.column, column);
	if (strstr(problem->message, words) == NULL)
		fail_msg("'%s' is not in '%s'", words, problem->message);
}

static void a_tree_has_places(void **state)
{
	struct fixture fixture = begin();
	const struct yaml_node *root =
		parse(&fixture, "title: Late\nসময়: {a: খ, b: [c]}\nlist:\n  - one\n  - two\n");

	(void)state;
	assert_non_null(root);
	assert_int_equal(root->kind, YAML_MAP);
	assert_null(root->key);
	const struct yaml_node *title = child(root, 0);
	assert_string_equal(title->key->text, "title");
	assert_string_equal(title->text, "Late");
	assert_int_equal(title->line, 1);
	assert_int_equal(title->column, 8);
	assert_int_equal(title->key->column, 1);
	const struct yaml_node *map = child(root, 1);
	assert_int_equal(map->kind, YAML_MAP);
	/* code points, not bytes: সময় is four of them as written */
	assert_int_equal(child(map, 1)->first->column - child(map, 0)->column, 7);
	const struct yaml_node *list = child(root, 2);
	assert_int_equal(list->kind, YAML_LIST);
	assert_string_equal(child(list, 1)->text, "two");
	assert_int_equal(child(list, 1)->line, 5);
	assert_int_equal(child(list, 1)->column, 5);
	assert_null(child(list, 1)->next);
	arena_free(&fixture.arena);
}

static void every_scalar_is_text(void **state)
{
	struct fixture fixture = begin();
	const struct yaml_node *root =
		parse(&fixture, "[no, 12, ~, 1e3, 2027-06-01, 'a''b', \"c\"]");
	const char *texts[] = {"no", "12", "~", "1e3", "2027-06-01", "a'b", "c"};

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		assert_int_equal(child(root, i)->kind, YAML_TEXT);
		assert_string_equal(child(root, i)->text, texts[i]);
		assert_int_equal(child(root, i)->length, strlen(texts[i]));
		assert_int_equal(child(root, i)->quoted, i >= 5);
	}
	arena_free(&fixture.arena);
}

static void texts_are_clean(void **state)
{
	struct fixture fixture = begin();
	const struct yaml_node *root = parse(&fixture, "- \"a\\e[31mb\\x9bc\\0d\\u202Ee\"\n"
						       "- |\n  one\n  two\n- \"  x  \"\n"
						       "- e\xcc\x81\n- \"\\u200b\"\n");

	(void)state;
	assert_string_equal(child(root, 0)->text, "a\xef\xbf\xbd[31mb\xef\xbf\xbd"
						  "c\xef\xbf\xbd"
						  "de");
	assert_string_equal(child(root, 1)->text, "one two");
	assert_int_equal(child(root, 1)->lines, 3 + 1);
	assert_string_equal(child(root, 2)->text, "x");
	assert_string_equal(child(root, 3)->text, "\xc3\xa9");
	assert_string_equal(child(root, 4)->text, "");
	arena_free(&fixture.arena);
}

static void a_byte_order_mark_and_crlf_are_fine(void **state)
{
	struct fixture fixture = begin();
	const struct yaml_node *root = parse(&fixture, "\xef\xbb\xbf"
						       "a: b\r\nc: d\r\n");

	(void)state;
	assert_non_null(root);
	assert_string_equal(child(root, 0)->key->text, "a");
	assert_int_equal(child(root, 0)->key->column, 1);
	assert_int_equal(child(root, 1)->line, 2);
	assert_string_equal(child(root, 1)->text, "d");
	arena_free(&fixture.arena);
}

static void a_comment_that_cuts_is_marked(void **state)
{
	struct fixture fixture = begin();
	const struct yaml_node *root =
		parse(&fixture, "- ticket #12 is yours\n- a # comment\n- b\n- \"c\" #1\n- d#1\n"
				"- খবর\t#5\n- [e #2\n  , f]\n");
	const bool cut[] = {true, false, false, false, false, true};

	(void)state;
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(child(root, i)->cut, cut[i]);
	assert_true(child(root, 6)->first->cut);
	assert_false(child(root, 6)->first->next->cut);
	arena_free(&fixture.arena);
}

static void what_is_not_text_is_refused(void **state)
{
	struct fixture fixture = begin();

	(void)state;
	expect_problem(&fixture, "a: b\nc: d\xff\n", 2, 5, "byte 0xFF is not UTF-8");
	expect_problem(&fixture,
		       "\xff\xfe"
		       "a",
		       0, 0, "UTF-16");
	expect_problem(&fixture, "a: b\x01\n", 1, 5, "U+0001");
	expect_problem(&fixture, "", 0, 0, "nothing in this file");
	expect_problem(&fixture, "# a: b\n", 0, 0, "nothing in this file");
	assert_null(parse_bytes(&fixture, "a: b\n\0", 6));
	assert_string_equal(fixture.problems.items[0].message,
			    "a NUL byte: this is not text in UTF-8");
	assert_int_equal(fixture.problems.items[0].place.line, 2);
	arena_free(&fixture.arena);
}

static void what_playbooks_do_not_have_is_refused(void **state)
{
	struct fixture fixture = begin();

	(void)state;
	expect_problem(&fixture, "a: &x b\n", 1, 4, "YAML anchors");
	expect_problem(&fixture, "a: *x\n", 1, 4, "YAML aliases");
	expect_problem(&fixture, "a: !!str b\n", 1, 4, "YAML tags");
	expect_problem(&fixture, "a: !x {b: c}\n", 1, 4, "YAML tags");
	expect_problem(&fixture, "a: b\n--- \nc: d\n", 2, 1, "second document");
	expect_problem(&fixture, "[a, b]: c\n", 1, 1, "a key must be a word");
	expect_problem(&fixture, "[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]", 1, 17, "too deeply");
	assert_non_null(parse(&fixture, "[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]"));
	arena_free(&fixture.arena);
}

static void all_anchors_are_told_at_once(void **state)
{
	struct fixture fixture = begin();

	(void)state;
	assert_null(parse(&fixture, "- &x a\n- b\n- *x\n- !y c\n"));
	assert_int_equal(fixture.problems.count, 3);
	assert_int_equal(fixture.problems.items[2].place.line, 4);
	assert_string_equal(fixture.problems.items[2].source, "- !y c");
	arena_free(&fixture.arena);
}

static void syntax_errors_are_told_in_a_trainers_words(void **state)
{
	struct fixture fixture = begin();

	(void)state;
	expect_problem(&fixture, "title: a\nsteps\nsay: b\n", 2, 1, "no colon after 'steps'");
	expect_problem(&fixture, "title: a: b\n", 1, 9, "a second colon");
	expect_problem(&fixture, "title: a\n\t- b\n", 2, 1, "a tab");
	expect_problem(&fixture, "title: a\n   goal: b\n", 2, 4, "indented too far");
	expect_problem(&fixture, "a:\n  b: c\n d: e\n", 3, 2, "indentation");
	expect_problem(&fixture, "- \"a\n- b\n", 1, 3, "not closed");
	expect_problem(&fixture, "- {customer}, sorry\n", 1, 3, "braces");
	assert_string_equal(fixture.problems.items[0].mend, "write <customer>");
	assert_string_equal(fixture.problems.items[0].source, "- {customer}, sorry");
	arena_free(&fixture.arena);
}

static void source_lines_are_found(void **state)
{
	struct fixture fixture = begin();
	const char text[] = "one\r\n\nthree";
	size_t length = sizeof text - 1;

	(void)state;
	assert_string_equal(yaml_source_line(&fixture.arena, text, length, 1), "one");
	assert_string_equal(yaml_source_line(&fixture.arena, text, length, 2), "");
	assert_string_equal(yaml_source_line(&fixture.arena, text, length, 3), "three");
	assert_null(yaml_source_line(&fixture.arena, text, length, 4));
	assert_null(yaml_source_line(&fixture.arena, text, length, 0));
	assert_null(yaml_source_line(&fixture.arena, text, 0, 1));
	arena_free(&fixture.arena);
}

static void expect_unreadable(const char *path, const char *message)
{
	struct fixture fixture = begin();
	size_t length;

	fixture.problems.arena = &fixture.arena;
	assert_null(yaml_read(&fixture.arena, path, &length, &fixture.problems));
	assert_int_equal(fixture.problems.errors, 1);
	assert_string_equal(fixture.problems.items[0].message, message);
	assert_string_equal(fixture.problems.items[0].place.file, path);
	arena_free(&fixture.arena);
}

static void only_files_are_read(void **state)
{
	char folder[] = "/tmp/talktrack-yaml-XXXXXX";
	char path[64];
	struct fixture fixture = begin();
	size_t length;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/x.yaml", folder);
	expect_unreadable(folder, "this is a folder, not a file");
	expect_unreadable(path, "there is no such file");
	expect_unreadable("/dev/zero", "this is a device, not a file");
	assert_int_equal(mkfifo(path, 0600), 0);
	expect_unreadable(path, "this is a pipe, not a file");
	unlink(path);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	for (int i = 0; i < YAML_BYTES; i++)
		putc('a', file);
	fflush(file);
	fixture.problems.arena = &fixture.arena;
	const char *text = yaml_read(&fixture.arena, path, &length, &fixture.problems);
	assert_non_null(text);
	assert_int_equal(length, YAML_BYTES);
	assert_int_equal(text[length], '\0');
	putc('a', file);
	fclose(file);
	expect_unreadable(path, "the file is too large: more than 1 MiB");
	unlink(path);
	rmdir(folder);
	arena_free(&fixture.arena);
}

/* libyaml counts lines that end in a lone carriage return; a search for the line before stays in
 * the text. */
static void lone_carriage_returns_lead_nowhere(void **state)
{
	static const char *const texts[] = {"\r\r\r\r\r\r\rR\r\r\r \n\rner5: aro ",
					    "talktr\r\r\r\r\r\r: \"' \"\ndo:\n "};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct fixture fixture = begin();
		size_t length = strlen(texts[i]);
		char *copy = malloc(length); /* a byte too far is seen */

		memcpy(copy, texts[i], length);
		assert_null(parse_bytes(&fixture, copy, length));
		assert_int_equal(fixture.problems.count, 1);
		free(copy);
		arena_free(&fixture.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tree_has_places),
		cmocka_unit_test(every_scalar_is_text),
		cmocka_unit_test(texts_are_clean),
		cmocka_unit_test(a_byte_order_mark_and_crlf_are_fine),
		cmocka_unit_test(a_comment_that_cuts_is_marked),
		cmocka_unit_test(what_is_not_text_is_refused),
		cmocka_unit_test(what_playbooks_do_not_have_is_refused),
		cmocka_unit_test(all_anchors_are_told_at_once),
		cmocka_unit_test(syntax_errors_are_told_in_a_trainers_words),
		cmocka_unit_test(source_lines_are_found),
		cmocka_unit_test(lone_carriage_returns_lead_nowhere),
		cmocka_unit_test(only_files_are_read),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
