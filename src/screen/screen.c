#include "screen/screen.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"

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

/* What the terminal can in the very form that blit speaks. */
static unsigned abilities(bool colours)
{
	static const struct {
		const char *name, *text;
		unsigned can;
	} known[] = {
		{"cup", "\033[%i%p1%d;%p2%dH", BLIT_CUP},    {"hpa", "\033[%i%p1%dG", BLIT_HPA},
		{"vpa", "\033[%i%p1%dd", BLIT_VPA},	     {"ech", "\033[%p1%dX", BLIT_ECH},
		{"rep", "%p1%c\033[%p2%{1}%-%db", BLIT_REP}, {"rmul", "\033[24m", BLIT_ENDS}};
	unsigned can = 0;
	struct termios driver;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (text_of(known[i].name) && strcmp(text_of(known[i].name), known[i].text) == 0)
			can |= known[i].can;
	if (!begins("rmso", "\033[27m") || (colours && !begins("op", "\033[39")))
		can &= ~(unsigned)BLIT_ENDS;
	if (tigetflag("am") == 1 && tigetflag("xenl") == 1)
		can |= BLIT_WAITS;
	/* curses has taken ONLCR from the driver, if it could */
	if (begins("cud1", "\n") && begins("cr", "\r") && tcgetattr(STDOUT_FILENO, &driver) == 0 &&
	    !(driver.c_oflag & ONLCR))
		can |= BLIT_FEED;
	return can;
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
	terminal->can = abilities(screen->colours);
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

/* What this terminal's keys send while its keypad transmits [smkx]. */
static void learn_keys(struct keys *keys)
{
	static const struct {
		const char *name;
		enum press_kind kind;
	} named[] = {{"kent", PRESS_ENTER},   {"kcbt", PRESS_BACK_TAB}, {"kbs", PRESS_BACKSPACE},
		     {"kdch1", PRESS_DELETE}, {"kcuu1", PRESS_UP},	{"kcud1", PRESS_DOWN},
		     {"kcub1", PRESS_LEFT},   {"kcuf1", PRESS_RIGHT},	{"khome", PRESS_HOME},
		     {"kend", PRESS_END},     {"kpp", PRESS_PAGE_UP},	{"knp", PRESS_PAGE_DOWN}};

	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		keys_know(keys, text_of(named[i].name), named[i].kind);
}

/* Keys and pastes come as this file expects them, or as they did before. */
static void transmit(bool on, struct buffer *out)
{
	capability(text_of(on ? "smkx" : "rmkx"), out);
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
	screen->colours = screen->colours && colour_count() >= 8;
	learn_terminal(screen);
	learn_keys(&screen->keys);
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
