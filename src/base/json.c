#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

/* A struct json is never completed: it is cJSON's node by another name. */
static const cJSON *node(const struct json *value)
{
	return (const cJSON *)(const void *)value;
}

static const struct json *json(const cJSON *node)
{
	return (const struct json *)(const void *)node;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_hex(char byte)
{
	return is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

static size_t skip_digits(const char *text, size_t length, size_t at)
{
	while (at < length && is_digit(text[at]))
		at++;
	return at;
}

/* Passes a number at *at. cJSON takes 007, 1. and -, which RFC 8259 does not. */
static bool scan_number(const char *text, size_t length, size_t *at)
{
	size_t i = *at + (text[*at] == '-');
	size_t digits = i;

	i = skip_digits(text, length, i);
	bool good = i > digits && (text[digits] != '0' || i == digits + 1);
	if (good && i < length && text[i] == '.') {
		digits = ++i;
		i = skip_digits(text, length, i);
		good = i > digits;
	}
	if (good && i < length && (text[i] == 'e' || text[i] == 'E')) {
		i++;
		if (i < length && (text[i] == '+' || text[i] == '-'))
			i++;
		digits = i;
		i = skip_digits(text, length, i);
		good = i > digits;
	}
	*at = i;
	return good;
}

/* Passes a string whose opening quote is at *at. cJSON takes raw control characters, reads
 * "\uZZZZ" as "\u0000", and cuts the string off at that. */
static bool scan_string(const char *text, size_t length, size_t *at)
{
	for (size_t i = *at + 1; i < length; i++) {
		*at = i;
		if (text[i] == '"') {
			*at = i + 1;
			return true;
		}
		if ((unsigned char)text[i] < 0x20)
			return false;
		if (text[i] != '\\')
			continue;
		if (++i >= length || strchr("\"\\/bfnrtu", text[i]) == NULL)
			return false;
		if (text[i] != 'u')
			continue;
		if (length - i < 5 || memcmp(text + i + 1, "0000", 4) == 0)
			return false;
		for (int digit = 0; digit < 4; digit++) {
			if (!is_hex(text[++i]))
				return false;
		}
	}
	return false;
}

/* What cJSON lets pass, in one go over the bytes. *at ends where it went wrong. */
static bool scan(const char *text, size_t length, size_t *at)
{
	int depth = 0;

	while (*at < length) {
		char byte = text[*at];
		if (byte == '"') {
			if (!scan_string(text, length, at))
				return false;
			continue;
		}
		if (byte == '-' || is_digit(byte)) {
			if (!scan_number(text, length, at))
				return false;
			continue;
		}
		if ((byte == '{' || byte == '[') && ++depth > JSON_DEPTH)
			return false;
		if (byte == '}' || byte == ']')
			depth--;
		if (byte == '\0' || strchr("{}[]:, \t\r\ntruefalsn", byte) == NULL)
			return false;
		++*at;
	}
	return true;
}

struct json *json_parse(const char *text, size_t length, size_t *offset)
{
	size_t at = 0;
	size_t ignored;

	if (offset == NULL)
		offset = &ignored;
	*offset = 0;
	if (length == 0 || !text_valid(text, length, offset))
		return NULL;
	if (!scan(text, length, &at)) {
		*offset = at;
		return NULL;
	}
	const char *end = text;
	cJSON *value = cJSON_ParseWithLengthOpts(text, length, &end, false);
	at = (size_t)(end - text);
	if (value != NULL) {
		while (at < length && strchr(" \t\r\n", text[at]) != NULL)
			at++;
	}
	if (value == NULL || at < length) {
		cJSON_Delete(value);
		*offset = at;
		return NULL;
	}
	return (struct json *)(void *)value;
}

void json_free(struct json *value)
{
	cJSON_Delete((cJSON *)(void *)value);
}

const struct json *json_member(const struct json *value, const char *name)
{
	if (!cJSON_IsObject(node(value)))
		return NULL;
	return json(cJSON_GetObjectItemCaseSensitive(node(value), name));
}

const char *json_text(const struct json *value, const char *name)
{
	return json_string(json_member(value, name));
}

double json_number(const struct json *value, const char *name, double missing)
{
	return json_quantity(json_member(value, name), missing);
}

bool json_true(const struct json *value, const char *name)
{
	return cJSON_IsTrue(node(json_member(value, name)));
}

bool json_is_object(const struct json *value)
{
	return cJSON_IsObject(node(value));
}

bool json_is_array(const struct json *value)
{
	return cJSON_IsArray(node(value));
}

const char *json_string(const struct json *value)
{
	return cJSON_GetStringValue(node(value));
}

double json_quantity(const struct json *value, double missing)
{
	/* 1e400 is good JSON, but no caller could convert it. */
	if (!cJSON_IsNumber(node(value)) || !isfinite(node(value)->valuedouble))
		return missing;
	return node(value)->valuedouble;
}

const char *json_name(const struct json *value)
{
	return value == NULL ? NULL : node(value)->string;
}

const struct json *json_first(const struct json *value)
{
	return value == NULL ? NULL : json(node(value)->child);
}

const struct json *json_next(const struct json *value)
{
	return value == NULL ? NULL : json(node(value)->next);
}

static void begin(struct json_writer *writer, const char *name)
{
	if (writer->comma)
		buffer_add(writer->out, ",", 1);
	writer->comma = true;
	if (name != NULL)
		buffer_format(writer->out, "\"%s\":", name);
}

void json_open(struct json_writer *writer, const char *name, char bracket)
{
	begin(writer, name);
	buffer_add(writer->out, &bracket, 1);
	writer->comma = false;
}

void json_close(struct json_writer *writer, char bracket)
{
	buffer_add(writer->out, &bracket, 1);
	writer->comma = true;
}

/* Besides what JSON demands: whatever would steer a terminal that a journal is shown on. */
static bool must_escape(uint32_t code)
{
	return code < 0x20 || code == '"' || code == '\\' || (code >= 0x7f && code < 0xa0) ||
	       code == 0x61c || code == 0x200e || code == 0x200f ||
	       (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static void add_escape(struct buffer *out, uint32_t code)
{
	static const char plain[] = "\"\\\b\f\n\r\t";
	static const char letter[] = "\"\\bfnrt";
	const char *found = code > 0 && code < 0x80 ? strchr(plain, (int)code) : NULL;

	if (found != NULL)
		buffer_format(out, "\\%c", letter[found - plain]);
	else
		buffer_format(out, "\\u%04x", (unsigned)code);
}

static void add_string(struct buffer *out, const char *text)
{
	size_t length = strlen(text);
	size_t done = 0;
	size_t size;

	buffer_add(out, "\"", 1);
	for (size_t at = 0; at < length; at += size) {
		uint32_t code = text_decode(text + at, length - at, &size);
		bool bad = code == 0xfffd && size == 1;
		if (!bad && !must_escape(code))
			continue;
		buffer_add(out, text + done, at - done);
		add_escape(out, code);
		done = at + size;
	}
	buffer_add(out, text + done, length - done);
	buffer_add(out, "\"", 1);
}

void json_put_text(struct json_writer *writer, const char *name, const char *text)
{
	begin(writer, name);
	if (text == NULL)
		buffer_text(writer->out, "null");
	else
		add_string(writer->out, text);
}

/* And small enough that a double holds every number up to it. */
static bool is_whole(double number)
{
	if (number <= -9007199254740992.0 || number >= 9007199254740992.0)
		return false;
	double whole = (double)(long long)number;
	return whole >= number && whole <= number;
}

void json_put_number(struct json_writer *writer, const char *name, double number)
{
	char digits[40];

	begin(writer, name);
	if (!isfinite(number)) {
		buffer_text(writer->out, "null");
		return;
	}
	if (is_whole(number)) {
		buffer_format(writer->out, "%lld", (long long)number);
		return;
	}
	snprintf(digits, sizeof digits, "%.15g", number);
	double back = strtod(digits, NULL);
	if (back < number || back > number)
		snprintf(digits, sizeof digits, "%.17g", number);
	char *comma = strchr(digits, ','); /* some locales write one */
	if (comma != NULL)
		*comma = '.';
	buffer_text(writer->out, digits);
}

void json_put_boolean(struct json_writer *writer, const char *name, bool value)
{
	begin(writer, name);
	buffer_text(writer->out, value ? "true" : "false");
}
