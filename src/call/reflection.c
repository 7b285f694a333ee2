#include "call/reflection.h"

#include <stdbool.h>
#include <string.h>
#include <wctype.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "playbook/playbook.h"

enum { FILLER_WORDS = 8 }; /* at most, at the end of a text */

struct letter {
	uint32_t code; /* in lower case, apostrophes made equal */
	size_t start;  /* byte in the text */
};

struct words {
	const char *text;
	struct letter *letters; /* one more than count: where the text ends */
	size_t count;
};

static uint32_t lower(uint32_t code)
{
	if (code < 0x80)
		return code >= 'A' && code <= 'Z' ? code + 0x20 : code;
	if (code == 0x2019 || code == 0x02bc)
		return '\'';
	return (uint32_t)towlower((wint_t)code);
}

static struct words spell(struct arena *arena, const char *text)
{
	size_t length = strlen(text);
	struct words words = {text, NULL, 0};
	words.letters = arena_alloc(arena, (length + 1) * sizeof(*words.letters));
	size_t size;
	for (size_t at = 0; at < length; at += size) {
		uint32_t code = text_decode(text + at, length - at, &size);
		words.letters[words.count++] = (struct letter){lower(code), at};
	}
	words.letters[words.count].start = length;
	return words;
}

static bool is_blank(uint32_t code)
{
	return code == ' ' || code == 0xa0 || code == 0x1680 ||
	       (code >= 0x2000 && code <= 0x200a) || code == 0x202f || code == 0x205f ||
	       code == 0x3000;
}

/* Ends a sentence or a part of one; 0x964 and 0x965 are dandas. */
static bool is_stop(uint32_t code)
{
	return (code != 0 && code < 0x80 && strchr(".!?,;:-", (int)code) != NULL) ||
	       code == 0x2026 || code == 0x2013 || code == 0x2014 || code == 0x964 || code == 0x965;
}

/* Letters of every script, their marks, digits: whatever is neither blank nor punctuation. */
static bool is_letter(uint32_t code)
{
	if (code < 0x80)
		return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z');
	if (code == 0x200c || code == 0x200d)
		return true;
	bool punctuation = (code <= 0xbf && code != 0xaa && code != 0xb5 && code != 0xba) ||
			   code == 0xd7 || code == 0xf7 || (code >= 0x2000 && code <= 0x206f) ||
			   (code >= 0x3000 && code <= 0x303f);
	return !punctuation && !is_stop(code) && !is_blank(code);
}

/* Inside words an apostrophe and a hyphen are letters too. */
static bool is_inside(const struct words *words, size_t at)
{
	uint32_t code = words->letters[at].code;
	if (is_letter(code))
		return true;
	return (code == '\'' || code == '-') && at > 0 && at + 1 < words->count &&
	       is_letter(words->letters[at - 1].code) && is_letter(words->letters[at + 1].code);
}

static bool is_boundary(const struct words *words, size_t at)
{
	return at == 0 || at == words->count || !is_inside(words, at - 1) || !is_inside(words, at);
}

/* The next code point of a phrase, which is not at its end. Most are ASCII. */
static uint32_t next_code(const char **phrase)
{
	size_t size = 1;
	uint32_t code = (unsigned char)**phrase;
	if (code >= 0x80)
		code = text_decode(*phrase, strlen(*phrase), &size);
	*phrase += size;
	return lower(code);
}

/* Where a phrase that begins at a place ends, or 0 when it does not stand there. A blank of
 * the phrase matches any number of them. */
static size_t match(const struct words *words, size_t at, size_t end, const char *phrase)
{
	size_t begin = at;
	if (*phrase == '\0')
		return 0;
	while (*phrase != '\0') {
		uint32_t code = next_code(&phrase);
		if (at == end)
			return 0;
		bool blank = is_blank(code);
		if (blank ? !is_blank(words->letters[at].code) : code != words->letters[at].code)
			return 0;
		at++;
		while (blank && at < end && is_blank(words->letters[at].code))
			at++;
	}
	return is_boundary(words, begin) && is_boundary(words, at) ? at : 0;
}

static size_t skip_stops(const struct words *words, size_t at, size_t end)
{
	while (at < end) {
		uint32_t code = words->letters[at].code;
		bool minus = code == '-' && at + 1 < end && is_letter(words->letters[at + 1].code);
		if (minus || (!is_blank(code) && !is_stop(code)))
			break;
		at++;
	}
	return at;
}

static size_t cut_stops(const struct words *words, size_t at, size_t end)
{
	while (end > at &&
	       (is_blank(words->letters[end - 1].code) || is_stop(words->letters[end - 1].code)))
		end--;
	return end;
}

/* Behind the longest filler that stands at a place; the place itself when there is none. */
static size_t skip_filler(const struct words *words, size_t at, size_t end,
			  const struct line_list *drops)
{
	size_t most = at;
	for (size_t i = 0; i < drops->count; i++) {
		size_t behind = match(words, at, end, drops->items[i].text);
		if (behind > most)
			most = behind;
	}
	return most;
}

/* Before the longest filler, of a few words, that ends at a place. */
static size_t cut_filler(const struct words *words, size_t at, size_t end,
			 const struct line_list *drops)
{
	size_t least = end;
	int seen = 0;
	for (size_t begin = end; begin > at && seen < FILLER_WORDS;) {
		begin--;
		if (!is_boundary(words, begin))
			continue;
		seen += is_inside(words, begin);
		for (size_t i = 0; i < drops->count; i++) {
			if (match(words, begin, end, drops->items[i].text) == end)
				least = begin;
		}
	}
	return least;
}

/* Narrows [*at, *end) to what the customer meant to say. */
static void trim(const struct words *words, const struct line_list *drops, size_t *at, size_t *end)
{
	size_t length;
	do {
		length = *end - *at;
		*at = skip_stops(words, *at, *end);
		*end = cut_stops(words, *at, *end);
		*at = skip_filler(words, *at, *end, drops);
		*end = cut_filler(words, *at, *end, drops);
	} while (*end - *at < length);
}

/* Whether a clause ends at a place: nothing, a stop or a word that joins is next. */
static bool is_end(const struct words *words, size_t at, size_t end,
		   const struct line_list *ends_before)
{
	if (at == end || is_stop(words->letters[at].code))
		return true;
	while (at < end && is_blank(words->letters[at].code))
		at++;
	return at == end || skip_filler(words, at, end, ends_before) > at;
}

static const struct swap *find_swap(const struct words *words, size_t at, size_t end,
				    const struct reflection *reflection, size_t *behind)
{
	for (size_t i = 0; i < reflection->end_count; i++) {
		*behind = match(words, at, end, reflection->ends[i].from);
		if (*behind > 0 && is_end(words, *behind, end, &reflection->ends_before))
			return &reflection->ends[i];
	}
	for (size_t i = 0; i < reflection->swap_count; i++) {
		*behind = match(words, at, end, reflection->swaps[i].from);
		if (*behind > 0)
			return &reflection->swaps[i];
	}
	return NULL;
}

/* Where the word from at to end stands in a phrase of the table; NULL when it does not. */
static const char *find_word(struct arena *arena, const char *phrase, const struct words *words,
			     size_t at, size_t end, size_t *length)
{
	struct words own = spell(arena, phrase);
	for (size_t i = 0; i + (end - at) <= own.count; i++) {
		size_t behind = i;
		while (behind - i < end - at &&
		       own.letters[behind].code == words->letters[at + behind - i].code)
			behind++;
		if (behind - i == end - at && is_boundary(&own, i) && is_boundary(&own, behind)) {
			*length = own.letters[behind].start - own.letters[i].start;
			return phrase + own.letters[i].start;
		}
	}
	return NULL;
}

/* A first word that the table knows, though not by itself, is an ordinary one and spelt as
 * there. Returns its end. */
static size_t put_first_word(struct arena *arena, const struct words *words, size_t at, size_t end,
			     const struct reflection *reflection, struct buffer *out)
{
	size_t behind = at;
	while (behind < end && is_inside(words, behind))
		behind++;
	const char *known = NULL;
	size_t start = words->letters[at].start;
	size_t length = words->letters[behind].start - start;
	for (size_t i = 0; i < reflection->swap_count && known == NULL; i++) {
		const struct swap *swap = &reflection->swaps[i];
		known = find_word(arena, swap->from, words, at, behind, &length);
		if (known == NULL)
			known = find_word(arena, swap->to, words, at, behind, &length);
	}
	buffer_add(out, known == NULL ? words->text + start : known, length);
	return behind;
}

static void swap_words(struct arena *arena, const struct words *words, size_t at, size_t end,
		       const struct reflection *reflection, struct buffer *out)
{
	size_t first = at;
	while (at < end) {
		size_t behind = 0;
		const struct swap *swap = is_boundary(words, at)
						  ? find_swap(words, at, end, reflection, &behind)
						  : NULL;
		if (swap != NULL) {
			buffer_text(out, swap->to);
		} else if (at == first && is_inside(words, at)) {
			behind = put_first_word(arena, words, at, end, reflection, out);
		} else {
			size_t start = words->letters[at].start;
			behind = at + 1;
			buffer_add(out, words->text + start, words->letters[behind].start - start);
		}
		at = behind;
	}
}

const char *reflection_turn(struct arena *arena, const struct reflection *reflection,
			    const char *text)
{
	const char *clean = text_clean(arena, text, strlen(text));
	struct words words = spell(arena, clean);
	size_t at = 0, end = words.count;
	trim(&words, &reflection->drops, &at, &end);
	if (at >= end)
		return clean;
	struct buffer out = {0};
	swap_words(arena, &words, at, end, reflection, &out);
	const char *turned = arena_copy(arena, out.text, out.length);
	buffer_free(&out);
	return turned;
}
