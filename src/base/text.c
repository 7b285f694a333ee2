#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <wchar.h>

#include "base/arena.h"
#include "base/buffer.h"

enum {
	SOFT_HYPHEN = 0xad,
	BENGALI_NUKTA = 0x9bc,
	BENGALI_VIRAMA = 0x9cd,
	ZERO_WIDTH_NON_JOINER = 0x200c,
	ZERO_WIDTH_JOINER = 0x200d,
	REPLACEMENT = 0xfffd,
	FLAG_HALVES_MOST = 128, /* even */
};

static const char replacement[] = "\xef\xbf\xbd";

static const uint8_t *bytes(const char *text)
{
	return (const uint8_t *)text;
}

static bool between(uint32_t code, uint32_t first, uint32_t last)
{
	return code >= first && code <= last;
}

static bool is_joiner(uint32_t code)
{
	return code == ZERO_WIDTH_JOINER || code == ZERO_WIDTH_NON_JOINER;
}

/* Devanagari to Sinhala. */
static bool is_indic(uint32_t code)
{
	return between(code, 0x900, 0xdff);
}

bool text_valid(const char *text, size_t length, size_t *bad)
{
	const char *nul = memchr(text, '\0', length);
	size_t end = nul == NULL ? length : (size_t)(nul - text);
	const uint8_t *wrong = u8_check(bytes(text), end);

	if (wrong != NULL)
		end = (size_t)(wrong - bytes(text));
	if (end < length && bad != NULL)
		*bad = end;
	return end == length;
}

uint32_t text_decode(const char *text, size_t length, size_t *size)
{
	ucs4_t code;

	*size = 1;
	if ((unsigned char)text[0] < 0x80)
		return (unsigned char)text[0];
	int read = u8_mbtoucr(&code, bytes(text), length);
	if (read <= 0)
		return REPLACEMENT;
	*size = (size_t)read;
	return code;
}

/* --- Clusters --- */

static bool is_flag_half(uint32_t code)
{
	return between(code, 0x1f1e6, 0x1f1ff);
}

/* No cluster boundary between the two. Pairs of flag halves depend on more and are the caller's;
 * an emoji sequence does not, since nothing parts from the joiner before it. */
static bool is_joined(uint32_t a, uint32_t b)
{
	if (a < 0x300 && b < 0x300)
		return a == '\r' && b == '\n';
	if (!uc_is_grapheme_break(a, b))
		return true;
	if (is_joiner(a))
		return b > 0xa0 && !uc_is_space(b);
	return uc_combining_class(a) == UC_CCC_VR &&
	       uc_is_general_category_withtable(b, UC_CATEGORY_MASK_L);
}

size_t text_next(const char *text, size_t length, size_t offset)
{
	size_t size;

	if (offset >= length)
		return length;
	if (text[offset] >= 0x20 && text[offset] < 0x7f &&
	    (offset + 1 == length || (unsigned char)text[offset + 1] < 0x80))
		return offset + 1;
	uint32_t a = text_decode(text + offset, length - offset, &size);
	size_t at = offset + size;
	int flag_halves = is_flag_half(a);
	while (at < length) {
		uint32_t b = text_decode(text + at, length - at, &size);
		if (is_flag_half(a) && is_flag_half(b) ? flag_halves == 2 : !is_joined(a, b))
			break;
		flag_halves = is_flag_half(b) ? flag_halves + 1 : 0;
		a = b;
		at += size;
	}
	return at;
}

/* Where the code point that ends at offset (> 0) begins. */
static size_t code_before(const char *text, size_t offset)
{
	size_t size;

	for (size_t back = 1; back <= 4 && back <= offset; back++) {
		if (((unsigned char)text[offset - back] & 0xc0) == 0x80)
			continue;
		text_decode(text + offset - back, back, &size);
		return size == back ? offset - back : offset - 1;
	}
	return offset - 1;
}

/* Whether the run of flag halves that ends at offset is of an even number. A run without end is
 * looked at in part, so that no text takes quadratic time. */
static bool are_flags_whole(const char *text, size_t offset)
{
	bool whole = true;
	size_t size;

	for (int i = 0; i < FLAG_HALVES_MOST && offset > 0; i++) {
		size_t before = code_before(text, offset);
		if (!is_flag_half(text_decode(text + before, offset - before, &size)))
			break;
		whole = !whole;
		offset = before;
	}
	return whole;
}

size_t text_previous(const char *text, size_t length, size_t offset)
{
	size_t size;

	if (offset > length)
		offset = length;
	if (offset == 0)
		return 0;
	size_t at = code_before(text, offset);
	uint32_t b = text_decode(text + at, length - at, &size);
	while (at > 0) {
		size_t before = code_before(text, at);
		uint32_t a = text_decode(text + before, at - before, &size);
		if (is_flag_half(a) && is_flag_half(b) ? are_flags_whole(text, at)
						       : !is_joined(a, b))
			break;
		at = before;
		b = a;
	}
	return at;
}

static bool is_ascii_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* The commonest text by far, letters, single blanks and full stops or commas behind letters: UAX 14
 * lets it break behind the blanks and nowhere else (classes AL, SP, IS; rules LB7, LB13, LB18,
 * LB28). False: not such a text. */
static bool plain_breaks(const char *text, size_t length, char *breaks)
{
	for (size_t i = 0; i < length; i++) {
		bool letter = is_ascii_letter(text[i]);
		bool after_letter = i > 0 && is_ascii_letter(text[i - 1]);
		bool after_blank = i > 0 && text[i - 1] == ' ';

		if (letter ? i > 0 && !after_letter && !after_blank && text[i - 1] != '\''
		    : text[i] == '\'' ? !after_letter
		    : text[i] == ' '  ? i == 0 || after_blank
				      : (text[i] != '.' && text[i] != ',') || !after_letter)
			return false;
		breaks[i] = letter && after_blank;
	}
	return true;
}

void text_breaks(const char *text, size_t length, char *breaks)
{
	if (plain_breaks(text, length, breaks))
		return;
	if (u8_check(bytes(text), length) != NULL) {
		for (size_t i = 0; i < length; i++)
			breaks[i] = i > 0 && text[i - 1] == ' ' && text[i] != ' ';
		return;
	}
	u8_possible_linebreaks(bytes(text), length, "UTF-8", breaks);
	for (size_t i = 0; i < length; i++)
		breaks[i] = breaks[i] == UC_BREAK_POSSIBLE || breaks[i] == UC_BREAK_MANDATORY;
}

/* --- Cleaning --- */

/* Whether a code point leaves text that is in NFC so, whatever stands beside it, but for the pairs
 * in is_settled. False is the careful answer: then the text is normalised. */
static bool is_quiet(uint32_t code)
{
	if (code < 0x300 || between(code, 0x2010, 0x2027) || between(code, 0x2030, 0x205e))
		return true;
	if (between(code, 0x980, 0x9ff))
		return code != 0x9dc && code != 0x9dd && code != 0x9df && code != 0x9fe;
	return code == 0x964 || code == 0x965 || is_joiner(code) || between(code, 0x20a0, 0x20c0);
}

static bool is_settled(uint32_t previous, uint32_t code)
{
	if (previous == 0x9c7 && (code == 0x9be || code == 0x9d7))
		return false;
	if (previous == BENGALI_VIRAMA && code == BENGALI_NUKTA)
		return false;
	return is_quiet(code);
}

static bool is_unassigned(uint32_t code)
{
	if (between(code, 0xa0, 0x2ff))
		return false;
	return wcwidth((wchar_t)code) < 0 ||
	       uc_is_general_category_withtable(code, UC_CATEGORY_MASK_Cn);
}

static bool is_invisible(uint32_t code)
{
	return code == SOFT_HYPHEN || code == 0x61c || code == 0x200b || code == 0x200e ||
	       code == 0x200f || between(code, 0x202a, 0x202e) || between(code, 0x2066, 0x206f) ||
	       code == 0xfeff;
}

bool text_is_unknown(uint32_t code)
{
	return code >= 0xa0 && !is_invisible(code) && is_unassigned(code);
}

bool text_is_virama(uint32_t code)
{
	return code >= 0x300 && uc_combining_class(code) == UC_CCC_VR;
}

static bool is_indic_letter(uint32_t code)
{
	return is_indic(code) && !is_unassigned(code);
}

/* What stands for a code point in clean text: NULL for itself. The rest is what follows it. */
static const char *cleaned(uint32_t code, uint32_t previous, const char *rest, size_t length)
{
	size_t size;

	if (between(code, 0x20, 0x7e))
		return NULL;
	if (code == '\r' && length > 0 && rest[0] == '\n')
		return "";
	if (code == '\n' || code == '\t' || code == '\r' || code == 0x2028 || code == 0x2029)
		return " ";
	if (is_invisible(code))
		return "";
	if (is_joiner(code)) {
		bool inside = is_indic_letter(previous) && length > 0 &&
			      is_indic_letter(text_decode(rest, length, &size));
		return inside ? NULL : "";
	}
	return code == '\0' || is_unassigned(code) ? replacement : NULL;
}

/* NFC may put such a mark before or behind an Indic one, which must not matter to a joiner. */
static bool is_foreign_mark(uint32_t code)
{
	return code >= 0x300 && !is_indic(code) && !is_joiner(code) && text_code_width(code) == 0;
}

static char *normal(struct arena *arena, const char *text, size_t length)
{
	size_t size = 0;
	uint8_t *composed = u8_normalize(UNINORM_NFC, bytes(text), length, NULL, &size);

	if (composed == NULL)
		abort();
	char *copy = arena_copy(arena, (const char *)composed, size);
	free(composed);
	return copy;
}

static size_t count_codes(const char *text, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

bool text_is_apart(const char *text, size_t length)
{
	struct arena arena = {0};
	uint32_t previous = 0;
	bool settled = true;
	size_t size;

	for (size_t at = 0; at < length && settled; at += size) {
		uint32_t code = text_decode(text + at, length - at, &size);
		settled = is_settled(previous, code);
		previous = code;
	}
	if (settled)
		return false;
	const char *composed = normal(&arena, text, length);
	bool apart = count_codes(composed, strlen(composed)) < count_codes(text, length);
	arena_free(&arena);
	return apart;
}

bool text_is_ascii(const char *text, size_t length)
{
	unsigned char all = 0;
	uint64_t words = 0, word;

	for (; length >= sizeof word; text += sizeof word, length -= sizeof word) {
		memcpy(&word, text, sizeof word);
		words |= word;
	}
	for (size_t i = 0; i < length; i++)
		all |= (unsigned char)text[i];
	return all < 0x80 && (words & UINT64_C(0x8080808080808080)) == 0;
}

/* Has a high bit in one of its bytes unless all eight bytes are from 0x20 to 0x7e. A carry or
 * borrow that runs over into the next byte comes from one that is not. */
static uint64_t odd_bits(const char *text)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t word;

	memcpy(&word, text, sizeof word);
	return (word | (word + ones) | (word - 0x20 * ones)) & 0x80 * ones;
}

/* Whether all are from 0x20 to 0x7e: the commonest text by far. */
static bool is_plain(const char *text, size_t length)
{
	enum { WORD = sizeof(uint64_t) };
	uint64_t odd = 0;
	size_t at = 0;

	for (; at + WORD <= length; at += WORD)
		odd |= odd_bits(text + at);
	if (length >= WORD) /* the last word overlaps the one before */
		return (odd | odd_bits(text + length - WORD)) == 0;
	while (at < length && text[at] >= 0x20 && text[at] < 0x7f)
		at++;
	return at == length;
}

char *text_clean(struct arena *arena, const char *text, size_t length)
{
	return text_clean_counted(arena, text, &length);
}

char *text_clean_counted(struct arena *arena, const char *text, size_t *count)
{
	size_t length = *count;
	struct buffer out = {0};
	size_t done = 0; /* up to here it is in out */
	size_t at = 0;
	size_t size;
	bool settled = true;

	if (is_plain(text, length))
		return arena_copy(arena, text, length);
	uint32_t previous = ' ';
	for (; at < length; at += size) {
		uint32_t code = text_decode(text + at, length - at, &size);
		const char *rest = text + at + size;
		const char *instead = cleaned(code, previous, rest, length - at - size);
		if (code == REPLACEMENT && size == 1)
			instead = replacement;
		if (instead == NULL) {
			settled = settled && is_settled(previous, code);
			if (!is_foreign_mark(code))
				previous = code;
			continue;
		}
		buffer_add(&out, text + done, at - done);
		buffer_text(&out, instead);
		done = at + size;
		if (*instead != '\0')
			previous = *instead == ' ' ? ' ' : REPLACEMENT;
	}
	if (done > 0) {
		buffer_add(&out, text + done, length - done);
		text = out.text;
		length = out.length;
	}
	char *clean = settled ? arena_copy(arena, text, length) : normal(arena, text, length);
	*count = settled ? length : strlen(clean);
	buffer_free(&out);
	return clean;
}

char *text_typed(struct arena *arena, const char *text, size_t length)
{
	size_t end = length, joiner = length, size; /* of several joiners the first counts */

	while (end > 0) {
		size_t before = code_before(text, end);
		if (!is_joiner(text_decode(text + before, end - before, &size)))
			break;
		joiner = end = before;
	}
	size_t before = end == 0 ? 0 : code_before(text, end);
	char *clean = text_clean(arena, text, end);
	if (joiner == length || end == 0 ||
	    !is_indic_letter(text_decode(text + before, end - before, &size)))
		return clean;
	text_decode(text + joiner, length - joiner, &size);
	return arena_format(arena, "%s%.*s", clean, (int)size, text + joiner);
}

/* --- Folding --- */

struct folding {
	struct buffer out;
	uint32_t last; /* in out */
	bool gap;      /* a blank is owed before the next word */
	bool settled;
};

static bool is_word(uint32_t code)
{
	return uc_is_general_category_withtable(code, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M |
							      UC_CATEGORY_MASK_Nd);
}

/* Marks and signs that one writer puts and another leaves out. */
static bool is_left_out(uint32_t code)
{
	if (is_indic(code)) {
		bool candrabindu = (code & 0x7f) == 1; /* in all these blocks alike */
		return candrabindu || uc_combining_class(code) == UC_CCC_NK;
	}
	return between(code, 0x300, 0x36f) || between(code, 0x1ab0, 0x1aff) ||
	       between(code, 0x1dc0, 0x1dff) || between(code, 0x20d0, 0x20ff) ||
	       between(code, 0xfe20, 0xfe2f) || between(code, 0xfe00, 0xfe0f) || is_joiner(code) ||
	       code == 0x2060 || is_invisible(code);
}

static void put(struct folding *folding, uint32_t code, const char *text, size_t size)
{
	if (folding->gap && folding->out.length > 0)
		buffer_add(&folding->out, " ", 1);
	folding->gap = false;
	buffer_add(&folding->out, text, size);
	folding->settled = folding->settled && is_settled(folding->last, code);
	folding->last = code;
}

static void fold_plain(struct folding *folding, char byte)
{
	if (byte >= 'A' && byte <= 'Z')
		byte = (char)(byte - 'A' + 'a');
	if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'))
		put(folding, (unsigned char)byte, &byte, 1);
	else
		folding->gap = true;
}

static void fold_decomposed(struct folding *folding, const char *text, size_t length)
{
	size_t size;

	for (size_t at = 0; at < length; at += size) {
		uint32_t code = text_decode(text + at, length - at, &size);
		if (is_left_out(code))
			continue;
		if (is_word(code))
			put(folding, code, text + at, size);
		else
			folding->gap = true;
	}
}

static void fold_code(struct folding *folding, uint32_t code, const char *text, size_t size)
{
	uint8_t room[64];
	size_t length = sizeof room;

	/* Quiet beyond Latin: no case, and nothing in it to be left out. */
	if (code >= 0x300 && is_quiet(code)) {
		fold_decomposed(folding, text, size);
		return;
	}
	uint8_t *folded = u8_casefold(bytes(text), size, NULL, UNINORM_NFD, room, &length);
	if (folded == NULL)
		abort();
	fold_decomposed(folding, (const char *)folded, length);
	if (folded != room)
		free(folded);
}

static bool is_apostrophe(uint32_t code)
{
	return code == '\'' || code == 0x2019 || code == 0x2bc;
}

char *text_fold(struct arena *arena, const char *text, size_t length)
{
	struct folding folding = {.settled = true};
	size_t size;

	for (size_t at = 0; at < length; at += size) {
		uint32_t code = text_decode(text + at, length - at, &size);
		size_t next = at + size;
		if (is_apostrophe(code) && !folding.gap && folding.out.length > 0 &&
		    next < length) {
			size_t ignored;
			if (is_word(text_decode(text + next, length - next, &ignored)))
				continue;
			folding.gap = true;
		} else if (code < 0x80) {
			fold_plain(&folding, text[at]);
		} else if (code == REPLACEMENT) {
			folding.gap = true;
		} else {
			fold_code(&folding, code, text + at, size);
		}
	}
	const char *out = folding.out.length > 0 ? folding.out.text : "";
	char *result = folding.settled ? arena_copy(arena, out, folding.out.length)
				       : normal(arena, out, folding.out.length);
	buffer_free(&folding.out);
	return result;
}

uint64_t text_hash(const char *text, size_t length)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < length; i++) {
		hash ^= (unsigned char)text[i];
		hash *= 1099511628211u;
	}
	return hash;
}
