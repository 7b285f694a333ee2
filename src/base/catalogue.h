/* Whether a file of translations is whole: gettext believes what it reads, and a file that was cut
 * off, by a full disk for one, ends the program. Looks at the form of the file, not at what is said
 * in it: that is msgfmt's to check. Source: GNU gettext manual, "The Format of GNU MO Files".
 */
#ifndef BASE_CATALOGUE_H
#define BASE_CATALOGUE_H

#include <stdbool.h>

/* False: there is none, it cannot be read, or part of it leads outside of it. */
bool catalogue_is_whole(const char *path);

#endif
