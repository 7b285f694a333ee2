#define _GNU_SOURCE /* accept4, struct ucred */
#include "link/server.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/words.h"
#include "link/message.h"
#include "link/socket.h"

#define ROUND_BYTES 65536 /* read from one client before the next has its turn */
#define BACKLOG 128

struct guest {
	int socket;
	bool readable, writable, ended; /* ended: nothing more will come */
	bool skipping;			/* the rest of a line that is too long */
	bool watching, behind;		/* behind: the newest state was not told yet */
	char *input;			/* MESSAGE_BYTES + 1, owned */
	size_t from, to;		/* of input: what is not taken yet */
	struct buffer output;
	size_t sent;   /* of output */
	int64_t moved; /* ms: when output was last empty or moved */
};

struct server {
	struct arena arena;
	struct arena scratch; /* of one message */
	const char *folder, *path;
	int listener, epoll, spare;
	struct guest *guests[SERVER_CLIENTS_MOST];
	size_t count, next;   /* next: whose turn comes first */
	struct buffer newest; /* the state told last */
};

static const int listener_mark;

struct server *server_open(const char *folder, const char **why)
{
	struct server *server = calloc(1, sizeof *server);
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = (void *)&listener_mark};

	if (!server)
		abort();
	server->folder = arena_string(&server->arena, folder);
	server->epoll = epoll_create1(EPOLL_CLOEXEC);
	server->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	server->listener = -1;
	*why = _("no descriptors are left");
	if (server->epoll >= 0 && server->spare >= 0)
		server->listener =
			socket_listen(&server->arena, folder, BACKLOG, &server->path, why);
	if (server->listener < 0 ||
	    epoll_ctl(server->epoll, EPOLL_CTL_ADD, server->listener, &event) != 0) {
		server_close(server);
		return NULL;
	}
	return server;
}

static void drop(struct server *server, size_t index)
{
	struct guest *guest = server->guests[index];

	close(guest->socket);
	buffer_free(&guest->output);
	free(guest->input);
	free(guest);
	server->guests[index] = server->guests[--server->count];
}

void server_close(struct server *server)
{
	if (!server)
		return;
	while (server->count > 0)
		drop(server, 0);
	if (server->listener >= 0) {
		close(server->listener);
		socket_remove(&server->arena, server->folder, server->path);
	}
	if (server->spare >= 0)
		close(server->spare);
	if (server->epoll >= 0)
		close(server->epoll);
	buffer_free(&server->newest);
	arena_free(&server->scratch);
	arena_free(&server->arena);
	free(server);
}

int server_descriptor(const struct server *server)
{
	return server->epoll;
}

const char *server_path(const struct server *server)
{
	return server->path;
}

size_t server_clients(const struct server *server)
{
	return server->count;
}

bool server_watched(const struct server *server)
{
	for (size_t i = 0; i < server->count; i++)
		if (server->guests[i]->watching)
			return true;
	return false;
}

/* --- Who comes in --- */

static bool is_ours(int socket)
{
	struct ucred peer = {.uid = (uid_t)-1};
	socklen_t length = sizeof peer;

	return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 &&
	       peer.uid == geteuid();
}

static void turn_away(int socket)
{
	static const char words[] = "{\"error\":\"too many programs speak to this coach\"}\n";

	/* if it does not fit, the closing says enough */
	if (send(socket, words, sizeof words - 1, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		(void)0;
	close(socket);
}

static void admit(struct server *server, int socket, int64_t now)
{
	struct guest *guest = calloc(1, sizeof *guest);
	struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
				    .data.ptr = guest};

	if (!guest || !(guest->input = malloc(MESSAGE_BYTES + 1)))
		abort();
	guest->socket = socket;
	guest->moved = now;
	guest->readable = guest->writable = true;
	server->guests[server->count++] = guest;
	if (epoll_ctl(server->epoll, EPOLL_CTL_ADD, socket, &event) != 0)
		drop(server, server->count - 1);
}

/* One who wants in; false: nobody else does. */
static bool receive_client(struct server *server, int64_t now)
{
	int socket = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (socket < 0 && (errno == EMFILE || errno == ENFILE)) {
		/* with none left, one is kept to be able to say no */
		close(server->spare);
		socket = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (socket >= 0)
			turn_away(socket);
		server->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
		return socket >= 0;
	}
	if (socket < 0)
		return errno == EINTR || errno == ECONNABORTED;
	if (!is_ours(socket))
		close(socket);
	else if (server->count == SERVER_CLIENTS_MOST)
		turn_away(socket);
	else
		admit(server, socket, now);
	return true;
}

/* --- What goes out --- */

static size_t unsent(const struct guest *guest)
{
	return guest->output.length - guest->sent;
}

/* Sends what can be sent. False: the client is gone. */
static bool flush(struct guest *guest, int64_t now)
{
	while (guest->writable && unsent(guest) > 0) {
		ssize_t sent = send(guest->socket, guest->output.text + guest->sent, unsent(guest),
				    MSG_DONTWAIT | MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
			return false;
		guest->writable = sent >= 0;
		guest->sent += sent > 0 ? (size_t)sent : 0;
		guest->moved = sent > 0 ? now : guest->moved;
	}
	if (unsent(guest) == 0) {
		buffer_clear(&guest->output);
		guest->sent = 0;
		guest->moved = now;
	}
	return true;
}

static bool update(struct server *server, struct guest *guest, int64_t now)
{
	if (!flush(guest, now))
		return false;
	if (guest->behind && unsent(guest) == 0) {
		guest->behind = false;
		buffer_add(&guest->output, server->newest.text, server->newest.length);
		return flush(guest, now);
	}
	return true;
}

void server_tell(struct server *server, const char *line, size_t length)
{
	buffer_clear(&server->newest);
	buffer_add(&server->newest, line, length);
	for (size_t i = server->count; i-- > 0;) {
		struct guest *guest = server->guests[i];

		guest->behind = guest->watching;
		if (guest->watching && !update(server, guest, guest->moved))
			drop(server, i);
	}
}

/* --- What comes in --- */

/* Fills the input. False: the client is gone. */
static bool receive(struct guest *guest)
{
	ssize_t got;

	if (guest->from > 0) {
		memmove(guest->input, guest->input + guest->from, guest->to - guest->from);
		guest->to -= guest->from;
		guest->from = 0;
	}
	if (!guest->readable || guest->ended || guest->to > MESSAGE_BYTES)
		return true;
	got = recv(guest->socket, guest->input + guest->to, MESSAGE_BYTES + 1 - guest->to,
		   MSG_DONTWAIT);
	if (got > 0)
		guest->to += (size_t)got;
	else if (got == 0)
		guest->ended = true;
	else if (errno == EAGAIN || errno == EWOULDBLOCK)
		guest->readable = false;
	else
		return errno == EINTR;
	return true;
}

/* The next line of the input, its newline with it; false: none is whole yet. What fills the input
 * is one, too; and, at the end, what has no newline. */
static bool find_line(const struct guest *guest, size_t *length)
{
	size_t rest = guest->to - guest->from;
	const char *newline = memchr(guest->input + guest->from, '\n', rest);

	*length = newline ? (size_t)(newline - (guest->input + guest->from)) + 1 : rest;
	return newline || rest > MESSAGE_BYTES || (guest->ended && rest > 0);
}

static bool take_line(struct server *server, struct guest *guest, const char *line, size_t length,
		      const struct server_handler *handler)
{
	struct message message;

	arena_reset(&server->scratch);
	message = message_read(&server->scratch, line, length);
	switch (message.kind) {
	case MESSAGE_NOTHING: return true;
	case MESSAGE_WRONG:
		message_refuse(message.error, message.place, &guest->output);
		return true;
	case MESSAGE_WATCH:
		guest->watching = message.watch;
		if (!message.watch)
			return true;
		break;
	default: break;
	}
	return handler->take(handler->context, &message, &guest->output);
}

/* Takes the lines that have come, as long as there is time and the client reads its replies. */
static bool take_lines(struct server *server, struct guest *guest,
		       const struct server_handler *handler)
{
	size_t length;

	while (unsent(guest) < SERVER_QUEUE_BYTES && find_line(guest, &length)) {
		const char *line = guest->input + guest->from;
		bool whole = line[length - 1] == '\n', skipped = guest->skipping;

		guest->from += length;
		guest->skipping = !whole && length > MESSAGE_BYTES;
		if (!skipped && !take_line(server, guest, line, length - (whole ? 1 : 0), handler))
			return false;
	}
	return true;
}

/* Whether more can be done for a client without waiting. */
static bool is_busy(const struct guest *guest)
{
	size_t length;

	return unsent(guest) < SERVER_QUEUE_BYTES &&
	       ((guest->readable && !guest->ended) || find_line(guest, &length));
}

/* A client's turn. False: it is gone or done with. */
static bool serve(struct server *server, struct guest *guest, const struct server_handler *handler,
		  int64_t now, bool *time_left)
{
	size_t taken = 0;

	do {
		if (!receive(guest))
			return false;
		taken += guest->to;
		*time_left = take_lines(server, guest, handler);
		if (!update(server, guest, now))
			return false;
	} while (*time_left && is_busy(guest) && taken < ROUND_BYTES);
	if (unsent(guest) > 0 && now - guest->moved > SERVER_PATIENCE)
		return false;
	return !(guest->ended && guest->from == guest->to && unsent(guest) == 0);
}

/* What has happened to the sockets since the last time; whether somebody wants in. */
static bool look(struct server *server)
{
	struct epoll_event events[SERVER_CLIENTS_MOST + 1];
	int count = epoll_wait(server->epoll, events, SERVER_CLIENTS_MOST + 1, 0);
	bool wanted = false;

	for (int i = 0; i < count; i++) {
		struct guest *guest = events[i].data.ptr;

		if (events[i].data.ptr == &listener_mark) {
			wanted = true;
			continue;
		}
		guest->writable = guest->writable || events[i].events & EPOLLOUT;
		guest->readable = guest->readable || events[i].events & ~(unsigned)EPOLLOUT;
	}
	return wanted;
}

bool server_serve(struct server *server, const struct server_handler *handler, int64_t now)
{
	bool wanted = look(server), time_left = true, more = false;

	for (size_t i = 0; i < server->count && time_left; i++) {
		size_t index = (server->next + i) % server->count;

		if (!serve(server, server->guests[index], handler, now, &time_left))
			drop(server, index);
	}
	server->next++;
	for (int i = 0; wanted && i < BACKLOG; i++)
		wanted = receive_client(server, now);
	for (size_t i = 0; i < server->count; i++)
		more = more || is_busy(server->guests[i]);
	return more;
}
