#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "call/call.h"
#include "call/history.h"
#include "playbook/library.h"

#define NEW_CALL "0193c0de-0000-7000-8000-00000000000a"
#define LINES(...)                                                                                 \
	{                                                                                          \
		.items = (struct line[]){__VA_ARGS__},                                             \
		.count = sizeof((struct line[]){__VA_ARGS__}) / sizeof(struct line)                \
	}
#define LINE(words) {.text = words}

static struct step five_steps[] = {
	{.id = "reflect", .title = "Reflect"},
	{.id = "validate", .title = "Validate"},
	{.id = "empathize", .title = "Empathize"},
	{.id = "resolve", .title = "Make it right", .after = 7},
	{.id = "close", .title = "Close"},
};
static struct step two_steps[] = {{.id = "ask", .title = "Ask"}, {.id = "close", .title = "Close"}};

static struct slot slots[] = {
	{.id = "customer", .ask = "Name"},
	{.id = "issue", .ask = "What", .reflect = true},
	{.id = "product", .ask = "Which", .otherwise = "the product"},
};

static struct situation heated[] = {
	{
		.id = "about-to-leave",
		.title = "About to leave",
		.say = {LINES(LINE("r1"), LINE("r2"), LINE("r3")), LINES(LINE("v1"), LINE("v2")),
			LINES(LINE("e1")), LINES(LINE("m1"), LINE("m2")), LINES(LINE("c0"))},
	},
	{.id = "shouting", .title = "Shouting", .say = {LINES(LINE("s1"), LINE("s2"))}},
	{.id = "both", .title = "In two playbooks", .say = {LINES(LINE("b1"))}},
};

static struct situation quiet[] = {
	{.id = "just-bought", .title = "Just bought", .say = {LINES(LINE("a1"))}},
	{.id = "both", .title = "In two playbooks", .say = {LINES(LINE("q1"))}},
};

static struct playbook angry = {
	.name = "angry",
	.language = "en",
	.slots = slots,
	.slot_count = 3,
	.steps = five_steps,
	.step_count = 5,
	.say = {[4] = LINES(LINE("c1"), LINE("c2"), LINE("c3"))},
	.situations = heated,
	.situation_count = 3,
	.version = 0xff,
};
static struct playbook calm = {
	.name = "calm",
	.language = "en",
	.slots = slots,
	.slot_count = 1,
	.steps = two_steps,
	.step_count = 2,
	.situations = quiet,
	.situation_count = 2,
};

static struct library_file files[] = {{.name = "angry", .playbook = &angry},
				      {.name = "calm", .playbook = &calm}};
static struct library whole = {.language = "en", .files = files, .file_count = 2};
static struct library half = {.language = "en", .files = files + 1, .file_count = 1};
static struct library none = {.language = "en"};

/* A call under test, its clock, and what the last action became. */
struct desk {
	struct call call;
	struct arena scratch;
	int64_t now;
	struct event events[CALL_EVENTS_MOST];
	size_t count;
};

static void desk_open(struct desk *desk)
{
	*desk = (struct desk){.now = 1000};
	call_open(&desk->call, &whole, NULL);
}

static void desk_close(struct desk *desk)
{
	call_close(&desk->call);
	arena_free(&desk->scratch);
}

static enum call_refusal act(struct desk *desk, enum action action, const char *first,
			     const char *second)
{
	const char *arguments[2] = {first, second};
	enum call_refusal refusal =
		call_decide(&desk->call, action, arguments, desk->now, NEW_CALL, &desk->scratch,
			    desk->events, &desk->count);
	assert_int_equal(refusal == CALL_ALLOWED, desk->count > 0);
	for (size_t i = 0; i < desk->count; i++)
		call_apply(&desk->call, &desk->events[i]);
	desk->now += 1000;
	return refusal;
}

#define DO(...) assert_int_equal(act(desk, __VA_ARGS__), CALL_ALLOWED)
#define REFUSED(refusal, ...) assert_int_equal(act(desk, __VA_ARGS__), refusal)

static const char *offer(struct desk *desk, size_t step)
{
	const struct line *line = call_offer(&desk->call, step, &desk->scratch);
	return line == NULL ? NULL : line->text;
}

static void same_text(const char *left, const char *right)
{
	assert_int_equal(left == NULL, right == NULL);
	if (left != NULL)
		assert_string_equal(left, right);
}

static void same_lists(const struct call *a, const struct call *b)
{
	assert_int_equal(a->slot_count, b->slot_count);
	for (size_t i = 0; i < a->slot_count; i++) {
		same_text(a->slots[i].id, b->slots[i].id);
		same_text(a->slots[i].text, b->slots[i].text);
		assert_true(a->slots[i].at == b->slots[i].at);
	}
	assert_int_equal(a->line_count, b->line_count);
	for (size_t i = 0; i < a->line_count; i++) {
		same_text(a->lines[i].text, b->lines[i].text);
		same_text(a->lines[i].situation, b->lines[i].situation);
		assert_int_equal(a->lines[i].step, b->lines[i].step);
		assert_int_equal(a->lines[i].said, b->lines[i].said);
		assert_true(a->lines[i].at == b->lines[i].at);
	}
	assert_int_equal(a->promise_count, b->promise_count);
	for (size_t i = 0; i < a->promise_count; i++) {
		same_text(a->promises[i].name, b->promises[i].name);
		same_text(a->promises[i].text, b->promises[i].text);
		same_text(a->promises[i].zone, b->promises[i].zone);
		same_text(a->promises[i].beyond, b->promises[i].beyond);
		assert_true(a->promises[i].made == b->promises[i].made);
		assert_true(a->promises[i].due == b->promises[i].due);
		assert_true(a->promises[i].kept == b->promises[i].kept);
		assert_true(a->promises[i].broken == b->promises[i].broken);
	}
	assert_int_equal(a->note_count, b->note_count);
	for (size_t i = 0; i < a->note_count; i++) {
		same_text(a->notes[i].text, b->notes[i].text);
		assert_true(a->notes[i].at == b->notes[i].at);
	}
}

/* The fold, all of it; not the events. */
static void same_fold(const struct call *a, const struct call *b)
{
	assert_int_equal(a->phase, b->phase);
	assert_string_equal(a->id, b->id);
	assert_ptr_equal(a->playbook, b->playbook);
	assert_ptr_equal(a->situation, b->situation);
	assert_int_equal(a->step, b->step);
	assert_int_equal(a->steps_done, b->steps_done);
	assert_int_equal(a->steps_said, b->steps_said);
	assert_int_equal(a->gates_opened, b->gates_opened);
	same_text(a->mood, b->mood);
	same_text(a->disposition, b->disposition);
	assert_true(a->started == b->started && a->ended == b->ended);
	assert_true(a->held_since == b->held_since && a->held == b->held);
	same_lists(a, b);
}

/* A call on which the first count events of another happened. */
static void replay(struct call *call, const struct call *other, size_t count)
{
	call_open(call, other->library, other->history);
	for (size_t i = 0; i < count; i++)
		call_apply(call, &other->events[i]);
}

static void nothing_happens_on_no_call(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	assert_int_equal(desk->call.phase, CALL_NONE);
	assert_ptr_equal(desk->call.playbook, &angry);
	REFUSED(CALL_NO_CALL, ACTION_UNDO, NULL, NULL);
	REFUSED(CALL_NO_CALL, ACTION_HOLD, NULL, NULL);
	REFUSED(CALL_NO_CALL, ACTION_END_CALL, "resolved", NULL);
	REFUSED(CALL_NO_SITUATION, ACTION_SAY_LINE, NULL, NULL);
	REFUSED(CALL_NO_SITUATION, ACTION_PASS_LINE, NULL, NULL);
	REFUSED(CALL_ALREADY, ACTION_STEP_BACK, NULL, NULL);
	assert_int_equal(desk->call.phase, CALL_NONE);
	assert_true(call_talked(&desk->call, 5000) == 0);
	desk_close(desk);
}

static void a_call_begins_with_any_action(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	DO(ACTION_BEGIN_CALL, NULL, NULL);
	assert_int_equal(desk->count, 1);
	assert_string_equal(desk->events[0].playbook, "angry");
	assert_string_equal(desk->events[0].language, "en");
	assert_string_equal(desk->events[0].version, "00000000000000ff");
	assert_string_equal(desk->call.id, NEW_CALL);
	assert_null(desk->call.situation);
	REFUSED(CALL_ALREADY, ACTION_BEGIN_CALL, NULL, NULL);
	desk_close(desk);

	desk_open(desk);
	DO(ACTION_OPEN_SITUATION, "just-bought", NULL);
	assert_int_equal(desk->count, 2);
	assert_int_equal(desk->events[0].kind, EVENT_CALL_STARTED);
	assert_string_equal(desk->events[0].playbook, "calm");
	assert_int_equal(desk->events[1].kind, EVENT_SITUATION_OPENED);
	assert_true(desk->events[0].t == 1000 && desk->events[1].t == 1001);
	assert_ptr_equal(desk->call.playbook, &calm);
	DO(ACTION_UNDO, NULL, NULL);
	assert_null(desk->call.situation);
	assert_int_equal(desk->call.phase, CALL_OPEN);
	REFUSED(CALL_NOTHING_TO_UNDO, ACTION_UNDO, NULL, NULL);
	desk_close(desk);

	desk_open(desk);
	DO(ACTION_FILL_SLOT, "customer", "  Mrs\tRahman ");
	assert_int_equal(desk->count, 2);
	assert_string_equal(call_slot(&desk->call, "customer", 8), "Mrs Rahman");
	assert_null(call_slot(&desk->call, "custom", 6));
	desk_close(desk);

	desk_open(desk);
	DO(ACTION_NEXT_STEP, NULL, NULL);
	assert_int_equal(desk->call.steps_done, 1);
	desk_close(desk);
}

static void saying_moves_on(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	assert_string_equal(offer(desk, 0), "r1");
	DO(ACTION_SAY_LINE, NULL, NULL);
	assert_string_equal(desk->events[0].text, "r1");
	assert_string_equal(desk->events[0].step, "reflect");
	assert_string_equal(desk->events[0].situation, "about-to-leave");
	assert_true(call_was_said(&desk->call, "r1"));
	assert_int_equal(desk->call.step, 1);
	assert_int_equal(desk->call.steps_done, 1);
	assert_int_equal(desk->call.steps_said, 1);
	DO(ACTION_SAY_LINE, "v2", NULL);
	assert_true(call_was_said(&desk->call, "v2"));
	assert_false(call_was_said(&desk->call, "v1"));
	REFUSED(CALL_NO_LINE, ACTION_SAY_LINE, "v1", NULL);
	REFUSED(CALL_NO_LINE, ACTION_SAY_LINE, "what the playbook does not have", NULL);
	assert_int_equal(call_gate(&desk->call, 3), 4);
	DO(ACTION_NEXT_STEP, NULL, NULL);
	assert_int_equal(desk->call.steps_done, 7);
	assert_int_equal(desk->call.steps_said, 3);
	assert_int_equal(call_gate(&desk->call, 3), 0);
	assert_int_equal(desk->call.step, 3);

	/* Back at a step in the middle, what is done is passed over. */
	DO(ACTION_NEXT_STEP, NULL, NULL);
	DO(ACTION_OPEN_STEP, "1", NULL);
	assert_string_equal(offer(desk, 0), "r2");
	DO(ACTION_SAY_LINE, NULL, NULL);
	assert_int_equal(desk->call.step, 4);
	DO(ACTION_NEXT_STEP, NULL, NULL);
	assert_int_equal(desk->call.step, 4);
	REFUSED(CALL_ALREADY, ACTION_NEXT_STEP, NULL, NULL);
	DO(ACTION_OPEN_STEP, "empathize", NULL);
	DO(ACTION_NEXT_STEP, NULL, NULL);
	assert_int_equal(desk->call.step, 4);
	desk_close(desk);
}

static void steps_open(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	REFUSED(CALL_UNKNOWN_STEP, ACTION_OPEN_STEP, NULL, NULL);
	REFUSED(CALL_UNKNOWN_STEP, ACTION_OPEN_STEP, "", NULL);
	REFUSED(CALL_UNKNOWN_STEP, ACTION_OPEN_STEP, "0", NULL);
	REFUSED(CALL_UNKNOWN_STEP, ACTION_OPEN_STEP, "6", NULL);
	REFUSED(CALL_UNKNOWN_STEP, ACTION_OPEN_STEP, "11", NULL);
	REFUSED(CALL_UNKNOWN_STEP, ACTION_OPEN_STEP, "dance", NULL);
	REFUSED(CALL_ALREADY, ACTION_OPEN_STEP, "reflect", NULL);
	assert_int_equal(call_gate(&desk->call, 3), 7);
	DO(ACTION_OPEN_STEP, "4", NULL);
	assert_int_equal(desk->call.step, 3);
	assert_int_equal(desk->call.gates_opened, 8);
	assert_int_equal(call_gate(&desk->call, 3), 0);
	REFUSED(CALL_ALREADY, ACTION_OPEN_STEP, "resolve", NULL);
	DO(ACTION_STEP_BACK, NULL, NULL);
	assert_int_equal(desk->call.step, 2);
	DO(ACTION_UNDO, NULL, NULL);
	DO(ACTION_UNDO, NULL, NULL);
	assert_int_equal(call_gate(&desk->call, 3), 7);

	/* Led to a gated step by moving on: it stays gated until something is said, or it is opened. */
	DO(ACTION_OPEN_STEP, "empathize", NULL);
	DO(ACTION_SAY_LINE, NULL, NULL);
	assert_int_equal(desk->call.step, 3);
	assert_int_equal(call_gate(&desk->call, 3), 3);
	DO(ACTION_OPEN_STEP, "resolve", NULL);
	assert_int_equal(call_gate(&desk->call, 3), 0);
	DO(ACTION_UNDO, NULL, NULL);
	DO(ACTION_SAY_LINE, NULL, NULL);
	assert_int_equal(call_gate(&desk->call, 3), 0);
	assert_int_equal(desk->call.gates_opened, 8);
	assert_int_equal(desk->call.step, 4);
	desk_close(desk);
}

static void passing_goes_round(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	static const char *const round[] = {"r1", "r2", "r3", "r1", "r2", "r3", "r1"};
	for (size_t i = 0; i < 7; i++) {
		assert_string_equal(offer(desk, 0), round[i]);
		DO(ACTION_PASS_LINE, NULL, NULL);
		assert_string_equal(desk->events[0].text, round[i]);
		assert_true(call_was_passed(&desk->call, round[i]));
		assert_int_equal(desk->call.step, 0);
	}
	/* A line said is not offered while others are left. */
	DO(ACTION_SAY_LINE, "r3", NULL);
	DO(ACTION_OPEN_STEP, "1", NULL);
	assert_string_equal(offer(desk, 0), "r2");
	DO(ACTION_PASS_LINE, NULL, NULL);
	assert_string_equal(offer(desk, 0), "r1");
	DO(ACTION_PASS_LINE, "r1", NULL);
	assert_string_equal(offer(desk, 0), "r2");
	DO(ACTION_SAY_LINE, NULL, NULL);
	DO(ACTION_OPEN_STEP, "1", NULL);
	assert_string_equal(offer(desk, 0), "r1");
	REFUSED(CALL_ALREADY, ACTION_PASS_LINE, NULL, NULL);
	DO(ACTION_SAY_LINE, NULL, NULL);
	DO(ACTION_OPEN_STEP, "1", NULL);

	/* All said: the one said longest ago. */
	assert_string_equal(offer(desk, 0), "r3");
	DO(ACTION_PASS_LINE, NULL, NULL);
	assert_string_equal(offer(desk, 0), "r2");
	REFUSED(CALL_NO_LINE, ACTION_PASS_LINE, "v1", NULL);

	DO(ACTION_OPEN_STEP, "empathize", NULL);
	REFUSED(CALL_ALREADY, ACTION_PASS_LINE, NULL, NULL);
	DO(ACTION_OPEN_SITUATION, "shouting", NULL);
	DO(ACTION_OPEN_STEP, "validate", NULL);
	assert_null(offer(desk, 1));
	REFUSED(CALL_NO_LINE, ACTION_PASS_LINE, NULL, NULL);
	REFUSED(CALL_NO_LINE, ACTION_SAY_LINE, NULL, NULL);
	desk_close(desk);
}

static void situations_change(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	REFUSED(CALL_UNKNOWN_SITUATION, ACTION_OPEN_SITUATION, NULL, NULL);
	REFUSED(CALL_UNKNOWN_SITUATION, ACTION_OPEN_SITUATION, "dancing", NULL);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	DO(ACTION_FILL_SLOT, "customer", "Mrs Rahman");
	DO(ACTION_SAY_LINE, NULL, NULL);
	DO(ACTION_ADD_NOTE, "likes tea", NULL);
	DO(ACTION_MAKE_PROMISE, "call back", "2h");
	DO(ACTION_OPEN_STEP, "resolve", NULL);
	REFUSED(CALL_ALREADY, ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	DO(ACTION_OPEN_SITUATION, "shouting", NULL);
	assert_int_equal(desk->count, 1);
	assert_int_equal(desk->call.step, 0);
	assert_int_equal(desk->call.steps_done | desk->call.steps_said, 0);
	assert_int_equal(desk->call.gates_opened, 0);
	assert_int_equal(desk->call.slot_count, 1);
	assert_int_equal(desk->call.note_count, 1);
	assert_int_equal(desk->call.promise_count, 1);
	assert_true(call_was_said(&desk->call, "r1"));

	/* An id of the open playbook comes first, another is asked for by its playbook. */
	DO(ACTION_OPEN_SITUATION, "both", NULL);
	assert_ptr_equal(desk->call.playbook, &angry);
	DO(ACTION_OPEN_SITUATION, "calm/both", NULL);
	assert_ptr_equal(desk->call.playbook, &calm);
	assert_string_equal(offer(desk, 0), "q1");
	assert_int_equal(call_lines(&desk->call, 4, &desk->scratch, &(const struct line **){0}), 0);
	DO(ACTION_SAY_LINE, NULL, NULL);
	assert_int_equal(desk->call.step, 1);
	desk_close(desk);
}

static void slots_fill(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	DO(ACTION_BEGIN_CALL, NULL, NULL);
	REFUSED(CALL_UNKNOWN_SLOT, ACTION_FILL_SLOT, NULL, "x");
	REFUSED(CALL_UNKNOWN_SLOT, ACTION_FILL_SLOT, "colour", "x");
	REFUSED(CALL_EMPTY, ACTION_FILL_SLOT, "issue", NULL);
	REFUSED(CALL_ALREADY, ACTION_FILL_SLOT, "issue", " ");
	DO(ACTION_FILL_SLOT, "issue", "no \033[2J parcel\n");
	assert_null(strchr(call_slot(&desk->call, "issue", 5), '\033'));
	DO(ACTION_FILL_SLOT, "customer", "Ana");
	REFUSED(CALL_ALREADY, ACTION_FILL_SLOT, "customer", "Ana");
	DO(ACTION_FILL_SLOT, "issue", "no parcel");
	assert_string_equal(desk->call.slots[0].text, "no parcel");
	assert_int_equal(desk->call.slot_count, 2);
	DO(ACTION_FILL_SLOT, "issue", "");
	assert_null(call_slot(&desk->call, "issue", 5));
	assert_string_equal(desk->call.slots[0].id, "customer");
	DO(ACTION_UNDO, NULL, NULL);
	assert_string_equal(call_slot(&desk->call, "issue", 5), "no parcel");
	DO(ACTION_UNDO, NULL, NULL);
	DO(ACTION_UNDO, NULL, NULL);
	DO(ACTION_UNDO, NULL, NULL);
	assert_int_equal(desk->call.slot_count, 0);
	REFUSED(CALL_NOTHING_TO_UNDO, ACTION_UNDO, NULL, NULL);

	/* A very long text is cut between characters, so that its line can be read again. */
	static char longer[3 * EVENT_TEXT_BYTES + 1];
	for (size_t i = 0; i < EVENT_TEXT_BYTES; i++)
		memcpy(longer + 3 * i, "ক", 3);
	DO(ACTION_ADD_NOTE, longer, NULL);
	size_t length = strlen(desk->call.notes[0].text);
	assert_true(length <= EVENT_TEXT_BYTES && length > EVENT_TEXT_BYTES - 8);
	assert_int_equal(length % 3, 0);
	desk_close(desk);
}

static void promises_and_notes(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	REFUSED(CALL_EMPTY, ACTION_ADD_NOTE, " ", NULL);
	REFUSED(CALL_EMPTY, ACTION_ADD_NOTE, NULL, NULL);
	REFUSED(CALL_EMPTY, ACTION_MAKE_PROMISE, "", "fri");
	REFUSED(CALL_UNKNOWN_TIME, ACTION_MAKE_PROMISE, "call back", "some day");
	assert_int_equal(desk->call.phase, CALL_NONE);
	DO(ACTION_MAKE_PROMISE, "call back", "2h");
	const struct call_promise *promise = desk->call.promises;
	assert_string_equal(promise->name, NEW_CALL "/1");
	assert_true(promise->due == desk->now - 1000 + 2 * 3600 * 1000);
	assert_int_equal(strlen(promise->zone), 6);
	DO(ACTION_MAKE_PROMISE, "a letter", NULL);
	DO(ACTION_UNDO, NULL, NULL);
	DO(ACTION_MAKE_PROMISE, "a card", " ");
	assert_int_equal(desk->call.promise_count, 2);
	promise = &desk->call.promises[1];
	assert_string_equal(promise->name, NEW_CALL "/3");
	assert_string_equal(promise->text, "a card");
	assert_true(promise->due == 0 && promise->zone == NULL);

	struct event event = {.t = desk->now, .call = NEW_CALL, .kind = EVENT_PROMISE_KEPT,
			      .promise = NEW_CALL "/1", .text = "and a gift"};
	DO(ACTION_END_CALL, "follow-up", NULL);
	event.t = desk->now;
	call_apply(&desk->call, &event);
	assert_true(desk->call.promises[0].kept == desk->now);
	assert_string_equal(desk->call.promises[0].beyond, "and a gift");
	event.kind = EVENT_PROMISE_BROKEN;
	event.promise = NEW_CALL "/3";
	call_apply(&desk->call, &event);
	assert_true(desk->call.promises[1].broken == desk->now);
	desk_close(desk);
}

static void moods_go_round(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	static const char *const round[] = {"heated", "tense", "calm", "heated"};
	for (size_t i = 0; i < 4; i++) {
		DO(ACTION_MARK_MOOD, i % 2 == 0 ? NULL : "", NULL);
		assert_string_equal(desk->call.mood, round[i]);
	}
	DO(ACTION_MARK_MOOD, "calm", NULL);
	REFUSED(CALL_ALREADY, ACTION_MARK_MOOD, "calm", NULL);
	REFUSED(CALL_UNKNOWN_MOOD, ACTION_MARK_MOOD, "merry", NULL);
	desk_close(desk);
}

static void time_on_hold_is_no_talk(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	DO(ACTION_BEGIN_CALL, NULL, NULL); /* 1000 */
	desk->now = 5000;
	DO(ACTION_HOLD, NULL, NULL);
	assert_int_equal(desk->events[0].kind, EVENT_CALL_HELD);
	assert_true(call_talked(&desk->call, 9000) == 4000);
	assert_true(call_held(&desk->call, 9000) == 4000);
	desk->now = 10000;
	DO(ACTION_HOLD, NULL, NULL);
	assert_int_equal(desk->events[0].kind, EVENT_CALL_RESUMED);
	assert_true(call_talked(&desk->call, 12000) == 6000);
	DO(ACTION_UNDO, NULL, NULL);
	assert_true(call_held(&desk->call, 12000) == 7000);
	desk->now = 20000;
	REFUSED(CALL_UNKNOWN_DISPOSITION, ACTION_END_CALL, NULL, NULL);
	REFUSED(CALL_UNKNOWN_DISPOSITION, ACTION_END_CALL, "fine", NULL);
	desk->now = 20000;
	DO(ACTION_END_CALL, "dropped", NULL);
	assert_int_equal(desk->count, 1);
	assert_int_equal(desk->call.phase, CALL_ENDED);
	assert_string_equal(desk->call.disposition, "dropped");
	assert_true(call_talked(&desk->call, 99000) == 4000);
	assert_true(call_held(&desk->call, 99000) == 15000);
	desk_close(desk);
}

static void an_ended_call_is_read_until_the_next(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	DO(ACTION_FILL_SLOT, "customer", "Ana");
	DO(ACTION_SAY_LINE, NULL, NULL);
	DO(ACTION_END_CALL, "resolved", NULL);
	assert_true(call_was_said(&desk->call, "r1"));
	assert_string_equal(desk->call.situation->id, "about-to-leave");
	REFUSED(CALL_NO_CALL, ACTION_UNDO, NULL, NULL);
	REFUSED(CALL_NO_CALL, ACTION_HOLD, NULL, NULL);
	REFUSED(CALL_NO_CALL, ACTION_END_CALL, "resolved", NULL);
	REFUSED(CALL_NO_SITUATION, ACTION_SAY_LINE, NULL, NULL);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	assert_int_equal(desk->count, 2);
	assert_int_equal(desk->call.event_count, 2);
	assert_int_equal(desk->call.slot_count, 0);
	assert_int_equal(desk->call.line_count, 0);
	assert_null(desk->call.disposition);
	desk_close(desk);
}

static void time_runs_forward_inside_a_call(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	desk->now = 10;
	DO(ACTION_SAY_LINE, NULL, NULL);
	assert_true(desk->events[0].t == 1002);
	desk->now = 1002;
	DO(ACTION_SAY_LINE, NULL, NULL);
	assert_true(desk->events[0].t == 1003);
	desk_close(desk);
}

static void foreign_events_do_no_harm(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	struct event said = {.t = 5, .call = NEW_CALL, .kind = EVENT_LINE_SAID, .step = "reflect",
			     .text = "gone"};
	call_apply(&desk->call, &said);
	assert_int_equal(desk->call.event_count, 0);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	said.call[0] = '9';
	call_apply(&desk->call, &said);
	assert_int_equal(desk->call.event_count, 2);
	said.call[0] = '0';
	said.step = "dance";
	call_apply(&desk->call, &said);
	assert_int_equal(desk->call.event_count, 3);
	assert_int_equal(desk->call.line_count, 0);
	said.step = "reflect";
	call_apply(&desk->call, &said);
	assert_int_equal(desk->call.line_count, 1);
	struct event more = {.t = 6, .call = NEW_CALL, .kind = EVENT_UNDONE, .undoes = 1000};
	call_apply(&desk->call, &more); /* a call's beginning stays */
	more.undoes = 777;
	call_apply(&desk->call, &more);
	assert_int_equal(desk->call.phase, CALL_OPEN);
	assert_int_equal(desk->call.line_count, 1);
	more = (struct event){.t = 7, .call = NEW_CALL, .kind = EVENT_SITUATION_OPENED,
			      .playbook = "gone", .situation = "gone"};
	call_apply(&desk->call, &more);
	assert_string_equal(desk->call.situation->id, "about-to-leave");
	desk_close(desk);
}

static void another_library(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	desk_open(desk);
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	DO(ACTION_FILL_SLOT, "customer", "Ana");
	DO(ACTION_SAY_LINE, NULL, NULL);
	struct call before;
	replay(&before, &desk->call, desk->call.event_count);
	call_rebind(&desk->call, &half);
	assert_ptr_equal(desk->call.playbook, &calm);
	assert_null(desk->call.situation);
	assert_int_equal(desk->call.line_count, 0);
	assert_string_equal(call_slot(&desk->call, "customer", 8), "Ana");
	call_rebind(&desk->call, &none);
	assert_null(desk->call.playbook);
	REFUSED(CALL_NO_SITUATION, ACTION_NEXT_STEP, NULL, NULL);
	REFUSED(CALL_NO_SITUATION, ACTION_OPEN_STEP, "1", NULL);
	REFUSED(CALL_UNKNOWN_SLOT, ACTION_FILL_SLOT, "customer", "Bo");
	REFUSED(CALL_UNKNOWN_SITUATION, ACTION_OPEN_SITUATION, "both", NULL);
	call_rebind(&desk->call, &whole);
	same_fold(&before, &desk->call);
	call_close(&before);
	desk_close(desk);

	*desk = (struct desk){.now = 1};
	call_open(&desk->call, &none, NULL);
	DO(ACTION_BEGIN_CALL, NULL, NULL);
	assert_null(desk->events[0].playbook);
	assert_string_equal(desk->events[0].language, "en");
	desk_close(desk);
}

static void order_is(struct desk *desk, size_t step, const char *expected)
{
	const struct line **lines;
	char order[64] = "";
	size_t count = call_lines(&desk->call, step, &desk->scratch, &lines);
	for (size_t i = 0; i < count; i++) {
		strcat(order, i == 0 ? "" : " ");
		strcat(order, lines[i]->text);
	}
	assert_string_equal(order, expected);
}

static void remember(struct history *history, int64_t t, const char *customer, const char *text)
{
	struct event event = {.t = t, .call = "an earlier call", .kind = EVENT_SLOT_FILLED};
	event.slot = "customer";
	event.text = customer;
	history_apply(history, &event);
	event.kind = EVENT_LINE_SAID;
	event.slot = NULL;
	event.text = text;
	history_apply(history, &event);
}

static void least_recent_lines_come_first(void **state)
{
	(void)state;
	struct desk it, *desk = &it;
	struct history history = {0};
	remember(&history, 10, "Ana", "r1");
	remember(&history, 5, "Bo", "r2");
	remember(&history, 3, "Ana", "c0");
	remember(&history, 4, "Bo", "c2");
	*desk = (struct desk){.now = 1000};
	call_open(&desk->call, &whole, &history);
	order_is(desk, 0, "");
	DO(ACTION_OPEN_SITUATION, "about-to-leave", NULL);
	order_is(desk, 0, "r3 r2 r1");
	order_is(desk, 1, "v1 v2");
	order_is(desk, 4, "c1 c3 c0 c2");
	DO(ACTION_FILL_SLOT, "customer", "ana");
	order_is(desk, 0, "r3 r2 r1");
	order_is(desk, 4, "c1 c3 c2 c0");
	DO(ACTION_FILL_SLOT, "customer", "Eve");
	order_is(desk, 4, "c1 c3 c0 c2");
	DO(ACTION_SAY_LINE, NULL, NULL);
	order_is(desk, 0, "r3 r2 r1");
	assert_string_equal(offer(desk, 0), "r2");
	desk_close(desk);
	history_free(&history);
}

/* Numerical Recipes' generator: the same sequences everywhere. */
static unsigned roll(uint32_t *seed, unsigned sides)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % sides;
}

static enum call_refusal act_at_random(struct desk *desk, uint32_t *seed)
{
	static const enum action actions[] = {
		ACTION_SAY_LINE,   ACTION_SAY_LINE,  ACTION_PASS_LINE,      ACTION_NEXT_STEP,
		ACTION_OPEN_STEP,  ACTION_STEP_BACK, ACTION_OPEN_SITUATION, ACTION_FILL_SLOT,
		ACTION_FILL_SLOT,  ACTION_ADD_NOTE,  ACTION_MAKE_PROMISE,   ACTION_MARK_MOOD,
		ACTION_HOLD,       ACTION_UNDO,      ACTION_UNDO,           ACTION_BEGIN_CALL,
		ACTION_END_CALL,
	};
	static const char *const words[] = {
		"about-to-leave", "shouting", "both", "just-bought", "1", "4", "resolve", "close",
		"customer", "issue", "resolved", "r2", "v1", "calm", "x", "",
	};
	static const char *const more[] = {"Ana", "", "2h", "fri", " it never came ", "in 3 weeks"};
	enum action action = actions[roll(seed, sizeof(actions) / sizeof(actions[0]))];
	const char *first = words[roll(seed, sizeof(words) / sizeof(words[0]))];
	const char *second = more[roll(seed, sizeof(more) / sizeof(more[0]))];
	if (action == ACTION_END_CALL && roll(seed, 8) != 0)
		return CALL_ALREADY;
	if (action == ACTION_FILL_SLOT)
		first = slots[roll(seed, 3)].id;
	if (action == ACTION_OPEN_SITUATION)
		first = words[roll(seed, 4)];
	if ((action == ACTION_SAY_LINE || action == ACTION_PASS_LINE) && roll(seed, 4) != 0)
		first = NULL;
	if (roll(seed, 3) == 0)
		second = NULL;
	desk->now -= roll(seed, 2000);
	return act(desk, action, first, second);
}

/* Whatever was done: the same events give the same call, in an arena of their own or against the library again;
 * and taking the last thing back gives the call before it. */
static void replaying_gives_the_same_call(void **state)
{
	(void)state;
	size_t undone = 0;
	for (uint32_t seed = 1; seed <= 300; seed++) {
		struct desk desk;
		uint32_t dice = seed;
		desk_open(&desk);
		desk.now = 1795286583123;
		for (int i = 0; i < 60; i++) {
			if (act_at_random(&desk, &dice) != CALL_ALLOWED)
				continue;
			struct call again;
			replay(&again, &desk.call, desk.call.event_count);
			same_fold(&desk.call, &again);
			call_rebind(&again, &whole);
			same_fold(&desk.call, &again);
			call_close(&again);

			if (!event_can_be_undone(desk.events[desk.count - 1].kind))
				continue;
			replay(&again, &desk.call, desk.call.event_count - 1);
			assert_int_equal(act(&desk, ACTION_UNDO, NULL, NULL), CALL_ALLOWED);
			same_fold(&desk.call, &again);
			call_close(&again);
			undone++;
			if (roll(&dice, 3) == 0)
				continue;
			/* Done again, so that the call gets somewhere. */
			struct event once_more = desk.call.events[desk.call.event_count - 2];
			once_more.t = desk.call.events[desk.call.event_count - 1].t + 1;
			call_apply(&desk.call, &once_more);
		}
		desk_close(&desk);
	}
	assert_true(undone > 3000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_happens_on_no_call),
		cmocka_unit_test(a_call_begins_with_any_action),
		cmocka_unit_test(saying_moves_on),
		cmocka_unit_test(steps_open),
		cmocka_unit_test(passing_goes_round),
		cmocka_unit_test(situations_change),
		cmocka_unit_test(slots_fill),
		cmocka_unit_test(promises_and_notes),
		cmocka_unit_test(moods_go_round),
		cmocka_unit_test(time_on_hold_is_no_talk),
		cmocka_unit_test(an_ended_call_is_read_until_the_next),
		cmocka_unit_test(time_runs_forward_inside_a_call),
		cmocka_unit_test(foreign_events_do_no_harm),
		cmocka_unit_test(another_library),
		cmocka_unit_test(least_recent_lines_come_first),
		cmocka_unit_test(replaying_gives_the_same_call),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
