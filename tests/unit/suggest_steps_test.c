#include <locale.h>
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
	"  - {id: reflect, title: Reflect, cues: [what I'm hearing, is that right, '?!'], "        \
	"echoes: [so, you said]}\n"                                                                \
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

/* A weak phrase counts where the customer's own words come with it. */
static void test_echo(void **state)
{
	static const char heard[] = "your kettle leaks since Sunday and nobody answered your mails";
	static const struct {
		const char *said;
		bool echo;
	} turns[] = {
		{"so your kettle leaks and nobody answered your mails", true},
		{"okay so the kettle leaks since Sunday", true},
		{"you said nobody answered your mails", true},
		{"so let me look at the account", false},
		{"so you want me to wait", false},
		{"so have you tried to switch it off", false},
		{"so", false},
		/* the words without the phrase say only what it is about */
		{"your kettle leaks and nobody answered your mails", false},
		{"the kettle is under warranty", false},
		{"", false},
	};
	struct fixture fixture;
	struct steps_match match;

	(void)state;
	begin(&fixture);
	for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
		const char *said = turns[i].said;
		bool echo = steps_echo(fixture.steps, heard, said, strlen(said), &match);

		if (echo != turns[i].echo)
			print_error("%s\n", said);
		assert_int_equal(echo, turns[i].echo);
		assert_true(!echo || (match.step == 0 && match.cue && !match.line));
		/* with nothing heard there is nothing to echo; a cue it is not */
		assert_false(steps_echo(fixture.steps, "", said, strlen(said), &match));
		assert_false(steps_find(fixture.steps, NULL, 0, said, strlen(said), &match));
	}
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

/* How many lines of a playbook hold a cue of their step; none may hold one of another. */
static size_t count_right(const struct steps *steps, const struct playbook *playbook)
{
	size_t right = 0;

	for (size_t i = 0; i < (playbook->situation_count + 1) * playbook->step_count; i++) {
		size_t step = i % playbook->step_count, at = i / playbook->step_count;
		const struct line_list *lines = at < playbook->situation_count
							? &playbook->situations[at].say[step]
							: &playbook->say[step];

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
	return right;
}

/* What agents say in their own words, by step; "" where no step may be taken. */
struct own_words {
	const char *language, *step, *text;
};

static const struct own_words said[] = {
	{"en", "reflect", "okay so what I'm hearing is the box came empty"},
	{"en", "validate", "that makes sense, I'd want it back too"},
	{"en", "empathize", "oh no, that must have been a long night"},
	{"en", "", "one moment, I'm opening your account"},
	{"bn", "reflect", "আচ্ছা, তার মানে বাক্সটা খালি এসেছে"},
	{"bn", "reflect", "আপনি বলছেন দুইবার টাকা কাটা হয়েছে"},
	{"bn", "validate", "আপনার জায়গায় থাকলে আমিও ফোন করতাম"},
	{"bn", "validate", "আপনি একদম ঠিক বলেছেন, আপা"},
	{"bn", "empathize", "শুনে খারাপ লাগল, এতদিন অপেক্ষা করেছেন"},
	{"bn", "empathize", "নিশ্চয়ই খারাপ লেগেছে সবার সামনে"},
	{"bn", "", "এক মিনিট, আপনার অ্যাকাউন্টটা খুলছি"},
	{"bn", "", "আপনার নম্বরটা বলবেন"},
	{"eo", "reflect", "bone, alivorte la skatolo venis malplena"},
	{"eo", "reflect", "vi diris, ke oni dufoje prenis la monon"},
	{"eo", "validate", "vi tute pravas, tio ne devus okazi"},
	{"eo", "validate", "en via loko mi jam delonge telefonus"},
	{"eo", "empathize", "ho, tio certe estis longa nokto"},
	{"eo", "empathize", "mi tre bedauxras, ke vi tiel longe atendis"},
	{"eo", "", "unu momenton, mi malfermas vian konton"},
	{"eo", "", "cxu vi diros al mi vian numeron"},
};

static void check_said(const struct steps *steps, const struct playbook *playbook,
		       const char *language)
{
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct steps_match match;
		const char *got = "";

		if (strcmp(said[i].language, language) != 0)
			continue;
		if (steps_find(steps, NULL, 0, said[i].text, strlen(said[i].text), &match))
			got = playbook->steps[match.step].id;
		if (strcmp(got, said[i].step) != 0)
			fail_msg("\"%s\", not \"%s\": %s", got, said[i].step, said[i].text);
	}
}

/* The shipped cues never take a line of one step for another step, and hear agents' own words. */
static void test_shipped(void **state)
{
	static const char *const places[] = {"scripts"}, *const languages[] = {"en", "bn", "eo"};

	(void)state;
	for (size_t l = 0; l < 3; l++) {
		struct arena arena = {0};
		struct library library;
		const struct playbook *playbook;
		size_t right = 0;

		assert_true(library_open(&library, languages[l], places, 1, true));
		library_load_all(&library);
		for (size_t b = 0; (playbook = library_playbook(&library, b)); b++) {
			struct steps *steps = steps_make(&arena, playbook);

			right += count_right(steps, playbook);
			check_said(steps, playbook, languages[l]);
		}
		if (right <= 50)
			fail_msg("%s: %zu", languages[l], right);
		library_close(&library);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),	cmocka_unit_test(test_cue),
		cmocka_unit_test(test_doubt),	cmocka_unit_test(test_echo),
		cmocka_unit_test(test_nothing), cmocka_unit_test(test_shipped),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
