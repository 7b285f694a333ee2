#include "screen/terminfo.h"

#include "base/buffer.h"
#include "screen/blit.h"
#include "screen/keys.h"
#include "view/theme.h"

#include <stdio.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#undef tone /* term.h has a macro for each capability; struct look has a member */

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

int terminfo_colours(void)
{
	return tigetnum("colors");
}

static short colour_of(const struct look *look)
{
	return look->tone != 0 && terminfo_colours() >= 256 ? look->tone : look->colour;
}

/* A style as the parameters of one SGR sequence. */
static void ansi_look(const struct look *look, bool colours, struct buffer *out)
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

	if (colours && colour >= 8 && terminfo_colours() < 16) {
		colour = (short)(colour - 8);
		bold = true;
	}
	for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
		if (text_of(bits[i].name) &&
		    (look->bits & bits[i].bit || (bits[i].bit == LOOK_BOLD && bold)))
			buffer_format(out, "%s%s", out->length ? ";" : "", bits[i].parameter);
	if (!colours || colour < 0)
		return;
	buffer_text(out, out->length ? ";" : "");
	if (colour < 16)
		buffer_format(out, "%d", colour < 8 ? 30 + colour : 90 + colour - 8);
	else
		buffer_format(out, "38;5;%d", colour);
}

/* The same for a terminal of another kind: the sequences one after the other. */
static void other_look(const struct look *look, bool colours, struct buffer *out)
{
	short colour = colour_of(look);

	add_look(out, "bold", look->bits & LOOK_BOLD || (colour >= 8 && terminfo_colours() < 16));
	add_look(out, "dim", look->bits & LOOK_DIM);
	add_look(out, "smul", look->bits & LOOK_UNDERLINE);
	add_look(out, "rev", look->bits & LOOK_REVERSE);
	if (colours && colour >= 0)
		capability(
			tparm(tigetstr("setaf"),
			      (long)(colour < 16 && terminfo_colours() < 16 ? colour % 8 : colour),
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

void terminfo_blit(struct blit_terminal *terminal, const struct theme *theme, bool colours)
{
	struct buffer text = {0};

	terminal->move = move_cursor;
	keep(terminal->erase, "el");
	keep(terminal->show, "cnorm");
	keep(terminal->hide, "civis");
	keep(terminal->plain, "sgr0");
	terminal->can = abilities(colours);
	terminal->ansi = begins("bold", "\033[1m") && (!colours || begins("setaf", "\033["));
	for (int style = 0; style < STYLE_COUNT; style++) {
		buffer_clear(&text);
		terminal->inks[style] = theme->looks[style].bits & (LOOK_REVERSE | LOOK_UNDERLINE);
		if (terminal->ansi)
			ansi_look(&theme->looks[style], colours, &text);
		else
			other_look(&theme->looks[style], colours, &text);
		snprintf(terminal->look[style], sizeof terminal->look[style], "%s",
			 text.length ? text.text : "");
	}
	buffer_free(&text);
}

void terminfo_keys(struct keys *keys)
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

void terminfo_keypad(bool on, struct buffer *out)
{
	capability(text_of(on ? "smkx" : "rmkx"), out);
}
