#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/problem.h"
#include "call/clause.h"
#include "call/mirror.h"
#include "playbook/library.h"
#include "playbook/playbook.h"

/* The playbooks of the checkout, in which the tests are run. */
struct fixture {
	struct library library;
	const struct reflection *reflection;
	const struct tables *tables;
	struct arena arena; /* of the tables */
};

static void begin(struct fixture *fixture, const char *language)
{
	*fixture = (struct fixture){0};
	assert_true(library_open(&fixture->library, language, (const char *const[]){"scripts"}, 1,
				 true));
	library_load_all(&fixture->library);
	assert_int_equal(fixture->library.problems.errors, 0);
	assert_non_null(library_playbook(&fixture->library, 0));
	fixture->reflection = &library_playbook(&fixture->library, 0)->reflection;
	fixture->tables = tables_make(&fixture->arena, fixture->reflection);
}

struct example {
	const char *said, *words, *slot; /* NULL: silent; no slot */
};

static void mirrors(const char *language, const struct example *examples, size_t count)
{
	struct fixture fixture;

	begin(&fixture, language);
	for (size_t i = 0; i < count; i++) {
		struct arena arena = {0};
		struct mirror mirror;
		bool made = mirror_make(&arena, fixture.tables, examples[i].said, &mirror);

		if (made != (examples[i].words != NULL) ||
		    (made && strcmp(mirror.words, examples[i].words) != 0))
			print_error("%s\n    %s\n", examples[i].said, made ? mirror.words : "-");
		assert_int_equal(made, examples[i].words != NULL);
		if (made) {
			assert_string_equal(mirror.words, examples[i].words);
			assert_int_equal(mirror.fits_slot, examples[i].slot != NULL);
			if (examples[i].slot)
				assert_string_equal(mirror.said, examples[i].slot);
			assert_true(mirror.lines->count > 0);
			assert_true(mirror_knows(fixture.reflection, mirror.lines->items[0].text));
		}
		arena_free(&arena);
	}
	arena_free(&fixture.arena);
	library_close(&fixture.library);
}

#define MIRRORS(language, examples)                                                                \
	mirrors(language, examples, sizeof(examples) / sizeof *(examples))

static void each_rule(void **state)
{
	static const struct example examples[] = {
		/* greetings and fillers go at both ends, and fillers and stammers within */
		{"Good morning um so my my card uh doesn't work, thank you",
		 "your card doesn't work", "my card doesn't work"},
		/* of several clauses that with the customer and what is wrong */
		{"Hello, I'm in the office today. My order never came.", "your order never came",
		 "my order never came"},
		/* clauses that belong together stay together */
		{"my phone and my tablet are broken", "your phone and your tablet are broken",
		 "my phone and my tablet are broken"},
		{"My phone, which I bought in May, is broken.",
		 "your phone, which you bought in May, is broken",
		 "my phone, which I bought in May, is broken"},
		/* you is we as a subject, us as an object */
		{"I paid you in May", "you paid us in May", "I paid you in May"},
		{"I told you about my broken screen", "you told us about your broken screen",
		 "I told you about my broken screen"},
		/* account data goes */
		{"my order number 4482913 never arrived", "your order never arrived",
		 "my order never arrived"},
		{"my account number is 4482913", NULL, NULL},
		{"I lost 4482913", NULL, NULL},
		{"my pin four four one two doesn't work", NULL, NULL},
		{"I can't reach anna@example.com", NULL, NULL},
		/* frames */
		{"can you cancel my order", "you'd like us to cancel your order",
		 "I'd like you to cancel my order"},
		{"how do I reset my password", "you'd like to know how to reset your password",
		 "I'd like to know how to reset my password"},
		{"why was I charged twice?", "you'd like to know why you were charged twice",
		 "I'd like to know why I was charged twice"},
		{"Where is my order?", "where is your order", NULL},
		/* too long, too short, cut off, no verb, chat */
		{"my order that I placed for my mother who lives in the north of the country never "
		 "came to her",
		 NULL, NULL},
		{"I can't", NULL, NULL},
		{"my order never came because my", NULL, NULL},
		{"blue with white stripes", NULL, NULL},
		{"I'm fine thanks", NULL, NULL},
		/* profanity, shouting, weight */
		{"my damn order never came", NULL, NULL},
		{"my order never came!!", NULL, NULL},
		{"MY ORDER NEVER came", NULL, NULL},
		{"I get nothing, nothing, for my money", NULL, NULL},
		{"", NULL, NULL},
		{" . , - ", NULL, NULL},
	};

	(void)state;
	MIRRORS("en", examples);
}

static void esperanto(void **state)
{
	static const struct example examples[] = {
		{"Saluton, mia mendo neniam venis.", "via mendo neniam venis",
		 "mia mendo neniam venis"},
		{"Mi timas, ke vi perdis mian pakon", "vi timas, ke ni perdis vian pakon",
		 "mi timas, ke vi perdis mian pakon"},
		{"ĉu vi povas nuligi mian mendon", "vi volas peti nin nuligi vian mendon",
		 "mi volas peti vin nuligi mian mendon"},
		{"kie estas mia mendo?", "vi volas scii, kie estas via mendo",
		 "mi volas scii, kie estas mia mendo"},
		{"vi estas ŝtelistoj", NULL, NULL},
	};

	(void)state;
	MIRRORS("eo", examples);
}

/* Bengali is quoted, as verbs do not come round well. */
static void bengali(void **state)
{
	struct fixture fixture;
	struct arena arena = {0};
	struct mirror mirror;

	(void)state;
	begin(&fixture, "bn");
	assert_true(mirror_make(&arena, fixture.tables, "হ্যালো, আমার পার্সেল আসেনি।", &mirror));
	assert_string_equal(mirror.said, "আমার পার্সেল আসেনি");
	assert_string_equal(
		mirror_say(&arena, mirror.lines->items[0].text, mirror.said, mirror.words),
		"আপনার কথাটা হলো, “আমার পার্সেল আসেনি”। ঠিক শুনেছি তো?");
	assert_false(mirror_make(&arena, fixture.tables, "আপনারা সব চোর", &mirror));
	for (size_t i = 0; i < fixture.reflection->lines.count; i++)
		assert_null(strstr(fixture.reflection->lines.items[i].text, "<words>"));
	arena_free(&arena);
	arena_free(&fixture.arena);
	library_close(&fixture.library);
}

static void lines_are_filled_in(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_string_equal(mirror_say(&arena, "So <words>, <said>?", "my <words>", "your"),
			    "So your, my <words>?");
	assert_string_equal(mirror_say(&arena, "<word> < <issue>", "a", "b"), "<word> < <issue>");
	assert_string_equal(mirror_say(&arena, "", "a", "b"), "");
	arena_free(&arena);
}

/* Whatever is in a text: no crash, no endless work, nothing that could steer a terminal. */
static void hostile_texts(void **state)
{
	static const char *const parts[] = {"and I was so ",
					    "my my my ",
					    "\x1b[2J\x01\x02",
					    "আমার ",
					    "\xff\xfe\x80",
					    "<words> <said> ",
					    "I \xe2\x80\xae never ",
					    ", ; : . ! ",
					    "a"};
	struct fixture fixture;

	(void)state;
	begin(&fixture, "en");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		size_t length = strlen(parts[i]);
		char *text = malloc(10000 * length + 1);
		struct mirror mirror;

		assert_non_null(text);
		/* ten thousand words without a full stop; and each shorter one to the limit */
		for (size_t count = 1; count <= 10000; count *= 3) {
			struct arena arena = {0};

			for (size_t k = 0; k < count; k++)
				memcpy(text + k * length, parts[i], length);
			text[count * length] = '\0';
			if (mirror_make(&arena, fixture.tables, text, &mirror)) {
				assert_null(strpbrk(mirror.words, "\x1b\x01\x02\xff"));
				assert_true(strlen(mirror.words) < MIRROR_BYTES);
				assert_true(count < 100);
			}
			arena_free(&arena);
		}
		free(text);
	}
	arena_free(&fixture.arena);
	library_close(&fixture.library);
}

/* Tables that are not there say nothing, and lines alone turn nothing into a sentence. */
static void without_tables(void **state)
{
	static struct line line = {.text = "So <words>?"};
	static const struct reflection none = {0}, lines = {.lines = {&line, 1}};
	struct arena arena = {0};
	struct mirror mirror;

	(void)state;
	assert_false(
		mirror_make(&arena, tables_make(&arena, &none), "my order never came", &mirror));
	assert_false(
		mirror_make(&arena, tables_make(&arena, &lines), "my order never came", &mirror));
	assert_false(mirror_knows(&none, "So <words>?"));
	assert_true(mirror_knows(&lines, "So <words>?"));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule),	 cmocka_unit_test(esperanto),
		cmocka_unit_test(bengali),	 cmocka_unit_test(lines_are_filled_in),
		cmocka_unit_test(hostile_texts), cmocka_unit_test(without_tables),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
