#include "call/wrapup.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "call/when.h"
#include "playbook/library.h"

#define LABEL_COLUMNS 10

struct visit { /* a situation, with the steps that were done in it */
	const char *playbook;
	const char *id, *title;
	struct named {
		const char *id, *title;
	} * steps;
	size_t step_count;
};

struct row {
	const char *label, *text;
};

struct note {
	const struct call *call;
	const char *agent; /* or NULL */
	const char *zone;
	int64_t now;
	struct arena arena;
	struct visit *visits; /* in the order first opened */
	size_t visit_count;
	struct row *rows; /* for people */
	size_t row_count;
};

/* --- What happened --- */

static struct visit *find_visit(struct note *note, const struct event *event)
{
	for (size_t i = 0; i < note->visit_count; i++)
		if (strcmp(note->visits[i].playbook, event->playbook) == 0 &&
		    strcmp(note->visits[i].id, event->situation) == 0)
			return &note->visits[i];
	const struct playbook *playbook = library_find(note->call->library, event->playbook);
	const struct situation *situation =
		playbook == NULL ? NULL : playbook_situation(playbook, event->situation);
	note->visits =
		arena_more(&note->arena, note->visits, note->visit_count, sizeof(*note->visits));
	note->visits[note->visit_count] = (struct visit){
		.playbook = event->playbook,
		.id = event->situation,
		.title = situation == NULL ? event->situation : situation->title,
	};
	return &note->visits[note->visit_count++];
}

static void add_step(struct note *note, struct visit *visit, const char *id)
{
	for (size_t i = 0; i < visit->step_count; i++)
		if (strcmp(visit->steps[i].id, id) == 0)
			return;
	const struct playbook *playbook = library_find(note->call->library, visit->playbook);
	size_t step = playbook == NULL ? 0 : playbook_step(playbook, id);
	bool known = playbook != NULL && step < playbook->step_count;
	visit->steps =
		arena_more(&note->arena, visit->steps, visit->step_count, sizeof(*visit->steps));
	visit->steps[visit->step_count++] =
		(struct named){id, known ? playbook->steps[step].title : id};
}

static void gather(struct note *note)
{
	struct visit *visit = NULL;
	for (size_t i = 0; i < note->call->event_count; i++) {
		const struct event *event = &note->call->events[i];
		if (note->call->undone[i])
			continue;
		if (event->kind == EVENT_SITUATION_OPENED)
			visit = find_visit(note, event);
		else if (visit != NULL &&
			 (event->kind == EVENT_LINE_SAID || event->kind == EVENT_STEP_DONE))
			add_step(note, visit, event->step);
	}
}

static const char *slot_text(const struct call *call, const char *id)
{
	return call_slot(call, id, strlen(id));
}

/* The open promise that is due first, or NULL. */
static const struct call_promise *next_due(const struct call *call)
{
	const struct call_promise *next = NULL;
	for (size_t i = 0; i < call->promise_count; i++) {
		const struct call_promise *promise = &call->promises[i];
		if (promise->due != 0 && promise->kept == 0 && promise->broken == 0 &&
		    (next == NULL || promise->due < next->due))
			next = promise;
	}
	return next;
}

static const char *promise_word(const struct call_promise *promise)
{
	if (promise->broken != 0)
		return "broken";
	if (promise->kept == 0)
		return "open";
	return promise->beyond != NULL && promise->beyond[0] != '\0' ? "exceeded" : "kept";
}

/* --- For people --- */

/* A day and a time that mean the same tomorrow. */
static const char *show_time(struct note *note, int64_t ms, const char *zone)
{
	char *text = arena_alloc(&note->arena, WHEN_TEXT_BYTES);
	when_show(ms, zone, 0, text);
	return text;
}

static const char *show_length(struct note *note, int64_t ms)
{
	int64_t seconds = ms / 1000;
	if (seconds >= 3600)
		return arena_format(&note->arena, _("%d:%02d:%02d h"), (int)(seconds / 3600),
				    (int)(seconds / 60 % 60), (int)(seconds % 60));
	return arena_format(&note->arena, _("%d:%02d min"), (int)(seconds / 60),
			    (int)(seconds % 60));
}

static void add_row(struct note *note, const char *label, const char *text)
{
	note->rows = arena_more(&note->arena, note->rows, note->row_count, sizeof(*note->rows));
	note->rows[note->row_count++] = (struct row){label, text};
}

static const char *headline(struct note *note)
{
	const char *customer = slot_text(note->call, "customer");
	const char *text = customer == NULL ? _("Customer not named") : customer;
	for (size_t i = 0; i < note->visit_count; i++)
		text = arena_format(&note->arena, "%s%s%s", text, i == 0 ? " · " : ", ",
				    note->visits[i].title);
	return text;
}

static void add_course(struct note *note)
{
	const struct call *call = note->call;
	int64_t held = call_held(call, note->now);
	const char *length = show_length(note, call_talked(call, note->now) + held);
	const char *when = show_time(note, call->started, note->zone);
	if (held >= 1000)
		length = arena_format(&note->arena, _("%s, %s of it on hold"), length,
				      show_length(note, held));
	add_row(note, C_("note", "call"), arena_format(&note->arena, "%s, %s", when, length));
	if (note->agent != NULL)
		add_row(note, C_("note", "agent"), note->agent);
	if (call->disposition != NULL)
		add_row(note, C_("note", "ended"), C_("disposition", call->disposition));
	if (call->mood != NULL)
		add_row(note, C_("note", "mood"), C_("mood", call->mood));
}

/* What the customer said comes in quotes, what the agent noted without. */
static void add_slots(struct note *note)
{
	const struct call *call = note->call;
	for (size_t i = 0; i < call->slot_count; i++) {
		const char *id = call->slots[i].id;
		if (strcmp(id, "customer") == 0 || strcmp(id, "agent") == 0)
			continue;
		const struct slot *slot = call->playbook == NULL
						  ? NULL
						  : playbook_slot(call->playbook, id, strlen(id));
		bool theirs = slot != NULL && slot->reflect;
		add_row(note, call_slot_name(id),
			arena_format(&note->arena, theirs ? "“%s”" : "%s", call->slots[i].text));
	}
}

static void add_steps(struct note *note)
{
	for (size_t i = 0; i < note->visit_count; i++) {
		const struct visit *visit = &note->visits[i];
		const char *text = "";
		for (size_t j = 0; j < visit->step_count; j++)
			text = arena_format(&note->arena, "%s%s%s", text, j == 0 ? "" : ", ",
					    visit->steps[j].title);
		if (visit->step_count > 0 && note->visit_count > 1)
			text = arena_format(&note->arena, "%s: %s", visit->title, text);
		if (visit->step_count > 0)
			add_row(note, C_("note", "steps"), text);
	}
}

static void add_promise(struct note *note, const struct call_promise *promise)
{
	struct arena *arena = &note->arena;
	const char *text = promise->text;
	const char *beyond =
		promise->beyond != NULL && promise->beyond[0] != '\0' ? promise->beyond : NULL;
	if (promise->due != 0)
		text = arena_format(arena, _("%s, by %s"), text,
				    show_time(note, promise->due, promise->zone));
	if (promise->kept != 0 || promise->broken != 0)
		text = promise->kept == 0 ? arena_format(arena, _("%s (broken)"), text)
		       : beyond ? arena_format(arena, _("%s (kept, and %s)"), text, beyond)
				: arena_format(arena, _("%s (kept)"), text);
	add_row(note, C_("note", "promised"), text);
}

static void add_next(struct note *note)
{
	const struct call_promise *next = next_due(note->call);
	const char *disposition = note->call->disposition;
	if (next != NULL)
		add_row(note, C_("note", "next"),
			arena_format(&note->arena, "%s: %s", show_time(note, next->due, next->zone),
				     next->text));
	else if (disposition != NULL && strcmp(disposition, "follow-up") == 0)
		add_row(note, C_("note", "next"), _("a follow-up; no time was promised"));
}

static void add_rows(struct note *note)
{
	const struct call *call = note->call;
	add_course(note);
	add_slots(note);
	add_steps(note);
	for (size_t i = 0; i < call->promise_count; i++)
		add_promise(note, &call->promises[i]);
	add_next(note);
	for (size_t i = 0; i < call->note_count; i++)
		add_row(note, C_("note", "note"), call->notes[i].text);
}

static void write_text(struct note *note, struct buffer *out)
{
	int columns = LABEL_COLUMNS;
	buffer_format(out, "%s\n", headline(note));
	add_rows(note);
	for (size_t i = 0; i < note->row_count; i++)
		columns = text_width(note->rows[i].label) > columns
				  ? text_width(note->rows[i].label)
				  : columns;
	for (size_t i = 0; i < note->row_count; i++)
		buffer_format(out, "%s%*s %s\n", note->rows[i].label,
			      columns - text_width(note->rows[i].label), "", note->rows[i].text);
}

/* What CommonMark would take for a mark is text here. */
static void add_plain(struct buffer *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("\\`*_[]<>|~&", *text) != NULL)
			buffer_text(out, "\\");
		buffer_add(out, text, 1);
	}
}

static void write_markdown(struct note *note, struct buffer *out)
{
	buffer_text(out, "## ");
	add_plain(out, headline(note));
	buffer_text(out, "\n\n");
	add_rows(note);
	for (size_t i = 0; i < note->row_count; i++) {
		const char *label = note->rows[i].label;
		bool small = label[0] >= 'a' && label[0] <= 'z';
		buffer_text(out, "- **");
		if (small)
			buffer_format(out, "%c", label[0] - 0x20);
		add_plain(out, label + small);
		buffer_text(out, ":** ");
		add_plain(out, note->rows[i].text);
		buffer_text(out, "\n");
	}
}

/* --- For programs --- */

static void put_time(struct json_writer *writer, const char *name, int64_t ms, const char *zone)
{
	char text[WHEN_TEXT_BYTES];
	when_iso(ms, zone, text);
	if (text[0] != '\0')
		json_put_text(writer, name, text);
}

static void put_seconds(struct json_writer *writer, const char *name, int64_t ms)
{
	int64_t seconds = ms / 1000;
	json_put_number(writer, name, (double)seconds);
}

static void put_known(struct json_writer *writer, const char *name, const char *text)
{
	if (text != NULL && text[0] != '\0')
		json_put_text(writer, name, text);
}

static void put_situations(struct json_writer *writer, const struct note *note)
{
	json_open(writer, "situations", '[');
	for (size_t i = 0; i < note->visit_count; i++) {
		const struct visit *visit = &note->visits[i];
		json_open(writer, NULL, '{');
		json_put_text(writer, "playbook", visit->playbook);
		json_put_text(writer, "situation", visit->id);
		json_put_text(writer, "title", visit->title);
		json_open(writer, "steps_done", '[');
		for (size_t j = 0; j < visit->step_count; j++)
			json_put_text(writer, NULL, visit->steps[j].id);
		json_close(writer, ']');
		json_close(writer, '}');
	}
	json_close(writer, ']');
}

static void put_slots(struct json_writer *writer, const struct call *call)
{
	json_open(writer, "slots", '[');
	for (size_t i = 0; i < call->slot_count; i++) {
		json_open(writer, NULL, '{');
		json_put_text(writer, "slot", call->slots[i].id);
		json_put_text(writer, "text", call->slots[i].text);
		json_close(writer, '}');
	}
	json_close(writer, ']');
}

static void put_promises(struct json_writer *writer, const struct call *call)
{
	json_open(writer, "promises", '[');
	for (size_t i = 0; i < call->promise_count; i++) {
		const struct call_promise *promise = &call->promises[i];
		json_open(writer, NULL, '{');
		json_put_text(writer, "promise", promise->name);
		json_put_text(writer, "text", promise->text);
		put_time(writer, "due", promise->due, promise->zone);
		json_put_text(writer, "state", promise_word(promise));
		put_known(writer, "beyond", promise->beyond);
		json_close(writer, '}');
	}
	json_close(writer, ']');
}

static void write_json(struct note *note, struct buffer *out)
{
	const struct call *call = note->call;
	const struct call_promise *next = next_due(call);
	struct json_writer writer = {.out = out};
	json_open(&writer, NULL, '{');
	json_put_text(&writer, "call", call->id);
	put_time(&writer, "started", call->started, note->zone);
	put_time(&writer, "ended", call->ended, note->zone);
	put_seconds(&writer, "talk_seconds", call_talked(call, note->now));
	put_seconds(&writer, "hold_seconds", call_held(call, note->now));
	put_known(&writer, "agent", note->agent);
	put_known(&writer, "disposition", call->disposition);
	put_known(&writer, "mood", call->mood);
	put_known(&writer, "customer", slot_text(call, "customer"));
	put_known(&writer, "issue", slot_text(call, "issue"));
	put_situations(&writer, note);
	put_slots(&writer, call);
	put_promises(&writer, call);
	if (next != NULL)
		put_time(&writer, "next_due", next->due, next->zone);
	json_open(&writer, "notes", '[');
	for (size_t i = 0; i < call->note_count; i++)
		json_put_text(&writer, NULL, call->notes[i].text);
	json_close(&writer, ']');
	json_close(&writer, '}');
	buffer_text(out, "\n");
}

void wrapup_write(const struct call *call, int64_t now, const char *zone, const char *agent,
		  enum wrapup_format format, struct buffer *out)
{
	struct note note = {.call = call, .agent = agent, .zone = zone, .now = now};
	if (call->phase == CALL_NONE)
		return;
	if (slot_text(call, "agent") != NULL)
		note.agent = slot_text(call, "agent");
	gather(&note);
	switch (format) {
	case WRAPUP_TEXT: write_text(&note, out); break;
	case WRAPUP_MARKDOWN: write_markdown(&note, out); break;
	case WRAPUP_JSON: write_json(&note, out); break;
	}
	arena_free(&note.arena);
}
