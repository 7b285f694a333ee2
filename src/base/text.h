/* Text: UTF-8, how wide it is, where it may break, how it folds for search.
 *
 * Only text.c includes libunistring. All widths are columns of a terminal: the sum of
 * wcwidth(3) over the code points (negative counts 0), which is what ncurses lays out by, so the
 * process must have a UTF-8 LC_CTYPE. A cluster is an extended grapheme cluster (UAX 29), held
 * together also after a virama and beside ZWJ and ZWNJ. Line breaks follow UAX 14.
 * Functions that take a length read no byte past it; those that don't take a C string.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Whether it is UTF-8 without NUL; if not, *bad (when given) is where the first wrong byte is. */
bool text_valid(const char *text, size_t length, size_t *bad);

/* Whether all bytes are below 0x80. */
bool text_is_ascii(const char *text, size_t length);

/* NFC, and nothing that could steer a terminal: newline, tab, carriage return (CR LF counts once)
 * and U+2028/9 become a space; other Cc, unassigned and wcwidth < 0 become U+FFFD; soft hyphen, BOM
 * and bidi controls go; ZERO WIDTH SPACE goes; ZWJ and ZWNJ stay only between two characters of an
 * Indic script. Bytes that are not UTF-8 become U+FFFD too. Cleaning twice changes nothing more.
 * Returns a C string in the arena (text itself is never returned). */
char *text_clean(struct arena *arena, const char *text, size_t length);

/* The same; *count, the bytes of text, becomes the bytes of what is returned. */
char *text_clean_counted(struct arena *arena, const char *text, size_t *count);

/* The same for a line as far as it is typed: a ZWJ or ZWNJ at its end stays behind a character of
 * an Indic script, since what it joins comes with the next key. */
char *text_typed(struct arena *arena, const char *text, size_t length);

/* The code point at text (length > 0) and its bytes in *size. Bad UTF-8: U+FFFD and 1. */
uint32_t text_decode(const char *text, size_t length, size_t *size);

/* A virama (hasanta, of any script). A code point that means nothing here: unassigned, or of no
 * width that the C library knows. Letters and marks apart that NFC makes fewer code points of (not
 * ড়, which NFC itself takes apart). */
bool text_is_virama(uint32_t code);
bool text_is_unknown(uint32_t code);
bool text_is_apart(const char *text, size_t length);

/* Columns of a code point, of a string. Never negative. */
int text_code_width(uint32_t code);
int text_width(const char *text);
int text_width_of(const char *text, size_t length);

/* The next cell: one spacing code point and the zero-width marks on it (at most 4: more are left to
 * the next cell, which then has no width). Returns its bytes, 0 at the end; *width is 0, 1 or 2. */
size_t text_cell(const char *text, size_t length, int *width);

/* Offset of the cluster boundary after, and before, an offset. */
size_t text_next(const char *text, size_t length, size_t offset);
size_t text_previous(const char *text, size_t length, size_t offset);

/* How many bytes from the start fit into so many columns without splitting a cluster. */
size_t text_fit(const char *text, size_t length, int columns);

/* Marks where a line may be broken: breaks[i] is 1 where one may begin at byte i, else 0 (UAX 14 as
 * it stands; text_wrap holds more together). In what is not UTF-8: after blanks only. */
void text_breaks(const char *text, size_t length, char *breaks);

/* A line of wrapped text: a slice, without the blanks at which it was broken. */
struct text_row {
	size_t start;  /* offset of its first byte */
	size_t length; /* bytes */
	int width;     /* columns */
};

/* Wraps to at most columns (at least 1) a row, greedily, at UAX 14 opportunities, but not inside a
 * host.name or a <slot>; a too long word at cluster boundaries. A row is wider than columns only
 * when it is one cluster that is. Newlines break, and one at the end adds no row. *rows, in the
 * arena, gets the rows; returns how many (0 for ""). */
size_t text_wrap(struct arena *arena, const char *text, size_t length, int columns,
		 struct text_row **rows);

/* For finding: case folded (Unicode), without accents and other marks that writers leave out
 * (Latin diacritics, nukta, candrabindu, ZWJ, ZWNJ), NFC, runs of anything but letters, marks and
 * digits turned into one blank, none at the ends; an apostrophe inside a word is dropped.
 * Bengali vowel signs stay. In the arena. */
char *text_fold(struct arena *arena, const char *text, size_t length);

/* FNV-1a, 64 bit, of the bytes. Source: Fowler, Noll, Vo; draft-eastlake-fnv. */
uint64_t text_hash(const char *text, size_t length);

/* Optimal string alignment distance (Damerau-Levenshtein with no edit twice in one place), in code
 * points, between two short strings; anything over limit comes back as limit + 1, and so does any
 * difference where one has more than 128. For "did you mean" and slips. */
int text_distance(const char *a, size_t a_length, const char *b, size_t b_length, int limit);

#endif
