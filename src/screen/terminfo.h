/* What this terminal can, and in which words, as terminfo(5) knows it (capability names in
 * brackets): the only file with term.h. For the terminal that curses has opened; nothing is sent
 * here.
 */
#ifndef SCREEN_TERMINFO_H
#define SCREEN_TERMINFO_H

#include <stdbool.h>

struct blit_terminal;
struct buffer;
struct keys;
struct theme;

/* How many colours; -1: none. */
int terminfo_colours(void);

/* All that blit must know of it; the theme's styles in its own sequences, without their colours
 * unless colours. The terminal's driver is asked, too: set it up before. */
void terminfo_blit(struct blit_terminal *terminal, const struct theme *theme, bool colours);

/* What its keys send while its keypad transmits. */
void terminfo_keys(struct keys *keys);

/* Appends what makes the keypad transmit, or end that [smkx, rmkx]. */
void terminfo_keypad(bool on, struct buffer *out);

#endif
