#include "playbook/placing.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/source.h"
#include "playbook/yaml.h"

enum {
	BENGALI_TA = 0x9a4,
	ZERO_WIDTH_JOINER = 0x200d,
	KEYCAP = 0x20e3,
	EMOJI_SELECTOR = 0xfe0f,
	CODES_TOLD = 8, /* of a cluster, which may be as long as it likes */
};

enum fault {
	FAULT_NONE,
	FAULT_SELECTOR,
	FAULT_KEYCAP,
	FAULT_JOINED,
	FAULT_TONE,
	FAULT_VIRAMA,
	FAULT_KHANDA_TA,
	FAULT_UNKNOWN,
	FAULT_APART
};

static const char emoji_mend[] = N_("leave it out, or take one that is a single character");

static const struct {
	const char *told, *mend;
} faults[] = {
	[FAULT_SELECTOR] = {N_("some terminals draw this emoji two columns wide and others one"),
			    emoji_mend},
	[FAULT_KEYCAP] = {N_("some terminals draw this keycap two columns wide and others one"),
			  N_("write the digit, or its name")},
	[FAULT_JOINED] = {N_("emoji joined to one are drawn as wide as each terminal likes"),
			  emoji_mend},
	[FAULT_TONE] = {N_("an emoji with a colour of skin is two columns wide or four"),
			N_("leave the colour out")},
	[FAULT_VIRAMA] = {N_("behind a virama stands a joiner, which some terminals cannot place"),
			  N_("delete the joiner; it is invisible, right behind the virama")},
	[FAULT_KHANDA_TA] =
		{N_("this is an old way to write 'ৎ', which some terminals cannot place"),
		 N_("type 'ৎ' in its place")},
	[FAULT_UNKNOWN] = {N_("this character is not known here, and agents see a box"),
			   N_("leave it out, or write it in words")},
};

struct placing {
	const char *file, *text;
	size_t length;
	struct problem_list *problems;
	struct problem first_apart; /* not added before it is known how many there are */
	size_t apart;
};

static bool between(uint32_t code, uint32_t first, uint32_t last)
{
	return code >= first && code <= last;
}

/* Nothing can be wrong with it, whatever stands around it, but for parts that NFC joins: Latin, and
 * what Bengali is written with most. */
static bool is_plain(uint32_t code, uint32_t previous)
{
	if (code < 0x300 || code == 0x964 || between(code, 0x2010, 0x2027))
		return true;
	if (previous == 0x9c7 || previous == 0x9cd)
		return between(code, 0x985, 0x98c) || between(code, 0x993, 0x9a8) ||
		       between(code, 0x9aa, 0x9b0) || code == 0x9b2 || between(code, 0x9b6, 0x9b9);
	return between(code, 0x981, 0x983) || between(code, 0x985, 0x98c) ||
	       between(code, 0x98f, 0x990) || between(code, 0x993, 0x9a8) ||
	       between(code, 0x9aa, 0x9b0) || code == 0x9b2 || between(code, 0x9b6, 0x9b9) ||
	       between(code, 0x9bc, 0x9c4) || between(code, 0x9c7, 0x9c8) ||
	       between(code, 0x9cb, 0x9ce) || between(code, 0x9e6, 0x9f1);
}

/* Most lines: clusters need not be looked for in them. */
static bool is_plain_line(const char *line, size_t length)
{
	uint32_t previous = 0;
	size_t size;

	for (size_t at = 0; at < length; at += size) {
		size = 1;
		uint32_t code = (unsigned char)line[at];
		if (code >= 0x80)
			code = text_decode(line + at, length - at, &size);
		if (code >= 0x80 && !is_plain(code, previous))
			return false;
		previous = code;
	}
	return true;
}

static bool is_indic(uint32_t code)
{
	return between(code, 0x900, 0xdff);
}

/* What is wrong with a code point behind those that come before it in its cluster (0: none). */
static enum fault fault_of(uint32_t code, uint32_t previous, uint32_t one_before, uint32_t next)
{
	if (code == KEYCAP || (code == EMOJI_SELECTOR && next == KEYCAP))
		return FAULT_KEYCAP;
	if (code == EMOJI_SELECTOR)
		return FAULT_SELECTOR;
	if (code == ZERO_WIDTH_JOINER && text_is_virama(previous))
		return one_before == BENGALI_TA ? FAULT_KHANDA_TA : FAULT_VIRAMA;
	if (code == ZERO_WIDTH_JOINER && previous != 0 && !is_indic(previous))
		return FAULT_JOINED;
	if (code >= 0x1f3fb && code <= 0x1f3ff && previous != 0)
		return FAULT_TONE;
	return text_is_unknown(code) ? FAULT_UNKNOWN : FAULT_NONE;
}

static enum fault read_cluster(const char *text, size_t length)
{
	uint32_t previous = 0, one_before = 0;
	enum fault fault = FAULT_NONE;
	size_t size, ignored;

	for (size_t at = 0; at < length && fault == FAULT_NONE; at += size) {
		uint32_t code = text_decode(text + at, length - at, &size);
		uint32_t next = at + size < length ? text_decode(text + at + size,
								 length - at - size, &ignored)
						   : 0;
		fault = fault_of(code, previous, one_before, next);
		one_before = previous;
		previous = code;
	}
	if (fault == FAULT_NONE && text_is_apart(text, length))
		fault = FAULT_APART;
	return fault;
}

/* "U+2764 U+FE0F": the characters themselves would do here what is warned of. */
static const char *name_codes(struct arena *arena, const char *text, size_t length)
{
	const char *names = "";
	size_t size;
	int count = 0;

	for (size_t at = 0; at < length && count < CODES_TOLD; at += size, count++)
		names = arena_format(arena, "%s%sU+%04X", names, count > 0 ? " " : "",
				     (unsigned)text_decode(text + at, length - at, &size));
	return names;
}

static void tell(struct placing *placing, struct place place, const char *line, size_t line_length,
		 enum fault fault, const char *codes)
{
	struct problem *problem = problem_add(placing->problems, PROBLEM_WARNING, place, "%s (%s)",
					      _(faults[fault].told), codes);

	problem->mend = _(faults[fault].mend);
	problem->source = arena_copy(placing->problems->arena, line, line_length);
}

/* Where a comment begins, outside of double quotes; length: there is none. */
static size_t comment_start(const char *line, size_t length)
{
	bool quoted = false;

	for (size_t i = 0; i < length; i++) {
		quoted ^= line[i] == '"';
		if (line[i] == '#' && !quoted &&
		    (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t'))
			return i;
	}
	return length;
}

static void read_line(struct placing *placing, const char *line, size_t length, int number)
{
	struct arena scratch = {0};
	size_t end = comment_start(line, length), next;
	int column = 1;

	for (size_t at = 0; at < end; at = next) {
		next = text_next(line, end, at);
		enum fault fault = next - at > 1 ? read_cluster(line + at, next - at) : FAULT_NONE;
		struct place place = {placing->file, number, column};
		if (fault == FAULT_APART && placing->apart++ == 0)
			placing->first_apart = (struct problem){
				.place = place,
				.source = arena_copy(placing->problems->arena, line, length)};
		else if (fault != FAULT_NONE && fault != FAULT_APART)
			tell(placing, place, line, length, fault,
			     name_codes(&scratch, line + at, next - at));
		column += source_column(line + at, line + next) - 1;
	}
	arena_free(&scratch);
}

static void tell_apart(struct placing *placing)
{
	const struct problem *first = &placing->first_apart;
	struct problem *problem;

	if (placing->apart == 0)
		return;
	problem = problem_add(
		placing->problems, PROBLEM_WARNING, first->place,
		words_count("%zu letter in this file, here, is written apart from its mark",
			    "%zu letters in this file are written apart from their marks, the "
			    "first here",
			    placing->apart),
		placing->apart);
	problem->mend = _("let your editor save the file in NFC, or type the letter again");
	problem->source = first->source;
}

void placing_read(const char *file, const char *text, size_t length, struct problem_list *problems)
{
	struct placing placing = {.file = file, .problems = problems};
	const char *limit = text + length;
	int number = 1;

	for (const char *line = text; line < limit; number++) {
		const char *newline = memchr(line, '\n', (size_t)(limit - line));
		const char *end = newline == NULL ? limit : newline;
		if (!is_plain_line(line, (size_t)(end - line)))
			read_line(&placing, line, (size_t)(end - line), number);
		line = end + 1;
	}
	tell_apart(&placing);
}
