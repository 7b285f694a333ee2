#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/arena.h"
#include "call/reflection.h"
#include "playbook/playbook.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct example {
	const char *said, *turned;
};

/* Longest first, as a playbook has them. */
static struct swap english[] = {
	{"do you have", "do we have"},
	{"you told me", "we told you"},
	{"you said", "we said"},
	{"you are", "we are"},
	{"you're", "we're"},
	{"I am", "you are"},
	{"I was", "you were"},
	{"am I", "are you"},
	{"to you", "to us"},
	{"the", "the"},
	{"I'm", "you're"},
	{"I've", "you've"},
	{"I'll", "you'll"},
	{"I'd", "you'd"},
	{"I", "you"},
	{"me", "you"},
	{"my", "your"},
	{"mine", "yours"},
	{"myself", "yourself"},
	{"we", "you"},
	{"us", "you"},
	{"our", "your"},
	{"your", "our"},
	{"you", "we"},
};
static struct line english_drops[] = {
	{.text = "hello"}, {.text = "hi"},	 {.text = "hi there"},
	{.text = "so"},	   {.text = "um"},	 {.text = "look"},
	{.text = "well"},  {.text = "you know"}, {.text = "please"},
};

static struct swap esperanto[] = {
	{"mi estas", "vi estas"}, {"mi", "vi"},	    {"min", "vin"},
	{"mia", "via"},		  {"miaj", "viaj"}, {"mian", "vian"},
	{"nia", "via"},		  {"ni", "vi"},	    {"vi", "ni"},
	{"ĉe mi", "ĉe vi"},	  {"via", "nia"},
};
static struct line esperanto_drops[] = {{.text = "saluton"}, {.text = "nu"}, {.text = "do"}};

static struct swap bengali[] = {
	{"আমার কাছে", "আপনার কাছে"}, {"আমি", "আপনি"},	 {"আমার", "আপনার"},
	{"আমাকে", "আপনাকে"},	     {"আমরা", "আপনারা"},
};
static struct line bengali_drops[] = {{.text = "হ্যালো"}, {.text = "শুনুন"}, {.text = "মানে"}};

static void turns(const struct reflection *reflection, const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct arena arena = {0};
		assert_string_equal(reflection_turn(&arena, reflection, examples[i].said),
				    examples[i].turned);
		arena_free(&arena);
	}
}

static void english_sentences(void **state)
{
	(void)state;
	static const struct reflection tables = {.swaps = english,
						 .swap_count = COUNT(english),
						 .drops = {english_drops, COUNT(english_drops)}};
	static const struct example examples[] = {
		{"my order never came", "your order never came"},
		{"My order never came!", "your order never came"},
		{"MY order never came...", "your order never came"},
		{"I am so tired of this, my order never came!",
		 "you are so tired of this, your order never came"},
		{"Hello, I was charged twice.", "you were charged twice"},
		{"hi there, um, so I'm waiting for three weeks", "you're waiting for three weeks"},
		{"So I’m still waiting", "you're still waiting"},
		{"Amazon never came", "Amazon never came"},
		{"Hi, Amazon lost my parcel", "Amazon lost your parcel"},
		{"The driver left it outside", "the driver left it outside"},
		{"You told me it would be free", "we told you it would be free"},
		{"you said Friday", "we said Friday"},
		{"Your app ate my photos", "our app ate your photos"},
		{"nobody calls me back", "nobody calls you back"},
		{"I've called five times and I'll cancel",
		 "you've called five times and you'll cancel"},
		{"you're not listening to me!!", "we're not listening to you"},
		{"the bill isn't mine", "the bill isn't yours"},
		{"I fixed it myself", "you fixed it yourself"},
		{"we want our money back", "you want your money back"},
		{"it told us nothing, you know", "it told you nothing"},
		{"can I get my money back, please?", "can you get your money back"},
		{"why am I paying for this?!", "why are you paying for this"},
		{"my   phone  is  dead", "your   phone  is  dead"},
		{"  my phone is dead  ", "your phone is dead"},
		{"mystery charges on my mythical bill", "mystery charges on your mythical bill"},
		{"Mike took my iPhone", "Mike took your iPhone"},
		{"an I-beam fell on me", "an I-beam fell on you"},
		{"it is \"my\" fault, they said", "it is \"your\" fault, they said"},
		{"it's 'my' fault", "it's 'your' fault"},
		{"So, well... look, my card is gone — you know", "your card is gone"},
		{"soap is all over my floor", "soap is all over your floor"},
		{"look my bill", "your bill"},
		{"I gave it to you", "you gave it to us"},
		{"-5 degrees in my flat", "-5 degrees in your flat"},
		{"I  am cold", "you are cold"},
		{"nothing", "nothing"},
		{"1. my name is wrong; 2. my street too;",
		 "1. your name is wrong; 2. your street too"},
		{"hello", "hello"},
		{"Hello, hello?", "Hello, hello?"},
		{"...", "..."},
		{"", ""},
		{"i'd like my refund", "you'd like your refund"},
		{"do you have my file", "do we have your file"},
	};
	turns(&tables, examples, COUNT(examples));
}

static void esperanto_sentences(void **state)
{
	(void)state;
	static const struct reflection tables = {
		.swaps = esperanto,
		.swap_count = COUNT(esperanto),
		.drops = {esperanto_drops, COUNT(esperanto_drops)}};
	static const struct example examples[] = {
		{"Saluton, mi estas tre laca.", "vi estas tre laca"},
		{"Mia pakaĵo neniam venis!", "via pakaĵo neniam venis"},
		{"nu, miaj ŝuoj mankas", "viaj ŝuoj mankas"},
		{"Neniu helpis min", "Neniu helpis vin"},
		{"Nia fakturo estas malĝusta, do...", "via fakturo estas malĝusta"},
		{"Ĉe mi nenio funkcias", "ĉe vi nenio funkcias"},
		{"ĈE MI nenio funkcias", "ĉe vi nenio funkcias"},
		{"dormo mankas", "dormo mankas"},
		{"la minuto pasis", "la minuto pasis"},
	};
	turns(&tables, examples, COUNT(examples));
}

static void bengali_sentences(void **state)
{
	(void)state;
	static const struct reflection tables = {.swaps = bengali,
						 .swap_count = COUNT(bengali),
						 .drops = {bengali_drops, COUNT(bengali_drops)}};
	static const struct example examples[] = {
		{"আমার পার্সেল আসেনি।", "আপনার পার্সেল আসেনি"},
		{"হ্যালো, আমি খুব বিরক্ত!", "আপনি খুব বিরক্ত"},
		{"শুনুন মানে আমার কাছে রসিদ নেই", "আপনার কাছে রসিদ নেই"},
		{"কেউ আমাকে ফোন করেনি", "কেউ আপনাকে ফোন করেনি"},
		{"আমাদের বিল ভুল", "আমাদের বিল ভুল"},
		{"আমরা দুই সপ্তাহ ধরে বসে আছি, মানে", "আপনারা দুই সপ্তাহ ধরে বসে আছি"},
	};
	turns(&tables, examples, COUNT(examples));
}

static void empty_tables_only_tidy(void **state)
{
	(void)state;
	static const struct reflection tables = {0};
	static const struct example examples[] = {
		{" My order never came! ", "My order never came"},
		{"a\033[2J\tb", "a\xef\xbf\xbd[2J b"},
	};
	turns(&tables, examples, COUNT(examples));
}

static void long_texts_take_no_time(void **state)
{
	(void)state;
	static const struct reflection tables = {.swaps = english,
						 .swap_count = COUNT(english),
						 .drops = {english_drops, COUNT(english_drops)}};
	static char text[16385];
	struct arena arena = {0};
	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = "so my "[i % 6];
	const char *turned = reflection_turn(&arena, &tables, text);
	assert_memory_equal(turned, "your so your so", 15);
	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = "so, "[i % 4];
	assert_string_equal(reflection_turn(&arena, &tables, text), text);
	arena_free(&arena);
}

/* At the end of a clause, and before such words, a word may come round as another. */
static void ends_of_clauses(void **state)
{
	(void)state;
	static struct swap ends[] = {{"you", "us"}};
	static struct line before[] = {{.text = "in"}, {.text = "about"}, {.text = "and"}};
	static const struct reflection tables = {.swaps = english,
						 .swap_count = COUNT(english),
						 .drops = {english_drops, COUNT(english_drops)},
						 .ends = ends,
						 .end_count = COUNT(ends),
						 .ends_before = {before, COUNT(before)}};
	static const struct example examples[] = {
		{"I paid you in May", "you paid us in May"},
		{"I wrote you about it, twice", "you wrote us about it, twice"},
		{"I called you, you know", "you called us"},
		{"I rang you and you said no", "you rang us and we said no"},
		{"you in", "us in"},
		{"I think you inform nobody", "you think we inform nobody"},
		{"you", "us"},
	};
	turns(&tables, examples, COUNT(examples));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_sentences),	   cmocka_unit_test(esperanto_sentences),
		cmocka_unit_test(bengali_sentences),	   cmocka_unit_test(empty_tables_only_tidy),
		cmocka_unit_test(long_texts_take_no_time), cmocka_unit_test(ends_of_clauses),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
