#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "call/call.h"
#include "call/wrapup.h"
#include "playbook/library.h"

#define CALL "0193c0de-0000-7000-8000-00000000000a"
#define MORNING INT64_C(1795252800000) /* Sat 2026-11-21 09:20 UTC */
#define SECOND INT64_C(1000)

static struct step steps[] = {
	{.id = "reflect", .title = "Reflect"},
	{.id = "resolve", .title = "Make it right"},
	{.id = "close", .title = "Close"},
};
static struct slot slots[] = {
	{.id = "customer", .ask = "Name"},
	{.id = "issue", .ask = "What", .reflect = true},
	{.id = "product", .ask = "Which"},
	{.id = "agent", .ask = "You"},
};
static struct situation situations[] = {
	{.id = "late", .title = "Still waiting"},
	{.id = "leaving", .title = "About to leave"},
};
static struct playbook playbook = {
	.name = "angry",
	.language = "en",
	.slots = slots,
	.slot_count = 4,
	.steps = steps,
	.step_count = 3,
	.situations = situations,
	.situation_count = 2,
};
static struct library_file files[] = {{.name = "angry", .playbook = &playbook}};
static struct library library = {.language = "en", .files = files, .file_count = 1};
static struct library empty = {.language = "en"};

static struct call call;

static void at(int64_t seconds, struct event event)
{
	event.t = MORNING + seconds * SECOND;
	memcpy(event.call, CALL, sizeof(event.call));
	call_apply(&call, &event);
}

static void opens(int64_t seconds, const char *situation)
{
	at(seconds, (struct event){.kind = EVENT_SITUATION_OPENED,
				   .playbook = "angry",
				   .situation = situation});
}

static void fills(int64_t seconds, const char *slot, const char *text)
{
	at(seconds, (struct event){.kind = EVENT_SLOT_FILLED, .slot = slot, .text = text});
}

static void says(int64_t seconds, const char *step)
{
	at(seconds, (struct event){.kind = EVENT_LINE_SAID, .step = step, .text = "a line"});
}

static void promises(int64_t seconds, const char *name, const char *text, int64_t due)
{
	at(seconds, (struct event){.kind = EVENT_PROMISE_MADE,
				   .promise = name,
				   .text = text,
				   .due = due,
				   .zone = due == 0 ? NULL : "+06:00"});
}

static void starts(const struct library *with)
{
	call_open(&call, with, NULL);
	at(0, (struct event){.kind = EVENT_CALL_STARTED, .playbook = "angry", .language = "en"});
}

static void ends(int64_t seconds, const char *disposition)
{
	at(seconds, (struct event){.kind = EVENT_CALL_ENDED, .disposition = disposition});
}

/* Two situations, one opened twice; things taken back; a hold; three promises; marks of Markdown.
 */
static void whole_call(const struct library *with)
{
	starts(with);
	opens(1, "late");
	fills(2, "customer", "Mrs Rahman");
	fills(3, "issue", "I was charged *twice*");
	fills(4, "product", "the kettle");
	fills(5, "product", "the red_kettle");
	says(10, "reflect");
	says(11, "resolve");
	at(12, (struct event){.kind = EVENT_UNDONE, .undoes = MORNING + 11 * SECOND});
	opens(20, "leaving");
	at(21, (struct event){.kind = EVENT_STEP_DONE, .step = "reflect"});
	says(22, "close");
	says(23, "close");
	opens(24, "late");
	says(25, "resolve");
	at(30, (struct event){.kind = EVENT_CALL_HELD});
	at(95, (struct event){.kind = EVENT_CALL_RESUMED});
	promises(100, CALL "/1", "refund one", MORNING + 200000 * SECOND);
	promises(101, CALL "/2", "send a cake", MORNING + 100000 * SECOND);
	promises(102, CALL "/3", "think of her", 0);
	promises(103, CALL "/4", "never mind", MORNING + 1000 * SECOND);
	at(104, (struct event){.kind = EVENT_UNDONE, .undoes = MORNING + 103 * SECOND});
	at(110, (struct event){.kind = EVENT_NOTE_ADDED, .text = "the dog is called Rex"});
	at(111, (struct event){.kind = EVENT_MOOD_MARKED, .mood = "calm"});
	ends(252, "follow-up");
}

static void writes(enum wrapup_format format, const char *agent, const char *expected)
{
	struct buffer out = {0}, again = {0};
	wrapup_write(&call, 0, "+06:00", agent, format, &out);
	wrapup_write(&call, 0, "+06:00", agent, format, &again);
	assert_string_equal(out.text, expected);
	assert_string_equal(again.text, out.text);
	buffer_free(&out);
	buffer_free(&again);
}

static int stop(void **state)
{
	(void)state;
	call_close(&call);
	return 0;
}

static void test_text(void **state)
{
	(void)state;
	whole_call(&library);
	writes(WRAPUP_TEXT, "Rita",
	       "Mrs Rahman · Still waiting, About to leave\n"
	       "call       Sat 21 Nov 2026 15:20, 4:12 min, 1:05 min of it on hold\n"
	       "agent      Rita\n"
	       "ended      follow-up\n"
	       "mood       calm\n"
	       "issue      “I was charged *twice*”\n"
	       "product    the red_kettle\n"
	       "steps      Still waiting: Reflect, Make it right\n"
	       "steps      About to leave: Reflect, Close\n"
	       "promised   refund one, by Mon 23 Nov 2026 22:53\n"
	       "promised   send a cake, by Sun 22 Nov 2026 19:06\n"
	       "promised   think of her\n"
	       "next       Sun 22 Nov 2026 19:06: send a cake\n"
	       "note       the dog is called Rex\n");
}

static void test_markdown(void **state)
{
	(void)state;
	whole_call(&library);
	at(300,
	   (struct event){.kind = EVENT_PROMISE_KEPT, .promise = CALL "/2", .text = "two of them"});
	at(301, (struct event){.kind = EVENT_PROMISE_BROKEN, .promise = CALL "/1"});
	at(302, (struct event){.kind = EVENT_PROMISE_KEPT, .promise = CALL "/3"});
	writes(WRAPUP_MARKDOWN, NULL,
	       "## Mrs Rahman · Still waiting, About to leave\n"
	       "\n"
	       "- **Call:** Sat 21 Nov 2026 15:20, 4:12 min, 1:05 min of it on hold\n"
	       "- **Ended:** follow-up\n"
	       "- **Mood:** calm\n"
	       "- **Issue:** “I was charged \\*twice\\*”\n"
	       "- **Product:** the red\\_kettle\n"
	       "- **Steps:** Still waiting: Reflect, Make it right\n"
	       "- **Steps:** About to leave: Reflect, Close\n"
	       "- **Promised:** refund one, by Mon 23 Nov 2026 22:53 (broken)\n"
	       "- **Promised:** send a cake, by Sun 22 Nov 2026 19:06 (kept, and two of them)\n"
	       "- **Promised:** think of her (kept)\n"
	       "- **Next:** a follow-up; no time was promised\n"
	       "- **Note:** the dog is called Rex\n");
}

static void test_json(void **state)
{
	(void)state;
	whole_call(&library);
	writes(WRAPUP_JSON, "Rita",
	       "{\"call\":\"" CALL "\",\"started\":\"2026-11-21T15:20:00+06:00\","
	       "\"ended\":\"2026-11-21T15:24:12+06:00\",\"talk_seconds\":187,\"hold_seconds\":65,"
	       "\"agent\":\"Rita\",\"disposition\":\"follow-up\",\"mood\":\"calm\","
	       "\"customer\":\"Mrs Rahman\",\"issue\":\"I was charged *twice*\",\"situations\":["
	       "{\"playbook\":\"angry\",\"situation\":\"late\",\"title\":\"Still waiting\","
	       "\"steps_done\":[\"reflect\",\"resolve\"]},"
	       "{\"playbook\":\"angry\",\"situation\":\"leaving\",\"title\":\"About to leave\","
	       "\"steps_done\":[\"reflect\",\"close\"]}],\"slots\":["
	       "{\"slot\":\"customer\",\"text\":\"Mrs Rahman\"},"
	       "{\"slot\":\"issue\",\"text\":\"I was charged *twice*\"},"
	       "{\"slot\":\"product\",\"text\":\"the red_kettle\"}],\"promises\":["
	       "{\"promise\":\"" CALL "/1\",\"text\":\"refund one\","
	       "\"due\":\"2026-11-23T22:53:20+06:00\",\"state\":\"open\"},"
	       "{\"promise\":\"" CALL "/2\",\"text\":\"send a cake\","
	       "\"due\":\"2026-11-22T19:06:40+06:00\",\"state\":\"open\"},"
	       "{\"promise\":\"" CALL "/3\",\"text\":\"think of her\",\"state\":\"open\"}],"
	       "\"next_due\":\"2026-11-22T19:06:40+06:00\",\"notes\":[\"the dog is called "
	       "Rex\"]}\n");
}

/* Quotes in any text stay within their string. */
static void test_json_is_json(void **state)
{
	(void)state;
	starts(&library);
	opens(1, "late");
	fills(2, "is\"sue", "a \"quoted\" \\ word");
	promises(3, CALL "/1", "\",\"state\":\"kept", 0);
	struct buffer out = {0};
	wrapup_write(&call, MORNING + 5 * SECOND, NULL, "O\"Hara", WRAPUP_JSON, &out);
	struct json *json = json_parse(out.text, out.length, NULL);
	assert_non_null(json);
	assert_string_equal(json_text(json, "agent"), "O\"Hara");
	assert_string_equal(json_text(json, "started"), "2026-11-21T09:20:00Z");
	assert_null(json_text(json, "ended"));
	assert_int_equal((int)json_number(json, "talk_seconds", -1), 5);
	const struct json *promise = json_first(json_member(json, "promises"));
	assert_string_equal(json_text(promise, "state"), "open");
	assert_string_equal(json_text(json_first(json_member(json, "slots")), "slot"), "is\"sue");
	json_free(json);
	buffer_free(&out);
}

/* The playbook is gone: its ids are all that is left. */
static void test_library_has_changed(void **state)
{
	(void)state;
	starts(&empty);
	opens(1, "late");
	says(2, "reflect");
	ends(4000, "resolved");
	writes(WRAPUP_TEXT, NULL,
	       "Customer not named · late\n"
	       "call       Sat 21 Nov 2026 15:20, 1:06:40 h\n"
	       "ended      resolved\n"
	       "steps      reflect\n");
}

static void test_no_call(void **state)
{
	(void)state;
	struct buffer out = {0};
	call_open(&call, &library, NULL);
	for (int format = WRAPUP_TEXT; format <= WRAPUP_JSON; format++)
		wrapup_write(&call, MORNING, NULL, NULL, (enum wrapup_format)format, &out);
	assert_int_equal(out.length, 0);
	buffer_free(&out);
}

/* A call that was begun, and no more; and the agent's name as filled in. */
static void test_bare_call(void **state)
{
	(void)state;
	starts(&library);
	fills(1, "agent", "Nora");
	ends(9, "dropped");
	writes(WRAPUP_TEXT, "Rita",
	       "Customer not named\n"
	       "call       Sat 21 Nov 2026 15:20, 0:09 min\n"
	       "agent      Nora\n"
	       "ended      dropped\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_text, stop),
		cmocka_unit_test_teardown(test_markdown, stop),
		cmocka_unit_test_teardown(test_json, stop),
		cmocka_unit_test_teardown(test_json_is_json, stop),
		cmocka_unit_test_teardown(test_library_has_changed, stop),
		cmocka_unit_test_teardown(test_no_call, stop),
		cmocka_unit_test_teardown(test_bare_call, stop),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
