#include "call/id.h"

#include <string.h>

void id_make(char id[EVENT_CALL_BYTES], int64_t ms, const unsigned char random[10])
{
	unsigned char bytes[16];
	for (int i = 0; i < 6; i++)
		bytes[i] = (unsigned char)((uint64_t)ms >> (8 * (5 - i)));
	memcpy(bytes + 6, random, 10);
	bytes[6] = (unsigned char)(0x70 | (bytes[6] & 0x0f)); /* version 7 */
	bytes[8] = (unsigned char)(0x80 | (bytes[8] & 0x3f)); /* variant 10 */
	char *out = id;
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*out++ = '-';
		*out++ = "0123456789abcdef"[bytes[i] >> 4];
		*out++ = "0123456789abcdef"[bytes[i] & 15];
	}
	*out = '\0';
}

bool id_is(const char text[EVENT_CALL_BYTES])
{
	for (size_t i = 0; i < EVENT_CALL_BYTES - 1; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		bool digit = text[i] >= '0' && text[i] <= '9';
		if (dash ? text[i] != '-' : !digit && (text[i] < 'a' || text[i] > 'f'))
			return false;
	}
	return true;
}
