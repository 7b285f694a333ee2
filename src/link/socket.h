/* Where coaches listen: coach-PID.sock in a folder, one each, and coach.sock, which leads to the
 * newest.
 *
 * A name appears only when somebody listens behind it; one behind which nobody does was left by a
 * crash.
 */
#ifndef LINK_SOCKET_H
#define LINK_SOCKET_H

#include <stddef.h>

struct arena;

/* Listens in folder, made where needed: *path in the arena. -1: not to be had, and *why says why,
 * statically. */
int socket_listen(struct arena *arena, const char *folder, int backlog, const char **path,
		  const char **why);

/* Takes the socket's name away; coach.sock leads to the newest of the others then. */
void socket_remove(struct arena *arena, const char *folder, const char *path);

/* The sockets of a folder, newest first, in the arena; returns how many. */
size_t socket_list(struct arena *arena, const char *folder, const char *const **paths);

/* A connection, non-blocking; -1: nobody listens there (errno ECONNREFUSED: nobody will). */
int socket_connect(const char *path);

#endif
