/* What somebody says, and the tables of a reflection, both of them hostile. Up to the first NUL the
 * input is a reflection's YAML, behind it an utterance, which the tables of the checkout get too.
 */
#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "call/clause.h"
#include "call/mirror.h"
#include "call/reflection.h"
#include "playbook/library.h"
#include "playbook/load.h"
#include "playbook/playbook.h"
#include "playbook/wording.h"

#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { LANGUAGES = 3 };

static struct arena tables_arena;
static const struct tables *tables[LANGUAGES]; /* of the checkout, in which fuzzers run */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static struct library libraries[LANGUAGES];
	static const char *const languages[LANGUAGES] = {"en", "bn", "eo"};

	(void)argc, (void)argv;
	setlocale(LC_CTYPE, "C.UTF-8");
	for (size_t i = 0; i < LANGUAGES; i++) {
		bool opened = library_open(&libraries[i], languages[i],
					   (const char *const[]){"scripts"}, 1, true);

		assert(opened);
		library_load_all(&libraries[i]);
		assert(library_playbook(&libraries[i], 0));
		tables[i] =
			tables_make(&tables_arena, &library_playbook(&libraries[i], 0)->reflection);
	}
	return 0;
}

static void is_clean(const char *text)
{
	assert(text_valid(text, strlen(text), NULL));
	for (; *text; text++)
		assert((unsigned char)*text >= 0x20 && *text != 0x7f);
}

/* What is said back is clean and short, and no other when it is made again. */
static void look(const struct tables *by, const char *text)
{
	struct arena arena = {0};
	struct mirror mirror, again;

	is_clean(reflection_turn(&arena, by->reflection, text_clean(&arena, text, strlen(text))));
	if (mirror_make(&arena, by, text, &mirror)) {
		is_clean(mirror.words);
		is_clean(mirror.said);
		assert(wording_read(&arena, mirror.words).count <= MIRROR_WORDS);
		assert(strlen(mirror.words) >= MIRROR_LEAST);
		assert(mirror.lines->count > 0);
		for (size_t i = 0; i < mirror.lines->count; i++) {
			const char *line = mirror.lines->items[i].text;

			assert(mirror_knows(by->reflection, line));
			is_clean(mirror_say(&arena, line, mirror.said, mirror.words));
		}
		assert(mirror_make(&arena, by, text, &again));
		assert(strcmp(mirror.words, again.words) == 0);
	}
	arena_free(&arena);
}

static void with_own_tables(const char *yaml, size_t length, const char *said)
{
	static const char head[] = "talktrack: 1\ntitle: T\nlanguage: en\n"
				   "steps: [{id: reflect, title: R}]\n"
				   "situations: [{id: s, title: S, say: {reflect: [Said.]}}]\n"
				   "reflection:\n";
	struct arena arena = {0};
	struct problem_list problems = {.arena = &arena};
	char *text = arena_alloc(&arena, sizeof head + length);
	const struct playbook *playbook;

	memcpy(text, head, sizeof head - 1);
	memcpy(text + sizeof head - 1, yaml, length);
	playbook = load_text(&arena, "t.yaml", text, sizeof head - 1 + length, NULL, &problems);
	if (playbook)
		look(tables_make(&arena, &playbook->reflection), said);
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	const char *text = arena_copy(&arena, (const char *)data, size);
	size_t yaml = strlen(text);
	const char *said = yaml < size ? text + yaml + 1 : text;

	for (size_t i = 0; i < LANGUAGES; i++)
		look(tables[i], said);
	if (yaml < size)
		with_own_tables(text, yaml, said);
	arena_free(&arena);
	return 0;
}
