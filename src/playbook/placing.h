/* What terminals cannot place: sequences that some of them draw wider than others, so that whatever
 * stands behind them on the row stands wrong. Warned of in the bytes of a playbook's file, before
 * text_clean mends some of them: emoji with a variation selector or skin tone, keycaps, emoji
 * joined by ZERO WIDTH JOINER, a virama with one behind it, code points that mean nothing, and
 * (once a file) letters written apart from their marks, that is, not in NFC.
 *
 * Bengali র‍্য, with its joiner before the virama, is placed well everywhere. Comments are
 * passed over: nobody sees them in a panel. Source: xterm, VTE, kitty, foot, tmux and others,
 * tried.
 */
#ifndef PLAYBOOK_PLACING_H
#define PLAYBOOK_PLACING_H

#include <stddef.h>

struct problem_list;

/* text: the whole file, valid UTF-8. file lives as long as the problems. */
void placing_read(const char *file, const char *text, size_t length, struct problem_list *problems);

#endif
