#include "link/transcript.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "link/clutter.h"
#include "link/recogniser.h"

#define ESCAPE '\033'

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Without blanks at its ends, nor the mark of whisper.cpp that another speaker goes on. */
static const char *tidy(struct arena *arena, const char *text)
{
	static const char turn[] = "[SPEAKER_TURN]";
	char *clean = text_clean(arena, text, strlen(text));
	size_t length;

	clean += strspn(clean, " ");
	length = strlen(clean);
	for (;;) {
		while (length > 0 && clean[length - 1] == ' ')
			length--;
		if (length < sizeof turn - 1 ||
		    memcmp(clean + length - (sizeof turn - 1), turn, sizeof turn - 1) != 0)
			break;
		length -= sizeof turn - 1;
	}
	clean[length] = '\0';
	return clean;
}

static const char *other(const char *speaker)
{
	return strcmp(speaker, "customer") == 0 ? "agent" : "customer";
}

/* Where a text that is too long for one utterance is cut: behind a blank, else between clusters. */
static size_t part(const char *text, size_t length)
{
	size_t end = length;

	if (length <= TRANSCRIPT_TEXT_BYTES)
		return length;
	for (end = TRANSCRIPT_TEXT_BYTES; end > 0 && text[end - 1] != ' ';)
		end--;
	return end > 0 ? end : text_previous(text, length, TRANSCRIPT_TEXT_BYTES + 1);
}

static void tell_parts(struct transcript *transcript, struct utterance utterance)
{
	const char *rest = utterance.text;
	size_t length = strlen(rest), size;

	for (; length > 0; rest += size, length -= size) {
		size = part(rest, length);
		if (size < length)
			utterance.text = arena_copy(&transcript->arena, rest, size);
		else
			utterance.text = rest;
		transcript->heard(transcript->context, &utterance);
	}
}

void transcript_tell(struct transcript *transcript, int channel, struct utterance utterance)
{
	const char *last = transcript->interim.text;

	utterance.text = tidy(&transcript->arena, utterance.text);
	if (!*utterance.text ||
	    (transcript->format != TRANSCRIPT_PLAIN && clutter_is_noise(utterance.text)))
		return;
	utterance.speaker = channel == 0 ? transcript->speaker : other(transcript->speaker);
	utterance.confidence = utterance_confidence(utterance.confidence);
	if (!utterance.final && last && strcmp(last, utterance.text) == 0)
		return;
	buffer_clear(&transcript->interim);
	if (!utterance.final)
		buffer_text(&transcript->interim, utterance.text);
	tell_parts(transcript, utterance);
}

/* --- Lines --- */

/* Behind the control sequence whose escape is at *at (ECMA-48); whether it is ESC [2K, which clears
 * the line. */
static bool pass_sequence(const char *line, size_t length, size_t *at)
{
	size_t from = *at + 2, i = from;
	char kind = *at + 1 < length ? line[*at + 1] : '\0';

	if (kind == '[')
		while (i < length && (line[i] < '@' || line[i] > '~'))
			i++;
	else if (kind && strchr("]P^_X", kind)) /* a string, up to BEL or ESC \ */
		while (i < length && line[i] != '\a' && !(line[i - 1] == ESCAPE && line[i] == '\\'))
			i++;
	else
		i--;
	*at = i + 1;
	return kind == '[' && i == from + 1 && i < length && line[from] == '2' && line[i] == 'K';
}

/* What a terminal would show of a line at its end: without control sequences, and from the last
 * time that it was begun anew. In the arena. */
static char *shown(struct arena *arena, const char *line, size_t length, bool *rewritten)
{
	char *text = arena_alloc(arena, length + 1);
	size_t end = 0;

	for (size_t i = 0; i < length;) {
		bool anew = line[i] == '\r';

		if (line[i] == ESCAPE)
			anew = pass_sequence(line, length, &i);
		else
			text[end++] = line[i++];
		end = anew ? 0 : end;
		*rewritten = *rewritten || anew;
	}
	text[end] = '\0';
	return text;
}

/* Seconds of "HH:MM:SS.mmm" or "MM:SS.mmm"; -1: it is no time. */
static double clock_seconds(const char *text, size_t length)
{
	double whole = 0, part = 0, scale = 1;
	bool fraction = false;

	for (size_t i = 0; i < length; i++) {
		if (text[i] >= '0' && text[i] <= '9') {
			part = part * 10 + (text[i] - '0');
			scale *= fraction ? 10 : 1;
		} else if (text[i] == ':' && !fraction) {
			whole = (whole + part) * 60;
			part = 0;
		} else if ((text[i] == '.' || text[i] == ',') && !fraction) {
			fraction = true;
			whole += part;
			part = 0;
		} else {
			return -1;
		}
	}
	return length == 0 ? -1 : whole + part / scale;
}

/* "[00:00:00.000 --> 00:00:04.000]  (speaker 1) words": whisper.cpp's. Returns where the words
 * begin. */
static const char *read_stamp(const char *text, struct utterance *utterance, int *channel)
{
	const char *arrow = text[0] == '[' ? strstr(text, " --> ") : NULL;
	const char *close = arrow ? strchr(arrow, ']') : NULL;
	double start, end;

	if (!close)
		return text;
	start = clock_seconds(text + 1, (size_t)(arrow - text - 1));
	end = clock_seconds(arrow + 5, (size_t)(close - arrow - 5));
	if (start < 0 || end < 0)
		return text;
	utterance->start = start;
	utterance->end = end;
	text = close + 1 + strspn(close + 1, " ");
	if (strncmp(text, "(speaker ", 9) == 0 && text[9] && text[10] == ')') {
		*channel = text[9] == '1';
		text += 11;
	}
	return text;
}

static void tell_line(struct transcript *transcript, bool final)
{
	struct utterance utterance = {.final = final, .confidence = -1, .start = -1, .end = -1};
	struct buffer *piece = &transcript->piece;
	size_t length = piece->length;
	int channel = 0;

	while (final && length > 0 && piece->text[length - 1] == '\r')
		length--;
	/* a NUL is cleaned away like other controls, and ends nothing */
	for (size_t i = 0; i < length; i++)
		if (!piece->text[i])
			piece->text[i] = '\x7f';
	if (transcript->format == TRANSCRIPT_PLAIN) {
		utterance.text =
			arena_copy(&transcript->arena, piece->text ? piece->text : "", length);
	} else {
		utterance.text = shown(&transcript->arena, piece->text ? piece->text : "", length,
				       &transcript->rewritten);
		utterance.text += strspn(utterance.text, " \t");
		utterance.text = clutter_behind_number(utterance.text);
		if (clutter_is_notice(utterance.text) || clutter_is_timed_word(utterance.text))
			return;
		utterance.text = read_stamp(utterance.text, &utterance, &channel);
	}
	if (transcript->format == TRANSCRIPT_JSON)
		transcript->passed_over += *utterance.text != '\0';
	else if (final || transcript->rewritten)
		transcript_tell(transcript, channel, utterance);
}

/* --- Pieces --- */

static void begin(struct transcript *transcript)
{
	buffer_clear(&transcript->piece);
	arena_reset(&transcript->arena);
	transcript->in_object = transcript->in_string = transcript->escaped = false;
	transcript->rewritten = false;
	transcript->depth = 0;
	transcript->before = '\0';
}

static void end_line(struct transcript *transcript)
{
	if (!transcript->skipping)
		tell_line(transcript, true);
	transcript->skipping = false;
	begin(transcript);
}

static void end_object(struct transcript *transcript)
{
	struct json *json = json_parse(transcript->piece.text, transcript->piece.length, NULL);

	if (!json || !recogniser_read(json, transcript))
		transcript->passed_over++;
	json_free(json);
	begin(transcript);
}

static void give_up(struct transcript *transcript)
{
	transcript->passed_over++;
	begin(transcript);
}

/* Behind { must come a name; else it was a line of words. */
static bool is_words(const struct transcript *transcript, char byte)
{
	return transcript->depth == 1 && transcript->before == '{' && byte != '"' && byte != '}';
}

/* A byte inside an object and outside of its strings. */
static void take_outside(struct transcript *transcript, char byte)
{
	if (is_blank(byte))
		return;
	if (is_words(transcript, byte)) {
		transcript->in_object = false;
		return;
	}
	/* where no value can begin another object does: this one was torn */
	if (byte == '{' && !strchr("[,:", transcript->before)) {
		give_up(transcript);
		buffer_add(&transcript->piece, "{", 1);
		transcript->in_object = true;
	}
	transcript->before = byte;
	transcript->in_string = byte == '"';
	transcript->depth += (byte == '{' || byte == '[') - (byte == '}' || byte == ']');
	if (transcript->depth <= 0)
		end_object(transcript);
}

static void take_inside(struct transcript *transcript, char byte)
{
	if (byte == '\n') {
		give_up(transcript);
		return;
	}
	if (!transcript->escaped && byte == '"')
		transcript->in_string = false;
	transcript->escaped = !transcript->escaped && byte == '\\';
}

/* The first byte of a piece says what it is. */
static void take_first(struct transcript *transcript, char byte)
{
	if (is_blank(byte) && byte != '\r')
		return;
	buffer_add(&transcript->piece, &byte, 1);
	if (byte == '{' && transcript->format != TRANSCRIPT_PLAIN) {
		transcript->in_object = true;
		transcript->depth = 1;
		transcript->before = '{';
	}
}

/* A line that is being rewritten is told as it stands; what it showed before is let go. */
static void tell_rewritten(struct transcript *transcript)
{
	struct buffer *piece = &transcript->piece;
	const char *text = piece->text;
	size_t begin_at = piece->length;

	if (transcript->format != TRANSCRIPT_AUTO || transcript->in_object || transcript->skipping)
		return;
	/* a carriage return at the very end may belong to the newline to come */
	while (begin_at > 0 && text[begin_at - 1] == '\r')
		begin_at--;
	while (begin_at > 0 && text[begin_at - 1] != '\r')
		begin_at--;
	if (begin_at > 0) {
		memmove(piece->text, piece->text + begin_at, piece->length - begin_at + 1);
		piece->length -= begin_at;
		transcript->rewritten = true;
	}
	if (transcript->rewritten && piece->length > 0) {
		tell_line(transcript, false);
		arena_reset(&transcript->arena);
	}
}

/* Takes what there is of a line, its newline included; returns how many bytes. */
static size_t feed_line(struct transcript *transcript, const char *bytes, size_t length)
{
	const char *newline = memchr(bytes, '\n', length);
	size_t rest = newline ? (size_t)(newline - bytes) : length;

	if (rest > 0 && transcript->piece.length == 0 && !transcript->skipping) {
		take_first(transcript, *bytes);
		return 1;
	}
	/* the bracket before a list of objects */
	if (*bytes == '{' && transcript->piece.length == 1 && transcript->piece.text[0] == '[' &&
	    transcript->format != TRANSCRIPT_PLAIN) {
		begin(transcript);
		return 0;
	}
	if (!transcript->skipping)
		buffer_add(&transcript->piece, bytes, rest);
	if (!transcript->skipping && transcript->piece.length > TRANSCRIPT_LINE_BYTES) {
		tell_rewritten(transcript);
		if (transcript->piece.length > TRANSCRIPT_LINE_BYTES) {
			give_up(transcript);
			transcript->skipping = true;
		}
	}
	if (newline)
		end_line(transcript);
	return newline ? rest + 1 : rest;
}

static void feed_object(struct transcript *transcript, char byte)
{
	buffer_add(&transcript->piece, &byte, 1);
	if (transcript->in_string)
		take_inside(transcript, byte);
	else
		take_outside(transcript, byte);
	if (transcript->piece.length > TRANSCRIPT_BYTES) {
		give_up(transcript);
		transcript->skipping = true;
	}
}

void transcript_feed(struct transcript *transcript, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length;) {
		if (transcript->in_object)
			feed_object(transcript, bytes[i++]);
		else
			i += feed_line(transcript, bytes + i, length - i);
	}
	tell_rewritten(transcript);
}

void transcript_end(struct transcript *transcript)
{
	if (transcript->in_object)
		give_up(transcript);
	else if (transcript->piece.length > 0)
		end_line(transcript);
	buffer_free(&transcript->piece);
	buffer_free(&transcript->interim);
	arena_free(&transcript->arena);
}
