/* Plays scenes: what an agent does, and what the screen shows then, with no terminal in between.
 *
 *   scene [--update] FILE.scene...
 *
 * A scene is a text file, a word and its arguments a line:
 *   library PATH            the playbooks, from the folder it is run in
 *   sizes 80x24 40x10 ...   the whole scene is played once at each size
 *   words LANGUAGE          the interface's own words, from locale/ beside this program, and the
 *                           playbooks of that language
 *   latin WORD...           at every line, no two Latin letters stand together on the screen but in
 *                           these words and, on the page of keys, in names of actions: the
 *                           catalogue has none, so what has was never looked up in it
 *   key NAME...             presses (view/keymap.h names them)
 *   type TEXT               its characters as presses
 *   paste TEXT              as one bracketed paste
 *   do ACTION [ARG] [|ARG]  an action by name; the second argument behind a bar
 *   hear SPEAKER TEXT       the customer or the agent says it; SPEAKER~ is a guess, still changing
 *   speech SPEAKER START END  when they spoke, in seconds since the scene began
 *   offer                   the first situations are offered
 *   crash                   the program has ended, and a new one finds the call
 *   trouble TEXT            a notice that stays, until trouble with no text
 *   wait SECONDS            time passes
 *   see TEXT, miss TEXT     some row has, no row has, this text
 *   show NAME               the screen is as in goldens/NAME-SIZE.txt: the text, then a letter a
 * cell for its style. With --update goldens are written, to be looked at. After each scene the
 * events that it recorded are written as journal lines, read back, folded anew, and must give the
 * very same screen.
 */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "call/id.h"
#include "call/history.h"
#include "playbook/library.h"
#include "view/coach.h"

#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START 1795286583000 /* 2026-11-21 18:03 UTC */

static const char letters[] = ".fbTCMsFuhcHlkSIN";

struct scene {
	const char *path;
	const char *size;
	bool update;
	const char *latin; /* words with Latin letters that may be seen; NULL: all */
	struct library library;
	struct history history;
	struct coach coach;
	struct buffer journal;
	struct arena frame;
	struct arena found; /* what a crash left */
	int64_t now;
	int line, failures;
	unsigned char calls;
	char trouble[80];
};

static void fail(struct scene *scene, const char *format, ...)
{
	va_list arguments;

	scene->failures++;
	printf("%s:%d: %s: ", scene->path, scene->line, scene->size);
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
}

static bool record(void *context, const struct event *event)
{
	struct scene *scene = context;

	event_write(event, &scene->journal);
	return true;
}

static void name_call(void *context, int64_t now, char id[EVENT_CALL_BYTES])
{
	struct scene *scene = context;
	unsigned char bytes[10] = {scene->calls++};

	id_make(id, now, bytes);
}

static void print_screen(struct coach *coach, int64_t now, struct arena *frame, struct buffer *out)
{
	struct grid grid;

	arena_reset(frame);
	coach_draw(coach, now, frame, &grid);
	grid_print(&grid, out);
	buffer_format(out, "cursor %d %d\n", grid.cursor_row, grid.cursor_column);
	for (int row = 0; row < grid.rows; row++) {
		for (int column = 0; column < grid.columns; column++) {
			char letter = letters[grid.cells[row * grid.columns + column].style];

			buffer_add(out, &letter, 1);
		}
		buffer_text(out, "\n");
	}
}

static char *read_file(const char *path)
{
	FILE *file = fopen(path, "r");
	struct buffer text = {0};
	char block[4096];
	size_t length;

	if (!file)
		return NULL;
	buffer_text(&text, "");
	while ((length = fread(block, 1, sizeof block, file)) > 0)
		buffer_add(&text, block, length);
	fclose(file);
	return text.text ? text.text : calloc(1, 1);
}

static void tell_difference(struct scene *scene, const char *name, const char *want,
			    const char *got)
{
	int row = 1;

	while (*want && *got) {
		size_t want_length = strcspn(want, "\n"), got_length = strcspn(got, "\n");

		if (want_length != got_length || memcmp(want, got, want_length) != 0)
			break;
		want += want_length + (want[want_length] != '\0');
		got += got_length + (got[got_length] != '\0');
		row++;
	}
	fail(scene, "%s differs at its line %d\n  want |%.*s|\n  got  |%.*s|", name, row,
	     (int)strcspn(want, "\n"), want, (int)strcspn(got, "\n"), got);
}

static void show(struct scene *scene, const char *name)
{
	char path[512];
	struct buffer got = {0};
	char *want;

	snprintf(path, sizeof path, "%.*sgoldens/%s-%s.txt",
		 (int)(strrchr(scene->path, '/') ? strrchr(scene->path, '/') - scene->path + 1 : 0),
		 scene->path, name, scene->size);
	print_screen(&scene->coach, scene->now, &scene->frame, &got);
	want = read_file(path);
	if (scene->update && (!want || strcmp(want, got.text) != 0)) {
		FILE *file = fopen(path, "w");

		if (!file || fputs(got.text, file) < 0)
			fail(scene, "cannot write %s", path);
		else
			printf("wrote %s\n", path);
		if (file)
			fclose(file);
	} else if (!want) {
		fail(scene, "no golden %s", path);
	} else if (strcmp(want, got.text) != 0) {
		tell_difference(scene, path, want, got.text);
	}
	free(want);
	buffer_free(&got);
}

static bool seen(struct scene *scene, const char *text)
{
	struct buffer got = {0};
	struct grid grid;
	bool found;

	arena_reset(&scene->frame);
	coach_draw(&scene->coach, scene->now, &scene->frame, &grid);
	grid_print(&grid, &got);
	found = strstr(got.text, text) != NULL;
	buffer_free(&got);
	return found;
}

static bool is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Whether letters stand in a text as a word, or, where it may be cut off, as the beginning of one.
 */
static bool has_word(const char *text, const char *word, size_t length)
{
	bool cut = strncmp(word + length, "…", strlen("…")) == 0;

	for (const char *at = text; *at; at++)
		if (strncmp(at, word, length) == 0 && (at == text || !is_letter(at[-1])) &&
		    (cut || !is_letter(at[length])))
			return true;
	return false;
}

static bool may_be_seen(const struct scene *scene, const char *word, size_t length)
{
	if (has_word(scene->latin, word, length))
		return true;
	for (enum action action = 0; action < ACTION_COUNT; action++)
		if (scene->coach.view.mode == VIEW_HELP &&
		    (has_word(action_entry(action)->name, word, length) ||
		     has_word(action_entry(action)->arguments, word, length)))
			return true;
	return false;
}

/* Looks for words that no catalogue was asked for. */
static void check_latin(struct scene *scene)
{
	struct buffer got = {0};
	struct grid grid;
	size_t length;

	/* a note as JSON is for programs */
	if (scene->coach.view.mode == VIEW_WRAP_UP && scene->coach.format == WRAPUP_JSON)
		return;
	arena_reset(&scene->frame);
	coach_draw(&scene->coach, scene->now, &scene->frame, &grid);
	grid_print(&grid, &got);
	for (const char *at = got.text; *at; at += length ? length : 1) {
		for (length = 0; is_letter(at[length]);)
			length++;
		if (length > 1 && !may_be_seen(scene, at, length))
			fail(scene, "not translated: %.*s in |%.*s|", (int)length, at,
			     (int)strcspn(at, "\n"), at);
	}
	buffer_free(&got);
}

static void press(struct scene *scene, const struct press *key)
{
	coach_press(&scene->coach, key, scene->now);
	scene->now += 10;
	if (scene->latin)
		check_latin(scene);
}

static void press_names(struct scene *scene, char *names)
{
	for (char *name = strtok(names, " "); name; name = strtok(NULL, " ")) {
		struct press key;

		if (press_parse(name, &key))
			press(scene, &key);
		else
			fail(scene, "no key \"%s\"", name);
	}
}

static void type(struct scene *scene, const char *text)
{
	size_t size;

	for (; *text; text += size) {
		struct press key = {.kind = PRESS_CHARACTER};

		text_decode(text, strlen(text), &size);
		memcpy(key.text, text, size);
		press(scene, &key);
	}
}

static void act(struct scene *scene, char *words)
{
	const char *arguments[2] = {NULL, NULL};
	char *rest = strchr(words, ' '), *bar;
	enum action action;

	if (rest)
		*rest++ = '\0';
	action = action_find(words);
	if (action == ACTION_NONE || action_entry(action)->kind != ACTION_KIND_CALL) {
		fail(scene, "no such action \"%s\"", words);
		return;
	}
	if (rest && (bar = strchr(rest, '|'))) {
		*bar = '\0';
		arguments[1] = bar + 1;
	}
	arguments[0] = rest;
	coach_do(&scene->coach, action, arguments, scene->now);
	scene->now += 10;
}

static void hear(struct scene *scene, char *speaker)
{
	char *text = strchr(speaker, ' ');
	bool guess = text && text > speaker && text[-1] == '~';

	if (!text) {
		fail(scene, "who says what?");
		return;
	}
	text[guess ? -1 : 0] = '\0';
	coach_hear(&scene->coach, speaker, text + 1, !guess, scene->now);
	coach_heed(&scene->coach, scene->now);
	scene->now += 10;
}

static void speech(struct scene *scene, const char *words)
{
	char speaker[16];
	double start, end;

	if (sscanf(words, "%15s %lf %lf", speaker, &start, &end) == 3)
		coach_time(&scene->coach, speaker, start, end, scene->now);
	else
		fail(scene, "who spoke from when to when?");
}

static void offer(struct scene *scene)
{
	const struct playbook *playbook;
	struct view *view = &scene->coach.view;

	for (size_t i = 0; (playbook = library_playbook(&scene->library, i)); i++)
		for (size_t n = 0; n < playbook->situation_count; n++)
			if (view->offer_count < SUGGEST_MATCHES)
				view->offers[view->offer_count++] = (struct suggest_match){
					.playbook = playbook,
					.situation = &playbook->situations[n]};
}

/* The events so far, as the journal has them. */
static size_t read_journal(struct scene *scene, struct arena *arena, struct event **events)
{
	const char *line = scene->journal.text;
	size_t count = 0;

	*events = NULL;
	while (line && *line) {
		size_t length = strcspn(line, "\n");
		struct json *json = json_parse(line, length, NULL);
		struct event event;
		const char *why = "not JSON";

		if (!json || !event_read(json, arena, &event, &why)) {
			fail(scene, "journal line is not an event: %s: %.*s", why, (int)length,
			     line);
		} else {
			*events = arena_more(arena, *events, count, sizeof **events);
			(*events)[count++] = event;
		}
		json_free(json);
		line += length + 1;
	}
	return count;
}

static void crash(struct scene *scene)
{
	struct event *events;
	size_t count = read_journal(scene, &scene->found, &events);
	struct coach *coach = &scene->coach;
	struct recorder recorder = coach->recorder;
	int rows = coach->view.rows, columns = coach->view.columns;

	coach_close(coach);
	*coach = (struct coach){0};
	coach_open(coach, &scene->library, &scene->history, recorder, rows, columns);
	coach_offer(coach, events, count);
}

static void play_line(struct scene *scene, char *line)
{
	char *rest = strchr(line, ' ');

	if (*line == '\0' || *line == '#' || strncmp(line, "library ", 8) == 0 ||
	    strncmp(line, "sizes ", 6) == 0 || strncmp(line, "words ", 6) == 0 ||
	    strncmp(line, "latin ", 6) == 0)
		return;
	rest = rest ? (*rest = '\0', rest + 1) : line + strlen(line);
	if (strcmp(line, "key") == 0) {
		press_names(scene, rest);
	} else if (strcmp(line, "type") == 0) {
		type(scene, rest);
	} else if (strcmp(line, "paste") == 0) {
		press(scene, &(struct press){.kind = PRESS_PASTE, .paste = rest});
	} else if (strcmp(line, "do") == 0) {
		act(scene, rest);
	} else if (strcmp(line, "hear") == 0) {
		hear(scene, rest);
	} else if (strcmp(line, "speech") == 0) {
		speech(scene, rest);
	} else if (strcmp(line, "offer") == 0) {
		offer(scene);
	} else if (strcmp(line, "crash") == 0) {
		crash(scene);
	} else if (strcmp(line, "trouble") == 0) {
		snprintf(scene->trouble, sizeof scene->trouble, "%s", rest);
		scene->coach.view.standing = *rest ? scene->trouble : NULL;
	} else if (strcmp(line, "wait") == 0) {
		scene->now += (int64_t)(atof(rest) * 1000);
	} else if (strcmp(line, "see") == 0) {
		if (!seen(scene, rest))
			fail(scene, "does not show: %s", rest);
	} else if (strcmp(line, "miss") == 0) {
		if (seen(scene, rest))
			fail(scene, "shows: %s", rest);
	} else if (strcmp(line, "show") == 0) {
		show(scene, rest);
	} else {
		fail(scene, "what is \"%s\"?", line);
	}
}

/* The journal read back must draw the same call: the screen is a fold over it. */
static void replay(struct scene *scene)
{
	struct coach again = {0};
	struct history history = {0};
	struct arena arena = {0};
	struct buffer want = {0}, got = {0};
	struct recorder none = {0};
	struct event *events;
	size_t count = read_journal(scene, &arena, &events);

	view_settle(&scene->coach.view);
	*scene->coach.view.heard.text = '\0'; /* the screen's alone */
	*scene->coach.view.notice = '\0';
	scene->coach.view.mirrored = (struct mirrored){0};
	scene->coach.view.pace = (struct pace){0};
	coach_open(&again, &scene->library, &history, none, scene->coach.view.rows,
		   scene->coach.view.columns);
	for (size_t n = 0; n < count; n++) {
		call_apply(&again.call, &events[n]);
		if (events[n].kind == EVENT_CALL_ENDED)
			for (size_t i = 0; i < again.call.event_count; i++)
				history_apply(&history, &again.call.events[i]);
	}
	memset(scene->coach.view.marked, 0, sizeof again.view.marked);
	again.view.selected = scene->coach.view.selected;
	print_screen(&scene->coach, scene->now, &scene->frame, &want);
	print_screen(&again, scene->now, &arena, &got);
	if (strcmp(want.text, got.text) != 0)
		tell_difference(scene, "the replay", want.text, got.text);
	coach_close(&again);
	history_free(&history);
	buffer_free(&want);
	buffer_free(&got);
	arena_free(&arena);
}

static char *setting(const char *text, const char *word)
{
	const char *at = text;

	while (at && strncmp(at, word, strlen(word)) != 0)
		at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL;
	if (!at)
		return NULL;
	at += strlen(word);
	return strndup(at, strcspn(at, "\n"));
}

static int play(const char *path, const char *text, const char *size, bool update)
{
	struct scene scene = {.path = path, .size = size, .update = update, .now = START};
	struct recorder recorder = {.record = record, .name_call = name_call, .context = &scene};
	char *copy = strdup(text), *place = setting(text, "library "), *line = copy;
	char *words = setting(text, "words "), *latin = setting(text, "latin ");
	int columns = 80, rows = 24;

	sscanf(size, "%dx%d", &columns, &rows);
	scene.latin = latin;
	if (!words_use(words ? words : "en"))
		fail(&scene, "no words for \"%s\": is msgfmt there?", words);
	if (!place || !library_open(&scene.library, words ? words : "en",
				    (const char *const[]){place}, 1, true))
		fail(&scene, "no library \"%s\"", place ? place : "");
	library_load_all(&scene.library);
	if (scene.library.problems.errors > 0)
		fail(&scene, "the library has problems: %s",
		     scene.library.problems.items[0].message);
	coach_open(&scene.coach, &scene.library, &scene.history, recorder, rows, columns);
	while (line) {
		char *end = strchr(line, '\n');

		if (end)
			*end = '\0';
		scene.line++;
		play_line(&scene, line);
		if (scene.latin)
			check_latin(&scene);
		line = end ? end + 1 : NULL;
	}
	replay(&scene);
	coach_close(&scene.coach);
	history_free(&scene.history);
	library_close(&scene.library);
	buffer_free(&scene.journal);
	arena_free(&scene.frame);
	arena_free(&scene.found);
	free(copy);
	free(place);
	free(words);
	free(latin);
	return scene.failures;
}

int main(int argc, char **argv)
{
	bool update = argc > 1 && strcmp(argv[1], "--update") == 0;
	int passed = 0, failed = 0;
	char folder[512];

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 2;
	setenv("TZ", "UTC", 1);
	snprintf(folder, sizeof folder, "%.*s/locale",
		 (int)(strrchr(argv[0], '/') ? strrchr(argv[0], '/') - argv[0] : 1),
		 strrchr(argv[0], '/') ? argv[0] : ".");
	words_at(folder);
	for (int i = update ? 2 : 1; i < argc; i++) {
		char *text = read_file(argv[i]), *sizes = text ? setting(text, "sizes ") : NULL;

		if (!sizes) {
			printf("%s: cannot be read, or names no sizes\n", argv[i]);
			failed++;
		}
		for (char *size = sizes, *end; size && *size; size = end) {
			char name[32];

			end = size + strcspn(size, " ");
			snprintf(name, sizeof name, "%.*s", (int)(end - size), size);
			end += strspn(end, " ");
			if (play(argv[i], text, name, update) == 0)
				passed++;
			else
				failed++;
		}
		free(sizes);
		free(text);
	}
	printf("scenes: %d passed, %d failed\n", passed, failed);
	return failed > 0 || passed == 0;
}
