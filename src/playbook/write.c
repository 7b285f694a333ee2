#include "playbook/write.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "playbook/playbook.h"
#include "playbook/schema.h"

/* --- One text --- */

/* Words that some YAML reader takes for something else than text. */
static bool is_other_type(const char *text)
{
	static const char *const words[] = {"true", "false", "yes",  "no",   "on",  "off",
					    "y",    "n",     "null", ".nan", ".inf"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcasecmp(text, words[i]) == 0)
			return true;
	}
	return false;
}

static bool is_letter(char letter)
{
	return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
	       (unsigned char)letter >= 0x80;
}

/* U+2018 to U+201F look like the quotes that YAML knows. */
static bool is_curly_quote(const char *text)
{
	return strncmp(text, "\xE2\x80", 2) == 0 && (unsigned char)text[2] >= 0x98 &&
	       (unsigned char)text[2] <= 0x9F;
}

/* A slot may come first. Whatever begins with a digit might be a number or a date. */
static bool is_plain(const char *text)
{
	const char *first = text[0] == '<' ? text + 1 : text;

	if (!is_letter(*first) || is_curly_quote(first))
		return false;
	for (const char *c = text; *c != '\0'; c++) {
		if ((unsigned char)*c < ' ' || *c == '\x7f')
			return false;
		if (*c == ':' && (c[1] == ' ' || c[1] == '\0'))
			return false;
		if (*c == ' ' && (c[1] == '#' || c[1] == '\0'))
			return false;
	}
	return !is_other_type(text);
}

static void write_single(struct buffer *out, const char *text)
{
	buffer_text(out, "'");
	for (size_t length; *text != '\0'; text += length) {
		length = strcspn(text, "'");
		buffer_add(out, text, length);
		if (text[length] == '\'') {
			buffer_text(out, "''");
			length++;
		}
	}
	buffer_text(out, "'");
}

void write_text(struct buffer *out, const char *text)
{
	if (is_plain(text))
		buffer_text(out, text);
	else if (strpbrk(text, "\"\\") == NULL)
		buffer_format(out, "\"%s\"", text);
	else
		write_single(out, text);
}

/* --- By the schema --- */

struct writing {
	struct buffer *out;
	const struct playbook *playbook;
};

/* indent: blanks before the keys of the map that is written. */
static void put_map(const struct writing *writing, const struct schema_map *map, const void *record,
		    int indent, bool item);

static const void *field_of(const void *record, size_t offset)
{
	return (const char *)record + offset;
}

static void put_key(const struct writing *writing, int indent, const char *key)
{
	buffer_format(writing->out, "%*s", indent, "");
	write_text(writing->out, key);
	buffer_text(writing->out, ":\n");
}

static void put_pair(const struct writing *writing, int indent, const char *key, const char *value)
{
	buffer_format(writing->out, "%*s", indent, "");
	write_text(writing->out, key);
	buffer_text(writing->out, ": ");
	write_text(writing->out, value);
	buffer_text(writing->out, "\n");
}

static void put_item(const struct writing *writing, int indent, const char *text)
{
	buffer_format(writing->out, "%*s- ", indent, "");
	write_text(writing->out, text);
	buffer_text(writing->out, "\n");
}

/* A line that is more than its text is a map. */
static void put_lines(const struct writing *writing, int indent, const char *key,
		      const struct line_list *lines)
{
	if (lines->count > 0)
		put_key(writing, indent, key);
	for (size_t i = 0; i < lines->count; i++) {
		const struct noted_line *noted =
			playbook_noted(writing->playbook, &lines->items[i]);
		if (noted == NULL || noted->advice_off == 0)
			put_item(writing, indent + 2, lines->items[i].text);
		else
			put_map(writing, schema_line(), noted, indent + 4, true);
	}
}

static void put_choices(const struct writing *writing, int indent, const struct schema_key *key,
			uint32_t chosen)
{
	if (chosen != 0)
		put_key(writing, indent, key->name);
	for (size_t i = 0; key->words[i] != NULL; i++) {
		if (chosen & UINT32_C(1) << i)
			put_item(writing, indent + 2, key->words[i]);
	}
}

static void put_step_lines(const struct writing *writing, int indent, const char *key,
			   const struct line_list *say)
{
	const struct playbook *playbook = writing->playbook;
	bool any = false;

	for (size_t i = 0; i < playbook->step_count; i++)
		any = any || say[i].count > 0;
	if (any)
		put_key(writing, indent, key);
	for (size_t i = 0; i < playbook->step_count; i++)
		put_lines(writing, indent + 2, playbook->steps[i].id, &say[i]);
}

static void put_steps(const struct writing *writing, int indent, const char *key, uint32_t steps)
{
	const struct playbook *playbook = writing->playbook;

	if (steps != 0)
		put_key(writing, indent, key);
	for (size_t i = 0; i < playbook->step_count; i++) {
		if (steps & UINT32_C(1) << i)
			put_item(writing, indent + 2, playbook->steps[i].id);
	}
}

static void put_swaps(const struct writing *writing, int indent, const char *key,
		      const struct swap *swaps, size_t count)
{
	if (count > 0)
		put_key(writing, indent, key);
	for (size_t i = 0; i < count; i++)
		put_pair(writing, indent + 2, swaps[i].from, swaps[i].to);
}

/* Records in a list, or under their ids: those come first in their structs. */
static void put_records(const struct writing *writing, int indent, const struct schema_key *key,
			const char *records, size_t count)
{
	if (count > 0)
		put_key(writing, indent, key->name);
	for (size_t i = 0; i < count; i++, records += key->map->size) {
		if (key->kind == SCHEMA_NAMED)
			put_key(writing, indent + 2, *(const char *const *)(const void *)records);
		put_map(writing, key->map, records, indent + 4, key->kind == SCHEMA_RECORDS);
	}
}

/* A map whose keys are all left out is left out, too. */
static void put_record(const struct writing *writing, int indent, const struct schema_key *key,
		       const void *record)
{
	struct buffer inside = {0};
	const struct writing apart = {&inside, writing->playbook};

	put_map(&apart, key->map, record, indent + 2, false);
	if (inside.length > 0) {
		put_key(writing, indent, key->name);
		buffer_add(writing->out, inside.text, inside.length);
	}
	buffer_free(&inside);
}

static void put_scalar(const struct writing *writing, int indent, const struct schema_key *key,
		       const void *field)
{
	const char *const *text = field;
	const enum playbook_status *choice = field;
	const int *number = field;
	const double *share = field;

	switch (key->kind) {
	case SCHEMA_FORMAT:
		buffer_format(writing->out, "%*s%s: %d\n", indent, "", key->name, PLAYBOOK_FORMAT);
		break;
	case SCHEMA_FLAG:
		if (*(const bool *)field)
			buffer_format(writing->out, "%*s%s: true\n", indent, "", key->name);
		break;
	case SCHEMA_NUMBER:
		if (*number != 0)
			buffer_format(writing->out, "%*s%s: %d\n", indent, "", key->name, *number);
		break;
	case SCHEMA_SHARE:
		if (*share > 0)
			buffer_format(writing->out, "%*s%s: %g\n", indent, "", key->name, *share);
		break;
	case SCHEMA_CHOICE:
		if (*choice != 0)
			put_pair(writing, indent, key->name, key->words[*choice]);
		break;
	default:
		if (*text != NULL)
			put_pair(writing, indent, key->name, *text);
		break;
	}
}

static void put_value(const struct writing *writing, int indent, const struct schema_key *key,
		      const void *record)
{
	const void *field = field_of(record, key->offset);
	const size_t *count = field_of(record, key->count_offset);
	const void *const *array = field;
	const uint32_t *bits = field;

	switch (key->kind) {
	case SCHEMA_TEXTS:
	case SCHEMA_LINES: put_lines(writing, indent, key->name, field); break;
	case SCHEMA_STEP_LINES: put_step_lines(writing, indent, key->name, field); break;
	case SCHEMA_STEPS: put_steps(writing, indent, key->name, *bits); break;
	case SCHEMA_CHOICES: put_choices(writing, indent, key, *bits); break;
	case SCHEMA_SWAPS: put_swaps(writing, indent, key->name, *array, *count); break;
	case SCHEMA_RECORD: put_record(writing, indent, key, field); break;
	case SCHEMA_RECORDS:
	case SCHEMA_NAMED: put_records(writing, indent, key, *array, *count); break;
	case SCHEMA_FORMAT:
	case SCHEMA_TEXT:
	case SCHEMA_LINE:
	case SCHEMA_ID:
	case SCHEMA_NAME:
	case SCHEMA_LANGUAGE:
	case SCHEMA_DATE:
	case SCHEMA_NUMBER:
	case SCHEMA_SHARE:
	case SCHEMA_FLAG:
	case SCHEMA_CHOICE: put_scalar(writing, indent, key, field); break;
	}
}

static void put_map(const struct writing *writing, const struct schema_map *map, const void *record,
		    int indent, bool item)
{
	size_t start = writing->out->length;

	for (size_t i = 0; i < map->key_count; i++)
		put_value(writing, indent, &map->keys[i], record);
	if (item && writing->out->length > start)
		writing->out->text[start + (size_t)indent - 2] = '-';
}

void write_playbook(struct buffer *out, const struct playbook *playbook)
{
	const struct schema_map *map = schema_playbook();
	struct buffer part = {0};
	const struct writing writing = {&part, playbook};

	for (size_t i = 0; i < map->key_count; i++) {
		buffer_clear(&part);
		put_value(&writing, 0, &map->keys[i], playbook);
		if (part.length == 0)
			continue;
		/* a line of its own above whatever is more than a line */
		if (strchr(part.text, '\n')[1] != '\0')
			buffer_text(out, "\n");
		buffer_add(out, part.text, part.length);
	}
	buffer_free(&part);
}
