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
#include "base/text.h"
#include "playbook/diff.h"
#include "playbook/load.h"
#include "playbook/playbook.h"
#include "playbook/write.h"

static void expect(const char *text, const char *expected)
{
	struct buffer out = {0};

	write_text(&out, text);
	assert_string_equal(out.text, expected);
	buffer_free(&out);
}

static void quotes_where_needed(void **state)
{
	(void)state;
	expect("Say it, then wait - and a#1 or a:b", "Say it, then wait - and a#1 or a:b");
	expect("I'm \"here\"", "I'm \"here\"");
	expect("<customer>, hello", "<customer>, hello");
	expect("আমি বুঝি", "আমি বুঝি");
	expect("What: now", "\"What: now\"");
	expect("What now:", "\"What now:\"");
	expect("No #1", "\"No #1\"");
	expect("\"Yes,\" he said", "'\"Yes,\" he said'");
	expect("It's 'C:\\': so", "'It''s ''C:\\'': so'");
	expect("“Yes,” he said", "\"“Yes,” he said\"");
	expect("<<", "\"<<\"");
	expect("- no", "\"- no\"");
	expect("{a}", "\"{a}\"");
	expect("12", "\"12\"");
	expect("2027-06-01", "\"2027-06-01\"");
	expect("No", "\"No\"");
	expect("~", "\"~\"");
	expect("", "\"\"");
}

/* One text as title and as a line, and back. */
static void expect_kept(const char *text, size_t length)
{
	struct arena arena = {0};
	struct buffer out = {0};
	struct problem_list problems = {.arena = &arena};
	const char *clean = text_clean(&arena, text, length);

	clean += strspn(clean, " ");
	length = strlen(clean);
	while (length > 0 && clean[length - 1] == ' ')
		length--;
	clean = arena_copy(&arena, clean, length);
	if (length > 0) {
		struct line line = {.text = clean};
		struct step step = {.id = "no", .title = clean};
		struct playbook written = {.title = "t",
					   .language = "en",
					   .owner = clean,
					   .steps = &step,
					   .step_count = 1};
		written.say[0] = (struct line_list){&line, 1};
		write_playbook(&out, &written);
		const struct playbook *read =
			load_text(&arena, "x.yaml", out.text, out.length, NULL, &problems);
		if (read == NULL)
			print_error("%s\n%s\n", problems.items[0].message, out.text);
		assert_non_null(read);
		assert_string_equal(read->owner, clean);
		assert_string_equal(read->steps[0].title, clean);
		assert_string_equal(read->steps[0].id, "no");
		assert_string_equal(read->say[0].items[0].text, clean);
	}
	buffer_free(&out);
	arena_free(&arena);
}

static size_t encode(char *out, uint32_t code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xE0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

static void any_text_comes_back(void **state)
{
	static const char signs[] = " :#-'\"\\,[]&*!|>%@`?~=ab1";
	uint32_t random = 7;
	char text[64];

	(void)state;
	for (int run = 0; run < 20000; run++) {
		size_t length = 0;
		for (int i = 0; i < 6; i++) {
			random = random * 1664525 + 1013904223;
			uint32_t code = (random >> 8) % 0x3000;
			if (i > 0 || random >> 31)
				code = (unsigned char)signs[(random >> 16) % (sizeof signs - 1)];
			length += encode(text + length, code == 0 ? 1 : code);
		}
		/* braces and brackets are the loader's business */
		expect_kept(text, length);
	}
	for (uint32_t code = 1; code < 0x20000; code += code < 0x3000 ? 1 : 61) {
		size_t length = encode(text, code);
		text[length++] = 'a';
		length += encode(text + length, code);
		expect_kept(text, length);
	}
}

/* Written, read and written again it is the same, and an agent sees no difference. */
static void expect_round(struct arena *arena, const struct playbook *playbook, struct buffer *out)
{
	struct problem_list problems = {.arena = arena};
	struct difference_list differences = {.arena = arena};
	struct buffer again = {0};

	assert_non_null(playbook);
	buffer_clear(out);
	write_playbook(out, playbook);
	const struct playbook *read =
		load_text(arena, "x.yaml", out->text, out->length, NULL, &problems);
	if (read == NULL)
		print_error("%s\n%s\n", problems.items[0].message, out->text);
	assert_non_null(read);
	diff_playbooks(&differences, playbook, read);
	assert_int_equal(differences.count, 0);
	write_playbook(&again, read);
	assert_string_equal(again.text, out->text);
	buffer_free(&again);
}

/* What a line, advice and tests may hold; and whole playbooks as trainers write them. */
static void all_keys_come_back(void **state)
{
	static const char text[] =
		"talktrack: 1\ntitle: Late\nlanguage: en\nslots: {customer: , issue: {reflect: "
		"true}}\n"
		"steps: [{id: reflect, title: Reflect}]\n"
		"advice: {off: [vague-thing, no-warm-ending], words: {sorry: [alas]}}\n"
		"say: {reflect: [{say: 'a: <issue>', advice-off: [vague-thing]}, b]}\n"
		"follow-up: {voice-note: [v], message: [m]}\n"
		"tests:\n  - {heard: h, situation: none}\n"
		"  - {line: 'So <issue>', slots: {issue: 'no'}, says: So no}\n"
		"  - {step: reflect, slots: {issue: x}, says: 'a: x'}\n";
	static const char *const files[] = {"scripts/en/common.yaml", "scripts/bn/common.yaml",
					    "scripts/eo/common.yaml"};
	struct arena arena = {0};
	struct problem_list problems = {.arena = &arena};
	struct buffer out = {0};

	(void)state;
	expect_round(&arena, load_text(&arena, "x.yaml", text, strlen(text), NULL, &problems),
		     &out);
	assert_non_null(strstr(out.text, "\n    - say: \"a: <issue>\"\n      advice-off:\n"
					 "        - vague-thing\n    - b\n"));
	assert_non_null(strstr(out.text,
			       "\nadvice:\n  \"off\":\n    - vague-thing\n    - no-warm-ending\n"
			       "  words:\n    sorry:\n      - alas\n"));
	assert_non_null(strstr(out.text, "    slots:\n      issue: \"no\"\n    says: So no\n"));
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		expect_round(&arena, load_playbook(&arena, files[i], NULL, &problems), &out);
	buffer_free(&out);
	arena_free(&arena);
}

/* load, write, load: the same bytes are written again, and nothing is lost. */
static void same_after_a_round(void **state)
{
	static const char text[] =
		"talktrack: 1\ntitle: Late\nlanguage: en\nsummary: \"a: b\"\nowner: 12\n"
		"review-by: 2027-06-01\nstatus: draft\n\nslots:\n  customer:\n    ask: Who\n"
		"    or: \"no\"\n  issue:\n    ask: What\n    reflect: true\n\nsteps:\n"
		"  - id: reflect\n    title: Reflect\n    hint: Back\n  - id: close\n"
		"    title: Close\n    after:\n      - reflect\n\nreflection:\n  swap:\n"
		"    I am: you are\n    my: your\n  drop:\n    - um\n\nsay:\n  close:\n"
		"    - Bye.\n\ndo:\n  - Smile\n\navoid:\n  - phrase: calm down\n    instead: Go "
		"on\n"
		"  - phrase: x\n\nfollow-up:\n  voice-note:\n    - I read this aloud.\n"
		"\nsituations:\n  - id: late\n    title: It is late\n"
		"    goal: Calm\n    not-when: It came\n    heard:\n      - where is it\n"
		"    say:\n      reflect:\n        - \"<customer>: late?\"\n        - So.\n"
		"    do:\n      - Look\n    avoid:\n      - phrase: no\n        instead: Yes.\n"
		"\nchannels:\n  - name: Phone\n    reach: \"0800 123 456\"\n    for: all\n";
	struct arena arena = {0};
	struct buffer once = {0}, again = {0};
	struct problem_list problems = {.arena = &arena};
	struct playbook *playbook =
		load_text(&arena, "x.yaml", text, strlen(text), NULL, &problems);

	(void)state;
	assert_non_null(playbook);
	write_playbook(&once, playbook);
	playbook = load_text(&arena, "x.yaml", once.text, once.length, NULL, &problems);
	assert_non_null(playbook);
	write_playbook(&again, playbook);
	assert_string_equal(once.text, again.text);
	assert_int_equal(problems.count, 0);
	/* but for 12, no and the date, which others read as what they look like, it was the same */
	assert_int_equal(once.length, strlen(text) + 6);
	buffer_free(&once);
	buffer_free(&again);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_where_needed),
		cmocka_unit_test(any_text_comes_back),
		cmocka_unit_test(all_keys_come_back),
		cmocka_unit_test(same_after_a_round),
	};

	assert(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
