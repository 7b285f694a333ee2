/* Wording advice, proofs and trials on playbooks written here. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "call/trial.h"
#include "playbook/advice.h"
#include "playbook/load.h"
#include "playbook/playbook.h"
#include "playbook/proof.h"
#include "playbook/wording.h"

static const char head[] =
	"talktrack: 1\n"
	"title: Test\n"
	"slots: {issue: {ask: x, reflect: true}, deadline: {ask: x}, promise: {ask: x}}\n"
	"reflection: {swap: {my: your}, drop: [um]}\n"
	"steps:\n"
	"  - {id: reflect, title: A}\n"
	"  - {id: validate, title: B}\n"
	"  - {id: resolve, title: C, after: [reflect, validate]}\n"
	"  - {id: close, title: D}\n";

struct fixture {
	struct arena arena;
	struct problem_list problems;
	struct playbook *playbook;
	struct advice *found;
	size_t count;
};

static void load(struct fixture *fixture, const char *text)
{
	*fixture = (struct fixture){.count = 0};
	fixture->problems.arena = &fixture->arena;
	fixture->playbook = load_text(&fixture->arena, "test.yaml", text, strlen(text), NULL,
				      &fixture->problems);
	for (size_t i = 0; i < fixture->problems.count; i++)
		print_message("%d: %s\n", fixture->problems.items[i].place.line,
			      fixture->problems.items[i].message);
	assert_non_null(fixture->playbook);
	assert_int_equal(fixture->problems.count, 0);
	fixture->count = advice_find(&fixture->arena, fixture->playbook, &fixture->found);
}

/* A playbook with one line in one step, among good ones. */
static void load_line(struct fixture *fixture, const char *step, const char *line, const char *more)
{
	struct arena arena = {0};

	load(fixture, arena_format(&arena, "language: en\n%s%ssay: {%s: [\"%s\"]}\n", head, more,
				   step, line));
	arena_free(&arena);
}

static void expect_rule(const char *step, const char *line, const char *rule, const char *words)
{
	struct fixture fixture;

	load_line(&fixture, step, line, "");
	if (fixture.count != (rule != NULL))
		print_message("'%s': %zu pieces of advice, first: %s\n", line, fixture.count,
			      fixture.count == 0 ? "" : fixture.found[0].message);
	assert_int_equal(fixture.count, rule != NULL);
	if (rule != NULL) {
		assert_string_equal(advice_rule_name(fixture.found[0].rule), rule);
		assert_string_equal(fixture.found[0].words, words);
		assert_int_equal(fixture.found[0].place.line, 11);
		assert_non_null(strstr(fixture.found[0].message, words));
		assert_true(fixture.found[0].mend[0] != '\0');
	}
	arena_free(&fixture.arena);
}

static void finds_each_rule_where_it_applies(void **state)
{
	static const char *const cases[][4] = {
		/* step, line, rule, words */
		{"validate", "You did not wait.", "begins-with-you", "You"},
		{"validate", "I see. You’ve waited.", "begins-with-you", "You’ve"},
		{"reflect", "Why didn't you call sooner?", "accusing-question", "Why didn't you"},
		{"close", "Have you tried the manual?", "accusing-question", "Have you tried"},
		{"resolve", "We're looking at it now.", "we-instead-of-i", "We're"},
		{"resolve", "I'll look into the issue now.", "vague-thing", "the issue"},
		{"validate", "I'm sorry, I do apologise.", "apologises-twice", "apologise"},
		{"validate",
		 "I'm sorry for all of the trouble that was made in the last few weeks by the "
		 "people "
		 "who were there.",
		 "long-apology", "sorry"},
		{"validate", "I can offer a refund.", "fix-before-feelings", "I can offer"},
		{"resolve", "I'll get back to you.", "promise-without-time",
		 "I'll get back to you"},
		{"resolve", "I'll <promise>.", "promise-without-time", "I'll <promise>"},
		{"resolve", "Unfortunately it is gone.", "opens-with-no", "Unfortunately"},
		{"resolve", "It's easy, press this.", "belittles-asking", "It's easy"},
		{"close",
		 "I will go and see them all and then I will tell them what was said and then they "
		 "may think of it or not as they please.",
		 "too-long-to-say", "I will go and see"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_rule(cases[i][0], cases[i][1], cases[i][2], cases[i][3]);
}

static void is_silent_where_a_trainer_would_be(void **state)
{
	static const char *const cases[][2] = {
		{"validate", "It makes sense that you did not wait."},
		{"validate", "You're right, that is too long."},
		{"close", "You did well."},
		{"reflect", "So you wonder why did you not hear. Is that it?"},
		{"resolve", "Let's look at it together, and we will see."},
		{"resolve", "Well, were they there? I'll ask now."},
		{"reflect", "So <issue>. Is that the issue-tracker?"},
		{"validate", "I'm sorry."},
		{"reflect", "So you wanted a refund, and they could offer none."},
		{"resolve", "I'll ring you by <deadline>."},
		{"resolve", "I'll call you tomorrow."},
		{"resolve", "I can do the first part. I can't do the second."},
		{"validate", "I can't imagine how that was."},
		{"resolve", "At 9.30 I go, at help.example.com you write, and then it is sent."},
		{"resolve", "There's nothing in there that can break."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_rule(cases[i][0], cases[i][1], NULL, NULL);
}

static void rules_can_be_switched_off(void **state)
{
	struct fixture fixture;
	struct arena arena = {0};

	(void)state;
	load_line(&fixture, "validate", "You did not wait.", "advice: {off: [begins-with-you]}\n");
	assert_int_equal(fixture.count, 0);
	arena_free(&fixture.arena);
	load(&fixture,
	     arena_format(&arena,
			  "language: en\n%ssay:\n  validate:\n"
			  "    - {say: You saw the issue, advice-off: [begins-with-you]}\n"
			  "    - say: You saw <issue>.\n      advice-off: [vague-thing, "
			  "begins-with-you]\n",
			  head));
	assert_int_equal(fixture.count, 1);
	assert_string_equal(advice_rule_name(fixture.found[0].rule), "vague-thing");
	assert_string_equal(fixture.playbook->say[1].items[0].text, "You saw the issue");
	assert_int_equal(fixture.playbook->say[1].items[0].place.line, 13);
	assert_int_equal(fixture.playbook->say[1].items[0].place.column, 13);
	assert_string_equal(fixture.playbook->say[1].items[1].text, "You saw <issue>.");
	arena_free(&fixture.arena);
	arena_free(&arena);
}

static void finds_phrases_to_avoid(void **state)
{
	struct fixture fixture;
	struct arena arena = {0};

	(void)state;
	load(&fixture,
	     arena_format(&arena,
			  "language: bn\n%s"
			  "avoid: [{phrase: Calm  down, instead: Go on.}]\n"
			  "say: {validate: [Please calm DOWN., Calm. Down., Calmer down]}\n"
			  "situations:\n"
			  "  - id: late\n    title: Late\n    heard: [it is late]\n"
			  "    avoid: [{phrase: শান্ত হন}]\n"
			  "    say: {validate: [আপনি শান্ত হন।, আপনি শান্ত হননি।], resolve: [x], "
			  "close: [y]}\n",
			  head));
	assert_int_equal(fixture.count, 2);
	assert_string_equal(fixture.found[0].words, "calm DOWN");
	assert_string_equal(fixture.found[0].mend, "say instead: Go on.");
	assert_string_equal(fixture.found[1].words, "শান্ত হন");
	arena_free(&fixture.arena);
	arena_free(&arena);
}

static void expect_lack(const char *lines, const char *rule)
{
	struct fixture fixture;
	struct arena arena = {0};

	load(&fixture, arena_format(&arena,
				    "language: en\n%ssituations:\n  - id: late\n    title: Late\n"
				    "    heard: [it is late]\n    say: {%s}\n",
				    head, lines));
	assert_int_equal(fixture.count, rule != NULL);
	if (rule != NULL) {
		assert_string_equal(advice_rule_name(fixture.found[0].rule), rule);
		assert_int_equal(fixture.found[0].place.line, 12);
	}
	arena_free(&fixture.arena);
	arena_free(&arena);
}

static void says_what_a_situation_lacks(void **state)
{
	(void)state;
	expect_lack("reflect: [So.], resolve: [Now.], close: [I'm glad.]", NULL);
	expect_lack("resolve: [Now.], close: [I'm glad.]", "no-feelings-first");
	expect_lack("reflect: [So.], close: [I'm glad.]", "no-way-forward");
	expect_lack("reflect: [So.], resolve: [Now.], close: [Bye.]", "no-warm-ending");
	expect_lack("reflect: [So.], resolve: [Now.]", "no-warm-ending");
}

static void another_language_has_its_own_words(void **state)
{
	struct fixture fixture;
	struct arena arena = {0};
	const char *lines = "say: {validate: [You did it., আপনি দেরি করেছেন।], close: [ভালো]}\n";

	(void)state;
	load(&fixture, arena_format(&arena, "language: bn\n%s%s", head, lines));
	assert_int_equal(fixture.count, 0);
	arena_free(&fixture.arena);
	load(&fixture, arena_format(&arena, "language: bn\nadvice: {words: {you: [আপনি]}}\n%s%s",
				    head, lines));
	assert_int_equal(fixture.count, 1);
	assert_string_equal(fixture.found[0].words, "আপনি");
	arena_free(&fixture.arena);
	arena_free(&arena);
}

static void words_are_whole_and_folded(void **state)
{
	struct arena arena = {0};
	struct wording words = wording_read(&arena, "We’ll see, <slot>: Ĉu 'tis 5%? Well…no।হ্যাঁ");
	static const char *const expected[] = {"we'll", "see",	"<slot>", "cu", "tis",
					       "5",	"well", "no",	  "হ্যা"};
	static const size_t sentences[] = {0, 0, 0, 0, 0, 0, 1, 1, 1};
	struct wording_list list = {0};

	(void)state;
	assert_int_equal(words.count, 9);
	for (size_t i = 0; i < words.count; i++) {
		assert_string_equal(words.items[i].text, expected[i]);
		assert_int_equal(words.items[i].sentence, sentences[i]);
	}
	wording_add(&list, &arena, "?!");
	wording_add(&list, &arena, "see <slot>");
	wording_add(&list, &arena, "see");
	wording_add(&list, &arena, "5 well");
	assert_int_equal(wording_match(&list, &words, 1, NULL), 2);
	assert_int_equal(wording_match(&list, &words, 0, NULL), 0);
	assert_int_equal(wording_match(&list, &words, 5, NULL), 0);
	assert_int_equal(wording_read(&arena, "").count, 0);
	assert_int_equal(wording_read(&arena, "''' \xff\xfe <").count, 1);
	arena_free(&arena);
}

/* Each rule is whole: what it tells, why, whence, and an example that it would find, and mended. */
static void each_rule_is_explained(void **state)
{
	(void)state;
	for (size_t i = 0; i < ADVICE_RULE_COUNT; i++) {
		const struct advice_rule *rule = advice_rule(i);
		const char *step = rule->steps == ADVICE_FIX ? "resolve" : "validate";
		assert_int_equal(advice_rule_named(advice_rule_name(i)), i);
		assert_true(strlen(rule->why) > 40 && strlen(rule->source) > 10);
		assert_true(strlen(rule->told) > 10 && strlen(rule->mend) > 10);
		if (rule->how == ADVICE_OTHERWISE)
			continue;
		struct fixture fixture;
		bool found = false;
		load_line(&fixture, step, rule->before, "");
		for (size_t k = 0; k < fixture.count; k++)
			found = found || fixture.found[k].rule == i;
		if (!found)
			print_message("%s does not find '%s'\n", advice_rule_name(i), rule->before);
		assert_true(found);
		arena_free(&fixture.arena);
		load_line(&fixture, step, rule->after, "");
		assert_int_equal(fixture.count, 0);
		arena_free(&fixture.arena);
	}
	assert_int_equal(advice_rule_named("begins-with-yo"), ADVICE_RULE_COUNT);
}

static void proofs_remember_across_playbooks(void **state)
{
	struct proof proof = {0};
	struct arena arena = {0};
	struct fixture one, two;
	const char *text = arena_format(
		&arena,
		"language: en\n%ssituations:\n  - {id: late, title: Late, heard: [It is late.], "
		"say: {reflect: [So]}}\n",
		head);

	(void)state;
	load(&one, text);
	proof_read(&proof, one.playbook, &one.problems);
	assert_int_equal(one.problems.count, 0);
	arena_free(&one.arena);
	load(&two, text);
	two.playbook->file = "other.yaml";
	proof_read(&proof, two.playbook, &two.problems);
	assert_int_equal(two.problems.count, 1);
	assert_string_equal(two.problems.items[0].message,
			    "this is heard in 'late' of 'test.yaml', too");
	arena_free(&two.arena);
	text = arena_format(&arena, "%s", strstr(text, "talktrack:"));
	text = arena_format(&arena, "language: eo\n%s", text);
	load(&two, text);
	proof_read(&proof, two.playbook, &two.problems);
	assert_int_equal(two.problems.count, 0);
	arena_free(&two.arena);
	proof_close(&proof);
	arena_free(&arena);
}

static void proofs_find_the_same_among_thousands(void **state)
{
	struct proof proof = {0};
	struct arena arena = {0};
	struct fixture fixture;
	char *text = arena_format(&arena,
				  "language: en\n%ssituations:\n  - id: late\n    title: Late\n"
				  "    say: {reflect: [So]}\n    heard:\n",
				  head);
	size_t length = strlen(text);
	char *all = arena_alloc(&arena, length + 6000 * 32);

	(void)state;
	memcpy(all, text, length);
	for (int i = 0; i < 6000; i++)
		length += (size_t)sprintf(all + length, "      - number %d is late\n",
					  i == 5999 ? 17 : i);
	load(&fixture, all);
	proof_read(&proof, fixture.playbook, &fixture.problems);
	assert_int_equal(fixture.problems.count, 1);
	assert_int_equal(fixture.problems.items[0].place.line, 16 + 5999);
	assert_non_null(strstr(fixture.problems.items[0].mend, "line 33"));
	arena_free(&fixture.arena);
	proof_close(&proof);
	arena_free(&arena);
}

static struct trial_outcome try_first(struct fixture *fixture, const char *trial)
{
	struct arena arena = {0};

	load(fixture,
	     arena_format(&arena,
			  "language: en\n%ssay: {close: [Bye <issue>.]}\nsituations:\n"
			  "  - {id: a, title: A, heard: [x], say: {reflect: [So <issue>.]}}\n"
			  "  - {id: b, title: B, heard: [y], say: {reflect: [Now <issue>.]}}\n"
			  "tests:\n  - %s\n",
			  head, trial));
	arena_free(&arena);
	assert_int_equal(fixture->playbook->trial_count, 1);
	return trial_phrase(&fixture->arena, fixture->playbook, &fixture->playbook->trials[0]);
}

static void trials_say_what_a_call_would(void **state)
{
	static const struct {
		const char *trial, *got;
		bool passed;
	} cases[] = {
		{"{situation: a, slots: {issue: um my dog}, says: So your dog}", "So your dog.",
		 true},
		{"{situation: a, slots: {issue: um my dog}, says: So my dog}", "So your dog.",
		 false},
		{"{situation: b, slots: {issue: x}, says: So x}", "Now x.", false},
		{"{slots: {issue: x}, says: Now x.}", "Now x.", true},
		{"{situation: b, slots: {issue: x}, says: Bye x}", "Bye x.", true},
		{"{situation: b, step: reflect, slots: {issue: x}, says: Bye x}", "Now x.", false},
		{"{situation: b, step: resolve, says: Bye}", NULL, false},
		{"{line: <issue>!, slots: {issue: my dog}, says: Your dog!}", "Your dog!", true},
		{"{line: <issue>!, slots: {issue: my dog}, says: Your dog}", "Your dog!", false},
		{"{situation: a, says: So ‹issue›.}", "So ‹issue›.", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture fixture;
		struct trial_outcome outcome = try_first(&fixture, cases[i].trial);
		assert_int_equal(outcome.passed, cases[i].passed);
		if (cases[i].got == NULL)
			assert_null(outcome.got);
		else
			assert_string_equal(outcome.got, cases[i].got);
		arena_free(&fixture.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_each_rule_where_it_applies),
		cmocka_unit_test(is_silent_where_a_trainer_would_be),
		cmocka_unit_test(rules_can_be_switched_off),
		cmocka_unit_test(finds_phrases_to_avoid),
		cmocka_unit_test(says_what_a_situation_lacks),
		cmocka_unit_test(another_language_has_its_own_words),
		cmocka_unit_test(words_are_whole_and_folded),
		cmocka_unit_test(each_rule_is_explained),
		cmocka_unit_test(proofs_remember_across_playbooks),
		cmocka_unit_test(proofs_find_the_same_among_thousands),
		cmocka_unit_test(trials_say_what_a_call_would),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
