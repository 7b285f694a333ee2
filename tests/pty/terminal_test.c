/*
 * The driver against programs whose behaviour is known: cat, sh and the benchmark's bare. `bare` is
 * taken from $BARE, from beside this test, or from ../bench.
 */
#include "terminal.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const environment[] = {
	"TERM=xterm-256color",
	"LC_ALL=C.UTF-8",
	"PATH=/usr/bin:/bin",
	NULL,
};

static struct terminal *start(const char *program, const char *first, const char *second)
{
	const char *argv[] = {program, first, second, NULL};
	struct terminal_setup setup = {.argv = argv, .environment = environment, .cpu = -1};
	struct terminal *t = terminal_start(&setup);
	assert_non_null(t);
	return t;
}

static struct terminal *start_shell(const char *script)
{
	return start("sh", "-c", script);
}

static struct terminal *start_bare(void)
{
	static char path[4096];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 16);
	assert_true(length > 0);
	path[length] = '\0';
	strcpy(strrchr(path, '/') + 1, "bare");
	if (access(path, X_OK) != 0)
		strcpy(strrchr(path, '/') + 1, "../bench/bare");
	return start(getenv("BARE") ? getenv("BARE") : path, NULL, NULL);
}

static void end_with(struct terminal *t, int status)
{
	assert_true(terminal_wait_exit(t, TERMINAL_PATIENCE_MS));
	assert_int_equal(terminal_status(t), status);
	terminal_end(t);
}

/* Failing waits dump the screen; keep that out of a passing test's output. */
static int stderr_hush(void)
{
	fflush(stderr);
	int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	dup2(nowhere, STDERR_FILENO);
	close(nowhere);
	return kept;
}

static void stderr_restore(int kept)
{
	fflush(stderr);
	dup2(kept, STDERR_FILENO);
	close(kept);
}

static bool is_stopped(struct terminal *t, void *none)
{
	(void)none;
	return terminal_stopped(t);
}

static bool is_continued(struct terminal *t, void *none)
{
	(void)none;
	return !terminal_stopped(t);
}

static bool never(struct terminal *t, void *none)
{
	(void)t;
	(void)none;
	return false;
}

static void text_comes_back(void **state)
{
	(void)state;
	struct terminal *t = start("cat", NULL, NULL);
	int row = -1, column = -1;
	assert_true(terminal_type(t, "  ĉu vi aŭdas?"));
	assert_true(terminal_key(t, "Enter"));
	assert_true(terminal_wait_text(t, "ĉu vi aŭdas?"));
	assert_true(terminal_find(t, "aŭdas", &row, &column));
	assert_int_equal(row, 0);
	assert_int_equal(column, 8);
	assert_string_equal(terminal_row(t, 0), "  ĉu vi aŭdas?");
	assert_string_equal(terminal_row(t, 99), "");
	assert_true(terminal_key(t, "C-d"));
	assert_null(terminal_danger(t));
	end_with(t, 0);
}

static void characters_survive_a_split(void **state)
{
	(void)state;
	struct terminal *t = start_shell("stty raw -echo; echo ready; exec cat");
	assert_true(terminal_wait_text(t, "ready"));
	assert_true(terminal_type(t, "\xe0\xa6"));
	assert_true(terminal_type(t, "\x95\xe0"));
	assert_true(terminal_type(t, "\xa7\x8d\xe0\xa6\xb7|"));
	assert_true(terminal_wait_text(t, "ক্ষ|"));
	terminal_take(t, "\033[1", 3);
	terminal_take(t, ";1H\xe4\xbd", 5);
	terminal_take(t, "\xa0x", 2);
	struct terminal_cell left = terminal_cell(t, 0, 0), right = terminal_cell(t, 0, 1);
	assert_string_equal(left.text, "你");
	assert_int_equal(left.width, 2);
	assert_string_equal(right.text, "");
	assert_int_equal(right.width, 0);
	assert_null(terminal_danger(t));
	terminal_end(t);
}

static void attributes_are_kept(void **state)
{
	(void)state;
	struct terminal *t = start_shell(
		"printf '\\033[1mb\\033[0;2md\\033[22mn\\033[7mr\\033[0;38;5;2mp\\033[38;2;2;22;3mc"
		"\\033[0;31;44;4;3mu\\033[m!'; read x");
	assert_true(terminal_wait_text(t, "bdnrpcu!"));
	assert_true(terminal_cell(t, 0, 0).bold);
	assert_false(terminal_cell(t, 0, 0).dim);
	assert_true(terminal_cell(t, 0, 1).dim);
	assert_false(terminal_cell(t, 0, 1).bold);
	assert_false(terminal_cell(t, 0, 2).dim);
	assert_true(terminal_cell(t, 0, 3).reverse);
	assert_int_equal(terminal_cell(t, 0, 4).foreground, 2);
	assert_false(terminal_cell(t, 0, 4).dim);
	assert_int_equal(terminal_cell(t, 0, 5).foreground, 0x1000000 | 2 << 16 | 22 << 8 | 3);
	struct terminal_cell u = terminal_cell(t, 0, 6), plain = terminal_cell(t, 0, 7);
	assert_true(u.underline && u.italic);
	assert_int_equal(u.foreground, 1);
	assert_int_equal(u.background, 4);
	assert_int_equal(plain.foreground, -1);
	assert_int_equal(plain.background, -1);
	assert_false(terminal_cell_equal(&u, &plain));
	terminal_key(t, "Enter");
	end_with(t, 0);
}

/* It asks for its size at a key. */
static bool is_at_foot(struct terminal *t, void *context)
{
	(void)context;
	if (!strcmp(terminal_row(t, 39), "page 0"))
		return true;
	terminal_keys(t, "Down Up");
	return false;
}

static void resize_reaches_the_program(void **state)
{
	(void)state;
	struct terminal *t = start_bare();
	int row, rows, columns;
	assert_true(terminal_wait_text(t, "page 0"));
	assert_true(terminal_find(t, "page 0", &row, NULL));
	assert_int_equal(row, 23);
	terminal_resize(t, 40, 132);
	terminal_size(t, &rows, &columns);
	assert_int_equal(rows, 40);
	assert_int_equal(columns, 132);
	assert_true(terminal_wait(t, is_at_foot, NULL, TERMINAL_PATIENCE_MS));
	assert_true(terminal_keys(t, "p"));
	assert_true(terminal_wait_text(t, "page 1"));
	assert_true(terminal_wait_gone(t, "page 0"));
	terminal_key(t, "q");
	end_with(t, 0);
}

static void endings_are_told_apart(void **state)
{
	(void)state;
	end_with(start_shell("exit 7"), 7);
	end_with(start_shell("kill -SEGV $$"), -SIGSEGV);
	struct terminal *t = start("cat", NULL, NULL);
	assert_true(terminal_running(t));
	assert_int_equal(terminal_status(t), -1000);
	assert_true(terminal_signal(t, SIGTERM));
	assert_true(terminal_wait_exit(t, TERMINAL_PATIENCE_MS));
	assert_false(terminal_signal(t, SIGTERM));
	end_with(t, -SIGTERM);
	t = start("/no/such/program", NULL, NULL);
	assert_true(terminal_wait_text(t, "No such file"));
	end_with(t, 127);
}

static void last_words_are_read(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) {
		struct terminal *t = start_shell("printf 'last words'; exit 3");
		assert_true(terminal_wait_exit(t, TERMINAL_PATIENCE_MS));
		assert_string_equal(terminal_row(t, 0), "last words");
		end_with(t, 3);
	}
}

static void what_is_left_is_named(void **state)
{
	(void)state;
	struct terminal *t = start_bare();
	assert_true(terminal_wait_text(t, "page 0"));
	assert_string_equal(terminal_leftover(t), "hidden cursor");
	assert_true(terminal_alternate(t));
	terminal_key(t, "q");
	assert_true(terminal_wait_exit(t, TERMINAL_PATIENCE_MS));
	assert_null(terminal_leftover(t));
	assert_null(terminal_danger(t));
	end_with(t, 0);

	t = start_bare();
	assert_true(terminal_wait_text(t, "page 0"));
	terminal_signal(t, SIGKILL);
	assert_true(terminal_wait_exit(t, TERMINAL_PATIENCE_MS));
	assert_non_null(terminal_leftover(t));
	end_with(t, -SIGKILL);

	t = start_shell("stty -echo");
	assert_true(terminal_wait_exit(t, TERMINAL_PATIENCE_MS));
	assert_string_equal(terminal_leftover(t), "line settings (termios)");
	end_with(t, 0);

	t = start_shell("printf '\\033[?2004h\\033[31m'");
	assert_true(terminal_wait_exit(t, TERMINAL_PATIENCE_MS));
	assert_string_equal(terminal_leftover(t), "bracketed paste");
	terminal_take(t, "\033[?2004l", 8);
	assert_string_equal(terminal_leftover(t), "colours or attributes");
	end_with(t, 0);
}

static void dangers_are_seen(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		bool harmful;
	} cases[] = {
		{"plain\r\n\033[1mbold\033(B\033[m\033[?25l\033[4;7H\033[K\033[22;0;0t", false},
		{"ক্ষুব্ধ ĉ 你 ❤", false},
		{"\033]0;title\a", false},
		{"\033]0;title\033\\", false},
		{"\033]52;c;cm0gLXJm\a", true},
		{"\033P+q436f\033\\", true},
		{"\033_x\033\\", true},
		{"\033[5i", true},
		{"\033[21t", true},
		{"\033c", true},
		{"\xc2\x9b"
		 "31m",
		 true},
		{"\x9b"
		 "31m",
		 true},
		{"a\xe2\x80\xae"
		 "b",
		 true},
		{"\xc0\xaf", true},
		{"\xe0\xa6|", true},
		{"\x01", true},
	};
	const char *argv[] = {"cat", NULL};
	struct terminal_setup setup = {
		.argv = argv,
		.environment = environment,
		.allowed_strings = "0 2",
		.cpu = -1,
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t = terminal_start(&setup);
		assert_non_null(t);
		terminal_take(t, cases[i].bytes, strlen(cases[i].bytes));
		if ((terminal_danger(t) != NULL) != cases[i].harmful)
			fail_msg("case %zu: %s", i,
				 terminal_danger(t) ? terminal_danger(t) : "no danger");
		terminal_end(t);
	}
}

static void queries_are_answered(void **state)
{
	(void)state;
	struct terminal *t = start_shell("stty raw -echo; printf 'ab\\033[6n'; "
					 "dd bs=1 count=6 2>/dev/null | cat -v; printf '\\033[c'; "
					 "dd bs=1 count=3 2>/dev/null | cat -v");
	assert_true(terminal_wait_text(t, "ab^[[1;3R^[[?"));
	end_with(t, 0);
}

static void keys_are_spelt(void **state)
{
	(void)state;
	static const struct {
		const char *name, *bytes;
	} cases[] = {
		{"Enter", "\r"},    {"Tab", "\t"},	 {"Esc", "\033"}, {"BS", "\177"},
		{"F1", "\033OP"},   {"PgDn", "\033[6~"}, {"C-c", "\003"}, {"C-l", "\014"},
		{"M-x", "\033x"},   {"ĉ", "ĉ"},		 {"q", "q"},	  {"Down", "\033[B"},
		{"Home", "\033[H"}, {"nonsense", ""},	 {"", ""},
	};
	struct terminal *t = start("cat", NULL, NULL);
	char bytes[16];
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t length = terminal_spell(t, cases[i].name, bytes);
		assert_int_equal(length, strlen(cases[i].bytes));
		assert_memory_equal(bytes, cases[i].bytes, length);
	}
	terminal_end(t);
	t = start_bare();
	assert_true(terminal_wait_text(t, "page 0"));
	assert_int_equal(terminal_spell(t, "Down", bytes), 3);
	assert_memory_equal(bytes, "\033OB", 3);
	struct terminal_cell first = terminal_cell(t, 0, 0);
	assert_true(first.reverse);
	assert_true(terminal_keys(t, "Down p"));
	assert_true(terminal_wait_text(t, "page 1"));
	assert_false(terminal_cell(t, 0, 0).reverse);
	assert_true(terminal_cell(t, 1, 0).reverse);
	terminal_end(t);
}

static void paste_has_brackets_when_asked_for(void **state)
{
	(void)state;
	struct terminal *t = start_shell("stty raw -echo; printf 'ready\\033[?2004h'; exec cat -v");
	assert_true(terminal_wait_text(t, "ready"));
	assert_true(terminal_pasting(t));
	assert_true(terminal_paste(t, "two\nlines"));
	assert_true(terminal_wait_text(t, "^[[200~two^Mlines^[[201~"));
	terminal_end(t);
	t = start_shell("stty raw -echo; printf 'ready'; exec cat -v");
	assert_true(terminal_wait_text(t, "ready"));
	assert_true(terminal_paste(t, "q"));
	assert_true(terminal_wait_text(t, "readyq"));
	assert_false(terminal_find(t, "200~", NULL, NULL));
	terminal_end(t);
}

static void stopping_is_seen(void **state)
{
	(void)state;
	struct terminal *t = start("cat", NULL, NULL);
	assert_true(terminal_type(t, "before"));
	assert_true(terminal_wait_text(t, "before"));
	assert_true(terminal_key(t, "C-z"));
	assert_true(terminal_wait(t, is_stopped, NULL, TERMINAL_PATIENCE_MS));
	assert_true(terminal_running(t));
	assert_true(terminal_signal(t, SIGCONT));
	assert_true(terminal_wait(t, is_continued, NULL, TERMINAL_PATIENCE_MS));
	assert_true(terminal_keys(t, "a f t e r Enter"));
	assert_true(terminal_wait_text(t, "after"));
	assert_true(terminal_key(t, "C-c"));
	end_with(t, -SIGINT);
}

static void hanging_up_ends_the_program(void **state)
{
	(void)state;
	struct terminal *t = start("sleep", "600", NULL), *other = start("cat", NULL, NULL);
	terminal_hang_up(t);
	end_with(t, -SIGHUP);
	assert_true(terminal_type(other, "y"));
	assert_true(terminal_wait_text(other, "y"));
	assert_true(terminal_running(other));
	terminal_end(other);
}

static void waiting_has_an_end(void **state)
{
	(void)state;
	int kept = stderr_hush();
	struct terminal *t = start("yes", NULL, NULL);
	time_t before = time(NULL);
	bool came = terminal_wait(t, never, NULL, 200);
	terminal_end(t);
	t = start_shell("exit 0");
	bool answered = terminal_wait_text(t, "will not come");
	terminal_end(t);
	stderr_restore(kept);
	assert_false(came);
	assert_false(answered);
	assert_true(time(NULL) - before < TERMINAL_PATIENCE_MS / 1000);
}

static void bytes_are_kept(void **state)
{
	(void)state;
	struct terminal *t = start_bare();
	size_t length;
	assert_true(terminal_wait_text(t, "page 0"));
	assert_non_null(strstr(terminal_bytes(t, NULL), "\033[?1049h"));
	terminal_bytes_drop(t);
	/* a key that changes nothing, then one that does: only the second may speak */
	assert_true(terminal_keys(t, "x p"));
	assert_true(terminal_wait_text(t, "page 1"));
	terminal_bytes(t, &length);
	assert_true(length > 80 * 20 && length < 80 * 26);
	terminal_end(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_comes_back),
		cmocka_unit_test(characters_survive_a_split),
		cmocka_unit_test(attributes_are_kept),
		cmocka_unit_test(resize_reaches_the_program),
		cmocka_unit_test(endings_are_told_apart),
		cmocka_unit_test(last_words_are_read),
		cmocka_unit_test(what_is_left_is_named),
		cmocka_unit_test(dangers_are_seen),
		cmocka_unit_test(queries_are_answered),
		cmocka_unit_test(keys_are_spelt),
		cmocka_unit_test(paste_has_brackets_when_asked_for),
		cmocka_unit_test(stopping_is_seen),
		cmocka_unit_test(hanging_up_ends_the_program),
		cmocka_unit_test(waiting_has_an_end),
		cmocka_unit_test(bytes_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
