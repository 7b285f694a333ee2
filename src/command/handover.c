#include "command/handover.h"

#include "base/arena.h"
#include "base/notice.h"
#include "base/words.h"
#include "command/config.h"
#include "command/feed.h"
#include "command/place.h"
#include "screen/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say(struct handover *handover, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void say(struct handover *handover, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	notice_write(handover->message, sizeof handover->message, format, arguments);
	va_end(arguments);
}

/* Runs a program; name and where the text goes are for the message. */
static bool run(struct handover *handover, const char *const *arguments, const char *text,
		const char *name, const char *where)
{
	char said[FEED_SAID_BYTES];
	int status = feed(arguments, text, HANDOVER_SECONDS, handover->watch, said);

	if (status == 0)
		say(handover, _("sent to %s"), where);
	else if (status == FEED_TOO_SLOW)
		say(handover, _("not sent: %s was not done after %d seconds and was ended"), name,
		    HANDOVER_SECONDS);
	else if (status == FEED_NO_CHILD)
		say(handover, _("not sent: %s could not be started"), name);
	else
		say(handover, _("not sent: %s ended with status %d%s%s"), name, status,
		    *said ? ": " : "", said);
	return status == 0;
}

static bool run_command(struct handover *handover, const char *command, const char *text,
			const char *name, const char *where)
{
	const char *const arguments[] = {"/bin/sh", "-c", command, NULL};

	return run(handover, arguments, text, name, where);
}

bool handover_copy(struct handover *handover, const char *text)
{
	static const char *const tmux[] = {"tmux", "load-buffer", "-w", "-", NULL};
	const char *within = getenv("TMUX");

	if (handover->config->copy.command)
		return run_command(handover, handover->config->copy.command, text, "copy.command",
				   _("the clipboard, by copy.command"));
	if (within && *within && run(handover, tmux, text, "tmux", _("the clipboard, by tmux")))
		return true;
	if (!handover->screen) {
		say(handover,
		    _("not sent: there is no clipboard that is known here; set copy.command"));
		return false;
	}
	if (!screen_copy(handover->screen, text)) {
		say(handover,
		    _("not sent: the text is too long for the terminal; set copy.command"));
		return false;
	}
	say(handover, _("sent to the clipboard, by the terminal"));
	return true;
}

bool handover_send(struct handover *handover, const char *text)
{
	if (handover->config->wrap_up.command)
		return run_command(handover, handover->config->wrap_up.command, text,
				   "wrap-up.command", "wrap-up.command");
	say(handover, _("not sent: there is no wrap-up.command in the configuration"));
	return false;
}

static bool write_all(int file, const char *text, size_t length)
{
	while (length > 0) {
		ssize_t wrote = write(file, text, length);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		text += wrote;
		length -= (size_t)wrote;
	}
	return true;
}

bool handover_save(struct handover *handover, const char *text, const char *path)
{
	struct arena scratch = {0};
	const char *place = place_path(&scratch, path);
	int file = place ? open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
	bool good = false;

	if (file >= 0) {
		good = write_all(file, text, strlen(text));
		good = close(file) == 0 && good;
	}
	if (good)
		/* a screen has one row for it */
		say(handover, _("saved as \"%s\""),
		    handover->screen ? place_short(&scratch, place) : place);
	else
		say(handover, _("not saved as \"%s\": %s"), path,
		    place ? strerror(errno) : _("there is no home folder"));
	arena_free(&scratch);
	return good;
}
