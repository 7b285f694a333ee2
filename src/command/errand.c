#include "command/errand.h"

#include "base/words.h"
#include "command/clock.h"
#include "command/desk.h"
#include "command/edit.h"
#include "command/handover.h"
#include "command/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int edit_away(struct desk *desk, const char *path, int line)
{
	int status;

	screen_leave(&desk->screen);
	status = edit_file(path, line, &desk->watch);
	screen_return(&desk->screen);
	if (status != 0)
		view_notice(&desk->coach.view, _("the editor ended with status %d"), status);
	return status;
}

static void edit_playbook(struct desk *desk)
{
	struct place place = coach_place(&desk->coach);

	if (!place.file)
		view_notice(&desk->coach.view, _("no playbook to edit"));
	else if (edit_away(desk, place.file, place.line) == 0)
		shelf_refresh(&desk->shelf, &desk->coach);
}

static void switch_language(struct desk *desk)
{
	if (!shelf_switch(&desk->shelf, &desk->coach, NULL))
		return;
	coach_switched(&desk->coach, clock_now());
	shelf_watch(&desk->shelf, &desk->watch);
}

/* A file of the open or last call beside the journal's folder, "notes/CALL.txt", its own made; in
 * the arena. NULL: the folder cannot be made. */
static const char *beside(struct desk *desk, struct arena *arena, const char *folder,
			  const char *ending)
{
	const char *journal = desk->journal.folder;
	size_t length = strlen(journal);
	const char *path;

	while (length > 1 && journal[length - 1] == '/')
		length--;
	while (length > 1 && journal[length - 1] != '/')
		length--;
	path = arena_format(arena, "%.*s%s", (int)length, journal, folder);
	mkdir(desk->journal.folder, 0700);
	if (mkdir(path, 0700) != 0 && errno != EEXIST) {
		view_notice(&desk->coach.view, _("cannot make the folder \"%s\": %s"), path,
			    strerror(errno));
		return NULL;
	}
	return arena_format(arena, "%s/%s%s", path, desk->coach.call.id, ending);
}

static void hand_over(struct desk *desk, enum coach_outcome outcome)
{
	struct handover handover = {
		.config = &desk->config, .watch = &desk->watch, .screen = &desk->screen};
	const char *text = desk->coach.view.sheet.text.text;
	static const char *const endings[] = {".txt", ".md", ".json"};
	struct arena arena = {0};
	const char *path;

	if (outcome == COACH_COPIES) {
		handover_copy(&handover, text);
	} else if (outcome == COACH_SENDS) {
		handover_send(&handover, text);
	} else if ((path = beside(desk, &arena, "notes",
				  arena_format(&arena, "-%lld%s", (long long)(clock_now() / 1000),
					       endings[desk->coach.format])))) {
		handover_save(&handover, text, path);
	}
	if (*handover.message)
		view_notice(&desk->coach.view, "%s", handover.message);
	arena_free(&arena);
}

static bool write_text(const char *path, const char *text)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	size_t length = strlen(text);
	bool good = file >= 0 && write(file, text, length) == (ssize_t)length;

	return file >= 0 && close(file) == 0 && good;
}

static bool read_text(const char *path, struct buffer *text)
{
	FILE *file = fopen(path, "r");
	char block[4096];
	size_t length;

	if (!file)
		return false;
	buffer_text(text, "");
	while ((length = fread(block, 1, sizeof block, file)) > 0)
		buffer_add(text, block, length);
	fclose(file);
	return true;
}

/* The note into an editor and back; when the editor fails the note stays as it was, and so does its
 * file. */
static void edit_note(struct desk *desk)
{
	struct view *view = &desk->coach.view;
	struct arena arena = {0};
	struct buffer text = {0};
	const char *path = beside(desk, &arena, "notes", ".draft");

	if (path && !write_text(path, view->sheet.text.text)) {
		view_notice(view, _("cannot write \"%s\": %s"), path, strerror(errno));
	} else if (path && edit_away(desk, path, 1) == 0 && read_text(path, &text)) {
		sheet_set(&view->sheet, text.text);
		view->edited = true;
		unlink(path);
	}
	buffer_free(&text);
	arena_free(&arena);
}

/* The newest take of the call's voice note, or the file for the next one; NULL: there is none. */
static const char *take(struct desk *desk, struct arena *arena, bool next)
{
	const char *path = NULL, *last = NULL;

	for (int n = 1; n < 1000; n++) {
		path = beside(desk, arena, "voice", arena_format(arena, "-%d.wav", n));
		if (!path || access(path, F_OK) != 0)
			break;
		last = path;
	}
	return next ? path : last;
}

static void record_or_stop(struct desk *desk)
{
	struct view *view = &desk->coach.view;
	struct arena arena = {0};
	const char *path;

	if (desk->recorder.child > 0) {
		recorder_stop(&desk->recorder);
		view->recording = false;
		view_notice(view, _("kept: %s"), place_short(&arena, desk->recorder.path));
	} else if ((path = take(desk, &arena, true))) {
		const char *trouble = recorder_start(&desk->recorder, desk->config.recorder.command,
						     path, &desk->watch);

		view->recording = !trouble;
		if (trouble)
			view_notice(view, "%s", trouble);
	}
	arena_free(&arena);
}

static void play(struct desk *desk)
{
	struct arena arena = {0};
	const char *path = take(desk, &arena, false);
	const char *trouble = path ? recorder_play(&desk->recorder, path, &desk->watch)
				   : _("nothing was recorded for this call yet");

	view_notice(&desk->coach.view, "%s", trouble ? trouble : _("playing; any other take by r"));
	arena_free(&arena);
}

void errand_do(struct desk *desk, enum coach_outcome outcome)
{
	switch (outcome) {
	case COACH_STAYS:
	case COACH_LEAVES: break;
	case COACH_EDITS: edit_playbook(desk); break;
	case COACH_SWITCHES: switch_language(desk); break;
	case COACH_COPIES:
	case COACH_SAVES:
	case COACH_SENDS: hand_over(desk, outcome); break;
	case COACH_WRITES: edit_note(desk); break;
	case COACH_RECORDS: record_or_stop(desk); break;
	case COACH_PLAYS: play(desk); break;
	}
}
