#include "playbook/quote.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "playbook/playbook.h"

enum { QUOTED_MOST = 300 }; /* bytes that a mend repeats */

static const char *const curly_quotes[] = {"“", "”", "‘", "’", "„"};

static size_t without_blanks(const char *words, size_t length)
{
	while (length > 0 && strchr(" \t\r", words[length - 1]) != NULL)
		length--;
	return length;
}

const char *quote_words(struct arena *arena, const char *words, size_t length)
{
	length = without_blanks(words, length);
	if (length > QUOTED_MOST)
		return "\"…\"";
	if (memchr(words, '"', length) == NULL && memchr(words, '\\', length) == NULL)
		return arena_format(arena, "\"%.*s\"", (int)length, words);
	char *quoted = arena_alloc(arena, 2 * length + 3);
	char *end = quoted;
	*end++ = '\'';
	for (size_t i = 0; i < length; i++) {
		if (words[i] == '\'')
			*end++ = '\'';
		*end++ = words[i];
	}
	*end = '\'';
	return quoted;
}

size_t quote_curly(const char *text)
{
	for (size_t i = 0; i < sizeof curly_quotes / sizeof *curly_quotes; i++) {
		size_t length = strlen(curly_quotes[i]);
		if (strncmp(text, curly_quotes[i], length) == 0)
			return length;
	}
	return 0;
}

const char *quote_mend(struct arena *arena, const char *words)
{
	size_t length = without_blanks(words, strlen(words));
	size_t curly = quote_curly(words);

	if (curly > 0 && length >= 2 * curly && quote_curly(words + length - curly) == curly) {
		words += curly;
		length -= 2 * curly;
	} else if (length >= 2 && strchr("\"'", words[0]) != NULL &&
		   words[length - 1] == words[0]) {
		words++;
		length -= 2;
	}
	return arena_format(arena, _("put the whole text in quotes: %s"),
			    quote_words(arena, words, length));
}

const char *quote_slot(struct arena *arena, const char *text)
{
	if (text[0] != '{')
		return NULL;
	const char *name = text + 1 + (text[1] == '{');
	name += strspn(name, " ");
	size_t length = strspn(name, PLAYBOOK_ID_LETTERS);
	if (length == 0 || name[length + strspn(name + length, " ")] != '}')
		return NULL;
	return arena_format(arena, "<%.*s>", (int)length, name);
}
