#include "link/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "call/call.h"
#include "call/phrase.h"

/* Names of members are written as they are, so only ids may be; a journal could hold others. */
static bool is_id(const char *text)
{
	return *text && text[strspn(text, PLAYBOOK_ID_LETTERS)] == '\0';
}

static void put_playbook(struct json_writer *writer, const struct call *call, const char *language)
{
	const struct playbook *playbook = call->playbook;
	const struct situation *situation = call->phase == CALL_NONE ? NULL : call->situation;
	char version[17];

	json_put_text(writer, "playbook", playbook ? playbook->name : NULL);
	if (playbook)
		snprintf(version, sizeof version, "%016" PRIx64, playbook->version);
	json_put_text(writer, "playbook_version", playbook ? version : NULL);
	json_put_text(writer, "language", playbook ? playbook->language : language);
	json_put_text(writer, "situation", situation ? situation->id : NULL);
	json_put_text(writer, "title", situation ? situation->title : NULL);
}

static void put_steps(struct json_writer *writer, const struct call *call)
{
	const struct playbook *playbook = call->playbook;
	size_t count = playbook && call->phase != CALL_NONE ? playbook->step_count : 0;

	json_put_text(writer, "step", count ? playbook->steps[call->step].id : NULL);
	json_open(writer, "steps_done", '[');
	for (size_t i = 0; i < count; i++)
		if (call->steps_done & 1u << i)
			json_put_text(writer, NULL, playbook->steps[i].id);
	json_close(writer, ']');
}

static void put_slots(struct json_writer *writer, const struct call *call)
{
	json_open(writer, "slots", '{');
	for (size_t i = 0; i < call->slot_count; i++)
		if (is_id(call->slots[i].id))
			json_put_text(writer, call->slots[i].id, call->slots[i].text);
	json_close(writer, '}');
}

static void put_said(struct json_writer *writer, const struct call *call)
{
	json_open(writer, "said", '[');
	for (size_t i = 0; i < call->line_count; i++)
		if (call->lines[i].said)
			json_put_text(writer, NULL, call->lines[i].text);
	json_close(writer, ']');
}

static void put_offers(struct json_writer *writer, const struct call *call,
		       const struct line *const *marked, const char *const *phrases)
{
	struct arena scratch = {0};
	bool open = call->phase == CALL_OPEN && call->situation;

	json_open(writer, "offers", '{');
	for (size_t i = 0; open && i < call->playbook->step_count; i++) {
		const struct line *line = marked ? marked[i] : call_offer(call, i, &scratch);

		if (!line)
			continue;
		json_open(writer, call->playbook->steps[i].id, '{');
		json_put_text(
			writer, "phrase",
			phrases && phrases[i]
				? phrases[i]
				: phrase_make(&scratch, call->playbook, call, line->text).text);
		json_put_text(writer, "line", line->text);
		json_close(writer, '}');
	}
	json_close(writer, '}');
	arena_free(&scratch);
}

static void put_promises(struct json_writer *writer, const struct call *call)
{
	json_open(writer, "promises", '[');
	for (size_t i = 0; i < call->promise_count; i++) {
		json_open(writer, NULL, '{');
		json_put_text(writer, "promise", call->promises[i].name);
		json_put_text(writer, "text", call->promises[i].text);
		if (call->promises[i].due)
			json_put_number(writer, "due", (double)call->promises[i].due);
		json_close(writer, '}');
	}
	json_close(writer, ']');
	json_open(writer, "notes", '[');
	for (size_t i = 0; i < call->note_count; i++)
		json_put_text(writer, NULL, call->notes[i].text);
	json_close(writer, ']');
}

static void put_times(struct json_writer *writer, const struct call *call, int64_t now)
{
	if (call->phase == CALL_NONE)
		return;
	json_put_number(writer, "started", (double)call->started);
	if (call->ended)
		json_put_number(writer, "ended", (double)call->ended);
	json_put_number(writer, "talked", (double)call_talked(call, now));
	json_put_number(writer, "held", (double)call_held(call, now));
}

void state_write(const struct call *call, const struct state_scene *scene, struct buffer *out)
{
	static const char *const phases[] = {
		[CALL_NONE] = "none", [CALL_OPEN] = "open", [CALL_ENDED] = "ended"};
	const struct event *last = call->event_count ? &call->events[call->event_count - 1] : NULL;
	struct json_writer writer = {.out = out};

	json_open(&writer, NULL, '{');
	json_put_text(&writer, "call", call->phase == CALL_NONE ? NULL : call->id);
	json_put_text(&writer, "phase", phases[call->phase]);
	json_put_text(&writer, "event", last ? event_name(last->kind) : NULL);
	put_playbook(&writer, call, scene->language);
	put_steps(&writer, call);
	put_offers(&writer, call, scene->marked, scene->phrases);
	put_slots(&writer, call);
	put_said(&writer, call);
	json_put_text(&writer, "mood", call->mood);
	json_put_boolean(&writer, "hold", call->held_since != 0);
	json_put_text(&writer, "disposition", call->disposition);
	put_promises(&writer, call);
	put_times(&writer, call, scene->now);
	json_put_text(&writer, "heard", scene->heard);
	if (scene->heard)
		json_put_number(&writer, "heard_at", (double)scene->heard_at);
	json_close(&writer, '}');
	buffer_text(out, "\n");
}
