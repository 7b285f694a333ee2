/* Bengali and Esperanto typed, pasted and searched for in a real terminal. $TALKTRACK is the
 * program. */
#include "home.h"
#include "terminal.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

#define JOINER "\xe2\x80\x8d"	  /* ZWJ */
#define NON_JOINER "\xe2\x80\x8c" /* ZWNJ */

/* A coach on the shipped playbooks of a language; begun: what its first screen has. */
static struct terminal *start(const char *language, const char *begun)
{
	return home_start(&(struct home_coach){.library = "scripts",
					       .language = language,
					       .begun = begun,
					       .rows = 40,
					       .columns = 100});
}

/* A call in the first situation, with its first slot open to be filled. */
static struct terminal *start_slot(const char *language, const char *begun, const char *ask)
{
	struct terminal *terminal = start(language, begun);

	terminal_keys(terminal, "1 f");
	assert_true(terminal_wait_text(terminal, ask));
	return terminal;
}

static struct terminal *bengali_slot(void)
{
	return start_slot("bn", "কথা শোনা হয়নি", "গ্রাহকের নাম");
}

static void quit(struct terminal *terminal)
{
	terminal_keys(terminal, "C-c q");
	home_ends(terminal, 0);
}

/* --- What the program has read so far --- */

static bool is_taken(struct terminal *terminal, void *context)
{
	int waiting = 1;

	(void)terminal;
	return ioctl(*(int *)context, FIONREAD, &waiting) == 0 && waiting == 0;
}

/* Sends a piece and waits until the program has read it, so that the next comes in another read. */
static void send_apart(struct terminal *terminal, const char *piece)
{
	int slave = open(ptsname(terminal_descriptor(terminal)), O_RDWR | O_NOCTTY | O_CLOEXEC);

	assert_true(slave >= 0);
	assert_true(terminal_type(terminal, piece));
	assert_true(terminal_wait(terminal, is_taken, &slave, TERMINAL_PATIENCE_MS));
	close(slave);
}

struct wanted {
	char bytes[128];
};

static bool is_in_journal(struct terminal *terminal, void *context)
{
	const struct wanted *wanted = context;
	char text[16384];

	(void)terminal;
	home_journal(text, sizeof text);
	return strstr(text, wanted->bytes) != NULL;
}

/* The slot was filled in with just these bytes: what the screen shows could be something else. */
static void journal_has(struct terminal *terminal, const char *slot, const char *text)
{
	struct wanted wanted;

	snprintf(wanted.bytes, sizeof wanted.bytes, "\"slot\":\"%s\",\"text\":\"%s\"", slot, text);
	assert_true(terminal_wait(terminal, is_in_journal, &wanted, TERMINAL_PATIENCE_MS));
}

/* --- Typing --- */

/* A sign in a read of its own joins its letter; two parts of one become it. */
static void signs_arrive_later(void **state)
{
	struct terminal *terminal = bengali_slot();

	(void)state;
	send_apart(terminal, "ক");
	assert_true(terminal_wait_text(terminal, "ক"));
	send_apart(terminal, "া");
	assert_true(terminal_wait_text(terminal, "কা"));
	send_apart(terminal, "ল");
	send_apart(terminal, "ে");
	send_apart(terminal, "া");
	assert_true(terminal_wait_text(terminal, "কালো"));
	terminal_key(terminal, "Enter");
	journal_has(terminal, "customer", "কালো");
	quit(terminal);
}

/* The bytes of one letter in three reads. */
static void bytes_arrive_apart(void **state)
{
	struct terminal *terminal = bengali_slot();

	(void)state;
	send_apart(terminal, "\xe0");
	send_apart(terminal, "\xa6");
	send_apart(terminal, "\x95");
	send_apart(terminal, "\xe0\xa6");
	send_apart(terminal, "\xbe\xe0");
	send_apart(terminal, "\xa6\x9c");
	assert_true(terminal_wait_text(terminal, "কাজ"));
	/* what never becomes a letter keeps none of those behind it away */
	send_apart(terminal, "\xe0\xa6");
	send_apart(terminal, "x");
	send_apart(terminal, "ল");
	assert_true(terminal_wait_text(terminal, "কাজxল"));
	terminal_keys(terminal, "BS BS");
	assert_true(terminal_wait_gone(terminal, "কাজx"));
	terminal_key(terminal, "Enter");
	journal_has(terminal, "customer", "কাজ");
	quit(terminal);
}

/* And so in a paste. */
static void a_paste_arrives_apart(void **state)
{
	struct terminal *terminal = bengali_slot();

	(void)state;
	send_apart(terminal, "\033[200~\xe0\xa6");
	send_apart(terminal, "\x95\xe0");
	send_apart(terminal, "\xa7\x8d\xe0\xa6\xb7\xe0\xa6\xae\xe0\xa6");
	send_apart(terminal, "\xbe\033[201~");
	assert_true(terminal_wait_text(terminal, "ক্ষমা"));
	terminal_key(terminal, "Enter");
	journal_has(terminal, "customer", "ক্ষমা");
	quit(terminal);
}

static void backspace_takes_a_cluster(void **state)
{
	struct terminal *terminal = bengali_slot();

	(void)state;
	terminal_type(terminal, "মাক্ষর‍্যান্ত্রী");
	assert_true(terminal_wait_text(terminal, "মাক্ষ"));
	terminal_key(terminal, "BS"); /* ন্ত্রী */
	terminal_key(terminal, "BS"); /* র‍্যা */
	terminal_key(terminal, "BS"); /* ক্ষ */
	terminal_type(terminal, "লা");
	assert_true(terminal_wait_text(terminal, "মালা"));
	terminal_key(terminal, "Enter");
	journal_has(terminal, "customer", "মালা");
	quit(terminal);
}

/* Left goes over a conjunct at once, and what is typed there stands before it. */
static void the_cursor_goes_by_clusters(void **state)
{
	struct terminal *terminal = bengali_slot();

	(void)state;
	terminal_type(terminal, "ক্ষমা");
	terminal_keys(terminal, "Left Left");
	terminal_type(terminal, "আ");
	terminal_keys(terminal, "Right Del");
	terminal_type(terminal, "ত");
	terminal_key(terminal, "Enter");
	journal_has(terminal, "customer", "আক্ষত");
	quit(terminal);
}

/* Input methods send a joiner before what it joins: kept between two letters, and nowhere else. */
static void joiners_are_typed(void **state)
{
	struct terminal *terminal = bengali_slot();

	(void)state;
	terminal_type(terminal, "র" JOINER);
	assert_true(terminal_wait_text(terminal, "র"));
	terminal_type(terminal, "্য");
	terminal_type(terminal, "াব উদ্" NON_JOINER "ঘাটন" JOINER " x" JOINER);
	terminal_key(terminal, "Enter");
	journal_has(terminal, "customer", "র" JOINER "্যাব উদ্" NON_JOINER "ঘাটন x");
	quit(terminal);
}

/* Pasted as other programs write it: decomposed, in lines, with what no field may hold. */
static void a_paste_is_made_one(void **state)
{
	struct terminal *terminal = bengali_slot();

	(void)state;
	terminal_paste(terminal,
		       "ভালে\xe0\xa6\xbe\nছ\xe0\xa7\x87\xe0\xa6\xbeট\xc2\xad র" JOINER "্যাব");
	assert_true(terminal_wait_text(terminal, "ভালো ছোট"));
	terminal_key(terminal, "Enter");
	journal_has(terminal, "customer", "ভালো ছোট র" JOINER "্যাব");
	quit(terminal);
}

/* To curses ĉ has the number of F1, which is help. */
static void an_esperanto_letter_is_no_key(void **state)
{
	struct terminal *terminal = start("eo", "Ne sentas sin aŭdata");

	(void)state;
	terminal_type(terminal, "ĉĝĥĵŝŭ");
	terminal_key(terminal, "s");
	assert_true(terminal_wait_text(terminal, "Volas foriri"));
	terminal_key(terminal, "Esc");
	terminal_keys(terminal, "1 ĉ f");
	assert_true(terminal_wait_text(terminal, "Nomo de la kliento"));
	terminal_type(terminal, "ĉĝĥĵŝŭ C\xcc\x82iĉo");
	assert_true(terminal_wait_text(terminal, "ĉĝĥĵŝŭ Ĉiĉo"));
	terminal_key(terminal, "Enter");
	journal_has(terminal, "customer", "ĉĝĥĵŝŭ Ĉiĉo");
	quit(terminal);
}

/* --- Searching --- */

/* Each way to type it finds the text, in the search and, if there is one, the situation by which it
 * is picked. */
static void finds(struct terminal *terminal, const char *typed, const char *text)
{
	terminal_key(terminal, "/");
	terminal_type(terminal, typed);
	if (!terminal_wait_text(terminal, text))
		fail_msg("'%s' does not find '%s'", typed, text);
	terminal_key(terminal, "Esc");
	assert_true(terminal_wait_gone(terminal, text));
}

static void search_in_bengali(void **state)
{
	static const char *const ways[][2] = {
		/* a nukta apart, in one with its letter, and left out */
		{"হাতবদল", "এতবার হাতবদল হলে"},
		{"পার্সেল মনে হচ্ছে", "এমন একটা পার্সেল মনে হচ্ছে"},
		{"কাহিনি আর কাউকে", "এই কাহিনি আর কাউকে বলতে"},
		{"পাতায\xe0\xa6\xbc লিখছি", "গুছিয়ে এক পাতায় লিখছি"},
		{"পাতা\xe0\xa7\x9f লিখছি", "গুছিয়ে এক পাতায় লিখছি"},
		{"পাতায লিখছি", "গুছিয়ে এক পাতায় লিখছি"},
		/* with a chandrabindu, and without */
		{"যাঁকেই বলেছেন", "যাঁকেই বলেছেন"},
		{"যাকেই বলেছেন", "যাঁকেই বলেছেন"},
		/* composed and not; with joiners that nobody sees */
		{"ঘোরা এখানেই", "ঘোরা এখানেই শেষ"},
		{"ঘ\xe0\xa7\x87\xe0\xa6\xbeরা এখানেই", "ঘোরা এখানেই শেষ"},
		{"ট্র" JOINER "ান্সফারে", "প্রতিটা ট্রান্সফারে"},
		{"ট্" NON_JOINER "রান্সফারে", "প্রতিটা ট্রান্সফারে"},
	};
	struct terminal *terminal = start("bn", "কথা শোনা হয়নি");

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		finds(terminal, ways[i][0], ways[i][1]);
	/* pasted, decomposed, with a line end, and then typed on */
	terminal_key(terminal, "/");
	terminal_paste(terminal, "ঘ\xe0\xa7\x87\xe0\xa6\xbeর\n");
	terminal_keys(terminal, "BS BS");
	terminal_type(terminal, "রা এখানেই");
	assert_true(terminal_wait_text(terminal, "ঘোরা এখানেই শেষ"));
	terminal_keys(terminal, "Esc q");
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	terminal_end(terminal);
}

static void search_in_esperanto(void **state)
{
	static const char *const ways[][2] = {
		{"forĵetis", "kaj ĉiufoje oni forĵetis"},
		{"FORĴETIS", "kaj ĉiufoje oni forĵetis"},
		{"forjxetis", "kaj ĉiufoje oni forĵetis"},
		{"ForJXetis", "kaj ĉiufoje oni forĵetis"},
		{"forjetis", "kaj ĉiufoje oni forĵetis"},
		{"forj\xcc\x82"
		 "etis",
		 "kaj ĉiufoje oni forĵetis"},
		{"aŭdu, ke iu", "por ke vi aŭdu"},
		{"auxdu ke iu", "por ke vi aŭdu"},
		{"audu ke iu", "por ke vi aŭdu"},
	};
	struct terminal *terminal = start("eo", "Ne sentas sin aŭdata");

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		finds(terminal, ways[i][0], ways[i][1]);
	/* the picker, too */
	terminal_key(terminal, "s");
	terminal_type(terminal, "jxus");
	assert_true(terminal_wait_text(terminal, "Ĵus aĉetis"));
	assert_true(terminal_wait_gone(terminal, "Volas foriri"));
	terminal_keys(terminal, "Esc q");
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	terminal_end(terminal);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, home_make, home_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(signs_arrive_later),	   TEST(bytes_arrive_apart),
		TEST(a_paste_arrives_apart),	   TEST(backspace_takes_a_cluster),
		TEST(the_cursor_goes_by_clusters), TEST(joiners_are_typed),
		TEST(a_paste_is_made_one),	   TEST(an_esperanto_letter_is_no_key),
		TEST(search_in_bengali),	   TEST(search_in_esperanto),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
