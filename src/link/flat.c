#include "link/flat.h"

#include <string.h>

#include "base/text.h"

#define DIGITS_MOST 15 /* a double holds each such number */

struct cursor {
	const char *at, *end;
};

static void pass_blanks(struct cursor *cursor)
{
	while (cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\t'))
		cursor->at++;
}

static bool pass(struct cursor *cursor, char byte)
{
	pass_blanks(cursor);
	if (cursor->at == cursor->end || *cursor->at != byte)
		return false;
	cursor->at++;
	return true;
}

static bool pass_word(struct cursor *cursor, const char *word)
{
	size_t length = strlen(word);

	if ((size_t)(cursor->end - cursor->at) < length || memcmp(cursor->at, word, length) != 0)
		return false;
	cursor->at += length;
	return true;
}

/* A text whose opening quote was passed. */
static bool read_text(struct cursor *cursor, const char **text, size_t *length)
{
	const char *close = memchr(cursor->at, '"', (size_t)(cursor->end - cursor->at));
	unsigned char all = 0;
	bool plain = close != NULL;

	for (const char *at = cursor->at; plain && at < close; at++) {
		unsigned char byte = (unsigned char)*at;

		all |= byte;
		plain = byte >= 0x20 && byte != '\\' && byte != 0x7f;
	}
	if (!plain)
		return false;
	*text = cursor->at;
	*length = (size_t)(close - cursor->at);
	cursor->at = close + 1;
	return all < 0x80 || text_valid(*text, *length, NULL);
}

static bool is_digit(const struct cursor *cursor)
{
	return cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9';
}

/* 12 or 0.93; what is longer, or has a sign or an exponent, is for json.h. */
static bool read_number(struct cursor *cursor, double *number)
{
	const char *begin = cursor->at;
	double scale = 1;

	*number = 0;
	for (; is_digit(cursor); cursor->at++)
		*number = *number * 10 + (*cursor->at - '0');
	if (cursor->at == begin || (*begin == '0' && cursor->at > begin + 1))
		return false;
	if (cursor->at < cursor->end && *cursor->at == '.') {
		const char *point = cursor->at++;

		for (; is_digit(cursor); cursor->at++) {
			*number = *number * 10 + (*cursor->at - '0');
			scale *= 10;
		}
		if (cursor->at == point + 1)
			return false;
	}
	/* both are whole and exact, so the quotient is the nearest double */
	*number /= scale;
	return cursor->at - begin <= DIGITS_MOST;
}

static bool read_member(struct cursor *cursor, struct flat_member *member)
{
	if (!pass(cursor, '"') || !read_text(cursor, &member->name, &member->name_length) ||
	    !pass(cursor, ':'))
		return false;
	if (pass(cursor, '"')) {
		member->kind = '"';
		return read_text(cursor, &member->text, &member->length);
	}
	if (pass_word(cursor, "true") || pass_word(cursor, "false")) {
		member->kind = cursor->at[-2] == 'u' ? 't' : 'f';
		return true;
	}
	member->kind = '0';
	return read_number(cursor, &member->number);
}

size_t flat_read(const char *line, size_t length, struct flat_member members[FLAT_MEMBERS_MOST])
{
	struct cursor cursor = {line, line + length};
	size_t count = 0;

	if (!pass(&cursor, '{'))
		return 0;
	do {
		if (count == FLAT_MEMBERS_MOST || !read_member(&cursor, &members[count++]))
			return 0;
	} while (pass(&cursor, ','));
	if (!pass(&cursor, '}'))
		return 0;
	pass_blanks(&cursor);
	return cursor.at == cursor.end ? count : 0;
}

const struct flat_member *flat_find(const struct flat_member *members, size_t count,
				    const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < count; i++)
		if (members[i].name_length == length && memcmp(members[i].name, name, length) == 0)
			return &members[i];
	return NULL;
}
