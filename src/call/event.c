#include "call/event.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"

/* In the order in which they are written. */
enum field {
	PLAYBOOK = 1 << 0,
	LANGUAGE = 1 << 1,
	VERSION = 1 << 2,
	STEP = 1 << 3,
	SITUATION = 1 << 4,
	SLOT = 1 << 5,
	SPEAKER = 1 << 6,
	MOOD = 1 << 7,
	PROMISE = 1 << 8,
	TEXT = 1 << 9,
	DUE = 1 << 10,
	ZONE = 1 << 11,
	UNDOES = 1 << 12,
	DISPOSITION = 1 << 13,
};

static const struct {
	const char *name;
	const char *missing;
	size_t offset; /* in struct event */
	enum field field;
	bool time; /* an int64_t, else a text */
} fields[] = {
#define FIELD(field, name, time)                                                                   \
#name, "\"" #name "\" is missing", offsetof(struct event, name), field, time
	{FIELD(PLAYBOOK, playbook, false)},
	{FIELD(LANGUAGE, language, false)},
	{FIELD(VERSION, version, false)},
	{FIELD(STEP, step, false)},
	{FIELD(SITUATION, situation, false)},
	{FIELD(SLOT, slot, false)},
	{FIELD(SPEAKER, speaker, false)},
	{FIELD(MOOD, mood, false)},
	{FIELD(PROMISE, promise, false)},
	{FIELD(TEXT, text, false)},
	{FIELD(DUE, due, true)},
	{FIELD(ZONE, zone, false)},
	{FIELD(UNDOES, undoes, true)},
	{FIELD(DISPOSITION, disposition, false)},
#undef FIELD
};

#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

static const struct {
	int needed, optional; /* fields */
} kinds[EVENT_COUNT] = {
	[EVENT_CALL_STARTED] = {0, PLAYBOOK | LANGUAGE | VERSION},
	[EVENT_SITUATION_OPENED] = {PLAYBOOK | SITUATION, 0},
	[EVENT_STEP_OPENED] = {STEP, 0},
	[EVENT_SLOT_FILLED] = {SLOT | TEXT, 0},
	[EVENT_LANGUAGE_SWITCHED] = {LANGUAGE, 0},
	[EVENT_HEARD] = {SPEAKER | TEXT, 0},
	[EVENT_LINE_SAID] = {STEP | TEXT, SITUATION | VERSION},
	[EVENT_LINE_PASSED] = {STEP | TEXT, SITUATION | VERSION},
	[EVENT_STEP_DONE] = {STEP, 0},
	[EVENT_MOOD_MARKED] = {MOOD, 0},
	[EVENT_PROMISE_MADE] = {PROMISE | TEXT, DUE | ZONE},
	[EVENT_PROMISE_KEPT] = {PROMISE, TEXT},
	[EVENT_PROMISE_BROKEN] = {PROMISE, 0},
	[EVENT_NOTE_ADDED] = {TEXT, 0},
	[EVENT_CALL_HELD] = {0, 0},
	[EVENT_CALL_RESUMED] = {0, 0},
	[EVENT_UNDONE] = {UNDOES, 0},
	[EVENT_CALL_ENDED] = {DISPOSITION, 0},
};

static const char *const names[EVENT_COUNT] = {
#define EVENT_NAME_TEXT(identifier, name) [EVENT_##identifier] = (name),
	EVENT_LIST(EVENT_NAME_TEXT)
#undef EVENT_NAME_TEXT
};

static const char *text_of(const struct event *event, size_t field)
{
	const char *text;
	memcpy(&text, (const char *)event + fields[field].offset, sizeof(text));
	return text;
}

static int64_t time_of(const struct event *event, size_t field)
{
	int64_t time;
	memcpy(&time, (const char *)event + fields[field].offset, sizeof(time));
	return time;
}

static void set_text(struct event *event, size_t field, const char *text)
{
	memcpy((char *)event + fields[field].offset, &text, sizeof(text));
}

static void set_time(struct event *event, size_t field, int64_t time)
{
	memcpy((char *)event + fields[field].offset, &time, sizeof(time));
}

const char *event_name(enum event_kind kind)
{
	assert(kind < EVENT_COUNT);
	return names[kind];
}

bool event_can_be_undone(enum event_kind kind)
{
	return kind != EVENT_CALL_STARTED && kind != EVENT_LANGUAGE_SWITCHED && kind != EVENT_CALL_ENDED && kind != EVENT_UNDONE &&
	       kind != EVENT_HEARD;
}

struct event event_copy(struct arena *arena, const struct event *event)
{
	struct event copy = *event;
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (!fields[i].time)
			set_text(&copy, i, arena_string(arena, text_of(event, i)));
	}
	return copy;
}

void event_write(const struct event *event, struct buffer *out)
{
	assert(event->kind < EVENT_COUNT);
	int used = kinds[event->kind].needed | kinds[event->kind].optional;
	struct json_writer writer = {.out = out};
	json_open(&writer, NULL, '{');
	json_put_number(&writer, "t", (double)event->t);
	json_put_text(&writer, "call", event->call);
	json_put_text(&writer, "event", names[event->kind]);
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if ((used & (int)fields[i].field) == 0)
			continue;
		if (fields[i].time && time_of(event, i) != 0)
			json_put_number(&writer, fields[i].name, (double)time_of(event, i));
		else if (!fields[i].time && text_of(event, i) != NULL)
			json_put_text(&writer, fields[i].name, text_of(event, i));
	}
	json_close(&writer, '}');
	buffer_text(out, "\n");
}

/* Whole, after 1970 and held exactly by a double; 0: it is not. */
static int64_t read_time(const struct json *line, const char *name)
{
	double number = json_number(line, name, 0);
	if (!(number >= 1 && number <= 9007199254740992.0))
		return 0;
	int64_t time = (int64_t)number;
	return (double)time == number ? time : 0;
}

/* A UUID in its usual form (RFC 9562, section 4), in lower case as we write it. */
static bool read_call(const char *text, char id[EVENT_CALL_BYTES])
{
	if (text == NULL || strlen(text) != EVENT_CALL_BYTES - 1)
		return false;
	for (size_t i = 0; i < EVENT_CALL_BYTES - 1; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? text[i] != '-' : strchr("0123456789abcdef", text[i]) == NULL)
			return false;
	}
	memcpy(id, text, EVENT_CALL_BYTES);
	return true;
}

static const char *read_fields(const struct json *line, struct arena *arena, struct event *event)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		int field = (int)fields[i].field;
		bool needed = (kinds[event->kind].needed & field) != 0;
		if (!needed && (kinds[event->kind].optional & field) == 0)
			continue;
		const char *text = fields[i].time ? NULL : json_text(line, fields[i].name);
		int64_t time = fields[i].time ? read_time(line, fields[i].name) : 0;
		if (text != NULL)
			set_text(event, i, text_clean(arena, text, strlen(text)));
		else if (time != 0)
			set_time(event, i, time);
		else if (needed)
			return fields[i].missing;
	}
	return NULL;
}

static const char *read_event(const struct json *line, struct arena *arena, struct event *event)
{
	*event = (struct event){0};
	if (!json_is_object(line))
		return "not a JSON object";
	event->t = read_time(line, "t");
	if (event->t == 0)
		return "\"t\" is not a time in milliseconds";
	if (!read_call(json_text(line, "call"), event->call))
		return "\"call\" is not a call's id";
	const char *name = json_text(line, "event");
	size_t kind = 0;
	while (kind < EVENT_COUNT && (name == NULL || strcmp(names[kind], name) != 0))
		kind++;
	if (kind == EVENT_COUNT)
		return "\"event\" is not an event of talktrack";
	event->kind = (enum event_kind)kind;
	return read_fields(line, arena, event);
}

bool event_read(const struct json *line, struct arena *arena, struct event *event, const char **why)
{
	const char *wrong = read_event(line, arena, event);
	if (why != NULL)
		*why = wrong;
	return wrong == NULL;
}

void event_call_id(char id[EVENT_CALL_BYTES], int64_t ms, const unsigned char random[10])
{
	unsigned char bytes[16];
	for (int i = 0; i < 6; i++)
		bytes[i] = (unsigned char)((uint64_t)ms >> (8 * (5 - i)));
	memcpy(bytes + 6, random, 10);
	bytes[6] = (unsigned char)(0x70 | (bytes[6] & 0x0f)); /* version 7 */
	bytes[8] = (unsigned char)(0x80 | (bytes[8] & 0x3f)); /* variant 10 */
	char *out = id;
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*out++ = '-';
		*out++ = "0123456789abcdef"[bytes[i] >> 4];
		*out++ = "0123456789abcdef"[bytes[i] & 15];
	}
	*out = '\0';
}
