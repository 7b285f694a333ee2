/* The socket by which other programs speak to a running coach: lines in, JSON lines out.
 * Format: talktrack-link(5).
 *
 * Never blocks, and no client can make it: lines and queues are bounded, who does not read is not
 * listened to and after a while dropped, and every turn ends when its time is up. Only processes
 * of the same user are served (SO_PEERCRED, unix(7)), whatever the file's mode.
 */
#ifndef LINK_SERVER_H
#define LINK_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct message;
struct server; /* owns its sockets and its clients */

#define SERVER_CLIENTS_MOST 64
#define SERVER_QUEUE_BYTES                                                                         \
	(64 * 1024)	     /* of unread replies, above which a client is not listened to */
#define SERVER_PATIENCE 5000 /* ms in which a client with replies waiting must read one byte */

/* Who answers. */
struct server_handler {
	/* Takes a message (never MESSAGE_WRONG or MESSAGE_NOTHING, which the server deals with) and
	 * appends what to answer, whole lines, or nothing. False: the turn's time is up, the rest
	 * waits. */
	bool (*take)(void *context, const struct message *message, struct buffer *reply);
	void *context;
};

/* Listens on a socket of its own in folder, which is made (0700) where needed: coach-PID.sock, and
 * coach.sock beside it leads to the newest. What crashed coaches left is removed. NULL: not to be
 * had, *why says why, statically. */
struct server *server_open(const char *folder, const char **why);

/* Takes the socket away and lets go of all clients. NULL is fine. */
void server_close(struct server *server);

/* One descriptor to poll for reading: something is to be done. */
int server_descriptor(const struct server *server);

/* Does what can be done without waiting. True: more can be done at once. now in ms, on any clock
 * that does not go back. */
bool server_serve(struct server *server, const struct server_handler *handler, int64_t now);

/* Whether anybody watches; and to these, a line (its newline included) that tells the state. Who
 * has not read the one before gets only the newest, when he reads. */
bool server_watched(const struct server *server);
void server_tell(struct server *server, const char *line, size_t length);

/* The socket's path. */
const char *server_path(const struct server *server);

size_t server_clients(const struct server *server);

#endif
