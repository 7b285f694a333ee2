/* What blit sends makes an independent terminal show the grid, frame after frame, whatever was
 * there before. */
#include "base/arena.h"
#include "base/text.h"
#include "counting.h"
#include "screen/blit.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include <cmocka.h>

#define ROWS 6
#define COLUMNS 30

enum {
	ALL = BLIT_CUP | BLIT_HPA | BLIT_VPA | BLIT_FEED | BLIT_ECH | BLIT_REP | BLIT_WAITS |
	      BLIT_ENDS
};

/* Plain ones first, then those that terminals differ about. */
static const char *const pieces[] = {"a", "b", " ", " ",  " ",	"│", "▸",
				     "✓", "é", "…", "漢", "ক্ষু", "া", "ব্ধ"};
enum { PLAIN_PIECES = 10, PIECES = sizeof pieces / sizeof *pieces };

static unsigned next(unsigned *random)
{
	return *random = *random * 1103515245u + 12345u, *random >> 16;
}

static void move(void *context, int row, int column, struct buffer *out)
{
	(void)context;
	buffer_format(out, "\033[%d;%dH", row + 1, column + 1);
}

static void describe(struct blit_terminal *terminal, unsigned can)
{
	*terminal = (struct blit_terminal){.move = move,
					   .can = can,
					   .erase = "\033[K",
					   .show = "\033[?25h",
					   .hide = "\033[?25l",
					   .ansi = true,
					   .plain = "\033[m"};
	for (int style = 0; style < STYLE_COUNT; style++) {
		terminal->inks[style] = style % 4 >= 2;
		snprintf(terminal->look[style], BLIT_LOOK_BYTES, "%s",
			 (const char *[]){"", "1", "4", "1;7", "36", "1;38;5;75", "4;35",
					  "7;38;5;203"}[style % 4 + style / 4 % 2 * 4]);
	}
}

/* Pieces anywhere, a few boxes of blanks and lines, more of them on larger grids. */
static void scribble(struct grid *grid, unsigned *random, unsigned choice)
{
	unsigned most = 12 + (unsigned)(grid->rows * grid->columns) / 60;

	for (unsigned i = next(random) % most; i > 0; i--) {
		const char *text = pieces[next(random) % choice];
		enum style style = (enum style)(next(random) % STYLE_COUNT);
		int row = (int)(next(random) % (unsigned)grid->rows);
		int column = (int)(next(random) % (unsigned)grid->columns);

		if (next(random) % 4 == 0)
			grid_fill(grid,
				  (struct rect){row, column, (int)(next(random) % 5),
						(int)(next(random) % 40)},
				  style);
		for (unsigned n = next(random) % 30; n > 0; n--)
			column +=
				grid_put(grid, row, column, grid->columns, text, strlen(text),
					 n % 7 ? style : (enum style)(next(random) % STYLE_COUNT));
	}
}

static void cell_text(const VTermScreenCell *cell, char text[64])
{
	size_t length = 0;

	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
		uint32_t c = cell->chars[i];

		if (c == (uint32_t)-1)
			break;
		if (c < 0x80) {
			text[length++] = (char)c;
		} else if (c < 0x800) {
			text[length++] = (char)(0xc0 | c >> 6);
			text[length++] = (char)(0x80 | (c & 0x3f));
		} else {
			text[length++] = (char)(0xe0 | c >> 12);
			text[length++] = (char)(0x80 | (c >> 6 & 0x3f));
			text[length++] = (char)(0x80 | (c & 0x3f));
		}
	}
	text[length] = '\0';
}

/* Of a look, as an emulator should have it: attributes as bits of their parameters, and the colour
 * or -1. Written to be read, not as the pen reads it. */
static unsigned look_bits(const char *look)
{
	char text[BLIT_LOOK_BYTES + 2];
	unsigned bits = 0;

	snprintf(text, sizeof text, ";%s;", look);
	for (unsigned bit = 1; bit < 8; bit++) {
		const char parameter[] = {';', (char)('0' + bit), ';', '\0'};
		const char *colour = strstr(text, ";38;5;"), *at = strstr(text, parameter);

		if (at && !(colour && at > colour && at < colour + strlen(";38;5")))
			bits |= 1u << bit;
	}
	return bits;
}

static int look_colour(const char *look)
{
	const char *tone = strstr(look, "38;5;"), *colour = strchr(look, '3');

	return tone ? atoi(tone + strlen("38;5;")) : colour ? atoi(colour) - 30 : -1;
}

static void shows(VTermScreen *screen, const struct grid *grid, const struct blit *blit)
{
	for (int row = 0; row < grid->rows; row++)
		for (int column = 0; column < grid->columns; column++) {
			const struct cell *want = &grid->cells[row * grid->columns + column];
			const char *look = blit->terminal.look[want->style];
			VTermPos place = {row, column};
			VTermScreenCell got;
			char text[64];
			bool blank = want->length == 1 && want->text[0] == ' ';

			vterm_screen_get_cell(screen, place, &got);
			cell_text(&got, text);
			if (want->width == 0)
				continue;
			if (blank ? strcmp(text, "") != 0 && strcmp(text, " ") != 0
				  : strlen(text) != want->length ||
					    memcmp(text, want->text, want->length) != 0)
				fail_msg("row %d column %d: \"%s\", not \"%.*s\"", row, column,
					 text, want->length, want->text);
			if (blank && !blit->terminal.inks[want->style]) {
				assert_false(got.attrs.reverse || got.attrs.underline);
				continue;
			}
			assert_int_equal(got.attrs.bold, look_bits(look) >> 1 & 1);
			assert_int_equal(got.attrs.underline != 0, look_bits(look) >> 4 & 1);
			assert_int_equal(got.attrs.blink, 0);
			assert_int_equal(got.attrs.reverse, look_bits(look) >> 7 & 1);
			assert_int_equal(VTERM_COLOR_IS_DEFAULT_FG(&got.fg) ? -1
									    : got.fg.indexed.idx,
					 look_colour(look));
		}
}

/* What one size and one kind of terminal make of random frames. Returns the bytes they took. */
static size_t follow(int rows, int columns, unsigned can, int frames, unsigned choice)
{
	VTerm *terminal = vterm_new(rows, columns);
	VTermScreen *screen = vterm_obtain_screen(terminal);
	struct arena frame = {0};
	struct blit blit = {0};
	struct grid grid;
	unsigned random = 7;
	size_t bytes = 0;

	vterm_set_utf8(terminal, 1);
	vterm_screen_reset(screen, 1);
	describe(&blit.terminal, can);
	blit_blank(&blit, rows, columns);
	for (int i = 0; i < frames; i++) {
		unsigned again = random;

		arena_reset(&frame);
		grid_make(&grid, &frame, rows, columns);
		/* often a little is added to what is there */
		scribble(&grid, &random, choice);
		if (again % 3)
			scribble(&grid, &random, choice);
		if (next(&random) % 3 == 0) {
			grid.cursor_row = (int)(next(&random) % (unsigned)rows);
			grid.cursor_column = (int)(next(&random) % (unsigned)columns);
		}
		buffer_clear(&blit.out);
		blit_frame(&blit, &grid);
		bytes += blit.out.length;
		vterm_input_write(terminal, blit.out.text ? blit.out.text : "", blit.out.length);
		shows(screen, &grid, &blit);
		if (grid.cursor_row >= 0) {
			VTermPos place;

			vterm_state_get_cursorpos(vterm_obtain_state(terminal), &place);
			assert_int_equal(place.row, grid.cursor_row);
			assert_int_equal(place.col, grid.cursor_column);
		}
		buffer_clear(&blit.out);
		blit_frame(&blit, &grid);
		assert_int_equal(blit.out.length, 0);
	}
	blit_free(&blit);
	arena_free(&frame);
	vterm_free(terminal);
	return bytes;
}

static void any_frame_follows_any_other(void **state)
{
	static const struct {
		int rows, columns, frames;
	} sizes[] = {{ROWS, COLUMNS, 600}, {1, 1, 50}, {2, 3, 200}, {24, 80, 150}, {60, 200, 30}};
	static const unsigned kinds[] = {ALL,
					 0,
					 BLIT_CUP,
					 BLIT_HPA,
					 ALL & ~BLIT_CUP,
					 ALL & ~BLIT_REP,
					 ALL & ~BLIT_ECH,
					 ALL & ~BLIT_WAITS,
					 ALL & ~(BLIT_FEED | BLIT_ENDS)};

	(void)state;
	for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
		for (int mixed = 0; mixed < 2; mixed++) {
			unsigned choice = mixed ? PIECES : PLAIN_PIECES;
			size_t least = 0;

			for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
				size_t bytes = follow(sizes[size].rows, sizes[size].columns,
						      kinds[kind], sizes[size].frames, choice);

				/* the first can all: nobody needs less */
				least = kind ? least : bytes;
				assert_true(bytes >= least);
			}
		}
}

/* Behind each Bengali letter the next cell is placed anew, so that a terminal may count as it
 * likes. */
static void borders_do_not_hang_on_widths(void **state)
{
	static const char text[] = "কো│";
	struct arena frame = {0};
	struct blit blit = {0};
	struct grid grid;

	(void)state;
	describe(&blit.terminal, 0);
	blit_blank(&blit, ROWS, COLUMNS);
	grid_make(&grid, &frame, ROWS, COLUMNS);
	grid_put(&grid, 0, 0, COLUMNS, text, strlen(text), STYLE_PLAIN);
	blit_frame(&blit, &grid);
	assert_non_null(strstr(blit.out.text, "\033[1;3H│"));
	blit_free(&blit);
	arena_free(&frame);
}

static const char *const words[] = {"গ্রাহকের", "রাগটা", "শোনা",	     "হয়নি",  "বাংলা", "দুঃখিত",
				    "ক্ষুব্ধ,",   "কো",	"talktrack", "ĉu",    "আজ?",   "“একটু",
				    "▸",       "",	"12",	     "নিচ্ছি।"};

/* One to four words; a blank at the end as often as one types it. */
static void say(char text[256], unsigned *random)
{
	*text = '\0';
	for (unsigned n = next(random) % 4 + 1; n > 0; n--) {
		strcat(text, words[next(random) % (sizeof words / sizeof *words)]);
		if (n > 1 || next(random) % 4 == 0)
			strcat(text, " ");
	}
}

/* A page as talktrack's are: panels side by side, text in them, now and then a bar or a field. */
static void compose(struct grid *grid, struct arena *frame, unsigned *random)
{
	static const enum style styles[] = {STYLE_PLAIN, STYLE_CURRENT, STYLE_SELECTED,
					    STYLE_INPUT};
	int middle = (int)(COLUMNS / 3 + next(random) % 8);
	int typed = next(random) % 2 ? (int)(next(random) % ROWS) : -1;

	for (int row = 0; row < ROWS; row++) {
		enum style style = styles[next(random) % 4];
		char *text = arena_alloc(frame, 256);
		int used;

		grid_cell(grid, row, middle, "│", STYLE_BORDER);
		grid_cell(grid, row, COLUMNS - 1, "│", STYLE_BORDER);
		say(text, random);
		grid_fill(grid, (struct rect){row, 1, 1, middle - 1}, style);
		used = grid_put(grid, row, 1, middle - 2, text, strlen(text), style);
		if (row == typed) {
			grid->cursor_row = row;
			grid->cursor_column = 1 + used;
		}
		text = arena_alloc(frame, 256);
		say(text, random);
		grid_text(grid, row, middle + 1, COLUMNS - middle - 2, text, STYLE_PLAIN);
	}
}

static void is_right(const struct counting *terminal, const struct grid *grid,
		     const struct blit *blit)
{
	struct counting_cell cells[COLUMNS];

	assert_string_equal(terminal->strange, "");
	for (int row = 0; row < ROWS; row++) {
		struct counting_row wanted = {cells, COLUMNS,
					      row == grid->cursor_row ? grid->cursor_column : -1};
		const char *fault;

		for (int column = 0; column < COLUMNS; column++) {
			const struct cell *cell = &grid->cells[row * COLUMNS + column];
			const char *look = blit->terminal.look[cell->style];

			snprintf(cells[column].text, sizeof cells[column].text, "%.*s",
				 cell->length, cell->text);
			cells[column].reverse = strchr(look, '7') != NULL;
			cells[column].underline = strchr(look, '4') != NULL;
		}
		if ((fault = counting_fault(terminal, row, &wanted)))
			fail_msg("%s", fault);
	}
	assert_int_equal(terminal->shown, grid->cursor_row >= 0);
}

static void pages_follow(enum counting_kind kind, bool erase, bool ansi, unsigned can)
{
	struct counting terminal;
	struct arena frame = {0};
	struct blit blit = {0};
	struct grid grid;
	unsigned random = 11;

	describe(&blit.terminal, can);
	if (!erase)
		*blit.terminal.erase = '\0';
	blit.terminal.ansi = ansi;
	for (int style = 0; style < STYLE_COUNT; style++) {
		const char *look = style == STYLE_SELECTED ? "7" : style == STYLE_INPUT ? "4" : "";

		blit.terminal.inks[style] = *look;
		snprintf(blit.terminal.look[style], BLIT_LOOK_BYTES,
			 ansi || !*look ? "%s" : "\033[%sm", look);
	}
	assert_true(counting_begin(&terminal, kind, ROWS, COLUMNS));
	blit_blank(&blit, ROWS, COLUMNS);
	for (int i = 0; i < 2000; i++) {
		arena_reset(&frame);
		grid_make(&grid, &frame, ROWS, COLUMNS);
		compose(&grid, &frame, &random);
		buffer_clear(&blit.out);
		blit_frame(&blit, &grid);
		counting_take(&terminal, blit.out.text ? blit.out.text : "", blit.out.length);
		is_right(&terminal, &grid, &blit);
	}
	counting_end(&terminal);
	blit_free(&blit);
	arena_free(&frame);
}

/* However a terminal counts Bengali, and whatever it cannot do. */
static void any_terminal_shows_a_page(void **state)
{
	(void)state;
	for (int kind = 0; kind < COUNTING_KINDS; kind++)
		for (int able = 0; able < 8; able++)
			pages_follow((enum counting_kind)kind, able & 1, able & 2,
				     able & 4 ? ALL : 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_terminal_shows_a_page),
		cmocka_unit_test(any_frame_follows_any_other),
		cmocka_unit_test(borders_do_not_hang_on_widths),
	};

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
