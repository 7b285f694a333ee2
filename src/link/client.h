/* The other end of the link: a program that speaks to a running coach.
 */
#ifndef LINK_CLIENT_H
#define LINK_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

struct client {
	int socket;	     /* -1: not connected */
	struct buffer input; /* what has come and was not handed out */
	size_t taken;	     /* of input: handed out */
	bool ended;	     /* the coach has closed its end */
};

/* Connects to the socket at path, or with NULL to the newest coach of folder that is there. False:
 * none is. */
bool client_open(struct client *client, const char *folder, const char *path);
void client_close(struct client *client);

/* Sends as many bytes as the coach takes within timeout ms (-1: however long it takes), and returns
 * how many; what it replies meanwhile is kept. Fewer than length: time is up, or with *gone the
 * coach is gone. */
size_t client_send(struct client *client, const char *text, size_t length, int timeout, bool *gone);

/* Says that nothing more will be sent. */
void client_finish(struct client *client);

/* The next line from the coach, without its newline, until the next call; NULL: none came within
 * timeout ms (-1: for ever), or (ended) none will. */
const char *client_receive(struct client *client, int timeout);

#endif
