#include "link/clutter.h"

#include <stddef.h>
#include <string.h>

enum { NUMBER_DIGITS = 9, TIME_PLACES = 3, CHANCE_PLACES = 6 };

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

bool clutter_is_noise(const char *text)
{
	static const char *const pairs[] = {"[]", "()", "**"};
	size_t length = strlen(text);
	bool word = false;

	for (size_t i = 0; i < length && !word; i++)
		word = is_digit(text[i]) || (text[i] >= 'a' && text[i] <= 'z') ||
		       (text[i] >= 'A' && text[i] <= 'Z') || (unsigned char)text[i] >= 0x80;
	for (size_t i = 0; i < 3 && word; i++)
		if (text[0] == pairs[i][0] && strchr(text + 1, pairs[i][1]) == text + length - 1)
			word = false;
	return !word;
}

bool clutter_is_notice(const char *line)
{
	static const char *const notices[] = {"[Start speaking]", "READY....", "Listening...",
					      "Stopped listening, please wait..."};

	for (size_t i = 0; i < sizeof notices / sizeof *notices; i++)
		if (strcmp(line, notices[i]) == 0)
			return true;
	return strncmp(line, "### Transcription ", 18) == 0;
}

/* Behind a blank and a number with so many places; NULL: there is none. */
static const char *pass_number(const char *text, size_t places)
{
	const char *digits = text + 1;
	size_t whole = 0, part = 0;

	if (*text != ' ')
		return NULL;
	while (is_digit(digits[whole]))
		whole++;
	if (whole == 0 || digits[whole] != '.')
		return NULL;
	while (is_digit(digits[whole + 1 + part]))
		part++;
	return part == places ? digits + whole + 1 + part : NULL;
}

bool clutter_is_timed_word(const char *line)
{
	const char *rest = strchr(line, ' ');

	if (!rest || rest == line)
		return false;
	rest = pass_number(rest, TIME_PLACES);
	rest = rest ? pass_number(rest, TIME_PLACES) : NULL;
	rest = rest ? pass_number(rest, CHANCE_PLACES) : NULL;
	return rest && !*rest;
}

const char *clutter_behind_number(const char *line)
{
	for (size_t i = 0; i < NUMBER_DIGITS; i++)
		if (!is_digit(line[i]))
			return line;
	return strncmp(line + NUMBER_DIGITS, ": ", 2) == 0 ? line + NUMBER_DIGITS + 2 : line;
}
