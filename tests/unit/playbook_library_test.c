#include <ftw.h>
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
#include "playbook/glance.h"
#include "playbook/library.h"
#include "playbook/playbook.h"

#define HEAD "talktrack: 1\ntitle: T\nlanguage: en\n"
#define STEPS "steps: [{id: close, title: Close}]\n"
#define SITUATION(ID) "situations: [{id: " ID ", title: S, say: {close: [Bye.]}}]\n"

static char root[64];

static int make_root(void **state)
{
	(void)state;
	strcpy(root, "/tmp/talktrack-library-XXXXXX");
	return mkdtemp(root) == NULL ? -1 : 0;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status, (void)kind, (void)walk;
	return remove(path);
}

static int remove_root(void **state)
{
	(void)state;
	return nftw(root, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *in_root(struct arena *arena, const char *name)
{
	return arena_format(arena, "%s/%s", root, name);
}

/* A file below root; its folders are made. */
static void put(const char *name, const char *text)
{
	struct arena arena = {0};
	char *path = arena_format(&arena, "%s/%s", root, name);

	for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	arena_free(&arena);
}

static bool open_places(struct library *library, const char *language, const char *first,
			const char *second, bool required)
{
	struct arena arena = {0};
	const char *places[2] = {in_root(&arena, first), NULL};
	size_t count = 1;

	if (second != NULL)
		places[count++] = in_root(&arena, second);
	bool found = library_open(library, language, places, count, required);
	arena_free(&arena);
	return found;
}

static void expect_files(const struct library *library, const char *names)
{
	struct arena arena = {0};
	const char *found = "";

	for (size_t i = 0; i < library->file_count; i++)
		found = arena_format(&arena, "%s%s ", found, library->files[i].name);
	assert_string_equal(found, names);
	arena_free(&arena);
}

static void files_of_a_language_are_listed_by_name(void **state)
{
	struct library library;

	(void)state;
	put("lib/en/b.yaml", HEAD);
	put("lib/en/a.yaml", HEAD);
	put("lib/en/.hidden.yaml", HEAD);
	put("lib/en/#a.yaml#", HEAD);
	put("lib/en/#c.yaml", HEAD);
	put("lib/en/a.yaml~", HEAD);
	put("lib/en/.a.yaml.swp", HEAD);
	put("lib/en/notes.txt", HEAD);
	put("lib/bn/c.yaml", HEAD);
	put("lib/d.yaml", HEAD);
	assert_true(open_places(&library, "en", "lib", NULL, true));
	expect_files(&library, "a b ");
	assert_string_equal(library.language, "en");
	assert_int_equal(library.problems.count, 0);
	library_close(&library);
	assert_true(open_places(&library, "bn-BD", "lib/", NULL, true));
	expect_files(&library, "c ");
	assert_string_equal(library.language, "bn");
	library_close(&library);
	/* a folder that holds playbooks itself, and one file */
	assert_true(open_places(&library, "eo", "lib/en", NULL, true));
	expect_files(&library, "a b ");
	assert_string_equal(library.language, "eo");
	library_close(&library);
	assert_true(open_places(&library, "eo", "lib/en/a.yaml", NULL, true));
	expect_files(&library, "a ");
	library_close(&library);
}

static void the_nearest_of_a_name_wins(void **state)
{
	struct library library;

	(void)state;
	put("near/en/common.yaml", HEAD STEPS "say: {close: [Near.]}\n");
	put("near/en/own.yaml", HEAD "extends: common\n" SITUATION("o"));
	put("far/en/common.yaml", HEAD STEPS "say: {close: [Far.]}\n");
	put("far/en/angry.yaml", HEAD "extends: common\n" SITUATION("a"));
	assert_true(open_places(&library, "en", "near", "far", false));
	expect_files(&library, "angry common own ");
	library_load_all(&library);
	assert_int_equal(library.problems.count, 0);
	/* also for a farther file that has another of that name beside it */
	assert_string_equal(library_find(&library, "angry")->say[0].items[0].text, "Near.");
	assert_string_equal(library_playbook(&library, 0)->name, "angry");
	assert_string_equal(library_playbook(&library, 1)->name, "own");
	assert_null(library_playbook(&library, 2));
	assert_true(library.files[1].extended);
	assert_false(library.files[0].extended);
	library_close(&library);
	/* a trainer's own playbook may extend the shipped common */
	put("own/en/mine.yaml", HEAD "extends: common\n" SITUATION("m"));
	assert_true(open_places(&library, "en", "own", "far", false));
	library_load_all(&library);
	assert_string_equal(library_find(&library, "mine")->say[0].items[0].text, "Far.");
	library_close(&library);
}

static void files_are_read_one_at_a_time(void **state)
{
	struct library library;

	(void)state;
	put("step/en/a.yaml", HEAD "extends: z\n" SITUATION("a"));
	put("step/en/b.yaml", HEAD STEPS SITUATION("b"));
	put("step/en/z.yaml", HEAD STEPS);
	assert_true(open_places(&library, "en", "step", NULL, false));
	assert_null(library_playbook(&library, 0));
	assert_true(library_load_next(&library));
	assert_string_equal(library_playbook(&library, 0)->name, "a");
	assert_null(library_find(&library, "b"));
	assert_true(library_load_next(&library));
	assert_true(library_load_next(&library));
	assert_false(library_load_next(&library));
	/* what is extended is read once */
	assert_ptr_equal(library_find(&library, "a")->steps, library_find(&library, "z")->steps);
	library_close(&library);
}

static void errors_leave_a_file_out(void **state)
{
	struct library library;

	(void)state;
	put("bad/en/a.yaml", HEAD "extends: common\n" SITUATION("a"));
	put("bad/en/b.yaml", HEAD STEPS SITUATION("b"));
	put("bad/en/c.yaml", HEAD "extends: common\n" SITUATION("c"));
	put("bad/en/common.yaml", HEAD "titel: x\n");
	assert_true(open_places(&library, "en", "bad", NULL, false));
	library_load_all(&library);
	assert_null(library_find(&library, "a"));
	assert_null(library_find(&library, "common"));
	assert_string_equal(library_playbook(&library, 0)->name, "b");
	assert_int_equal(library.problems.errors, 3);
	library_close(&library);
}

static void retired_playbooks_are_left_out(void **state)
{
	struct library library;

	(void)state;
	put("old/en/draft.yaml", HEAD "status: draft\nextends: base\n" SITUATION("d"));
	put("old/en/gone.yaml", HEAD "status: retired\nextends: base\n" SITUATION("g"));
	put("old/en/base.yaml", HEAD "status: retired\n" STEPS);
	assert_true(open_places(&library, "en", "old", NULL, false));
	library_load_all(&library);
	assert_int_equal(library.problems.count, 0);
	assert_non_null(library_find(&library, "draft"));
	assert_null(library_find(&library, "gone"));
	assert_null(library_find(&library, "base"));
	for (size_t i = 0; i < library.file_count; i++)
		assert_false(library.files[i].extended);
	library_close(&library);
}

static void situations_are_found(void **state)
{
	struct library library;
	const struct playbook *playbook = NULL;

	(void)state;
	put("sit/en/a.yaml", HEAD STEPS SITUATION("one"));
	put("sit/en/b.yaml", HEAD STEPS SITUATION("two"));
	put("sit/en/c.yaml", HEAD STEPS SITUATION("two"));
	assert_true(open_places(&library, "en", "sit", NULL, false));
	library_load_all(&library);
	assert_string_equal(library_situation(&library, "one", &playbook)->id, "one");
	assert_string_equal(playbook->name, "a");
	assert_null(library_situation(&library, "two", &playbook));
	assert_non_null(library_situation(&library, "c/two", &playbook));
	assert_string_equal(playbook->name, "c");
	assert_non_null(library_situation(&library, "a/one", NULL));
	assert_null(library_situation(&library, "a/two", NULL));
	assert_null(library_situation(&library, "x/two", NULL));
	assert_null(library_situation(&library, "three", NULL));
	assert_null(library_situation(&library, "", NULL));
	library_close(&library);
}

static void a_glance_shows_the_first_until_all_is_read(void **state)
{
	static const char more[] = "  - {id: second, title: S, say: {close: [Bye.]}}\n"
				   "  - {id: third, title: S, say: {close: [Bye.]}}\n";
	struct arena arena = {0};
	struct library library;

	(void)state;
	put("glance/en/a-base.yaml", HEAD STEPS);
	put("glance/en/b-old.yaml", HEAD STEPS "status: retired\n" SITUATION("old"));
	put("glance/en/c.yaml",
	    arena_format(&arena, "%s%s%s", HEAD STEPS "situations:\n",
			 "  - {id: first, title: S, say: {close: [Bye.]}}\n", more));
	assert_true(open_places(&library, "en", "glance", NULL, true));
	glance_take(&library, 180);
	const struct playbook *playbook = library_playbook(&library, 0);
	assert_non_null(playbook);
	assert_string_equal(playbook->name, "c");
	assert_true(playbook->situation_count > 0 && playbook->situation_count < 3);
	assert_string_equal(playbook->situations[0].id, "first");
	library_load_all(&library);
	assert_int_equal(library_playbook(&library, 0)->situation_count, 3);
	assert_null(library_playbook(&library, 1));
	library_close(&library);
	/* what is broken further down is not kept */
	put("glance/en/c.yaml",
	    arena_format(&arena, "%s%s%s    bad: [\n", HEAD STEPS "situations:\n",
			 "  - {id: first, title: S, say: {close: [Bye.]}}\n", more));
	assert_true(open_places(&library, "en", "glance", NULL, true));
	glance_take(&library, 180);
	assert_non_null(library_playbook(&library, 0));
	assert_int_equal(library.problems.count, 0);
	library_load_all(&library);
	assert_null(library_playbook(&library, 0));
	assert_int_equal(library.problems.errors, 1);
	library_close(&library);
	/* and a glance that nobody followed up leaks nothing */
	assert_true(open_places(&library, "en", "glance", NULL, true));
	glance_take(&library, 180);
	library_close(&library);
	arena_free(&arena);
}

static void an_empty_library_says_where_it_looked(void **state)
{
	struct library library;

	(void)state;
	put("none/en/x.txt", "x");
	put("none/bn/a.yaml", HEAD);
	assert_false(open_places(&library, "en", "none", "nowhere", false));
	assert_int_equal(library.problems.errors, 2);
	assert_string_equal(library.problems.items[0].message,
			    "there are no playbooks for language 'en' here");
	assert_string_equal(library.problems.items[0].mend, "there are: bn, en");
	assert_string_equal(library.problems.items[1].message, "there is no such file or folder");
	assert_false(library_load_next(&library));
	assert_null(library_playbook(&library, 0));
	assert_null(library_find(&library, "a"));
	library_close(&library);
	assert_true(open_places(&library, "bn", "nowhere", "none", false));
	assert_int_equal(library.problems.count, 0);
	library_close(&library);
	assert_true(open_places(&library, "bn", "nowhere", "none", true));
	assert_int_equal(library.problems.count, 1);
	library_close(&library);
	assert_false(open_places(&library, "../bn", "none", NULL, true));
	assert_string_equal(library.problems.items[0].message,
			    "'../bn' is not the code of a language");
	library_close(&library);
	assert_false(library_open(&library, "en", NULL, 0, false));
	assert_int_equal(library.problems.errors, 1);
	library_close(&library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_a_language_are_listed_by_name),
		cmocka_unit_test(the_nearest_of_a_name_wins),
		cmocka_unit_test(files_are_read_one_at_a_time),
		cmocka_unit_test(errors_leave_a_file_out),
		cmocka_unit_test(retired_playbooks_are_left_out),
		cmocka_unit_test(situations_are_found),
		cmocka_unit_test(a_glance_shows_the_first_until_all_is_read),
		cmocka_unit_test(an_empty_library_says_where_it_looked),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, make_root, remove_root);
}
