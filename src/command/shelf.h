/* The library a running coach stands on, read anew as trainers save.
 *
 * Words change at once, but for lines already said in the open call, which stay as they were said.
 * Another structure waits for the end of the call. A file that is broken keeps its last good
 * version. The shelf owns its libraries.
 */
#ifndef COMMAND_SHELF_H
#define COMMAND_SHELF_H

#include <stdbool.h>

#include "base/arena.h"

struct coach;
struct library;
struct watch;

struct shelf {
	const char *language,
		*named;		 /* asked for (-l) and -p, or NULL; borrowed, or in the arena */
	struct library *library; /* owned */
	struct library
		*own; /* of the language it began in, while library is another; owned, or NULL */
	bool waiting; /* a new structure, or new words for lines said, wait for the end of the call
		       */
	struct arena arena;  /* of the trouble */
	struct arena names;  /* of languages */
	const char *trouble; /* what could not be used, for one line of the screen, or NULL */
};

/* Opens the library and lists its files; nothing is read yet. False: none found; problems were
 * printed. */
bool shelf_open(struct shelf *shelf, const char *language, const char *named);
void shelf_close(struct shelf *shelf);

/* Watches the folders that the library may come from. */
void shelf_watch(const struct shelf *shelf, struct watch *watch);

/* What is wrong with the library as first loaded, into trouble. */
void shelf_tell(struct shelf *shelf);

/* Goes on in another language, by name, or with NULL in the next one there is; the same situation,
 * step and slots. False: there is none, and a notice says so. */
bool shelf_switch(struct shelf *shelf, struct coach *coach, const char *language);

/* Reads all files again and gives the coach what may change now; a notice says so. Also after a
 * call has ended while waiting. */
void shelf_refresh(struct shelf *shelf, struct coach *coach);

#endif
