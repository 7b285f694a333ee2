#include "base/words.h"

#include "base/catalogue.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOMAIN "talktrack"
#define LANGUAGE_BYTES 32
#define CONTEXT_END "\004" /* between context and text, as msgfmt writes it */

static char folder[4096];
static char spoken[LANGUAGE_BYTES]; /* whose catalogue is in use; "": English */
static char tag[LANGUAGE_BYTES];    /* the same in BCP 47 */
static char lender[LANGUAGE_BYTES]; /* what was spoken before words_lend */
static bool lent;
static bool taken;	      /* $LANGUAGE is ours */
static char *language_before; /* what it was; NULL: not set */

/* "bn-BD" as a locale's name: "bn_BD". False: this names none. */
static bool name_locale(const char *language, char name[LANGUAGE_BYTES])
{
	size_t length = strcspn(language, ".@");

	if (length == 0 || length >= LANGUAGE_BYTES || memchr(language, '/', length))
		return false;
	memcpy(name, language, length);
	name[length] = '\0';
	for (char *c = name; *c; c++)
		*c = *c == '-' ? '_' : *c;
	return true;
}

static bool has_catalogue(const char *name)
{
	char path[4096];
	int length = snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/" DOMAIN ".mo", folder, name);

	return *folder && length > 0 && (size_t)length < sizeof path && catalogue_is_whole(path);
}

/* gettext opens no catalogue in the locale "C". Which other one it is does not matter, since
 * $LANGUAGE comes first; one that is always there would be best. By way of "C", since gettext keeps
 * what it found for another language until the locale changes. */
static bool leave_c(void)
{
	const char *now;

	setlocale(LC_MESSAGES, "C");
	if (setlocale(LC_MESSAGES, "C.UTF-8"))
		return true;
	now = setlocale(LC_MESSAGES, "");
	return now && strcmp(now, "C") != 0 && strcmp(now, "POSIX") != 0;
}

static void take(const char *name)
{
	if (!taken) {
		const char *before = getenv("LANGUAGE");

		language_before = before ? strdup(before) : NULL;
		taken = true;
	}
	setenv("LANGUAGE", name, 1);
}

void words_at(const char *path)
{
	int length = snprintf(folder, sizeof folder, "%s", path);

	if (length < 0 || (size_t)length >= sizeof folder)
		*folder = '\0';
}

static bool is_english(const char *name)
{
	return strncmp(name, "en", 2) == 0 && (!name[2] || name[2] == '_');
}

bool words_use(const char *language)
{
	char name[LANGUAGE_BYTES];

	if (!name_locale(language, name))
		return false;
	if (is_english(name)) {
		*spoken = '\0';
		return true;
	}
	if (strcmp(name, spoken) == 0)
		return true;
	if (!has_catalogue(name)) {
		name[strcspn(name, "_")] = '\0';
		if (!has_catalogue(name))
			return false;
	}
	take(name);
	if (!leave_c() || !bindtextdomain(DOMAIN, folder) ||
	    !bind_textdomain_codeset(DOMAIN, "UTF-8"))
		return false;
	memcpy(spoken, name, sizeof name);
	return true;
}

const char *words_language(void)
{
	if (!*spoken)
		return "en";
	memcpy(tag, spoken, sizeof tag);
	for (char *c = tag; *c; c++)
		*c = *c == '_' ? '-' : *c;
	return tag;
}

void words_lend(const char *language)
{
	memcpy(lender, spoken, sizeof spoken);
	lent = language && words_use(language);
}

void words_return(void)
{
	if (lent)
		words_use(*lender ? lender : "en");
	lent = false;
}

void words_leave(void)
{
	if (!taken)
		return;
	if (language_before)
		setenv("LANGUAGE", language_before, 1);
	else
		unsetenv("LANGUAGE");
}

const char *words_say(const char *text)
{
	/* "" is the catalogue's own header */
	return *spoken && *text ? dgettext(DOMAIN, text) : text;
}

const char *words_sense(const char *context, const char *text)
{
	char key[128];
	const char *found;
	int length;

	if (!*spoken || !*text)
		return text;
	length = snprintf(key, sizeof key, "%s" CONTEXT_END "%s", context, text);
	if (length < 0 || (size_t)length >= sizeof key)
		return text;
	found = dgettext(DOMAIN, key);
	return found == key ? text : found;
}

const char *words_count(const char *one, const char *many, unsigned long number)
{
	if (*spoken)
		return dngettext(DOMAIN, one, many, number);
	return number == 1 ? one : many;
}
