/* A real recogniser, end to end: a synthetic caller speaks, pocketsphinx writes down what it hears,
 * talktrack hear passes it on, and the real coach opens the situation. $TALKTRACK is the program.
 */
#define _GNU_SOURCE
#include "home.h"
#include "terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SPEECH_PATIENCE_MS = 60000 };

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
		 home_folder(), voice, text, noise);
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
	struct terminal *terminal = home_start(
		&(struct home_coach){.library = "scripts", .language = "en", .begun = "no call"});
	char command[1500], wanted[100];

	snprintf(command, sizeof command,
		 "pocketsphinx_continuous %s -infile /dev/stdin <'%s/caller.raw' 2>/dev/null | "
		 "tee '%s/words' | '%s' hear 2>'%s/errors'",
		 options, home_folder(), home_folder(), getenv("TALKTRACK"), home_folder());
	/* hear waits for the coach's socket, and ends when all is passed on */
	run(command);
	snprintf(wanted, sizeof wanted, "%s", title);
	if (!terminal_wait(terminal, is_open, wanted, SPEECH_PATIENCE_MS)) {
		snprintf(command, sizeof command, "cat '%s/words' '%s/errors' >&2", home_folder(),
			 home_folder());
		run(command);
		terminal_dump(terminal);
		fail_msg("\"%s\" did not open", title);
	}
	home_leave(terminal);
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
		cmocka_unit_test_setup_teardown(late_refund, home_make, home_remove),
		cmocka_unit_test_setup_teardown(small_matter, home_make, home_remove),
		cmocka_unit_test_setup_teardown(nobody_listens, home_make, home_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
