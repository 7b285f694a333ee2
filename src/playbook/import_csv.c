#include "playbook/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/csv.h"

enum { NOWHERE = CSV_FIELDS_MOST };

struct reading {
	struct import *import;
	struct csv csv;
	struct csv_field *heads;
	size_t head_count;
	size_t places[IMPORT_COLUMNS]; /* of each column in a record; NOWHERE: there is none */
	size_t *others;		       /* values in columns that are not used */
	size_t situation, step;	       /* of the row before */
	bool has_situation, has_step;
};

const char *import_column_name(enum import_column column)
{
	static const char *const names[] = {"situation", "step", "line", "heard", "title"};

	return names[column];
}

static bool same_name(struct arena *arena, const char *left, const char *right)
{
	return strcmp(text_fold(arena, left, strlen(left)),
		      text_fold(arena, right, strlen(right))) == 0;
}

/* The place of a column by its head, or its number. */
static size_t find_column(const struct reading *reading, const char *name)
{
	struct arena *arena = reading->import->arena;
	char *end;

	for (size_t i = 0; i < reading->head_count; i++) {
		if (same_name(arena, reading->heads[i].text, name))
			return i;
	}
	unsigned long number = strtoul(name, &end, 10);
	if (*name >= '0' && *name <= '9' && *end == '\0' && number >= 1 &&
	    number <= reading->head_count)
		return number - 1;
	return NOWHERE;
}

static const char *list_heads(const struct reading *reading)
{
	struct buffer list = {0};

	for (size_t i = 0; i < reading->head_count; i++)
		buffer_format(&list, "%s\"%s\"", i == 0 ? "" : ", ", reading->heads[i].text);
	const char *text = arena_copy(reading->import->arena, list.text, list.length);
	buffer_free(&list);
	return text;
}

static bool find_columns(struct reading *reading, const char *const *columns)
{
	struct import *import = reading->import;

	for (enum import_column i = 0; i < IMPORT_COLUMNS; i++) {
		const char *name = columns[i] != NULL ? columns[i] : import_column_name(i);
		reading->places[i] = find_column(reading, name);
		bool needed = columns[i] != NULL || i == IMPORT_SITUATION || i == IMPORT_LINE;
		if (reading->places[i] != NOWHERE || !needed)
			continue;
		import->error_line = reading->heads[0].line;
		import->error =
			arena_format(import->arena, _("there is no column \"%s\"; there are %s"),
				     name, list_heads(reading));
		return false;
	}
	return true;
}

static bool is_used(const struct reading *reading, size_t column)
{
	for (size_t i = 0; i < IMPORT_COLUMNS; i++) {
		if (reading->places[i] == column)
			return true;
	}
	return false;
}

static const char *value(const struct reading *reading, const struct csv_field *fields,
			 size_t count, enum import_column column)
{
	size_t place = reading->places[column];

	return place < count
		       ? import_clean(reading->import, fields[place].text, fields[place].length)
		       : "";
}

static void take_others(struct reading *reading, const struct csv_field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *text = import_clean(reading->import, fields[i].text, fields[i].length);
		if (*text == '\0' || is_used(reading, i))
			continue;
		if (i < reading->head_count)
			reading->others[i]++;
		else
			import_note(reading->import,
				    _("not carried over: a field without a column, "
				      "\"%s\""),
				    text);
	}
}

/* One utterance a line of the field. */
static void take_heard(struct reading *reading, const struct csv_field *fields, size_t count)
{
	size_t place = reading->places[IMPORT_HEARD];
	const char *text = place < count ? fields[place].text : "";

	for (size_t length; *text != '\0'; text += length) {
		length = strcspn(text, "\r\n");
		import_heard(reading->import, reading->situation,
			     import_clean(reading->import, text, length));
		length += strspn(text + length, "\r\n");
	}
}

static void take_row(struct reading *reading, const struct csv_field *fields, size_t count)
{
	struct import *import = reading->import;
	const char *situation = value(reading, fields, count, IMPORT_SITUATION);
	const char *step = value(reading, fields, count, IMPORT_STEP);
	const char *line = value(reading, fields, count, IMPORT_LINE);

	take_others(reading, fields, count);
	if (*situation != '\0') {
		reading->situation = import_situation(import, situation);
		reading->has_situation = true;
	}
	if (!reading->has_situation) {
		for (size_t i = 0; i < count; i++) {
			if (fields[i].length > 0 && is_used(reading, i))
				import_note(import,
					    _("not carried over, for want of a situation: "
					      "\"%s\""),
					    fields[i].text);
		}
		return;
	}
	import_title(import, reading->situation, value(reading, fields, count, IMPORT_TITLE));
	take_heard(reading, fields, count);
	if (*step != '\0' || (*line != '\0' && !reading->has_step)) {
		reading->step = import_step(import, *step != '\0' ? step : "Answer");
		reading->has_step = true;
	}
	if (*line != '\0')
		import_line(import, reading->situation, reading->step, line);
}

static bool fail(struct import *import, const struct csv *csv)
{
	import->error = csv->error;
	import->error_line = csv->error_line;
	import->error_column = csv->error_column;
	return false;
}

static bool read_heads(struct reading *reading, const char *const *columns)
{
	struct import *import = reading->import;

	if (!csv_next(&reading->csv, import->arena, &reading->heads, &reading->head_count)) {
		if (reading->csv.error != NULL)
			return fail(import, &reading->csv);
		import->error = _("the file is empty");
		return false;
	}
	reading->others = arena_alloc(import->arena, reading->head_count * sizeof(size_t));
	return find_columns(reading, columns);
}

bool import_csv(struct import *import, const char *text, size_t length, char delimiter,
		const char *const *columns)
{
	struct reading reading = {.import = import};
	struct csv_field *fields;
	size_t count, bad;

	if (!text_valid(text, length, &bad)) {
		import->error = _("this is not UTF-8; save it as \"CSV UTF-8\"");
		import->error_line = 1;
		for (size_t i = 0; i < bad; i++)
			import->error_line += text[i] == '\n';
		return false;
	}
	csv_open(&reading.csv, text, length, delimiter);
	if (!read_heads(&reading, columns))
		return false;
	for (;;) {
		import->line = reading.csv.line;
		if (!csv_next(&reading.csv, import->arena, &fields, &count))
			break;
		take_row(&reading, fields, count);
	}
	if (reading.csv.error != NULL)
		return fail(import, &reading.csv);
	import->line = reading.heads[0].line;
	for (size_t i = 0; i < reading.head_count; i++) {
		if (reading.others[i] > 0)
			import_note(
				import,
				words_count("not carried over: the column \"%s\", with %zu value",
					    "not carried over: the column \"%s\", with %zu values",
					    reading.others[i]),
				reading.heads[i].text, reading.others[i]);
	}
	return true;
}
