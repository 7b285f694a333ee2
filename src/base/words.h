/* The program's own words in the language of whoever reads them: the only gettext.
 *
 * The source holds English, and English is what is said until words_use has found a catalogue; then
 * nothing is opened and nothing asked. Everything that a person may read goes through one of these,
 * as a whole sentence: what is glued from pieces cannot be turned into another language. What
 * programs read (JSON, the journal, names of actions, keys of playbooks) never does. Playbooks are
 * not the program's own words. `make words` collects them into po/.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>

/* A text in their language. Lives as long as the program. */
#define _(text) words_say(text)

/* A short one that means different things in different places: the context tells translators, and
 * keeps one from the other. */
#define C_(context, text) words_sense(context, text)

/* Marks a text in a table, so that it is collected; who reads the table says _() or C_() of it. */
#define N_(text) text
#define NC_(context, text) text

/* Where the catalogues are: at folder/LANGUAGE/LC_MESSAGES/talktrack.mo. Opens nothing. Until then
 * there are none. */
void words_at(const char *folder);

/* Speaks a language: a BCP 47 code or a locale's name ("bn", "bn-BD", "eo_XX"). For English, in
 * which the words are written, no catalogue is looked for. False, and nothing changed: there is no
 * catalogue for that language, or none that is whole (catalogue.h), or no locale that allows one.
 * Sets $LANGUAGE, which glibc's gettext (2.36, dcigettext.c) follows whenever the locale of
 * LC_MESSAGES is not "C". */
bool words_use(const char *language);

/* The language that is spoken, as in BCP 47 ("bn", "pt-BR"); "en" where it is no other. */
const char *words_language(void);

/* Speaks another until words_return, for what must not depend on who reads it. NULL, or a language
 * without a catalogue: nothing changes. Not nested. */
void words_lend(const char *language);
void words_return(void);

/* The environment as it was, for a program that is run from here: called between fork and exec. */
void words_leave(void);

const char *words_say(const char *text) __attribute__((format_arg(1)));
const char *words_sense(const char *context, const char *text) __attribute__((format_arg(2)));

/* The form that goes with a number: in English the first for 1, the second for all others. */
const char *words_count(const char *one, const char *many, unsigned long number)
	__attribute__((format_arg(1), format_arg(2)));

#endif
