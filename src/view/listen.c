#include "view/listen.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "call/phrase.h"
#include "call/reflection.h"
#include "playbook/library.h"
#include "suggest/steps.h"
#include "suggest/suggest.h"

#include <stdio.h>
#include <string.h>

/* What the customer said becomes an event of the open call. */
static void write_heard(struct coach *coach, const char *text, int64_t now)
{
	const struct call *call = &coach->call;
	struct event event = {.kind = EVENT_HEARD, .speaker = "customer"};
	struct arena scratch = {0};
	size_t length = strlen(text);
	int64_t last;

	if (!coach->writes_heard || call->phase != CALL_OPEN || length == 0)
		return;
	if (length > EVENT_TEXT_BYTES)
		length = text_previous(text, length, EVENT_TEXT_BYTES);
	event.text = arena_copy(&scratch, text, length);
	last = call->events[call->event_count - 1].t;
	event.t = now > last ? now : last + 1;
	memcpy(event.call, call->id, sizeof event.call);
	coach_take(coach, &event);
	arena_free(&scratch);
}

/* What the words sound like. It opens by itself only while nothing is open, and by final words;
 * else it is offered, and the panels stay as they are. asked: the agent typed the words, and wants
 * an answer even if it is unsure. */
static void sound(struct coach *coach, const char *text, bool final, int64_t now)
{
	struct view *view = &coach->view;
	struct suggest_match matches[SUGGEST_MATCHES];
	const struct suggest_model *model =
		coach->recorder.model ? coach->recorder.model(coach->recorder.context) : NULL;
	size_t count;
	char name[256];
	bool asked = coach->asked;

	/* it may be in the making: the words wait */
	if (!model)
		return;
	coach->unheeded = coach->asked = false;
	count = suggest_find(model, text, strlen(text), matches);
	if (count == 0 || !(matches[0].suggested || asked) ||
	    matches[0].situation == coach->call.situation)
		return;
	if (final && matches[0].suggested && !coach->call.situation && view->mode != VIEW_RESUME) {
		snprintf(name, sizeof name, "%s/%s", matches[0].playbook->name,
			 matches[0].situation->id);
		view->offer_count = 0;
		coach_do(coach, ACTION_OPEN_SITUATION, (const char *const[2]){name, NULL}, now);
		return;
	}
	memcpy(view->offers, matches, sizeof matches);
	view->offer_count = count;
}

/* The phrase to avoid that was said, or NULL. */
static const struct avoid *said_wrongly(const struct avoid *avoid, size_t count, const char *folded,
					struct arena *scratch)
{
	for (size_t i = 0; i < count; i++) {
		const char *phrase = text_fold(scratch, avoid[i].phrase, strlen(avoid[i].phrase));

		if (*phrase && strstr(folded, phrase))
			return &avoid[i];
	}
	return NULL;
}

/* Which step the words took: by a line marked on the screen, by a cue phrase, or by an echo of what
 * the customer said. */
static bool find_step(const struct coach *coach, const char *text, struct arena *scratch,
		      struct steps_match *match)
{
	const struct playbook *playbook = coach->call.playbook;
	struct steps_line *lines = arena_alloc(scratch, (playbook->step_count + 1) * sizeof *lines);
	const struct steps *steps;
	const char *heard;
	size_t count = 0;

	for (size_t step = 0; step < playbook->step_count; step++) {
		const struct line *line = view_marked(&coach->view, &coach->call, step, scratch);

		if (line)
			lines[count++] = (struct steps_line){
				step,
				phrase_make(scratch, playbook, &coach->call, line->text).text};
		if (mirrored_line(&coach->view, &coach->call, step))
			lines[count++] = (struct steps_line){
				step,
				mirrored_phrase(&coach->view, &coach->call, step, scratch).text};
	}
	steps = steps_make(scratch, playbook);
	if (steps_find(steps, lines, count, text, strlen(text), match))
		return true;
	heard = reflection_turn(scratch, &playbook->reflection, coach->view.heard.text);
	return steps_echo(steps, heard, text, strlen(text), match);
}

/* Ticks it; what the agent reads stays where it is. */
static void tick(struct coach *coach, const struct steps_match *match, struct arena *scratch,
		 int64_t now)
{
	const struct call *call = &coach->call;
	const struct step *step = &call->playbook->steps[match->step];
	size_t before = call->step;
	const struct line *line = view_marked(&coach->view, call, match->step, scratch);
	const char *said = line ? line->text : NULL;
	struct phrase mirrored = mirrored_phrase(&coach->view, call, match->step, scratch);

	if (match->line && strcmp(match->line->text, mirrored.text) == 0)
		said = mirrored_line(&coach->view, call, match->step);
	if (!match->line && call->steps_done & 1u << match->step)
		return; /* a cue says no more than the tick does */
	if (match->step != before)
		coach_do(coach, ACTION_OPEN_STEP, (const char *const[2]){step->id, NULL}, now);
	if (match->line && said)
		coach_do(coach, ACTION_SAY_LINE, (const char *const[2]){said, NULL}, now);
	else
		coach_do(coach, ACTION_NEXT_STEP, (const char *const[2]){NULL, NULL}, now);
	if (match->step != before && !(call->steps_done & 1u << before))
		coach_do(coach, ACTION_OPEN_STEP,
			 (const char *const[2]){call->playbook->steps[before].id, NULL}, now);
	view_notice(&coach->view, _("heard: %s ✓"), step->title);
}

/* The agent's own words: a step that they took is ticked, a phrase to avoid, or a way forward
 * before the feelings, answered in the notice line. */
static void follow(struct coach *coach, const char *text, int64_t now)
{
	const struct call *call = &coach->call;
	struct arena scratch = {0};
	const struct avoid *wrong = NULL;
	struct steps_match match;
	const char *folded;
	uint32_t gate;

	if (call->phase != CALL_OPEN || !call->playbook)
		return;
	folded = text_fold(&scratch, text, strlen(text));
	if (find_step(coach, text, &scratch, &match)) {
		gate = call_gate(call, match.step);
		if (gate)
			coach_tell_gate(coach, gate);
		else
			tick(coach, &match, &scratch, now);
	}
	if (call->situation)
		wrong = said_wrongly(call->situation->avoid, call->situation->avoid_count, folded,
				     &scratch);
	if (!wrong)
		wrong = said_wrongly(call->playbook->avoid, call->playbook->avoid_count, folded,
				     &scratch);
	if (wrong)
		view_notice(&coach->view, _("rather than “%s”: %s"), wrong->phrase,
			    wrong->instead ? wrong->instead : _("other words"));
	arena_free(&scratch);
}

void coach_hear(struct coach *coach, const char *speaker, const char *text, bool final, int64_t now)
{
	if (strcmp(speaker, "customer") != 0) {
		if (final)
			snprintf(coach->spoken, sizeof coach->spoken, "%s", text);
		return;
	}
	view_hear(&coach->view, text, final, now);
	coach->unheeded = true;
	coach->asked = false;
	if (!final)
		return;
	/* too long to be one statement: cut off it would be another */
	if (strlen(text) < sizeof coach->statement)
		memcpy(coach->statement, text, strlen(text) + 1);
	write_heard(coach, text, now);
}

void coach_time(struct coach *coach, const char *speaker, double start, double end, int64_t now)
{
	pace_hear(&coach->view.pace, strcmp(speaker, "customer") == 0, start, end, now);
}

void coach_heed(struct coach *coach, int64_t now)
{
	const struct heard *heard = &coach->view.heard;

	if (*coach->spoken)
		follow(coach, coach->spoken, now);
	*coach->spoken = '\0';
	if (coach->unheeded)
		sound(coach, heard->text, heard->final, now);
	if (*coach->statement)
		mirrored_hear(&coach->view, &coach->call, coach->statement);
	*coach->statement = '\0';
}
