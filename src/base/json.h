/* JSON (RFC 8259): reading one value, and writing objects a line.
 *
 * The only file that includes cJSON. A document that was parsed is owned by the caller and freed
 * with json_free; the strings that its values hand out live as long as it does. Parsing is stricter
 * than cJSON's: bad UTF-8, a BOM, a NUL or "\u0000", raw control characters, numbers such as 007,
 * anything after the value and nesting past JSON_DEPTH are errors. Strings may still hold escaped
 * control characters: see text_clean. Reading never fails on a missing member: it says NULL, the
 * default given, or false.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct json; /* a value: an object, array, string, number, boolean or null */

#define JSON_DEPTH 32

/* The value in text, or NULL with *offset (when given) the byte where it went wrong. */
struct json *json_parse(const char *text, size_t length, size_t *offset);
void json_free(struct json *value);

/* Members by exact name (the first of that name). NULL value: as if the member were missing. */
const struct json *json_member(const struct json *value, const char *name);
const char *json_text(const struct json *value, const char *name); /* or NULL */
/* The default given, too, where the number is too great for a double. */
double json_number(const struct json *value, const char *name, double missing);
bool json_true(const struct json *value, const char *name);

bool json_is_object(const struct json *value);
bool json_is_array(const struct json *value);
const char *json_string(const struct json *value); /* of a string value itself, or NULL */
double json_quantity(const struct json *value, double missing); /* of a number itself */
const char *json_name(const struct json *value);	 /* as a member of its object, or NULL */
const struct json *json_first(const struct json *value); /* item or member, or NULL */
const struct json *json_next(const struct json *value);

/* Writing, straight into a buffer, with no tree. The writer puts commas and quotes; names are ours.
 * Text is escaped, also what JSON lets pass but a terminal obeys (C1, bidi controls); bytes that
 * are not UTF-8 become U+FFFD. NULL text is written as null; a name is NULL inside an array.
 * Numbers that are whole and below 2^53 have no fraction; those that are not finite are written as
 * null. */
struct json_writer {
	struct buffer *out;
	bool comma; /* a comma is owed before the next member */
};

void json_open(struct json_writer *writer, const char *name, char bracket); /* '{' or '[' */
void json_close(struct json_writer *writer, char bracket);		    /* '}' or ']' */
void json_put_text(struct json_writer *writer, const char *name, const char *text);
void json_put_number(struct json_writer *writer, const char *name, double number);
void json_put_boolean(struct json_writer *writer, const char *name, bool value);

#endif
