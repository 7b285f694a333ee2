/* What terminals, windows and folders do when nobody asked them to. $TALKTRACK is the program. */
#include "terminal.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[256]; /* of this test */

static int make_folder(void **state)
{
	const char *temp = getenv("TMPDIR");

	(void)state;
	snprintf(folder, sizeof folder, "%s/talktrack-hostile-XXXXXX", temp ? temp : "/tmp");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	char command[512];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	return system(command);
}

/* Runs a shell's line, "$@" in it being the coach on a library. */
static struct terminal *start(const char *line, const char *library, const char *variable)
{
	static char texts[5][600], program[4096];
	const char *environment[10],
		*argv[] = {"/bin/sh", "-c", line, "sh", program, "-p", library, NULL};
	struct terminal_setup setup = {
		.argv = argv, .environment = environment, .cpu = -1, .allowed_strings = "104"};
	struct terminal *terminal;
	size_t count = 0;

	assert_non_null(realpath(getenv("TALKTRACK"), program));
	snprintf(texts[0], sizeof texts[0], "HOME=%s", folder);
	snprintf(texts[1], sizeof texts[1], "XDG_STATE_HOME=%s/state", folder);
	snprintf(texts[2], sizeof texts[2], "XDG_RUNTIME_DIR=%s", folder);
	snprintf(texts[3], sizeof texts[3], "PATH=%s", getenv("PATH"));
	if (variable)
		environment[count++] = variable;
	for (size_t i = 0; i < 4; i++)
		environment[count++] = texts[i];
	environment[count++] = "LC_ALL=C.UTF-8";
	environment[count++] = "TERM=xterm-256color";
	environment[count] = NULL;
	terminal = terminal_start(&setup);
	assert_non_null(terminal);
	return terminal;
}

static struct terminal *start_library(void)
{
	struct terminal *terminal = start("exec \"$@\"", "tests/scenes/library", NULL);

	assert_true(terminal_wait_text(terminal, "Cold soup"));
	return terminal;
}

static void quit(struct terminal *terminal)
{
	terminal_keys(terminal, "q");
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	assert_null(terminal_leftover(terminal));
	assert_int_equal(terminal_status(terminal), 0);
	terminal_end(terminal);
}

static void let_pass(int milliseconds)
{
	struct timespec now, then;

	clock_gettime(CLOCK_MONOTONIC, &then);
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while ((now.tv_sec - then.tv_sec) * 1000 + (now.tv_nsec - then.tv_nsec) / 1000000 <
	       milliseconds);
}

/* While it waits whether an Esc becomes more. When exactly it does cannot be seen from outside, so
 * at several moments. */
static void a_window_closed_behind_an_escape_ends_it(void **state)
{
	(void)state;
	for (int wait = 0; wait <= 12; wait += 3) {
		struct terminal *terminal = start_library();

		terminal_key(terminal, "Esc");
		let_pass(wait);
		terminal_hang_up(terminal);
		assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
		terminal_end(terminal);
	}
}

/* A serial line tells no size; a variable may be stale, or nonsense. */
static void any_size_is_one(void **state)
{
	static const char *const untold = "stty rows 0 cols 0; exec \"$@\"";
	static const struct {
		const char *line, *variable;
	} cases[] = {{untold, NULL},
		     {untold, "COLUMNS=none"},
		     {untold, "LINES=-3"},
		     {"exec \"$@\"", "COLUMNS=1"},
		     {"exec \"$@\"", "LINES=2"},
		     {"exec \"$@\"", "COLUMNS=99999999"},
		     {"exec \"$@\"", "LINES=99999999"}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *terminal =
			start(cases[i].line, "tests/scenes/library", cases[i].variable);
		int row;

		assert_true(terminal_wait_text(terminal, "Cold soup"));
		/* the line of keys is the last of 24 */
		assert_true(terminal_wait_text(terminal, "q quit"));
		assert_true(terminal_find(terminal, "q quit", &row, NULL));
		assert_int_equal(row, 23);
		quit(terminal);
	}
}

/* Of a larger screen than anybody reads its beginning is used. */
static void a_giant_is_drawn_on(void **state)
{
	struct terminal *terminal =
		start("stty rows 65535 cols 65535; exec \"$@\"", "tests/scenes/library", NULL);

	(void)state;
	assert_true(terminal_wait_text(terminal, "Wide words"));
	quit(terminal);
}

/* Runs a line in the folder, in which `book $w` prints a playbook with the word in it. */
static void shell(const char *line, const char *word)
{
	char command[2000];

	snprintf(command, sizeof command,
		 "cd '%s' && w=%s && book() { printf 'talktrack: 1\\ntitle: Mine\\nlanguage: en\\n"
		 "steps: [{id: reflect, title: Reflect}]\\nsituations:\\n"
		 "  - {id: one, title: %%s one, say: {reflect: [Said.]}}\\n' $1; } && %s",
		 folder, word, line);
	assert_int_equal(system(command), 0);
}

/* How trainers' files become others, and which library the coach is on. */
static const struct {
	const char *before, *library, *change;
} changes[] = {
	{"mkdir lib; book $w > lib/a.yaml", "lib", "book $w > lib/a.yaml"},
	{"mkdir lib; book $w > lib/a.yaml", "lib", "book $w > b; mv b lib/a.yaml"},
	{"mkdir lib; book $w > lib/a.yaml", "lib",
	 "mv lib/a.yaml lib/a.yaml~; book $w > lib/a.yaml"},
	{"mkdir lib; book $w > lib/a.yaml", "lib", "rm -r lib; mkdir lib; book $w > lib/a.yaml"},
	/* a new release in the place of the old one */
	{"mkdir lib; book $w > lib/a.yaml", "lib",
	 "mkdir new; book $w > new/a.yaml; mv lib old; mv new lib"},
	{"mkdir one; book $w > one/a.yaml; ln -s one lib", "lib",
	 "mkdir two; book $w > two/a.yaml; ln -s two now; mv -T now lib"},
	{"mkdir -p lib/en; book $w > lib/en/a.yaml", "lib",
	 "mkdir new; book $w > new/a.yaml; mv lib/en old; mv new lib/en"},
	/* files that are kept elsewhere */
	{"mkdir kept lib; book $w > kept/a.yaml; ln -s ../kept/a.yaml lib", "lib",
	 "book $w > kept/a.yaml"},
	{"mkdir kept lib; book $w > kept/a.yaml; ln -s ../kept/a.yaml lib", "lib",
	 "book $w > b; mv b kept/a.yaml"},
	/* a file named by itself */
	{"book $w > a.yaml", "a.yaml", "book $w > a.yaml"},
	{"mkdir kept; book $w > kept/a.yaml; ln -s kept/a.yaml a.yaml", "a.yaml",
	 "book $w > kept/a.yaml"},
	/* beside it something never rests */
	{"mkdir lib; book $w > lib/a.yaml", "lib",
	 "book $w > lib/a.yaml; (while [ -e lib/a.yaml ]; do : > lib/.n; rm -f lib/.n; sleep "
	 "0.005; done) "
	 "> /dev/null 2>&1 &"},
};

static void every_way_of_saving_is_seen(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		char line[600];
		struct terminal *terminal;

		shell(changes[i].before, "Former");
		snprintf(line, sizeof line, "cd '%s' && exec \"$@\"", folder);
		terminal = start(line, changes[i].library, NULL);
		assert_true(terminal_wait_text(terminal, "Former one"));
		shell(changes[i].change, "Newer");
		if (!terminal_wait_text(terminal, "Newer one"))
			fail_msg("not seen: %s", changes[i].change);
		quit(terminal);
		shell("rm -rf a.yaml b lib new now old one two kept", "none");
	}
}

/* Its end was lost, or never sent: C-c is the way out, and keys are keys again. */
static void a_paste_without_end_is_interrupted(void **state)
{
	struct terminal *terminal = start_library();

	(void)state;
	terminal_key(terminal, "1");
	assert_true(terminal_wait_text(terminal, "⏎ said"));
	/* in one write with a key whose answer is seen, so that it is read before C-c voids it */
	terminal_type(terminal, "\r\033[200~q half of");
	assert_true(terminal_wait_text(terminal, "1 Reflect ✓"));
	terminal_key(terminal, "C-c");
	assert_true(terminal_wait_text(terminal, "A call is open"));
	quit(terminal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_window_closed_behind_an_escape_ends_it,
						make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(any_size_is_one, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(a_giant_is_drawn_on, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(every_way_of_saving_is_seen, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(a_paste_without_end_is_interrupted, make_folder,
						remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
