#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/arena.h"
#include "base/problem.h"
#include "call/clause.h"
#include "call/heat.h"
#include "call/mirror.h"
#include "playbook/library.h"
#include "playbook/playbook.h"

/* A few words a table, so that each rule stands alone. */
static struct line texts[] = {{.text = "awful"}, {.text = "fed up"},  {.text = "great"},
			      {.text = "order"}, {.text = "charged"}, {.text = "you"},
			      {.text = "my"}};

static struct line_list one(size_t number, size_t count)
{
	return (struct line_list){.items = &texts[number], .count = count};
}

static struct reflection small(void)
{
	return (struct reflection){.heated = one(0, 2),
				   .exclaims = one(2, 1),
				   .things = one(3, 1),
				   .events = one(4, 1),
				   .address = one(5, 1),
				   .own = one(6, 1)};
}

static size_t count(const char *text)
{
	struct arena arena = {0};
	struct reflection reflection = small();
	struct speech speech = speech_read(&arena, tables_make(&arena, &reflection), text);
	size_t heat = heat_count(&speech);

	arena_free(&arena);
	return heat;
}

static void signs_are_counted(void **state)
{
	(void)state;
	assert_int_equal(count("my order never came"), 0);
	assert_int_equal(count("I'm fed up"), 1);
	assert_int_equal(count("this is awful, I'm fed up"), 2);
	assert_int_equal(count("great, another form"), 1);
	assert_int_equal(count("that would be great"), 0);
	assert_int_equal(count("my order!"), 1);
	assert_int_equal(count("my ORDER"), 1);
	assert_int_equal(count("nothing, nothing came"), 2);
	assert_int_equal(count("no the the order"), 0);
	assert_int_equal(count("lost my form, lost my file and lost my money"), 2);
	assert_int_equal(count("you and you"), 0);
	assert_int_equal(count("you and you and then you"), 2);
	assert_int_equal(count(""), 0);
}

static bool allows(const char *text, size_t heat, bool *concrete)
{
	struct arena arena = {0};
	struct reflection reflection = small();
	struct speech speech = speech_read(&arena, tables_make(&arena, &reflection), text);
	struct clause clause = {.first = 0, .end = speech.words.count};
	bool allowed;

	*concrete = clause.concrete = heat_is_concrete(&speech, &clause);
	allowed = heat_allows(&speech, &clause, heat);
	arena_free(&arena);
	return allowed;
}

static void what_may_go_back(void **state)
{
	bool concrete;

	(void)state;
	assert_true(allows("it hurts", 0, &concrete));
	assert_false(concrete);
	assert_false(allows("it hurts", 1, &concrete));
	assert_true(allows("the order is late", 1, &concrete));
	assert_true(concrete);
	assert_false(allows("the order is late", HEAT_SILENT, &concrete));
	assert_false(allows("the order is awful", 0, &concrete));
	/* an accusation: soon a deed, and to whom or what */
	assert_true(allows("you charged my card", 0, &concrete));
	assert_true(allows("you charged the order", 0, &concrete));
	assert_false(allows("you charged it", 0, &concrete));
	assert_false(allows("you like to say that you charged my card", 0, &concrete));
	assert_false(allows("you charged my card", 1, &concrete));
}

/* A playbook without tables of things is asked for none. */
static void without_things(void **state)
{
	struct arena arena = {0};
	struct reflection reflection = small();
	struct speech speech;
	struct clause clause = {.first = 0};

	(void)state;
	reflection.things = reflection.events = (struct line_list){0};
	speech = speech_read(&arena, tables_make(&arena, &reflection), "it hurts");
	clause.end = speech.words.count;
	assert_true(heat_is_concrete(&speech, &clause));
	assert_true(heat_allows(&speech, &clause, 0));
	arena_free(&arena);
}

static void shipped(void **state)
{
	static const struct {
		const char *said, *words;
	} examples[] = {
		{"I'm furious, my order never came", "your order never came"},
		{"I'm furious, I'm fed up, my order never came", NULL},
		{"you charged me twice", "we charged you twice"},
		{"you take my money fast enough", NULL},
		{"nobody there ever takes responsibility", NULL},
		{"the sofa arrived with a torn cushion", "the sofa arrived with a torn cushion"},
		{"do you enjoy making people wait", NULL},
		{"do you deliver on Sundays", "you'd like to know whether we deliver on Sundays"},
	};
	struct library library = {0};
	const struct tables *tables;
	struct arena arena = {0};

	(void)state;
	assert_true(library_open(&library, "en", (const char *const[]){"scripts"}, 1, true));
	library_load_all(&library);
	assert_non_null(library_playbook(&library, 0));
	tables = tables_make(&arena, &library_playbook(&library, 0)->reflection);
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct mirror mirror;
		bool made = mirror_make(&arena, tables, examples[i].said, &mirror);

		if (made != (examples[i].words != NULL))
			print_error("%s\n", examples[i].said);
		assert_int_equal(made, examples[i].words != NULL);
		if (made)
			assert_string_equal(mirror.words, examples[i].words);
	}
	arena_free(&arena);
	library_close(&library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_are_counted),
		cmocka_unit_test(what_may_go_back),
		cmocka_unit_test(without_things),
		cmocka_unit_test(shipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
