#include "view/pace.h"

#include <stddef.h>

#define SECONDS_MOST 1e7 /* four months: no transcriber runs for so long */
#define JUMP_BACK 30.0	 /* seconds */
#define SAME_CLOCK 5000	 /* ms */

static int64_t to_ms(double seconds)
{
	return (int64_t)(seconds * 1000);
}

/* Sets its clock against ours. */
static void set_clock(struct pace_voice *voice, double end, int64_t now)
{
	int64_t offset = now - to_ms(end);

	if (!voice->known || end < voice->end - JUMP_BACK || offset < voice->offset)
		voice->offset = offset;
	voice->known = true;
}

/* Milliseconds for which both last spoke at once. */
static int64_t overlap(const struct pace_voice *a, const struct pace_voice *b)
{
	int64_t apart = a->offset > b->offset ? a->offset - b->offset : b->offset - a->offset;
	int64_t shift = apart < SAME_CLOCK ? 0 : b->offset - a->offset;
	int64_t from = to_ms(a->start), until = to_ms(a->end);

	if (!a->known || !b->known || a->start < 0 || b->start < 0)
		return 0;
	if (from < to_ms(b->start) + shift)
		from = to_ms(b->start) + shift;
	if (until > to_ms(b->end) + shift)
		until = to_ms(b->end) + shift;
	return until - from;
}

void pace_hear(struct pace *pace, bool customer, double start, double end, int64_t now)
{
	struct pace_voice *voice = &pace->voices[customer ? 0 : 1];
	int64_t ended = now;

	if (end >= 0 && end < SECONDS_MOST) {
		set_clock(voice, end, now);
		voice->start = start >= 0 && start <= end ? start : -1;
		voice->end = end;
		ended = voice->offset + to_ms(end);
		pace->timed = true;
		if (overlap(&pace->voices[0], &pace->voices[1]) >= PACE_BOTH)
			pace->both_at = now;
	}
	if (ended > pace->quiet_since)
		pace->quiet_since = ended;
}

void pace_restart(struct pace *pace, int64_t now)
{
	pace->quiet_since = now;
	pace->both_at = 0;
}

int64_t pace_quiet(const struct pace *pace, int64_t now)
{
	if (!pace->timed)
		return -1;
	return now > pace->quiet_since ? now - pace->quiet_since : 0;
}

bool pace_both(const struct pace *pace, int64_t now)
{
	return pace->both_at != 0 && now - pace->both_at < PACE_SIGN;
}
