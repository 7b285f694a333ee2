#include "suggest/echo.h"

#include "base/arena.h"
#include "base/text.h"
#include "suggest/real.h"

#include <stdbool.h>
#include <string.h>

struct word {
	const char *start;
	size_t length;
};

static bool has(const struct word *words, size_t count, const struct word *word)
{
	for (size_t i = 0; i < count; i++)
		if (words[i].length == word->length &&
		    memcmp(words[i].start, word->start, word->length) == 0)
			return true;
	return false;
}

/* The words of a folded text, each once. */
static size_t split(struct arena *arena, const char *text, struct word **words)
{
	size_t count = 0;

	*words = NULL;
	while (*text) {
		struct word word = {text, strcspn(text, " ")};

		if (word.length > 0 && !has(*words, count, &word)) {
			*words = arena_more(arena, *words, count, sizeof **words);
			(*words)[count++] = word;
		}
		text += word.length;
		text += *text == ' ';
	}
	return count;
}

double echo_likeness(const char *said, const char *line)
{
	struct arena scratch = {0};
	struct word *a, *b;
	size_t a_count = split(&scratch, text_fold(&scratch, said, strlen(said)), &a);
	size_t b_count = split(&scratch, text_fold(&scratch, line, strlen(line)), &b);
	size_t shared = 0;

	for (size_t i = 0; i < a_count; i++)
		shared += has(b, b_count, &a[i]);
	arena_free(&scratch);
	if (shared == 0)
		return 0;
	return (double)shared / real_root((double)a_count * (double)b_count);
}
