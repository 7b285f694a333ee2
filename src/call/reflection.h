/* Their words become ours: "my order never came" -> "your order never came".
 *
 * By the tables of the playbook: fillers and greetings at both ends are dropped, white space
 * and closing punctuation too, then words and word groups are swapped, longest first, each
 * place once (those of `swap-end` first, where a clause ends), compared without case and at word
 * boundaries (an apostrophe is part of a word, ’ equals '). A swapped word takes the table's
 * spelling. A first word that is not swapped but stands anywhere in the swap table is an ordinary
 * one and takes the table's spelling too, so that it loses its capital; else it may be a name and
 * stays: "Amazon never came". (A table can say so of more words: `the: the`.) All other words stay
 * as typed. Case is compared by towlower(3), so the process needs a UTF-8 LC_CTYPE. Source of the
 * step: Imago's mirror; the recipe is talktrack-method(7).
 */
#ifndef CALL_REFLECTION_H
#define CALL_REFLECTION_H

struct arena;
struct reflection;

/* In the arena. What is left empty by dropping comes back as the cleaned text itself. */
const char *reflection_turn(struct arena *arena, const struct reflection *reflection,
			    const char *text);

#endif
