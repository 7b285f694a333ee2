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
#include "suggest/suggest.h"

#define HEAD "talktrack: 1\ntitle: Shop\nlanguage: en\nsteps: [{id: say, title: Say}]\n"
#define SITUATION(ID, TITLE, HEARD)                                                                \
	"  - id: " ID "\n    title: " TITLE "\n    say: {say: [Yes]}\n    heard:\n" HEARD
#define PARCEL                                                                                     \
	SITUATION("parcel", "Parcel late",                                                         \
		  "      - where is my parcel\n      - it should have come on Monday\n"            \
		  "      - I am waiting for the delivery\n")
#define MONEY                                                                                      \
	SITUATION("money", "Wants the money back",                                                 \
		  "      - I want a refund\n      - give me my money back\n"                       \
		  "      - you charged me twice\n")
#define LEAVING                                                                                    \
	SITUATION("leaving", "About to leave",                                                     \
		  "      - close my account\n      - I am going to cancel\n"                       \
		  "      - I will go to another shop\n")
#define GREETING                                                                                   \
	SITUATION("greeting", "Says hello",                                                        \
		  "      - good morning to you\n      - hello there\n      - how are you today\n")

struct fixture {
	struct arena arena;
	const struct playbook *playbook;
	struct suggest_model *model;
};

static const struct playbook *load(struct arena *arena, const char *text)
{
	struct problem_list problems = {.arena = arena};
	const struct playbook *playbook =
		load_text(arena, "shop.yaml", text, strlen(text), NULL, &problems);

	assert_non_null(playbook);
	return playbook;
}

static void begin(struct fixture *fixture, const char *text)
{
	*fixture = (struct fixture){.arena = {0}};
	fixture->playbook = load(&fixture->arena, text);
	fixture->model = suggest_train_on(&fixture->playbook, 1);
	assert_non_null(fixture->model);
}

static void end(struct fixture *fixture)
{
	suggest_free(fixture->model);
	arena_free(&fixture->arena);
}

static size_t ask(const struct fixture *fixture, const char *text, struct suggest_match *matches)
{
	return suggest_find(fixture->model, text, strlen(text), matches);
}

static const char *first(const struct fixture *fixture, const char *text)
{
	struct suggest_match matches[SUGGEST_MATCHES];

	assert_true(ask(fixture, text, matches) > 0);
	return matches[0].situation->id;
}

static void test_tells_apart(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, HEAD "situations:\n" PARCEL MONEY LEAVING GREETING);
	assert_string_equal(first(&fixture, "Where's the parcel?"), "parcel");
	assert_string_equal(first(&fixture, "I'd like my money, please"), "money");
	assert_string_equal(first(&fixture, "please close the account"), "leaving");
	assert_string_equal(first(&fixture, "hello, good morning"), "greeting");
	end(&fixture);
}

static void test_three_in_order(void **state)
{
	struct fixture fixture;
	struct suggest_match matches[SUGGEST_MATCHES];

	(void)state;
	begin(&fixture, HEAD "situations:\n" PARCEL MONEY LEAVING GREETING);
	assert_int_equal(ask(&fixture, "give me my money back", matches), 3);
	assert_true(matches[0].confidence > matches[1].confidence);
	assert_true(matches[1].confidence >= matches[2].confidence);
	for (size_t i = 0; i < 3; i++) {
		assert_true(matches[i].confidence > 0 && matches[i].confidence < 1);
		assert_ptr_equal(matches[i].playbook, fixture.playbook);
		assert_true(i == 0 || !matches[i].suggested);
		assert_true(i == 0 || matches[i].situation != matches[i - 1].situation);
	}
	assert_true(matches[0].suggested);
	end(&fixture);
}

static void test_threshold(void **state)
{
	struct fixture fixture;
	struct suggest_match matches[SUGGEST_MATCHES];

	(void)state;
	begin(&fixture,
	      HEAD "suggest: {threshold: 1}\nsituations:\n" PARCEL MONEY LEAVING GREETING);
	ask(&fixture, "give me my money back", matches);
	assert_false(matches[0].suggested);
	end(&fixture);
	begin(&fixture,
	      HEAD "suggest: {threshold: 0.01}\nsituations:\n" PARCEL MONEY LEAVING GREETING);
	ask(&fixture, "what about the delivery", matches);
	assert_true(matches[0].suggested);
	end(&fixture);
}

static void test_ignore(void **state)
{
	struct fixture with, without;
	struct suggest_match a[SUGGEST_MATCHES], b[SUGGEST_MATCHES];

	(void)state;
	begin(&without, HEAD "situations:\n" PARCEL MONEY LEAVING);
	begin(&with, HEAD "suggest: {ignore: [my account number is five, which account]}\n"
			  "situations:\n" PARCEL MONEY LEAVING);
	assert_int_equal(ask(&without, "my account is number five", b), 3);
	assert_int_equal(ask(&with, "my account is number five", a), 3);
	assert_false(a[0].suggested);
	assert_true(a[0].confidence < b[0].confidence);
	/* what is ignored is never a match itself */
	for (size_t i = 0; i < 3; i++)
		assert_non_null(a[i].situation);
	end(&with);
	end(&without);
}

static void test_few_situations(void **state)
{
	struct fixture fixture;
	struct suggest_match matches[SUGGEST_MATCHES];

	(void)state;
	begin(&fixture, HEAD "situations:\n" PARCEL MONEY);
	assert_int_equal(ask(&fixture, "you charged me twice", matches), 2);
	assert_string_equal(matches[0].situation->id, "money");
	end(&fixture);
	begin(&fixture, HEAD "situations:\n" PARCEL);
	assert_int_equal(ask(&fixture, "where is my parcel", matches), 1);
	assert_true(matches[0].suggested);
	assert_int_equal(ask(&fixture, "good evening everybody", matches), 1);
	assert_false(matches[0].suggested);
	end(&fixture);
	begin(&fixture, HEAD);
	assert_int_equal(ask(&fixture, "where is my parcel", matches), 0);
	end(&fixture);
	assert_int_equal(suggest_find(NULL, "hello", 5, matches), 0);
	suggest_free(NULL);
}

static void test_nothing_known(void **state)
{
	static const char *const texts[] = {
		"", "  ", "?!", "\xff\xfe\xfd", "qqqq zzzz", "\xe0\xa6\x95\xe0\xa6\xbf"};
	struct fixture fixture;
	struct suggest_match matches[SUGGEST_MATCHES];

	(void)state;
	begin(&fixture, HEAD "suggest: {threshold: 0.01}\nsituations:\n" PARCEL MONEY LEAVING);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(ask(&fixture, texts[i], matches), 3);
		assert_false(matches[0].suggested);
		assert_true(matches[0].confidence <= 0);
	}
	end(&fixture);
}

static void test_hostile(void **state)
{
	struct fixture fixture;
	struct suggest_match matches[SUGGEST_MATCHES];
	size_t length = 1 << 20;
	char *text = malloc(length);

	(void)state;
	assert_non_null(text);
	begin(&fixture, HEAD "situations:\n" PARCEL MONEY LEAVING);
	assert_int_equal(suggest_find(fixture.model, "my\0parcel", 9, matches), 3);
	assert_string_equal(matches[0].situation->id, "parcel");
	assert_int_equal(suggest_find(fixture.model, "where is my parcel\xff", 19, matches), 3);
	assert_string_equal(matches[0].situation->id, "parcel");
	for (size_t i = 0; i < length; i++)
		text[i] = "parcel \xf0\x9f\x98\x80\n"[i % 12];
	assert_int_equal(suggest_find(fixture.model, text, length, matches), 3);
	assert_string_equal(matches[0].situation->id, "parcel");
	free(text);
	end(&fixture);
}

/* The same library gives the same model. */
static void test_deterministic(void **state)
{
	static const char *const texts[] = {"where is my parcel", "hello", "I want to go",
					    "charged for the delivery", "another morning"};
	struct fixture one, other;
	struct suggest_match a[SUGGEST_MATCHES], b[SUGGEST_MATCHES];

	(void)state;
	begin(&one, HEAD "situations:\n" PARCEL MONEY LEAVING GREETING);
	begin(&other, HEAD "situations:\n" PARCEL MONEY LEAVING GREETING);
	assert_int_equal(suggest_size(one.model), suggest_size(other.model));
	assert_true(suggest_size(one.model) > 0);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		assert_int_equal(ask(&one, texts[i], a), ask(&other, texts[i], b));
		for (size_t k = 0; k < SUGGEST_MATCHES; k++) {
			assert_string_equal(a[k].situation->id, b[k].situation->id);
			assert_memory_equal(&a[k].confidence, &b[k].confidence, sizeof(double));
		}
	}
	end(&one);
	end(&other);
}

/* The playbooks that are shipped share what they ignore by way of common.yaml. */
static void test_library(void **state)
{
	static const char *const places[] = {"scripts"};
	struct library library;
	struct suggest_model *model;
	struct suggest_match matches[SUGGEST_MATCHES];
	const struct playbook *angry, *quiet;

	(void)state;
	assert_true(library_open(&library, "en", places, 1, true));
	library_load_all(&library);
	angry = library_find(&library, "angry-customer");
	quiet = library_find(&library, "quiet-customer");
	assert_true(angry->suggest.ignore.count > 0);
	assert_ptr_equal(angry->suggest.ignore.items, quiet->suggest.ignore.items);
	model = suggest_train(&library);
	assert_non_null(model);
	assert_int_equal(suggest_find(model, "I want to cancel everything", 27, matches), 3);
	assert_string_equal(matches[0].situation->id, "about-to-leave");
	assert_true(matches[0].suggested);
	assert_int_equal(suggest_find(model, "my name is Rahman", 17, matches), 3);
	assert_false(matches[0].suggested);
	suggest_free(model);
	library_close(&library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tells_apart),    cmocka_unit_test(test_three_in_order),
		cmocka_unit_test(test_threshold),      cmocka_unit_test(test_ignore),
		cmocka_unit_test(test_few_situations), cmocka_unit_test(test_nothing_known),
		cmocka_unit_test(test_hostile),	       cmocka_unit_test(test_deterministic),
		cmocka_unit_test(test_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
