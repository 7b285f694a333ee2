#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/problem.h"
#include "playbook/library.h"
#include "playbook/load.h"
#include "playbook/playbook.h"
#include "suggest/steps.h"

#define BOOK                                                                                       \
	"talktrack: 1\ntitle: Shop\nlanguage: en\nsteps:\n"                                        \
	"  - {id: reflect, title: Reflect, cues: [what I'm hearing, is that right, '?!']}\n"       \
	"  - {id: validate, title: Validate, cues: [makes sense, no wonder, was she right]}\n"     \
	"situations:\n  - id: late\n    title: Late\n    say:\n      reflect:\n"                   \
	"        - So your parcel should have come on Monday. Have I got that?\n"                  \
	"      validate:\n        - Anyone who was promised Monday would ring us on Tuesday.\n"

static const struct steps_line shown[] = {
	{0, "So your parcel should have come on Monday. Have I got that?"},
	{1, "Anyone who was promised Monday would ring us on Tuesday."},
};

struct fixture {
	struct arena arena;
	struct steps *steps;
};

static void begin(struct fixture *fixture)
{
	struct problem_list problems = {.arena = &fixture->arena};
	const struct playbook *playbook;

	fixture->arena = (struct arena){0};
	playbook = load_text(&fixture->arena, "shop.yaml", BOOK, strlen(BOOK), NULL, &problems);
	assert_non_null(playbook);
	assert_int_equal(playbook->steps[0].cues.count, 3);
	fixture->steps = steps_make(&fixture->arena, playbook);
}

static void end(struct fixture *fixture)
{
	arena_free(&fixture->arena);
}

static bool find(const struct fixture *fixture, const char *text, struct steps_match *match)
{
	return steps_find(fixture->steps, shown, 2, text, strlen(text), match);
}

static void test_line(void **state)
{
	struct fixture fixture;
	struct steps_match match;

	(void)state;
	begin(&fixture);
	assert_true(find(&fixture, "so your parcel should have come on monday have i got that",
			 &match));
	assert_int_equal(match.step, 0);
	assert_ptr_equal(match.line, &shown[0]);
	assert_null(match.cue);
	assert_true(match.likeness > 0.99 && match.likeness < 1.01);
	/* as a recogniser hears it */
	assert_true(
		find(&fixture, "okay anyone who was promise monday would ring on tuesday", &match));
	assert_ptr_equal(match.line, &shown[1]);
	assert_true(match.likeness > 0.5 && match.likeness < 1);
	/* the topic alone is not the line */
	assert_false(find(&fixture, "your parcel", &match));
	assert_false(find(&fixture, "I will look where it is on Monday", &match));
	end(&fixture);
}

static void test_cue(void **state)
{
	struct fixture fixture;
	struct steps_match match;

	(void)state;
	begin(&fixture);
	assert_true(find(&fixture, "So what I\xe2\x80\x99m HEARING is: two were lost", &match));
	assert_int_equal(match.step, 0);
	assert_string_equal(match.cue, "what I'm hearing");
	assert_null(match.line);
	assert_true(find(&fixture, "no wonder", &match));
	assert_int_equal(match.step, 1);
	/* whole words only */
	assert_false(find(&fixture, "there is no wonderful shop", &match));
	end(&fixture);
}

static void test_doubt(void **state)
{
	struct fixture fixture;
	struct steps_match match;

	(void)state;
	begin(&fixture);
	/* the longer phrase decides */
	assert_true(find(&fixture, "no wonder, is that right", &match));
	assert_int_equal(match.step, 0);
	assert_true(find(&fixture, "what I'm hearing makes sense", &match));
	assert_int_equal(match.step, 0);
	/* "is that right" and "was she right" are as long as each other */
	assert_false(find(&fixture, "is that right, or was she right", &match));
	/* a line goes before a cue */
	assert_true(find(&fixture,
			 "no wonder, so your parcel should have come on Monday have I got that",
			 &match));
	assert_int_equal(match.step, 0);
	end(&fixture);
}

static void test_nothing(void **state)
{
	static const char *const texts[] = {"", " ", "?!", "\xff\xfe", "one moment please"};
	struct fixture fixture;
	struct steps_match match;
	size_t length = 1 << 20;
	char *long_text = malloc(length);

	(void)state;
	assert_non_null(long_text);
	begin(&fixture);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_false(find(&fixture, texts[i], &match));
	assert_false(
		steps_find(fixture.steps, NULL, 0, shown[0].text, strlen(shown[0].text), &match));
	assert_true(steps_find(fixture.steps, NULL, 0, "no\0wonder", 9, &match));
	memset(long_text, 'x', length);
	assert_false(steps_find(fixture.steps, shown, 2, long_text, length, &match));
	free(long_text);
	end(&fixture);
}

/* The shipped cues never take a line of one step for another step. */
static void test_shipped(void **state)
{
	static const char *const places[] = {"scripts"};
	struct arena arena = {0};
	struct library library;
	const struct playbook *playbook;
	size_t right = 0;

	(void)state;
	assert_true(library_open(&library, "en", places, 1, true));
	library_load_all(&library);
	for (size_t b = 0; (playbook = library_playbook(&library, b)); b++) {
		struct steps *steps = steps_make(&arena, playbook);

		for (size_t i = 0; i < playbook->situation_count * playbook->step_count; i++) {
			size_t step = i % playbook->step_count;
			const struct line_list *lines =
				&playbook->situations[i / playbook->step_count].say[step];

			for (size_t k = 0; k < lines->count; k++) {
				const char *text = lines->items[k].text;
				struct steps_match match;

				if (!steps_find(steps, NULL, 0, text, strlen(text), &match))
					continue;
				if (match.step != step)
					fail_msg("\"%s\" in: %s", match.cue, text);
				right++;
			}
		}
	}
	assert_true(right > 50);
	library_close(&library);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),	cmocka_unit_test(test_cue),
		cmocka_unit_test(test_doubt),	cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_shipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
