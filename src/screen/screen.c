#include "screen/screen.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"

#include <curses.h>

#include <limits.h>
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

#if defined(__SANITIZE_ADDRESS__)
#define LEAKS_ARE_SOUGHT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAKS_ARE_SOUGHT 1
#endif
#endif
#ifdef LEAKS_ARE_SOUGHT
const char *__lsan_default_suppressions(void);

/* ncurses itself forgets some memory when it does not know the terminal. */
const char *__lsan_default_suppressions(void)
{
	return "leak:new_prescr";
}
#endif

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

static void forget_rows(struct screen *screen)
{
	blit_blank(&screen->blit, screen->rows, screen->columns);
}

/* A capability without the pauses that old terminals wanted, "$<5>"; "" when there is none. */
static void capability(const char *text, struct buffer *out)
{
	while (text && *text) {
		const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;

		if (!end)
			buffer_add(out, text, 1);
		text = end ? end + 1 : text + 1;
	}
}

static void move_cursor(void *context, int row, int column, struct buffer *out)
{
	(void)context;
	capability(tparm(tigetstr("cup"), (long)row, (long)column, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
		   out);
}

/* A capability's text, or NULL when this terminal has none. */
static const char *text_of(const char *name)
{
	const char *text = tigetstr(name);

	return text == (const char *)-1 ? NULL : text;
}

/* The same to keep; "" too when it is longer than any that is known. */
static void keep(char kept[BLIT_LOOK_BYTES], const char *name)
{
	struct buffer text = {0};

	capability(text_of(name), &text);
	snprintf(kept, BLIT_LOOK_BYTES, "%s",
		 text.text && text.length < BLIT_LOOK_BYTES ? text.text : "");
	buffer_free(&text);
}

static void add_look(struct buffer *out, const char *name, bool wanted)
{
	if (wanted)
		capability(text_of(name), out);
}

static int colour_count(void)
{
	return tigetnum("colors");
}

static short colour_of(const struct look *look)
{
	return look->tone != 0 && colour_count() >= 256 ? look->tone : look->colour;
}

/* A style as the parameters of one SGR sequence. */
static void ansi_look(const struct screen *screen, const struct look *look, struct buffer *out)
{
	static const struct {
		unsigned char bit;
		const char *parameter, *name;
	} bits[] = {{LOOK_BOLD, "1", "bold"},
		    {LOOK_DIM, "2", "dim"},
		    {LOOK_UNDERLINE, "4", "smul"},
		    {LOOK_REVERSE, "7", "rev"}};
	short colour = colour_of(look);
	bool bold = look->bits & LOOK_BOLD;

	if (screen->colours && colour >= 8 && colour_count() < 16) {
		colour = (short)(colour - 8);
		bold = true;
	}
	for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
		if (text_of(bits[i].name) &&
		    (look->bits & bits[i].bit || (bits[i].bit == LOOK_BOLD && bold)))
			buffer_format(out, "%s%s", out->length ? ";" : "", bits[i].parameter);
	if (!screen->colours || colour < 0)
		return;
	buffer_text(out, out->length ? ";" : "");
	if (colour < 16)
		buffer_format(out, "%d", colour < 8 ? 30 + colour : 90 + colour - 8);
	else
		buffer_format(out, "38;5;%d", colour);
}

/* The same for a terminal of another kind: the sequences one after the other. */
static void other_look(const struct screen *screen, const struct look *look, struct buffer *out)
{
	short colour = colour_of(look);

	add_look(out, "bold", look->bits & LOOK_BOLD || (colour >= 8 && colour_count() < 16));
	add_look(out, "dim", look->bits & LOOK_DIM);
	add_look(out, "smul", look->bits & LOOK_UNDERLINE);
	add_look(out, "rev", look->bits & LOOK_REVERSE);
	if (screen->colours && colour >= 0)
		capability(tparm(tigetstr("setaf"),
				 (long)(colour < 16 && colour_count() < 16 ? colour % 8 : colour),
				 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
			   out);
}

static bool begins(const char *name, const char *start)
{
	const char *text = text_of(name);

	return text && strncmp(text, start, strlen(start)) == 0;
}

static void learn_terminal(struct screen *screen)
{
	struct blit_terminal *terminal = &screen->blit.terminal;
	struct buffer text = {0};

	terminal->move = move_cursor;
	keep(terminal->erase, "el");
	keep(terminal->show, "cnorm");
	keep(terminal->hide, "civis");
	keep(terminal->plain, "sgr0");
	terminal->ansi =
		begins("bold", "\033[1m") && (!screen->colours || begins("setaf", "\033["));
	for (int style = 0; style < STYLE_COUNT; style++) {
		buffer_clear(&text);
		terminal->inks[style] =
			screen->theme->looks[style].bits & (LOOK_REVERSE | LOOK_UNDERLINE);
		if (terminal->ansi)
			ansi_look(screen, &screen->theme->looks[style], &text);
		else
			other_look(screen, &screen->theme->looks[style], &text);
		snprintf(terminal->look[style], sizeof terminal->look[style], "%s",
			 text.length ? text.text : "");
	}
	buffer_free(&text);
}

const char *screen_open(struct screen *screen, const struct theme *theme, bool colours)
{
	const char *term = getenv("TERM");
	SCREEN *terminal;

	*screen = (struct screen){.theme = theme, .colours = colours};
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return _("this is not a terminal");
	if (!term || !*term)
		return _("TERM is not set");
	tcgetattr(STDIN_FILENO, &terminal_before);
	if (!(terminal = newterm(NULL, stdout, stdin)))
		return _("TERM names a terminal that is not known here");
	if (!tigetstr("cup")) {
		delscreen(terminal);
		tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
		return _("this terminal cannot place text");
	}
	terminal_taken = 1;
	catch_crashes();
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(ESCAPE_DELAY);
	screen->colours = screen->colours && colour_count() >= 8;
	learn_terminal(screen);
	define_key("\033[200~", CODE_PASTE_BEGIN);
	define_key("\033[201~", CODE_PASTE_END);
	define_key("\033[Z", CODE_BACK_TAB);
	getmaxyx(stdscr, screen->rows, screen->columns);
	forget_rows(screen);
	/* curses clears the screen and draws no more: see blit.h */
	refresh();
	screen_resize(screen);
	put(paste_on);
	return NULL;
}

void screen_leave(struct screen *screen)
{
	put(screen->blit.terminal.plain);
	put(screen->blit.terminal.show);
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
	blit_free(&screen->blit);
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
	refresh();
	forget_rows(screen);
	return true;
}

void screen_show(struct screen *screen, const struct grid *grid)
{
	buffer_clear(&screen->blit.out);
	blit_frame(&screen->blit, grid);
	if (screen->blit.out.length > 0)
		put(screen->blit.out.text);
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

/* How many bytes a character has that begins with this one; 0: none does. */
static size_t bytes_of(unsigned char first)
{
	if (first < 0x80)
		return 1;
	return first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

/* True: the character is whole. What cannot become one is dropped. */
static bool add_byte(struct screen *screen, unsigned char byte, wint_t *code)
{
	size_t length = screen->part_length, size;

	if ((byte & 0xc0) != 0x80 || length == 0) {
		length = 0;
		screen->part_length = 0;
		if (bytes_of(byte) == 0)
			return false;
	}
	screen->part[length++] = (char)byte;
	screen->part_length = length;
	if (length < bytes_of((unsigned char)screen->part[0]))
		return false;
	screen->part_length = 0;
	*code = (wint_t)text_decode(screen->part, length, &size);
	return size == length;
}

/* A key or a character: their kinds tell ĉ from F1, which has its number. Read by the byte, since
 * get_wch forgets those of a character whose others come later. */
static int read_code(struct screen *screen, wint_t *code)
{
	int got;

	while ((got = getch()) != ERR) {
		if (got > UCHAR_MAX) {
			screen->part_length = 0;
			*code = (wint_t)got;
			return KEY_CODE_YES;
		}
		if (add_byte(screen, (unsigned char)got, code))
			return OK;
	}
	return ERR;
}

bool screen_read(struct screen *screen, struct press *press)
{
	wint_t code;
	int kind;

	while ((kind = read_code(screen, &code)) != ERR) {
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

bool screen_copy(struct screen *screen, const char *text)
{
	size_t length = strlen(text);
	struct buffer sequence = {0};

	(void)screen;
	if (length > SCREEN_COPY_BYTES)
		return false;
	buffer_text(&sequence, "\033]52;c;");
	base64_add(&sequence, text, length);
	buffer_text(&sequence, "\a");
	/* what curses has not sent yet must not come in between */
	fflush(stdout);
	put(sequence.text);
	buffer_free(&sequence);
	return true;
}
