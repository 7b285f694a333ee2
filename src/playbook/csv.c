#include "playbook/csv.h"

#include <string.h>

#include "base/arena.h"
#include "base/words.h"

/* A record that is being read. */
struct reading {
	struct csv *csv;
	struct arena *arena;
	const char *at;
	const char *line_start;
	int line;
};

void csv_open(struct csv *csv, const char *text, size_t length, char delimiter)
{
	*csv = (struct csv){.text = text, .end = text + length, .delimiter = delimiter, .line = 1};
	if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		csv->text += 3;
}

static bool fail(struct reading *reading, int line, const char *at, const char *error)
{
	reading->csv->error = error;
	reading->csv->error_line = line;
	reading->csv->error_column = (int)(at - reading->line_start) + 1;
	return false;
}

/* The bytes of a line's end here: CR LF, LF or CR; 0: none. */
static size_t line_end(const struct reading *reading)
{
	const char *at = reading->at;

	if (at == reading->csv->end || (*at != '\n' && *at != '\r'))
		return 0;
	return *at == '\r' && at + 1 < reading->csv->end && at[1] == '\n' ? 2 : 1;
}

static void pass_line_end(struct reading *reading)
{
	reading->at += line_end(reading);
	reading->line++;
	reading->line_start = reading->at;
}

static bool is_field_end(const struct reading *reading)
{
	return reading->at == reading->csv->end || *reading->at == reading->csv->delimiter ||
	       line_end(reading) > 0;
}

static bool read_plain(struct reading *reading, struct csv_field *field)
{
	const char *start = reading->at;

	while (!is_field_end(reading))
		reading->at++;
	field->length = (size_t)(reading->at - start);
	if (field->length > CSV_FIELD_BYTES)
		return fail(reading, reading->line, start, _("this field is too long"));
	field->text = arena_copy(reading->arena, start, field->length);
	return true;
}

/* The closing quote, from which *doubled pairs of quotes stand before; NULL: there is none. */
static const char *closing_quote(const struct csv *csv, const char *at, size_t *doubled)
{
	for (*doubled = 0; at < csv->end; at++) {
		at = memchr(at, '"', (size_t)(csv->end - at));
		if (at == NULL || at + 1 == csv->end || at[1] != '"')
			return at;
		at++;
		++*doubled;
	}
	return NULL;
}

static bool read_quoted(struct reading *reading, struct csv_field *field)
{
	const char *open = reading->at++;
	size_t doubled;
	const char *close = closing_quote(reading->csv, reading->at, &doubled);

	if (close == NULL)
		return fail(reading, reading->line, open,
			    _("a quote begins here and is not closed"));
	field->length = (size_t)(close - reading->at) - doubled;
	if (field->length > CSV_FIELD_BYTES)
		return fail(reading, reading->line, open, _("this field is too long"));
	char *text = arena_alloc(reading->arena, field->length + 1);
	field->text = text;
	while (reading->at < close) {
		if (line_end(reading) > 0) {
			const char *start = reading->at;
			pass_line_end(reading);
			memcpy(text, start, (size_t)(reading->at - start));
			text += reading->at - start;
			continue;
		}
		*text++ = *reading->at;
		reading->at += *reading->at == '"' ? 2 : 1;
	}
	reading->at = close + 1;
	if (is_field_end(reading))
		return true;
	return fail(reading, reading->line, reading->at,
		    _("a field in quotes ends before this; a quote inside it is written twice"));
}

bool csv_next(struct csv *csv, struct arena *arena, struct csv_field **fields, size_t *count)
{
	struct reading reading = {csv, arena, csv->text, csv->text, csv->line};

	*fields = NULL;
	*count = 0;
	if (csv->error != NULL || csv->text == csv->end)
		return false;
	for (;;) {
		struct csv_field field = {.line = reading.line};
		bool quoted = reading.at < csv->end && *reading.at == '"';
		if (*count == CSV_FIELDS_MOST)
			return fail(&reading, reading.line, reading.at,
				    _("too many fields in a record"));
		if (!(quoted ? read_quoted(&reading, &field) : read_plain(&reading, &field)))
			return false;
		if (memchr(field.text, '\0', field.length) != NULL)
			return fail(&reading, field.line, reading.line_start,
				    _("a NUL byte: this is no text"));
		*fields = arena_more(arena, *fields, *count, sizeof **fields);
		(*fields)[(*count)++] = field;
		if (reading.at == csv->end || *reading.at != csv->delimiter)
			break;
		reading.at++;
	}
	if (reading.at < csv->end)
		pass_line_end(&reading);
	csv->text = reading.at;
	csv->line = reading.line;
	return true;
}
