#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum {
	BREAKS_ON_STACK = 1024,
	SLOT_BYTES_MOST = 80, /* of a <slot> that is held together */
};

struct wrapping {
	struct arena *arena;
	const char *text;
	int columns;
	struct text_row *rows;
	size_t count;
};

static void add_row(struct wrapping *wrapping, size_t start, size_t end, int width)
{
	wrapping->rows = arena_more(wrapping->arena, wrapping->rows, wrapping->count,
				    sizeof *wrapping->rows);
	wrapping->rows[wrapping->count++] = (struct text_row){start, end - start, width};
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

static bool is_wordly(char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       (byte >= 'A' && byte <= 'Z') || (unsigned char)byte >= 0x80;
}

/* The offset of the > that ends the slot whose < is at start, or start. */
static size_t slot_end(const char *text, size_t length, size_t start)
{
	for (size_t i = start + 1; i < length && i - start <= SLOT_BYTES_MOST; i++) {
		if (text[i] == '>')
			return i;
		if (text[i] == '<' || is_blank(text[i]))
			break;
	}
	return start;
}

static bool is_cluster_boundary(const char *text, size_t length, size_t offset)
{
	return text_next(text, length, text_previous(text, offset, offset)) == offset;
}

/* Takes back breaks that UAX 14 allows: in host.names, in <slots>, and in clusters, which are
 * larger here than there. */
static void hold_together(const char *text, size_t length, char *breaks)
{
	for (size_t i = 1; i < length; i++) {
		if (text[i - 1] == '<') {
			size_t end = slot_end(text, length, i - 1);
			while (i <= end)
				breaks[i++] = 0;
			if (i >= length)
				break;
		}
		if (!breaks[i])
			continue;
		if (text[i - 1] == '.' && i > 1 && is_wordly(text[i - 2]) && is_wordly(text[i]))
			breaks[i] = 0;
		if ((unsigned char)(text[i] | text[i - 1]) >= 0x80 &&
		    !is_cluster_boundary(text, length, i))
			breaks[i] = 0;
	}
}

/* Blanks that a paragraph begins with are no part of its first word: libunistring allows no
 * break behind them. */
static void part_indent(const char *text, size_t length, char *breaks)
{
	size_t indent = 0;

	while (indent < length && is_blank(text[indent]))
		indent++;
	if (indent > 0 && indent < length && is_cluster_boundary(text, length, indent))
		breaks[indent] = 1;
}

/* The end of the last blank between start and end that may part two rows, or end. */
static size_t last_blank(const char *text, size_t length, size_t start, size_t end)
{
	for (size_t i = end + 1; i-- > start + 1;) {
		if (i < length && is_blank(text[i - 1]) && is_cluster_boundary(text, length, i))
			return i;
	}
	return end;
}

/* Cuts rows off a word that is wider than a row; returns where its last piece begins. There may
 * be blanks in it: UAX 14 keeps `( a` whole. */
static size_t cut_word(struct wrapping *wrapping, size_t at, size_t end)
{
	const char *text = wrapping->text;

	while (at < end) {
		size_t cut = at + text_fit(text + at, end - at, wrapping->columns);
		if (cut == at)
			cut = text_next(text, end, at);
		if (cut == end)
			break;
		if (!is_blank(text[cut]) || !is_cluster_boundary(text, end, cut + 1))
			cut = last_blank(text, end, at, cut);
		size_t row_end = cut;
		while (row_end > at && is_blank(text[row_end - 1]))
			row_end--;
		if (row_end > at)
			add_row(wrapping, at, row_end, text_width_of(text + at, row_end - at));
		at = cut;
		while (is_blank(text[at]) && is_cluster_boundary(text, end, at + 1))
			at++;
	}
	return at;
}

static void wrap_paragraph(struct wrapping *wrapping, size_t start, size_t end, const char *breaks)
{
	const char *text = wrapping->text;
	size_t row = start;	/* where the row begins */
	size_t row_end = start; /* and ends, without the blanks behind it */
	int width = 0;		/* of the row up to there */
	int blanks = 0;		/* the columns behind it */
	size_t next;

	for (size_t at = start; at < end; at = next) {
		next = at + 1;
		while (next < end && !breaks[next - start])
			next++;
		size_t word_end = next;
		while (word_end > at && is_blank(text[word_end - 1]))
			word_end--;
		if (word_end > at) {
			int word = text_width_of(text + at, word_end - at);
			if (width + blanks + word > wrapping->columns) {
				if (row_end > row)
					add_row(wrapping, row, row_end, width);
				row = at;
				width = 0;
				blanks = 0;
			}
			if (word > wrapping->columns) {
				row = cut_word(wrapping, at, word_end);
				word = text_width_of(text + row, word_end - row);
			}
			width += blanks + word;
			blanks = 0;
			row_end = word_end;
		}
		blanks += text_width_of(text + word_end, next - word_end);
	}
	add_row(wrapping, row, row_end, width);
}

size_t text_wrap(struct arena *arena, const char *text, size_t length, int columns,
		 struct text_row **rows)
{
	struct wrapping wrapping = {arena, text, columns > 1 ? columns : 1, NULL, 0};
	char on_stack[BREAKS_ON_STACK];
	char *breaks = length <= sizeof on_stack ? on_stack : arena_alloc(arena, length);

	for (size_t at = 0; at < length;) {
		const char *newline = memchr(text + at, '\n', length - at);
		size_t end = newline == NULL ? length : (size_t)(newline - text);
		text_breaks(text + at, end - at, breaks);
		part_indent(text + at, end - at, breaks);
		hold_together(text + at, end - at, breaks);
		wrap_paragraph(&wrapping, at, end, breaks);
		at = end + 1;
	}
	*rows = wrapping.rows;
	return wrapping.count;
}
