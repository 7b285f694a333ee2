/* The configuration in a real terminal: keys, notices, the journal's folder and its age. $TALKTRACK
 * is the program. */
#include "home.h"
#include "terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define CALL "0193c0de-0000-7000-8000-00000000000a"

/* A coach with this configuration. */
static struct terminal *start(const char *config)
{
	home_write(".config/talktrack/config.yaml", config);
	return home_start(&(struct home_coach){.begun = "Cold soup", .rows = 45});
}

static void quit(struct terminal *terminal, const char *keys)
{
	terminal_keys(terminal, keys);
	home_ends(terminal, 0);
}

static void keys_are_the_agents(void **state)
{
	struct terminal *terminal =
		start("keys: {note: O, search: \"?\", help: F, quit: C-x, hold: none}\n");

	(void)state;
	/* "F" is one character: Shift with f */
	assert_true(terminal_wait_text(terminal, "F help"));
	terminal_keys(terminal, "F");
	assert_true(terminal_wait_text(terminal, "For talktrack do"));
	assert_true(terminal_wait_text(terminal, "C-x   "));
	terminal_keys(terminal, "Esc ?");
	assert_true(terminal_wait_text(terminal, "type to find"));
	quit(terminal, "Esc C-x");
}

static void keys_do_what_they_say(void **state)
{
	struct terminal *terminal = start("keys: {note: O, add-note: none, hold: none, quit: Q}\n");

	(void)state;
	terminal_keys(terminal, "1 O");
	assert_true(terminal_wait_text(terminal, "Note"));
	terminal_keys(terminal, "Esc ?");
	assert_true(terminal_wait_text(terminal, "leave talktrack"));
	/* neither the old key of an action nor that of one without does anything */
	terminal_keys(terminal, "Esc a q h Q");
	assert_true(terminal_wait_text(terminal, "call is open"));
	terminal_end(terminal);
}

static void wrong_entries_are_told(void **state)
{
	struct terminal *terminal = start("theme: mono\nkeys: {undo: n}\n");

	(void)state;
	assert_true(terminal_wait_text(terminal, "passed over: config.yaml:2: 'n' is the key of"));
	quit(terminal, "q");
}

static void old_days_go(void **state)
{
	struct terminal *terminal;

	(void)state;
	home_write("calls/2020-01-01.jsonl",
		   "{\"t\":1577880000000,\"call\":\"" CALL "\",\"event\":\"call_started\"}\n"
		   "{\"t\":1577880000001,\"call\":\"" CALL
		   "\",\"event\":\"call_ended\",\"disposition\":"
		   "\"follow-up\"}\n");
	home_write("calls/2020-01-02.jsonl",
		   "{\"t\":1577966400000,\"call\":\"" CALL
		   "\",\"event\":\"promise_made\",\"promise\":\"" CALL "/1\",\"text\":\"it\"}\n");
	terminal = start("journal: {folder: ~/calls}\n");
	quit(terminal, "q");
	assert_int_equal(access(home_path("calls/2020-01-01.jsonl"), F_OK), 0);
	home_write("calls/2020-01-03.jsonl", "");
	terminal = start("journal: {folder: ~/calls, keep: 30}\n");
	assert_true(terminal_wait_text(terminal, "2 old days of the journal stay"));
	quit(terminal, "q");
	assert_int_equal(access(home_path("calls/2020-01-01.jsonl"), F_OK), 0);
	assert_int_not_equal(access(home_path("calls/2020-01-03.jsonl"), F_OK), 0);
	home_write("calls/2020-01-02.jsonl", "");
	terminal = start("journal: {folder: ~/calls, keep: 30}\n");
	quit(terminal, "q");
	assert_int_not_equal(access(home_path("calls/2020-01-01.jsonl"), F_OK), 0);
}

/* How many lines of the journal hold this text. */
static int count_lines(const char *text)
{
	char command[600];
	FILE *pipe;
	int count = -1;

	snprintf(command, sizeof command, "cat '%s'/calls/*.jsonl | grep -cF '%s'", home_folder(),
		 text);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	assert_int_equal(fscanf(pipe, "%d", &count), 1);
	pclose(pipe);
	return count;
}

static void hears(const char *text)
{
	char command[1200];

	snprintf(command, sizeof command, "HOME='%s' '%s' hear", home_folder(),
		 getenv("TALKTRACK"));
	FILE *pipe = popen(command, "w");
	assert_non_null(pipe);
	fprintf(pipe, "%s\n", text);
	assert_int_equal(pclose(pipe), 0);
}

/* The first frame is there before other programs can speak to the coach. */
static bool is_listening(struct terminal *terminal, void *context)
{
	char command[1200];

	(void)terminal;
	(void)context;
	snprintf(command, sizeof command, "HOME='%s' '%s' do state >/dev/null 2>&1", home_folder(),
		 getenv("TALKTRACK"));
	return system(command) == 0;
}

static void hear_a_call(const char *config)
{
	struct terminal *terminal = start(config);

	assert_true(terminal_wait(terminal, is_listening, NULL, TERMINAL_PATIENCE_MS));
	hears("before the call");
	assert_true(terminal_wait_text(terminal, "before the call"));
	terminal_keys(terminal, "1");
	assert_true(terminal_wait_text(terminal, "1 Reflect"));
	hears("my soup is cold");
	assert_true(terminal_wait_text(terminal, "my soup is cold"));
	hears("{\"text\":\"I see\",\"speaker\":\"agent\"}");
	hears("{\"partial\":\"and the\"}");
	assert_true(terminal_wait_text(terminal, "and the"));
	terminal_end(terminal);
}

static void what_is_heard_is_written_only_if_asked_for(void **state)
{
	(void)state;
	hear_a_call("journal: {folder: ~/calls}\n");
	assert_int_equal(count_lines("call_started"), 1);
	assert_int_equal(count_lines("\"heard\""), 0);
	assert_int_equal(count_lines("soup is cold"), 0);
	home_remove(NULL);
	assert_int_equal(home_make(NULL), 0);
	hear_a_call("journal: {folder: ~/calls, heard: true}\n");
	assert_int_equal(count_lines("\"event\":\"heard\",\"speaker\":\"customer\",\"text\":\"my "
				     "soup is cold\""),
			 1);
	assert_int_equal(count_lines("\"heard\""), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keys_are_the_agents, home_make, home_remove),
		cmocka_unit_test_setup_teardown(keys_do_what_they_say, home_make, home_remove),
		cmocka_unit_test_setup_teardown(wrong_entries_are_told, home_make, home_remove),
		cmocka_unit_test_setup_teardown(old_days_go, home_make, home_remove),
		cmocka_unit_test_setup_teardown(what_is_heard_is_written_only_if_asked_for,
						home_make, home_remove),
	};

	if (!getenv("TALKTRACK"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
