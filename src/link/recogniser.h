/* The shapes in which speech recognisers write their results, as JSON.
 *
 * Ours (talktrack-link(5)); Vosk's (vosk_api.h, recognizer.cc: partial, text with result,
 * alternatives); whisper.cpp's (--output-json) and OpenAI Whisper's (segments); Deepgram's
 * (developers.deepgram.com, Results of the streaming and the prerecorded endpoint); Amazon
 * Transcribe's (API reference, TranscriptEvent; batch output with and without channel_labels);
 * pocketsphinx' (b d p t w).
 */
#ifndef LINK_RECOGNISER_H
#define LINK_RECOGNISER_H

#include <stdbool.h>

struct json;
struct transcript;

/* Tells (transcript_tell) every utterance of a result. False: it is none of these shapes. */
bool recogniser_read(const struct json *result, struct transcript *transcript);

#endif
