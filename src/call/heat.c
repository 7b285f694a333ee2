#include "call/heat.h"

#include <string.h>

#include "call/clause.h"
#include "playbook/playbook.h"

enum { CAPITALS = 4, STRESSED = 4, TWICE = 2, DEED_WITHIN = 4, HAMMERED = 3, ADDRESSED = 3 };

/* "nothing, nothing": a stammer has no comma and is of short words. */
static bool is_repeated(const struct speech *speech, size_t at)
{
	const struct word *word = &speech->words.items[at], *before = word - 1;

	return at > 0 && strcmp(word->text, before->text) == 0 && word->length >= STRESSED &&
	       word->start > before->start + before->length + 1;
}

static bool is_loud(const struct speech *speech, const struct word *word)
{
	size_t capitals = 0;

	while (capitals < word->length && speech->text[word->start + capitals] >= 'A' &&
	       speech->text[word->start + capitals] <= 'Z')
		capitals++;
	return capitals >= CAPITALS && capitals == word->length;
}

/* Behind what is no part of what a sentence says: "well, so, lovely". */
static size_t skip_drops(const struct speech *speech, size_t at)
{
	const struct tables *tables = speech->tables;
	size_t length = 1;

	while (at < speech->words.count && length > 0 &&
	       phrases_match(&tables->exclaims, &speech->words, at) == 0) {
		length = phrases_match(&tables->drops, &speech->words, at);
		at += length;
	}
	return at;
}

static bool is_exclaimed(const struct speech *speech, size_t at)
{
	const struct word *word = &speech->words.items[at];

	if (at > 0 && word->sentence == word[-1].sentence)
		return false;
	at = skip_drops(speech, at);
	return at < speech->words.count &&
	       phrases_match(&speech->tables->exclaims, &speech->words, at) > 0;
}

/* "you lost my form, you lost my file and you lost my money": two words three times, or twice in a
 * row. */
static bool is_hammered(const struct speech *speech, size_t at)
{
	const struct word *pair = &speech->words.items[at];
	size_t times = 1;

	for (size_t i = at + 2; i + 1 < speech->words.count; i++) {
		const struct word *other = &speech->words.items[i];

		if (strcmp(pair[0].text, other[0].text) != 0 ||
		    strcmp(pair[1].text, other[1].text) != 0)
			continue;
		if (i == at + 2 && pair[1].length >= STRESSED)
			return true;
		times++;
	}
	return times >= HAMMERED;
}

static size_t count_stress(const struct speech *speech)
{
	size_t count = 0, addressed = 0;

	for (size_t i = 0; i < speech->words.count; i++) {
		count += is_loud(speech, &speech->words.items[i]);
		count += is_repeated(speech, i) ? TWICE : 0;
		count += i + 1 < speech->words.count && is_hammered(speech, i) ? TWICE : 0;
		addressed += phrases_match(&speech->tables->address, &speech->words, i) > 0;
	}
	return addressed >= ADDRESSED ? count + TWICE : count;
}

size_t heat_count(const struct speech *speech)
{
	size_t heat = count_stress(speech), behind = 0;

	for (const char *c = speech->text; *c; c++)
		heat += *c == '!';
	for (size_t i = 0; i < speech->words.count; i++) {
		size_t length = phrases_match(&speech->tables->heated, &speech->words, i);

		heat += is_exclaimed(speech, i);
		/* of phrases that overlap, one sign */
		if (length > 0 && i >= behind)
			heat++;
		if (length > 0 && i + length > behind)
			behind = i + length;
	}
	return heat;
}

/* "you charged me twice" tells soon what was done, and to whom or what; "you take my money fast
 * enough" does not. */
static bool is_told(const struct speech *speech, const struct clause *clause)
{
	const struct tables *tables = speech->tables;
	size_t deed = clause->first + DEED_WITHIN < clause->end ? clause->first + DEED_WITHIN
								: clause->end;

	return phrases_within(&tables->events, &speech->words, clause->first, deed) &&
	       (phrases_within(&tables->own, &speech->words, clause->first, clause->end) ||
		phrases_within(&tables->things, &speech->words, clause->first, clause->end));
}

bool heat_allows(const struct speech *speech, const struct clause *clause, size_t heat)
{
	const struct tables *tables = speech->tables;
	bool accuses = !clause->frame &&
		       phrases_match(&tables->address, &speech->words, clause->first) > 0;

	if (heat >= HEAT_SILENT ||
	    phrases_within(&tables->heated, &speech->words, clause->first, clause->end))
		return false;
	if (heat > 0)
		return clause->concrete && !accuses;
	/* "do you enjoy this" asks nothing */
	if (clause->frame)
		return clause->concrete ||
		       phrases_within(&tables->own, &speech->words, clause->first, clause->end);
	return !accuses || is_told(speech, clause);
}

bool heat_is_concrete(const struct speech *speech, const struct clause *clause)
{
	const struct tables *tables = speech->tables;
	const struct reflection *reflection = tables->reflection;

	return reflection->things.count + reflection->events.count == 0 ||
	       phrases_within(&tables->things, &speech->words, clause->first, clause->end) ||
	       phrases_within(&tables->events, &speech->words, clause->first, clause->end);
}
