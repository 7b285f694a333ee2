#include <assert.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "playbook/diff.h"
#include "playbook/html.h"
#include "playbook/import.h"
#include "playbook/load.h"
#include "playbook/write.h"

/* The playbook must be one that the loader takes as it was meant. */
static void expect_round(struct import *import)
{
	struct problem_list problems = {.arena = import->arena};
	struct difference_list changes = {.arena = import->arena};
	struct buffer yaml = {0};

	write_playbook(&yaml, &import->playbook);
	const struct playbook *read =
		load_text(import->arena, "x.yaml", yaml.text, yaml.length, NULL, &problems);
	if (read == NULL)
		print_error("%s\n%s", problems.items[0].message, yaml.text);
	assert_non_null(read);
	assert_int_equal(problems.errors, 0);
	diff_playbooks(&changes, &import->playbook, read);
	assert_int_equal(changes.count, 0);
	buffer_free(&yaml);
}

/* Situations with their lines and utterances, then the notes:
 * "id(title): step>line; ?heard; =goal\n" and "LINE subject: note\n". */
static void expect(struct import *import, bool good, const char *expected)
{
	const struct playbook *playbook = &import->playbook;
	struct buffer got = {0};

	buffer_text(&got, "");
	if (!good)
		buffer_format(&got, "error %d:%d %s\n", import->error_line, import->error_column,
			      import->error);
	for (size_t i = 0; good && i < playbook->situation_count; i++) {
		const struct situation *situation = &playbook->situations[i];
		buffer_format(&got, "%s(%s):", situation->id, situation->title);
		for (size_t j = 0; j < playbook->step_count; j++) {
			for (size_t k = 0; k < situation->say[j].count; k++)
				buffer_format(&got, " %s>%s;", playbook->steps[j].id,
					      situation->say[j].items[k].text);
		}
		for (size_t j = 0; j < situation->heard.count; j++)
			buffer_format(&got, " ?%s;", situation->heard.items[j].text);
		if (situation->goal != NULL)
			buffer_format(&got, " =%s;", situation->goal);
		buffer_text(&got, "\n");
	}
	for (size_t i = 0; i < import->note_count; i++)
		buffer_format(&got, "%d%s%s: %s\n", import->notes[i].line,
			      import->notes[i].subject ? " " : "",
			      import->notes[i].subject ? import->notes[i].subject : "",
			      import->notes[i].message);
	assert_string_equal(got.text, expected);
	if (good)
		expect_round(import);
	buffer_free(&got);
}

static void expect_csv(const char *text, const char *expected)
{
	static const char *const columns[IMPORT_COLUMNS] = {NULL};
	struct arena arena = {0};
	struct import import = {.arena = &arena, .playbook = {.title = "T", .language = "en"}};
	bool good = import_csv(&import, text, strlen(text), ',', columns) && import_finish(&import);

	expect(&import, good, expected);
	arena_free(&arena);
}

static void expect_zendesk(const char *text, const char *expected)
{
	struct arena arena = {0};
	struct import import = {.arena = &arena, .playbook = {.title = "T", .language = "en"}};
	bool good = import_zendesk(&import, text, strlen(text)) && import_finish(&import);

	expect(&import, good, expected);
	arena_free(&arena);
}

#define HEAD "situation,step,line,heard,title\n"

static void rows(void **state)
{
	(void)state;
	expect_csv(HEAD "Late parcel,Reflect,So it is late.,where is it,\n"
			",,Late again.,\"not here\nnot there\",\n"
			",Close,Bye.,,\n"
			"lost,Reflect,Gone.,,It is lost\n",
		   "late-parcel(Late parcel): reflect>So it is late.; reflect>Late again.; "
		   "close>Bye.; "
		   "?where is it; ?not here; ?not there;\n"
		   "lost(It is lost): reflect>Gone.;\n");
	/* heads in any case; a byte order mark; CRLF; no step column; twins once */
	expect_csv("\xEF\xBB\xBFLine,SITUATION\r\nOne.,A\r\nOne.,A\r\nTwo.,A",
		   "a(A): answer>One.; answer>Two.;\n");
	expect_csv("situation,line\nA,\"a line\nin  two\"\n", "a(A): answer>a line in two;\n");
}

static void names(void **state)
{
	(void)state;
	expect_csv("situation,line\nÄrger: groß!,x\nArger gross,y\nগ্রাহক,z\nগ্রাহক,zz\n",
		   "arger-gross(Ärger: groß!): answer>x;\n"
		   "arger-gross-2(Arger gross): answer>y;\n"
		   "situation-3(গ্রাহক): answer>z; answer>zz;\n");
	/* a name without letters for an id, beside one that has the id it would get */
	expect_csv("situation,step,line\nA,step-2,x\nA,!,y\n", "a(A): step-2>x; step-3>y;\n");
	expect_csv("situation,line\nA,a <0-> b\n", "a(A): answer>a <0-> b;\n");
	expect_csv("situation,step,line\nA,প্রতিফলন,x\nA,প্রতিফলন,y\nA,Close!,z\n",
		   "a(A): step-1>x; step-1>y; close>z;\n");
}

static void nothing_in_silence(void **state)
{
	(void)state;
	expect_csv(HEAD ",Close,Nowhere,,\nA,Close,x,,\n,,,,,more\nB,,,only heard,\n",
		   "a(A): close>x;\n"
		   "2: not carried over, for want of a situation: \"Close\"\n"
		   "2: not carried over, for want of a situation: \"Nowhere\"\n"
		   "4: not carried over: a field without a column, \"more\"\n"
		   "5: not carried over: \"B\" has nothing to say\n"
		   "5: not carried over, for want of its situation: \"only heard\"\n");
	expect_csv("situation,line,note\nA,x,n1\nA,y,n2\nA,z,\n",
		   "a(A): answer>x; answer>y; answer>z;\n"
		   "1: not carried over: the column \"note\", with 2 values\n");
	expect_csv("situation,line,title\nA,x,One\nA,y,Two\n",
		   "a(One): answer>x; answer>y;\n"
		   "3: not carried over: another title, \"Two\", of \"a\"\n");
}

static void placeholders(void **state)
{
	(void)state;
	expect_csv("situation,line\nA,\"<customer>, {customer}, {{customer}}, {Customer}.\"\n",
		   "a(A): answer><customer>, <customer>, <customer>, <customer>.;\n");
	expect_csv("situation,line\nA,Hi <Customer name> {order_id}\n",
		   "a(A): answer>Hi <customer-name> <order-id>;\n"
		   "2: changed: the placeholder <Customer name> is the slot <customer-name> now\n"
		   "2: changed: the placeholder {order_id} is the slot <order-id> now\n");
	expect_csv(
		"situation,line\n"
		"A,<a name that is so long that nobody would want to fill in a slot of this "
		"name>\n",
		"a(A): answer>‹a name that is so long that nobody would want to fill in a slot of "
		"this name›;\n"
		"2: changed: <a name that is so long that nobody would want to fill in a slot of "
		"this name> cannot be a slot and is written ‹a name that is so long that nobody "
		"would want to fill in a slot of this name› now\n");
	expect_csv("situation,line\nA,\"1 < 2, a <-> b, {}, { , <a@b.example>, <www.example.com> "
		   "{x\"\n",
		   "a(A): answer>1 < 2, a ‹-› b, {}, { , <a@b.example>, <www.example.com> {x;\n"
		   "2: changed: <-> cannot be a slot and is written ‹-› now\n");
}

static void limits(void **state)
{
	struct buffer text = {0}, expected = {0};

	(void)state;
	/* the tenth step, the 33rd slot */
	buffer_text(&text, "situation,step,line\n");
	buffer_text(&expected, "a(A):");
	for (int i = 1; i <= 10; i++) {
		buffer_format(&text, "A,s%d,%d\n", i, i);
		if (i < 10)
			buffer_format(&expected, " s%d>%d;", i, i);
	}
	buffer_text(&expected, "\n11: not carried over: \"s10\" would be one step more than 9\n"
			       "11: not carried over, for want of its step: \"10\"\n");
	expect_csv(text.text, expected.text);
	buffer_clear(&text);
	buffer_clear(&expected);
	buffer_text(&text, "situation,line\nA,\"");
	buffer_text(&expected, "a(A): answer>");
	for (int i = 1; i <= 33; i++) {
		buffer_format(&text, "<a%d>", i);
		buffer_format(&expected, i < 33 ? "<a%d>" : "‹a%d›", i);
	}
	buffer_text(&text, "\"\n");
	buffer_text(&expected, ";\n2: changed: <a33> cannot be a slot and is written ‹a33› now\n");
	expect_csv(text.text, expected.text);
	buffer_clear(&text);
	buffer_text(&text, "situation,line\nA,x\nA,");
	for (int i = 0; i < 401; i++)
		buffer_text(&text, "word ");
	expect_csv(
		text.text,
		"a(A): answer>x;\n3: not carried over: this is longer than 2000 bytes: \"word word "
		"word word word word word word word word word word word word word word …\"\n");
	buffer_free(&text);
	buffer_free(&expected);
}

static void no_csv(void **state)
{
	(void)state;
	expect_csv("", "error 0:0 the file is empty\n");
	expect_csv("a,b\n", "error 1:0 there is no column \"situation\"; there are \"a\", \"b\"\n");
	expect_csv("situation,b\n",
		   "error 1:0 there is no column \"line\"; there are \"situation\", "
		   "\"b\"\n");
	expect_csv("situation,line\nA,\"x\n", "error 2:3 a quote begins here and is not closed\n");
	expect_csv("situation,line\n", "error 0:0 there is no line to say in it\n");
	expect_csv("situation,line\nA,\xE9\n",
		   "error 2:0 this is not UTF-8; save it as \"CSV UTF-8\"\n");
}

static void chosen_columns(void **state)
{
	static const char text[] = "Fall;Text;Schritt\nA;x;S\n";
	const char *columns[IMPORT_COLUMNS] = {"fall", "3", "2", NULL, NULL};
	struct arena arena = {0};
	struct import import = {.arena = &arena, .playbook = {.title = "T", .language = "en"}};

	(void)state;
	assert_true(import_csv(&import, text, strlen(text), ';', columns));
	expect(&import, import_finish(&import), "a(A): s>x;\n");
	columns[IMPORT_HEARD] = "4";
	assert_false(import_csv(&import, text, strlen(text), ';', columns));
	assert_string_equal(import.error, "there is no column \"4\"; there are \"Fall\", \"Text\", "
					  "\"Schritt\"");
	arena_free(&arena);
}

static void macros(void **state)
{
	(void)state;
	/* a list as the API gives it, one macro, the bare list */
	expect_zendesk(
		"{\"macros\": [{\"id\": 1, \"title\": \"Late: parcel\", \"description\": \"Calm\","
		" \"active\": true, \"restriction\": null, \"actions\": ["
		"{\"field\": \"comment_value\", \"value\": \"Hi "
		"{{ticket.requester.name}}!\\nLate.\"}"
		"]}], \"count\": 1, \"next_page\": null}",
		"late-parcel(Late: parcel): answer>Hi <customer>! Late.; =Calm;\n"
		"0 Late: parcel: changed: the placeholder {{ticket.requester.name}} is the slot "
		"<customer> now\n");
	expect_zendesk("{\"macro\": {\"title\": \"A\", \"actions\": [{\"field\": \"comment_value\","
		       " \"value\": [\"channel:all\", \"x\"]}]}}",
		       "a(A): answer>x;\n");
	expect_zendesk("[{\"title\": \"A\", \"actions\": [{\"field\": \"comment_value_html\","
		       " \"value\": \"<p>x</p><p>y</p>\"}]}]",
		       "a(A): answer>x y;\n");
	/* two of one title stay two */
	expect_zendesk("[{\"id\": 7, \"title\": \"A\", \"actions\": [{\"field\": \"comment_value\","
		       " \"value\": \"x\"}]}, {\"id\": 8, \"title\": \"A\", \"actions\": "
		       "[{\"field\": \"comment_value\", \"value\": \"y\"}]}]",
		       "a(A): answer>x;\na-8(A (8)): answer>y;\n");
}

static void macros_with_losses(void **state)
{
	(void)state;
	expect_zendesk(
		"{\"macros\": [{\"title\": \"A\", \"restriction\": {\"type\": \"Group\"}, "
		"\"actions\": [{\"field\": \"status\", \"value\": \"solved\"}, "
		"{\"field\": \"side_conversation\", \"value\": [\"s\", \"b\", 3]}, "
		"{\"field\": \"comment_value\", \"value\": [\"channel:web\", \"x\"]}, "
		"{\"field\": \"comment_value_html\", \"value\": \"<b>x</b> <img src='a.png'>\"}]}, "
		"{\"title\": \"Off\", \"active\": false, \"actions\": []}, "
		"{\"title\": \"N\", \"actions\": [{\"field\": \"comment_value\", \"value\": "
		"\"n\"}, "
		"{\"field\": \"comment_mode_is_public\", \"value\": \"false\"}]}, "
		"{\"title\": \"L\", \"actions\": [{\"field\": \"comment_value\", \"value\": "
		"\"{% if a %}b{% endif %}\"}]}, "
		"{\"title\": \"D\", \"actions\": [{\"field\": \"comment_value\", \"value\": "
		"\"{{dc.hi}}\"}]}, 5, {\"title\": \"x\"}], \"next_page\": \"u\"}",
		"a(A): answer>x;\n"
		"0 A: not carried over: that only some may use it\n"
		"0 A: not carried over: status solved\n"
		"0 A: not carried over: side_conversation s, b, …\n"
		"0 A: not carried over: that it is for channel:web alone\n"
		"0 A: not carried over: the same comment in its other form, \"x\"\n"
		"0 A: not carried over: 1 picture or the like\n"
		"0 A: not carried over: bold type, lists and the like; the words are there\n"
		"0 Off: not carried over: it is switched off\n"
		"0 N: not carried over: a note to colleagues, no words to say: \"n\"\n"
		"0 L: not carried over: Liquid instructions decide over its words: "
		"\"{% if a %}b{% endif %}\"\n"
		"0 D: not carried over: dynamic content, whose words are not in the export: "
		"\"{{dc.hi}}\"\n"
		"0 a macro without a title: not carried over: a macro has a title and actions\n"
		"0 x: not carried over: a macro has a title and actions\n"
		"0: this is not all: the export has another page\n"
		"0: not carried over: \"N\" has nothing to say\n"
		"0: not carried over: \"L\" has nothing to say\n"
		"0: not carried over: \"D\" has nothing to say\n");
}

static void no_macros(void **state)
{
	(void)state;
	expect_zendesk("{", "error 1:0 this is not JSON\n");
	expect_zendesk("{\n\n\"a\" 1}", "error 3:0 this is not JSON\n");
	expect_zendesk("{\"tickets\": []}", "error 0:0 there are no \"macros\" in it\n");
	expect_zendesk("{\"macros\": []}", "error 0:0 there is no line to say in it\n");
	expect_zendesk("3", "error 0:0 there are no \"macros\" in it\n");
}

static void expect_html(const char *html, const char *expected, size_t images, size_t formatting,
			size_t unknown)
{
	struct arena arena = {0};
	struct html_loss loss = {0};
	size_t length = strlen(html);
	char *exact = malloc(length + 1); /* nothing behind it: overruns are seen */

	memcpy(exact, html, length + 1);
	exact = realloc(exact, length > 0 ? length : 1);
	assert_string_equal(html_text(&arena, exact, length, &loss), expected);
	assert_int_equal(loss.images, images);
	assert_int_equal(loss.formatting, formatting);
	assert_int_equal(loss.names, unknown);
	arena_free(&arena);
	free(exact);
}

static void html(void **state)
{
	(void)state;
	expect_html("a<br>b<BR/>c", "a b c", 0, 0, 0);
	expect_html("<p title=\"a>b\">x</p>", " x ", 0, 0, 0);
	expect_html("<b>x</b><ul><li>y</li></ul>", "x  y  ", 0, 2, 0);
	expect_html("<img src=x><svg></svg>", "", 2, 0, 0);
	expect_html("&lt;&amp;&gt;&quot;&#39;&#x27;&nbsp;&#8217;&foo;", "<&>\"'' ’&foo;", 0, 0, 1);
	expect_html("&#0;&#xD800;&#x110000;&#99999999999;&#x;&#zz;", "������", 0, 0, 0);
	expect_html("a & b &; &", "a & b &; &", 0, 0, 0);
	expect_html("<a href=\"https://e.example/x\">here</a>.", "here (https://e.example/x).", 0,
		    0, 0);
	expect_html("<a href='mailto:a@b.example'>a@b.example</a>", "a@b.example", 0, 0, 0);
	expect_html("<a name=x>y</a></a>", "y", 0, 0, 0);
	expect_html("1 < 2 <customer> <first-name> <", "1 < 2 <customer> <first-name> <", 0, 0, 0);
	expect_html("<!-- <b> -->x<!-- y", "x", 0, 0, 0);
	expect_html("<style>a{}</style>x<script>1<2</script>y<script>", "xy", 0, 0, 0);
	expect_html("<p", "<p", 0, 0, 0);
	expect_html("<a href=", "<a href=", 0, 0, 0);
	expect_html("<a href=\"x>", "<a href=\"x>", 0, 0, 0);
	expect_html("", "", 0, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows),
		cmocka_unit_test(names),
		cmocka_unit_test(nothing_in_silence),
		cmocka_unit_test(placeholders),
		cmocka_unit_test(limits),
		cmocka_unit_test(no_csv),
		cmocka_unit_test(chosen_columns),
		cmocka_unit_test(macros),
		cmocka_unit_test(macros_with_losses),
		cmocka_unit_test(no_macros),
		cmocka_unit_test(html),
	};

	assert(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
