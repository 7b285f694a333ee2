/* A file that calls itself a playbook. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/text.h"
#include "playbook/load.h"
#include "playbook/placing.h"
#include "playbook/playbook.h"

#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	setlocale(LC_CTYPE, "C.UTF-8");
	return 0;
}

/* A problem never steers the terminal on which it is printed. */
static void is_quiet(const struct problem *problem)
{
	struct buffer out = {0};

	problem_show(problem, PROBLEM_HUMAN, &out);
	for (size_t i = 0; i < out.length; i++)
		assert((unsigned char)out.text[i] >= 0x20 || out.text[i] == '\n');
	buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct problem_list problems = {.arena = &arena};
	struct playbook *playbook =
		load_text(&arena, "fuzz.yaml", (const char *)data, size, NULL, &problems);

	assert(!playbook == (problems.errors > 0));
	if (text_valid((const char *)data, size, NULL))
		placing_read("fuzz.yaml", (const char *)data, size, &problems);
	for (size_t i = 0; i < problems.count; i++)
		is_quiet(&problems.items[i]);
	if (playbook)
		assert(text_valid(playbook->title, strlen(playbook->title), NULL));
	arena_free(&arena);
	return 0;
}
