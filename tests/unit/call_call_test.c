#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "call_desk.h"

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

	/* Led to a gated step by moving on: it stays gated until something is said, or it is
	 * opened. */
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
		snprintf(longer + 3 * i, 4, "ক");
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

	struct event event = {.t = desk->now,
			      .call = NEW_CALL,
			      .kind = EVENT_PROMISE_KEPT,
			      .promise = NEW_CALL "/1",
			      .text = "and a gift"};
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
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
