#include "call/calendar.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "base/words.h"
#include "call/promise.h"

#define LINE_OCTETS 75 /* RFC 5545, section 3.1: of a line, without its end */
#define QUARTER INT64_C(900000)
#define STAMP_BYTES sizeof("20261127T170000Z")

/* --- Content lines --- */

/* Folded: a line goes on in the next behind a blank; never within a character. */
static void put_line(struct buffer *out, const struct buffer *line)
{
	size_t room = LINE_OCTETS;
	size_t at = 0;
	while (line->length - at > room) {
		size_t size = room;
		while (((unsigned char)line->text[at + size] & 0xc0) == 0x80)
			size--;
		buffer_add(out, line->text + at, size);
		buffer_text(out, "\r\n ");
		at += size;
		room = LINE_OCTETS - 1;
	}
	buffer_add(out, line->text + at, line->length - at);
	buffer_text(out, "\r\n");
}

static void put(struct buffer *out, const char *line)
{
	buffer_format(out, "%s\r\n", line);
}

/* Section 3.3.11: a text value. Our texts have no newlines. */
static void escape(struct buffer *line, const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("\\;,", *text) != NULL)
			buffer_text(line, "\\");
		buffer_add(line, text, 1);
	}
}

static void put_text(struct buffer *out, const char *name, const char *before, const char *text,
		     const char *between, const char *after)
{
	struct buffer line = {0};
	buffer_format(&line, "%s:", name);
	escape(&line, before);
	escape(&line, text);
	escape(&line, between);
	escape(&line, after);
	put_line(out, &line);
	buffer_free(&line);
}

static void put_time(struct buffer *out, const char *name, int64_t ms)
{
	char stamp[STAMP_BYTES] = "19700101T000000Z";
	struct tm utc;
	time_t seconds = (time_t)(ms / 1000);
	if (gmtime_r(&seconds, &utc) != NULL && utc.tm_year < 9999 - 1900)
		strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &utc);
	buffer_format(out, "%s:%s\r\n", name, stamp);
}

/* --- Components --- */

void calendar_open(struct buffer *out)
{
	put(out, "BEGIN:VCALENDAR");
	put(out, "VERSION:2.0");
	put(out, "PRODID:-//talktrack//promises//EN");
	put(out, "CALSCALE:GREGORIAN");
}

void calendar_close(struct buffer *out)
{
	put(out, "END:VCALENDAR");
}

/* What both kinds have. */
static void put_common(const struct promise *promise, struct buffer *out)
{
	const char *customer = promise_customer(promise);
	const char *slash = strrchr(promise->name, '/');
	if (slash == NULL)
		slash = promise->name;
	/* Without the slash: some programs make a file name of it. */
	struct buffer call = {0};
	buffer_add(&call, promise->name, (size_t)(slash - promise->name));
	buffer_text(&call, "-");
	put_text(out, "UID", call.text, slash + (*slash == '/'), "@talktrack", "");
	buffer_free(&call);
	put_time(out, "DTSTAMP", promise->settled != 0 ? promise->settled : promise->made);
	put_time(out, "CREATED", promise->made);
	put_text(out, "SUMMARY", "", promise->text, customer == NULL ? "" : " · ",
		 customer == NULL ? "" : customer);
	if (promise->beyond != NULL)
		put_text(out, "DESCRIPTION", _("promised, and on top: "), promise->beyond, "", "");
}

static void put_alarm(const struct promise *promise, const char *trigger, struct buffer *out)
{
	put(out, "BEGIN:VALARM");
	put(out, "ACTION:DISPLAY");
	put_text(out, "DESCRIPTION", _("promised: "), promise->text, "", "");
	put(out, trigger);
	put(out, "END:VALARM");
}

static void add_event(const struct promise *promise, struct buffer *out)
{
	put(out, "BEGIN:VEVENT");
	put_common(promise, out);
	put_time(out, "DTSTART", promise->due - QUARTER);
	put_time(out, "DTEND", promise->due);
	put(out, "TRANSP:TRANSPARENT");
	put(out,
	    promise->settled != 0 && promise->broken ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
	if (promise->settled == 0)
		put_alarm(promise, "TRIGGER:-PT45M", out);
	put(out, "END:VEVENT");
}

static void add_todo(const struct promise *promise, struct buffer *out)
{
	put(out, "BEGIN:VTODO");
	put_common(promise, out);
	if (promise->due != 0)
		put_time(out, "DUE", promise->due);
	if (promise->settled == 0) {
		put(out, "STATUS:NEEDS-ACTION");
	} else if (promise->broken) {
		put(out, "STATUS:CANCELLED");
	} else {
		put(out, "STATUS:COMPLETED");
		put_time(out, "COMPLETED", promise->settled);
	}
	if (promise->settled == 0 && promise->due != 0)
		put_alarm(promise, "TRIGGER;RELATED=END:-PT1H", out);
	put(out, "END:VTODO");
}

bool calendar_add(const struct promise *promise, enum calendar_kind kind, struct buffer *out)
{
	if (kind == CALENDAR_EVENTS && promise->due == 0)
		return false;
	if (kind == CALENDAR_EVENTS)
		add_event(promise, out);
	else
		add_todo(promise, out);
	return true;
}
