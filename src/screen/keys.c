#include "screen/keys.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define ESCAPE '\033'
#define PASTE_MOST (64 * 1024)
#define UNSURE_MOST 256 /* bytes of a sequence whose end is waited for */
#define MOUSE_BYTES 6	/* of a report in its oldest form: CSI M, and three bytes of any kind */
#define PASTE_BEGIN "\033[200~"
#define PASTE_END "\033[201~"

/* What is not in every terminfo entry, or differs from what the terminal sends in its other mode.
 */
static const struct {
	const char *text;
	enum press_kind kind;
} common[] = {
	{"\033[A", PRESS_UP},	    {"\033OA", PRESS_UP},	  {"\033[B", PRESS_DOWN},
	{"\033OB", PRESS_DOWN},	    {"\033[C", PRESS_RIGHT},	  {"\033OC", PRESS_RIGHT},
	{"\033[D", PRESS_LEFT},	    {"\033OD", PRESS_LEFT},	  {"\033[H", PRESS_HOME},
	{"\033OH", PRESS_HOME},	    {"\033[1~", PRESS_HOME},	  {"\033[F", PRESS_END},
	{"\033OF", PRESS_END},	    {"\033[4~", PRESS_END},	  {"\033[3~", PRESS_DELETE},
	{"\033[5~", PRESS_PAGE_UP}, {"\033[6~", PRESS_PAGE_DOWN}, {"\033[Z", PRESS_BACK_TAB},
	{"\033OM", PRESS_ENTER},
};

void keys_know(struct keys *keys, const char *text, enum press_kind kind)
{
	size_t length = text ? strlen(text) : 0;

	if (length < 2 || length >= KEYS_SEQUENCE || keys->known_count == KEYS_KNOWN)
		return;
	memcpy(keys->known[keys->known_count].text, text, length + 1);
	keys->known[keys->known_count++].kind = kind;
}

char *keys_room(struct keys *keys, size_t *room)
{
	memmove(keys->bytes, keys->bytes + keys->done, keys->length - keys->done);
	keys->length -= keys->done;
	keys->done = 0;
	*room = sizeof keys->bytes - keys->length;
	return keys->bytes + keys->length;
}

void keys_took(struct keys *keys, size_t count)
{
	keys->length += count;
}

void keys_forget(struct keys *keys)
{
	keys->done = keys->length = 0;
	keys->pasting = false;
}

void keys_free(struct keys *keys)
{
	free(keys->paste);
	keys->paste = NULL;
}

static enum press_kind kind_of(const struct keys *keys, const char *text, size_t length)
{
	for (size_t i = 0; i < keys->known_count; i++)
		if (strncmp(keys->known[i].text, text, length) == 0 && !keys->known[i].text[length])
			return keys->known[i].kind;
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		if (strncmp(common[i].text, text, length) == 0 && !common[i].text[length])
			return common[i].kind;
	return PRESS_NONE;
}

/* A key of this terminal that is spelt in no common form. */
static size_t known_length(const struct keys *keys, const char *text, size_t length)
{
	for (size_t i = 0; i < keys->known_count; i++) {
		size_t size = strlen(keys->known[i].text);

		if (size <= length && memcmp(keys->known[i].text, text, size) == 0)
			return size;
	}
	return 0;
}

static bool may_become_known(const struct keys *keys, const char *text, size_t length)
{
	for (size_t i = 0; i < keys->known_count; i++)
		if (strncmp(keys->known[i].text, text, length) == 0 && keys->known[i].text[length])
			return true;
	return false;
}

/* The same of a control string (ECMA-48, 5.6) as terminals answer with, to whoever asked: OSC with
 * a number, or DCS. What is typed behind an Esc looks otherwise. */
static size_t string_length(const char *text, size_t length)
{
	if (length < 3)
		return 0;
	if (!strchr(text[1] == ']' ? "0123456789" : "0123456789>!|$+", text[2]) || !text[2])
		return 1;
	for (size_t at = 3; at < length; at++) {
		if (text[at] == '\a')
			return at + 1;
		if (text[at] == ESCAPE)
			return at + 1 == length ? 0 : text[at + 1] == '\\' ? at + 2 : 1;
		if (text[at] >= 0 && text[at] < 0x20)
			return 1;
	}
	return 0;
}

/* The bytes of the escape sequence that text begins with (ECMA-48, 5.4); 0: it is not all there; 1:
 * an Esc alone, whatever stands behind it. */
static size_t sequence_length(const char *text, size_t length)
{
	size_t at = 2;

	if (length < 2)
		return 0;
	if (text[1] == ']' || text[1] == 'P')
		return string_length(text, length);
	if (text[1] != '[' && text[1] != 'O')
		return 1;
	if (text[1] == '[' && length > 2 && text[2] == 'M')
		return length < MOUSE_BYTES ? 0 : MOUSE_BYTES;
	if (text[1] == '[' && length > 2 && text[2] == '[') /* F1 to F5 of Linux' console */
		at = 3;
	while (at < length && text[at] >= 0x20 && text[at] < 0x40)
		at++;
	if (at == length)
		return 0;
	/* cut off by something else: what came is no key */
	return text[at] >= 0x40 && text[at] < 0x7f ? at + 1 : at;
}

/* The bytes of the character that text begins with; 0: it is not all there. */
static size_t character_length(const char *text, size_t length)
{
	unsigned char first = (unsigned char)text[0];
	size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1, size;

	for (size_t i = 1; i < wanted && i < length; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 1;
	if (length < wanted)
		return 0;
	text_decode(text, wanted, &size);
	return size;
}

static void take_character(const char *text, size_t length, struct press *press)
{
	unsigned char first = (unsigned char)text[0];

	switch (first) {
	case '\r':
	case '\n': press->kind = PRESS_ENTER; return;
	case '\t': press->kind = PRESS_TAB; return;
	case ESCAPE: press->kind = PRESS_ESCAPE; return;
	case 8:
	case 127: press->kind = PRESS_BACKSPACE; return;
	default: break;
	}
	if (length == 1 && first >= 0x80) /* no UTF-8 */
		return;
	press->kind = first < 32 ? PRESS_CONTROL : PRESS_CHARACTER;
	memcpy(press->text, text, length);
	if (first < 32)
		press->text[0] = (char)(first + 'a' - 1);
}

static void paste_add(struct keys *keys, const char *text, size_t length)
{
	if (keys->paste_length + length + 1 > keys->paste_capacity) {
		size_t capacity = keys->paste_capacity ? keys->paste_capacity * 2 : 256;
		char *paste;

		if (capacity > PASTE_MOST || !(paste = realloc(keys->paste, capacity)))
			return;
		keys->paste = paste;
		keys->paste_capacity = capacity;
	}
	memcpy(keys->paste + keys->paste_length, *text == '\r' ? "\n" : text, length);
	keys->paste_length += length;
	keys->paste[keys->paste_length] = '\0';
}

/* Takes what is pasted, up to its end. What may be the beginning of that, or of a character, waits
 * for the rest, however long that takes. */
static enum keys_next take_paste(struct keys *keys, struct press *press)
{
	static const size_t end = sizeof PASTE_END - 1;

	while (keys->done < keys->length) {
		const char *text = keys->bytes + keys->done;
		size_t left = keys->length - keys->done, size = character_length(text, left);
		size_t same = left < end ? left : end;

		if (memcmp(text, PASTE_END, same) == 0) {
			if (same < end)
				return KEYS_NONE;
			keys->done += end;
			keys->pasting = false;
			press->kind = keys->paste_length ? PRESS_PASTE : PRESS_NONE;
			press->paste = keys->paste;
			return KEYS_PRESS;
		}
		if (size == 0)
			return KEYS_NONE;
		if (size > 1 || (unsigned char)*text < 0x80)
			paste_add(keys, text, size);
		keys->done += size;
	}
	return KEYS_NONE;
}

/* Takes one key, perhaps one that means nothing here. */
static enum keys_next take_key(struct keys *keys, bool over, struct press *press)
{
	const char *text = keys->bytes + keys->done;
	size_t left = keys->length - keys->done;
	size_t known = known_length(keys, text, left), size = known;

	if (!known && !may_become_known(keys, text, left))
		size = *text == ESCAPE ? sequence_length(text, left) : character_length(text, left);
	if (!size && (unsigned char)*text >= 0x80)
		return KEYS_NONE;
	if (!size && !over && left < UNSURE_MOST)
		return KEYS_UNSURE;
	/* Alt with a bracket can be typed; what has more behind it was sent by a key */
	if (!size)
		size = left > 2 && memcmp(text, "\033[", 2) == 0 ? left : 1;
	keys->done += size;
	if (!known && (size == 1 || *text != ESCAPE)) {
		take_character(text, size, press);
	} else if (size == sizeof PASTE_BEGIN - 1 && memcmp(text, PASTE_BEGIN, size) == 0) {
		keys->pasting = true;
		keys->paste_length = 0;
	} else {
		press->kind = kind_of(keys, text, size);
	}
	return KEYS_PRESS;
}

enum keys_next keys_next(struct keys *keys, bool over, struct press *press)
{
	enum keys_next next = KEYS_PRESS;

	*press = (struct press){.kind = PRESS_NONE};
	while (next == KEYS_PRESS && press->kind == PRESS_NONE) {
		if (keys->done == keys->length)
			return KEYS_NONE;
		next = keys->pasting ? take_paste(keys, press) : take_key(keys, over, press);
	}
	return next;
}
