/* The socket with real clients, good and hostile ones, in one process: nobody here may wait for
 * long. */
#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "link/client.h"
#include "link/message.h"
#include "link/server.h"
#include "link/socket.h"

#define HERE "{\"state\":1}\n"

static char parent[64], folder[128];
static struct server *server;
static struct buffer heard; /* texts, each with a bar behind */
static size_t taken, most;  /* messages so far; after so many more the turn's time is up */
static int64_t now;
static size_t reply_size; /* 0: HERE */

static bool take(void *context, const struct message *message, struct buffer *reply)
{
	(void)context;
	taken++;
	if (message->kind == MESSAGE_HEARD)
		buffer_format(&heard, "%s|", message->utterance.text);
	else if (message->kind == MESSAGE_DO)
		message_refuse(action_entry(message->action)->name, 0, reply);
	else if (reply_size == 0)
		buffer_text(reply, HERE);
	for (size_t i = 0; message->kind == MESSAGE_ASK && i < reply_size; i++)
		buffer_text(reply, i + 1 == reply_size ? "\n" : "x");
	return most == 0 || taken % most != 0;
}

/* Until nothing is left to be done. */
static size_t serve(void)
{
	struct server_handler handler = {.take = take};
	size_t turns = 1;

	while (server_serve(server, &handler, now))
		assert_true(turns++ < 100000);
	return turns;
}

static int set_up(void **state)
{
	const char *why;

	(void)state;
	snprintf(parent, sizeof parent, "/tmp/talktrack-link-XXXXXX");
	if (!mkdtemp(parent))
		return -1;
	snprintf(folder, sizeof folder, "%s/talktrack", parent);
	now = 1000;
	taken = most = reply_size = 0;
	buffer_clear(&heard);
	buffer_text(&heard, "");
	server = server_open(folder, &why);
	return server ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	server_close(server);
	if (rmdir(folder) != 0)
		return -1; /* something was left behind */
	buffer_free(&heard);
	return rmdir(parent);
}

static int meet(void)
{
	int one = socket_connect(server_path(server));

	assert_true(one >= 0);
	return one;
}

/* Sends all, serving whenever the socket is full. */
static void send_all(int one, const char *text, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(one, text, length, MSG_NOSIGNAL);

		assert_true(sent > 0 || errno == EAGAIN);
		if (sent < 0) {
			serve();
			continue;
		}
		text += sent;
		length -= (size_t)sent;
	}
	serve();
}

static void say(int one, const char *text)
{
	send_all(one, text, strlen(text));
}

/* What has come, at most 100,000 bytes. "EOF" behind it when the other end was closed. */
static const char *answer(int one)
{
	static char text[100008];
	size_t length = 0;
	ssize_t got = 1;

	while (length < 100000 && (got = recv(one, text + length, 100000 - length, 0)) > 0)
		length += (size_t)got;
	snprintf(text + length, 4, "%s", got == 0 || (got < 0 && errno == ECONNRESET) ? "EOF" : "");
	return text;
}

static void answers(void **state)
{
	int one = meet();

	(void)state;
	say(one, "hello\n{\"ask\":\"state\"}\n\n{\"do\":\"undo\"}\r\nsecond\n");
	assert_string_equal(heard.text, "hello|second|");
	assert_string_equal(answer(one), HERE "{\"error\":\"undo\"}\n");
	say(one, "last without newline");
	assert_string_equal(heard.text, "hello|second|");
	shutdown(one, SHUT_WR);
	serve();
	assert_string_equal(heard.text, "hello|second|last without newline|");
	assert_string_equal(answer(one), "EOF");
	assert_int_equal(server_clients(server), 0);
	close(one);
}

static void folder_is_closed_to_others(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(stat(folder, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	assert_int_equal(stat(server_path(server), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void half_lines(void **state)
{
	static const char text[] = "{\"text\":\"in many pieces\"}\nplain\n";
	int one = meet(), torn = meet();

	(void)state;
	for (size_t i = 0; i < sizeof text - 1; i++)
		send_all(one, text + i, 1);
	assert_string_equal(heard.text, "in many pieces|plain|");
	say(torn, "{\"do\":\"end-ca");
	close(torn);
	serve();
	assert_int_equal(taken, 2);
	assert_int_equal(server_clients(server), 1);
	close(one);
	serve();
	assert_int_equal(server_clients(server), 0);
}

static void no_newline_for_10_megabytes(void **state)
{
	size_t length = 10 * 1000 * 1000;
	char *text = malloc(length);
	int one = meet();
	struct rusage before, after;

	(void)state;
	memset(text, 'x', length);
	getrusage(RUSAGE_SELF, &before);
	send_all(one, text, length);
	say(one, "\nstill here\n");
	getrusage(RUSAGE_SELF, &after);
	assert_string_equal(heard.text, "still here|");
	assert_string_equal(
		answer(one),
		"{\"error\":\"the line is longer than 65536 bytes\",\"place\":65537}\n");
	assert_true(after.ru_maxrss - before.ru_maxrss < 2048); /* KiB: it was not kept */
	close(one);
	free(text);
}

static void longest_line(void **state)
{
	char *text = malloc(MESSAGE_BYTES + 2);
	int one = meet();

	(void)state;
	memset(text, 'x', MESSAGE_BYTES + 2);
	text[MESSAGE_BYTES] = '\n';
	send_all(one, text, MESSAGE_BYTES + 1);
	assert_int_equal(heard.length, MESSAGE_BYTES + 1);
	assert_string_equal(answer(one), "");
	text[MESSAGE_BYTES] = 'x';
	text[MESSAGE_BYTES + 1] = '\n';
	send_all(one, text, MESSAGE_BYTES + 2);
	say(one, "x\n");
	assert_int_equal(heard.length, MESSAGE_BYTES + 3);
	assert_non_null(strstr(answer(one), "longer"));
	close(one);
	free(text);
}

static void bad_bytes(void **state)
{
	static const char text[] =
		"\xff\xfe\n\0\n\033[2J\n{\"text\":\"\\u0000\"}\n{\"text\":\"\xc3(\"}\n"
		"[[[[\n{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\ngood\n";
	int one = meet();
	const char *line;
	size_t errors = 0;

	(void)state;
	send_all(one, text, sizeof text - 1);
	assert_string_equal(heard.text, "[[[[|good|");
	for (line = answer(one); (line = strstr(line, "{\"error\":\"")); line++)
		errors++;
	assert_int_equal(errors, 6);
	close(one);
}

/* Everyone past the bound is told so, and those inside are served as before. */
static void a_thousand_connections(void **state)
{
	int first = meet(), all[1000];
	size_t told = 0, inside = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		all[i] = meet();
		if (i % 50 == 0)
			serve();
	}
	serve();
	assert_int_equal(server_clients(server), SERVER_CLIENTS_MOST);
	for (int i = 0; i < 1000; i++) {
		const char *text = answer(all[i]);

		told += strcmp(text,
			       "{\"error\":\"too many programs speak to this coach\"}\nEOF") == 0;
		inside += *text == '\0';
	}
	assert_int_equal(inside, SERVER_CLIENTS_MOST - 1);
	assert_int_equal(told, 1000 - inside);
	say(first, "{\"ask\":\"state\"}\n");
	assert_string_equal(answer(first), HERE);
	for (int i = 0; i < 1000; i++)
		close(all[i]);
	serve();
	assert_int_equal(server_clients(server), 1);
	close(first);
}

static void no_descriptor_is_left(void **state)
{
	int one = meet(), two;
	struct rlimit before, tight;

	(void)state;
	serve();
	two = meet();
	getrlimit(RLIMIT_NOFILE, &before);
	tight = before;
	tight.rlim_cur = (rlim_t)two + 1;
	setrlimit(RLIMIT_NOFILE, &tight);
	serve();
	setrlimit(RLIMIT_NOFILE, &before);
	assert_non_null(strstr(answer(two), "too many"));
	say(one, "{\"ask\":\"state\"}\n");
	assert_string_equal(answer(one), HERE);
	close(one);
	close(two);
}

/* Who asks and asks and never reads is not listened to, keeps nobody from being served, and is
 * dropped. */
static void who_never_reads(void **state)
{
	int one = meet(), other = meet();
	ssize_t sent;
	size_t before;

	(void)state;
	reply_size = 1000;
	do {
		sent = send(one, "{\"ask\":\"state\"}\n", 16, MSG_NOSIGNAL);
		serve();
	} while (sent > 0);
	assert_int_equal(errno, EAGAIN); /* it waits, not we */
	before = taken;
	say(other, "{\"ask\":\"state\"}\n");
	assert_int_equal(strlen(answer(other)), 1000);
	assert_int_equal(taken, before + 1);
	now += SERVER_PATIENCE + 1;
	serve();
	assert_int_equal(server_clients(server), 1);
	assert_true(send(one, "x", 1, MSG_NOSIGNAL) < 0 && errno == EPIPE);
	close(one);
	close(other);
}

/* Who reads late gets all of it. */
static void who_reads_late(void **state)
{
	int one = meet();
	size_t asked = 0, got = 0;
	ssize_t sent;

	(void)state;
	reply_size = 1000;
	while ((sent = send(one, "{\"ask\":\"state\"}\n", 16, MSG_NOSIGNAL)) == 16) {
		serve();
		asked++;
	}
	asked += sent > 0;
	assert_true(asked > 100);
	for (int i = 0; i < 1000 && got < asked * 1000; i++) {
		now += SERVER_PATIENCE / 2;
		got += strlen(answer(one));
		serve();
	}
	assert_int_equal(got, (asked - (sent > 0)) * 1000);
	close(one);
}

/* A flood is taken in turns, so that keys come between; and others are not forgotten. */
static void a_flood_takes_turns(void **state)
{
	struct server_handler handler = {.take = take};
	int one = meet(), other = meet();
	size_t turns = 1;
	char words[25000];

	(void)state;
	most = 100;
	serve();
	for (size_t i = 0; i < sizeof words; i++)
		words[i] = "word\n"[i % 5];
	assert_int_equal(send(one, words, sizeof words, 0), sizeof words);
	assert_int_equal(send(other, "{\"ask\":\"state\"}\n", 16, 0), 16);
	while (server_serve(server, &handler, now)) {
		assert_true(taken <= turns * 100);
		if (turns++ == 2)
			assert_string_equal(answer(other), HERE);
	}
	assert_int_equal(taken, 5001);
	assert_true(turns >= 50);
	close(one);
	close(other);
}

static void watchers(void **state)
{
	int one = meet(), lazy = meet();
	char line[2001];

	(void)state;
	say(one, "{\"watch\":true}\n");
	assert_true(server_watched(server));
	assert_string_equal(answer(one), HERE);
	server_tell(server, "changed\n", 8);
	assert_string_equal(answer(one), "changed\n");
	say(lazy, "{\"watch\":true}\n");
	memset(line, 'y', sizeof line);
	line[sizeof line - 1] = '\n';
	for (int i = 0; i < 1000; i++) {
		server_tell(server, line, sizeof line);
		assert_int_equal(strlen(answer(one)), sizeof line);
	}
	server_tell(server, "newest\n", 7);
	assert_string_equal(answer(one), "newest\n");
	/* who was behind gets whole lines, and the newest one last */
	for (int i = 0; i < 3; i++) {
		const char *text = answer(lazy);
		size_t length = strlen(text);

		serve();
		if (length >= 7 && strcmp(text + length - 7, "newest\n") == 0)
			break;
		assert_true(i < 2);
	}
	say(one, "{\"watch\":false}\n");
	server_tell(server, "secret\n", 7);
	assert_string_equal(answer(one), "");
	close(lazy);
	serve();
	assert_false(server_watched(server));
	close(one);
}

static void who_watches_and_never_reads(void **state)
{
	int lazy = meet();
	char line[60000];

	(void)state;
	say(lazy, "{\"watch\":true}\n");
	memset(line, 'y', sizeof line);
	line[sizeof line - 1] = '\n';
	for (int i = 0; i < 20; i++)
		server_tell(server, line, sizeof line);
	serve();
	assert_int_equal(server_clients(server), 1);
	now += SERVER_PATIENCE + 1;
	serve();
	assert_int_equal(server_clients(server), 0);
	close(lazy);
}

static void gone_in_the_middle(void **state)
{
	(void)state;
	reply_size = 50000;
	for (int i = 0; i < 200; i++) {
		struct linger hard = {.l_onoff = 1};
		int one = meet();

		assert_true(send(one,
				 "{\"watch\":true}\n{\"ask\":\"state\"}\n{\"ask\":\"state\"}\nx",
				 48, 0) > 0);
		if (i % 2)
			serve();
		setsockopt(one, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
		close(one);
		server_tell(server, "x\n", 2);
	}
	serve();
	server_tell(server, "x\n", 2);
	serve();
	assert_int_equal(server_clients(server), 0);
}

/* A socket that nobody listens on any more is taken away, one that somebody does is not. */
static void a_crash_leaves_a_socket(void **state)
{
	char path[256];
	const char *why;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct server *second;
	struct stat status;
	struct client client;
	int stale = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	snprintf(path, sizeof path, "%s/coach-1.sock", folder);
	snprintf(address.sun_path, sizeof address.sun_path, "%.100s", path);
	assert_int_equal(bind(stale, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(stale, 1), 0);
	close(stale);
	/* the newest is dead: the client finds the one that lives */
	assert_true(client_open(&client, folder, NULL));
	client_close(&client);
	assert_false(client_open(&client, folder, path));
	client_close(&client);
	serve();
	if (fork() == 0) {
		second = server_open(folder, &why);
		server_close(second);
		_exit(second ? 0 : 1);
	}
	wait(NULL);
	assert_int_not_equal(lstat(path, &status), 0);
	assert_int_equal(lstat(server_path(server), &status), 0);
	serve();
}

/* coach.sock leads to the newest, and when that ends to the one before. */
static void the_newest_is_the_default(void **state)
{
	char path[256], target[256] = "";
	int ready[2], done[2];
	const char *why;
	char byte;
	pid_t child;

	(void)state;
	snprintf(path, sizeof path, "%s/coach.sock", folder);
	assert_true(readlink(path, target, sizeof target - 1) > 0);
	assert_string_equal(target, strrchr(server_path(server), '/') + 1);
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(done), 0);
	child = fork();
	if (child == 0) {
		struct server *second = server_open(folder, &why);

		if (write(ready[1], "x", 1) < 0 || read(done[0], &byte, 1) < 0)
			_exit(1);
		server_close(second);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	memset(target, 0, sizeof target);
	assert_true(readlink(path, target, sizeof target - 1) > 0);
	assert_int_equal(atoi(target + 6), (int)child);
	assert_int_equal(write(done[1], "x", 1), 1);
	waitpid(child, NULL, 0);
	memset(target, 0, sizeof target);
	assert_true(readlink(path, target, sizeof target - 1) > 0);
	assert_string_equal(target, strrchr(server_path(server), '/') + 1);
	close(ready[0]), close(ready[1]), close(done[0]), close(done[1]);
	serve();
}

static void another_user(void **state)
{
	pid_t child;
	int status;

	(void)state;
	if (geteuid() != 0)
		skip();
	/* even where the file's mode lets them in */
	assert_int_equal(
		chmod(parent, 0755) | chmod(folder, 0755) | chmod(server_path(server), 0666), 0);
	child = fork();
	if (child == 0) {
		int one;
		char byte;

		if (setgid(65534) != 0 || setuid(65534) != 0 ||
		    (one = socket_connect(server_path(server))) < 0)
			_exit(1);
		/* they may be shown the door before a word of theirs is out */
		if (send(one, "hello\n", 6, MSG_NOSIGNAL) != 6)
			_exit(errno == EPIPE || errno == ECONNRESET ? 42 : 2);
		for (int i = 0; i < 500; i++) {
			ssize_t got = recv(one, &byte, 1, MSG_DONTWAIT);

			if (got == 0 || (got < 0 && errno == ECONNRESET))
				_exit(42); /* shown the door, without a word */
			usleep(10000);
		}
		_exit(3);
	}
	while (waitpid(child, &status, WNOHANG) == 0)
		serve();
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 42);
	assert_int_equal(taken, 0);
	assert_int_equal(server_clients(server), 0);
}

static void refused(const char *where, const char *part)
{
	const char *why = NULL;

	assert_null(server_open(where, &why));
	assert_non_null(why);
	assert_non_null(strstr(why, part));
}

static void folders_that_will_not_do(void **state)
{
	char path[512], target[256];

	(void)state;
	refused("/nonexistent/talktrack", "cannot be made");
	refused("/dev/null", "not the user's own");
	snprintf(path, sizeof path, "%s/elsewhere", folder);
	snprintf(target, sizeof target, "%s", folder);
	assert_int_equal(symlink(target, path), 0);
	refused(path, "not the user's own");
	unlink(path);
	snprintf(path, sizeof path, "%s/%0100d", folder, 7);
	refused(path, "too long");
	rmdir(path);
	if (geteuid() == 0) {
		snprintf(path, sizeof path, "%s/theirs", folder);
		assert_int_equal(mkdir(path, 0700) | chown(path, 65534, 65534), 0);
		refused(path, "not the user's own");
		rmdir(path);
	}
}

static void the_client_end(void **state)
{
	struct client client;
	bool gone;

	(void)state;
	assert_true(client_open(&client, folder, NULL));
	assert_null(client_receive(&client, 0));
	assert_int_equal(
		client_send(&client, "{\"ask\":\"state\"}\n{\"do\":\"undo\"}\n", 30, 0, &gone), 30);
	assert_false(gone);
	serve();
	assert_string_equal(client_receive(&client, 1000), "{\"state\":1}");
	assert_string_equal(client_receive(&client, 1000), "{\"error\":\"undo\"}");
	client_finish(&client);
	serve();
	assert_null(client_receive(&client, 1000));
	assert_true(client.ended);
	client_close(&client);
	assert_false(client_open(&client, "/nonexistent", NULL));
	client_close(&client);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(answers),
		TEST(folder_is_closed_to_others),
		TEST(half_lines),
		TEST(no_newline_for_10_megabytes),
		TEST(longest_line),
		TEST(bad_bytes),
		TEST(a_thousand_connections),
		TEST(no_descriptor_is_left),
		TEST(who_never_reads),
		TEST(who_reads_late),
		TEST(a_flood_takes_turns),
		TEST(watchers),
		TEST(who_watches_and_never_reads),
		TEST(gone_in_the_middle),
		TEST(a_crash_leaves_a_socket),
		TEST(the_newest_is_the_default),
		TEST(another_user),
		TEST(folders_that_will_not_do),
		TEST(the_client_end),
	};
	struct rlimit files;

	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max < 4096 ? files.rlim_max : 4096;
	setrlimit(RLIMIT_NOFILE, &files);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
