#include "call/when_words.h"

#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static const struct {
	const char *stems; /* with blanks between */
	const char *english;
} entries[] = {
	{"hodiaŭ আজ", "today"},
	{"morgaŭ কাল আগামীকাল", "tomorrow"},
	{"vesper ĉi-vesper রাত", "tonight"},
	{"lun lund সোম সোমবার", "monday"},
	{"mar mard মঙ্গল মঙ্গলবার", "tuesday"},
	{"mer merkred বুধ বুধবার", "wednesday"},
	{"ĵaŭ ĵaŭd বৃহঃ বৃহস্পতি বৃহস্পতিবার", "thursday"},
	{"ven vendred শুক্র শুক্রবার", "friday"},
	{"sab sabat শনি শনিবার", "saturday"},
	{"dim dimanĉ রবি রবিবার", "sunday"},
	{"minut মিনিট", "minute"},
	{"hor ঘণ্টা ঘন্টা", "hour"},
	{"tag দিন", "day"},
	{"semajn সপ্তাহ", "week"},
	{"monat মাস", "month"},
	{"tagmez দুপুর", "noon"},
	{"sekv venont আগামী সামনের", "next"},
	{"unu এক", "a"},
	{"post", "in"},
	{"ĝis", "by"},
	{"je", "at"},
	{"la সকাল টা টায় টার মধ্যে ভেতর ভিতর পর", ""},
};

/* In folded form; the longest words that remain of a stem are its endings. */
static const char *const endings[] = {"",  "o", "on", "oj", "ojn", "a",	 "an", "e",
				      "n", "ে", "ের", "তে", "র",   "কে", "য"};

/* morgaux is morgaŭ. */
static char *without_x(struct arena *arena, const char *word)
{
	char *out = arena_string(arena, word), *to = out;

	for (const char *at = word; *at != '\0'; at++)
		if (*at != 'x' || at == word || strchr("cghjsu", at[-1]) == NULL)
			*to++ = *at;
	*to = '\0';
	return out;
}

static bool is_form(const char *word, const char *stem)
{
	size_t length = strlen(stem);

	if (strncmp(word, stem, length) != 0)
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strcmp(word + length, endings[i]) == 0)
			return true;
	return false;
}

const char *when_word(const char *word)
{
	struct arena arena = {0};
	const char *plain = without_x(&arena, word), *found = NULL;
	const char *folded = text_fold(&arena, plain, strlen(plain));

	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]) && found == NULL; i++) {
		const char *at = entries[i].stems;

		while (*at != '\0' && found == NULL) {
			size_t length = strcspn(at, " ");

			if (is_form(folded, text_fold(&arena, at, length)))
				found = entries[i].english;
			at += length + strspn(at + length, " ");
		}
	}
	arena_free(&arena);
	return found;
}
