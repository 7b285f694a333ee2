#include "playbooks.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { LINES_EACH = 4 };

static const char *const steps[] = {"reflect", "validate", "empathize", "resolve", "close"};

static const char *const words[] = {
	"invoice",  "parcel",  "refund",  "router", "contract", "number",
	"password", "address", "meter",	  "card",   "order",	"password reset",
	"delivery", "credit",  "account", "visit",
};

static const char *const endings[] = {
	"and nobody called you back in spite of the promise",
	"which would tire anyone who has a day of work before them",
	"so the morning was lost and you had to explain it twice",
	"although you had written everything down as we had asked",
	"and <customer> is left with the bill and with <issue>",
};

static const char *word(unsigned number)
{
	return words[number * 7u % (sizeof words / sizeof *words)];
}

static const char *ending(unsigned number)
{
	return endings[number % (sizeof endings / sizeof *endings)];
}

static void head_write(FILE *file, int book)
{
	fprintf(file,
		"talktrack: 1\ntitle: Bench %02d\nlanguage: en\n\n"
		"slots:\n"
		"  customer: {ask: Customer's name}\n"
		"  issue: {ask: What went wrong}\n\n"
		"steps:\n"
		"  - {id: reflect, title: Reflect}\n"
		"  - {id: validate, title: Validate}\n"
		"  - {id: empathize, title: Empathize}\n"
		"  - {id: resolve, title: Make it right}\n"
		"  - {id: close, title: Close}\n\n"
		"say:\n  close:\n    - Words to end with, shared by all of book %d.\n\n"
		"situations:\n",
		book, book);
}

/* A word of its own for each situation, such as a product has. */
static void name_write(char name[32], int book, unsigned number)
{
	static const char *const syllables[] = {"ka", "lo", "mi",  "ren", "du",	 "sto", "bel",
						"va", "zi", "tor", "pe",  "nau", "gri"};
	enum { SYLLABLES = sizeof syllables / sizeof *syllables };
	unsigned rest = number * 10 + (unsigned)book;

	name[0] = '\0';
	for (int i = 0; i < 4; i++, rest /= SYLLABLES)
		strcat(name, syllables[(rest + 3 * (unsigned)i) % SYLLABLES]);
}

const char *playbooks_heard(int book, unsigned number, unsigned which)
{
	static const char *const openings[] = {"my", "where is the", "again the", "listen, that",
					       "nobody can mend this"};
	static const char *const ends[] = {"what now", "and I am tired of it",
					   "who is going to pay for that",
					   "I have said so to your colleague, too"};
	static char text[256];
	char name[32];

	name_write(name, book, number);
	snprintf(text, sizeof text, "%s %s %s no %d-%u-%u is wrong with the %s too %s",
		 openings[which % 5], name, word(number + which), book, number, which,
		 word(number * 3 + which), ends[which % 4]);
	return text;
}

static void situation_write(FILE *file, int book, unsigned number, unsigned heard)
{
	fprintf(file, "  - id: case-%d-%u\n    title: Case %d.%u %s and %s\n    heard:\n", book,
		number, book, number, word(number), word(number + 3));
	for (unsigned i = 0; i < heard; i++)
		fprintf(file, "      - %s\n", playbooks_heard(book, number, i));
	fprintf(file, "    say:\n");
	for (unsigned step = 0; step < sizeof steps / sizeof *steps; step++) {
		fprintf(file, "      %s:\n", steps[step]);
		for (unsigned i = 0; i < LINES_EACH; i++)
			fprintf(file,
				"        - Words %u.%u.%u, your %s did not come as it should %s.\n",
				number, step + 1, i + 1, word(number + step * 5 + i),
				ending(number + step + i));
	}
}

bool playbooks_write(struct playbooks *books, const char *folder, int count, size_t bytes,
		     unsigned heard)
{
	char path[PLAYBOOKS_PATH_MAX];
	books->count = 0;
	books->bytes = 0;
	books->heard = 0;
	snprintf(books->folder, sizeof books->folder, "%s", folder);
	if (snprintf(path, sizeof path, "%s/en", folder) >= (int)sizeof path - 32 ||
	    count > PLAYBOOKS_FILES_MAX) {
		errno = ENAMETOOLONG;
		return false;
	}
	if (mkdir(folder, 0700) != 0 || mkdir(path, 0700) != 0)
		return false;
	for (int book = 0; book < count; book++) {
		char *name = books->files[books->count++];
		if (snprintf(name, sizeof books->files[0], "%s/en/bench-%02d.yaml", folder,
			     book + 1) >= (int)sizeof books->files[0])
			return false;
		FILE *file = fopen(name, "w");
		if (!file)
			return false;
		head_write(file, book + 1);
		for (unsigned number = 1; ftell(file) < (long)bytes; number++) {
			situation_write(file, book + 1, number, heard);
			books->heard += heard;
		}
		long size = ftell(file);
		if (fclose(file) != 0)
			return false;
		books->bytes += (size_t)size;
	}
	return true;
}
