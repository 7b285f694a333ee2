#include "base/buffer.h"
#include "base/json.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "call/calendar.h"
#include "call/promise.h"
#include "call/when.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/config.h"
#include "command/place.h"
#include "journal/journal.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum which { WHICH_OPEN, WHICH_DUE, WHICH_OVERDUE, WHICH_ALL };
enum form { FORM_TEXT, FORM_JSON, FORM_EVENTS, FORM_TODOS };

struct promises {
	struct config config;
	struct arena arena;
	struct promise_list list;
	const char *folder; /* of the journal, or NULL */
	int64_t now;
	enum which which;
	enum form form;
	const char *beyond; /* --and, or NULL */
};

static bool take(void *context, const struct event *event)
{
	promise_apply(context, event);
	return true;
}

static void read_journal(struct promises *promises)
{
	struct problem_list problems = {.arena = &promises->arena};
	struct buffer out = {0};
	const char **files;
	size_t count;

	promises->folder = config_journal(&promises->config, &promises->arena);
	count = promises->folder ? journal_files(&promises->arena, promises->folder, 0, &files) : 0;
	for (size_t i = 0; i < count; i++)
		journal_read(files[i], take, &promises->list, &problems);
	for (size_t i = 0; i < problems.count; i++)
		problem_show(&problems.items[i], PROBLEM_HUMAN, &out);
	if (out.length)
		fputs(out.text, stderr);
	buffer_free(&out);
}

/* --- Listing --- */

static bool is_wanted(const struct promises *promises, const struct promise *promise)
{
	enum promise_state state = promise_state(promise, promises->now);

	if (promise->taken_back)
		return false;
	switch (promises->which) {
	case WHICH_DUE: return state == PROMISE_DUE;
	case WHICH_OVERDUE: return state == PROMISE_OVERDUE;
	case WHICH_ALL: return true;
	case WHICH_OPEN: break;
	}
	return state <= PROMISE_OPEN;
}

struct row {
	const struct promise *promise;
	size_t number; /* from 1 */
	enum promise_state state;
};

/* By state, then by when they are due, those without a time last; then as made. */
static int compare_rows(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	int64_t a_due = a->promise->due ? a->promise->due : INT64_MAX;
	int64_t b_due = b->promise->due ? b->promise->due : INT64_MAX;

	if (a->state != b->state)
		return a->state < b->state ? -1 : 1;
	if (a_due != b_due)
		return a_due < b_due ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static size_t select_rows(struct promises *promises, struct row **rows)
{
	size_t count = 0;

	*rows = arena_alloc(&promises->arena, promises->list.count * sizeof **rows);
	for (size_t i = 0; i < promises->list.count; i++) {
		const struct promise *promise = promises->list.items[i];

		if (is_wanted(promises, promise))
			(*rows)[count++] =
				(struct row){promise, i + 1, promise_state(promise, promises->now)};
	}
	if (count > 0)
		qsort(*rows, count, sizeof **rows, compare_rows);
	return count;
}

static const char *state_words(enum promise_state state)
{
	return C_("promise", promise_state_name(state));
}

#define DUE_COLUMNS 17 /* "Fri 27 Nov 17:00", as long as most are */

/* Columns for when they are due. */
static int due_columns(const struct promises *promises, const struct row *rows, size_t count)
{
	int wide = DUE_COLUMNS;

	for (size_t i = 0; i < count; i++) {
		char due[WHEN_TEXT_BYTES];

		when_show(rows[i].promise->due, rows[i].promise->zone, promises->now, due);
		if (text_width(due) > wide)
			wide = text_width(due);
	}
	return wide;
}

static void put_text(const struct promises *promises, const struct row *rows, size_t count,
		     struct buffer *out)
{
	int wide = due_columns(promises, rows, count);

	for (size_t i = 0; i < count; i++) {
		const struct promise *promise = rows[i].promise;
		const char *customer = promise_customer(promise);
		char due[WHEN_TEXT_BYTES];

		when_show(promise->due, promise->zone, promises->now, due);
		if (i == 0 || rows[i].state != rows[i - 1].state)
			buffer_format(out, "%s%s\n", i ? "\n" : "",
				      rows[i].state == PROMISE_DUE ? _("due today")
								   : state_words(rows[i].state));
		buffer_format(out, "%4zu  %s%*s  %s%s%s%s", rows[i].number, due,
			      wide > text_width(due) ? wide - text_width(due) : 0, "",
			      promise->text, customer ? " (" : "", customer ? customer : "",
			      customer ? ")" : "");
		if (promise->beyond && rows[i].state == PROMISE_EXCEEDED)
			buffer_format(out, _(", and %s"), promise->beyond);
		buffer_text(out, "\n");
	}
	if (count == 0)
		buffer_text(out, promises->which == WHICH_ALL ? _("no promise was made\n")
							      : _("no promise is waiting\n"));
}

static void put_time(struct json_writer *writer, const char *name, int64_t ms, const char *zone)
{
	char text[WHEN_TEXT_BYTES];

	when_iso(ms, zone, text);
	if (*text)
		json_put_text(writer, name, text);
}

static void put_json(const struct row *rows, size_t count, struct buffer *out)
{
	struct json_writer writer = {.out = out};

	json_open(&writer, NULL, '[');
	for (size_t i = 0; i < count; i++) {
		const struct promise *promise = rows[i].promise;

		json_open(&writer, NULL, '{');
		json_put_number(&writer, "number", (double)rows[i].number);
		json_put_text(&writer, "promise", promise->name);
		json_put_text(&writer, "state", promise_state_name(rows[i].state));
		json_put_text(&writer, "text", promise->text);
		if (promise_customer(promise))
			json_put_text(&writer, "customer", promise_customer(promise));
		put_time(&writer, "made", promise->made, promise->zone);
		put_time(&writer, "due", promise->due, promise->zone);
		put_time(&writer, "settled", promise->settled, promise->zone);
		if (promise->beyond)
			json_put_text(&writer, "beyond", promise->beyond);
		json_close(&writer, '}');
	}
	json_close(&writer, ']');
	buffer_text(out, "\n");
}

static void put_calendar(enum calendar_kind kind, const struct row *rows, size_t count,
			 struct buffer *out)
{
	size_t timeless = 0;

	calendar_open(out);
	for (size_t i = 0; i < count; i++)
		timeless += !calendar_add(rows[i].promise, kind, out);
	calendar_close(out);
	if (timeless > 0)
		fprintf(stderr,
			_("talktrack: left out: %zu without a time (--ics=todos has them)\n"),
			timeless);
}

static int list(struct promises *promises)
{
	struct buffer out = {0};
	struct row *rows;
	size_t count = select_rows(promises, &rows);
	int status;

	switch (promises->form) {
	case FORM_TEXT: put_text(promises, rows, count, &out); break;
	case FORM_JSON: put_json(rows, count, &out); break;
	case FORM_EVENTS: put_calendar(CALENDAR_EVENTS, rows, count, &out); break;
	case FORM_TODOS: put_calendar(CALENDAR_TODOS, rows, count, &out); break;
	}
	status = fputs(out.text, stdout) >= 0 && fflush(stdout) == 0 ? EXIT_FINE : EXIT_PROBLEMS;
	buffer_free(&out);
	return status;
}

/* --- Keeping and breaking --- */

static const struct promise *find(const struct promises *promises, const char *name)
{
	char *end;
	unsigned long number = strtoul(name, &end, 10);
	const struct promise *promise = NULL;

	if (*end || *name < '0' || *name > '9')
		return promise_find(&promises->list, name);
	if (number >= 1 && number <= promises->list.count)
		promise = promises->list.items[number - 1];
	return promise && !promise->taken_back ? promise : NULL;
}

/* Writes an event down and takes it in. */
static bool record(struct promises *promises, const struct event *event)
{
	struct journal journal;
	bool good;

	journal_open(&journal, promises->folder);
	good = journal_append(&journal, event);
	if (good)
		promise_apply(&promises->list, event);
	else
		fprintf(stderr, "talktrack: %s\n", journal.message);
	journal_close(&journal);
	return good;
}

static bool reopen(struct promises *promises, const struct promise *promise)
{
	/* it may have been kept, then broken: each is taken back */
	while (promise->settled != 0) {
		struct event event = promise_reopen(promise, promises->now);

		if (!record(promises, &event))
			return false;
	}
	return true;
}

static bool settle(struct promises *promises, const struct promise *promise, const char *how)
{
	struct arena *arena = &promises->arena;
	const char *beyond = promises->beyond;
	struct event event;

	if (strcmp(how, "reopen") == 0)
		return reopen(promises, promise);
	if (beyond)
		beyond = text_clean(arena, beyond, strlen(beyond));
	if (beyond && strlen(beyond) > EVENT_TEXT_BYTES)
		beyond = arena_copy(arena, beyond,
				    text_previous(beyond, strlen(beyond), EVENT_TEXT_BYTES));
	event = strcmp(how, "keep") == 0 ? promise_settle(promise, promises->now, beyond)
					 : promise_break(promise, promises->now);
	return record(promises, &event);
}

static int change(struct promises *promises, const char *how, const char *name)
{
	const struct promise *promise = find(promises, name);
	bool keep = strcmp(how, "keep") == 0;

	if (!promise) {
		fprintf(stderr,
			_("talktrack: no promise \"%s\"; talktrack promises --all lists them\n"),
			name);
		return EXIT_PROBLEMS;
	}
	/* said twice: nothing new to write down */
	if ((promise->settled == 0 && strcmp(how, "reopen") == 0) ||
	    (promise->settled != 0 && keep && !promise->broken && !promises->beyond) ||
	    (promise->settled != 0 && promise->broken && strcmp(how, "break") == 0))
		printf(_("it is so already: %s: %s\n"),
		       state_words(promise_state(promise, promises->now)), promise->text);
	else if (settle(promises, promise, how))
		printf("%s: %s\n", state_words(promise_state(promise, promises->now)),
		       promise->text);
	else
		return EXIT_PROBLEMS;
	return fflush(stdout) == 0 ? EXIT_FINE : EXIT_PROBLEMS;
}

/* --- The command --- */

static bool read_options(const struct command *command, int argc, char **argv,
			 struct promises *promises)
{
	static const struct option longs[] = {
		{"due", no_argument, NULL, 'D'},
		{"overdue", no_argument, NULL, 'O'},
		{"all", no_argument, NULL, 'A'},
		{"json", no_argument, NULL, 'J'},
		{"ics", optional_argument, NULL, 'I'},
		{"and", required_argument, NULL, '+'},
		{NULL, 0, NULL, 0},
	};
	int option;

	while ((option = command_option(command, argc, argv, "", longs)) != -1)
		switch (option) {
		case 'D': promises->which = WHICH_DUE; break;
		case 'O': promises->which = WHICH_OVERDUE; break;
		case 'A': promises->which = WHICH_ALL; break;
		case 'J': promises->form = FORM_JSON; break;
		case 'I':
			if (optarg && strcmp(optarg, "todos") != 0 && strcmp(optarg, "events") != 0)
				return false;
			promises->form = optarg && *optarg == 't' ? FORM_TODOS : FORM_EVENTS;
			break;
		case '+': promises->beyond = optarg; break;
		default: return false;
		}
	return true;
}

/* keep, break or reopen, and a name; or nothing. */
static bool is_understood(const struct promises *promises, int count, char **words)
{
	bool listing = promises->which != WHICH_OPEN || promises->form != FORM_TEXT;

	if (count == 0)
		return !promises->beyond;
	if (count != 2 || listing)
		return false;
	if (strcmp(words[0], "keep") == 0)
		return true;
	return !promises->beyond &&
	       (strcmp(words[0], "break") == 0 || strcmp(words[0], "reopen") == 0);
}

static int run(const struct command *command, int argc, char **argv)
{
	struct promises promises = {.now = (int64_t)time(NULL) * 1000};
	int status;

	if (!read_options(command, argc, argv, &promises) ||
	    !is_understood(&promises, argc - optind, argv + optind))
		return command_usage(command);
	if (!place_locale_or_tell())
		return EXIT_PROBLEMS;
	config_open_and_tell(&promises.config, NULL);
	read_journal(&promises);
	if (optind < argc)
		status = change(&promises, argv[optind], argv[optind + 1]);
	else
		status = list(&promises);
	promise_list_free(&promises.list);
	arena_free(&promises.arena);
	config_close(&promises.config);
	return status;
}

const struct command promises_command = {
	.name = "promises",
	.usage = "[--due|--overdue|--all] [--json|--ics[=events|todos]]\n"
		 "       talktrack promises keep NAME|NUMBER [--and TEXT]\n"
		 "       talktrack promises break|reopen NAME|NUMBER",
	.summary = N_("what was promised: due, overdue, kept, broken"),
	.run = run,
};
