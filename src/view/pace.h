/* How the talk goes along: how long nobody has spoken, and whether two spoke at once. From the
 * times that a transcriber tells; nothing of it is written down, and it judges nobody.
 *
 * A transcriber's clock is set against ours by the least delay seen between the end of a voice's
 * speech and the news of it, for each voice alone; where the two clocks agree they are taken for
 * one. A clock that jumps back was started anew.
 */
#ifndef VIEW_PACE_H
#define VIEW_PACE_H

#include <stdbool.h>
#include <stdint.h>

#define PACE_QUIET 5000 /* ms: a shorter silence is a breath */
#define PACE_BOTH 1500	/* ms: less of two voices at once is a "yes" or an "I see" */
#define PACE_SIGN 4000	/* ms: so long it is told */

struct pace_voice {
	bool known;
	double start, end; /* seconds on its transcriber's clock, of its last speech; start < 0: not
			      told */
	int64_t offset;	   /* ms: that clock's zero on ours */
};

struct pace {
	struct pace_voice voices[2]; /* customer, agent */
	bool timed;		     /* somebody tells times */
	int64_t quiet_since;	     /* ms */
	int64_t both_at; /* ms: when it was last heard that two spoke at once; 0: never */
};

/* Takes that a voice spoke; start and end in seconds, negative where they were not told. */
void pace_hear(struct pace *pace, bool customer, double start, double end, int64_t now);

/* A call begins, or goes on after a hold: silence counts from here. */
void pace_restart(struct pace *pace, int64_t now);

/* Milliseconds of silence; -1: nobody tells times. */
int64_t pace_quiet(const struct pace *pace, int64_t now);

/* Whether two spoke at once just now. */
bool pace_both(const struct pace *pace, int64_t now);

#endif
