/* The real coach in a real terminal, driven by other programs over its socket. $TALKTRACK is the
 * program. */
#define _GNU_SOURCE
#include "home.h"
#include "terminal.h"

#include <cjson/cJSON.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* Built for a sanitizer the program is slow: then only what it does is checked, not how fast. */
#if defined(__SANITIZE_ADDRESS__)
#define MEASURED false
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEASURED false
#endif
#endif
#ifndef MEASURED
#define MEASURED true
#endif

#define FLOOD 100000
#define LONG_FLOOD 10 /* so many of these one after another */

static char output[262144]; /* of the last command, both streams */

static struct terminal *start(int rows, int columns)
{
	return home_start(
		&(struct home_coach){.begun = "Cold soup", .rows = rows, .columns = columns});
}

/* Whether the coach's socket can be connected to: it comes a moment after the first frame. */
static bool is_listening(struct terminal *terminal, void *context)
{
	(void)terminal, (void)context;
	return access(home_path("run/talktrack/coach.sock"), F_OK) == 0;
}

static struct terminal *start_listening(int rows, int columns)
{
	struct terminal *terminal = start(rows, columns);

	assert_true(terminal_wait(terminal, is_listening, NULL, TERMINAL_PATIENCE_MS));
	return terminal;
}

/* Runs "talktrack ARGUMENTS" in a shell; its exit status. The terminal is read meanwhile by nobody:
 * it has little to say. */
static int run(const char *input, const char *arguments)
{
	char command[1024];
	FILE *pipe;
	size_t length;
	int status;

	snprintf(command, sizeof command, "printf '%s' | '%s' %s 2>&1", input, getenv("TALKTRACK"),
		 arguments);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	length = fread(output, 1, sizeof output - 1, pipe);
	output[length] = '\0';
	status = pclose(pipe);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void does(const char *arguments, const char *part)
{
	char command[512];

	snprintf(command, sizeof command, "do %s", arguments);
	if (run("", command) != 0 || !strstr(output, part))
		print_error("do %s: %s\n", arguments, output);
	assert_non_null(strstr(output, part));
}

static void refuses(const char *arguments, const char *expected)
{
	char command[512], text[512];

	snprintf(command, sizeof command, "do %s", arguments);
	snprintf(text, sizeof text, "talktrack: %s", expected);
	assert_int_equal(run("", command), 1);
	assert_memory_equal(output, text, strlen(text));
}

static void drives_a_call(void **state)
{
	struct terminal *terminal = start_listening(24, 80);

	(void)state;
	does("state", "\"phase\":\"none\"");
	does("open-situation cold-soup", "\"situation\":\"cold-soup\"");
	assert_true(terminal_wait_text(terminal, "1 Reflect ▸"));
	does("fill-slot customer 'Mrs Ĉiĉo'", "\"slots\":{\"customer\":\"Mrs Ĉiĉo\"}");
	assert_true(terminal_wait_text(terminal, "Cold soup · Mrs Ĉiĉo"));
	does("say-line", "\"steps_done\":[\"reflect\"]");
	assert_true(terminal_wait_text(terminal, "1 Reflect ✓"));
	does("undo", "\"steps_done\":[]");
	does("hold", "\"hold\":true");
	assert_true(terminal_wait_text(terminal, "‖ hold"));
	does("hold", "\"hold\":false");
	does("make-promise 'hot soup' 2h", "\"text\":\"hot soup\"");
	does("open-situation no-table", "\"situation\":\"no-table\"");
	assert_true(terminal_wait_text(terminal, "No table"));
	refuses("open-situation nowhere", "no such situation");
	refuses("end-call badly", "say how it ended: resolved, follow-up, escalated or dropped");
	does("end-call resolved", "\"phase\":\"ended\"");
	assert_true(terminal_wait_text(terminal, "call ended: resolved"));
	refuses("hold", "no call is open");
	refuses("note", "no call is open");
	/* an action while no call is open begins one */
	does("add-note 'rang off'", "\"notes\":[\"rang off\"]");
	assert_true(terminal_wait_text(terminal, "New call"));
	home_leave(terminal);
}

/* What the agent sees marked is what other programs mean, too. */
static void the_marked_line_is_said(void **state)
{
	struct terminal *terminal = start_listening(24, 80);

	(void)state;
	terminal_keys(terminal, "1 Down");
	assert_true(terminal_wait_text(terminal, "▸ The soup came cold"));
	does("state", "\"reflect\":{\"phrase\":\"The soup came cold. Did I get that?\"");
	does("say-line", "\"said\":[\"The soup came cold. Did I get that?\"]");
	does("line-down", "\"validate\":{\"phrase\":\"That makes sense");
	assert_true(terminal_wait_text(terminal, "▸ That makes sense"));
	home_leave(terminal);
}

static void screens_open_and_give_way(void **state)
{
	struct terminal *terminal = start_listening(24, 80);

	(void)state;
	does("help", "\"phase\":\"none\"");
	assert_true(terminal_wait_text(terminal, "another wording"));
	does("open-situation cold-soup", "cold-soup");
	assert_true(terminal_wait_text(terminal, "1 Reflect ▸"));
	does("fill", "cold-soup");
	assert_true(terminal_wait_text(terminal, "Fill in"));
	does("end-call dropped", "ended");
	assert_true(terminal_wait_gone(terminal, "Fill in"));
	home_leave(terminal);
}

/* Whatever a program asks for, what the agent is writing stays. */
static void writing_is_not_lost(void **state)
{
	static const char *const actions[] = {"search", "help", "end",
					      "quit",	"edit", "end-call resolved"};
	struct terminal *terminal = start_listening(24, 80);

	(void)state;
	terminal_keys(terminal, "1 a");
	assert_true(terminal_wait_text(terminal, "Esc back"));
	terminal_type(terminal, "half a note");
	assert_true(terminal_wait_text(terminal, "half a note"));
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		refuses(actions[i], "the agent is writing something: not now");
	does("say-line", "\"steps_done\":[\"reflect\"]");
	does("open-situation no-table", "no-table");
	terminal_type(terminal, ", whole");
	terminal_key(terminal, "Enter");
	assert_true(terminal_wait_text(terminal, "note kept"));
	does("state", "\"notes\":[\"half a note, whole\"]");
	home_leave(terminal);
}

static void quits_as_the_key_does(void **state)
{
	struct terminal *terminal = start_listening(24, 80);

	(void)state;
	does("begin-call", "\"phase\":\"open\"");
	does("quit", "\"phase\":\"open\"");
	assert_true(terminal_wait_text(terminal, "A call is open"));
	does("end-call dropped", "\"phase\":\"ended\"");
	assert_true(terminal_wait_gone(terminal, "A call is open"));
	does("quit", "\"phase\":\"ended\"");
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	assert_null(terminal_leftover(terminal));
	assert_int_equal(terminal_status(terminal), 0);
	terminal_end(terminal);
	refuses("state", "no coach is running: start one with talktrack");
	assert_false(is_listening(NULL, NULL));
}

static void words_are_shown(void **state)
{
	struct terminal *terminal = start_listening(24, 80);

	(void)state;
	assert_int_equal(run("my soup is cold\n", "hear"), 0);
	assert_true(terminal_wait_text(terminal, "“my soup is cold”"));
	terminal_key(terminal, "1");
	assert_true(terminal_wait_text(terminal, "1 Reflect ▸"));
	assert_true(terminal_wait_text(terminal, "“my soup is cold”"));
	assert_true(terminal_wait_text(terminal, "1 s ago"));
	assert_int_equal(run("{\"partial\":\"and the bre\"}", "hear"), 0);
	assert_true(terminal_wait_text(terminal, "“and the bre”"));
	/* the agent knows what they say themselves */
	assert_int_equal(run("I see\n", "hear --speaker agent"), 0);
	assert_int_equal(run("{\"text\":\"and the bread is hard, and nobody came, and when "
			     "somebody came it was "
			     "the wrong soup again\"}",
			     "hear"),
			 0);
	assert_true(terminal_wait_text(terminal, "“…"));
	assert_true(terminal_wait_text(terminal, "the wrong soup again”"));
	does("state", "\"heard\":\"and the bread is hard");
	/* what steers a terminal does not reach it */
	assert_int_equal(
		run("a \\033]0;title\\007 b \\342\\200\\256 c\\033[2J\n", "hear --format plain"),
		0);
	assert_true(terminal_wait_text(terminal, "0;title"));
	does("end-call resolved", "\"heard\":null");
	home_leave(terminal);
}

static void hear_tells_what_is_wrong(void **state)
{
	(void)state;
	assert_int_equal(run("lost\n", "hear"), 1);
	assert_non_null(strstr(output, "no coach is running: start one with talktrack"));
	assert_non_null(strstr(output, "1 line reached no coach"));
	assert_int_equal(run("", "hear /nonexistent"), 1);
	assert_non_null(strstr(output, "cannot read \"/nonexistent\""));
	assert_int_equal(run("", "hear --speaker dog"), 2);
	assert_int_equal(run("", "hear --format xml"), 2);
	assert_int_equal(run("", "hear a b"), 2);
	assert_int_equal(run("", "do"), 2);
	assert_int_equal(run("", "do state now"), 2);
	assert_int_equal(run("", "do dance"), 2);
	assert_int_equal(run("", "do add-note two words"), 2);
	assert_int_equal(run("", "do --list"), 0);
	assert_non_null(strstr(output, "open-situation SITUATION"));
}

/* A transcriber outlives the coach: what it says meanwhile reaches the next one. */
static void hear_outlives_a_coach(void **state)
{
	struct terminal *terminal = start_listening(24, 80);
	char command[600];
	FILE *words;

	(void)state;
	snprintf(command, sizeof command, "'%s' hear 2>'%s/errors'", getenv("TALKTRACK"),
		 home_folder());
	words = popen(command, "w");
	assert_non_null(words);
	setvbuf(words, NULL, _IONBF, 0);
	fputs("before\n", words);
	assert_true(terminal_wait_text(terminal, "“before”"));
	terminal_signal(terminal, SIGKILL);
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	terminal_end(terminal);
	fputs("between\n", words);
	terminal = start(24, 80);
	assert_true(terminal_wait_text(terminal, "“between”"));
	fputs("after\n", words);
	assert_true(terminal_wait_text(terminal, "“after”"));
	assert_int_equal(pclose(words), 0);
	home_leave(terminal);
}

/* What the customer said stands turned round as the first line, and one key puts it in the slot. */
static void words_come_round(void **state)
{
	struct terminal *terminal = start_listening(24, 80);

	(void)state;
	terminal_key(terminal, "1");
	assert_true(terminal_wait_text(terminal, "1 Reflect ▸"));
	/* a guess changes no panel */
	assert_int_equal(run("{\"partial\":\"my soup never\"}", "hear"), 0);
	assert_true(terminal_wait_text(terminal, "“my soup never”"));
	assert_false(terminal_find(terminal, "You say that", NULL, NULL));
	assert_int_equal(run("hello, my soup never came\n", "hear"), 0);
	assert_true(terminal_wait_text(terminal, "▸ You say that your soup never came."));
	assert_true(terminal_wait_text(terminal, "issue k my soup never came r edit"));
	does("state", "\"reflect\":{\"phrase\":\"You say that your soup never came. Is it so?\","
		      "\"line\":\"You say that <words>. Is it so?\"}");
	terminal_key(terminal, "Enter");
	assert_true(terminal_wait_text(terminal, "1 Reflect ✓"));
	/* the journal knows that their words were said, and not which */
	home_journal(output, sizeof output);
	assert_non_null(strstr(output, "\"event\":\"line_said\""));
	assert_non_null(strstr(
		output, "\"speaker\":\"customer\",\"text\":\"You say that <words>. Is it so?\""));
	assert_null(strstr(output, "never came"));
	terminal_key(terminal, "k");
	assert_true(terminal_wait_text(terminal, "issue my soup never came"));
	does("state", "\"slots\":{\"issue\":\"my soup never came\"}");
	/* filled once, it is not filled again */
	assert_int_equal(run("my bread is not here\n", "hear"), 0);
	assert_true(terminal_wait_text(terminal, "So your bread is not here?"));
	does("take-words", "\"slots\":{\"issue\":\"my soup never came\"}");
	/* the agent's saying it ticks it */
	terminal_keys(terminal, "u u");
	assert_true(terminal_wait_gone(terminal, "1 Reflect ✓"));
	assert_int_equal(
		run("you say that your bread is not here is it so\n", "hear --speaker agent"), 0);
	assert_true(terminal_wait_text(terminal, "1 Reflect ✓"));
	home_leave(terminal);
}

/* Speech times make a clock of silence; without them there is none. */
static void silence_is_told(void **state)
{
	struct terminal *terminal = start_listening(24, 80);

	(void)state;
	terminal_key(terminal, "1");
	assert_int_equal(run("{\"text\":\"my soup\",\"start\":1,\"end\":2}", "hear"), 0);
	assert_true(terminal_wait_text(terminal, "quiet 00:0"));
	assert_int_equal(
		run("{\"text\":\"one moment\",\"speaker\":\"agent\",\"start\":20,\"end\":23}",
		    "hear"),
		0);
	assert_int_equal(run("{\"text\":\"is cold\",\"start\":20,\"end\":23}", "hear"), 0);
	assert_true(terminal_wait_text(terminal, "both speak"));
	home_leave(terminal);
}

static void watching(void **state)
{
	struct terminal *terminal = start_listening(24, 80);
	char command[600];
	FILE *lines;

	(void)state;
	snprintf(command, sizeof command, "'%s' do watch", getenv("TALKTRACK"));
	lines = popen(command, "r");
	assert_non_null(lines);
	assert_non_null(fgets(output, sizeof output, lines));
	assert_non_null(strstr(output, "\"phase\":\"none\""));
	terminal_key(terminal, "1"); /* the agent's own keys are told, too */
	assert_non_null(fgets(output, sizeof output, lines));
	assert_non_null(strstr(output, "\"event\":\"situation_opened\""));
	does("say-line", "line_said");
	assert_non_null(fgets(output, sizeof output, lines));
	assert_non_null(strstr(output, "\"event\":\"line_said\""));
	home_leave(terminal);
	assert_null(fgets(output, sizeof output, lines));
	assert_int_equal(pclose(lines), 0);
}

/* --- A backlog --- */

static int64_t nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int connect_coach(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int one = socket(AF_UNIX, SOCK_STREAM, 0);

	const char *path = home_path("run/talktrack/coach.sock");

	assert_true(strlen(path) < sizeof address.sun_path);
	memcpy(address.sun_path, path, strlen(path) + 1);
	assert_int_equal(connect(one, (struct sockaddr *)&address, sizeof address), 0);
	return one;
}

/* Lines as a transcriber sends them; every thousandth is a question. */
static char *make_backlog(size_t *length)
{
	char *text = malloc((size_t)FLOOD * 140), *end = text;

	for (int i = 0; i < FLOOD; i++) {
		if (i % 1000 == 999)
			end += sprintf(end, "{\"ask\":\"state\"}\n");
		else
			end += sprintf(end,
				       "{\"speaker\":\"%s\",\"text\":\"line %d: I was charged "
				       "twice and nobody "
				       "answers my mails\",\"final\":%s}\n",
				       i % 3 ? "customer" : "agent", i, i % 5 ? "true" : "false");
	}
	*length = (size_t)(end - text);
	return text;
}

static int64_t time_cjson(const char *text, size_t length)
{
	int64_t begin = nanoseconds();

	for (const char *line = text; line < text + length;) {
		const char *end = memchr(line, '\n', (size_t)(text + length - line));
		cJSON *json = cJSON_ParseWithLength(line, (size_t)(end - line));

		assert_non_null(json);
		cJSON_Delete(json);
		line = end + 1;
	}
	return nanoseconds() - begin;
}

/* Sends all of it so many times from a process of its own. */
static pid_t pour(int one, const char *text, size_t length, int times)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	while (times-- > 0)
		for (size_t done = 0; done < length;) {
			ssize_t sent = send(one, text + done, length - done, MSG_NOSIGNAL);

			if (sent < 0)
				_exit(1);
			done += (size_t)sent;
		}
	_exit(0);
}

struct flood {
	struct terminal *terminal;
	int one;
	int answers, wrong; /* replies, and those that do not know the line before */
	size_t paints;	    /* how often the row of what was heard has changed */
	char row[512];
	int64_t slowest; /* ns from a key to its answer on the screen */
	int keys;
	int64_t pressed; /* 0: no key is under way */
	bool help;	 /* the help is wanted on the screen */
	char reply[65536];
	size_t length;
};

static void read_replies(struct flood *flood)
{
	ssize_t got = recv(flood->one, flood->reply + flood->length,
			   sizeof flood->reply - 1 - flood->length, MSG_DONTWAIT);
	char *line = flood->reply, *end;

	if (got <= 0)
		return;
	flood->length += (size_t)got;
	flood->reply[flood->length] = '\0';
	for (; (end = strchr(line, '\n')); line = end + 1) {
		char expected[64];
		int last = flood->answers++ * 1000 % FLOOD + 998;

		*end = '\0';
		/* the last of the customer's */
		snprintf(expected, sizeof expected,
			 "\"heard\":\"line %d:", last % 3 ? last : last - 1);
		flood->wrong += !strstr(line, expected);
	}
	flood->length -= (size_t)(line - flood->reply);
	memmove(flood->reply, line, flood->length + 1);
}

static void read_screen(struct flood *flood)
{
	char bytes[65536];
	ssize_t got = read(terminal_descriptor(flood->terminal), bytes, sizeof bytes);

	if (got <= 0)
		return;
	terminal_take(flood->terminal, bytes, (size_t)got);
	if (strcmp(terminal_row(flood->terminal, 1), flood->row) != 0) {
		flood->paints++;
		snprintf(flood->row, sizeof flood->row, "%s", terminal_row(flood->terminal, 1));
	}
	if (flood->pressed &&
	    terminal_find(flood->terminal, "another wording", NULL, NULL) == flood->help) {
		int64_t took = nanoseconds() - flood->pressed;

		flood->slowest = took > flood->slowest ? took : flood->slowest;
		flood->pressed = 0;
		flood->keys++;
	}
}

/* A key every 30 ms: help, and back. */
static void press_key(struct flood *flood, int64_t begin)
{
	if (flood->pressed || nanoseconds() - begin < (flood->keys + 1) * 30000000LL)
		return;
	flood->help = !flood->help;
	flood->pressed = nanoseconds();
	terminal_key(flood->terminal,
		     "?"); /* not Esc, of which a terminal's program must wait for the rest */
}

/* Seconds until all was answered. */
static double ride(struct flood *flood, const char *text, size_t length, int times)
{
	int64_t begin = nanoseconds();
	pid_t child = pour(flood->one, text, length, times);
	int status;

	while (flood->answers < FLOOD / 1000 * times && nanoseconds() - begin < 60000000000LL) {
		struct pollfd polled[2] = {
			{.fd = flood->one, .events = POLLIN},
			{.fd = terminal_descriptor(flood->terminal), .events = POLLIN}};

		poll(polled, 2, 5);
		read_replies(flood);
		read_screen(flood);
		press_key(flood, begin);
	}
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	return (double)(nanoseconds() - begin) / 1e9;
}

/* One flood; the coach must know its last line in the end. */
static double pour_into_a_coach(struct flood *flood, const char *text, size_t length, int times)
{
	double seconds;
	char last[64], forget[300];

	/* the call of the flood before was left open: asked whether to resume it, the coach would
	 * answer no key of ours */
	snprintf(forget, sizeof forget, "rm -rf '%s/state'", home_folder());
	assert_int_equal(system(forget), 0);
	*flood = (struct flood){.terminal = start_listening(24, 80), .one = connect_coach()};
	seconds = ride(flood, text, length, times);
	assert_int_equal(flood->answers, FLOOD / 1000 * times);
	assert_int_equal(flood->wrong, 0);
	if (flood->help)
		terminal_key(flood->terminal, "Esc");
	snprintf(last, sizeof last, "“line %d: I was", FLOOD - 2);
	assert_true(terminal_wait_text(flood->terminal, last));
	close(flood->one);
	home_leave(flood->terminal);
	return seconds;
}

/* The machine may be busy with something else: the best of some. */
static void a_backlog_is_taken_fast(void **state)
{
	struct flood flood;
	size_t length;
	char *text = make_backlog(&length);
	double seconds = 0, cjson = 0;

	(void)state;
	for (int i = 0; i == 0 || (MEASURED && i < 8 && cjson / seconds < 0.5); i++) {
		seconds = pour_into_a_coach(&flood, text, length, 1);
		cjson = (double)time_cjson(text, length) / 1e9;
	}
	print_message("%d lines: %.3f s, %.0f %% of cJSON's rate\n", FLOOD, seconds,
		      cjson / seconds * 100);
	assert_true(!MEASURED || cjson / seconds >= 0.5);
	free(text);
}

static void keys_are_not_delayed_by_a_flood(void **state)
{
	struct flood flood;
	size_t length;
	char *text = make_backlog(&length);
	double rate = 0; /* a second, but for those that a key asked for */
	int times = LONG_FLOOD;

	(void)state;
	for (int i = 0; i == 0 || (MEASURED && i < 8 && (rate > 60 || flood.slowest > 20000000));
	     i++) {
		double seconds;

		/* a fast machine is done with it before four keys are pressed: then a longer one */
		do {
			seconds = pour_into_a_coach(&flood, text, length, times);
			times *= 2;
		} while (flood.keys <= 3 && times <= LONG_FLOOD * 32);
		times /= 2;
		assert_true(flood.keys > 3);
		rate = ((double)flood.paints - flood.keys - 2) / seconds;
	}
	print_message("under a flood: %.0f paints a second and those of %d keys, the slowest key "
		      "%.1f ms\n",
		      rate, flood.keys, (double)flood.slowest / 1e6);
	assert_true(rate <= 60); /* a slow program, too, paints no more */
	assert_true(!MEASURED || flood.slowest <= 20000000);
	free(text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, home_make, home_remove)
	const struct CMUnitTest tests[] = {
		TEST(drives_a_call),
		TEST(the_marked_line_is_said),
		TEST(screens_open_and_give_way),
		TEST(writing_is_not_lost),
		TEST(quits_as_the_key_does),
		TEST(words_are_shown),
		TEST(hear_tells_what_is_wrong),
		TEST(hear_outlives_a_coach),
		TEST(words_come_round),
		TEST(silence_is_told),
		TEST(watching),
		TEST(a_backlog_is_taken_fast),
		TEST(keys_are_not_delayed_by_a_flood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
