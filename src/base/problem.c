#include "base/problem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"

enum {
	SCREEN = 80,	     /* columns that a shown problem keeps to */
	WINDOW = 68,	     /* columns of a source line that are shown */
	REGION_BYTES = 2048, /* of a long line, looked at on either side of the caret */
};

static char *clean(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : text_clean(arena, text, strlen(text));
}

static bool same_file(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return a == b || strcmp(a, b) == 0;
}

/* The list's own copy of a file name, one for many problems. */
static const char *keep_file(const struct problem_list *list, const char *file)
{
	char *name = clean(list->arena, file);

	if (list->count > 0 && same_file(list->items[list->count - 1].place.file, name))
		return list->items[list->count - 1].place.file;
	return name;
}

static bool is_file_full(const struct problem_list *list, const char *file)
{
	int found = 0;

	for (size_t i = list->count; i-- > 0 && found < PROBLEM_MOST;)
		found += same_file(list->items[i].place.file, file);
	return found >= PROBLEM_MOST;
}

struct problem *problem_add(struct problem_list *list, enum problem_severity severity,
			    struct place place, const char *message, ...)
{
	va_list arguments;

	list->errors += severity == PROBLEM_ERROR;
	list->items = arena_more(list->arena, list->items, list->count, sizeof *list->items);
	struct problem *problem = &list->items[list->count];
	*problem = (struct problem){.severity = severity, .place = place, .message = ""};
	problem->place.file = keep_file(list, place.file);
	if (is_file_full(list, problem->place.file))
		return problem;
	list->count++;
	va_start(arguments, message);
	problem->message = clean(list->arena, arena_vformat(list->arena, message, arguments));
	va_end(arguments);
	return problem;
}

struct sorting {
	struct problem problem;
	size_t file; /* the first problem of its file */
	size_t order;
};

static int compare(const void *left, const void *right)
{
	const struct sorting *a = left;
	const struct sorting *b = right;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->problem.place.line != b->problem.place.line)
		return a->problem.place.line < b->problem.place.line ? -1 : 1;
	if (a->problem.place.column != b->problem.place.column)
		return a->problem.place.column < b->problem.place.column ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

void problem_sort(struct problem_list *list)
{
	if (list->count < 2)
		return;
	struct sorting *items = arena_alloc(list->arena, list->count * sizeof *items);
	for (size_t i = 0; i < list->count; i++) {
		const char *file = list->items[i].place.file;
		size_t first = i > 0 && same_file(file, list->items[i - 1].place.file)
				       ? items[i - 1].file
				       : 0;
		while (!same_file(file, list->items[first].place.file))
			first++;
		items[i] = (struct sorting){list->items[i], first, i};
	}
	qsort(items, list->count, sizeof *items, compare);
	for (size_t i = 0; i < list->count; i++)
		list->items[i] = items[i].problem;
}

static const char *severity_name(enum problem_severity severity)
{
	static const char *const names[] = {NC_("severity", "error"), NC_("severity", "warning"),
					    NC_("severity", "advice")};

	return names[severity];
}

static void show_json(const struct problem *problem, struct buffer *out)
{
	struct json_writer writer = {.out = out};

	json_open(&writer, NULL, '{');
	json_put_text(&writer, "file", problem->place.file);
	json_put_number(&writer, "line", problem->place.line);
	json_put_number(&writer, "column", problem->place.column);
	json_put_text(&writer, "severity", severity_name(problem->severity));
	json_put_text(&writer, "message", problem->message);
	if (problem->mend != NULL)
		json_put_text(&writer, "mend", problem->mend);
	if (problem->rule != NULL)
		json_put_text(&writer, "rule", problem->rule);
	json_close(&writer, '}');
	buffer_text(out, "\n");
}

static void show_gcc(const struct problem *problem, struct buffer *out)
{
	const char *severity = severity_name(problem->severity);

	/* Editors want a line to jump to, and know a note, but no advice. */
	if (problem->severity == PROBLEM_ADVICE)
		severity = "note";
	if (problem->place.file != NULL) {
		int line = problem->place.line > 0 ? problem->place.line : 1;
		buffer_format(out, "%s:%d:", problem->place.file, line);
		if (problem->place.column > 0)
			buffer_format(out, "%d:", problem->place.column);
		buffer_text(out, " ");
	}
	buffer_format(out, "%s: %s", severity, problem->message);
	if (problem->mend != NULL)
		buffer_format(out, " (%s)", problem->mend);
	if (problem->rule != NULL)
		buffer_format(out, " [%s]", problem->rule);
	buffer_text(out, "\n");
}

/* A picture of the source line: clean, cut to a window, with the caret's place. */
struct excerpt {
	char *text;
	int caret;  /* columns before it; -1: none */
	int length; /* columns of what it points at, at least 1 */
};

static size_t offset_of_column(const char *source, size_t length, int column)
{
	size_t at = 0;
	size_t size;

	for (; column > 1 && at < length; column--) {
		text_decode(source + at, length - at, &size);
		at += size;
	}
	return at;
}

static bool is_plain(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_' ||
	       (unsigned char)byte >= 0x80;
}

/* Bytes of the word, <slot> or "quoted text" that begins at text; 0 where none does. */
static size_t subject_length(const char *text, size_t length)
{
	size_t at = 0;

	if (length == 0)
		return 0;
	char closing = text[0] == '<' ? '>' : text[0] == '"' || text[0] == '\'' ? text[0] : '\0';
	if (closing != '\0') {
		const char *end = memchr(text + 1, closing, length - 1);
		return end == NULL ? 1 : (size_t)(end - text) + 1;
	}
	while (at < length && is_plain(text[at]))
		at++;
	return at;
}

/* The start of a code point at or before offset, at most REGION_BYTES from caret on the left. */
static size_t region_start(const char *source, size_t caret)
{
	size_t start = caret > REGION_BYTES ? caret - REGION_BYTES : 0;

	while (start > 0 && start < caret && ((unsigned char)source[start] & 0xc0) == 0x80)
		start++;
	return start;
}

static size_t region_end(const char *source, size_t length, size_t caret)
{
	size_t end = length - caret > REGION_BYTES ? caret + REGION_BYTES : length;

	while (end < length && end > caret && ((unsigned char)source[end] & 0xc0) == 0x80)
		end--;
	return end;
}

static struct excerpt make_excerpt(struct arena *arena, const struct problem *problem)
{
	const char *source = problem->source;
	size_t length = strcspn(source, "\n");

	if (length > 0 && source[length - 1] == '\r')
		length--;
	/* Each part is cleaned by itself, so that the caret does not move. */
	size_t caret = offset_of_column(source, length, problem->place.column);
	size_t start = region_start(source, caret);
	size_t end = region_end(source, length, caret);
	size_t subject = subject_length(source + caret, end - caret);
	char *before = text_clean(arena, source + start, caret - start);
	char *at = text_clean(arena, source + caret, subject);
	char *after = text_clean(arena, source + caret + subject, end - caret - subject);
	int before_width = text_width(before);
	int subject_width = text_width(at);
	bool cut = start > 0;

	/* A long line begins so late that the caret stands in the middle. */
	if (before_width + subject_width > WINDOW - 2) {
		size_t skip = text_fit(before, strlen(before), before_width - WINDOW / 2);
		cut = cut || skip > 0;
		before += skip;
		before_width = text_width(before);
	}
	char *line = arena_format(arena, "%s%s%s%s", cut ? "…" : "", before, at, after);
	if (text_width(line) > WINDOW || end < length) {
		size_t fit = text_fit(line, strlen(line), WINDOW - 1);
		line = arena_format(arena, "%.*s…", (int)fit, line);
	}
	struct excerpt excerpt = {line, cut + before_width, subject_width > 0 ? subject_width : 1};
	if (excerpt.caret + excerpt.length > WINDOW)
		excerpt.length = WINDOW > excerpt.caret ? WINDOW - excerpt.caret : 1;
	if (problem->place.column <= 0)
		excerpt.caret = -1;
	return excerpt;
}

/* Colours by what they are for; all empty without colour. */
struct palette {
	const char *place, *severity, *caret, *gutter, *end;
};

static struct palette palette_for(enum problem_severity severity, bool colour)
{
	static const char *const severities[] = {"\x1b[1;31m", "\x1b[1;35m", "\x1b[1;36m"};

	if (!colour)
		return (struct palette){"", "", "", "", ""};
	return (struct palette){"\x1b[1m", severities[severity], "\x1b[1;32m", "\x1b[2m", "\x1b[m"};
}

static void show_head(const struct problem *problem, const struct palette *palette,
		      struct buffer *out)
{
	const struct place *place = &problem->place;

	if (place->file != NULL) {
		buffer_format(out, "%s%s:", palette->place, place->file);
		if (place->line > 0)
			buffer_format(out, "%d:", place->line);
		if (place->line > 0 && place->column > 0)
			buffer_format(out, "%d:", place->column);
		buffer_format(out, "%s ", palette->end);
	}
	buffer_format(out, "%s%s:%s %s", palette->severity,
		      C_("severity", severity_name(problem->severity)), palette->end,
		      problem->message);
	if (problem->rule != NULL)
		buffer_format(out, " %s[%s]%s", palette->gutter, problem->rule, palette->end);
	buffer_text(out, "\n");
}

static void show_mend(struct arena *arena, const char *mend, int gutter,
		      const struct palette *palette, struct buffer *out)
{
	struct text_row *rows;
	size_t count = text_wrap(arena, mend, strlen(mend), SCREEN - gutter - 2, &rows);

	for (size_t i = 0; i < count; i++) {
		buffer_format(out, "%s%*s%s%s %.*s\n", palette->gutter, gutter, "",
			      i == 0 ? "=" : " ", palette->end, (int)rows[i].length,
			      mend + rows[i].start);
	}
}

static void show_human(struct arena *arena, const struct problem *problem, bool colour,
		       struct buffer *out)
{
	struct palette palette = palette_for(problem->severity, colour);
	const char *mend = problem->mend;
	int gutter = 6;

	show_head(problem, &palette, out);
	if (problem->source != NULL && problem->place.line > 0) {
		struct excerpt excerpt = make_excerpt(arena, problem);
		char *number = arena_format(arena, "%5d ", problem->place.line);
		gutter = (int)strlen(number);
		buffer_format(out, "%s%s|%s %s\n", palette.gutter, number, palette.end,
			      excerpt.text);
		if (excerpt.caret >= 0) {
			buffer_format(out, "%s%*s|%s %*s%s^", palette.gutter, gutter, "",
				      palette.end, excerpt.caret, "", palette.caret);
			for (int i = 1; i < excerpt.length; i++)
				buffer_text(out, "~");
			buffer_text(out, palette.end);
			int column = gutter + 2 + excerpt.caret + excerpt.length + 1;
			if (mend != NULL && column + text_width(mend) <= SCREEN) {
				buffer_format(out, " %s", mend);
				mend = NULL;
			}
			buffer_text(out, "\n");
		}
	}
	if (mend != NULL)
		show_mend(arena, mend, gutter, &palette, out);
}

void problem_show(const struct problem *problem, enum problem_format format, struct buffer *out)
{
	struct arena arena = {0};
	struct problem shown = *problem;

	/* Mend and rule were set after problem_add, perhaps from the user's file. */
	shown.place.file = clean(&arena, problem->place.file);
	shown.message = clean(&arena, problem->message == NULL ? "" : problem->message);
	shown.mend = clean(&arena, problem->mend);
	shown.rule = clean(&arena, problem->rule);
	if (format == PROBLEM_JSON)
		show_json(&shown, out);
	else if (format == PROBLEM_GCC)
		show_gcc(&shown, out);
	else
		show_human(&arena, &shown, format == PROBLEM_COLOUR, out);
	arena_free(&arena);
}
