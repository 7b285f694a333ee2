#include "playbook/json_schema.h"

#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/words.h"
#include "playbook/playbook.h"
#include "playbook/schema.h"

static void put_map(struct json_writer *writer, const struct schema_map *map);

/* Every scalar is a text to the loader, whatever type other readers give it; ~ is one, too. */
static void put_types(struct json_writer *writer, bool null)
{
	json_open(writer, "type", '[');
	json_put_text(writer, NULL, "string");
	json_put_text(writer, NULL, "number");
	json_put_text(writer, NULL, "boolean");
	if (null)
		json_put_text(writer, NULL, "null");
	json_close(writer, ']');
}

/* The most is in bytes, and in code points here: those are never more. */
static void put_text(struct json_writer *writer, const struct schema_key *key)
{
	put_types(writer, true);
	json_put_text(writer, "pattern", "\\S");
	json_put_number(writer, "maxLength",
			(double)(key->bytes ? key->bytes : PLAYBOOK_LINE_BYTES));
}

static void put_pattern(struct json_writer *writer, const char *pattern)
{
	put_types(writer, false);
	json_put_text(writer, "pattern", pattern);
}

/* An object whose keys are ids. */
static void put_ids(struct json_writer *writer)
{
	json_put_text(writer, "type", "object");
	json_open(writer, "propertyNames", '{');
	json_put_text(writer, "pattern", "^[" PLAYBOOK_ID_LETTERS "]+$");
	json_close(writer, '}');
}

static void put_texts(struct json_writer *writer, const struct schema_key *key)
{
	json_put_text(writer, "type", "array");
	json_open(writer, "items", '{');
	put_text(writer, key);
	json_close(writer, '}');
}

/* A line is a text, or a map that has it and more. */
static void put_lines(struct json_writer *writer, const struct schema_key *key)
{
	json_put_text(writer, "type", "array");
	json_open(writer, "items", '{');
	json_open(writer, "anyOf", '[');
	json_open(writer, NULL, '{');
	put_text(writer, key);
	json_close(writer, '}');
	json_open(writer, NULL, '{');
	put_map(writer, schema_line());
	json_close(writer, '}');
	json_close(writer, ']');
	json_close(writer, '}');
}

static void put_choice(struct json_writer *writer, const struct schema_key *key)
{
	json_open(writer, "enum", '[');
	for (size_t i = 0; key->words[i] != NULL; i++)
		json_put_text(writer, NULL, key->words[i]);
	json_close(writer, ']');
}

static void put_choices(struct json_writer *writer, const struct schema_key *key)
{
	json_put_text(writer, "type", "array");
	json_open(writer, "items", '{');
	put_choice(writer, key);
	json_close(writer, '}');
}

static void put_flag(struct json_writer *writer)
{
	json_open(writer, "enum", '[');
	json_put_boolean(writer, NULL, true);
	json_put_boolean(writer, NULL, false);
	json_put_text(writer, NULL, "true");
	json_put_text(writer, NULL, "false");
	json_close(writer, ']');
}

/* A number, or one in quotes, which is one to the loader, too; the caller says what its bounds are.
 */
static void open_number(struct json_writer *writer, const char *type)
{
	json_open(writer, "anyOf", '[');
	json_open(writer, NULL, '{');
	json_put_text(writer, "type", type);
}

static void close_number(struct json_writer *writer, const char *pattern)
{
	json_close(writer, '}');
	json_open(writer, NULL, '{');
	json_put_text(writer, "type", "string");
	json_put_text(writer, "pattern", pattern);
	json_close(writer, '}');
	json_close(writer, ']');
}

static void put_number(struct json_writer *writer)
{
	open_number(writer, "integer");
	json_put_number(writer, "minimum", 1);
	close_number(writer, "^[0-9]+$");
}

static void put_share(struct json_writer *writer)
{
	open_number(writer, "number");
	json_put_number(writer, "exclusiveMinimum", 0);
	json_put_number(writer, "maximum", 1);
	close_number(writer, "^[0-9]+(\\.[0-9]+)?$");
}

static void put_format(struct json_writer *writer)
{
	json_open(writer, "enum", '[');
	json_put_number(writer, NULL, PLAYBOOK_FORMAT);
	json_put_text(writer, NULL, "1");
	json_close(writer, ']');
}

static void put_step_lines(struct json_writer *writer, const struct schema_key *key)
{
	put_ids(writer);
	if (key->required)
		json_put_number(writer, "minProperties", 1);
	json_open(writer, "additionalProperties", '{');
	put_lines(writer, key);
	json_close(writer, '}');
}

static void put_swaps(struct json_writer *writer, const struct schema_key *key)
{
	json_put_text(writer, "type", "object");
	json_open(writer, "additionalProperties", '{');
	put_text(writer, key);
	json_close(writer, '}');
}

/* `customer:` with nothing behind it is an entry, too. */
static void put_named(struct json_writer *writer, const struct schema_key *key)
{
	put_ids(writer);
	json_open(writer, "additionalProperties", '{');
	json_open(writer, "anyOf", '[');
	json_open(writer, NULL, '{');
	put_map(writer, key->map);
	json_close(writer, '}');
	json_open(writer, NULL, '{');
	json_put_text(writer, "type", "null");
	json_close(writer, '}');
	json_close(writer, ']');
	json_close(writer, '}');
}

static void put_records(struct json_writer *writer, const struct schema_key *key)
{
	json_put_text(writer, "type", "array");
	json_open(writer, "items", '{');
	put_map(writer, key->map);
	json_close(writer, '}');
}

static void put_value(struct json_writer *writer, const struct schema_key *key)
{
	struct schema_key id = {.bytes = SCHEMA_ID_BYTES};

	switch (key->kind) {
	case SCHEMA_FORMAT: put_format(writer); break;
	case SCHEMA_TEXT:
	case SCHEMA_LINE: put_text(writer, key); break;
	case SCHEMA_ID: put_pattern(writer, "^[" PLAYBOOK_ID_LETTERS "]{1,64}$"); break;
	case SCHEMA_NAME: put_pattern(writer, "^(?!\\.)(?!.*\\.ya?ml$)[^/]+$"); break;
	case SCHEMA_LANGUAGE: put_pattern(writer, "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"); break;
	case SCHEMA_DATE:
		json_put_text(writer, "type", "string");
		json_put_text(writer, "pattern",
			      "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$");
		break;
	case SCHEMA_NUMBER: put_number(writer); break;
	case SCHEMA_SHARE: put_share(writer); break;
	case SCHEMA_FLAG: put_flag(writer); break;
	case SCHEMA_CHOICE: put_choice(writer, key); break;
	case SCHEMA_CHOICES: put_choices(writer, key); break;
	case SCHEMA_TEXTS: put_texts(writer, key); break;
	case SCHEMA_LINES: put_lines(writer, key); break;
	case SCHEMA_STEPS: put_texts(writer, &id); break;
	case SCHEMA_STEP_LINES: put_step_lines(writer, key); break;
	case SCHEMA_SWAPS: put_swaps(writer, key); break;
	case SCHEMA_RECORD: put_map(writer, key->map); break;
	case SCHEMA_RECORDS: put_records(writer, key); break;
	case SCHEMA_NAMED: put_named(writer, key); break;
	}
}

static void put_map(struct json_writer *writer, const struct schema_map *map)
{
	bool any = false;

	json_put_text(writer, "type", "object");
	json_open(writer, "properties", '{');
	for (size_t i = 0; i < map->key_count; i++) {
		json_open(writer, map->keys[i].name, '{');
		json_put_text(writer, "description", _(map->keys[i].about));
		put_value(writer, &map->keys[i]);
		json_close(writer, '}');
		any = any || map->keys[i].required;
	}
	json_close(writer, '}');
	if (any) {
		json_open(writer, "required", '[');
		for (size_t i = 0; i < map->key_count; i++) {
			if (map->keys[i].required)
				json_put_text(writer, NULL, map->keys[i].name);
		}
		json_close(writer, ']');
	}
	json_put_boolean(writer, "additionalProperties", false);
}

/* --- A line for each member, so that people can read and compare it --- */

static void put_newline(struct buffer *out, int depth)
{
	buffer_format(out, "\n%*s", depth * 2, "");
}

static const char *string_end(const char *text)
{
	for (text++; *text != '"'; text++)
		text += *text == '\\';
	return text + 1;
}

/* Lists of words stay on one line. */
static void indent(struct buffer *out, const char *json)
{
	int depth = 0;
	bool list = false;

	for (const char *c = json; *c != '\0'; c++) {
		if (*c == '"') {
			const char *end = string_end(c);
			buffer_add(out, c, (size_t)(end - c));
			c = end - 1;
		} else if (*c == '}' || *c == ']') {
			depth--;
			if (!list)
				put_newline(out, depth);
			buffer_add(out, c, 1);
			list = false;
		} else {
			buffer_add(out, c, 1);
			depth += *c == '{' || *c == '[';
			list = (*c == '[' && c[1] != '{') || (list && *c != '{');
			if (*c == ':' || (*c == ',' && list))
				buffer_text(out, " ");
			else if (strchr("{[,", *c) != NULL && !list)
				put_newline(out, depth);
		}
	}
	buffer_text(out, "\n");
}

void json_schema_write(struct buffer *out)
{
	struct buffer compact = {0};
	struct json_writer writer = {.out = &compact};

	json_open(&writer, NULL, '{');
	json_put_text(&writer, "$schema", "http://json-schema.org/draft-07/schema#");
	json_put_text(&writer, "title", "talktrack playbook");
	json_put_text(&writer, "description",
		      _("What a call-script coach offers its agents to say; "
			"see talktrack-playbook(5)"));
	put_map(&writer, schema_playbook());
	json_close(&writer, '}');
	indent(out, compact.text);
	buffer_free(&compact);
}
