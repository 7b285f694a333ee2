/* The program's own words: which catalogue is used when, and that English asks for none. The
 * catalogue is made here, byte by byte, as msgfmt would (GNU gettext manual, "The Format of GNU MO
 * Files"). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/words.h"

static char folder[] = "/tmp/talktrack-words-XXXXXX";

/* In the order of their bytes, as the format wants it. */
static const struct {
	const char *text, *word;
	size_t text_length, word_length; /* 0: up to the NUL */
} words[] = {
	{"",
	 "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n", 0,
	 0},
	{"%d day\0%d days", "%d tago\0%d tagoj", 14, 16},
	{"key\004open", "malfermi", 0, 0},
	{"open", "malferma", 0, 0},
};

enum { COUNT = sizeof words / sizeof *words };

static void put(FILE *out, size_t number)
{
	uint32_t word = (uint32_t)number;

	fwrite(&word, sizeof word, 1, out);
}

static size_t text_length(size_t i)
{
	return words[i].text_length ? words[i].text_length : strlen(words[i].text);
}

static size_t word_length(size_t i)
{
	return words[i].word_length ? words[i].word_length : strlen(words[i].word);
}

/* open: what "open" is in that language, as long as "malferma" */
static void make_catalogue(const char *language, const char *open)
{
	size_t at = 28 + COUNT * 16;
	char path[256];
	FILE *out;

	snprintf(path, sizeof path, "%s/%s", folder, language);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/%s/LC_MESSAGES", folder, language);
	mkdir(path, 0700);
	snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/talktrack.mo", folder, language);
	assert_non_null(out = fopen(path, "w"));
	put(out, 0x950412de);
	put(out, 0);
	put(out, COUNT);
	put(out, 28);
	put(out, 28 + COUNT * 8);
	put(out, 0);
	put(out, at);
	for (size_t i = 0; i < COUNT; at += text_length(i++) + 1) {
		put(out, text_length(i));
		put(out, at);
	}
	for (size_t i = 0; i < COUNT; at += word_length(i++) + 1) {
		put(out, word_length(i));
		put(out, at);
	}
	for (size_t i = 0; i < COUNT; i++)
		fwrite(words[i].text, 1, text_length(i) + 1, out);
	for (size_t i = 0; i < COUNT; i++)
		fwrite(i + 1 == COUNT ? open : words[i].word, 1, word_length(i) + 1, out);
	fclose(out);
}

static int set_up(void **state)
{
	(void)state;
	setenv("LC_ALL", "C", 1);
	unsetenv("LANGUAGE");
	if (!mkdtemp(folder))
		return -1;
	make_catalogue("eo", "malferma");
	make_catalogue("ia", "aperiite");
	make_catalogue("ia_XX", "aperiite");
	return 0;
}

static int tear_down(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof command, "rm -r %s", folder);
	return system(command);
}

static void english_asks_for_nothing(void **state)
{
	static const char text[] = "open";

	(void)state;
	assert_ptr_equal(words_say(text), text);
	assert_ptr_equal(words_sense("key", text), text);
	assert_true(words_use("en"));
	assert_true(words_use("en-GB"));
	assert_true(words_use("en_US.UTF-8"));
	assert_ptr_equal(words_say(text), text);
	assert_string_equal(words_language(), "en");
	assert_string_equal(words_count("%d day", "%d days", 1), "%d day");
	assert_string_equal(words_count("%d day", "%d days", 0), "%d days");
	assert_null(getenv("LANGUAGE"));
}

static void no_catalogue_changes_nothing(void **state)
{
	(void)state;
	assert_false(words_use("eo")); /* nobody said where they are */
	words_at(folder);
	assert_false(words_use("bn"));
	assert_false(words_use(""));
	assert_false(words_use("../eo"));
	assert_false(words_use("a-name-far-too-long-for-a-language-of-this-world"));
	assert_string_equal(words_say("open"), "open");
	assert_null(getenv("LANGUAGE"));
}

static void a_catalogue_is_used(void **state)
{
	(void)state;
	words_at(folder);
	assert_true(words_use("eo"));
	assert_string_equal(words_say("open"), "malferma");
	assert_string_equal(words_sense("key", "open"), "malfermi");
	assert_string_equal(words_sense("other", "open"), "open");
	assert_string_equal(words_say("not in it"), "not in it");
	assert_string_equal(words_say(""), "");
	assert_string_equal(words_sense("key", ""), "");
	assert_string_equal(words_count("%d day", "%d days", 1), "%d tago");
	assert_string_equal(words_count("%d day", "%d days", 2), "%d tagoj");
	assert_string_equal(words_language(), "eo");
	/* a region that has no catalogue of its own */
	assert_true(words_use("en"));
	assert_string_equal(words_say("open"), "open");
	assert_true(words_use("eo-XX"));
	assert_string_equal(words_say("open"), "malferma");
	assert_string_equal(words_language(), "eo");
	assert_true(words_use("ia-XX"));
	assert_string_equal(words_language(), "ia-XX");
	assert_true(words_use("eo_XX.UTF-8@x"));
	assert_string_equal(words_say("open"), "malferma");
	assert_false(words_use("bn"));
	assert_string_equal(words_say("open"), "malferma");
	assert_true(words_use("en"));
}

static void words_are_lent(void **state)
{
	(void)state;
	words_at(folder);
	words_lend("eo");
	assert_string_equal(words_say("open"), "malferma");
	words_return();
	assert_string_equal(words_say("open"), "open");
	words_lend(NULL);
	assert_string_equal(words_say("open"), "open");
	words_return();
	assert_true(words_use("eo"));
	words_lend("en");
	assert_string_equal(words_say("open"), "open");
	words_return();
	assert_string_equal(words_say("open"), "malferma");
	words_lend("ia");
	assert_string_equal(words_say("open"), "aperiite");
	words_return();
	assert_string_equal(words_say("open"), "malferma");
	assert_true(words_use("ia"));
	assert_string_equal(words_say("open"), "aperiite");
	assert_true(words_use("eo"));
	words_lend("bn");
	assert_string_equal(words_say("open"), "malferma");
	words_return();
	assert_string_equal(words_say("open"), "malferma");
	assert_true(words_use("en"));
}

/* What is run from here finds $LANGUAGE as the user set it. */
static void the_environment_is_given_back(void **state)
{
	(void)state;
	words_at(folder);
	assert_true(words_use("eo"));
	assert_string_equal(getenv("LANGUAGE"), "eo");
	words_leave();
	assert_null(getenv("LANGUAGE"));
	assert_true(words_use("en"));
}

/* As a full disk or a bad copy leaves it: English is better than an end. */
static void a_broken_catalogue_is_none(void **state)
{
	char path[256], bytes[2048], broken[2048];
	size_t length;
	FILE *file;

	(void)state;
	make_catalogue("ie", "aperiter");
	snprintf(path, sizeof path, "%s/ie/LC_MESSAGES/talktrack.mo", folder);
	assert_non_null(file = fopen(path, "r"));
	length = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	for (size_t cut = 0; cut < length; cut++) {
		assert_non_null(file = fopen(path, "w"));
		fwrite(bytes, 1, cut, file);
		fclose(file);
		assert_false(words_use("ie"));
	}
	/* each number of the head and of the tables leads out of the file, but the revision's own
	 */
	for (size_t at = 0; at < 28 + COUNT * 16; at += 4) {
		memcpy(broken, bytes, length);
		memset(broken + at, 0x7f, 4);
		assert_non_null(file = fopen(path, "w"));
		fwrite(broken, 1, length, file);
		fclose(file);
		assert_false(words_use("ie"));
	}
	assert_non_null(file = fopen(path, "w"));
	fwrite(bytes, 1, length, file);
	fclose(file);
	assert_true(words_use("ie"));
	assert_string_equal(words_say("open"), "aperiter");
	assert_true(words_use("en"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_asks_for_nothing),
		cmocka_unit_test(no_catalogue_changes_nothing),
		cmocka_unit_test(a_catalogue_is_used),
		cmocka_unit_test(words_are_lent),
		cmocka_unit_test(the_environment_is_given_back),
		cmocka_unit_test(a_broken_catalogue_is_none),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
