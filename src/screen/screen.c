#include "screen/screen.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "base/words.h"
#include "screen/terminfo.h"

#include <curses.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define ESCAPE_DELAY 20 /* ms a lone Esc waits for the rest of a sequence */

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

/* Keys and pastes come as this file expects them, or as they did before. */
static void transmit(bool on, struct buffer *out)
{
	terminfo_keypad(on, out);
	buffer_text(out, on ? paste_on : paste_off);
}

static void transmit_now(void)
{
	struct buffer text = {0};

	transmit(true, &text);
	put(text.text);
	buffer_free(&text);
}

/* The size that the terminal tells. */
static bool ask_size(int *rows, int *columns)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return false;
	*rows = size.ws_row < SCREEN_MOST ? size.ws_row : SCREEN_MOST;
	*columns = size.ws_col < SCREEN_MOST ? size.ws_col : SCREEN_MOST;
	return true;
}

/* Sets a variable for curses; what it was comes back, owned. */
static char *lend(const char *name, int value)
{
	const char *now = getenv(name);
	char *before = now ? strdup(now) : NULL, text[16];

	snprintf(text, sizeof text, "%d", value);
	setenv(name, text, 1);
	return before;
}

static void give_back(const char *name, char *before)
{
	if (before)
		setenv(name, before, 1);
	else
		unsetenv(name);
	free(before);
}

/* A size from the environment that is none to believe. */
static bool is_absurd(const char *text)
{
	return text && strtol(text, NULL, 10) > SCREEN_MOST;
}

/* curses keeps the screen three times over and looks at none of it, as blit does the drawing: it is
 * told that there is one column. Told by the environment: later, all of it would have been filled.
 * Where the terminal does not tell its size, curses finds one: the environment's or terminfo's. */
static SCREEN *open_narrow(struct screen *screen)
{
	bool told = ask_size(&screen->rows, &screen->columns);
	bool lines = told || is_absurd(getenv("LINES")),
	     columns = told || is_absurd(getenv("COLUMNS"));
	char *lines_before = lines ? lend("LINES", told ? screen->rows : SCREEN_MOST) : NULL;
	char *columns_before = columns ? lend("COLUMNS", told ? 1 : SCREEN_MOST) : NULL;
	SCREEN *terminal = newterm(NULL, stdout, stdin);

	if (terminal && !told)
		getmaxyx(stdscr, screen->rows, screen->columns);
	if (lines)
		give_back("LINES", lines_before);
	if (columns)
		give_back("COLUMNS", columns_before);
	return terminal;
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
	if (!(terminal = open_narrow(screen)))
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
	screen->colours = screen->colours && terminfo_colours() >= 8;
	terminfo_blit(&screen->blit.terminal, theme, screen->colours);
	terminfo_keys(&screen->keys);
	forget_rows(screen);
	/* curses clears the screen and draws no more: see blit.h */
	refresh();
	screen_resize(screen);
	transmit_now();
	return NULL;
}

void screen_leave(struct screen *screen)
{
	struct buffer text = {0};

	/* one write: each wakes the terminal */
	buffer_text(&text, screen->blit.terminal.plain);
	buffer_text(&text, screen->blit.terminal.show);
	transmit(false, &text);
	put(text.text);
	buffer_free(&text);
	endwin();
	terminal_taken = 0;
}

void screen_return(struct screen *screen)
{
	terminal_taken = 1;
	/* typed for the other program */
	keys_forget(&screen->keys);
	clearok(stdscr, TRUE);
	refresh();
	transmit_now();
	screen_resize(screen);
	forget_rows(screen);
}

void screen_close(struct screen *screen)
{
	screen_leave(screen);
	blit_free(&screen->blit);
	keys_free(&screen->keys);
}

bool screen_resize(struct screen *screen)
{
	int rows, columns;

	if (!ask_size(&rows, &columns))
		return false;
	if (rows == screen->rows && columns == screen->columns)
		return false;
	resize_term(rows, 1);
	screen->rows = rows;
	screen->columns = columns;
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

/* What stays unsure gets ESCAPE_DELAY to become more. */
static bool wait_for_more(void)
{
	struct pollfd polled = {.fd = STDIN_FILENO, .events = POLLIN};

	return poll(&polled, 1, ESCAPE_DELAY) > 0 && polled.revents & POLLIN;
}

bool screen_take(struct screen *screen)
{
	size_t room;
	char *bytes = keys_room(&screen->keys, &room);
	ssize_t got = read(STDIN_FILENO, bytes, room);

	if (got > 0)
		keys_took(&screen->keys, (size_t)got);
	return got > 0;
}

bool screen_read(struct screen *screen, struct press *press)
{
	enum keys_next next = keys_next(&screen->keys, false, press);

	while (next == KEYS_UNSURE) {
		/* a window that was closed has something to read for ever: its end */
		bool more = wait_for_more() && screen_take(screen);

		next = keys_next(&screen->keys, !more, press);
	}
	return next == KEYS_PRESS;
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
