#include <string.h>

#include "base/text.h"

enum { CODES_MOST = 128 };

/* Decodes into codes; returns how many, or -1 when there are too many. */
static int decode(const char *text, size_t length, uint32_t codes[CODES_MOST])
{
	int count = 0;
	size_t size;

	for (size_t at = 0; at < length; at += size) {
		if (count == CODES_MOST)
			return -1;
		codes[count++] = text_decode(text + at, length - at, &size);
	}
	return count;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* One row of the matrix, for a[i - 1]; returns its least cell. */
static int fill_row(int *row, const int *up, const int *up_two, const uint32_t *a, int i,
		    const uint32_t *b, int b_count)
{
	int row_least = i;

	row[0] = i;
	for (int j = 1; j <= b_count; j++) {
		int cost = a[i - 1] != b[j - 1];
		row[j] = least(least(up[j] + 1, row[j - 1] + 1), up[j - 1] + cost);
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
			row[j] = least(row[j], up_two[j - 2] + 1);
		row_least = least(row_least, row[j]);
	}
	return row_least;
}

int text_distance(const char *a, size_t a_length, const char *b, size_t b_length, int limit)
{
	uint32_t a_codes[CODES_MOST], b_codes[CODES_MOST];
	int rows[3][CODES_MOST + 1];

	if (a_length == b_length && memcmp(a, b, a_length) == 0)
		return 0;
	int a_count = decode(a, a_length, a_codes);
	int b_count = decode(b, b_length, b_codes);
	if (a_count < 0 || b_count < 0 || a_count - b_count > limit || b_count - a_count > limit)
		return limit + 1;
	for (int j = 0; j <= b_count; j++)
		rows[0][j] = j;
	int last_least = 0;
	for (int i = 1; i <= a_count; i++) {
		int row_least = fill_row(rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3], a_codes,
					 i, b_codes, b_count);
		/* A swap reaches back two rows. */
		if (row_least > limit && last_least > limit)
			return limit + 1;
		last_least = row_least;
	}
	return least(rows[a_count % 3][b_count], limit + 1);
}
