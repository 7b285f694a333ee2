/* Linked with --wrap=write, so that writes can fail as disks do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/problem.h"
#include "call/event.h"
#include "journal/journal.h"

#define CALL_A "0193c0de-0000-7000-8000-00000000000a"
#define CALL_B "0193c0de-0000-7000-8000-00000000000b"
#define NOON INT64_C(1795262400000) /* 2026-11-21 12:00 UTC */
#define DAY INT64_C(86400000)

ssize_t __real_write(int file, const void *bytes, size_t length);
ssize_t __wrap_write(int file, const void *bytes, size_t length);

/* What the next writes do: take so many bytes, or fail with an error. Past the end they work. */
struct fault {
	size_t most;	      /* 0: none at all */
	const char *intruder; /* what someone else appends to the file after it, or NULL */
	int error;	      /* 0: a short write */
	bool deadly;	      /* the process is killed after it */
};

static const struct fault *faults;
static size_t fault_count;
static size_t writes;

ssize_t __wrap_write(int file, const void *bytes, size_t length)
{
	writes++;
	if (fault_count == 0)
		return __real_write(file, bytes, length);
	struct fault fault = *faults++;
	fault_count--;
	ssize_t done = -1;
	if (fault.error == 0)
		done = __real_write(file, bytes, fault.most < length ? fault.most : length);
	if (fault.intruder != NULL)
		assert_true(__real_write(file, fault.intruder, strlen(fault.intruder)) > 0);
	if (fault.deadly)
		raise(SIGKILL);
	errno = fault.error;
	return done;
}

static void set_faults(const struct fault *list, size_t count)
{
	faults = list;
	fault_count = count;
	writes = 0;
}

/* A folder of its own for each test, and what was read back from it. */
struct desk {
	char root[64];
	char folder[96];
	char file[128];
	struct arena arena;
	struct problem_list problems;
	char events[4096]; /* "texts of the notes" with blanks behind */
};

static void append_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "a");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static char *slurp(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	char *text = arena_alloc(arena, 1 << 20);
	size_t length = fread(text, 1, (1 << 20) - 1, file);
	text[length] = '\0';
	fclose(file);
	return text;
}

static int desk_open(void **state)
{
	struct desk *desk = calloc(1, sizeof(*desk));
	if (desk == NULL)
		return -1;
	snprintf(desk->root, sizeof(desk->root), "/tmp/talktrack-journal-XXXXXX");
	if (mkdtemp(desk->root) == NULL)
		return -1;
	snprintf(desk->folder, sizeof(desk->folder), "%s/a/b/journal", desk->root);
	snprintf(desk->file, sizeof(desk->file), "%s/2026-11-21.jsonl", desk->folder);
	desk->problems.arena = &desk->arena;
	set_faults(NULL, 0);
	*state = desk;
	return 0;
}

static int desk_close(void **state)
{
	struct desk *desk = *state;
	char command[128];
	snprintf(command, sizeof(command), "rm -rf '%s'", desk->root);
	int failed = system(command);
	arena_free(&desk->arena);
	free(desk);
	return failed;
}

static struct event note(const char *call, int64_t t, const char *text)
{
	struct event event = {.t = t, .kind = EVENT_NOTE_ADDED, .text = text};
	snprintf(event.call, sizeof(event.call), "%s", call);
	return event;
}

static bool add(struct journal *journal, int64_t t, const char *text)
{
	struct event event = note(CALL_A, t, text);
	return journal_append(journal, &event);
}

static bool take(void *context, const struct event *event)
{
	struct desk *desk = context;
	const char *text = event->kind == EVENT_NOTE_ADDED ? event->text : event_name(event->kind);
	size_t length = strlen(desk->events);
	snprintf(desk->events + length, sizeof(desk->events) - length, "%.16s ", text);
	return strcmp(text, "stop") != 0;
}

/* The notes of a file, and how many problems there were. */
static void holds(struct desk *desk, const char *file, const char *expected, size_t problems)
{
	desk->events[0] = '\0';
	desk->problems.count = 0;
	assert_true(journal_read(file, take, desk, &desk->problems));
	assert_string_equal(desk->events, expected);
	assert_int_equal(desk->problems.count, problems);
}

static void touches_nothing_before_the_first_event(void **state)
{
	struct desk *desk = *state;
	struct journal journal;
	journal_open(&journal, desk->folder);
	assert_true(journal_retry(&journal));
	journal_close(&journal);
	assert_int_equal(access(desk->folder, F_OK), -1);
	const char **files;
	assert_int_equal(journal_files(&desk->arena, desk->folder, 0, &files), 0);
}

static void one_write_a_line(void **state)
{
	struct desk *desk = *state;
	struct journal journal;
	struct stat status;
	journal_open(&journal, desk->folder);
	set_faults(NULL, 0);
	assert_true(add(&journal, NOON, "one"));
	assert_true(add(&journal, NOON + 1, "two"));
	assert_int_equal(writes, 2);
	assert_string_equal(journal.day, "2026-11-21");
	holds(desk, desk->file, "one two ", 0);
	assert_int_equal(stat(desk->file, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(stat(desk->folder, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	journal_close(&journal);
}

static void a_file_a_day(void **state)
{
	struct desk *desk = *state;
	struct journal journal;
	const char **files;
	journal_open(&journal, desk->folder);
	static const struct fault full[] = {{.error = ENOSPC}, {.error = ENOSPC}};
	assert_true(add(&journal, NOON + DAY / 2 - 1, "one"));
	set_faults(full, 2);
	assert_false(add(&journal, NOON + DAY / 2 - 1, "two"));
	assert_false(add(&journal, NOON + DAY / 2, "three"));
	assert_true(add(&journal, NOON + DAY, "four"));
	assert_true(add(&journal, NOON + 2 * DAY, "five"));
	journal_close(&journal);
	append_text(desk->file, "");
	char other[160];
	snprintf(other, sizeof(other), "%s/2026-11-22.jsonl~", desk->folder);
	append_text(other, "x");
	assert_int_equal(journal_files(&desk->arena, desk->folder, 0, &files), 3);
	assert_string_equal(files[0], desk->file);
	holds(desk, files[0], "one two ", 0);
	holds(desk, files[1], "three four ", 0);
	holds(desk, files[2], "five ", 0);
	assert_int_equal(journal_files(&desk->arena, desk->folder, 2, &files), 2);
	holds(desk, files[0], "three four ", 0);
	assert_int_equal(journal_files(&desk->arena, desk->folder, 9, &files), 3);
}

static void failed_writes_wait(void **state)
{
	struct desk *desk = *state;
	static const int errors[] = {ENOSPC, EIO, EROFS, EDQUOT, EFBIG};
	struct journal journal;
	journal_open(&journal, desk->folder);
	for (size_t i = 0; i < 5; i++) {
		const struct fault fault[] = {{.error = errors[i]}, {.error = errors[i]}};
		set_faults(fault, 2);
		assert_false(add(&journal, NOON, "one"));
		assert_false(add(&journal, NOON, "two"));
		assert_int_equal(journal.waiting_count, 2);
		assert_non_null(strstr(journal.message, desk->file));
		assert_non_null(strstr(journal.message, strerror(errors[i]) + 1));
		assert_true(add(&journal, NOON, "three"));
		assert_string_equal(journal.message, "");
		assert_int_equal(journal.waiting_count, 0);
	}
	const struct fault interrupted[] = {{.error = EINTR}, {.error = EINTR}, {.error = EIO}};
	set_faults(interrupted, 2);
	assert_true(add(&journal, NOON, "four"));
	set_faults(interrupted + 2, 1);
	assert_false(add(&journal, NOON, "five"));
	assert_true(journal_retry(&journal));
	journal_close(&journal);
	holds(desk, desk->file,
	      "one two three one two three one two three one two three one two three four five ",
	      0);
}

/* Whatever part of a line goes out before the disk is full, each line is there once. */
static void short_writes_go_on(void **state)
{
	struct desk *desk = *state;
	struct journal journal;
	for (size_t most = 1; most < 90; most += 4) {
		journal_open(&journal, desk->folder);
		const struct fault list[] = {
			{.most = most}, {.error = ENOSPC}, {.error = ENOSPC},
			{.most = 3},	{.error = EINTR},  {.most = 1},
		};
		set_faults(list, 6);
		assert_false(add(&journal, NOON, "one"));
		assert_false(add(&journal, NOON + 1, "two"));
		assert_true(add(&journal, NOON + 2, "three"));
		journal_close(&journal);
		holds(desk, desk->file, "one two three ", 0);
		unlink(desk->file);
	}
}

static void someone_else_writes_between(void **state)
{
	struct desk *desk = *state;
	struct journal journal;
	static const char theirs[] = "\n{\"t\":1,\"call\":\"" CALL_B
				     "\",\"event\":\"note_added\",\"text\":\"theirs\"}\n";
	for (size_t most = 1; most < 90; most += 4) {
		journal_open(&journal, desk->folder);
		const struct fault list[] = {{.most = most, .intruder = theirs}, {.error = ENOSPC}};
		set_faults(list, 2);
		assert_false(add(&journal, NOON, "one"));
		assert_true(add(&journal, NOON + 1, "two"));
		journal_close(&journal);
		holds(desk, desk->file, "theirs one two ", 1);
		unlink(desk->file);
	}
	/* They leave a torn line behind. */
	journal_open(&journal, desk->folder);
	const struct fault torn[] = {{.error = EINTR, .intruder = "{\"t\":1,\"call"}};
	set_faults(torn, 1);
	assert_true(add(&journal, NOON, "one"));
	append_text(desk->file, "{\"t\":2");
	assert_true(add(&journal, NOON + 1, "two"));
	holds(desk, desk->file, "one two ", 2);
	journal_close(&journal);
}

static void a_torn_end_is_kept_apart(void **state)
{
	struct desk *desk = *state;
	struct journal journal;
	journal_open(&journal, desk->folder);
	assert_true(add(&journal, NOON, "one"));
	journal_close(&journal);
	append_text(desk->file, "{\"t\":17952624");
	holds(desk, desk->file, "one ", 1);
	assert_int_equal(desk->problems.items[0].place.line, 2);
	assert_string_equal(desk->problems.items[0].message, "the last line is torn");
	journal_open(&journal, desk->folder);
	assert_true(add(&journal, NOON + 1, "two"));
	journal_close(&journal);
	holds(desk, desk->file, "one two ", 1);
}

static void the_folder_is_taken_away(void **state)
{
	struct desk *desk = *state;
	struct journal journal;
	char away[128], later[160];
	snprintf(away, sizeof(away), "%s/away", desk->root);
	snprintf(later, sizeof(later), "%s/2026-11-22.jsonl", desk->folder);
	struct event started = {.t = NOON, .call = CALL_A, .kind = EVENT_CALL_STARTED};
	journal_open(&journal, desk->folder);
	assert_true(add(&journal, NOON - 1, "before"));
	assert_true(journal_append(&journal, &started));
	assert_true(add(&journal, NOON + 1, "one"));
	assert_int_equal(rename(desk->folder, away), 0);

	/* The call that is open is put into the new file from its beginning. */
	assert_true(add(&journal, NOON + 2, "two"));
	assert_true(add(&journal, NOON + 3, "three"));
	holds(desk, desk->file, "call_started one two three ", 0);

	/* Someone has saved the file anew: nothing is put twice. */
	char *text = slurp(&desk->arena, desk->file);
	unlink(desk->file);
	append_text(desk->file, text);
	assert_true(add(&journal, NOON + 4, "four"));
	holds(desk, desk->file, "call_started one two three four ", 0);

	/* Gone, and no folder can be made for a while. */
	snprintf(away, sizeof(away), "%s/a", desk->root);
	assert_int_equal(rename(away, later), -1);
	unlink(desk->file);
	assert_int_equal(rmdir(desk->folder), 0);
	append_text(desk->folder, "a file");
	assert_false(add(&journal, NOON + 5, "five"));
	assert_non_null(strstr(journal.message, "ot a directory"));
	assert_false(add(&journal, NOON + DAY, "six"));
	unlink(desk->folder);
	assert_true(journal_retry(&journal));
	holds(desk, desk->file, "call_started one two three four five ", 0);
	holds(desk, later, "six ", 0);
	journal_close(&journal);
}

static void no_regular_file(void **state)
{
	struct desk *desk = *state;
	struct journal journal;
	journal_open(&journal, desk->root);
	snprintf(desk->file, sizeof(desk->file), "%s/2026-11-21.jsonl", desk->root);
	assert_int_equal(mkfifo(desk->file, 0600), 0);
	assert_false(add(&journal, NOON, "one"));
	assert_non_null(strstr(journal.message, "not a regular file"));
	assert_false(journal_read(desk->file, take, desk, &desk->problems));
	assert_false(journal_read(desk->root, take, desk, &desk->problems));
	assert_false(journal_read("/dev/zero", take, desk, &desk->problems));
	assert_false(journal_read("/no/such/file", take, desk, &desk->problems));
	assert_int_equal(desk->problems.errors, 4);
	unlink(desk->file);
	assert_true(journal_retry(&journal));
	holds(desk, desk->file, "one ", 0);
	journal_close(&journal);
}

static void reads_what_is_ours(void **state)
{
	struct desk *desk = *state;
	struct journal journal;
	journal_open(&journal, desk->folder);
	assert_true(add(&journal, NOON, "one"));
	append_text(desk->file, "\n   \r\nnonsense\n[1,2]\n{\"t\":1}\n\x80\xff\n");
	append_text(desk->file, "{\"t\":1,\"call\":\"" CALL_A "\",\"event\":\"sung\"}\n");
	assert_true(add(&journal, NOON, "two"));
	static char filler[1 << 20];
	memset(filler, 'x', sizeof(filler) - 1);
	filler[JOURNAL_LINE_BYTES + 5] = '\0';
	append_text(desk->file, filler);
	append_text(desk->file, "\n");
	assert_true(add(&journal, NOON, "three"));
	filler[JOURNAL_LINE_BYTES + 5] = 'x';
	append_text(desk->file, filler);
	append_text(desk->file, "\n");
	assert_true(add(&journal, NOON, "four"));
	holds(desk, desk->file, "one two three four ", 7);
	static const int lines[] = {4, 5, 6, 7, 8, 10, 12};
	for (size_t i = 0; i < 7; i++)
		assert_int_equal(desk->problems.items[i].place.line, lines[i]);
	assert_string_equal(desk->problems.items[4].message,
			    "the line is no event: \"event\" is not an event of talktrack");

	/* A last line that is whole but for its newline counts; take can stop. */
	append_text(desk->file,
		    "{\"t\":1,\"call\":\"" CALL_A "\",\"event\":\"note_added\",\"text\":\"stop\"}");
	holds(desk, desk->file, "one two three four stop ", 7);
	assert_true(add(&journal, NOON, "five"));
	holds(desk, desk->file, "one two three four stop ", 7);
	journal_close(&journal);
}

static void the_longest_event_comes_back(void **state)
{
	struct desk *desk = *state;
	struct journal journal;
	static char text[EVENT_TEXT_BYTES + 1];
	memset(text, '"', EVENT_TEXT_BYTES);
	journal_open(&journal, desk->folder);
	assert_true(add(&journal, NOON, text));
	journal_close(&journal);
	holds(desk, desk->file, "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\" ", 0);
}

/* Killed at any write, before it, within it or behind it: what journal_append said is written is
 * there, and the next coach goes on behind it. */
static void killed_it_loses_nothing(void **state)
{
	struct desk *desk = *state;
	size_t said = 0, torn = 0;
	for (size_t moment = 0; moment < 24; moment++) {
		static const size_t parts[] = {0, 1, 40, 1000};
		struct fault list[6];
		int pipes[2];
		assert_int_equal(pipe(pipes), 0);
		pid_t child = fork();
		if (child == 0) {
			struct journal journal;
			journal_open(&journal, desk->folder);
			for (size_t i = 0; i < 6; i++)
				list[i] = (struct fault){.most = 1000};
			list[moment / 4].most = parts[moment % 4];
			list[moment / 4].deadly = true;
			set_faults(list, 6);
			for (int i = 0; i < 6; i++) {
				if (add(&journal, NOON + i, "n"))
					__real_write(pipes[1], "+", 1);
			}
			_exit(0);
		}
		close(pipes[1]);
		char marks[16];
		for (ssize_t got; (got = read(pipes[0], marks, sizeof(marks))) > 0;)
			said += (size_t)got;
		close(pipes[0]);
		int status;
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status));
		said += moment % 4 == 3; /* it was whole, though nobody could say so */
		torn += moment % 4 == 1 || moment % 4 == 2;
	}
	desk->problems.count = 0;
	assert_true(journal_read(desk->file, take, desk, &desk->problems));
	assert_int_equal(strlen(desk->events), 2 * said);
	assert_int_equal(desk->problems.count, torn);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)
	const struct CMUnitTest tests[] = {
		TEST(touches_nothing_before_the_first_event),
		TEST(one_write_a_line),
		TEST(a_file_a_day),
		TEST(failed_writes_wait),
		TEST(short_writes_go_on),
		TEST(someone_else_writes_between),
		TEST(a_torn_end_is_kept_apart),
		TEST(the_folder_is_taken_away),
		TEST(no_regular_file),
		TEST(reads_what_is_ours),
		TEST(the_longest_event_comes_back),
		TEST(killed_it_loses_nothing),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	setenv("TZ", "UTC0", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
