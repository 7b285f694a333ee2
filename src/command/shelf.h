/* The library a running coach stands on, read anew as trainers save.
 *
 * Words change at once, but for lines already said in the open call, which stay as they were said. Another structure waits
 * for the end of the call. A file that is broken keeps its last good version. The shelf owns its libraries.
 */
#ifndef COMMAND_SHELF_H
#define COMMAND_SHELF_H

#include <stdbool.h>

#include "base/arena.h"

struct coach;
struct library;
struct watch;

struct shelf {
	const char *language, *named; /* -l and -p, or NULL; borrowed */
	struct library *library;      /* owned */
	bool waiting;                 /* a new structure, or new words for lines said, wait for the end of the call */
	struct arena arena;
	const char *trouble; /* what could not be used, for one line of the screen, or NULL */
};

/* Opens the library and lists its files; nothing is read yet. False: none found; problems were printed. */
bool shelf_open(struct shelf *shelf, const char *language, const char *named);
void shelf_close(struct shelf *shelf);

/* Watches the folders that the library may come from. */
void shelf_watch(const struct shelf *shelf, struct watch *watch);

/* What is wrong with the library as first loaded, into trouble. */
void shelf_tell(struct shelf *shelf);

/* Reads all files again and gives the coach what may change now; a notice says so. Also after a call has ended while waiting. */
void shelf_refresh(struct shelf *shelf, struct coach *coach);

#endif
