#define _GNU_SOURCE
#include "home.h"

#include "terminal.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { PATH_BYTES = 512, PATHS = 4, MORE_MOST = 16 };

static char folder[256];

int home_make(void **state)
{
	const char *temp = getenv("TMPDIR");

	(void)state;
	snprintf(folder, sizeof folder, "%s/talktrack-pty-XXXXXX", temp ? temp : "/tmp");
	if (!mkdtemp(folder) || mkdir(home_path("run"), 0700) != 0)
		return -1;
	unsetenv("TALKTRACK_SOCKET");
	return setenv("XDG_RUNTIME_DIR", home_path("run"), 1);
}

int home_remove(void **state)
{
	char command[512];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	return system(command);
}

const char *home_folder(void)
{
	return folder;
}

const char *home_path(const char *name)
{
	static char paths[PATHS][PATH_BYTES];
	static size_t last;
	char *path = paths[last++ % PATHS];

	snprintf(path, PATH_BYTES, "%s/%s", folder, name);
	return path;
}

void home_write(const char *name, const char *text)
{
	char path[PATH_BYTES];
	FILE *file;

	snprintf(path, sizeof path, "%s", home_path(name));
	for (char *slash = path + strlen(folder) + 1; (slash = strchr(slash, '/'));
	     *slash++ = '/') {
		*slash = '\0';
		mkdir(path, 0700);
	}
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

size_t home_journal(char *text, size_t size)
{
	const char *path = home_path("state/talktrack/journal");
	DIR *stream = opendir(path);
	struct dirent *entry;
	size_t length = 0;

	while (stream && (entry = readdir(stream))) {
		char name[1024];
		FILE *file;

		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		if (entry->d_name[0] == '.' || !(file = fopen(name, "r")))
			continue;
		length += fread(text + length, 1, size - 1 - length, file);
		fclose(file);
	}
	if (stream)
		closedir(stream);
	text[length] = '\0';
	return length;
}

struct terminal *home_start(const struct home_coach *coach)
{
	static char home[600], state[600], runtime[600], path[4096];
	const char *const usual[] = {
		home,	  state, runtime, path, "LC_ALL=C.UTF-8", "TERM=xterm-256color",
		"TZ=UTC", NULL};
	const char *environment[MORE_MOST + sizeof usual / sizeof *usual];
	const char *library = coach->library ? coach->library : "tests/scenes/library";
	const char *argv[] = {getenv("TALKTRACK"), "-p", library, coach->language ? "-l" : NULL,
			      coach->language,	   NULL};
	struct terminal_setup setup = {
		.argv = argv,
		.environment = environment,
		.rows = coach->rows,
		.columns = coach->columns,
		.cpu = -1,
		/* ncurses itself resets the palette when it gives the terminal away */
		.allowed_strings = "104"};
	struct terminal *terminal;
	size_t count = 0;

	for (; coach->more && coach->more[count]; count++) {
		assert_true(count < MORE_MOST);
		environment[count] = coach->more[count];
	}
	memcpy(environment + count, usual, sizeof usual);
	snprintf(home, sizeof home, "HOME=%s", folder);
	snprintf(state, sizeof state, "XDG_STATE_HOME=%s", home_path("state"));
	snprintf(runtime, sizeof runtime, "XDG_RUNTIME_DIR=%s", home_path("run"));
	snprintf(path, sizeof path, "PATH=%s", getenv("PATH"));
	terminal = terminal_start(&setup);
	assert_non_null(terminal);
	if (coach->begun)
		assert_true(terminal_wait_text(terminal, coach->begun));
	return terminal;
}

void home_ends(struct terminal *terminal, int status)
{
	assert_true(terminal_wait_exit(terminal, TERMINAL_PATIENCE_MS));
	if (terminal_leftover(terminal))
		print_message("left behind: %s\n", terminal_leftover(terminal));
	if (terminal_danger(terminal))
		print_message("harmful: %s\n", terminal_danger(terminal));
	assert_null(terminal_leftover(terminal));
	assert_null(terminal_danger(terminal));
	assert_int_equal(terminal_status(terminal), status);
	terminal_end(terminal);
}

static bool ends_or_asks(struct terminal *terminal, void *context)
{
	(void)context;
	return !terminal_running(terminal) || terminal_find(terminal, "A call is open", NULL, NULL);
}

void home_leave(struct terminal *terminal)
{
	terminal_keys(terminal, "Esc q");
	assert_true(terminal_wait(terminal, ends_or_asks, NULL, TERMINAL_PATIENCE_MS));
	if (terminal_running(terminal))
		terminal_key(terminal, "q");
	home_ends(terminal, 0);
}
