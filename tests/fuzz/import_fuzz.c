/* Another tool's export: JSON, or else CSV. What comes of it the loader takes, as it was meant. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "playbook/diff.h"
#include "playbook/import.h"
#include "playbook/load.h"
#include "playbook/write.h"
#include "playbook/yaml.h"

#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	setlocale(LC_CTYPE, "C.UTF-8");
	return 0;
}

static void expect_round(struct import *import)
{
	struct problem_list problems = {.arena = import->arena};
	struct difference_list differences = {.arena = import->arena};
	struct buffer yaml = {0};

	write_playbook(&yaml, &import->playbook);
	if (yaml.length <= YAML_BYTES) {
		const struct playbook *read = load_text(import->arena, "fuzz.yaml", yaml.text,
							yaml.length, NULL, &problems);
		assert(read != NULL);
		diff_playbooks(&differences, &import->playbook, read);
		assert(differences.count == 0);
	}
	buffer_free(&yaml);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const columns[IMPORT_COLUMNS] = {"1", "2", "3", "4", "5"};
	struct arena arena = {0};
	struct import import = {.arena = &arena, .playbook = {.title = "T", .language = "en"}};
	const char *text = (const char *)data;
	bool json = size > 0 && (*data == '{' || *data == '[');
	bool read = json ? import_zendesk(&import, text, size)
			 : import_csv(&import, text, size, ',', columns);

	assert(read == (import.error == NULL));
	if (read && import_finish(&import))
		expect_round(&import);
	arena_free(&arena);
	return 0;
}
