#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/arena.h"
#include "call/call.h"
#include "call/phrase.h"
#include "playbook/library.h"

static struct slot slots[] = {
	{.id = "customer"},
	{.id = "issue", .reflect = true, .otherwise = "what happened"},
	{.id = "product", .otherwise = "the product"},
};
static struct swap swaps[] = {{"my", "your"}};
static struct step steps[] = {{.id = "reflect"}};
static struct situation situations[] = {{.id = "any"}};
static struct playbook playbook = {
	.name = "test",
	.language = "en",
	.slots = slots,
	.slot_count = 3,
	.steps = steps,
	.step_count = 1,
	.situations = situations,
	.situation_count = 1,
	.reflection = {.swaps = swaps, .swap_count = 1},
};
static struct library_file file = {.name = "test", .playbook = &playbook};
static struct library library = {.language = "en", .files = &file, .file_count = 1};

static void fill(struct call *call, const char *slot, const char *text)
{
	struct arena scratch = {0};
	const char *arguments[2] = {slot, text};
	struct event events[CALL_EVENTS_MOST];
	size_t count;
	assert_int_equal(call_decide(call, ACTION_FILL_SLOT, arguments, 1,
				     "0193c0de-0000-7000-8000-00000000000a", &scratch, events,
				     &count),
			 CALL_ALLOWED);
	for (size_t i = 0; i < count; i++)
		call_apply(call, &events[i]);
	arena_free(&scratch);
}

/* A phrase as text with its spans in brackets: plain text bare, [filled], (default), {unfilled}. */
static void phrase_is(const struct call *call, const char *line, const char *expected)
{
	static const char *const brackets[] = {
		[PHRASE_FILLED] = "[]", [PHRASE_DEFAULT] = "()", [PHRASE_UNFILLED] = "{}"};
	struct arena arena = {0};
	char text[512] = "";
	size_t at = 0;
	struct phrase phrase = phrase_make(&arena, &playbook, call, line);
	assert_int_equal(strlen(phrase.text), phrase.length);
	for (size_t i = 0; i < phrase.span_count; i++) {
		const struct phrase_span *span = &phrase.spans[i];
		const char *pair = brackets[span->mark];
		assert_int_equal(span->start, at);
		assert_true(span->length > 0);
		at += span->length;
		strncat(text, pair == NULL ? "" : pair, 1);
		strncat(text, phrase.text + span->start, span->length);
		strncat(text, pair == NULL ? "" : pair + 1, 1);
	}
	assert_int_equal(at, phrase.length);
	assert_string_equal(text, expected);
	arena_free(&arena);
}

static void unfilled_slots_are_marked(void **state)
{
	(void)state;
	phrase_is(NULL, "", "");
	phrase_is(NULL, "No slot.", "No slot.");
	phrase_is(NULL, "<customer>", "{‹customer›}");
	phrase_is(NULL, "Dear <customer>, so <issue>?", "Dear {‹customer›}, so (what happened)?");
	phrase_is(NULL, "<product> is <product>.", "(The product) is (the product).");
	phrase_is(NULL, "A <stranger> here", "A {‹stranger›} here");
	phrase_is(NULL, "5 < 6 and <3", "5 < 6 and <3");
}

static void filled_slots_stand_as_typed(void **state)
{
	(void)state;
	struct call call;
	call_open(&call, &library, NULL);
	fill(&call, "customer", "Mrs Rahman");
	fill(&call, "issue", "My order never came!");
	fill(&call, "product", "my phone");
	phrase_is(&call, "Dear <customer>, so <issue>.",
		  "Dear [Mrs Rahman], so [your order never came].");
	phrase_is(&call, "<issue>: did I get that?", "[Your order never came]: did I get that?");
	phrase_is(&call, "About <product>", "About [my phone]");
	phrase_is(&call, "<product><product>", "[My phone][my phone]");
	fill(&call, "product", "");
	phrase_is(&call, "About <product>", "About (the product)");
	call_close(&call);
}

static void capitals_of_other_scripts(void **state)
{
	(void)state;
	struct call call;
	call_open(&call, &library, NULL);
	fill(&call, "product", "ĉapelo");
	phrase_is(&call, "<product>!", "[Ĉapelo]!");
	fill(&call, "product", "стол");
	phrase_is(&call, "<product>!", "[Стол]!");
	fill(&call, "product", "ⱥ"); /* two bytes as a capital, three as typed */
	phrase_is(&call, "<product>!", "[Ⱥ]!");
	fill(&call, "product", "ফোন");
	phrase_is(&call, "<product>!", "[ফোন]!");
	fill(&call, "product", "𐐨");
	phrase_is(&call, "<product>!", "[𐐨]!");
	fill(&call, "product", "<customer>");
	phrase_is(&call, "A <product>!", "A [<customer>]!");
	call_close(&call);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unfilled_slots_are_marked),
		cmocka_unit_test(filled_slots_stand_as_typed),
		cmocka_unit_test(capitals_of_other_scripts),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
