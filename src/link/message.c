#include "link/message.h"

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "link/flat.h"

static struct message wrong(const char *error, size_t place)
{
	return (struct message){.kind = MESSAGE_WRONG, .error = error, .place = place};
}

static bool is_control(char byte)
{
	return ((unsigned char)byte < 0x20 && byte != '\t') || byte == 0x7f;
}

static struct utterance plain_utterance(const char *text)
{
	return (struct utterance){.speaker = "customer",
				  .text = text,
				  .final = true,
				  .confidence = -1,
				  .start = -1,
				  .end = -1};
}

/* Cleaned, without blanks at its ends. */
static const char *tidy(struct arena *arena, const char *text, size_t length)
{
	char *clean = text_clean(arena, text, length);

	clean += strspn(clean, " ");
	length = strlen(clean);
	while (length > 0 && clean[length - 1] == ' ')
		length--;
	clean[length] = '\0';
	return clean;
}

static struct message read_plain(struct arena *arena, const char *line, size_t length)
{
	struct message message = {.kind = MESSAGE_HEARD};
	size_t bad;

	for (size_t i = 0; i < length; i++)
		if (is_control(line[i]))
			return wrong("a control character", i + 1);
	if (!text_valid(line, length, &bad))
		return wrong("this is not UTF-8", bad + 1);
	message.utterance = plain_utterance(tidy(arena, line, length));
	if (!*message.utterance.text)
		message.kind = MESSAGE_NOTHING;
	return message;
}

static struct message read_heard(struct arena *arena, const struct json *json)
{
	struct message message = {.kind = MESSAGE_HEARD};
	const struct json *speaker = json_member(json, "speaker"),
			  *final = json_member(json, "final");
	const char *text = json_text(json, "text"), *name = json_string(speaker);

	if (!text)
		return wrong("\"text\" must be a text", 0);
	message.utterance = plain_utterance(tidy(arena, text, strlen(text)));
	if (speaker) {
		message.utterance.speaker = name ? utterance_speaker(name) : NULL;
		if (!message.utterance.speaker)
			return wrong("\"speaker\" must be \"customer\" or \"agent\"", 0);
	}
	message.utterance.final = !final || json_true(json, "final");
	message.utterance.confidence = utterance_confidence(json_number(json, "confidence", -1));
	message.utterance.start = json_number(json, "start", -1);
	message.utterance.end = json_number(json, "end", -1);
	if (!*message.utterance.text)
		message.kind = MESSAGE_NOTHING;
	return message;
}

size_t message_arguments(enum action action)
{
	const char *usage = action_entry(action)->arguments;
	size_t count = *usage ? 1 : 0;

	/* a line may be named by its text, though no key does it */
	if (action == ACTION_SAY_LINE || action == ACTION_PASS_LINE)
		return 1;
	for (; *usage; usage++)
		count += *usage == ' ';
	return count;
}

static struct message read_action(struct arena *arena, const struct json *json)
{
	struct message message = {.kind = MESSAGE_DO};
	const struct json *list = json_member(json, "arguments");
	const char *name = json_text(json, "do");
	size_t count = 0, most;

	message.action = name ? action_find(name) : ACTION_NONE;
	if (message.action == ACTION_NONE)
		return wrong(name ? arena_format(arena, "no action \"%.60s\"",
						 text_clean(arena, name, strlen(name)))
				  : "\"do\" must name an action",
			     0);
	if (list && !json_is_array(list))
		return wrong("\"arguments\" must be a list of texts", 0);
	most = message_arguments(message.action);
	for (const struct json *item = json_first(list); item; item = json_next(item)) {
		const char *text = json_string(item);

		if (!text)
			return wrong("\"arguments\" must be a list of texts", 0);
		if (count == most)
			return wrong(arena_format(arena, "\"%s\" takes %s", name,
						  most == 0   ? "no argument"
						  : most == 1 ? "one argument"
							      : "two arguments"),
				     0);
		message.arguments[count++] = text_clean(arena, text, strlen(text));
	}
	return message;
}

static struct message read_object(struct arena *arena, const struct json *json)
{
	const char *asked = json_text(json, "ask");

	if (json_member(json, "do"))
		return read_action(arena, json);
	if (json_member(json, "ask") && (!asked || strcmp(asked, "state") != 0))
		return wrong("\"ask\" knows \"state\" alone", 0);
	if (asked)
		return (struct message){.kind = MESSAGE_ASK};
	if (json_member(json, "watch"))
		return (struct message){.kind = MESSAGE_WATCH, .watch = json_true(json, "watch")};
	if (json_member(json, "text"))
		return read_heard(arena, json);
	return wrong("an object needs \"text\", \"do\", \"ask\" or \"watch\"", 0);
}

/* What was heard, when the line is as plain as most are: without a tree. False: it is to be read
 * with one. */
static bool read_flat(struct arena *arena, const char *line, size_t length, struct message *message)
{
	static const char *const numbers[] = {"confidence", "start", "end"};
	struct flat_member members[FLAT_MEMBERS_MOST];
	size_t count = flat_read(line, length, members);
	const struct flat_member *text = flat_find(members, count, "text");
	const struct flat_member *speaker = flat_find(members, count, "speaker");
	const struct flat_member *final = flat_find(members, count, "final");
	double values[3];

	if (!text || text->kind != '"' || flat_find(members, count, "do") ||
	    flat_find(members, count, "ask") || flat_find(members, count, "watch"))
		return false;
	message->utterance = plain_utterance(tidy(arena, text->text, text->length));
	if (speaker && speaker->kind == '"' && speaker->length == 5 &&
	    memcmp(speaker->text, "agent", 5) == 0)
		message->utterance.speaker = "agent";
	else if (speaker && !(speaker->kind == '"' && speaker->length == 8 &&
			      memcmp(speaker->text, "customer", 8) == 0))
		return false;
	for (size_t i = 0; i < 3; i++) {
		const struct flat_member *number = flat_find(members, count, numbers[i]);

		values[i] = number && number->kind == '0' ? number->number : -1;
	}
	message->utterance.confidence = utterance_confidence(values[0]);
	message->utterance.start = values[1];
	message->utterance.end = values[2];
	message->utterance.final = !final || final->kind == 't';
	message->kind = *message->utterance.text ? MESSAGE_HEARD : MESSAGE_NOTHING;
	return true;
}

struct message message_read(struct arena *arena, const char *line, size_t length)
{
	struct message message = {0};
	struct json *json;
	size_t offset = 0;

	if (length > MESSAGE_BYTES)
		return wrong("the line is longer than 65536 bytes", MESSAGE_BYTES + 1);
	if (length > 0 && line[length - 1] == '\r')
		length--;
	while (offset < length && (line[offset] == ' ' || line[offset] == '\t'))
		offset++;
	if (offset == length || line[offset] != '{')
		return read_plain(arena, line, length);
	if (read_flat(arena, line, length, &message))
		return message;
	json = json_parse(line, length, &offset);
	if (!json)
		return wrong("this is not JSON", offset + 1);
	message = read_object(arena, json);
	json_free(json);
	return message;
}

void message_refuse(const char *error, size_t place, struct buffer *out)
{
	struct json_writer writer = {.out = out};

	json_open(&writer, NULL, '{');
	json_put_text(&writer, "error", error);
	if (place > 0)
		json_put_number(&writer, "place", (double)place);
	json_close(&writer, '}');
	buffer_text(out, "\n");
}
