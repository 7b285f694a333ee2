/* What a keyboard sends becomes the same presses however its bytes are cut up, and nothing that is
 * no key is taken for typing. */
#include "base/buffer.h"
#include "screen/keys.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {
	[PRESS_ENTER] = "Enter",
	[PRESS_TAB] = "Tab",
	[PRESS_BACK_TAB] = "S-Tab",
	[PRESS_ESCAPE] = "Esc",
	[PRESS_BACKSPACE] = "Backspace",
	[PRESS_DELETE] = "Delete",
	[PRESS_UP] = "Up",
	[PRESS_DOWN] = "Down",
	[PRESS_LEFT] = "Left",
	[PRESS_RIGHT] = "Right",
	[PRESS_HOME] = "Home",
	[PRESS_END] = "End",
	[PRESS_PAGE_UP] = "PgUp",
	[PRESS_PAGE_DOWN] = "PgDn",
};

/* What is sent, and the presses that it means. */
static const struct {
	const char *bytes, *presses;
} cases[] = {
	{"q", "q"},
	{"nq", "n q"},
	{"\r\n\t", "Enter Enter Tab"},
	{"\177\b", "Backspace Backspace"},
	{"\003\021", "C-c C-q"},
	{"\033", "Esc"},
	{"\033\033", "Esc Esc"},
	{"\033q", "Esc q"},
	{"\033[A\033OB", "Up Down"},
	{"\033\033[A", "Esc Up"},
	{"\033[Z\033[3~\033[5~\033[6~", "S-Tab Delete PgUp PgDn"},
	{"\033[H\033[F\033[1~\033[4~", "Home End Home End"},
	{"\033[C\033[D", "Right Left"},
	{"\033Ou", "Left"},	/* as this terminal says */
	{"\033xy", "Home"},	/* in no common form */
	{"\033[24~q", "q"},	/* F12 */
	{"\033[[Aq", "q"},	/* F1 of Linux' console */
	{"\033[1;5Aq", "q"},	/* Control with an arrow */
	{"\033[zq", "q"},	/* nobody's */
	{"\033[<0;3;4Mq", "q"}, /* a mouse nobody asked for */
	{"\033[M !!q", "q"},	/* the same in its oldest form */
	{"\033[M#\377\300q", "q"},
	{"\033[I\033[Oq", "q"},			    /* the window has the focus, and has it not */
	{"\033[7$", ""},			    /* Shift with a key, of rxvt */
	{"\033]11;rgb:1e1e/1e1e/1e1e\033\\q", "q"}, /* answers to what an editor asked */
	{"\033]10;rgb:ffff/ffff/ffff\aq", "q"},
	{"\033P>|XTerm(370)\033\\q", "q"},
	{"\033P1$r0m\033\\q", "q"},
	{"\033]", "Esc ]"}, /* typed */
	{"\033Pq", "Esc P q"},
	{"\033]1", "Esc ] 1"},
	{"\033[", "Esc ["},	  /* Alt with a bracket */
	{"\xc4\x89", "\xc4\x89"}, /* its number is that of curses' F1 */
	{"\xe0\xa6\x95q", "\xe0\xa6\x95 q"},
	{"\xf0\x9f\x99\x82", "\xf0\x9f\x99\x82"},
	{"\xffq\xc3q", "q q"}, /* no UTF-8 */
	{"\xe0\xa6", ""},
	{"\033[200~\033[201~q", "q"},
	{"\033[200~a q\r\033[2J\xe0\xa6\x95\xff\033[201~q", "<a q\n\033[2J\xe0\xa6\x95> q"},
	{"\033[200~\033[A\033[201~\033[A", "<\033[A> Up"},
};

static void tell(const struct press *press, struct buffer *out)
{
	buffer_text(out, out->length ? " " : "");
	switch (press->kind) {
	case PRESS_CHARACTER: buffer_text(out, press->text); break;
	case PRESS_CONTROL: buffer_format(out, "C-%s", press->text); break;
	case PRESS_PASTE: buffer_format(out, "<%s>", press->paste); break;
	default: buffer_text(out, names[press->kind]);
	}
}

static void give(struct keys *keys, const char *bytes, size_t length)
{
	size_t room;
	char *into = keys_room(keys, &room);

	assert_true(length <= room);
	memcpy(into, bytes, length);
	keys_took(keys, length);
}

/* All that can be taken; true: nothing is unsure. */
static bool take(struct keys *keys, bool over, struct buffer *out)
{
	struct press press;
	enum keys_next next;

	while ((next = keys_next(keys, over, &press)) == KEYS_PRESS)
		tell(&press, out);
	return next == KEYS_NONE;
}

static void know(struct keys *keys)
{
	*keys = (struct keys){0};
	keys_know(keys, "\033Ou", PRESS_LEFT);
	keys_know(keys, "\033xy", PRESS_HOME);
	keys_know(keys, "q", PRESS_END); /* a single byte is typing */
	keys_know(keys, NULL, PRESS_END);
	keys_know(keys, "\033[1234567890123456", PRESS_END);
}

static void bytes_are_presses_however_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t length = strlen(cases[i].bytes);

		for (size_t cut = 0; cut <= length; cut++) {
			struct keys keys;
			struct buffer out = {0};

			know(&keys);
			give(&keys, cases[i].bytes, cut);
			/* what stands alone when it is cut there needs more to be sure */
			take(&keys, false, &out);
			give(&keys, cases[i].bytes + cut, length - cut);
			if (!take(&keys, false, &out))
				assert_true(take(&keys, true, &out));
			if (strcmp(out.text ? out.text : "", cases[i].presses) != 0)
				fail_msg("case %zu, cut at %zu: \"%s\", not \"%s\"", i, cut,
					 out.text ? out.text : "", cases[i].presses);
			buffer_free(&out);
			keys_free(&keys);
		}
	}
}

static void a_lone_escape_is_unsure_until_over(void **state)
{
	struct keys keys;
	struct press press;

	(void)state;
	know(&keys);
	give(&keys, "\033", 1);
	assert_int_equal(keys_next(&keys, false, &press), KEYS_UNSURE);
	assert_int_equal(keys_next(&keys, true, &press), KEYS_PRESS);
	assert_int_equal(press.kind, PRESS_ESCAPE);
	assert_int_equal(keys_next(&keys, false, &press), KEYS_NONE);
}

/* Over a slow line the bytes of a character come one at a time. */
static void a_character_waits_for_its_bytes(void **state)
{
	struct keys keys;
	struct press press;

	(void)state;
	know(&keys);
	give(&keys, "\xe0", 1);
	assert_int_equal(keys_next(&keys, true, &press), KEYS_NONE);
	give(&keys, "\xa6", 1);
	assert_int_equal(keys_next(&keys, true, &press), KEYS_NONE);
	give(&keys, "\x95", 1);
	assert_int_equal(keys_next(&keys, false, &press), KEYS_PRESS);
	assert_string_equal(press.text, "\xe0\xa6\x95");
	give(&keys, "\033[200~\xe0\xa6", 8);
	assert_int_equal(keys_next(&keys, true, &press), KEYS_NONE);
	give(&keys, "\x95\033[20", 5);
	assert_int_equal(keys_next(&keys, true, &press), KEYS_NONE);
	give(&keys, "1~", 2);
	assert_int_equal(keys_next(&keys, true, &press), KEYS_PRESS);
	assert_string_equal(press.paste, "\xe0\xa6\x95");
	keys_free(&keys);
}

/* Any bytes are taken nearly to the end; there is room for more whenever more is wanted. */
static void any_bytes_come_to_an_end(void **state)
{
	static const char likely[] = "\033\033\033[[[O~~;0120\xe0\xa6\x95\xc4\r\tqA\xff";
	struct keys keys;
	struct buffer out = {0};
	unsigned random = 3;

	(void)state;
	know(&keys);
	for (int i = 0; i < 20000; i++) {
		size_t room;
		char *into = keys_room(&keys, &room);
		size_t length = (random >> 16) % 40;

		assert_true(room >= 40);
		for (size_t n = 0; n < length; n++) {
			random = random * 1103515245u + 12345u;
			into[n] = likely[(random >> 16) % (sizeof likely - 1)];
		}
		if (i % 500 == 0)
			memcpy(into, "\033[200~", 6), length = length < 6 ? 6 : length;
		if (i % 500 == 250)
			memcpy(into, "\033[201~", 6), length = length < 6 ? 6 : length;
		keys_took(&keys, length);
		random = random * 1103515245u + 12345u;
		take(&keys, i % 3 == 0, &out);
		if (i % 3 == 0)
			assert_true(keys.length - keys.done < strlen("\033[201~"));
		buffer_clear(&out);
	}
	buffer_free(&out);
	keys_free(&keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_presses_however_cut),
		cmocka_unit_test(a_lone_escape_is_unsure_until_over),
		cmocka_unit_test(a_character_waits_for_its_bytes),
		cmocka_unit_test(any_bytes_come_to_an_end),
	};

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
