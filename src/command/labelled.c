#include "command/labelled.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES_TOLD 10

static void add(struct labelled *labelled, struct arena *arena, const char *line, size_t length,
		int number, int *wrong)
{
	const char *tab = memchr(line, '\t', length);
	struct utterance_label item = {.line = number};

	if (length == 0 || *line == '#')
		return;
	if (tab) {
		item.label = text_clean(arena, line, (size_t)(tab - line));
		item.text = text_clean(arena, tab + 1, length - (size_t)(tab - line) - 1);
	}
	if (!tab || !*item.label || !*item.text) {
		if ((*wrong)++ < LINES_TOLD)
			fprintf(stderr, _("talktrack: %s:%d: not a label, a tab and a text\n"),
				text_clean(arena, labelled->file, strlen(labelled->file)), number);
		return;
	}
	labelled->items = arena_more(arena, labelled->items, labelled->count, sizeof item);
	labelled->items[labelled->count++] = item;
}

bool labelled_read(struct labelled *labelled, struct arena *arena, const char *file)
{
	FILE *in = fopen(file, "re");
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	int number = 0, wrong = 0;
	bool failed;

	*labelled = (struct labelled){.file = file};
	errno = in ? 0 : errno;
	while (in && (length = getline(&line, &size, in)) >= 0) {
		while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
			length--;
		add(labelled, arena, line, (size_t)length, ++number, &wrong);
	}
	failed = !in || ferror(in);
	if (failed)
		fprintf(stderr, _("talktrack: \"%s\" cannot be read: %s\n"),
			text_clean(arena, file, strlen(file)), strerror(errno));
	if (wrong > LINES_TOLD)
		fprintf(stderr, _("talktrack: and %d more such lines\n"), wrong - LINES_TOLD);
	if (in)
		fclose(in);
	free(line);
	return !failed && wrong == 0;
}

bool labelled_is_none(const struct utterance_label *item)
{
	return strcmp(item->label, "-") == 0;
}
