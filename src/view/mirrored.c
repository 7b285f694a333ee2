#include "view/mirrored.h"

#include <string.h>

#include "base/arena.h"
#include "call/call.h"
#include "call/clause.h"
#include "call/mirror.h"
#include "view/view.h"

#define FEW_WORDS 4

static size_t count_blanks(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text == ' ';
	return count;
}

static const struct tables *find_tables(struct mirrored_tables *cache,
					const struct reflection *reflection)
{
	if (cache->reflection != reflection) {
		arena_reset(&cache->arena);
		cache->tables = tables_make(&cache->arena, reflection);
		cache->reflection = reflection;
	}
	return cache->tables;
}

void mirrored_hear(struct view *view, const struct call *call, const char *text)
{
	struct mirrored *mirrored = &view->mirrored;
	struct arena scratch = {0};
	struct mirror mirror;

	if (call->playbook &&
	    mirror_make(&scratch, find_tables(&view->tables, &call->playbook->reflection), text,
			&mirror) &&
	    strlen(mirror.said) < MIRRORED_BYTES && strlen(mirror.words) < MIRRORED_BYTES) {
		*mirrored = (struct mirrored){
			.lines = mirror.lines, .stands = true, .fits_slot = mirror.fits_slot};
		memcpy(mirrored->said, mirror.said, strlen(mirror.said));
		memcpy(mirrored->words, mirror.words, strlen(mirror.words));
	} else if (count_blanks(text) + 1 >= FEW_WORDS) {
		*mirrored = (struct mirrored){0};
	}
	arena_free(&scratch);
}

/* Another wording each time one of them is said. */
static const char *next_line(const struct line_list *lines, const struct call *call)
{
	size_t said = 0;

	for (size_t i = 0; i < call->line_count; i++)
		for (size_t k = 0; k < lines->count; k++)
			said += call->lines[i].said &&
				strcmp(call->lines[i].text, lines->items[k].text) == 0;
	return lines->count > 0 ? lines->items[said % lines->count].text : NULL;
}

const char *mirrored_line(const struct view *view, const struct call *call, size_t step)
{
	const struct mirrored *mirrored = &view->mirrored;
	const char *line;

	if (!mirrored->stands || call->phase != CALL_OPEN || !call->playbook ||
	    step != mirror_step(call->playbook) || step >= call->playbook->step_count)
		return NULL;
	line = next_line(mirrored->lines, call);
	return line && mirror_knows(&call->playbook->reflection, line) ? line : NULL;
}

static void add_span(struct phrase *phrase, size_t end, enum phrase_mark mark)
{
	size_t start = 0;

	if (phrase->span_count > 0)
		start = phrase->spans[phrase->span_count - 1].start +
			phrase->spans[phrase->span_count - 1].length;
	if (end > start)
		phrase->spans[phrase->span_count++] =
			(struct phrase_span){start, end - start, mark};
}

struct phrase mirrored_phrase(const struct view *view, const struct call *call, size_t step,
			      struct arena *arena)
{
	const struct mirrored *mirrored = &view->mirrored;
	const char *line = mirrored_line(view, call, step), *words, *said, *place;
	struct phrase phrase = {.text = ""};

	if (!line)
		return phrase;
	phrase.text = mirror_say(arena, line, mirrored->said, mirrored->words);
	phrase.length = strlen(phrase.text);
	phrase.spans = arena_alloc(arena, 3 * sizeof *phrase.spans);
	words = strstr(line, "<words>");
	said = strstr(line, "<said>");
	place = words ? words : said;
	if (place) {
		size_t start = (size_t)(place - line);

		add_span(&phrase, start, PHRASE_PLAIN);
		add_span(&phrase, start + strlen(place == words ? mirrored->words : mirrored->said),
			 PHRASE_FILLED);
	}
	add_span(&phrase, phrase.length, PHRASE_PLAIN);
	return phrase;
}

bool mirrored_is_marked(const struct view *view, const struct call *call, size_t step)
{
	return mirrored_line(view, call, step) &&
	       !(view->marked[step] && view->situation == call->situation);
}

const struct slot *mirrored_slot(const struct view *view, const struct call *call)
{
	const struct playbook *playbook = call->playbook;

	if (!view->mirrored.fits_slot || call->phase != CALL_OPEN || !playbook)
		return NULL;
	for (size_t i = 0; i < playbook->slot_count; i++) {
		const struct slot *slot = &playbook->slots[i];

		if (slot->reflect)
			return call_slot(call, slot->id, strlen(slot->id)) ? NULL : slot;
	}
	return NULL;
}
