/* The real program in a real terminal: what no scene can show. $TALKTRACK is the program. */
#include "home.h"
#include "terminal.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

/* A coach on a library, with variables of its own. */
static struct terminal *start(const char *library, int rows, int columns, const char *const *more)
{
	const struct home_coach coach = {
		.library = library, .rows = rows, .columns = columns, .more = more};

	return home_start(&coach);
}

static struct terminal *start_library(void)
{
	return home_start(&(struct home_coach){.begun = "Cold soup"});
}

static void opens_and_quits(void **state)
{
	struct terminal *terminal = start_library();

	(void)state;
	assert_true(terminal_alternate(terminal));
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
}

static void takes_a_call(void **state)
{
	struct terminal *terminal = start_library();

	(void)state;
	terminal_keys(terminal, "1 f");
	assert_true(terminal_wait_text(terminal, "Fill in"));
	terminal_type(terminal, "Ĉiĉo");
	terminal_key(terminal, "Enter");
	assert_true(terminal_wait_text(terminal, "customer Ĉiĉo"));
	terminal_keys(terminal, "Esc Enter");
	assert_true(terminal_wait_text(terminal, "1 Reflect ✓"));
	terminal_keys(terminal, "x r");
	assert_true(terminal_wait_text(terminal, "call ended: resolved"));
	terminal_keys(terminal, "s");
	assert_true(terminal_wait_text(terminal, "state/talktrack/notes"));
	terminal_keys(terminal, "Esc q");
	home_ends(terminal, 0);
}

static void journal_is_kept(void **state)
{
	static const char *const names[] = {"call_started", "situation_opened", "line_said",
					    "call_held",    "promise_made",	"undone",
					    "call_ended"};
	struct terminal *terminal = start_library();
	char text[16384];
	struct stat status;

	(void)state;
	terminal_keys(terminal, "1 Enter h");
	assert_true(terminal_wait_text(terminal, "hold"));
	terminal_keys(terminal, "p");
	assert_true(terminal_wait_text(terminal, "By when"));
	terminal_type(terminal, "bread");
	terminal_key(terminal, "Enter");
	terminal_type(terminal, "2d");
	terminal_key(terminal, "Enter");
	assert_true(terminal_wait_text(terminal, "promise written down"));
	terminal_keys(terminal, "u x d");
	assert_true(terminal_wait_text(terminal, "call ended"));
	terminal_key(terminal, "Esc");
	assert_true(home_journal(text, sizeof text) > 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_non_null(strstr(text, names[i]));
	assert_int_equal(stat(home_path("state/talktrack/journal"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
}

static void quitting_a_call_asks(void **state)
{
	struct terminal *terminal = start_library();

	(void)state;
	terminal_keys(terminal, "1 q");
	assert_true(terminal_wait_text(terminal, "A call is open"));
	terminal_key(terminal, "Esc");
	assert_true(terminal_wait_gone(terminal, "A call is open"));
	terminal_key(terminal, "C-c");
	assert_true(terminal_wait_text(terminal, "A call is open"));
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
}

static void resizes(void **state)
{
	static const int sizes[][2] = {{40, 120}, {10, 40}, {20, 40}, {60, 200}, {5, 20}, {24, 80}};
	struct terminal *terminal = start_library();

	(void)state;
	terminal_key(terminal, "1");
	assert_true(terminal_wait_text(terminal, "1 Reflect"));
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		terminal_resize(terminal, sizes[i][0], sizes[i][1]);
		assert_true(terminal_wait_text(terminal,
					       sizes[i][0] > 5 ? "1 Reflect" : "talktrack needs"));
	}
	terminal_keys(terminal, "q q");
	home_ends(terminal, 0);
}

static bool is_stopped(struct terminal *terminal, void *context)
{
	(void)context;
	return terminal_stopped(terminal) && !terminal_alternate(terminal);
}

static void stops_and_continues(void **state)
{
	struct terminal *terminal = start_library();

	(void)state;
	terminal_key(terminal, "1");
	assert_true(terminal_wait_text(terminal, "1 Reflect"));
	terminal_key(terminal, "C-z");
	assert_true(terminal_wait(terminal, is_stopped, NULL, TERMINAL_PATIENCE_MS));
	terminal_resize(terminal, 20, 40);
	terminal_signal(terminal, SIGCONT);
	assert_true(terminal_wait_text(terminal, "2 Validate"));
	terminal_keys(terminal, "Enter");
	assert_true(terminal_wait_text(terminal, "1 Reflect ✓"));
	terminal_keys(terminal, "q q");
	home_ends(terminal, 0);
}

static void terms_leave_it_clean(void **state)
{
	static const int signals[] = {SIGTERM, SIGHUP};

	(void)state;
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct terminal *terminal = start_library();

		terminal_key(terminal, "s");
		assert_true(terminal_wait_text(terminal, "type to filter"));
		terminal_signal(terminal, signals[i]);
		home_ends(terminal, 0);
	}
}

static void a_crash_leaves_it_clean(void **state)
{
	struct terminal *terminal = start_library();

	(void)state;
	terminal_key(terminal, "s");
	assert_true(terminal_wait_text(terminal, "type to filter"));
	terminal_signal(terminal, SIGSEGV);
	home_ends(terminal, -SIGSEGV);
}

static void a_closed_window_ends_it(void **state)
{
	struct terminal *terminal = start_library();

	(void)state;
	terminal_hang_up(terminal);
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	terminal_end(terminal);
}

static void a_paste_is_text(void **state)
{
	struct terminal *terminal = start_library();

	(void)state;
	/* no key of a paste is an action */
	terminal_paste(terminal, "qqq");
	terminal_keys(terminal, "s");
	assert_true(terminal_wait_text(terminal, "type to filter"));
	terminal_paste(terminal, "no\ntab\033[2Jle");
	assert_true(terminal_wait_text(terminal, "no tab"));
	terminal_key(terminal, "Esc");
	assert_true(terminal_wait_gone(terminal, "type to filter"));
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
}

static void the_editor_comes_and_goes(void **state)
{
	char editor[700];
	const char *more[2] = {editor, NULL};
	struct terminal *terminal;

	(void)state;
	home_write("mine.yaml", "talktrack: 1\ntitle: Mine\nlanguage: en\n"
				"steps: [{id: reflect, title: Reflect}]\n"
				"situations:\n  - id: first\n    title: First one\n    say:\n"
				"      reflect:\n        - Hear these words.\n");
	home_write("editor.sh", "#!/bin/sh\nprintf '%s\\n' \"$1\" >\"${2%/*}/place\"\n"
				"sed -i 's/Hear these/Hear other/' \"$2\"\n");
	snprintf(editor, sizeof editor, "EDITOR=sh %s", home_path("editor.sh"));
	terminal = start(home_path("mine.yaml"), 24, 80, more);
	assert_true(terminal_wait_text(terminal, "First one"));
	terminal_key(terminal, "1");
	assert_true(terminal_wait_text(terminal, "▸ Hear these words."));
	terminal_key(terminal, "e");
	assert_true(terminal_wait_text(terminal, "▸ Hear other words."));
	FILE *file = fopen(home_path("place"), "r");
	char line[32] = "";

	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	fclose(file);
	assert_string_equal(line, "+10\n");
	terminal_keys(terminal, "q q");
	home_ends(terminal, 0);
}

static void a_playbook_cannot_steer_the_terminal(void **state)
{
	struct terminal *terminal;

	(void)state;
	home_write("evil.yaml",
		   "talktrack: 1\ntitle: \"\\e]0;owned\\a Evil\"\nlanguage: en\n"
		   "steps: [{id: reflect, title: \"Re\\x9bflect\"}]\n"
		   "situations:\n  - id: first\n    title: \"\\e[2J\\u202EFirst\"\n    say:\n"
		   "      reflect:\n        - \"Hear \\e[31mthese\\u0000\\x07 words\\x90.\"\n");
	terminal = start(home_path("evil.yaml"), 24, 80, NULL);
	/* shown or refused: either way nothing harmful comes out */
	assert_true(terminal_wait_text(terminal, "irst"));
	terminal_keys(terminal, "1 q q");
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	assert_null(terminal_danger(terminal));
	terminal_end(terminal);
}

/* Killed at any moment, it goes on as it stood. */
static void a_call_that_was_cut_off_is_resumed(void **state)
{
	struct terminal *terminal = start_library(), *other;

	(void)state;
	terminal_keys(terminal, "1 f");
	assert_true(terminal_wait_text(terminal, "Fill in"));
	terminal_type(terminal, "Ann");
	terminal_keys(terminal, "Enter Esc Enter n");
	assert_true(terminal_wait_text(terminal, "1 Reflect ✓"));
	assert_true(terminal_wait_text(terminal, "2/2"));
	/* a second coach keeps its own call: this one is alive */
	other = start_library();
	terminal_key(other, "2");
	assert_true(terminal_wait_text(other, "Find a chair"));
	assert_false(terminal_find(other, "A call was cut off", NULL, NULL));
	terminal_keys(other, "x d Esc q");
	home_ends(other, 0);
	terminal_signal(terminal, SIGKILL);
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	terminal_end(terminal);

	terminal = start_library();
	assert_true(terminal_wait_text(terminal, "A call was cut off"));
	assert_true(terminal_wait_text(terminal, "Cold soup · Ann"));
	/* later means: asked again */
	terminal_keys(terminal, "Esc q");
	home_ends(terminal, 0);
	terminal = start_library();
	assert_true(terminal_wait_text(terminal, "A call was cut off"));
	terminal_key(terminal, "Enter");
	assert_true(terminal_wait_text(terminal, "customer Ann"));
	assert_true(terminal_wait_text(terminal, "1 Reflect ✓"));
	assert_true(terminal_wait_text(terminal, "2/2"));
	terminal_keys(terminal, "x r");
	assert_true(terminal_wait_text(terminal, "call ended: resolved"));
	terminal_keys(terminal, "Esc q");
	home_ends(terminal, 0);
	terminal = start_library();
	assert_false(terminal_find(terminal, "A call was cut off", NULL, NULL));
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
}

static bool is_heard(struct terminal *terminal, void *command)
{
	(void)terminal;
	return system(command) == 0;
}

/* Says something to the coach, as a transcriber would; the coach listens a moment after its first
 * frame. */
static void hear(struct terminal *terminal, const char *speaker, const char *words)
{
	char command[1400];

	snprintf(command, sizeof command,
		 "echo '%s' | HOME='%s' '%s' hear --speaker %s 2>/dev/null", words, home_folder(),
		 getenv("TALKTRACK"), speaker);
	assert_true(terminal_wait(terminal, is_heard, command, TERMINAL_PATIENCE_MS));
}

/* Nothing open: the situation opens by itself; later ones are offered, and what is being read
 * stays. */
static void it_hears(void **state)
{
	struct terminal *terminal = start("scripts", 24, 80, NULL);

	(void)state;
	assert_true(terminal_wait_text(terminal, "Feels unheard"));
	hear(terminal, "customer",
	     "i have had enough, just cancel my account and send my money back");
	assert_true(terminal_wait_text(terminal, "1 Reflect ▸"));
	assert_true(terminal_find(terminal, "About to leave  ", NULL, NULL));
	hear(terminal, "customer",
	     "they keep passing me from one department to the next and i explained it five times");
	assert_true(terminal_wait_text(terminal, "sounds like  o Passed around"));
	assert_true(terminal_find(terminal, "About to leave  ", NULL, NULL));
	hear(terminal, "agent", "please calm down madam");
	assert_true(terminal_wait_text(terminal, "rather than “calm down”"));
	terminal_key(terminal, "o");
	assert_true(terminal_wait_gone(terminal, "About to leave  "));
	assert_true(terminal_find(terminal, "Passed around  ", NULL, NULL));
	/* typing what one hears does the same */
	terminal_key(terminal, "t");
	assert_true(terminal_wait_text(terminal, "The caller says"));
	terminal_type(terminal, "cancel everything, i am leaving for another company");
	terminal_key(terminal, "Enter");
	assert_true(terminal_wait_text(terminal, "sounds like  o About to leave"));
	terminal_keys(terminal, "q q");
	home_ends(terminal, 0);
}

static bool is_whole_wave(struct terminal *terminal, void *context)
{
	const char *path = home_path("state/talktrack/voice");
	char head[12] = "";
	DIR *stream;
	struct dirent *entry;
	size_t waves = 0;

	(void)terminal;
	stream = opendir(path);
	while (stream && (entry = readdir(stream))) {
		char name[1024];
		FILE *file;

		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		if (entry->d_name[0] == '.' || !(file = fopen(name, "r")))
			continue;
		if (fread(head, 1, sizeof head, file) == sizeof head &&
		    memcmp(head, "RIFF", 4) == 0 && memcmp(head + 8, "WAVE", 4) == 0)
			waves++;
		fclose(file);
	}
	if (stream)
		closedir(stream);
	return waves == *(size_t *)context;
}

/* A voice note is recorded while its words scroll, twice; sox makes the sound. */
static void a_voice_note_is_recorded(void **state)
{
	struct terminal *terminal;
	size_t takes = 1;

	(void)state;
	home_write(".config/talktrack/config.yaml", "recorder:\n  command: \"sh -c 'exec sox -q -n "
						    "-r 8000 \\\"$0\\\" synth 60 sine 440'\"\n");
	terminal = start("scripts", 24, 80, NULL);
	assert_true(terminal_wait_text(terminal, "Feels unheard"));
	terminal_keys(terminal, "7 v");
	assert_true(terminal_wait_text(terminal, "a voice note"));
	for (; takes <= 2; takes++) {
		terminal_key(terminal, "r");
		assert_true(terminal_wait_text(terminal, "● recording"));
		assert_true(terminal_wait(terminal, is_whole_wave, &takes, TERMINAL_PATIENCE_MS));
		terminal_keys(terminal, "Space r");
		assert_true(terminal_wait_gone(terminal, "● recording"));
	}
	terminal_keys(terminal, "Esc q q");
	home_ends(terminal, 0);
}

static void promises_are_told_at_start(void **state)
{
	struct terminal *terminal = start_library();

	(void)state;
	terminal_keys(terminal, "1 p");
	assert_true(terminal_wait_text(terminal, "By when"));
	terminal_type(terminal, "bring bread");
	terminal_key(terminal, "Enter");
	terminal_type(terminal, "in 1 min");
	terminal_key(terminal, "Enter");
	assert_true(terminal_wait_text(terminal, "promise written down"));
	terminal_keys(terminal, "x f");
	assert_true(terminal_wait_text(terminal, "call ended"));
	terminal_keys(terminal, "Esc q");
	home_ends(terminal, 0);
	terminal = start_library();
	assert_true(terminal_wait_text(terminal, "due: bring bread"));
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
}

#define MINE(first_title, words, more)                                                             \
	"talktrack: 1\ntitle: Mine\nlanguage: en\nsteps: [{id: reflect, title: Reflect}, "         \
	"{id: close, title: Close}]\nsituations:\n  - id: first\n    title: " first_title          \
	"\n    say:\n      reflect:\n        - " words "\n        - Another wording.\n" more

/* A coach on mine.yaml, written by a rename as editors do. */
static void save(const char *text)
{
	home_write(".mine.tmp", text);
	assert_int_equal(rename(home_path(".mine.tmp"), home_path("books/mine.yaml")), 0);
}

static struct terminal *start_mine(const char *const *more)
{
	mkdir(home_path("books"), 0700);
	save(MINE("First one", "Hear these words.", ""));
	return start(home_path("books"), 24, 80, more);
}

static void saved_words_change_at_once(struct terminal *terminal)
{
	assert_true(terminal_wait_text(terminal, "First one"));
	terminal_key(terminal, "1");
	assert_true(terminal_wait_text(terminal, "▸ Hear these words."));
	save(MINE("Second name", "Hear newer words.", ""));
	assert_true(terminal_wait_text(terminal, "▸ Hear newer words."));
	assert_true(terminal_wait_text(terminal, "Second name"));
	/* a broken save keeps the last good version and says where and why */
	save(MINE("Second name", "Hear: broken: words", ""));
	assert_true(terminal_wait_text(terminal, "mine.yaml:10"));
	assert_true(terminal_wait_text(terminal, "▸ Hear newer words."));
	/* and the next good one mends it */
	save(MINE("Second name", "Hear mended words.", ""));
	assert_true(terminal_wait_text(terminal, "▸ Hear mended words."));
	assert_true(terminal_wait_gone(terminal, "mine.yaml:10"));
	/* what was said stays as it was said */
	terminal_key(terminal, "Enter");
	assert_true(terminal_wait_text(terminal, "✓ Hear mended words."));
	save(MINE("Third name", "Hear the latest words.", ""));
	assert_true(terminal_wait_text(terminal, "Third name"));
	assert_true(terminal_wait_text(terminal, "✓ Hear mended words."));
	/* a new situation waits for the end of the call */
	save(MINE("Third name", "Hear the latest words.",
		  "  - id: more\n    title: One more\n    say: {reflect: [More words.]}\n"));
	assert_true(terminal_wait_text(terminal, "wait for the end of the call"));
	terminal_key(terminal, "s");
	assert_true(terminal_wait_text(terminal, "type to filter"));
	assert_false(terminal_find(terminal, "One more", NULL, NULL));
	terminal_keys(terminal, "Esc x r Esc");
	assert_true(terminal_wait_text(terminal, "One more"));
	terminal_key(terminal, "1");
	assert_true(terminal_wait_text(terminal, "▸ Hear the latest words."));
	terminal_keys(terminal, "q q");
	home_ends(terminal, 0);
}

static void a_save_is_seen(void **state)
{
	(void)state;
	saved_words_change_at_once(start_mine(NULL));
}

/* As big as before and as old, to the nanosecond, as backup programs put files back. */
static void a_file_put_back_is_seen(void **state)
{
	struct terminal *terminal = start_mine(NULL);
	struct stat before;

	(void)state;
	assert_true(terminal_wait_text(terminal, "First one"));
	assert_int_equal(stat(home_path("books/mine.yaml"), &before), 0);
	home_write(".mine.tmp", MINE("Worst one", "Hear these words.", ""));
	const struct timespec times[2] = {before.st_atim, before.st_mtim};
	assert_int_equal(utimensat(AT_FDCWD, home_path(".mine.tmp"), times, 0), 0);
	assert_int_equal(rename(home_path(".mine.tmp"), home_path("books/mine.yaml")), 0);
	assert_true(terminal_wait_text(terminal, "Worst one"));
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
}

/* -p FILE, written in place and in pieces. */
static void a_file_that_was_named_is_watched(void **state)
{
	static const char text[] = MINE("Third one", "Hear these words.", "");
	struct terminal *terminal;

	(void)state;
	terminal = start_mine(NULL);
	assert_true(terminal_wait_text(terminal, "First one"));
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
	terminal = start(home_path("books/mine.yaml"), 24, 80, NULL);
	assert_true(terminal_wait_text(terminal, "First one"));
	FILE *file = fopen(home_path("books/mine.yaml"), "w");
	assert_non_null(file);
	fwrite(text, 1, 100, file);
	fflush(file);
	fwrite(text + 100, 1, sizeof text - 1 - 100, file);
	fclose(file);
	assert_true(terminal_wait_text(terminal, "Third one"));
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
}

static void a_save_is_seen_where_the_kernel_tells_nothing(void **state)
{
	static const char *const more[] = {"TALKTRACK_NO_NOTIFY=1", NULL};

	(void)state;
	saved_words_change_at_once(start_mine(more));
}

static bool is_coloured(struct terminal *terminal, void *context)
{
	int rows, columns;

	(void)context;
	terminal_size(terminal, &rows, &columns);
	for (int row = 0; row < rows; row++)
		for (int column = 0; column < columns; column++)
			if (terminal_cell(terminal, row, column).foreground != -1)
				return true;
	return false;
}

static void no_color_is_honoured(void **state)
{
	static const char *const more[] = {"NO_COLOR=1", NULL};
	struct terminal *terminal = start_library();

	(void)state;
	assert_true(terminal_wait(terminal, is_coloured, NULL, TERMINAL_PATIENCE_MS));
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
	terminal = start("tests/scenes/library", 24, 80, more);
	terminal_key(terminal, "1");
	assert_true(terminal_wait_text(terminal, "1 Reflect"));
	assert_false(is_coloured(terminal, NULL));
	terminal_keys(terminal, "q q");
	home_ends(terminal, 0);
}

static void poor_terminals_get_text(void **state)
{
	static const char *const poor[][2] = {
		{"TERM=dumb", NULL}, {"TERM=", NULL}, {"TERM=nonsense", NULL}};

	(void)state;
	for (size_t i = 0; i < sizeof poor / sizeof *poor; i++) {
		struct terminal *terminal = start("tests/scenes/library", 60, 100, poor[i]);

		assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
		assert_non_null(strstr(terminal_bytes(terminal, NULL), "so here is the text"));
		assert_non_null(
			strstr(terminal_bytes(terminal, NULL), "I will find you two chairs."));
		home_ends(terminal, 0);
	}
}

static void missing_locales_fall_back(void **state)
{
	static const char *const locales[][2] = {
		{"LC_ALL=C", NULL}, {"LC_ALL=bn_BD.UTF-8", NULL}, {"LC_ALL=nowhere", NULL}};

	(void)state;
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
		struct terminal *terminal = start("tests/scenes/library", 24, 80, locales[i]);

		assert_true(terminal_wait_text(terminal, "ক্ষুব্ধ গ্রাহক"));
		terminal_key(terminal, "q");
		home_ends(terminal, 0);
	}
}

/* How many bytes the picker's closing takes after some keys. */
static size_t closing_bytes(struct terminal *terminal, const char *keys)
{
	size_t length;

	terminal_key(terminal, "s");
	assert_true(terminal_wait_text(terminal, "type to filter"));
	terminal_bytes_drop(terminal);
	terminal_keys(terminal, keys);
	assert_true(terminal_wait_gone(terminal, "type to filter"));
	assert_true(terminal_wait_text(terminal, "begin call"));
	terminal_bytes(terminal, &length);
	return length;
}

static void a_key_without_meaning_sends_nothing(void **state)
{
	struct terminal *terminal = start_library();
	size_t length = closing_bytes(terminal, "Esc");

	(void)state;
	assert_int_equal(closing_bytes(terminal, "F5 F6 Esc"), length);
	terminal_key(terminal, "q");
	home_ends(terminal, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(opens_and_quits, home_make, home_remove),
		cmocka_unit_test_setup_teardown(takes_a_call, home_make, home_remove),
		cmocka_unit_test_setup_teardown(journal_is_kept, home_make, home_remove),
		cmocka_unit_test_setup_teardown(quitting_a_call_asks, home_make, home_remove),
		cmocka_unit_test_setup_teardown(resizes, home_make, home_remove),
		cmocka_unit_test_setup_teardown(stops_and_continues, home_make, home_remove),
		cmocka_unit_test_setup_teardown(terms_leave_it_clean, home_make, home_remove),
		cmocka_unit_test_setup_teardown(a_crash_leaves_it_clean, home_make, home_remove),
		cmocka_unit_test_setup_teardown(a_closed_window_ends_it, home_make, home_remove),
		cmocka_unit_test_setup_teardown(a_paste_is_text, home_make, home_remove),
		cmocka_unit_test_setup_teardown(the_editor_comes_and_goes, home_make, home_remove),
		cmocka_unit_test_setup_teardown(a_playbook_cannot_steer_the_terminal, home_make,
						home_remove),
		cmocka_unit_test_setup_teardown(a_call_that_was_cut_off_is_resumed, home_make,
						home_remove),
		cmocka_unit_test_setup_teardown(it_hears, home_make, home_remove),
		cmocka_unit_test_setup_teardown(a_voice_note_is_recorded, home_make, home_remove),
		cmocka_unit_test_setup_teardown(promises_are_told_at_start, home_make, home_remove),
		cmocka_unit_test_setup_teardown(a_save_is_seen, home_make, home_remove),
		cmocka_unit_test_setup_teardown(a_file_put_back_is_seen, home_make, home_remove),
		cmocka_unit_test_setup_teardown(a_file_that_was_named_is_watched, home_make,
						home_remove),
		cmocka_unit_test_setup_teardown(a_save_is_seen_where_the_kernel_tells_nothing,
						home_make, home_remove),
		cmocka_unit_test_setup_teardown(no_color_is_honoured, home_make, home_remove),
		cmocka_unit_test_setup_teardown(poor_terminals_get_text, home_make, home_remove),
		cmocka_unit_test_setup_teardown(missing_locales_fall_back, home_make, home_remove),
		cmocka_unit_test_setup_teardown(a_key_without_meaning_sends_nothing, home_make,
						home_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
