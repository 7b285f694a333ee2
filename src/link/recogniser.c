#include "link/recogniser.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "link/transcript.h"

static struct utterance said(const char *text, bool final)
{
	return (struct utterance){
		.text = text, .final = final, .confidence = -1, .start = -1, .end = -1};
}

/* The mean of a number that the items of a list may have; -1: none has it. */
static double mean(const struct json *list, const char *name)
{
	double sum = 0;
	size_t count = 0;

	for (const struct json *item = json_first(list); item; item = json_next(item)) {
		double number = json_number(item, name, -1);

		sum += number >= 0 ? number : 0;
		count += number >= 0;
	}
	return count ? sum / (double)count : -1;
}

static const struct json *last(const struct json *list)
{
	const struct json *item = json_first(list), *found = NULL;

	for (; item; item = json_next(item))
		found = item;
	return found;
}

/* The digits at the end of "ch_1", or 0. */
static int channel_number(const char *label)
{
	const char *digits = label ? strrchr(label, '_') : NULL;

	return digits ? atoi(digits + 1) : 0;
}

/* Our own, and all that is no more than {"text":...}. */
static bool read_ours(const struct json *result, struct transcript *transcript)
{
	const char *text = json_text(result, "text"), *speaker = json_text(result, "speaker");
	const struct json *final = json_member(result, "final");
	struct utterance utterance = said(text, !final || json_true(result, "final"));

	if (!text || json_member(result, "result"))
		return false;
	utterance.confidence = json_number(result, "confidence", -1);
	utterance.start = json_number(result, "start", -1);
	utterance.end = json_number(result, "end", -1);
	speaker = speaker ? utterance_speaker(speaker) : NULL;
	transcript_tell(transcript, speaker && strcmp(speaker, transcript->speaker) != 0,
			utterance);
	return true;
}

static bool read_vosk(const struct json *result, struct transcript *transcript)
{
	const char *partial = json_text(result, "partial"), *text = json_text(result, "text");
	const struct json *best = json_first(json_member(result, "alternatives")), *words;
	struct utterance utterance;

	if (!text && json_text(best, "text")) {
		text = json_text(best, "text");
		result = best;
	}
	if (!text && !partial)
		return false;
	words = json_member(result, text ? "result" : "partial_result");
	utterance = said(text ? text : partial, text != NULL);
	utterance.confidence = mean(words, "conf");
	utterance.start = json_number(json_first(words), "start", -1);
	utterance.end = json_number(last(words), "end", -1);
	transcript_tell(transcript, 0, utterance);
	return true;
}

/* transcription: whisper.cpp, times in milliseconds; segments: OpenAI's, in seconds. */
static bool read_whisper(const struct json *result, struct transcript *transcript)
{
	const struct json *list = json_member(result, "transcription");
	bool ours = json_is_array(list);

	if (!ours)
		list = json_member(result, "segments");
	if (!json_is_array(list))
		return false;
	for (const struct json *item = json_first(list); item; item = json_next(item)) {
		const char *text = json_text(item, "text"), *speaker = json_text(item, "speaker");
		const struct json *times = ours ? json_member(item, "offsets") : item;
		struct utterance utterance = said(text, true);
		double start = json_number(times, ours ? "from" : "start", -1);
		double end = json_number(times, ours ? "to" : "end", -1);

		if (!text)
			continue;
		utterance.start = ours && start >= 0 ? start / 1000 : start;
		utterance.end = ours && end >= 0 ? end / 1000 : end;
		transcript_tell(transcript, speaker && strcmp(speaker, "1") == 0, utterance);
	}
	return true;
}

static void tell_deepgram(const struct json *channel, int number, struct utterance utterance,
			  struct transcript *transcript)
{
	const struct json *best = json_first(json_member(channel, "alternatives"));

	utterance.text = json_text(best, "transcript");
	utterance.confidence = json_number(best, "confidence", -1);
	if (utterance.text)
		transcript_tell(transcript, number, utterance);
}

static bool read_deepgram(const struct json *result, struct transcript *transcript)
{
	static const char *const others[] = {"Metadata", "SpeechStarted", "UtteranceEnd", "Error",
					     "Warning"};
	const struct json *channel = json_member(result, "channel");
	const struct json *channels = json_member(json_member(result, "results"), "channels");
	const char *type = json_text(result, "type");
	struct utterance utterance = said("", json_true(result, "is_final"));
	int number = 0;

	for (size_t i = 0; type && i < sizeof others / sizeof *others; i++)
		if (strcmp(type, others[i]) == 0)
			return true;
	if (json_is_array(json_member(channel, "alternatives"))) {
		double index = json_quantity(json_first(json_member(result, "channel_index")), 0);
		double length = json_number(result, "duration", -1);

		utterance.start = json_number(result, "start", -1);
		if (utterance.start >= 0 && length >= 0)
			utterance.end = utterance.start + length;
		tell_deepgram(channel, index >= 1, utterance, transcript);
		return true;
	}
	utterance.final = true;
	for (channel = json_first(channels); channel; channel = json_next(channel))
		tell_deepgram(channel, number++, utterance, transcript);
	return json_is_array(channels);
}

/* --- Amazon Transcribe --- */

static bool read_amazon_stream(const struct json *result, struct transcript *transcript)
{
	const struct json *event = json_member(result, "TranscriptEvent"), *list, *best;

	list = json_member(json_member(event ? event : result, "Transcript"), "Results");
	if (!json_is_array(list))
		return false;
	for (const struct json *item = json_first(list); item; item = json_next(item)) {
		const char *text;
		struct utterance utterance;

		best = json_first(json_member(item, "Alternatives"));
		text = json_text(best, "Transcript");
		if (!text)
			continue;
		utterance = said(text, !json_true(item, "IsPartial"));
		utterance.confidence = mean(json_member(best, "Items"), "Confidence");
		utterance.start = json_number(item, "StartTime", -1);
		utterance.end = json_number(item, "EndTime", -1);
		transcript_tell(transcript, channel_number(json_text(item, "ChannelId")),
				utterance);
	}
	return true;
}

static void tell_sentence(struct transcript *transcript, int channel, struct buffer *text,
			  const char *start, const char *end)
{
	struct utterance utterance = said(text->text, true);

	if (text->length == 0)
		return;
	utterance.start = start ? strtod(start, NULL) : -1;
	utterance.end = end ? strtod(end, NULL) : -1;
	transcript_tell(transcript, channel, utterance);
	buffer_clear(text);
}

/* A channel's words, an utterance a sentence. */
static void tell_channel(const struct json *channel, struct transcript *transcript)
{
	int number = channel_number(json_text(channel, "channel_label"));
	const char *start = NULL, *end = NULL;
	struct buffer text = {0};

	for (const struct json *item = json_first(json_member(channel, "items")); item;
	     item = json_next(item)) {
		const char *word =
			json_text(json_first(json_member(item, "alternatives")), "content");
		const char *type = json_text(item, "type");
		bool mark = type && strcmp(type, "punctuation") == 0;

		if (!word)
			continue;
		buffer_text(&text, text.length > 0 && !mark ? " " : "");
		start = text.length == 0 ? json_text(item, "start_time") : start;
		end = mark ? end : json_text(item, "end_time");
		buffer_text(&text, word);
		if (mark && strcmp(word, ",") != 0)
			tell_sentence(transcript, number, &text, start, end);
	}
	tell_sentence(transcript, number, &text, start, end);
	buffer_free(&text);
}

static bool read_amazon_batch(const struct json *result, struct transcript *transcript)
{
	const struct json *results = json_member(result, "results");
	const struct json *list = json_member(results, "transcripts");
	const struct json *channels =
		json_member(json_member(results, "channel_labels"), "channels");

	if (!json_is_array(list))
		return false;
	for (const struct json *item = json_first(channels); item; item = json_next(item))
		tell_channel(item, transcript);
	for (const struct json *item = json_first(list); item && !channels; item = json_next(item))
		if (json_text(item, "transcript"))
			transcript_tell(transcript, 0, said(json_text(item, "transcript"), true));
	return true;
}

static bool read_pocketsphinx(const struct json *result, struct transcript *transcript)
{
	const char *text = json_text(result, "t");
	double start = json_number(result, "b", -1), length = json_number(result, "d", -1);
	struct utterance utterance = said(text, true);

	if (!text || start < 0 || length < 0)
		return false;
	utterance.start = start;
	utterance.end = start + length;
	utterance.confidence = json_number(result, "p", -1);
	transcript_tell(transcript, 0, utterance);
	return true;
}

bool recogniser_read(const struct json *result, struct transcript *transcript)
{
	static bool (*const shapes[])(const struct json *, struct transcript *) = {
		read_whisper,	    read_ours,	       read_vosk,	  read_deepgram,
		read_amazon_stream, read_amazon_batch, read_pocketsphinx,
	};

	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (shapes[i](result, transcript))
			return true;
	return false;
}
