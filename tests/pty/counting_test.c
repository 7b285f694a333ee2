/* The real program in Bengali, on terminals that count its signs otherwise than wcwidth: whatever
 * is open, frames stand straight, nothing is lost or left over, the cursor is behind what is typed.
 * libvterm, which counts as wcwidth, says what should be seen. $TALKTRACK is the program. */
#include "counting.h"
#include "home.h"
#include "terminal.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define COLUMNS_MOST 200

static const char playbook[] =
	"talktrack: 1\n"
	"title: রাগান্বিত গ্রাহক\n"
	"language: bn\n"
	"slots:\n"
	"  customer: {ask: গ্রাহকের নাম}\n"
	"  issue: {ask: কী হয়েছে}\n"
	"steps:\n"
	"  - {id: reflect, title: ফিরিয়ে বলা, hint: যা শুনলেন তা ফিরিয়ে বলুন}\n"
	"  - {id: validate, title: স্বীকৃতি}\n"
	"  - {id: empathize, title: সহমর্মিতা}\n"
	"channels:\n"
	"  - {name: টেলিফোন, reach: 0800 123 456, for: যে কোনো প্রশ্ন}\n"
	"situations:\n"
	"  - id: unheard\n"
	"    title: কথা শোনা হয়নি\n"
	"    goal: সমাধানের আগে রাগটা পুরো শোনা\n"
	"    do: [কথা শেষ হতে দিন]\n"
	"    say:\n"
	"      reflect:\n"
	"        - মানে কিছু একটা ঠিকমতো হয়নি, <customer>, আর যতবার বলতে গেছেন, কেউ থামিয়ে দিয়েছে।\n"
	"        - এখনই কোনো সমাধানে যাচ্ছি না। আগে পুরোটা শুনতে চাই।\n"
	"      validate:\n"
	"        - রাগ হওয়াটা স্বাভাবিক। ঘটনাটা সত্যি ছিল।\n"
	"      empathize:\n"
	"        - আমি দুঃখিত। এটা ছোট ব্যাপার ছিল না।\n"
	"  - id: waiting\n"
	"    title: বাংলায় অপেক্ষা\n"
	"    goal: কতক্ষণ লাগবে তা বলা\n"
	"    say:\n"
	"      reflect:\n"
	"        - অনেকক্ষণ ধরে লাইনে আছেন, কেউ ধরেনি।\n"
	"      validate:\n"
	"        - এতক্ষণ অপেক্ষা করলে যে কারও বিরক্ত লাগবে।\n";

static struct terminal *start(const char *term, int rows, int columns)
{
	static int calls; /* each with a journal of its own: none is resumed */
	char journal[600], kind[64];
	const char *more[] = {journal, kind, NULL};

	home_write("bangla.yaml", playbook);
	snprintf(journal, sizeof journal, "XDG_STATE_HOME=%s/%d", home_folder(), calls++);
	snprintf(kind, sizeof kind, "TERM=%s", term);
	return home_start(&(struct home_coach){.library = home_path("bangla.yaml"),
					       .rows = rows,
					       .columns = columns,
					       .more = more});
}

/* A terminal, and the same bytes on one of another kind. */
struct pair {
	struct terminal *terminal;
	struct counting other;
	size_t taken;	  /* bytes that the other has had */
	const char *text; /* to wait for */
	const char *fault;
};

static void row_of(struct terminal *terminal, int row, struct counting_row *wanted)
{
	bool shown;
	int cursor_row, cursor_column;

	for (int column = 0; column < wanted->columns; column++) {
		struct terminal_cell cell = terminal_cell(terminal, row, column);
		struct counting_cell *to = &wanted->cells[column];

		snprintf(to->text, sizeof to->text, "%s", *cell.text ? cell.text : " ");
		to->reverse = cell.reverse;
		to->underline = cell.underline;
	}
	terminal_cursor(terminal, &cursor_row, &cursor_column, &shown);
	/* at the edge stands only a cursor that the program cannot hide */
	wanted->cursor = shown && cursor_row == row && cursor_column + 1 < wanted->columns
				 ? cursor_column
				 : -1;
}

/* The text stands there, and the other terminal shows the same as well as it can. */
static bool is_right(struct terminal *terminal, void *context)
{
	struct pair *pair = context;
	struct counting_cell cells[COLUMNS_MOST];
	struct counting_row wanted = {.cells = cells};
	size_t length;
	int rows;
	const char *bytes = terminal_bytes(terminal, &length);

	counting_take(&pair->other, bytes + pair->taken, length - pair->taken);
	pair->taken = length;
	pair->fault = *pair->other.strange ? pair->other.strange : NULL;
	terminal_size(terminal, &rows, &wanted.columns);
	for (int row = 0; row < rows && !pair->fault; row++) {
		row_of(terminal, row, &wanted);
		pair->fault = counting_fault(&pair->other, row, &wanted);
	}
	return !pair->fault && terminal_find(terminal, pair->text, NULL, NULL);
}

static void shows(struct pair *pair, const char *text)
{
	pair->text = text;
	if (!terminal_wait(pair->terminal, is_right, pair, TERMINAL_PATIENCE_MS))
		fail_msg("%s: %s", text, pair->fault ? pair->fault : "not to be seen");
}

/* After a change of size the program begins with an empty screen. */
static void resize(struct pair *pair, int rows, int columns)
{
	terminal_resize(pair->terminal, rows, columns);
	assert_true(counting_resize(&pair->other, rows, columns));
}

static void take_a_call(enum counting_kind kind, const char *term, int rows, int columns)
{
	struct pair pair = {.terminal = start(term, rows, columns)};
	struct terminal *terminal = pair.terminal;

	assert_non_null(terminal);
	assert_true(counting_begin(&pair.other, kind, rows, columns));
	shows(&pair, "কথা শোনা হয়নি");
	terminal_key(terminal, "Down");
	shows(&pair, rows > 20 ? "অনেকক্ষণ ধরে" : "বাংলায় অপেক্ষা");
	terminal_keys(terminal, "Up 1");
	shows(&pair, "▸ মানে কিছু একটা");
	terminal_key(terminal, "f");
	terminal_type(terminal, "রহিমা খাতুন ");
	shows(&pair, "রহিমা খাতুন");
	terminal_keys(terminal, "Left Left BS");
	shows(&pair, "রহিমা খান");
	terminal_keys(terminal, "Enter Esc /");
	terminal_type(terminal, "অপেক্ষা");
	shows(&pair, "বিরক্ত");
	terminal_keys(terminal, "Esc Down");
	shows(&pair, "▸ এখনই");
	terminal_key(terminal, "c");
	shows(&pair, "টেলিফোন");
	terminal_keys(terminal, "Esc g");
	shows(&pair, "কথা শেষ হতে");
	terminal_key(terminal, "Esc");
	resize(&pair, 30, 100);
	shows(&pair, "রাগ হওয়াটা");
	resize(&pair, 18, 44);
	shows(&pair, "▸ এখনই");
	terminal_keys(terminal, "Enter q q");
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	assert_int_equal(terminal_status(terminal), 0);
	assert_null(terminal_leftover(terminal));
	counting_end(&pair.other);
	terminal_end(terminal);
}

static void frames_stand_at_every_size(void **state)
{
	static const int sizes[][2] = {{24, 80}, {40, 120}, {20, 40}};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		for (int kind = 0; kind < COUNTING_KINDS; kind++)
			take_a_call((enum counting_kind)kind, "xterm-256color", sizes[i][0],
				    sizes[i][1]);
}

/* Other capabilities: no colours, fewer attributes, another way to say them. */
static void frames_stand_on_any_terminal(void **state)
{
	static const char *const terms[] = {"linux", "screen", "vt100", "xterm-mono"};

	(void)state;
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
		take_a_call(COUNTING_FIRST, terms[i], 24, 80);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_stand_at_every_size),
		cmocka_unit_test(frames_stand_on_any_terminal),
	};

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests(tests, home_make, home_remove);
}
