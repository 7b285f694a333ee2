/* What somebody in a call said, as a transcriber heard it: what `talktrack hear` makes of any
 * transcriber's output and what a coach takes over the link. Format: talktrack-link(5).
 *
 * An interim utterance is a guess that the next one of the same speaker replaces.
 */
#ifndef LINK_UTTERANCE_H
#define LINK_UTTERANCE_H

#include <stdbool.h>

struct buffer;

struct utterance {
	const char *speaker; /* "customer" or "agent", static */
	const char *text;    /* clean (text_clean), never empty */
	bool final;	     /* false: interim */
	double confidence;   /* 0 to 1; negative: not told */
	double start, end;   /* seconds on the transcriber's clock; negative: not told */
};

/* The speaker of that name, static; NULL when it is neither customer nor agent. */
const char *utterance_speaker(const char *name);

/* A confidence as told, or -1 when it is none: some programs tell a likelihood by that name. */
double utterance_confidence(double told);

/* Appends it as one line for the link, newline included. */
void utterance_write(const struct utterance *utterance, struct buffer *out);

#endif
