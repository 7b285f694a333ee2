#define _GNU_SOURCE /* MSG_NOSIGNAL */
#include "link/client.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "link/socket.h"

bool client_open(struct client *client, const char *folder, const char *path)
{
	struct arena arena = {0};
	const char *const *paths;
	size_t count;

	*client = (struct client){.socket = -1};
	if (path)
		client->socket = socket_connect(path);
	count = path ? 0 : socket_list(&arena, folder, &paths);
	for (size_t i = 0; i < count && client->socket < 0; i++)
		client->socket = socket_connect(paths[i]);
	arena_free(&arena);
	return client->socket >= 0;
}

void client_close(struct client *client)
{
	if (client->socket >= 0)
		close(client->socket);
	buffer_free(&client->input);
	*client = (struct client){.socket = -1};
}

static void receive(struct client *client)
{
	char bytes[16384];
	ssize_t got = recv(client->socket, bytes, sizeof bytes, MSG_DONTWAIT);

	if (got > 0)
		buffer_add(&client->input, bytes, (size_t)got);
	else if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR))
		client->ended = true;
}

/* Waits for these events; false: in vain. */
static bool wait_for(struct client *client, short events, int timeout)
{
	struct pollfd polled = {.fd = client->socket, .events = events};

	while (poll(&polled, 1, timeout) < 0)
		if (errno != EINTR)
			return false;
	if (polled.revents & (POLLIN | POLLHUP | POLLERR))
		receive(client);
	return polled.revents != 0;
}

size_t client_send(struct client *client, const char *text, size_t length, int timeout, bool *gone)
{
	size_t done = 0;

	*gone = client->socket < 0;
	while (done < length && !*gone) {
		ssize_t sent = send(client->socket, text + done, length - done,
				    MSG_DONTWAIT | MSG_NOSIGNAL);

		if (sent >= 0)
			done += (size_t)sent;
		else if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
			*gone = client->ended;
		else
			*gone = true;
		if (sent < 0 && !*gone && !wait_for(client, POLLIN | POLLOUT, timeout))
			break;
	}
	return done;
}

void client_finish(struct client *client)
{
	shutdown(client->socket, SHUT_WR);
}

const char *client_receive(struct client *client, int timeout)
{
	struct buffer *input = &client->input;

	for (;;) {
		char *line = input->text ? input->text + client->taken : NULL;
		char *newline = line ? strchr(line, '\n') : NULL;

		if (newline) {
			*newline = '\0';
			client->taken += (size_t)(newline - line) + 1;
			return line;
		}
		if (line && client->taken > 0) {
			input->length -= client->taken;
			memmove(input->text, line, input->length + 1);
			client->taken = 0;
		}
		if (client->ended || client->socket < 0 || !wait_for(client, POLLIN, timeout))
			return NULL;
	}
}
