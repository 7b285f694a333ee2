/* A real recogniser, end to end: a synthetic caller speaks, pocketsphinx writes down what it hears,
 * talktrack hear passes it on, and the real coach opens the situation. $TALKTRACK is the program.
 */
#define _GNU_SOURCE
#include "terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

enum { SPEECH_PATIENCE_MS = 60000 };

static char folder[256];

static int make_folder(void **state)
{
	const char *temp = getenv("TMPDIR");
	char path[300];

	(void)state;
	snprintf(folder, sizeof folder, "%s/talktrack-speech-XXXXXX", temp ? temp : "/tmp");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/run", folder);
	if (mkdir(path, 0700) != 0)
		return -1;
	setenv("XDG_RUNTIME_DIR", path, 1);
	unsetenv("TALKTRACK_SOCKET");
	return 0;
}

static int remove_folder(void **state)
{
	char command[512];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	return system(command);
}

static struct terminal *start(void)
{
	static char texts[4][400];
	const char *argv[] = {getenv("TALKTRACK"), "-l", "en", "-p", "scripts", NULL};
	const char *environment[] = {
		texts[0], texts[1], texts[2], texts[3], "LC_ALL=C.UTF-8", "TERM=xterm-256color",
		"TZ=UTC", NULL};
	struct terminal_setup setup = {
		.argv = argv, .environment = environment, .rows = 24, .columns = 80, .cpu = -1};
	struct terminal *terminal;

	snprintf(texts[0], sizeof texts[0], "HOME=%s", folder);
	snprintf(texts[1], sizeof texts[1], "XDG_STATE_HOME=%s/state", folder);
	snprintf(texts[2], sizeof texts[2], "XDG_RUNTIME_DIR=%s/run", folder);
	snprintf(texts[3], sizeof texts[3], "PATH=%s", getenv("PATH"));
	terminal = terminal_start(&setup);
	assert_non_null(terminal);
	assert_true(terminal_wait_text(terminal, "no call"));
	return terminal;
}

static bool ends_or_asks(struct terminal *terminal, void *context)
{
	(void)context;
	return !terminal_running(terminal) || terminal_find(terminal, "A call is open", NULL, NULL);
}

static void finish(struct terminal *terminal)
{
	terminal_keys(terminal, "Esc q");
	assert_true(terminal_wait(terminal, ends_or_asks, NULL, TERMINAL_PATIENCE_MS));
	if (terminal_running(terminal))
		terminal_key(terminal, "q");
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	assert_null(terminal_danger(terminal));
	assert_int_equal(terminal_status(terminal), 0);
	terminal_end(terminal);
}

static void run(const char *command)
{
	int status = system(command);

	if (status != 0)
		print_error("status %d: %s\n", status, command);
	assert_int_equal(status, 0);
}

/* caller.raw: what a voice says, as a microphone takes it down, with so much noise of the room.
 * sox's noise is the same each time (-R). */
static void speak(const char *voice, const char *text, const char *noise)
{
	char command[2000];

	snprintf(command, sizeof command,
		 "cd '%s' && espeak-ng -v %s -s 150 -w said.wav '%s' && "
		 "sox -R said.wav -r 16000 -c 1 -b 16 clean.wav pad 0.4 0.8 && "
		 "sox -R -n -r 16000 -c 1 -b 16 room.wav synth 8 pinknoise vol %s && "
		 "sox -R -m clean.wav room.wav -b 16 mixed.wav trim 0 \"$(soxi -D clean.wav)\" && "
		 "sox mixed.wav -t raw caller.raw",
		 folder, voice, text, noise);
	run(command);
}

/* The title stands in the header of a call, and under it the panels. */
static bool is_open(struct terminal *terminal, void *context)
{
	const char *title = context;

	return terminal_find(terminal, "1 Reflect", NULL, NULL) &&
	       strstr(terminal_row(terminal, 0), title);
}

/* The recogniser reads the sound where it would read a microphone's, as the README shows it. */
static void leads_to(const char *options, const char *title)
{
	struct terminal *terminal = start();
	char command[1500], wanted[100];

	snprintf(command, sizeof command,
		 "pocketsphinx_continuous %s -infile /dev/stdin <'%s/caller.raw' 2>/dev/null | "
		 "tee '%s/words' | '%s' hear 2>'%s/errors'",
		 options, folder, folder, getenv("TALKTRACK"), folder);
	/* hear waits for the coach's socket, and ends when all is passed on */
	run(command);
	snprintf(wanted, sizeof wanted, "%s", title);
	if (!terminal_wait(terminal, is_open, wanted, SPEECH_PATIENCE_MS)) {
		snprintf(command, sizeof command, "cat '%s/words' '%s/errors' >&2", folder, folder);
		run(command);
		terminal_dump(terminal);
		fail_msg("\"%s\" did not open", title);
	}
	finish(terminal);
}

static void late_refund(void **state)
{
	(void)state;
	speak("en-us+f2", "I am still waiting for my refund", "0.001");
	leads_to("", "Still waiting");
}

/* Another voice, and a louder room. */
static void small_matter(void **state)
{
	(void)state;
	speak("en-us", "I am sorry to bother you", "0.02");
	leads_to("", "Afraid to bother");
}

/* With the times of words, which nobody said. */
static void nobody_listens(void **state)
{
	(void)state;
	speak("en-us+f2", "is anyone listening to me", "0.03");
	leads_to("-time yes", "Feels unheard");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(late_refund, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(small_matter, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(nobody_listens, make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
