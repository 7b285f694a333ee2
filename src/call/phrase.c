#include "call/phrase.h"

#include <string.h>
#include <wctype.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "call/date.h"
#include "call/reflection.h"
#include "call/when.h"
#include "playbook/playbook.h"

struct draft {
	struct arena *arena;
	struct buffer text;
	struct phrase_span *spans;
	size_t span_count;
};

static void add_span(struct draft *draft, size_t start, enum phrase_mark mark)
{
	if (draft->text.length == start)
		return;
	draft->spans =
		arena_more(draft->arena, draft->spans, draft->span_count, sizeof(*draft->spans));
	draft->spans[draft->span_count++] =
		(struct phrase_span){start, draft->text.length - start, mark};
}

static void add(struct draft *draft, const char *text, size_t length, enum phrase_mark mark)
{
	size_t start = draft->text.length;
	buffer_add(&draft->text, text, length);
	add_span(draft, start, mark);
}

/* A code point of at most 16 bits: no capital letter outside of them has a lower case within. */
static void add_code(struct buffer *buffer, uint32_t code)
{
	char bytes[3];
	size_t length = 1;
	if (code < 0x80) {
		bytes[0] = (char)code;
	} else if (code < 0x800) {
		bytes[0] = (char)(0xc0 | code >> 6);
		bytes[1] = (char)(0x80 | (code & 0x3f));
		length = 2;
	} else {
		bytes[0] = (char)(0xe0 | code >> 12);
		bytes[1] = (char)(0x80 | (code >> 6 & 0x3f));
		bytes[2] = (char)(0x80 | (code & 0x3f));
		length = 3;
	}
	buffer_add(buffer, bytes, length);
}

/* Words that fill a slot; at the start of a line with a capital. */
static void add_words(struct draft *draft, const char *words, enum phrase_mark mark)
{
	size_t start = draft->text.length;
	size_t length = strlen(words);
	size_t skip = 0;
	if (start == 0 && length > 0) {
		uint32_t code = text_decode(words, length, &skip);
		uint32_t capital = (uint32_t)towupper((wint_t)code);
		if (capital != code && capital < 0x10000)
			add_code(&draft->text, capital);
		else
			skip = 0;
	}
	buffer_add(&draft->text, words + skip, length - skip);
	add_span(draft, start, mark);
}

enum { ISO_DAY = sizeof("2026-11-27") - 1, ISO_MINUTES = sizeof("2026-11-27T17:00") - 1 };

/* When a promise is due, in the playbook's words where it has some. */
static const char *say_due(struct arena *arena, const struct playbook *playbook,
			   const struct call_promise *promise)
{
	const char *said = date_say(arena, &playbook->dates, promise->due, promise->zone);
	if (said != NULL)
		return said;
	/* "2026-11-27 17:00": when_show would say it in the agent's language, not the playbook's */
	char iso[WHEN_TEXT_BYTES];
	when_iso(promise->due, promise->zone, iso);
	return strlen(iso) < ISO_MINUTES
		       ? NULL
		       : arena_format(arena, "%.*s %.*s", ISO_DAY, iso, ISO_MINUTES - ISO_DAY - 1,
				      iso + ISO_DAY + 1);
}

/* What is known for a slot: as filled in; for `promise` and `deadline`, while both are empty, the
 * promise made last. */
static const char *words_of(const struct playbook *playbook, const struct call *call,
			    const char *id, size_t length, struct arena *arena)
{
	const char *filled = call == NULL ? NULL : call_slot(call, id, length);
	if (filled != NULL || call == NULL || call->promise_count == 0 ||
	    call_slot(call, "promise", strlen("promise")) != NULL ||
	    call_slot(call, "deadline", strlen("deadline")) != NULL)
		return filled;
	const struct call_promise *promise = &call->promises[call->promise_count - 1];
	if (length == strlen("promise") && memcmp(id, "promise", length) == 0)
		return promise->text;
	if (length != strlen("deadline") || memcmp(id, "deadline", length) != 0 ||
	    promise->due == 0)
		return NULL;
	return say_due(arena, playbook, promise);
}

static void add_slot(struct draft *draft, const struct playbook *playbook, const struct call *call,
		     const char *id, size_t length)
{
	const struct slot *slot = playbook_slot(playbook, id, length);
	const char *filled = words_of(playbook, call, id, length, draft->arena);
	if (filled != NULL && slot != NULL && slot->reflect)
		filled = reflection_turn(draft->arena, &playbook->reflection, filled);
	if (filled != NULL) {
		add_words(draft, filled, PHRASE_FILLED);
	} else if (slot != NULL && slot->otherwise != NULL) {
		add_words(draft, slot->otherwise, PHRASE_DEFAULT);
	} else {
		size_t start = draft->text.length;
		buffer_text(&draft->text, "‹");
		buffer_text(&draft->text, call_slot_name(arena_copy(draft->arena, id, length)));
		buffer_text(&draft->text, "›");
		add_span(draft, start, PHRASE_UNFILLED);
	}
}

struct phrase phrase_make(struct arena *arena, const struct playbook *playbook,
			  const struct call *call, const char *line)
{
	struct draft draft = {.arena = arena};
	size_t done = 0, offset = 0, length;
	const char *id;
	while (playbook_next_slot(line, &offset, &id, &length)) {
		size_t bracket = (size_t)(id - line) - 1;
		add(&draft, line + done, bracket - done, PHRASE_PLAIN);
		add_slot(&draft, playbook, call, id, length);
		done = offset;
	}
	add(&draft, line + done, strlen(line) - done, PHRASE_PLAIN);
	struct phrase phrase = {
		.text = arena_copy(arena, draft.text.text, draft.text.length),
		.length = draft.text.length,
		.spans = draft.spans,
		.span_count = draft.span_count,
	};
	buffer_free(&draft.text);
	return phrase;
}
