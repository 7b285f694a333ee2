/* Whatever an agent types into the search. */
#include "base/arena.h"
#include "playbook/library.h"
#include "playbook/search.h"

#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MOST 50

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct library library;
static struct arena built;
static struct search_index *search_index;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char *const places[] = {"scripts"};

	(void)argc, (void)argv;
	setlocale(LC_CTYPE, "C.UTF-8");
	if (!library_open(&library, "en", places, 1, true))
		abort(); /* run it from the top folder */
	library_load_all(&library);
	search_index = search_build(&built, &library);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	char *query = arena_copy(&arena, (const char *)data, size);
	struct search_hit *hits;
	size_t count = search_find(search_index, &arena, query, MOST, &hits);

	assert(count <= MOST);
	for (size_t i = 0; i < count; i++) {
		assert(hits[i].text && hits[i].playbook && hits[i].score > 0);
		assert(i == 0 || hits[i - 1].score >= hits[i].score);
	}
	assert(search_score(query, "I want to cancel everything") >= 0);
	arena_free(&arena);
	return 0;
}
