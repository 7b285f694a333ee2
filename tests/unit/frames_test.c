/* A frame drawn with what earlier ones left is the frame that would be drawn without: after any
 * keys, in any language, at any size. */
#include "base/arena.h"
#include "base/text.h"
#include "call/id.h"
#include "call/history.h"
#include "playbook/library.h"
#include "view/coach.h"
#include "view/wraps.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LANGUAGES 3

static unsigned next(unsigned *random)
{
	*random = *random * 1103515245u + 12345u;
	return *random >> 16;
}

static bool record(void *context, const struct event *event)
{
	(void)context;
	(void)event;
	return true;
}

static void name_call(void *context, int64_t now, char id[EVENT_CALL_BYTES])
{
	const unsigned char random[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

	(void)context;
	id_make(id, now, random);
}

static const struct suggest_model *no_model(void *context)
{
	(void)context;
	return NULL;
}

/* Mostly what an agent does in a call, sometimes typing. */
static struct press any_press(unsigned *random)
{
	static const enum press_kind kinds[] = {PRESS_ENTER,  PRESS_TAB,       PRESS_BACK_TAB,
						PRESS_DOWN,   PRESS_UP,	       PRESS_ESCAPE,
						PRESS_ESCAPE, PRESS_BACKSPACE, PRESS_PAGE_DOWN};
	static const char characters[] = "123445nnffppss/u?ahmogcdwxabe ,t<>";
	struct press press = {.kind = kinds[next(random) % (sizeof kinds / sizeof *kinds)]};

	if (next(random) % 2) {
		press.kind = PRESS_CHARACTER;
		press.text[0] = characters[next(random) % (sizeof characters - 1)];
	}
	return press;
}

static void same_grid(const struct grid *a, const struct grid *b, int step)
{
	assert_int_equal(a->cursor_row, b->cursor_row);
	assert_int_equal(a->cursor_column, b->cursor_column);
	for (int i = 0; i < a->rows * a->columns; i++) {
		const struct cell *x = &a->cells[i], *y = &b->cells[i];

		if (x->length != y->length || x->width != y->width || x->style != y->style ||
		    memcmp(x->text, y->text, x->length) != 0)
			fail_msg("step %d, row %d column %d: \"%.*s\", not \"%.*s\"", step,
				 i / a->columns, i % a->columns, x->length, x->text, y->length,
				 y->text);
	}
}

/* Both frames at one moment. */
static void draw_both(struct coach *coach, int64_t now, int step)
{
	struct arena kept = {0}, fresh = {0};
	struct wraps *wraps = coach->view.wraps;
	struct grid a, b;

	assert_non_null(wraps);
	coach_draw(coach, now, &kept, &a);
	coach->view.wraps = NULL;
	coach_draw(coach, now, &fresh, &b);
	coach->view.wraps = wraps;
	same_grid(&a, &b, step);
	arena_free(&kept);
	arena_free(&fresh);
}

static void any_keys_languages_and_sizes(void **state)
{
	static const char *const languages[LANGUAGES] = {"en", "bn", "eo"};
	static const int sizes[][2] = {{24, 80}, {60, 200}, {40, 120}, {20, 40}, {10, 40}, {8, 30}};
	struct recorder recorder = {.record = record, .name_call = name_call, .model = no_model};
	struct library libraries[LANGUAGES];
	struct history history = {0};
	struct coach coach = {0};
	unsigned random = 11;
	int64_t now = INT64_C(1700000000000);
	int calls = 0;

	(void)state;
	for (int i = 0; i < LANGUAGES; i++) {
		assert_true(library_open(&libraries[i], languages[i],
					 (const char *const[]){"scripts"}, 1, true));
		library_load_all(&libraries[i]);
	}
	coach_open(&coach, &libraries[0], &history, recorder, 24, 80);
	for (int step = 0; step < 4000; step++) {
		struct press press = any_press(&random);

		now += next(&random) % 3000;
		if (coach_press(&coach, &press, now) == COACH_SWITCHES || next(&random) % 97 == 0) {
			unsigned other = next(&random) % LANGUAGES;

			coach_rebind(&coach, &libraries[other]);
			coach_switched(&coach, now);
			coach.view.gloss = other ? &libraries[0] : NULL;
			coach.view.parallel = other && next(&random) % 2;
		}
		if (next(&random) % 11 == 0) {
			unsigned size = next(&random) % (sizeof sizes / sizeof *sizes);

			coach.view.rows = sizes[size][0];
			coach.view.columns = sizes[size][1] + (int)(next(&random) % 7);
		}
		draw_both(&coach, now, step);
		calls += coach.call.phase == CALL_OPEN;
	}
	/* or it has drawn no panels */
	assert_true(calls > 500);
	coach_close(&coach);
	history_free(&history);
	for (int i = 0; i < LANGUAGES; i++)
		library_close(&libraries[i]);
}

/* More texts than are kept, some longer than is kept, found again in any order. */
static void rows_are_those_of_a_fresh_wrap(void **state)
{
	static const char *const words[] = {
		"so",	  "you", "waited,", "ক্ষুব্ধ",	   "গ্রাহক",
		"‹name›", "ĉu",	 "a\nb",    "example.com", "extraordinarily"};
	struct wraps *wraps = calloc(1, sizeof *wraps);
	unsigned random = 5;
	size_t kept = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		unsigned seed = next(&random) % 400, again = seed;
		int columns = 1 + (int)(seed % 3) * 20;
		struct arena arena = {0};
		struct text_row *rows, *fresh;
		char text[WRAPS_BYTES * 2] = "";
		size_t count, most = seed % 40 == 0 ? 40 : seed % 12;

		for (size_t n = 0; n < most; n++) {
			strcat(text, words[next(&again) % (sizeof words / sizeof *words)]);
			strcat(text, " ");
		}
		count = wraps_rows(wraps, &arena, text, strlen(text), columns, &rows);
		assert_int_equal(count, text_wrap(&arena, text, strlen(text), columns, &fresh));
		for (size_t n = 0; n < count; n++) {
			assert_int_equal(rows[n].start, fresh[n].start);
			assert_int_equal(rows[n].length, fresh[n].length);
			assert_int_equal(rows[n].width, fresh[n].width);
		}
		arena_free(&arena);
	}
	for (size_t i = 0; i < WRAPS_MOST; i++)
		kept += wraps->entries[i] != NULL;
	assert_true(kept > WRAPS_MOST / 2);
	wraps_free(wraps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_keys_languages_and_sizes),
		cmocka_unit_test(rows_are_those_of_a_fresh_wrap),
	};

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
