/* Something of a library to have on the screen before all of it is read: its first situations.
 *
 * Files that are small are read at once. Where the first with situations is not, the library has in
 * its place a playbook of what stands whole in the file's first bytes, until library_load_next is
 * called.
 */
#ifndef PLAYBOOK_GLANCE_H
#define PLAYBOOK_GLANCE_H

#include <stddef.h>

struct library;

/* Reads about so many bytes, from a few files where the first ones have no situations. Finding
 * nothing is no problem. */
void glance_take(struct library *library, size_t bytes);

/* The playbook goes. library.c calls this. */
void glance_end(struct library *library);

#endif
