/* A journal that somebody else wrote: each of its lines is an event or is not, whichever reader
 * reads it; a call folds any of them, and so does a report. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "call/call.h"
#include "call/event.h"
#include "call/history.h"
#include "link/state.h"
#include "playbook/library.h"
#include "report/figures.h"
#include "report/print.h"
#include "report/redact.h"

#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct library library;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char *const places[] = {"tests/scenes/library"};

	(void)argc, (void)argv;
	setlocale(LC_CTYPE, "C.UTF-8");
	if (!library_open(&library, "en", places, 1, true))
		abort(); /* run it from the top folder */
	library_load_all(&library);
	return 0;
}

/* What was read and is written again reads the same. */
static void goes_round(const struct event *event, struct arena *arena)
{
	struct buffer out = {0}, again = {0};
	struct event back;
	struct json *json;

	event_write(event, &out);
	json = json_parse(out.text, out.length, NULL);
	assert(json && event_read(json, arena, &back, NULL));
	event_write(&back, &again);
	assert(strcmp(out.text, again.text) == 0);
	json_free(json);
	buffer_free(&out);
	buffer_free(&again);
}

/* Where the fast reader takes a line, it says what the strict one said, which is NULL for no event.
 */
static void agrees(const char *line, size_t length, const struct event *event, struct arena *arena)
{
	char *copy = malloc(length + 1);
	struct event own;

	memcpy(copy, line, length);
	if (event_read_own(copy, length, arena, &own)) {
		struct buffer left = {0}, right = {0};

		assert(event);
		event_write(event, &left);
		event_write(&own, &right);
		assert(strcmp(left.text, right.text) == 0);
		buffer_free(&left);
		buffer_free(&right);
	} else {
		assert(memcmp(copy, line, length) == 0);
	}
	free(copy);
}

/* Every form of a report takes whatever is in a journal. */
static void report(struct figures *figures)
{
	struct report report = {.figures = figures, .table = REPORT_ALL, .made = 1};
	struct buffer out = {0};

	figures_finish(figures, 1795286583123);
	print_text(&report, 80, &out);
	print_json(&report, &out);
	print_csv(&report, &out);
	print_html(&report, &out);
	buffer_free(&out);
}

static void take_line(struct call *call, struct history *history, struct figures *figures,
		      const char *line, size_t length)
{
	struct json *json = json_parse(line, length, NULL);
	struct arena arena = {0};
	struct event event;
	bool good = json && event_read(json, &arena, &event, NULL);

	agrees(line, length, good ? &event : NULL, &arena);
	if (good) {
		struct redaction redaction = {0};
		struct event kept = redact_event(&redaction, &event, &arena);

		goes_round(&event, &arena);
		goes_round(&kept, &arena);
		redact_free(&redaction);
		figures_take(figures, &event);
		call_apply(call, &event);
		history_apply(history, &event);
	}
	json_free(json);
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct figures figures = {0};
	struct history history = {0};
	struct state_scene scene = {.now = 1795286583123};
	struct buffer state = {0};
	struct call call = {0};
	struct json *json;

	call_open(&call, &library, &history);
	for (size_t at = 0; at < size;) {
		const char *newline = memchr(text + at, '\n', size - at);
		size_t length = newline ? (size_t)(newline - (text + at)) : size - at;

		take_line(&call, &history, &figures, text + at, length);
		at += length + 1;
	}
	state_write(&call, &scene, &state);
	json = json_parse(state.text, state.length, NULL);
	assert(json);
	json_free(json);
	buffer_free(&state);
	report(&figures);
	figures_free(&figures);
	call_close(&call);
	history_free(&history);
	return 0;
}
