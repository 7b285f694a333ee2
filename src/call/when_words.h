/* How Esperanto and Bengali say when: the words of both, as the English ones that when_parse knows.
 *
 * Folded as search folds (case, accents, optional signs), x-notation understood (morgaux), common
 * endings allowed (lundo, lunde, lundon; শুক্রবার, শুক্রবারে, শুক্রবারের).
 */
#ifndef CALL_WHEN_WORDS_H
#define CALL_WHEN_WORDS_H

/* "vendredo" gives "friday"; "" for a word that adds nothing ("মধ্যে"), NULL for one that is not
 * known. */
const char *when_word(const char *word);

#endif
