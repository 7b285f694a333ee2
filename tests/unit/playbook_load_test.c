#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/problem.h"
#include "playbook/load.h"
#include "playbook/playbook.h"
#include "playbook/schema.h"

#define HEAD "talktrack: 1\ntitle: Late parcel\nlanguage: en\n"
#define STEPS "steps:\n  - {id: reflect, title: Reflect}\n  - {id: close, title: Close}\n"

struct fixture {
	struct arena arena;
	struct problem_list problems;
	char folder[40];
};

static void begin(struct fixture *fixture)
{
	*fixture = (struct fixture){.arena = {0}};
	fixture->problems.arena = &fixture->arena;
	strcpy(fixture->folder, "/tmp/talktrack-load-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
}

static void end(struct fixture *fixture)
{
	rmdir(fixture->folder);
	arena_free(&fixture->arena);
}

static const char *write_file(struct fixture *fixture, const char *name, const char *text)
{
	char *path = arena_format(&fixture->arena, "%s/%s", fixture->folder, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return path;
}

static struct playbook *load(struct fixture *fixture, const char *text)
{
	fixture->problems = (struct problem_list){.arena = &fixture->arena};
	return load_text(&fixture->arena, "some/late.yaml", text, strlen(text), NULL,
			 &fixture->problems);
}

static struct playbook *load_well(struct fixture *fixture, const char *text)
{
	struct playbook *playbook = load(fixture, text);

	for (size_t i = 0; i < fixture->problems.count; i++)
		print_error("%d: %s\n", fixture->problems.items[i].place.line,
			    fixture->problems.items[i].message);
	assert_non_null(playbook);
	assert_int_equal(fixture->problems.count, 0);
	return playbook;
}

static void the_whole_format_is_read(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	const struct playbook *playbook = load_well(
		&fixture, HEAD
		"summary: What to say\nowner: Floor\nreview-by: 2028-02-29\nstatus: draft\n"
		"situations:\n"
		"  - id: late\n    title: It is late\n    goal: Calm\n    not-when: It came\n"
		"    heard: [where is it, how late]\n"
		"    say:\n      close: [Bye., \"So long, <customer>.\"]\n"
		"      reflect:\n        - So <issue>?\n"
		"    do: [Call the carrier]\n"
		"    avoid: [{phrase: calm down, instead: I hear you}, {phrase: policy}]\n"
		"  - {id: lost, title: It is lost, say: {reflect: [Oh.]}}\n"
		"say:\n  close: [Thanks.]\ndo: [Smile]\navoid: [{phrase: no}]\n"
		"channels: [{name: Phone, reach: 0800, for: all}, {name: Chat, reach: here}]\n"
		"reflection: {swap: {I: you, I am not: you are not, I am: you are, my: your}, "
		"drop: [um]}\n"
		"slots:\n  customer: {ask: Name}\n  issue: {reflect: true, or: what happened}\n"
		"steps:\n  - {id: reflect, title: Reflect, hint: Say it back}\n"
		"  - {id: close, title: Close, after: [reflect]}\n");

	assert_string_equal(playbook->name, "late");
	assert_string_equal(playbook->file, "some/late.yaml");
	assert_string_equal(playbook->title, "Late parcel");
	assert_string_equal(playbook->language, "en");
	assert_null(playbook->extends);
	assert_string_equal(playbook->review_by, "2028-02-29");
	assert_int_equal(playbook->review_place.line, 6);
	assert_int_equal(playbook->status, PLAYBOOK_DRAFT);
	assert_int_equal(playbook->step_count, 2);
	assert_string_equal(playbook->steps[0].hint, "Say it back");
	assert_int_equal(playbook->steps[0].after, 0);
	assert_int_equal(playbook->steps[1].after, 1);
	assert_int_equal(playbook_step(playbook, "close"), 1);
	assert_int_equal(playbook_step(playbook, "none"), 2);

	const struct slot *issue = playbook_slot(playbook, "issue>", 5);
	assert_non_null(issue);
	assert_string_equal(issue->ask, "issue");
	assert_string_equal(issue->otherwise, "what happened");
	assert_true(issue->reflect);
	assert_null(playbook_slot(playbook, "iss", 3));
	assert_null(playbook_slot(playbook, "issues", 6));

	assert_int_equal(playbook->reflection.swap_count, 4);
	assert_string_equal(playbook->reflection.swaps[0].from, "I am not");
	assert_string_equal(playbook->reflection.swaps[1].to, "you are");
	assert_string_equal(playbook->reflection.swaps[2].from, "I");
	assert_string_equal(playbook->reflection.swaps[3].from, "my");
	assert_int_equal(playbook->reflection.drops.count, 1);

	const struct situation *late = playbook_situation(playbook, "late");
	assert_non_null(late);
	assert_null(playbook_situation(playbook, "lat"));
	assert_string_equal(late->not_when, "It came");
	assert_int_equal(late->heard.count, 2);
	assert_int_equal(late->say[0].count, 1);
	assert_int_equal(late->say[1].count, 2);
	assert_string_equal(late->say[1].items[1].text, "So long, <customer>.");
	assert_int_equal(late->say[0].items[0].place.line, 17);
	assert_int_equal(late->say[0].items[0].place.column, 11);
	assert_string_equal(late->say[0].items[0].place.file, "some/late.yaml");
	assert_int_equal(late->avoid_count, 2);
	assert_null(late->avoid[1].instead);
	assert_int_equal(late->place.line, 9);
	assert_int_equal(playbook->situation_count, 2);
	assert_int_equal(playbook->channel_count, 2);
	assert_string_equal(playbook->channels[0].purpose, "all");
	assert_null(playbook->channels[1].purpose);
	assert_int_equal(playbook->say[1].count, 1);
	assert_int_equal(playbook->todo.count, 1);
	assert_int_equal(playbook->avoid_count, 1);
	end(&fixture);
}

static void slots_are_found_in_lines(void **state)
{
	const char *line = "<a> 3 < 4 <B> <<b-2> < c> <d";
	size_t offset = 0;
	size_t length;
	const char *id;

	(void)state;
	assert_true(playbook_next_slot(line, &offset, &id, &length));
	assert_ptr_equal(id, line + 1);
	assert_int_equal(length, 1);
	assert_int_equal(offset, 3);
	assert_true(playbook_next_slot(line, &offset, &id, &length));
	assert_memory_equal(id, "b-2", 3);
	assert_int_equal(length, 3);
	assert_false(playbook_next_slot(line, &offset, &id, &length));
	offset = strlen(line);
	assert_false(playbook_next_slot(line, &offset, &id, &length));
}

static void all_problems_are_told_at_once(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	assert_null(load(&fixture,
			 "talktrack: 2\ntitel: Late\nlanguage: english\n" STEPS
			 "situations:\n  - id: Late\n    title: [a]\n    say:\n      clos:\n"
			 "        - Oh <customer>.\n        - a: b\n"));
	problem_sort(&fixture.problems);
	const int lines[] = {1, 2, 3, 8, 9, 11, 12, 13};
	assert_int_equal(fixture.problems.count, 8);
	for (size_t i = 0; i < 8; i++) {
		assert_int_equal(fixture.problems.items[i].place.line, lines[i]);
		assert_int_equal(fixture.problems.items[i].severity, PROBLEM_ERROR);
		assert_non_null(fixture.problems.items[i].source);
		assert_non_null(fixture.problems.items[i].mend);
	}
	end(&fixture);
}

static void warnings_do_not_stop_it(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	const struct playbook *playbook = load(&fixture, HEAD "do:\n  - Ticket #12 is yours\n");
	assert_non_null(playbook);
	assert_string_equal(playbook->todo.items[0].text, "Ticket");
	assert_int_equal(fixture.problems.count, 1);
	assert_int_equal(fixture.problems.errors, 0);
	assert_int_equal(fixture.problems.items[0].severity, PROBLEM_WARNING);
	assert_int_equal(fixture.problems.items[0].place.column, 11);
	end(&fixture);
}

static void limits_hold_to_the_byte(void **state)
{
	struct fixture fixture;
	char text[PLAYBOOK_LINE_BYTES + 200];
	size_t length;

	(void)state;
	begin(&fixture);
	length = (size_t)sprintf(text, "%sdo:\n  - ", HEAD);
	memset(text + length, 'a', PLAYBOOK_LINE_BYTES);
	text[length + PLAYBOOK_LINE_BYTES] = '\0';
	load_well(&fixture, text);
	strcat(text, "a");
	assert_null(load(&fixture, text));
	load_well(&fixture, HEAD
		  "steps: [{id: a, title: A}, {id: b, title: A}, {id: c, title: A}, "
		  "{id: d, title: A}, {id: e, title: A}, {id: f, title: A}, {id: g, title: A}, "
		  "{id: h, title: A}, {id: i, title: A}]\n");
	end(&fixture);
}

static const char base_text[] =
	"talktrack: 1\ntitle: Shared\nlanguage: en\n"
	"slots:\n  customer: {ask: Name}\n  issue: {ask: What}\n"
	"steps:\n  - {id: reflect, title: Reflect}\n  - {id: close, title: Close}\n"
	"say:\n  close: [Thanks.]\n  reflect: [So.]\ndo: [Smile]\navoid: [{phrase: no}]\n"
	"reflection: {swap: {my: your}, drop: [um]}\nchannels: [{name: Phone, reach: 0800}]\n";

static void what_is_extended_comes_in(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	const char *base = write_file(&fixture, "common.yaml", base_text);
	const char *path = write_file(
		&fixture, "own.yaml",
		HEAD
		"extends: common\n"
		"slots:\n  issue: {ask: Own}\n  parcel:\n"
		"say:\n  close: [\"Bye, <customer>.\"]\ndo: [Listen]\navoid: [{phrase: yes}]\n"
		"situations:\n  - {id: a, title: A, say: {reflect: [\"<parcel> <issue>\"]}}\n");
	const struct playbook *playbook =
		load_playbook(&fixture.arena, path, NULL, &fixture.problems);
	assert_non_null(playbook);
	assert_string_equal(playbook->extends, "common");
	assert_int_equal(playbook->slot_count, 3);
	assert_string_equal(playbook->slots[0].id, "issue");
	assert_string_equal(playbook->slots[0].ask, "Own");
	assert_string_equal(playbook->slots[1].ask, "parcel");
	assert_string_equal(playbook->slots[2].id, "customer");
	assert_int_equal(playbook->step_count, 2);
	assert_int_equal(playbook->say[1].count, 2);
	assert_string_equal(playbook->say[1].items[0].text, "Bye, <customer>.");
	assert_string_equal(playbook->say[1].items[0].place.file, path);
	assert_string_equal(playbook->say[1].items[1].text, "Thanks.");
	assert_string_equal(playbook->say[1].items[1].place.file, base);
	assert_int_equal(playbook->say[1].items[1].place.line, 11);
	assert_int_equal(playbook->say[0].count, 1);
	assert_string_equal(playbook->todo.items[1].text, "Smile");
	assert_string_equal(playbook->avoid[0].phrase, "yes");
	assert_string_equal(playbook->avoid[1].phrase, "no");
	assert_int_equal(playbook->reflection.swap_count, 1);
	assert_int_equal(playbook->channel_count, 1);
	unlink(base);
	unlink(path);
	end(&fixture);
}

static void own_steps_replace_those_extended(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	const char *base = write_file(&fixture, "common.yaml", base_text);
	const char *path = write_file(
		&fixture, "own.yaml",
		HEAD
		"extends: common\n"
		"steps: [{id: close, title: End}, {id: listen, title: Listen, after: [close]}]\n"
		"channels: []\nreflection: {drop: [oh]}\n"
		"situations:\n  - {id: a, title: A, say: {listen: [Yes.]}}\n");
	const struct playbook *playbook =
		load_playbook(&fixture.arena, path, NULL, &fixture.problems);
	assert_non_null(playbook);
	assert_string_equal(playbook->steps[0].title, "End");
	assert_int_equal(playbook->say[0].count, 1);
	assert_string_equal(playbook->say[0].items[0].text, "Thanks.");
	assert_int_equal(playbook->say[1].count, 0);
	assert_int_equal(playbook->situations[0].say[1].count, 1);
	assert_int_equal(playbook->channel_count, 0);
	assert_int_equal(playbook->reflection.swap_count, 0);
	assert_int_equal(playbook->reflection.drops.count, 1);
	unlink(base);
	unlink(path);
	end(&fixture);
}

static void versions_follow_the_bytes(void **state)
{
	struct fixture fixture;
	uint64_t versions[4];

	(void)state;
	begin(&fixture);
	const char *base = write_file(&fixture, "common.yaml", base_text);
	const char *path = write_file(&fixture, "own.yaml", HEAD "extends: common\n");
	const char *texts[] = {HEAD "extends: common\n", HEAD "extends: common\n# x\n",
			       HEAD "extends: common\n"};
	for (size_t i = 0; i < 4; i++) {
		if (i < 3)
			write_file(&fixture, "own.yaml", texts[i]);
		else
			write_file(&fixture, "common.yaml", HEAD);
		versions[i] = load_playbook(&fixture.arena, path, NULL, &fixture.problems)->version;
	}
	assert_true(versions[0] == versions[2]);
	assert_true(versions[0] != versions[1]);
	assert_true(versions[0] != versions[3]);
	unlink(base);
	unlink(path);
	end(&fixture);
}

static void expect_same_lines(const struct line_list *some, const struct line_list *all)
{
	assert_int_equal(some->count, all->count);
	for (size_t i = 0; i < all->count; i++)
		assert_string_equal(some->items[i].text, all->items[i].text);
}

static void the_start_of_a_file_has_only_whole_situations(void **state)
{
	static const char base[] = HEAD STEPS "channels:\n  - {name: Phone, reach: 1 2 3}\n";
	static const char text[] = HEAD
		"extends: base\nslots:\n  customer: {ask: Name}\n"
		"say:\n  close:\n    - Bye, <customer>.\n"
		"situations:\n"
		"  - id: one\n    title: Late\n    heard: [where is it, no parcel]\n"
		"    say:\n      reflect:\n        - It is late.\n        - Not there, and you\n"
		"          waited.\n      close: [\"Thank you, <customer>.\"]\n"
		"  - id: two\n    title: \"Lost, it\n      seems\"\n    heard: [it is lost]\n"
		"    say:\n      reflect:\n        - >\n          It is lost, and\n"
		"          you need it.\n      close: [I see to it.]\n"
		"  - {id: three, title: Broken, heard: [it broke],\n"
		"     say: {close: [I am sorry.]}}\n"
		"summary: All about\n  parcels.\n";
	struct fixture fixture;
	size_t most = 0, first = 0;

	(void)state;
	begin(&fixture);
	const char *base_path = write_file(&fixture, "base.yaml", base);
	const char *path = write_file(&fixture, "late.yaml", text);
	const struct playbook *all = load_playbook(&fixture.arena, path, NULL, &fixture.problems);
	assert_non_null(all);
	assert_int_equal(all->situation_count, 3);
	for (size_t bytes = 1; bytes < sizeof text + 3; bytes++) {
		const struct playbook *some = load_start(&fixture.arena, path, bytes, NULL);
		if (some == NULL)
			continue;
		for (size_t i = 0; i < some->situation_count; i++) {
			const struct situation *one = &some->situations[i];
			assert_string_equal(one->id, all->situations[i].id);
			assert_string_equal(one->title, all->situations[i].title);
			expect_same_lines(&one->heard, &all->situations[i].heard);
			for (size_t k = 0; k < all->step_count; k++)
				expect_same_lines(&one->say[k], &all->situations[i].say[k]);
		}
		if (first == 0 && some->situation_count > 0)
			first = bytes;
		if (some->situation_count > most)
			most = some->situation_count;
	}
	/* long before its end there is something to see, and in its end all */
	assert_int_equal(most, 3);
	assert_in_range(first, 1, sizeof text / 4 * 3);
	unlink(path);
	unlink(base_path);
	end(&fixture);
}

static void a_broken_base_is_told_once(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	const char *base = write_file(&fixture, "common.yaml", HEAD "titel: x\n");
	const char *path =
		write_file(&fixture, "own.yaml",
			   HEAD "extends: common\n"
				"situations:\n  - {id: a, title: A, say: {listen: [\"<b>\"]}}\n");
	assert_null(load_playbook(&fixture.arena, path, NULL, &fixture.problems));
	/* no complaints about slots and steps that may be in there */
	assert_int_equal(fixture.problems.count, 2);
	assert_string_equal(fixture.problems.items[0].place.file, base);
	assert_string_equal(fixture.problems.items[1].message,
			    "'common' cannot be used: it has errors");
	unlink(base);
	unlink(path);
	end(&fixture);
}

static void a_circle_of_extends_is_told(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	const char *a = write_file(&fixture, "a.yaml", HEAD "extends: b\n");
	const char *b = write_file(&fixture, "b.yaml", HEAD "extends: a\n");
	assert_null(load_playbook(&fixture.arena, a, NULL, &fixture.problems));
	assert_int_equal(fixture.problems.count, 2);
	assert_string_equal(fixture.problems.items[0].message,
			    "'extends' goes round in a circle: a → b → a");
	assert_string_equal(fixture.problems.items[0].place.file, b);
	unlink(a);
	unlink(b);
	end(&fixture);
}

/* The rows of the schema name fields that exist; what walks it later can rely on this much. */
static void check_map(const struct schema_map *map)
{
	assert_true(map->key_count > 0 && map->key_count <= SCHEMA_KEYS_MOST);
	for (size_t i = 0; i < map->key_count; i++) {
		const struct schema_key *key = &map->keys[i];
		bool records = key->kind == SCHEMA_RECORD || key->kind == SCHEMA_RECORDS ||
			       key->kind == SCHEMA_NAMED;
		assert_int_equal(schema_key(map, key->name), i);
		assert_true(schema_knows(key->name, strlen(key->name)));
		assert_true(key->about != NULL && key->about[0] != '\0');
		assert_true(key->offset < map->size);
		assert_int_equal(key->map != NULL, records);
		assert_int_equal(key->words != NULL,
				 key->kind == SCHEMA_CHOICE || key->kind == SCHEMA_CHOICES);
		if (key->map != NULL)
			check_map(key->map);
	}
	assert_int_equal(schema_key(map, "no such key"), map->key_count);
}

static void the_schema_is_sound(void **state)
{
	(void)state;
	check_map(schema_playbook());
	check_map(schema_line());
	assert_false(schema_knows("titel", 5));
	assert_false(schema_knows("titles", 6));
}

static void names_come_from_paths(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_string_equal(load_name(&arena, "a/b.c/common.yaml"), "common");
	assert_string_equal(load_name(&arena, "common.yaml"), "common");
	assert_string_equal(load_name(&arena, "a/common.txt"), "common.txt");
	assert_string_equal(load_name(&arena, "a/.yaml"), ".yaml");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_format_is_read),
		cmocka_unit_test(slots_are_found_in_lines),
		cmocka_unit_test(all_problems_are_told_at_once),
		cmocka_unit_test(warnings_do_not_stop_it),
		cmocka_unit_test(limits_hold_to_the_byte),
		cmocka_unit_test(what_is_extended_comes_in),
		cmocka_unit_test(own_steps_replace_those_extended),
		cmocka_unit_test(versions_follow_the_bytes),
		cmocka_unit_test(the_start_of_a_file_has_only_whole_situations),
		cmocka_unit_test(a_broken_base_is_told_once),
		cmocka_unit_test(a_circle_of_extends_is_told),
		cmocka_unit_test(the_schema_is_sound),
		cmocka_unit_test(names_come_from_paths),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
