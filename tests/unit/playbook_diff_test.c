#include <assert.h>
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
#include "base/problem.h"
#include "playbook/diff.h"
#include "playbook/load.h"
#include "playbook/playbook.h"

static const char base[] = "talktrack: 1\n"
			   "title: Late\n"
			   "language: en\n"
			   "slots:\n"
			   "  customer: {ask: Who}\n"
			   "  issue: {ask: What, reflect: true}\n"
			   "steps:\n"
			   "  - {id: reflect, title: Reflect}\n"
			   "  - {id: close, title: Close}\n"
			   "reflection:\n"
			   "  swap: {my: your}\n"
			   "  drop: [um]\n"
			   "say:\n"
			   "  close: [Thank you for the call.]\n"
			   "do: [Smile]\n"
			   "avoid: [{phrase: calm down, instead: Go on}]\n"
			   "situations:\n"
			   "  - id: late\n"
			   "    title: It is late\n"
			   "    goal: Calm\n"
			   "    heard: [where is it, it never came]\n"
			   "    say:\n"
			   "      reflect:\n"
			   "        - So it has not come yet. Is that it?\n"
			   "        - You waited for it all day long.\n"
			   "  - id: lost\n"
			   "    title: It is lost\n"
			   "    say:\n"
			   "      reflect: [So it is gone.]\n"
			   "channels: [{name: Phone, reach: \"12\"}]\n";

/* The base with a text in place of another, which must be there; "" with "": as it is. */
static const char *edited(struct arena *arena, const char *from, const char *to)
{
	const char *at = strstr(base, from);

	assert_non_null(at);
	return arena_format(arena, "%.*s%s%s", (int)(at - base), base, to, at + strlen(from));
}

static const struct playbook *load(struct arena *arena, const char *text)
{
	struct problem_list problems = {.arena = arena};
	const struct playbook *playbook =
		load_text(arena, "late.yaml", text, strlen(text), NULL, &problems);

	if (playbook == NULL)
		print_error("%s\n%s\n", problems.items[0].message, text);
	assert_non_null(playbook);
	return playbook;
}

/* The changes as "kind what situation/step before|after", a line each. */
static void expect_texts(const char *before, const char *after, const char *expected)
{
	struct arena arena = {0};
	struct difference_list list = {.arena = &arena};
	struct buffer got = {0};

	diff_playbooks(&list, load(&arena, before), load(&arena, after));
	buffer_text(&got, "");
	for (size_t i = 0; i < list.count; i++) {
		const struct difference *change = &list.items[i];
		buffer_format(&got, "%s %s %s/%s %s|%s\n", diff_kind_name(change->kind),
			      change->what, change->situation ? change->situation : "",
			      change->step ? change->step : "",
			      change->before ? change->before : "",
			      change->after ? change->after : "");
	}
	assert_string_equal(got.text, expected);
	buffer_free(&got);
	arena_free(&arena);
}

static void expect(const char *from, const char *to, const char *expected)
{
	struct arena arena = {0};

	expect_texts(base, edited(&arena, from, to), expected);
	arena_free(&arena);
}

static void nothing(void **state)
{
	(void)state;
	expect_texts(base, base, "");
	/* for an agent */
	expect("language: en\n", "language: en\nowner: Me\nreview-by: 2030-01-01\n", "");
	expect("reflect:\n        - So", "reflect:\n        # a note\n        - So", "");
}

static void lines_of_a_step(void **state)
{
	(void)state;
	expect("        - You waited", "        - A third.\n        - You waited",
	       "added line late/reflect |A third.\n");
	expect("        - You waited for it all day long.\n", "",
	       "removed line late/reflect You waited for it all day long.|\n");
	expect("all day long.", "the whole day long.",
	       "reworded line late/reflect You waited for it all day long.|"
	       "You waited for it the whole day long.\n");
	/* two changed at once: paired by likeness, not by place */
	expect("- So it has not come yet. Is that it?\n        - You waited for it all day long.",
	       "- You have waited for it all day long.\n        - So it hasn't come yet. Is that "
	       "it?",
	       "reworded line late/reflect You waited for it all day long.|"
	       "You have waited for it all day long.\n"
	       "reworded line late/reflect So it has not come yet. Is that it?|"
	       "So it hasn't come yet. Is that it?\n"
	       "reordered line late/reflect |\n");
	expect("- So it has not come yet. Is that it?\n        - You waited for it all day long.",
	       "- You waited for it all day long.\n        - So it has not come yet. Is that it?",
	       "reordered line late/reflect |\n");
	/* nothing alike */
	expect("So it is gone.", "Nowhere to be found?",
	       "removed line lost/reflect So it is gone.|\n"
	       "added line lost/reflect |Nowhere to be found?\n");
}

static void parts_of_a_situation(void **state)
{
	(void)state;
	expect("goal: Calm", "goal: Calm them", "reworded goal late/ Calm|Calm them\n");
	expect("    goal: Calm\n", "", "removed goal late/ Calm|\n");
	expect("    title: It is lost\n", "    title: It is lost\n    not-when: It came\n",
	       "added not-when lost/ |It came\n");
	expect("title: It is late", "title: Late it is",
	       "reworded title late/ It is late|Late it is\n");
	expect("it never came]", "it never came, it is not here]",
	       "added heard late/ |it is not here\n");
	expect("title: It is lost\n",
	       "title: It is lost\n    do: [Look]\n    avoid: [{phrase: no}]\n",
	       "added do lost/ |Look\nadded avoid lost/ |no\n");
}

static void situations(void **state)
{
	(void)state;
	expect("  - id: lost\n    title: It is lost\n    say:\n      reflect: [So it is gone.]\n",
	       "",
	       "removed situation lost/ It is lost|\n"
	       "removed line lost/reflect So it is gone.|\n");
	expect("channels:",
	       "  - {id: new, title: New, heard: [hey], say: {close: [Bye.]}}\nchannels:",
	       "added situation new/ |New\nadded heard new/ |hey\nadded line new/close |Bye.\n");
	/* another id, the same title or the same words */
	expect("id: lost", "id: gone", "renamed situation gone/ lost|gone\n");
	expect("id: late\n    title: It is late", "id: slow\n    title: Slow",
	       "renamed situation slow/ late|slow\nreworded title slow/ It is late|Slow\n");
}

static void parts_of_a_playbook(void **state)
{
	(void)state;
	expect("title: Late", "title: Later", "reworded title / Late|Later\n");
	expect("language: en", "language: en\nstatus: retired",
	       "reworded status / active|retired\n");
	expect("{ask: Who}", "{ask: Who is it}",
	       "reworded slot / <customer> Who|<customer> Who is it\n");
	expect("customer: {ask: Who}", "caller: {ask: Who}", "renamed slot / customer|caller\n");
	expect("{ask: What, reflect: true}", "{ask: What, or: it}",
	       "reworded slot / <issue> What, turned round|<issue> What, or: it\n");
	expect("{my: your}", "{my: your, I: you}", "added swap / |I → you\n");
	expect("[um]", "[uh]", "removed drop / um|\nadded drop / |uh\n");
	expect("[Smile]", "[]", "removed do / Smile|\n");
	expect("instead: Go on", "instead: And then",
	       "reworded avoid / calm down → Go on|calm down → And then\n");
	expect("[Thank you for the call.]", "[Thank you for your call.]",
	       "reworded line /close Thank you for the call.|Thank you for your call.\n");
	expect("reach: \"12\"", "reach: \"13\"", "reworded channel / Phone: 12|Phone: 13\n");
	expect("name: Phone", "name: Call", "reworded channel / Phone: 12|Call: 12\n");
	expect("  - {id: reflect, title: Reflect}\n",
	       "  - {id: reflect, title: Reflect, hint: Back}\n",
	       "reworded step / Reflect|Reflect (Back)\n");
	expect("  - {id: close, title: Close}\n", "  - {id: close, title: Close, cues: [bye]}\n",
	       "added cue /close |bye\n");
	expect("situations:\n", "suggest: {threshold: 0.7, ignore: [nice weather]}\nsituations:\n",
	       "added threshold / |0.7\nadded ignore / |nice weather\n");
	expect("situations:\n", "follow-up: {message: [We wrote it down.]}\nsituations:\n",
	       "added message / |We wrote it down.\n");
	expect("  - {id: close, title: Close}\n",
	       "  - {id: close, title: Close, after: [reflect]}\n",
	       "reworded step / Close|Close, after reflect\n");
}

/* A step with another id: its lines are the same lines. */
static void a_step_is_renamed(void **state)
{
	struct arena arena = {0};
	char *text = arena_string(&arena, edited(&arena, "", ""));

	(void)state;
	for (char *at = text; (at = strstr(at, "reflect")) != NULL; at++) {
		if (strncmp(at, "reflect:\n        ", 10) == 0 ||
		    strncmp(at, "reflect: [", 10) == 0 || strncmp(at, "reflect, title", 10) == 0)
			memcpy(at, "mirrors", 7);
	}
	expect_texts(base, text, "renamed step / reflect|mirrors\n");
	arena_free(&arena);
}

static void similarity(void **state)
{
	(void)state;
	assert_true(diff_similarity("", "") == 1);
	assert_true(diff_similarity("a", "") == 0);
	assert_true(diff_similarity("One two three", "one, two: three!") == 1);
	assert_true(diff_similarity("one two", "two one") == 0.5);
	assert_true(diff_similarity("a b c d", "a c") == 2 * 2.0 / 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing),
		cmocka_unit_test(lines_of_a_step),
		cmocka_unit_test(parts_of_a_situation),
		cmocka_unit_test(situations),
		cmocka_unit_test(parts_of_a_playbook),
		cmocka_unit_test(a_step_is_renamed),
		cmocka_unit_test(similarity),
	};

	assert(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
