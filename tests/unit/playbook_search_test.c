#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "playbook/library.h"
#include "playbook/playbook.h"
#include "playbook/search.h"

#define COUNT(items) (sizeof(items) / sizeof *(items))

static bool finds(const char *query, const char *text)
{
	return search_score(query, text) > 0;
}

static void test_whole_prefix_inside(void **state)
{
	(void)state;
	int whole = search_score("call", "please call again");
	int prefix = search_score("call", "please calls again");
	int inside = search_score("call", "please recall again");
	int slip = search_score("call", "please calm again");

	assert_true(whole > prefix && prefix > inside && inside > slip && slip > 0);
	assert_int_equal(search_score("call", "please write again"), 0);
}

static void test_every_word_must_match(void **state)
{
	(void)state;
	assert_true(finds("cancel order", "Cancel my order"));
	assert_true(finds("order cancel", "Cancel my order"));
	assert_false(finds("cancel parcel", "Cancel my order"));
	assert_false(finds("cancel my order today", "Cancel my order"));
}

static void test_case_accents_punctuation(void **state)
{
	(void)state;
	assert_true(finds("RESUME", "the résumé"));
	assert_true(finds("r\xc3\xa9sum\xc3\xa9", "The RESUME"));
	assert_true(finds("re\xcc\x81sume\xcc\x81", "the r\xc3\xa9sum\xc3\xa9"));
	assert_true(finds("im", "I'm here"));
	assert_true(finds("i\xe2\x80\x99m here", "I'm here"));
	assert_true(finds("what? -- ever...", "Whatever it takes: what, ever?"));
	assert_true(finds("strasse", "Stra\xc3\x9f"
				     "e"));
}

static void test_one_letter_only_begins(void **state)
{
	(void)state;
	assert_true(finds("t", "about to leave"));
	assert_false(finds("v", "about to leave"));
	assert_true(finds("av", "about to leave"));
}

static void test_slips(void **state)
{
	(void)state;
	const char *text = "a refund for the customer";

	assert_true(finds("regund ", text));
	assert_true(finds("rfund ", text));
	assert_true(finds("reffund ", text));
	assert_true(finds("reufnd ", text));
	assert_true(finds("erfund ", text));
	assert_true(finds("refundd ", text));
	assert_true(finds("refun ", text));
	assert_true(finds("efund ", text));
	assert_false(finds("regumd ", text));
	assert_false(finds("erufnd ", text));
	/* Words of three letters, of the query or of the text, must be right. */
	assert_false(finds("fpr ", text));
	assert_false(finds("forr ", text));
	/* Two words, a slip in each. */
	assert_true(finds("custpmer regund", text));
}

static void test_slip_in_the_word_being_typed(void **state)
{
	(void)state;
	assert_true(finds("cancal", "the cancellation"));
	assert_true(finds("cacnel", "the cancellation"));
	assert_true(finds("acnc", "the cancellation"));
	assert_true(finds("cncell", "the cancellation"));
	assert_true(finds("the canccel", "the cancellation"));
	assert_true(finds("cancr", "the cancellation"));
	assert_false(finds("cant", "the cancellation"));
	assert_false(finds("tall", "they were calling"));
	/* A word that others follow is finished, and so is one with a blank behind it. */
	assert_false(finds("cancal the", "the cancellation"));
	assert_false(finds("cancal ", "the cancellation"));
}

static uint32_t random_number(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static size_t random_word(char *word, uint32_t *seed)
{
	size_t length = 4 + random_number(seed) % 3;

	for (size_t i = 0; i < length; i++)
		word[i] = (char)('a' + random_number(seed) % 3);
	word[length] = '\0';
	return length;
}

static void test_slips_are_one_edit(void **state)
{
	(void)state;
	uint32_t seed = 7;
	char query[8], text[8];
	size_t found = 0;

	for (int i = 0; i < 20000; i++) {
		size_t query_length = random_word(query, &seed);
		size_t text_length = random_word(text, &seed);
		bool close = text_distance(query, query_length, text, text_length, 1) <= 1;
		bool near = close || strstr(text, query);

		for (size_t k = 0; k < text_length; k++)
			near |= text_distance(query, query_length, text, k, 1) <= 1;
		/* While it is typed it may find more, but nothing that is further off. */
		if (finds(query, text))
			assert_true(near);
		strcat(query, " ");
		if (finds(query, text) != (close || strstr(text, strtok(query, " "))))
			fail_msg("'%s' and '%s'", query, text);
		found += close;
	}
	assert_true(found > 100);
}

static void test_bengali(void **state)
{
	(void)state;
	/* "taka", money: vowel signs are not optional. */
	assert_true(finds("টাকা", "আপনার টাকা ফেরত"));
	assert_false(finds("টিকি", "আপনার টাকা ফেরত"));
	/* "pore", with RRA as one code point, as two, and without its nukta. */
	assert_true(finds("পড়ে", "\xe0\xa6\xaa\xe0\xa7\x9c\xe0\xa7\x87"));
	assert_true(finds("\xe0\xa6\xaa\xe0\xa6\xa1\xe0\xa7\x87",
			  "\xe0\xa6\xaa\xe0\xa7\x9c\xe0\xa7\x87"));
	assert_true(finds("\xe0\xa6\xaa\xe0\xa7\x9c\xe0\xa7\x87",
			  "\xe0\xa6\xaa\xe0\xa6\xa1\xe0\xa7\x87"));
	assert_true(finds("\xe0\xa6\xaa\xe0\xa6\xa1\xe0\xa6\xbc\xe0\xa7\x87",
			  "\xe0\xa6\xaa\xe0\xa6\xa1\xe0\xa7\x87"));
	/* "caad", moon, with and without candrabindu. */
	assert_true(finds("\xe0\xa6\x9a\xe0\xa6\xbe\xe0\xa6\xa6",
			  "\xe0\xa6\x9a\xe0\xa6\xbe\xe0\xa6\x81\xe0\xa6\xa6"));
	/* KA, virama, SSA: with ZWNJ, ZWJ and neither. */
	assert_true(finds("\xe0\xa6\x95\xe0\xa7\x8d\xe0\xa6\xb7",
			  "\xe0\xa6\x95\xe0\xa7\x8d\xe2\x80\x8c\xe0\xa6\xb7"));
	assert_true(finds("\xe0\xa6\x95\xe0\xa7\x8d\xe2\x80\x8d\xe0\xa6\xb7",
			  "\xe0\xa6\x95\xe0\xa7\x8d\xe0\xa6\xb7"));
	/* O as one vowel sign, and as the two it is made of. */
	assert_true(finds("\xe0\xa6\x95\xe0\xa7\x87\xe0\xa6\xbe", "\xe0\xa6\x95\xe0\xa7\x8b"));
}

static void test_esperanto(void **state)
{
	(void)state;
	assert_true(finds("cxu", "Ĉu vi volas nuligi?"));
	assert_true(finds("ĉu", "Ĉu vi volas nuligi?"));
	assert_true(finds("cu", "Ĉu vi volas nuligi?"));
	assert_true(finds("CXIUJ JXAUXDOJ", "ĉiuj ĵaŭdoj"));
	assert_true(finds("sxangx", "ni ŝanĝos tion"));
	/* A real x is looked for first, and only after c g h j s u it may be a mark. */
	assert_true(finds("luxury", "a luxury"));
	assert_false(finds("lxu", "lu"));
	assert_int_equal(search_score("cxu ", "cu"), search_score("cu ", "cu"));
}

static void test_hostile_queries(void **state)
{
	(void)state;
	char *query = malloc(3 * 1000 * 1000 + 1);

	assert_non_null(query);
	assert_int_equal(search_score("", "text"), 0);
	assert_int_equal(search_score("  \t ?!", "text"), 0);
	assert_int_equal(search_score("text", ""), 0);
	assert_int_equal(search_score("text", "?"), 0);
	assert_int_equal(search_score("\xff\xfe", "text"), 0);
	assert_int_equal(search_score("\xcc\x81", "text"), 0);
	assert_true(finds("te\xffxt", "xt te"));
	assert_true(finds("text \xe0\xa6", "text"));
	assert_true(finds("\x1b[31mtext", "31mtext"));

	memset(query, 'a', 3 * 1000 * 1000);
	query[3 * 1000 * 1000] = '\0';
	assert_int_equal(search_score(query, "aaaaa"), 0);
	/* Of a very long query the first words count. */
	for (size_t i = 0; i + 2 < 3 * 1000 * 1000; i += 3)
		memcpy(query + i, "\xc3\xa9 ", 3);
	assert_true(finds(query, "e"));
	free(query);
}

/* A library made by hand: two playbooks that take the line of their last step from a third. */
struct made {
	struct library_file files[3];
	struct library library;
};

static void make(struct made *made)
{
	static struct step steps[] = {{.id = "reflect", .title = "Reflect"},
				      {.id = "resolve", .title = "Make it right"},
				      {.id = "close", .title = "Close"}};
	static struct line shared[] = {{.text = "I'm glad you called about this, <customer>."}};
	static struct channel channels[] = {
		{.name = "Phone", .reach = "0800 123 456", .purpose = "a person answers"}};
	static struct avoid avoid[] = {
		{.phrase = "that is our policy", .instead = "Here is what I can do"}};
	static struct line cancel_cues[] = {{.text = "I want to cancel everything"},
					    {.text = "Nobody ever called me back"},
					    {.text = "Cancel"}};
	static struct line cancel_reflect[] = {
		{.text = "So after <issue>, you are ready to cancel. Have I got that right?"}};
	static struct line cancel_resolve[] = {
		{.text = "Give me thirty days to put this right, at our cost."},
		{.text = "Before cancelling, may I show you one thing?"}};
	static struct line todo[] = {{.text = "Offer thirty days to put it right at no cost"}};
	static struct line quiet_cues[] = {{.text = "I am fine"}, {.text = "Cancel"}};
	static struct line other_shared[] = {
		{.text = "I'm glad you called about this, <customer>."}};
	static struct situation angry_situations[] = {
		{.id = "about-to-leave",
		 .title = "About to cancel",
		 .goal = "Make it right, whatever it takes",
		 .heard = {cancel_cues, COUNT(cancel_cues)},
		 .say = {{cancel_reflect, 1}, {cancel_resolve, 2}},
		 .todo = {todo, 1},
		 .avoid = avoid,
		 .avoid_count = 1}};
	static struct situation quiet_situations[] = {{.id = "says-fine",
						       .title = "Says all is fine",
						       .goal = "Hear what is underneath",
						       .heard = {quiet_cues, 2}}};
	static struct playbook angry = {.name = "angry",
					.title = "Angry customer",
					.steps = steps,
					.step_count = 3,
					.say = {{NULL, 0}, {NULL, 0}, {shared, 1}},
					.situations = angry_situations,
					.situation_count = 1,
					.channels = channels,
					.channel_count = 1};
	static struct playbook common = {.name = "common", .title = "Common"};
	/* The same line under the same step, and once more under another. */
	static struct playbook quiet = {.name = "quiet",
					.title = "Quiet customer",
					.steps = steps,
					.step_count = 3,
					.say = {{other_shared, 1}, {NULL, 0}, {other_shared, 1}},
					.situations = quiet_situations,
					.situation_count = 1,
					.channels = channels,
					.channel_count = 1};

	*made = (struct made){.files = {{.name = "angry", .playbook = &angry},
					{.name = "common", .playbook = &common, .extended = true},
					{.name = "quiet", .playbook = &quiet}}};
	made->library = (struct library){
		.language = "en", .files = made->files, .file_count = 3, .next = 3};
}

static const char *kind_name(enum search_kind kind)
{
	static const char *const names[] = {"situation", "line", "cue", "todo", "avoid", "channel"};

	return names[kind];
}

/* What a query finds, a line each: kind, playbook and text. */
static void check(const char *query, const char *expected)
{
	struct arena arena = {0};
	struct made made;
	struct search_hit *hits;
	static char found[4000];

	found[0] = '\0';
	make(&made);
	size_t count = search_find(search_build(&arena, &made.library), &arena, query, 20, &hits);
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(found);

		assert_true(hits[i].score > 0 && (i == 0 || hits[i].score <= hits[i - 1].score));
		snprintf(found + length, sizeof found - length, "%s %s: %s\n",
			 kind_name(hits[i].kind), hits[i].playbook->name, hits[i].text);
	}
	arena_free(&arena);
	assert_string_equal(found, expected);
}

static void test_ranking(void **state)
{
	(void)state;
	/* Whole words first; of these the title, the line, the shorter cue; then library order. */
	check("cancel",
	      "situation angry: About to cancel\n"
	      "line angry: So after <issue>, you are ready to cancel. Have I got that right?\n"
	      "cue angry: Cancel\n"
	      "cue quiet: Cancel\n"
	      "cue angry: I want to cancel everything\n"
	      "line angry: Before cancelling, may I show you one thing?\n");
	check("thirty days", "line angry: Give me thirty days to put this right, at our cost.\n"
			     "todo angry: Offer thirty days to put it right at no cost\n");
	check("right",
	      "line angry: Give me thirty days to put this right, at our cost.\n"
	      "line angry: So after <issue>, you are ready to cancel. Have I got that right?\n"
	      "situation angry: Make it right, whatever it takes\n"
	      "todo angry: Offer thirty days to put it right at no cost\n");
	check("fine", "situation quiet: Says all is fine\n"
		      "cue quiet: I am fine\n");
	check("nobdy caled", "cue angry: Nobody ever called me back\n");
	check("", "");
	check(" ", "");
	check("cancel zebra", "");
}

/* Title and goal, a phrase and what to say instead, a channel's name and the rest are one thing. */
static void test_texts_that_belong_together(void **state)
{
	(void)state;
	check("make right", "situation angry: Make it right, whatever it takes\n");
	check("cancel whatever", "situation angry: About to cancel\n");
	check("what can do", "avoid angry: that is our policy\n");
	check("phone", "channel angry: Phone\n");
	check("0800 person", "channel angry: Phone\n");
}

static void test_slots_are_not_words(void **state)
{
	(void)state;
	check("issue", "");
	check("customer", "");
	assert_true(finds("a < b", "if a < b then"));
}

/* The copy under the other step stays: it is said at another time. */
static void test_shared_lines_once(void **state)
{
	(void)state;
	check("glad called", "line angry: I'm glad you called about this, <customer>.\n"
			     "line quiet: I'm glad you called about this, <customer>.\n");
}

static void test_hits_say_where(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct made made;
	struct search_hit *hits;

	make(&made);
	struct search_index *index = search_build(&arena, &made.library);
	const struct playbook *angry = made.files[0].playbook;

	assert_int_equal(search_find(index, &arena, "thirty days", 20, &hits), 2);
	assert_int_equal(hits[0].kind, SEARCH_LINE);
	assert_ptr_equal(hits[0].situation, &angry->situations[0]);
	assert_int_equal(hits[0].step, 1);
	assert_ptr_equal(hits[0].text, angry->situations[0].say[1].items[0].text);
	assert_int_equal(search_find(index, &arena, "phone", 20, &hits), 1);
	assert_null(hits[0].situation);
	assert_ptr_equal(hits[0].text, angry->channels[0].name);
	assert_int_equal(search_find(index, &arena, "cancel", 3, &hits), 3);
	assert_string_equal(hits[2].text, "Cancel");
	assert_int_equal(search_find(index, &arena, "cancel", 0, &hits), 0);
	assert_int_equal(search_find(index, &arena, "cancel", SIZE_MAX, &hits), 6);
	arena_free(&arena);
}

static void test_empty_library(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct library library = {0};
	struct search_hit *hits;

	assert_int_equal(search_find(search_build(&arena, &library), &arena, "cancel", 9, &hits),
			 0);
	assert_null(hits);
	arena_free(&arena);
}

/* In an Esperanto library the texts may be in x-notation as well. */
static void test_esperanto_texts(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct situation situations[] = {{.id = "a", .title = "Cxu sxangxi?"},
					 {.id = "b", .title = "Ĉu ŝanĝi?"}};
	struct playbook playbook = {.situations = situations, .situation_count = 2};
	struct library_file file = {.name = "a", .playbook = &playbook};
	struct library library = {.language = "eo", .files = &file, .file_count = 1, .next = 1};
	const char *const queries[] = {"cxu sxangxi", "ĉu ŝanĝi", "cu sangi", "CXU", "sxa"};
	struct search_hit *hits;

	const struct search_index *index = search_build(&arena, &library);
	for (size_t i = 0; i < COUNT(queries); i++)
		assert_int_equal(search_find(index, &arena, queries[i], 9, &hits), 2);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_prefix_inside),
		cmocka_unit_test(test_every_word_must_match),
		cmocka_unit_test(test_case_accents_punctuation),
		cmocka_unit_test(test_one_letter_only_begins),
		cmocka_unit_test(test_slips),
		cmocka_unit_test(test_slip_in_the_word_being_typed),
		cmocka_unit_test(test_slips_are_one_edit),
		cmocka_unit_test(test_bengali),
		cmocka_unit_test(test_esperanto),
		cmocka_unit_test(test_hostile_queries),
		cmocka_unit_test(test_ranking),
		cmocka_unit_test(test_texts_that_belong_together),
		cmocka_unit_test(test_slots_are_not_words),
		cmocka_unit_test(test_shared_lines_once),
		cmocka_unit_test(test_hits_say_where),
		cmocka_unit_test(test_empty_library),
		cmocka_unit_test(test_esperanto_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
