#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"

static size_t put_code(char *to, uint32_t code)
{
	if (code < 0x80) {
		to[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		to[0] = (char)(0xc0 | code >> 6);
		to[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		to[0] = (char)(0xe0 | code >> 12);
		to[1] = (char)(0x80 | (code >> 6 & 0x3f));
		to[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | code >> 18);
	to[1] = (char)(0x80 | (code >> 12 & 0x3f));
	to[2] = (char)(0x80 | (code >> 6 & 0x3f));
	to[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

/* Text of the kinds that break things, out of a fixed sequence. */
static size_t make_text(char *to, size_t codes)
{
	static const uint32_t kinds[] = {
		'a',   'b',    'c',	' ',	 ' ',	  '-',	  '.',	  '<',	  '>',	  '(',
		')',   '"',    '/',	'1',	 0x109,	  0xe9,	  0x301,  0x995,  0x9b7,  0x9cd,
		0x9bc, 0x9be,  0x9c7,	0x9d7,	 0x9bf,	  0x981,  0x964,  0x9e7,  0x200c, 0x200d,
		0xa0,  0x4e2d, 0x1f600, 0x1f1e7, 0x1f1e9, 0xfe0f, 0x1100, 0x1161, 0x915,  0x93c,
	};
	size_t length = 0;

	for (size_t i = 0; i < codes; i++)
		length += put_code(to + length,
				   kinds[(size_t)rand() % (sizeof kinds / sizeof *kinds)]);
	to[length] = '\0';
	return length;
}

static void utf8_is_told_from_noise(void **state)
{
	static const struct {
		const char *text;
		size_t length;
		int bad; /* -1: good */
	} cases[] = {
		{"", 0, -1},
		{"abc", 3, -1},
		{"ক্ষুব্ধ", 21, -1},
		{"😀", 4, -1},
		{"a\0b", 3, 1},
		{"ab\xff", 3, 2},
		{"\xc0\xaf", 2, 0},
		{"\xed\xa0\x80", 3, 0},
		{"\xf4\x90\x80\x80", 4, 0},
		{"a\xe0\xa6", 3, 1},
		{"a\x80", 2, 1},
		{"\xff\0", 2, 0},
		{"\0\xff", 2, 0},
		{"\xf8\x88\x80\x80\x80", 5, 0},
		{"\xc3\xa9\xc3", 3, 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t bad = 99;
		assert_int_equal(text_valid(cases[i].text, cases[i].length, &bad),
				 cases[i].bad < 0);
		if (cases[i].bad >= 0)
			assert_int_equal(bad, cases[i].bad);
		text_valid(cases[i].text, cases[i].length, NULL);
	}
}

static void code_points_are_decoded(void **state)
{
	size_t size;

	(void)state;
	assert_int_equal(text_decode("a", 1, &size), 'a');
	assert_int_equal(size, 1);
	assert_int_equal(text_decode("ক", 3, &size), 0x995);
	assert_int_equal(size, 3);
	assert_int_equal(text_decode("ক", 2, &size), 0xfffd);
	assert_int_equal(size, 1);
	assert_int_equal(text_decode("😀", 4, &size), 0x1f600);
	assert_int_equal(size, 4);
	assert_int_equal(text_decode("\x80", 1, &size), 0xfffd);
	assert_int_equal(size, 1);
	assert_int_equal(text_decode("", 1, &size), 0);
	assert_int_equal(size, 1);
}

static void check_clean(const char *text, size_t length, const char *expected)
{
	struct arena arena = {0};
	char *exact = malloc(length > 0 ? length : 1);

	assert_non_null(exact);
	memcpy(exact, text, length);
	char *clean = text_clean(&arena, exact, length);
	size_t count = length;
	assert_string_equal(text_clean_counted(&arena, exact, &count), clean);
	assert_int_equal(count, strlen(clean));
	assert_string_equal(clean, expected);
	assert_string_equal(text_clean(&arena, clean, strlen(clean)), expected);
	free(exact);
	arena_free(&arena);
}

static void check_clean_string(const char *text, const char *expected)
{
	check_clean(text, strlen(text), expected);
}

static void clean_text_stays(void **state)
{
	static const char *const texts[] = {
		"",
		"plain",
		"Mi ŝatus aŭdi ĉion, ĝis!",
		"আমি বুঝতে পারছি আপনি কেন হতাশ।",
		"r\u00a0s",
		"র\u200d\u09cdয",
		"ক\u09cd\u200cষ",
		"“…” — ‘x’ € → ✓ 中文 😀",
		"\u09a1\u09bc",
		"a\u2060b",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		check_clean_string(texts[i], texts[i]);
}

static void what_steers_a_terminal_goes(void **state)
{
	(void)state;
	check_clean_string("a\x1b[31mb", "a\ufffd[31mb");
	check_clean_string("\x1b]52;c;eA==\x07", "\ufffd]52;c;eA==\ufffd");
	check_clean_string("a\nb\tc\r\nd\re", "a b c d e");
	check_clean_string("\x7f\x01\b", "\ufffd\ufffd\ufffd");
	check_clean_string("\xc2\x85\xc2\x9b"
			   "2J\xc2\x9d",
			   "\ufffd\ufffd2J\ufffd");
	check_clean_string("ab\u202egnp.exe", "abgnp.exe");
	check_clean_string("\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069\u200e\u200f\u061cx",
			   "x");
	check_clean_string("\ufeffso\u00adft\u200b!", "soft!");
	check_clean_string("a\u2028b\u2029c", "a b c");
	check_clean("a\0b", 3, "a\ufffdb");
}

static void what_is_not_a_character_is_replaced(void **state)
{
	(void)state;
	check_clean_string("a\xff"
			   "b",
			   "a\ufffdb");
	check_clean_string("\xc0\xaf", "\ufffd\ufffd");
	check_clean_string("\xe0\xa6", "\ufffd\ufffd");
	check_clean_string("\xed\xa0\x80", "\ufffd\ufffd\ufffd");
	check_clean_string("\u0984\u09ff\uffff\U0010ffff", "\ufffd\ufffd\ufffd\ufffd");
	check_clean("ক", 2, "\ufffd\ufffd");
}

static void joiners_stay_in_indic_words_only(void **state)
{
	(void)state;
	check_clean_string("ক\u200dষ", "ক\u200dষ");
	check_clean_string("ক\u200d\u200dষ", "ক\u200dষ");
	check_clean_string("ক\u200d", "ক");
	check_clean_string("\u200dক", "ক");
	check_clean_string("ক\u200c খ", "ক খ");
	check_clean_string("a\u200cb\u200dc", "abc");
	check_clean_string("ক\u200da", "কa");
	check_clean_string("👨\u200d👩", "👨👩");
	check_clean_string("ক\u200d\u0984", "ক\ufffd");
}

static void text_becomes_nfc(void **state)
{
	(void)state;
	check_clean_string("c\u0302u", "ĉu");
	check_clean_string("ক\u09c7\u09be", "ক\u09cb");
	check_clean_string("ক\u09c7\u09d7", "ক\u09cc");
	check_clean_string("ক\u09c7\u200b\u09be", "ক\u09cb");
	check_clean_string("\u09dc\u09dd\u09df", "\u09a1\u09bc\u09a2\u09bc\u09af\u09bc");
	check_clean_string("ক\u09cd\u09bc", "ক\u09bc\u09cd");
	check_clean_string("\u1112\u1161\u11ab", "한");
	check_clean_string("\u212b\u2126", "Å\u03a9");
	check_clean_string("a\nc\u0302", "a ĉ");
}

/* The quick way says that text is in NFC already; a hiragana letter behind it forces the long way.
 */
static void the_quick_way_is_the_long_way(void **state)
{
	struct arena arena = {0};
	char text[64];
	char longer[80];

	(void)state;
	for (uint32_t a = 0x980; a < 0xa00; a++) {
		for (uint32_t b = 0x980; b < 0xa00; b++) {
			size_t length = put_code(text, 0x995);
			length += put_code(text + length, a);
			length += put_code(text + length, b);
			text[length] = '\0';
			snprintf(longer, sizeof longer, "%s あ", text);
			char *quick = text_clean(&arena, text, length);
			char *slow = text_clean(&arena, longer, strlen(longer));
			assert_string_equal(arena_format(&arena, "%s あ", quick), slow);
		}
		arena_reset(&arena);
	}
	srand(3);
	for (int round = 0; round < 20000; round++) {
		size_t length = make_text(text, (size_t)rand() % 12);
		snprintf(longer, sizeof longer, "%s あ", text);
		char *quick = text_clean(&arena, text, length);
		char *slow = text_clean(&arena, longer, strlen(longer));
		assert_string_equal(arena_format(&arena, "%s あ", quick), slow);
		assert_string_equal(text_clean(&arena, quick, strlen(quick)), quick);
		arena_reset(&arena);
	}
	arena_free(&arena);
}

static void widths_are_wcwidths(void **state)
{
	(void)state;
	assert_int_equal(text_width("ক্ষুব্ধ গ্রাহক"), 10);
	assert_int_equal(text_width("প্রতিফলিত করুন"), 12);
	assert_int_equal(text_width("আমি বুঝতে পারছি আপনি কেন হতাশ।"), 29);
	assert_int_equal(text_width("ক\u09cb"), 2);
	assert_int_equal(text_width("ক\u09c7\u09be"), 3);
	assert_int_equal(text_width("Ĉu ĝi?"), 6);
	assert_int_equal(text_width("中文"), 4);
	assert_int_equal(text_width("😀✅"), 4);
	assert_int_equal(text_width("a\u0301\u0302"), 1);
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("\x1b\n\x7f"), 0);
	assert_int_equal(text_width_of("abcdef", 3), 3);
	assert_int_equal(text_width_of("ক", 2), 2); /* two bad bytes, a replacement each */
	assert_int_equal(text_code_width(0x9be), 1);
	assert_int_equal(text_code_width(0x9cd), 0);
	assert_int_equal(text_code_width(0x200d), 0);
	assert_int_equal(text_code_width(0x9), 0);
}

static void check_cell(const char *text, size_t size, int width)
{
	int found = -1;

	assert_int_equal(text_cell(text, strlen(text), &found), size);
	assert_int_equal(found, width);
}

static void cells_hold_a_base_and_its_marks(void **state)
{
	(void)state;
	check_cell("", 0, 0);
	check_cell("ab", 1, 1);
	check_cell("中a", 3, 2);
	check_cell("a\u0301b", 3, 1);
	check_cell("ক্ষ", 6, 1); /* ka and virama */
	check_cell("কা", 3, 1); /* the vowel sign is a cell of its own */
	check_cell("\u09be", 3, 1);
	check_cell("ক\u09cd\u200dষ", 9, 1);
	check_cell("a\u0301\u0301\u0301\u0301\u0301\u0301", 9, 1); /* four marks and no more */
	check_cell("\u0301\u0301", 4, 0);
	check_cell("\xff"
		   "a",
		   1, 1);
	check_cell("a\nb", 1, 1);
}

static void check_steps(const char *text, const char *expected)
{
	struct arena arena = {0};
	size_t length = strlen(text);
	char *forward = arena_string(&arena, "");
	char *backward = arena_string(&arena, "");

	for (size_t at = 0; at < length;) {
		size_t next = text_next(text, length, at);
		forward = arena_format(&arena, "%s|%.*s", forward, (int)(next - at), text + at);
		at = next;
	}
	for (size_t at = length; at > 0;) {
		size_t previous = text_previous(text, length, at);
		backward = arena_format(&arena, "|%.*s%s", (int)(at - previous), text + previous,
					backward);
		at = previous;
	}
	assert_string_equal(forward, expected);
	assert_string_equal(backward, expected);
	arena_free(&arena);
}

static void steps_go_by_clusters(void **state)
{
	(void)state;
	check_steps("", "");
	check_steps("ab", "|a|b");
	check_steps("c\u0302u", "|c\u0302|u");
	check_steps("ক্ষুব্ধ গ্রাহক", "|ক্ষু|ব্ধ| |গ্রা|হ|ক");
	check_steps("র\u200d\u09cdয", "|র\u200d\u09cdয");
	check_steps("ক\u09cd\u200cষ", "|ক\u09cd\u200cষ");
	check_steps("ক\u09cd খ", "|ক\u09cd| |খ");
	check_steps("👨\u200d👩\u200d👧x", "|👨\u200d👩\u200d👧|x");
	check_steps("🇧🇩🇺🇸🇧", "|🇧🇩|🇺🇸|🇧");
	check_steps("a🇧🇩b", "|a|🇧🇩|b");
	check_steps("❤\ufe0f!", "|❤\ufe0f|!");
	check_steps("한글", "|한|글");
	check_steps("a\r\nb", "|a|\r\n|b");
	check_steps("\xff\xfe"
		    "a",
		    "|\xff|\xfe|a");
}

static void steps_back_meet_steps_forth(void **state)
{
	char text[160];
	bool boundary[161];

	(void)state;
	srand(5);
	for (int round = 0; round < 30000; round++) {
		size_t length = make_text(text, (size_t)rand() % 30);
		memset(boundary, 0, sizeof boundary);
		for (size_t at = 0; at < length; at = text_next(text, length, at))
			boundary[at] = true;
		for (size_t at = length; at > 0;) {
			at = text_previous(text, length, at);
			if (!boundary[at])
				fail_msg("no boundary at %zu: %s", at, text);
			boundary[at] = false;
		}
		assert_null(memchr(boundary, true, sizeof boundary));
		assert_int_equal(text_next(text, length, length), length);
		assert_int_equal(text_next(text, length, length + 9), length);
		assert_int_equal(text_previous(text, length, 0), 0);
	}
}

static void text_is_cut_where_it_fits(void **state)
{
	(void)state;
	assert_int_equal(text_fit("abc", 3, 2), 2);
	assert_int_equal(text_fit("abc", 3, 9), 3);
	assert_int_equal(text_fit("abc", 3, 0), 0);
	assert_int_equal(text_fit("abc", 3, -1), 0);
	assert_int_equal(text_fit("a中b", 5, 2), 1);
	assert_int_equal(text_fit("a中b", 5, 3), 4);
	assert_int_equal(text_fit("ae\u0301", 4, 2), 4);
	assert_int_equal(text_fit("কা", 6, 1), 0);
	assert_int_equal(text_fit("কা", 6, 2), 6);
}

static void check_wrap(const char *text, int columns, const char *expected)
{
	struct arena arena = {0};
	struct text_row *rows;
	size_t count = text_wrap(&arena, text, strlen(text), columns, &rows);
	char *wrapped = arena_string(&arena, "");

	for (size_t i = 0; i < count; i++) {
		wrapped = arena_format(&arena, "%s|%.*s", wrapped, (int)rows[i].length,
				       text + rows[i].start);
		assert_int_equal(rows[i].width,
				 text_width_of(text + rows[i].start, rows[i].length));
	}
	assert_string_equal(wrapped, expected);
	arena_free(&arena);
}

static void words_are_wrapped(void **state)
{
	(void)state;
	check_wrap("", 10, "");
	check_wrap("   ", 2, "|");
	check_wrap("hello", 10, "|hello");
	check_wrap("aaaa bbbb cccc", 9, "|aaaa bbbb|cccc");
	check_wrap("aaaa bbbb cccc", 8, "|aaaa|bbbb|cccc");
	check_wrap("aaaa    bbbb", 5, "|aaaa|bbbb");
	check_wrap("aaaa bbbb   ", 9, "|aaaa bbbb");
	check_wrap("  a b", 10, "|  a b");
	check_wrap("      abc", 4, "|abc");
	check_wrap("      abcdef gh", 4, "|abcd|ef|gh");
	check_wrap("abcdefghij", 4, "|abcd|efgh|ij");
	check_wrap("x abcdefghij k", 4, "|x|abcd|efgh|ij k");
	check_wrap("abcdefgh i", 4, "|abcd|efgh|i");
	check_wrap("one-two", 5, "|one-|two");
	check_wrap("a b", 1, "|a|b");
	check_wrap("a b", 0, "|a|b");
	check_wrap("a b", -5, "|a|b");
	check_wrap("中文字", 5, "|中文|字");
	check_wrap("中文", 1, "|中|文");
	check_wrap("( abc defgh )", 5, "|( abc|defgh|)");
	check_wrap("( abcdefgh", 5, "|(|abcde|fgh");
	check_wrap("(  abcde", 3, "|(|abc|de");
	check_wrap("No. (really) \"yes\"!", 12, "|No. (really)|\"yes\"!");
}

static void newlines_break(void **state)
{
	(void)state;
	check_wrap("a\nb", 10, "|a|b");
	check_wrap("a\n\nb", 10, "|a||b");
	check_wrap("a\n", 10, "|a");
	check_wrap("\n", 10, "|");
	check_wrap("aaa bbb\nccc", 3, "|aaa|bbb|ccc");
}

static void hosts_and_slots_hold_together(void **state)
{
	(void)state;
	check_wrap("write to www.example.com now", 16, "|write to|www.example.com|now");
	check_wrap("see example.com", 11, "|see|example.com");
	check_wrap("So, <order-number> is late", 12, "|So,|<order-numbe|r> is late");
	check_wrap("So, <order-number> is late", 14, "|So,|<order-number>|is late");
	check_wrap("hello <customer>, hi", 11, "|hello|<customer>,|hi");
	check_wrap("if a <b or c> d", 8, "|if a <b|or c> d");
	check_wrap("a\u00a0b c", 3, "|a\u00a0b|c");
	check_wrap("version 1.25 is", 10, "|version|1.25 is");
}

static void bengali_is_wrapped(void **state)
{
	(void)state;
	check_wrap("আমি বুঝতে পারছি আপনি কেন হতাশ।", 12, "|আমি বুঝতে|পারছি আপনি|কেন হতাশ।");
	check_wrap("ক্ষুব্ধ", 2, "|ক্ষু|ব্ধ");
	check_wrap("ক্ষুব্ধ", 1, "|ক্ষু|ব্ধ");
	check_wrap("প্রতিফলিত", 4, "|প্রতি|ফলিত");
	check_wrap("র\u200d\u09cdযাপ", 2, "|র\u200d\u09cdযা|প");
	check_wrap("Mi ŝatus aŭdi ĉion", 9, "|Mi ŝatus|aŭdi ĉion");
}

static bool is_blank(char byte)
{
	return byte == ' ';
}

static void wrapping_loses_nothing_and_fits(void **state)
{
	struct arena arena = {0};
	char text[256];

	(void)state;
	srand(11);
	for (int round = 0; round < 40000; round++) {
		struct text_row *rows;
		size_t length = make_text(text, (size_t)rand() % 60);
		int columns = 1 + rand() % 14;
		size_t count = text_wrap(&arena, text, length, columns, &rows);
		size_t at = 0;
		assert_int_equal(count > 0, length > 0);
		for (size_t i = 0; i < count; i++) {
			size_t end = rows[i].start + rows[i].length;
			for (; at < rows[i].start; at++)
				assert_true(is_blank(text[at]));
			at = end;
			if (rows[i].width > columns && text_next(text, end, rows[i].start) != end)
				fail_msg("too wide at %d: %s", columns, text);
			assert_int_equal(rows[i].width,
					 text_width_of(text + rows[i].start, rows[i].length));
			if (rows[i].length > 0)
				assert_false(is_blank(text[end - 1]));
			if (end > 0 && end < length &&
			    text_next(text, length, text_previous(text, length, end)) != end)
				fail_msg("split cluster at %d after %zu: %s", columns, end, text);
		}
		for (; at < length; at++)
			assert_true(is_blank(text[at]));
		arena_reset(&arena);
	}
	arena_free(&arena);
}

static void check_fold(const char *text, const char *expected)
{
	struct arena arena = {0};
	size_t length = strlen(text);
	char *exact = malloc(length > 0 ? length : 1);

	assert_non_null(exact);
	memcpy(exact, text, length);
	char *folded = text_fold(&arena, exact, length);
	assert_string_equal(folded, expected);
	assert_string_equal(text_fold(&arena, folded, strlen(folded)), expected);
	free(exact);
	arena_free(&arena);
}

static void text_is_folded_for_finding(void **state)
{
	(void)state;
	check_fold("", "");
	check_fold("  Hello,  WORLD!! ", "hello world");
	check_fold("...", "");
	check_fold("I don't; 'quoted' rock'n'roll’s l’ amo", "i dont quoted rocknrolls l amo");
	check_fold("Ĉu ĝi ŝanĝiĝis? Ĵaŭde ĥoro", "cu gi sangigis jaude horo");
	check_fold("c\u0302u CAFÉ nai\u0308ve Straße", "cu cafe naive strasse");
	check_fold("order #12-A", "order 12 a");
	check_fold("ﬁne İ Σίσυφος", "fine i σισυφοσ");
	check_fold("soft\u00adhyphen", "softhyphen");
	check_fold("a\xff"
		   "b\x1b[m",
		   "a b m");
	check_fold("ЖУК", "жук");
}

static void bengali_is_folded(void **state)
{
	(void)state;
	check_fold("আমি, বুঝতে পারছি।", "আমি বুঝতে পারছি");
	check_fold("চাঁদ", "চাদ");
	check_fold("বাড়ি", "বাডি");
	check_fold("বা\u09dcি", "বাডি");
	check_fold("ক\u09cd\u200cষ র\u200d\u09cdযাব", "ক\u09cdষ র\u09cdযাব");
	check_fold("ক\u09c7\u09be", "ক\u09cb");
	check_fold("১২৩ টাকা", "১২৩ টাকা");
	check_fold("हिन्दी ज़रा", "हिन्दी जरा");
}

static void hashes_are_fnv_1a(void **state)
{
	(void)state;
	assert_true(text_hash("", 0) == 0xcbf29ce484222325u);
	assert_true(text_hash("a", 1) == 0xaf63dc4c8601ec8cu);
	assert_true(text_hash("foobar", 6) == 0x85944171f73967e8u);
}

static int distance(const char *a, const char *b, int limit)
{
	int there = text_distance(a, strlen(a), b, strlen(b), limit);

	assert_int_equal(there, text_distance(b, strlen(b), a, strlen(a), limit));
	return there;
}

static void distances_count_slips(void **state)
{
	char many[400];

	(void)state;
	assert_int_equal(distance("", "", 3), 0);
	assert_int_equal(distance("title", "title", 0), 0);
	assert_int_equal(distance("titel", "title", 3), 1);
	assert_int_equal(distance("titl", "title", 3), 1);
	assert_int_equal(distance("tiitle", "title", 3), 1);
	assert_int_equal(distance("kitten", "sitting", 5), 3);
	assert_int_equal(distance("kitten", "sitting", 3), 3);
	assert_int_equal(distance("kitten", "sitting", 2), 3);
	assert_int_equal(distance("kitten", "sitting", 0), 1);
	assert_int_equal(distance("", "abc", 5), 3);
	assert_int_equal(distance("", "abc", 2), 3);
	assert_int_equal(distance("ca", "abc", 5), 3); /* 2 would edit one place twice */
	assert_int_equal(distance("ক্ষ", "ক্য", 5), 1);
	assert_int_equal(distance("ĉu", "cu", 5), 1);
	assert_int_equal(distance("abcd", "badc", 5), 2);
	memset(many, 'x', sizeof many);
	assert_int_equal(text_distance(many, 400, many, 400, 3), 0);
	assert_int_equal(text_distance(many, 400, many, 399, 3), 4);
	assert_int_equal(text_distance(many, 128, many, 127, 3), 1);
}

/* The definition, without limit or short cuts. */
static int plain_distance(const char *a, int a_length, const char *b, int b_length)
{
	if (a_length == 0 || b_length == 0)
		return a_length + b_length;
	int best = plain_distance(a, a_length - 1, b, b_length - 1) +
		   (a[a_length - 1] != b[b_length - 1]);
	int other = plain_distance(a, a_length - 1, b, b_length) + 1;
	best = other < best ? other : best;
	other = plain_distance(a, a_length, b, b_length - 1) + 1;
	best = other < best ? other : best;
	if (a_length > 1 && b_length > 1 && a[a_length - 1] == b[b_length - 2] &&
	    a[a_length - 2] == b[b_length - 1]) {
		other = plain_distance(a, a_length - 2, b, b_length - 2) + 1;
		best = other < best ? other : best;
	}
	return best;
}

static void distances_keep_to_the_definition(void **state)
{
	(void)state;
	srand(13);
	for (int round = 0; round < 3000; round++) {
		char a[6], b[6];
		int a_length = rand() % 6, b_length = rand() % 6, limit = rand() % 5;
		for (int i = 0; i < 6; i++) {
			a[i] = (char)('a' + rand() % 3);
			b[i] = (char)('a' + rand() % 3);
		}
		int expected = plain_distance(a, a_length, b, b_length);
		if (expected > limit)
			expected = limit + 1;
		assert_int_equal(text_distance(a, (size_t)a_length, b, (size_t)b_length, limit),
				 expected);
	}
}

static void walk_noise(struct arena *arena, const char *text, size_t length)
{
	struct text_row *rows;
	int width;
	size_t bad;

	text_valid(text, length, &bad);
	char *clean = text_clean(arena, text, length);
	assert_true(text_valid(clean, strlen(clean), NULL));
	assert_string_equal(text_clean(arena, clean, strlen(clean)), clean);
	char *folded = text_fold(arena, text, length);
	assert_true(text_valid(folded, strlen(folded), NULL));
	text_wrap(arena, text, length, 1 + rand() % 9, &rows);
	text_fit(text, length, rand() % 9);
	for (size_t at = 0; at < length;) {
		size_t next = text_next(text, length, at);
		assert_true(next > at && next <= length);
		at = next;
	}
	for (size_t at = length; at > 0;) {
		size_t previous = text_previous(text, length, at);
		assert_true(previous < at);
		at = previous;
	}
	for (size_t at = 0; at < length;) {
		size_t size = text_cell(text + at, length - at, &width);
		assert_true(size > 0 && width >= 0 && width <= 2);
		at += size;
	}
	text_distance(text, length, text, length / 2, 3);
}

static void noise_is_survived(void **state)
{
	static const unsigned char bytes[] = {
		'a',  ' ',  '\n', '<',	'.',  0x1b, 0x00, 0x80, 0xa6, 0x95, 0xbf, 0xc2,
		0xcc, 0xe0, 0xe2, 0xed, 0xf0, 0x9f, 0x87, 0xa7, 0xf4, 0xff, 0x8d,
	};
	struct arena arena = {0};

	(void)state;
	srand(17);
	for (int round = 0; round < 60000; round++) {
		size_t length = (size_t)rand() % 40;
		char *exact = malloc(length > 0 ? length : 1);
		assert_non_null(exact);
		for (size_t i = 0; i < length; i++)
			exact[i] = (char)(rand() % 4 == 0 ? rand()
							  : bytes[(size_t)rand() % sizeof bytes]);
		walk_noise(&arena, exact, length);
		free(exact);
		arena_reset(&arena);
	}
	arena_free(&arena);
}

static void much_text_is_no_trouble(void **state)
{
	struct arena arena = {0};
	size_t length = 1 << 20;
	char *text = malloc(length);
	struct text_row *rows;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', length);
	assert_int_equal(text_wrap(&arena, text, length, 80, &rows), (length + 79) / 80);
	memset(text, ' ', length);
	assert_int_equal(text_wrap(&arena, text, length, 80, &rows), 1);
	memset(text, '<', length);
	text_wrap(&arena, text, length, 80, &rows);
	for (size_t i = 0; i + 3 < length; i += 4)
		memcpy(text + i, "🇧", 4);
	text_wrap(&arena, text, length, 80, &rows);
	text_previous(text, length, length);
	memset(text, 0x1b, length);
	assert_int_equal(strlen(text_clean(&arena, text, length)), 3 * length);
	for (size_t i = 0; i + 1 < length; i += 2)
		memcpy(text + i, "\u0301", 2);
	text_clean(&arena, text, length);
	assert_string_equal(text_fold(&arena, text, length), "");
	assert_int_equal(text_next(text, length, 0), length);
	text_wrap(&arena, text, length, 10, &rows);
	free(text);
	arena_free(&arena);
}

/* Texts of the commonest kind take a short cut: it must allow just the breaks that UAX 14 allows.
 */
static void plain_texts_break_as_others(void **state)
{
	static const char alphabet[] = "abZ  .,'?-";
	char text[24], quick[24], slow[24];
	unsigned random = 1;

	(void)state;
	for (int round = 0; round < 200000; round++) {
		size_t length = 0, count;

		for (count = (random = random * 1103515245u + 12345u) >> 16 & 15; length < count;
		     length++)
			text[length] = alphabet[((random = random * 1103515245u + 12345u) >> 16) %
						(sizeof alphabet - 1)];
		text_breaks(text, length, quick);
		u8_possible_linebreaks((const uint8_t *)text, length, "UTF-8", slow);
		for (size_t i = 0; i < length; i++)
			if (quick[i] !=
			    (slow[i] == UC_BREAK_POSSIBLE || slow[i] == UC_BREAK_MANDATORY))
				fail_msg("\"%.*s\" at %zu", (int)length, text, i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_is_told_from_noise),
		cmocka_unit_test(code_points_are_decoded),
		cmocka_unit_test(clean_text_stays),
		cmocka_unit_test(what_steers_a_terminal_goes),
		cmocka_unit_test(what_is_not_a_character_is_replaced),
		cmocka_unit_test(joiners_stay_in_indic_words_only),
		cmocka_unit_test(text_becomes_nfc),
		cmocka_unit_test(the_quick_way_is_the_long_way),
		cmocka_unit_test(widths_are_wcwidths),
		cmocka_unit_test(cells_hold_a_base_and_its_marks),
		cmocka_unit_test(steps_go_by_clusters),
		cmocka_unit_test(steps_back_meet_steps_forth),
		cmocka_unit_test(text_is_cut_where_it_fits),
		cmocka_unit_test(words_are_wrapped),
		cmocka_unit_test(newlines_break),
		cmocka_unit_test(plain_texts_break_as_others),
		cmocka_unit_test(hosts_and_slots_hold_together),
		cmocka_unit_test(bengali_is_wrapped),
		cmocka_unit_test(wrapping_loses_nothing_and_fits),
		cmocka_unit_test(text_is_folded_for_finding),
		cmocka_unit_test(bengali_is_folded),
		cmocka_unit_test(hashes_are_fnv_1a),
		cmocka_unit_test(distances_count_slips),
		cmocka_unit_test(distances_keep_to_the_definition),
		cmocka_unit_test(noise_is_survived),
		cmocka_unit_test(much_text_is_no_trouble),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
