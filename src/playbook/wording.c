#include "playbook/wording.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "playbook/playbook.h"

enum {
	CURLY_APOSTROPHE = 0x2019,
	ELLIPSIS = 0x2026,
	DANDA = 0x964,
	DOUBLE_DANDA = 0x965,
};

static bool between(uint32_t code, uint32_t first, uint32_t last)
{
	return code >= first && code <= last;
}

static bool is_apostrophe(uint32_t code)
{
	return code == '\'' || code == CURLY_APOSTROPHE;
}

/* Letters, marks and digits; an apostrophe inside is the caller's. Outside ASCII all that is not
 * punctuation is taken for one. */
static bool is_letter(uint32_t code)
{
	if (code < 0x80)
		return between(code, 'a', 'z') || between(code, 'A', 'Z') ||
		       between(code, '0', '9');
	if (code == 0x200c || code == 0x200d)
		return true;
	return !between(code, 0x80, 0xa9) && !between(code, 0xab, 0xb4) &&
	       !between(code, 0xb6, 0xb9) && !between(code, 0xbb, 0xbf) && code != 0xd7 &&
	       code != 0xf7 && code != DANDA && code != DOUBLE_DANDA &&
	       !between(code, 0x2000, 0x206f) && !between(code, 0x3000, 0x303f);
}

/* text[0] is no letter. That of 9.30 and example.com ends nothing. */
static bool ends_sentence(const char *text, size_t length, size_t size)
{
	size_t next;
	uint32_t code = text_decode(text, length, &next);

	if (size < length && is_letter(text_decode(text + size, length - size, &next)))
		return false;
	return code == '.' || code == '!' || code == '?' || code == ELLIPSIS || code == DANDA ||
	       code == DOUBLE_DANDA;
}

/* Small letters and a straight apostrophe; text_fold would drop it, and we'll would be well. */
static const char *fold(struct arena *arena, const char *text, size_t length)
{
	char *folded = arena_alloc(arena, length + 1);
	size_t size, out = 0;

	for (size_t at = 0; at < length; at += size) {
		uint32_t code = text_decode(text + at, length - at, &size);
		if (is_apostrophe(code))
			folded[out++] = '\'';
		else if (code >= 0x80)
			return text_fold(arena, text, length);
		else
			folded[out++] = (char)(between(code, 'A', 'Z') ? code + 'a' - 'A' : code);
	}
	return folded;
}

/* Bytes of the word that begins at text, 0 where none does. One apostrophe or hyphen between
 * letters belongs to it. */
static size_t word_length(const char *text, size_t length)
{
	size_t size, end = 0;

	for (size_t at = 0; at < length; at += size) {
		uint32_t code = text_decode(text + at, length - at, &size);
		if (is_letter(code))
			end = at + size;
		else if (end != at || at == 0 || !(is_apostrophe(code) || code == '-'))
			break;
	}
	return end;
}

static size_t slot_length(const char *text)
{
	size_t offset = 0, length;
	const char *id;

	if (text[0] != '<' || !playbook_next_slot(text, &offset, &id, &length) || id != text + 1)
		return 0;
	return length + 2;
}

struct wording wording_read(struct arena *arena, const char *text)
{
	struct wording words = {0};
	size_t length = strlen(text);
	size_t sentence = 0, size;

	for (size_t at = 0; at < length; at += size) {
		size_t slot = slot_length(text + at);
		size = slot > 0 ? slot : word_length(text + at, length - at);
		if (size == 0) {
			text_decode(text + at, length - at, &size);
			sentence += ends_sentence(text + at, length - at, size);
			continue;
		}
		words.items = arena_more(arena, words.items, words.count, sizeof *words.items);
		const char *folded = slot > 0 ? arena_copy(arena, text + at, size)
					      : fold(arena, text + at, size);
		words.items[words.count++] = (struct word){text_hash(folded, strlen(folded)),
							   folded, at, size, sentence};
	}
	return words;
}

void wording_add(struct wording_list *list, struct arena *arena, const char *phrase)
{
	list->items = arena_more(arena, list->items, list->count, sizeof *list->items);
	list->items[list->count++] = wording_read(arena, phrase);
}

static bool is_at(const struct wording *phrase, const struct wording *words, size_t at)
{
	if (phrase->count == 0 || phrase->count > words->count - at)
		return false;
	for (size_t i = 0; i < phrase->count; i++) {
		if (words->items[at + i].hash != phrase->items[i].hash ||
		    words->items[at + i].sentence != words->items[at].sentence ||
		    strcmp(words->items[at + i].text, phrase->items[i].text) != 0)
			return false;
	}
	return true;
}

size_t wording_match(const struct wording_list *list, const struct wording *words, size_t at,
		     size_t *entry)
{
	size_t longest = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].count <= longest || !is_at(&list->items[i], words, at))
			continue;
		longest = list->items[i].count;
		if (entry != NULL)
			*entry = i;
	}
	return longest;
}

bool wording_has(const struct wording_list *list, const struct wording *words)
{
	for (size_t at = 0; at < words->count; at++) {
		if (wording_match(list, words, at, NULL) > 0)
			return true;
	}
	return false;
}
