/* A call's id: a UUID of version 7 (RFC 9562, section 5.7), so that ids are in the order in which
 * the calls began. Pure: the time and the random bytes are the caller's.
 */
#ifndef CALL_ID_H
#define CALL_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "call/event.h"

/* A new one for ms (Unix) with ten random bytes. */
void id_make(char id[EVENT_CALL_BYTES], int64_t ms, const unsigned char random[10]);

/* Whether it is a UUID of any version in the usual form (RFC 9562, section 4), in lower case as we
 * write it. */
bool id_is(const char text[EVENT_CALL_BYTES]);

#endif
