#include "base/base64.h"

#include "base/buffer.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* At most three bytes become four letters. */
static void add_three(struct buffer *out, const unsigned char *bytes, size_t count)
{
	unsigned bits = (unsigned)bytes[0] << 16;
	char four[4] = {'=', '=', '=', '='};

	if (count > 1)
		bits |= (unsigned)bytes[1] << 8;
	if (count > 2)
		bits |= bytes[2];
	for (size_t i = 0; i < 4 && i <= count; i++)
		four[i] = digits[bits >> (18 - 6 * i) & 63];
	buffer_add(out, four, sizeof four);
}

void base64_add(struct buffer *out, const char *bytes, size_t length)
{
	const unsigned char *at = (const unsigned char *)bytes;

	for (; length >= 3; at += 3, length -= 3)
		add_three(out, at, 3);
	if (length > 0)
		add_three(out, at, length);
}
