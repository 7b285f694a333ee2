/* What a transcriber prints, a chunk at a time, turned into utterances.
 *
 * Lines of plain text; JSON objects, one a line or spread over many; and by themselves the results
 * of Vosk, whisper.cpp, Deepgram, Amazon Transcribe and pocketsphinx, see recogniser.h. A line
 * that is rewritten in place (carriage return, ESC [2K) tells interim utterances. Notices and
 * noises, such as [BLANK_AUDIO], are passed over. What is broken is counted and passed over, and
 * reading goes on behind it.
 */
#ifndef LINK_TRANSCRIPT_H
#define LINK_TRANSCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "link/utterance.h"

#define TRANSCRIPT_BYTES (16 * 1024 * 1024) /* of one object: an hour of whisper.cpp's has 2 MB */
#define TRANSCRIPT_LINE_BYTES 65536	    /* of a line of words */
#define TRANSCRIPT_TEXT_BYTES 8192	    /* of an utterance: longer ones are told in parts */

enum transcript_format {
	TRANSCRIPT_AUTO,
	TRANSCRIPT_PLAIN, /* every line is somebody's words, as it stands */
	TRANSCRIPT_JSON,  /* objects alone */
};

struct transcript {
	/* set by the owner; all else is 0 at first */
	enum transcript_format format;
	const char *speaker; /* on channel 0, or the only one; channel 1 is the other's */
	void (*heard)(void *context,
		      const struct utterance *utterance); /* lives for the call alone */
	void *context;

	size_t passed_over; /* broken or unknown pieces so far */

	/* its own */
	struct arena arena;    /* of the piece at hand */
	struct buffer piece;   /* a line or object that has begun */
	struct buffer interim; /* the last interim text, not to be told twice */
	bool in_object, in_string, escaped, skipping, rewritten;
	int depth;
	char before; /* the last byte of the object that is no blank */
};

/* Takes a chunk, however it was cut. */
void transcript_feed(struct transcript *transcript, const char *bytes, size_t length);

/* The output has ended: what has begun counts, too. Frees everything. */
void transcript_end(struct transcript *transcript);

/* For recogniser.c: tells an utterance, tidied, unless it is empty, a noise, or an interim one told
 * just before. channel 0 is speaker's, the others are the other one's. */
void transcript_tell(struct transcript *transcript, int channel, struct utterance utterance);

#endif
