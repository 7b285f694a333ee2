/* A line from a program that means harm, and a transcriber's output gone mad. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "link/message.h"
#include "link/transcript.h"

#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	setlocale(LC_CTYPE, "C.UTF-8");
	return 0;
}

static void is_clean(const char *text)
{
	assert(text_valid(text, strlen(text), NULL));
	for (; *text; text++)
		assert((unsigned char)*text >= 0x20 && *text != 0x7f);
}

/* What is told can be sent, and comes back the same. */
static void take(void *context, const struct utterance *utterance)
{
	struct arena arena = {0};
	struct buffer line = {0};
	struct message message;

	(void)context;
	is_clean(utterance->text);
	assert(*utterance->text && strlen(utterance->text) <= TRANSCRIPT_TEXT_BYTES);
	utterance_write(utterance, &line);
	assert(strchr(line.text, '\n') == line.text + line.length - 1);
	message = message_read(&arena, line.text, line.length - 1);
	assert(message.kind == MESSAGE_HEARD);
	assert(message.utterance.final == utterance->final);
	assert(strcmp(message.utterance.speaker, utterance->speaker) == 0);
	buffer_free(&line);
	arena_free(&arena);
}

static void read_line(const char *line, size_t length)
{
	struct arena arena = {0};
	struct message message = message_read(&arena, line, length);

	if (message.kind == MESSAGE_HEARD)
		is_clean(message.utterance.text);
	for (size_t i = 0; i < 2 && message.kind == MESSAGE_DO && message.arguments[i]; i++)
		is_clean(message.arguments[i]);
	if (message.kind == MESSAGE_WRONG) {
		assert(message.error && message.place <= length + 1);
		is_clean(message.error);
	}
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct transcript transcript = {.speaker = "customer", .heard = take};
	size_t chunk;

	read_line(text, size);
	if (size < 2)
		return 0;
	transcript.format = (enum transcript_format)(data[0] % 3);
	chunk = data[1] % 32 + 1u;
	for (size_t at = 2; at < size; at += chunk)
		transcript_feed(&transcript, text + at, chunk < size - at ? chunk : size - at);
	transcript_end(&transcript);
	return 0;
}
