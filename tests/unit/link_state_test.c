/* The state as other programs see it. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "call/call.h"
#include "link/state.h"
#include "playbook/library.h"

#define ID "01930000-0000-7000-8000-000000000001"

static struct library library;
static struct call call;
static struct buffer out;
static struct json *state;
static int64_t now;

static int set_up(void **unused)
{
	static const char *const places[] = {"tests/scenes/library"};

	(void)unused;
	now = 1795286583000;
	if (!library_open(&library, "en", places, 1, true))
		return -1;
	library_load_all(&library);
	call = (struct call){0};
	call_open(&call, &library, NULL);
	return 0;
}

static int tear_down(void **unused)
{
	(void)unused;
	json_free(state);
	state = NULL;
	buffer_free(&out);
	call_close(&call);
	library_close(&library);
	return 0;
}

static void act(enum action action, const char *first, const char *second)
{
	struct event events[CALL_EVENTS_MOST];
	struct arena scratch = {0};
	size_t count;

	now += 1000;
	assert_int_equal(call_decide(&call, action, (const char *const[2]){first, second}, now, ID,
				     &scratch, events, &count),
			 CALL_ALLOWED);
	for (size_t i = 0; i < count; i++)
		call_apply(&call, &events[i]);
	arena_free(&scratch);
}

/* Writes the state and reads it back. */
static void look(const struct state_scene *scene)
{
	struct state_scene plain = {.language = "en", .now = now};

	buffer_clear(&out);
	state_write(&call, scene ? scene : &plain, &out);
	json_free(state);
	state = json_parse(out.text, out.length, NULL);
	assert_non_null(state);
	assert_int_equal(strcspn(out.text, "\n"), out.length - 1);
}

static const char *item(const char *list, size_t index)
{
	const struct json *at = json_first(json_member(state, list));

	while (at && index-- > 0)
		at = json_next(at);
	return json_string(at);
}

static void before_any_call(void **unused)
{
	static const char *const members[] = {"call",	"situation", "step",
					      "slots",	"said",	     "steps_done",
					      "offers", "language",  "playbook_version"};

	(void)unused;
	look(NULL);
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		assert_non_null(json_member(state, members[i]));
	assert_null(json_text(state, "call"));
	assert_string_equal(json_text(state, "phase"), "none");
	assert_string_equal(json_text(state, "language"), "en");
	assert_null(json_first(json_member(state, "offers")));
}

static void in_a_call(void **unused)
{
	const struct json *offer;

	(void)unused;
	act(ACTION_OPEN_SITUATION, "cold-soup", NULL);
	act(ACTION_FILL_SLOT, "customer", "\"Ana\"\033[31m");
	act(ACTION_SAY_LINE, NULL, NULL);
	act(ACTION_MAKE_PROMISE, "bread", "2h");
	act(ACTION_ADD_NOTE, "a note", NULL);
	act(ACTION_HOLD, NULL, NULL);
	look(NULL);
	assert_string_equal(json_text(state, "call"), ID);
	assert_string_equal(json_text(state, "phase"), "open");
	assert_string_equal(json_text(state, "event"), "call_held");
	assert_string_equal(json_text(state, "playbook"), "kitchen");
	assert_int_equal(strlen(json_text(state, "playbook_version")), 16);
	assert_string_equal(json_text(state, "situation"), "cold-soup");
	assert_string_equal(json_text(state, "step"), "validate");
	assert_string_equal(item("steps_done", 0), "reflect");
	assert_null(item("steps_done", 1));
	assert_string_equal(item("said", 0), call.lines[0].text);
	assert_string_equal(item("notes", 0), "a note");
	assert_non_null(strstr(json_text(json_member(state, "slots"), "customer"), "\"Ana\""));
	assert_null(strchr(out.text, '\033'));
	assert_true(json_true(state, "hold"));
	offer = json_member(json_member(state, "offers"), "resolve");
	assert_string_equal(json_text(offer, "line"), "I will bring a hot one at once.");
	assert_string_equal(json_text(offer, "phrase"), "I will bring a hot one at once.");
	offer = json_first(json_member(state, "promises"));
	assert_string_equal(json_text(offer, "text"), "bread");
	assert_true(json_number(offer, "due", 0) > (double)now);
	assert_true(json_number(state, "talked", 0) > 4999);
}

/* Slots are filled in the phrase and stand by name in the line. */
static void phrases_are_filled(void **unused)
{
	bool found = false;

	(void)unused;
	act(ACTION_OPEN_SITUATION, "cold-soup", NULL);
	act(ACTION_FILL_SLOT, "customer", "Ana");
	look(NULL);
	for (const struct json *offer = json_first(json_member(state, "offers")); offer;
	     offer = json_next(offer)) {
		assert_null(strstr(json_text(offer, "phrase"), "<customer>"));
		found = found || (strstr(json_text(offer, "line"), "<customer>") &&
				  strstr(json_text(offer, "phrase"), "Ana"));
	}
	assert_true(found);
}

static void what_is_marked_is_offered(void **unused)
{
	const struct line *marked[PLAYBOOK_STEPS_MOST] = {0};
	const struct line other = {.text = "another line"};
	struct state_scene scene = {
		.now = now, .marked = marked, .heard = "it is cold", .heard_at = 1795286583123};

	(void)unused;
	act(ACTION_OPEN_SITUATION, "cold-soup", NULL);
	marked[1] = &other;
	look(&scene);
	assert_string_equal(json_text(json_first(json_member(state, "offers")), "line"),
			    "another line");
	assert_string_equal(json_name(json_first(json_member(state, "offers"))), "validate");
	assert_string_equal(json_text(state, "heard"), "it is cold");
	assert_true(json_number(state, "heard_at", 0) > 1795286583122.5);
}

static void when_it_is_over(void **unused)
{
	(void)unused;
	act(ACTION_OPEN_SITUATION, "cold-soup", NULL);
	act(ACTION_END_CALL, "resolved", NULL);
	look(NULL);
	assert_string_equal(json_text(state, "phase"), "ended");
	assert_string_equal(json_text(state, "disposition"), "resolved");
	assert_string_equal(json_text(state, "situation"), "cold-soup");
	assert_null(json_first(json_member(state, "offers")));
	assert_true(json_number(state, "ended", 0) > 0);
}

/* A journal could name a slot with quotes in it: no member is written by such a name. */
static void names_cannot_break_it(void **unused)
{
	struct call_slot slot = {.id = "a\":{", .text = "x", .at = 1};
	struct call_slot *before;
	size_t count;

	(void)unused;
	act(ACTION_OPEN_SITUATION, "cold-soup", NULL);
	before = call.slots;
	count = call.slot_count;
	call.slots = &slot;
	call.slot_count = 1;
	look(NULL);
	assert_null(json_first(json_member(state, "slots")));
	call.slots = before;
	call.slot_count = count;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(before_any_call),		 TEST(in_a_call),	TEST(phrases_are_filled),
		TEST(what_is_marked_is_offered), TEST(when_it_is_over), TEST(names_cannot_break_it),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
