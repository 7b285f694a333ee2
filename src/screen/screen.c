#include "screen/screen.h"

#include "base/text.h"

#include <curses.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define ESCAPE_DELAY 20 /* ms a lone Esc waits for the rest of a sequence */
#define PASTE_MOST (64 * 1024)

enum { CODE_PASTE_BEGIN = KEY_MAX + 1, CODE_PASTE_END, CODE_BACK_TAB };

/* What a crash must put back. */
static struct termios terminal_before;
static volatile sig_atomic_t terminal_taken;

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

static void put(const char *text)
{
	size_t length = strlen(text);

	while (length > 0) {
		ssize_t wrote = write(STDOUT_FILENO, text, length);

		if (wrote <= 0)
			return;
		text += wrote;
		length -= (size_t)wrote;
	}
}

/* Async-signal-safe: fixed sequences that every terminal with an alternate screen knows. */
static void crash(int signal)
{
	if (terminal_taken) {
		put("\033[?2004l\033[0m\033[?1049l\033[?25h\033[?1l\033>");
		tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
	}
	raise(signal);
}

static void catch_crashes(void)
{
	static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGQUIT};
	struct sigaction action = {.sa_handler = crash, .sa_flags = (int)SA_RESETHAND | SA_NODEFER};

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaction(signals[i], &action, NULL);
}

static void start_colours(struct screen *screen)
{
	screen->colours = screen->colours && has_colors() && start_color() == OK &&
			  use_default_colors() == OK;
	if (!screen->colours)
		return;
	for (int style = 0; style < STYLE_COUNT; style++) {
		short colour = screen->theme->looks[style].colour;

		if (colour >= COLORS)
			colour = (short)(colour % 8);
		init_pair((short)(style + 1), colour, -1);
	}
}

static void forget_rows(struct screen *screen)
{
	free(screen->shown);
	screen->shown = calloc((size_t)(screen->rows > 0 ? screen->rows : 1), sizeof *screen->shown);
}

const char *screen_open(struct screen *screen, const struct theme *theme, bool colours)
{
	const char *term = getenv("TERM");
	SCREEN *terminal;

	*screen = (struct screen){.theme = theme, .colours = colours};
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return "this is not a terminal";
	if (!term || !*term)
		return "TERM is not set";
	tcgetattr(STDIN_FILENO, &terminal_before);
	if (!(terminal = newterm(NULL, stdout, stdin)))
		return "TERM names a terminal that is not known here";
	if (!tigetstr("cup")) {
		delscreen(terminal);
		tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
		return "this terminal cannot place text";
	}
	terminal_taken = 1;
	catch_crashes();
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(ESCAPE_DELAY);
	curs_set(0);
	start_colours(screen);
	define_key("\033[200~", CODE_PASTE_BEGIN);
	define_key("\033[201~", CODE_PASTE_END);
	define_key("\033[Z", CODE_BACK_TAB);
	getmaxyx(stdscr, screen->rows, screen->columns);
	forget_rows(screen);
	screen_resize(screen);
	put(paste_on);
	return NULL;
}

void screen_leave(struct screen *screen)
{
	(void)screen;
	put(paste_off);
	endwin();
	terminal_taken = 0;
}

void screen_return(struct screen *screen)
{
	terminal_taken = 1;
	clearok(stdscr, TRUE);
	refresh();
	put(paste_on);
	screen_resize(screen);
	forget_rows(screen);
}

void screen_close(struct screen *screen)
{
	screen_leave(screen);
	free(screen->shown);
	free(screen->paste);
}

bool screen_resize(struct screen *screen)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return false;
	if (size.ws_row == screen->rows && size.ws_col == screen->columns)
		return false;
	resize_term(size.ws_row, size.ws_col);
	getmaxyx(stdscr, screen->rows, screen->columns);
	clearok(stdscr, TRUE);
	forget_rows(screen);
	return true;
}

static attr_t attributes(const struct screen *screen, unsigned char style)
{
	const struct look *look = &screen->theme->looks[style];
	attr_t bits = 0;

	bits |= look->bits & LOOK_BOLD ? A_BOLD : 0;
	bits |= look->bits & LOOK_DIM ? A_DIM : 0;
	bits |= look->bits & LOOK_REVERSE ? A_REVERSE : 0;
	bits |= look->bits & LOOK_UNDERLINE ? A_UNDERLINE : 0;
	/* eight colours: the bright ones by bold */
	if (screen->colours && look->colour >= 8 && COLORS < 16)
		bits |= A_BOLD;
	return bits;
}

static uint64_t row_hash(const struct grid *grid, int row)
{
	const struct cell *cells = &grid->cells[(size_t)row * (size_t)grid->columns];
	uint64_t hash = 0xcbf29ce484222325u;

	for (int column = 0; column < grid->columns; column++) {
		for (unsigned i = 0; i < cells[column].length; i++)
			hash = (hash ^ (unsigned char)cells[column].text[i]) * 0x100000001b3u;
		hash = (hash ^ (0x100u + cells[column].style)) * 0x100000001b3u;
	}
	return hash | 1; /* 0 stands for: not shown yet */
}

/* A row, run by run of equal style. */
static void show_row(const struct screen *screen, const struct grid *grid, int row)
{
	const struct cell *cells = &grid->cells[(size_t)row * (size_t)grid->columns];
	char run[4096];
	size_t length = 0;

	move(row, 0);
	for (int column = 0; column < grid->columns; column++) {
		const struct cell *cell = &cells[column];
		bool last = column + 1 == grid->columns || cells[column + 1].style != cell->style;

		if (length + cell->length <= sizeof run) {
			memcpy(run + length, cell->text, cell->length);
			length += cell->length;
		}
		if (last || length > sizeof run - 64) {
			attr_set(attributes(screen, cell->style),
				 (short)(screen->colours ? cell->style + 1 : 0), NULL);
			addnstr(run, (int)length);
			length = 0;
		}
	}
}

void screen_show(struct screen *screen, const struct grid *grid)
{
	int rows = grid->rows < screen->rows ? grid->rows : screen->rows;

	for (int row = 0; row < rows; row++) {
		uint64_t hash = row_hash(grid, row);

		if (screen->shown[row] == hash)
			continue;
		screen->shown[row] = hash;
		show_row(screen, grid, row);
	}
	curs_set(grid->cursor_row >= 0 ? 1 : 0);
	if (grid->cursor_row >= 0)
		move(grid->cursor_row, grid->cursor_column);
	refresh();
}

static void encode(wint_t code, char text[8])
{
	unsigned c = (unsigned)code;
	size_t n = 0;

	if (c < 0x80) {
		text[n++] = (char)c;
	} else if (c < 0x800) {
		text[n++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		text[n++] = (char)(0xe0 | c >> 12);
		text[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		text[n++] = (char)(0xf0 | c >> 18);
		text[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		text[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		text[n++] = (char)(0x80 | (c & 0x3f));
	text[n] = '\0';
}

static enum press_kind function_key(wint_t code)
{
	switch (code) {
	case KEY_ENTER: return PRESS_ENTER;
	case CODE_BACK_TAB:
	case KEY_BTAB: return PRESS_BACK_TAB;
	case KEY_BACKSPACE: return PRESS_BACKSPACE;
	case KEY_DC: return PRESS_DELETE;
	case KEY_UP: return PRESS_UP;
	case KEY_DOWN: return PRESS_DOWN;
	case KEY_LEFT: return PRESS_LEFT;
	case KEY_RIGHT: return PRESS_RIGHT;
	case KEY_HOME: return PRESS_HOME;
	case KEY_END: return PRESS_END;
	case KEY_PPAGE: return PRESS_PAGE_UP;
	case KEY_NPAGE: return PRESS_PAGE_DOWN;
	default: return PRESS_NONE;
	}
}

static void plain_key(wint_t code, struct press *press)
{
	switch (code) {
	case '\r':
	case '\n': press->kind = PRESS_ENTER; return;
	case '\t': press->kind = PRESS_TAB; return;
	case 27: press->kind = PRESS_ESCAPE; return;
	case 8:
	case 127: press->kind = PRESS_BACKSPACE; return;
	default: break;
	}
	if (code < 32) {
		press->kind = PRESS_CONTROL;
		press->text[0] = (char)(code + 'a' - 1);
	} else {
		press->kind = PRESS_CHARACTER;
		encode(code, press->text);
	}
}

static void paste_add(struct screen *screen, wint_t code)
{
	char text[8];
	size_t length;

	encode(code == '\r' ? '\n' : code, text);
	length = strlen(text);
	if (screen->paste_length + length + 1 > screen->paste_capacity) {
		size_t capacity = screen->paste_capacity ? screen->paste_capacity * 2 : 256;
		char *paste;

		if (capacity > PASTE_MOST || !(paste = realloc(screen->paste, capacity)))
			return;
		screen->paste = paste;
		screen->paste_capacity = capacity;
	}
	memcpy(screen->paste + screen->paste_length, text, length + 1);
	screen->paste_length += length;
}

/* A bracketed paste is one press, at its end. */
static bool read_paste(struct screen *screen, int kind, wint_t code, struct press *press)
{
	if (kind == KEY_CODE_YES && code == CODE_PASTE_BEGIN) {
		screen->pasting = true;
		screen->paste_length = 0;
		return true;
	}
	if (!screen->pasting)
		return false;
	if (kind == KEY_CODE_YES && code == CODE_PASTE_END) {
		screen->pasting = false;
		press->kind = screen->paste_length ? PRESS_PASTE : PRESS_NONE;
		press->paste = screen->paste;
	} else if (kind == OK) {
		paste_add(screen, code);
	}
	return true;
}

bool screen_read(struct screen *screen, struct press *press)
{
	wint_t code;
	int kind;

	/* the return code tells a key from a character: ĉ has the number of F1 */
	while ((kind = get_wch(&code)) != ERR) {
		*press = (struct press){.kind = PRESS_NONE};
		if (!read_paste(screen, kind, code, press)) {
			if (kind == KEY_CODE_YES)
				press->kind = function_key(code);
			else
				plain_key(code, press);
		}
		if (press->kind != PRESS_NONE)
			return true;
	}
	return false;
}
