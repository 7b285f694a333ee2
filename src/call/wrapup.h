/* The note after a call, made only of what happened in it: who, the issue in their words, the
 * situations and the steps done in each, promises with their dates, what is due next, notes, how
 * long, how it ended.
 *
 * The same call gives the same note, to the byte. Times are shown in a zone that is given. What was
 * undone is not in it; what the playbook no longer knows is named by its id.
 */
#ifndef CALL_WRAPUP_H
#define CALL_WRAPUP_H

#include <stdint.h>

struct buffer;
struct call;

enum wrapup_format { WRAPUP_TEXT, WRAPUP_MARKDOWN, WRAPUP_JSON };

/* Appends the note. now: how long a call that is still open has lasted. zone: UTC offset in which
 * to say when the call was (when_zone); promises bring their own. agent, who took the call if its
 * slot "agent" does not say so, may be NULL. Of a call that never began nothing is appended. Texts
 * end with a newline, JSON (RFC 8259) is one object and a newline. */
void wrapup_write(const struct call *call, int64_t now, const char *zone, const char *agent,
		  enum wrapup_format format, struct buffer *out);

#endif
