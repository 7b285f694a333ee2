#include "call/event.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "call/id.h"

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
	AGENT = 1 << 14,
};

static const struct {
	const char *name;
	size_t offset; /* in struct event */
	enum field field;
	bool time; /* an int64_t, else a text */
} fields[] = {
#define FIELD(field, name, time) #name, offsetof(struct event, name), field, time
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
	{FIELD(AGENT, agent, false)},
#undef FIELD
};

#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

static const struct {
	int needed, optional; /* fields */
} kinds[EVENT_COUNT] = {
	[EVENT_CALL_STARTED] = {0, PLAYBOOK | LANGUAGE | VERSION | AGENT},
	[EVENT_SITUATION_OPENED] = {PLAYBOOK | SITUATION, 0},
	[EVENT_STEP_OPENED] = {STEP, 0},
	[EVENT_SLOT_FILLED] = {SLOT | TEXT, 0},
	[EVENT_LANGUAGE_SWITCHED] = {LANGUAGE, 0},
	[EVENT_HEARD] = {SPEAKER | TEXT, 0},
	[EVENT_LINE_SAID] = {STEP | TEXT, SITUATION | VERSION | SPEAKER},
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
	return kind != EVENT_CALL_STARTED && kind != EVENT_LANGUAGE_SWITCHED &&
	       kind != EVENT_CALL_ENDED && kind != EVENT_UNDONE && kind != EVENT_HEARD;
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

static bool read_call(const char *text, char id[EVENT_CALL_BYTES])
{
	if (text == NULL || strlen(text) != EVENT_CALL_BYTES - 1 || !id_is(text))
		return false;
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
			return arena_format(arena, _("\"%s\" is missing"), fields[i].name);
	}
	return NULL;
}

static const char *read_event(const struct json *line, struct arena *arena, struct event *event)
{
	*event = (struct event){0};
	if (!json_is_object(line))
		return _("not a JSON object");
	event->t = read_time(line, "t");
	if (event->t == 0)
		return _("\"t\" is not a time in milliseconds");
	if (!read_call(json_text(line, "call"), event->call))
		return _("\"call\" is not a call's id");
	const char *name = json_text(line, "event");
	size_t kind = 0;
	while (kind < EVENT_COUNT && (name == NULL || strcmp(names[kind], name) != 0))
		kind++;
	if (kind == EVENT_COUNT)
		return _("\"event\" is not an event of talktrack");
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

/* What is left to read of a line, and where it ends. */
struct cursor {
	char *at;
	const char *end;
};

/* A string of a line, between its quotes. */
struct piece {
	char *text;
	size_t length;
	bool ascii;   /* and nothing but what is printed */
	bool escaped; /* has backslashes, each before a quote or a backslash */
};

#define PIECES_MOST 5 /* more texts than any event has */

static bool pass(struct cursor *cursor, const char *text, size_t length)
{
	if ((size_t)(cursor->end - cursor->at) < length || memcmp(cursor->at, text, length) != 0)
		return false;
	cursor->at += length;
	return true;
}

/* Whether one of eight bytes is below 0x20, a quote, a backslash or DEL; bytes above 0x7f may be
 * taken for such. Source: Bit Twiddling Hacks (S. Anderson), "Determine if a word has a byte ...".
 */
static bool has_special(uint64_t bytes)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t quote = bytes ^ ones * '"', slash = bytes ^ ones * '\\',
		 rubout = bytes ^ ones * 0x7f;
	uint64_t found = (bytes - ones * 0x20) | (quote - ones) | (slash - ones) | (rubout - ones);
	return ((found | bytes) & tops) != 0;
}

/* A string, the opening quote passed. */
static bool pass_string(struct cursor *cursor, struct piece *piece)
{
	char *at = cursor->at;
	unsigned char all = 0;
	bool escaped = false;
	for (uint64_t eight; cursor->end - at >= (ptrdiff_t)sizeof(eight); at += sizeof(eight)) {
		memcpy(&eight, at, sizeof(eight));
		if (has_special(eight))
			break;
	}
	for (; at < cursor->end && *at != '"'; at++) {
		unsigned char byte = (unsigned char)*at;
		if (byte == '\\') {
			escaped = true;
			at++;
			if (at == cursor->end || (*at != '"' && *at != '\\'))
				return false;
		}
		if (byte < 0x20 || byte == 0x7f)
			return false;
		all |= byte;
	}
	if (at == cursor->end)
		return false;
	*piece = (struct piece){cursor->at, (size_t)(at - cursor->at), all < 0x80, escaped};
	cursor->at = at + 1;
	return piece->ascii || text_valid(piece->text, piece->length, NULL);
}

/* A whole number as we write it, up to 2^53. */
static bool pass_time(struct cursor *cursor, int64_t *time)
{
	const char *start = cursor->at;
	int64_t number = 0;
	while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9' &&
	       cursor->at - start < 16)
		number = number * 10 + (*cursor->at++ - '0');
	*time = number;
	return cursor->at > start && *start != '0' && number <= INT64_C(9007199254740992);
}

static const size_t lengths[EVENT_COUNT] = {
#define EVENT_NAME_LENGTH(identifier, name) [EVENT_##identifier] = sizeof(name) - 1,
	EVENT_LIST(EVENT_NAME_LENGTH)
#undef EVENT_NAME_LENGTH
};

static bool pass_kind(struct cursor *cursor, enum event_kind *kind)
{
	struct piece piece;
	if (!pass_string(cursor, &piece))
		return false;
	for (size_t i = 0; i < EVENT_COUNT; i++) {
		if (lengths[i] != piece.length || memcmp(names[i], piece.text, piece.length) != 0)
			continue;
		*kind = (enum event_kind)i;
		return true;
	}
	return false;
}

/* The next field's name, if it is this one. */
static bool pass_name(struct cursor *cursor, const char *name)
{
	struct cursor ahead = *cursor;
	if (!pass(&ahead, ",\"", 2) || !pass(&ahead, name, strlen(name)) || !pass(&ahead, "\":", 2))
		return false;
	*cursor = ahead;
	return true;
}

/* The fields of the event's kind, in our order. The texts are left in pieces, with the numbers of
 * their fields. */
static bool pass_fields(struct cursor *cursor, struct event *event, struct piece *pieces,
			size_t *numbers, size_t *count)
{
	*count = 0;
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		int field = (int)fields[i].field;
		bool needed = (kinds[event->kind].needed & field) != 0;
		if (!needed && (kinds[event->kind].optional & field) == 0)
			continue;
		if (!pass_name(cursor, fields[i].name)) {
			if (needed)
				return false;
		} else if (fields[i].time) {
			int64_t time;
			if (!pass_time(cursor, &time))
				return false;
			set_time(event, i, time);
		} else {
			assert(*count < PIECES_MOST);
			if (!pass(cursor, "\"", 1) || !pass_string(cursor, &pieces[*count]))
				return false;
			numbers[(*count)++] = i;
		}
	}
	return pass(cursor, "}", 1) && cursor->at == cursor->end;
}

/* What a piece means, as a clean C string: in the line where it can be, else in the arena. */
static const char *piece_text(struct piece piece, struct arena *arena)
{
	if (piece.escaped) {
		char *copy = arena_copy(arena, piece.text, piece.length);
		size_t length = 0;
		for (size_t i = 0; i < piece.length; i++) {
			i += copy[i] == '\\';
			copy[length++] = copy[i];
		}
		piece = (struct piece){copy, length, piece.ascii, false};
	}
	if (!piece.ascii)
		return text_clean(arena, piece.text, piece.length);
	piece.text[piece.length] = '\0'; /* where its quote was */
	return piece.text;
}

bool event_read_own(char *line, size_t length, struct arena *arena, struct event *event)
{
	struct cursor cursor = {line, line + length};
	struct piece pieces[PIECES_MOST], call;
	size_t numbers[PIECES_MOST], count;
	memset(event, 0, sizeof(*event));
	if (!pass(&cursor, "{\"t\":", 5) || !pass_time(&cursor, &event->t) ||
	    !pass(&cursor, ",\"call\":\"", 9) || !pass_string(&cursor, &call) ||
	    call.length != EVENT_CALL_BYTES - 1 || !pass(&cursor, ",\"event\":\"", 10) ||
	    !pass_kind(&cursor, &event->kind) ||
	    !pass_fields(&cursor, event, pieces, numbers, &count))
		return false;
	memcpy(event->call, call.text, call.length);
	if (!id_is(event->call))
		return false;
	for (size_t i = 0; i < count; i++)
		set_text(event, numbers[i], piece_text(pieces[i], arena));
	return true;
}
