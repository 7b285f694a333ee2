#include "report/redact.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "call/event.h"
#include "playbook/playbook.h"

#define WORD_MOST 64 /* bytes */

static const char taken_out[] = "…";

static const char *keep(const char *word, const char *letters)
{
	if (word == NULL)
		return NULL;
	size_t length = strlen(word);
	return length <= WORD_MOST && strspn(word, letters) == length ? word : taken_out;
}

static const char *words(const char *text)
{
	return text == NULL || *text == '\0' ? text : taken_out;
}

/* In the shape of "CALL/N", else taken out. */
static const char *promise(const char *name)
{
	const size_t call = EVENT_CALL_BYTES - 1;
	if (name == NULL)
		return NULL;
	if (strspn(name, "0123456789abcdef-") != call || name[call] != '/')
		return taken_out;
	const char *number = name + call + 1;
	size_t digits = strspn(number, "0123456789");
	return digits > 0 && digits < 10 && number[digits] == '\0' ? name : taken_out;
}

static const char *zone(const char *zone)
{
	if (zone == NULL || strlen(zone) != 6 || strspn(zone, "+-0123456789:") != 6)
		return NULL;
	return zone;
}

struct event redact_event(struct redaction *redaction, const struct event *event,
			  struct arena *arena)
{
	static const char id[] = PLAYBOOK_ID_LETTERS;
	static const char word[] = PLAYBOOK_ID_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ_.";
	struct event kept = *event;
	bool is_line = event->kind == EVENT_LINE_SAID || event->kind == EVENT_LINE_PASSED;
	kept.playbook = keep(event->playbook, word);
	kept.language = keep(event->language, word);
	kept.version = keep(event->version, id);
	kept.situation = keep(event->situation, id);
	kept.step = keep(event->step, id);
	kept.slot = keep(event->slot, id);
	kept.speaker = keep(event->speaker, id);
	kept.mood = keep(event->mood, id);
	kept.disposition = keep(event->disposition, id);
	kept.promise = promise(event->promise);
	kept.zone = zone(event->zone);
	/* a line with the customer's words in it has <words> in their place, unless somebody else's
	 * program wrote it */
	if (!is_line || (event->kind == EVENT_LINE_SAID && event->speaker != NULL))
		kept.text = words(event->text);
	if (event->agent != NULL) {
		uint32_t number = lexicon_number(&redaction->agents, event->agent);
		kept.agent = arena_format(arena, "agent-%u", number - LEXICON_OTHER);
	}
	return kept;
}

void redact_free(struct redaction *redaction)
{
	lexicon_free(&redaction->agents);
}
