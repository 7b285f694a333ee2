/* May this action happen, and what exactly happens then. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "call/mirror.h"
#include "call/when.h"
#include "playbook/library.h"

struct decision {
	const struct call *call;	 /* the open one, or a new one, still empty */
	const struct playbook *playbook; /* that a new call starts with; may be NULL */
	const char *arguments[2];	 /* NULL where missing */
	int64_t now;
	size_t promises; /* made so far, those taken back too */
	struct arena *scratch;
	struct event event; /* the answer; its t and call are set by call_decide */
};

static const char *const moods[] = {NC_("mood", "heated"), NC_("mood", "tense"),
				    NC_("mood", "calm")};
static const char *const dispositions[] = {
	NC_("disposition", "resolved"), NC_("disposition", "follow-up"),
	NC_("disposition", "escalated"), NC_("disposition", "dropped")};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Where a word stands in a list; its length when it does not. */
static size_t find_word(const char *const *words, size_t count, const char *word)
{
	size_t i = 0;
	while (i < count && (word == NULL || strcmp(words[i], word) != 0))
		i++;
	return i;
}

/* Clean, without blanks at the ends, at most EVENT_TEXT_BYTES, never NULL. */
static const char *tidy(struct decision *decision, const char *text)
{
	if (text == NULL)
		return "";
	char *clean = text_clean(decision->scratch, text, strlen(text));
	clean += strspn(clean, " ");
	size_t length = strlen(clean);
	if (length > EVENT_TEXT_BYTES) {
		length = EVENT_TEXT_BYTES;
		while (((unsigned char)clean[length] & 0xc0) == 0x80)
			length--;
	}
	while (length > 0 && clean[length - 1] == ' ')
		length--;
	clean[length] = '\0';
	return clean;
}

static const char *version_of(const struct playbook *playbook, struct arena *scratch)
{
	return arena_format(scratch, "%016" PRIx64, playbook->version);
}

static enum call_refusal decide_line(struct decision *decision, bool said)
{
	const struct call *call = decision->call;
	if (call->phase != CALL_OPEN || call->playbook == NULL)
		return CALL_NO_SITUATION;
	const struct line **lines;
	size_t count = call_lines(call, call->step, decision->scratch, &lines);
	const char *text = decision->arguments[0];
	if (text == NULL) {
		const struct line *offer = call_offer(call, call->step, decision->scratch);
		text = offer == NULL ? NULL : offer->text;
	}
	bool found = false;
	size_t others = 0, fresh = 0; /* fresh: others that were not said */
	for (size_t i = 0; i < count && text != NULL; i++) {
		if (strcmp(lines[i]->text, text) == 0) {
			found = true;
			text = lines[i]->text;
		} else {
			others++;
			fresh += !call_was_said(call, lines[i]->text);
		}
	}
	if (!found && said && text != NULL && call->step == mirror_step(call->playbook) &&
	    mirror_knows(&call->playbook->reflection, text)) {
		/* no trainer's line, but the frame of what the customer said */
		found = true;
		decision->event.speaker = "customer";
	}
	if (!found)
		return CALL_NO_LINE;
	if (!said && (others == 0 || (fresh == 0 && !call_was_said(call, text))))
		return CALL_ALREADY;
	decision->event.kind = said ? EVENT_LINE_SAID : EVENT_LINE_PASSED;
	decision->event.step = call->playbook->steps[call->step].id;
	decision->event.situation = call->situation == NULL ? NULL : call->situation->id;
	decision->event.text = text;
	/* the words may have changed since the call began */
	decision->event.version = version_of(call->playbook, decision->scratch);
	return CALL_ALLOWED;
}

static bool has_steps(const struct call *call)
{
	return call->playbook != NULL && call->playbook->step_count > 0;
}

static enum call_refusal decide_next_step(struct decision *decision)
{
	const struct call *call = decision->call;
	if (!has_steps(call))
		return CALL_NO_SITUATION;
	bool done = (call->steps_done >> call->step & 1) != 0;
	if (done && call->step == call->playbook->step_count - 1)
		return CALL_ALREADY;
	decision->event.kind = EVENT_STEP_DONE;
	decision->event.step = call->playbook->steps[call->step].id;
	return CALL_ALLOWED;
}

static enum call_refusal open_step(struct decision *decision, size_t step)
{
	const struct call *call = decision->call;
	if (step == call->step && call_gate(call, step) == 0)
		return CALL_ALREADY;
	decision->event.kind = EVENT_STEP_OPENED;
	decision->event.step = call->playbook->steps[step].id;
	return CALL_ALLOWED;
}

static enum call_refusal decide_open_step(struct decision *decision)
{
	const struct call *call = decision->call;
	const char *name = decision->arguments[0];
	if (!has_steps(call))
		return CALL_NO_SITUATION;
	if (name == NULL)
		return CALL_UNKNOWN_STEP;
	size_t step = playbook_step(call->playbook, name);
	if (step == call->playbook->step_count && name[0] >= '1' && name[0] <= '9' && !name[1])
		step = (size_t)(name[0] - '1');
	if (step >= call->playbook->step_count)
		return CALL_UNKNOWN_STEP;
	return open_step(decision, step);
}

static enum call_refusal decide_step_back(struct decision *decision)
{
	if (!has_steps(decision->call))
		return CALL_NO_SITUATION;
	if (decision->call->step == 0)
		return CALL_ALREADY;
	return open_step(decision, decision->call->step - 1);
}

static enum call_refusal decide_situation(struct decision *decision)
{
	const struct call *call = decision->call;
	const char *id = decision->arguments[0];
	if (id == NULL)
		return CALL_UNKNOWN_SITUATION;
	const struct playbook *playbook = call->playbook;
	const struct situation *situation = NULL;
	if (call->situation != NULL)
		situation = playbook_situation(playbook, id);
	if (situation == NULL)
		situation = library_situation(call->library, id, &playbook);
	if (situation == NULL)
		return CALL_UNKNOWN_SITUATION;
	if (situation == call->situation)
		return CALL_ALREADY;
	decision->playbook = playbook;
	decision->event.kind = EVENT_SITUATION_OPENED;
	decision->event.playbook = playbook->name;
	decision->event.situation = situation->id;
	return CALL_ALLOWED;
}

static enum call_refusal decide_slot(struct decision *decision)
{
	const struct call *call = decision->call;
	const char *id = decision->arguments[0];
	if (id == NULL || call->playbook == NULL)
		return CALL_UNKNOWN_SLOT;
	const struct slot *slot = playbook_slot(call->playbook, id, strlen(id));
	if (slot == NULL)
		return CALL_UNKNOWN_SLOT;
	if (decision->arguments[1] == NULL)
		return CALL_EMPTY;
	const char *text = tidy(decision, decision->arguments[1]);
	const char *before = call_slot(call, id, strlen(id));
	if (strcmp(text, before == NULL ? "" : before) == 0)
		return CALL_ALREADY;
	decision->event.kind = EVENT_SLOT_FILLED;
	decision->event.slot = slot->id;
	decision->event.text = text;
	return CALL_ALLOWED;
}

static enum call_refusal decide_promise(struct decision *decision, const char *id)
{
	const char *text = tidy(decision, decision->arguments[0]);
	const char *when = tidy(decision, decision->arguments[1]);
	if (text[0] == '\0')
		return CALL_EMPTY;
	if (when[0] != '\0') {
		char *zone = arena_alloc(decision->scratch, WHEN_ZONE_BYTES);
		if (!when_parse(when, decision->now, &decision->event.due, zone))
			return CALL_UNKNOWN_TIME;
		decision->event.zone = zone;
	}
	decision->event.kind = EVENT_PROMISE_MADE;
	decision->event.text = text;
	decision->event.promise =
		arena_format(decision->scratch, "%s/%zu", id, decision->promises + 1);
	return CALL_ALLOWED;
}

static enum call_refusal decide_note(struct decision *decision)
{
	decision->event.kind = EVENT_NOTE_ADDED;
	decision->event.text = tidy(decision, decision->arguments[0]);
	return decision->event.text[0] == '\0' ? CALL_EMPTY : CALL_ALLOWED;
}

static enum call_refusal decide_mood(struct decision *decision)
{
	size_t before = find_word(moods, LENGTH(moods), decision->call->mood);
	const char *word = decision->arguments[0];
	size_t mood = (before + 1) % LENGTH(moods);
	if (before == LENGTH(moods))
		mood = 0;
	if (word != NULL && word[0] != '\0')
		mood = find_word(moods, LENGTH(moods), word);
	if (mood == LENGTH(moods))
		return CALL_UNKNOWN_MOOD;
	if (mood == before)
		return CALL_ALREADY;
	decision->event.kind = EVENT_MOOD_MARKED;
	decision->event.mood = moods[mood];
	return CALL_ALLOWED;
}

static enum call_refusal decide_undo(struct decision *decision)
{
	const struct call *call = decision->call;
	for (size_t i = call->event_count; i-- > 0;) {
		if (call->undone[i] || !event_can_be_undone(call->events[i].kind))
			continue;
		decision->event.kind = EVENT_UNDONE;
		decision->event.undoes = call->events[i].t;
		return CALL_ALLOWED;
	}
	return CALL_NOTHING_TO_UNDO;
}

static enum call_refusal decide_end(struct decision *decision)
{
	size_t i = find_word(dispositions, LENGTH(dispositions), decision->arguments[0]);
	if (i == LENGTH(dispositions))
		return CALL_UNKNOWN_DISPOSITION;
	decision->event.kind = EVENT_CALL_ENDED;
	decision->event.disposition = dispositions[i];
	return CALL_ALLOWED;
}

static enum call_refusal decide(struct decision *decision, enum action action, const char *id)
{
	switch (action) {
	case ACTION_SAY_LINE:
	case ACTION_PASS_LINE: return decide_line(decision, action == ACTION_SAY_LINE);
	case ACTION_NEXT_STEP: return decide_next_step(decision);
	case ACTION_OPEN_STEP: return decide_open_step(decision);
	case ACTION_STEP_BACK: return decide_step_back(decision);
	case ACTION_OPEN_SITUATION: return decide_situation(decision);
	case ACTION_FILL_SLOT: return decide_slot(decision);
	case ACTION_MAKE_PROMISE: return decide_promise(decision, id);
	case ACTION_ADD_NOTE: return decide_note(decision);
	case ACTION_MARK_MOOD: return decide_mood(decision);
	case ACTION_HOLD:
		decision->event.kind =
			decision->call->held_since == 0 ? EVENT_CALL_HELD : EVENT_CALL_RESUMED;
		return CALL_ALLOWED;
	case ACTION_UNDO: return decide_undo(decision);
	case ACTION_BEGIN_CALL:
		return decision->call->phase == CALL_OPEN ? CALL_ALREADY : CALL_ALLOWED;
	case ACTION_END_CALL: return decide_end(decision);
	default: assert(false && "an action of the call"); return CALL_ALREADY;
	}
}

static struct event started(const struct decision *decision, const struct library *library)
{
	struct event event = {.kind = EVENT_CALL_STARTED, .language = library->language};
	const struct playbook *playbook = decision->playbook;
	if (playbook != NULL) {
		event.playbook = playbook->name;
		event.language = playbook->language;
		event.version = version_of(playbook, decision->scratch);
	}
	return event;
}

static size_t count_promises(const struct call *call)
{
	size_t count = 0;
	for (size_t i = 0; i < call->event_count; i++)
		count += call->events[i].kind == EVENT_PROMISE_MADE;
	return count;
}

enum call_refusal call_decide(const struct call *call, enum action action,
			      const char *const arguments[2], int64_t now, const char *new_call,
			      struct arena *scratch, struct event events[CALL_EVENTS_MOST],
			      size_t *count)
{
	assert(action_entry(action)->kind == ACTION_KIND_CALL);
	bool open = call->phase == CALL_OPEN;
	*count = 0;
	if (!open && (action == ACTION_UNDO || action == ACTION_HOLD || action == ACTION_END_CALL))
		return CALL_NO_CALL;

	const struct playbook *first = library_playbook(call->library, 0);
	struct call blank = {.library = call->library, .history = call->history, .playbook = first};
	struct decision decision = {
		.call = open ? call : &blank,
		.playbook = first,
		.now = now,
		.promises = open ? count_promises(call) : 0,
		.scratch = scratch,
	};
	if (arguments != NULL)
		memcpy(decision.arguments, arguments, sizeof(decision.arguments));
	const char *id = open ? call->id : new_call;
	enum call_refusal refusal = decide(&decision, action, id);
	if (refusal != CALL_ALLOWED)
		return refusal;

	if (!open)
		events[(*count)++] = started(&decision, call->library);
	if (action != ACTION_BEGIN_CALL)
		events[(*count)++] = decision.event;
	int64_t last = open ? call->events[call->event_count - 1].t : 0;
	for (size_t i = 0; i < *count; i++) {
		events[i].t = now > last ? now : last + 1;
		last = events[i].t;
		memcpy(events[i].call, id, strlen(id) + 1);
	}
	return CALL_ALLOWED;
}

const char *call_refusal_text(enum call_refusal refusal)
{
	static const char *const texts[] = {
		[CALL_ALLOWED] = "allowed",
		[CALL_NO_CALL] = N_("no call is open"),
		[CALL_NO_SITUATION] = N_("no situation is open: choose one first"),
		[CALL_UNKNOWN_SITUATION] = N_("no such situation, or several: name it playbook/id"),
		[CALL_UNKNOWN_STEP] = N_("no such step"),
		[CALL_UNKNOWN_SLOT] = N_("no such slot"),
		[CALL_UNKNOWN_DISPOSITION] =
			N_("say how it ended: resolved, follow-up, escalated or dropped"),
		[CALL_UNKNOWN_MOOD] = N_("no such mood: heated, tense or calm"),
		[CALL_UNKNOWN_TIME] =
			N_("by when? fri, tomorrow 9:00, 2h, 30d, 2026-12-01 15:00 ..."),
		[CALL_EMPTY] = N_("a text is missing"),
		[CALL_NOTHING_TO_UNDO] = N_("nothing to take back"),
		[CALL_NO_LINE] = N_("no such line in this step"),
		[CALL_ALREADY] = N_("nothing to change"),
	};
	assert(refusal < LENGTH(texts));
	return texts[refusal];
}
