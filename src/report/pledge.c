#include "report/pledge.h"

#include <stdlib.h>

#define FIRST_SIZE 256

/* The place of a hash, or the free one where it belongs. */
static size_t find(const struct pledge_index *index, uint64_t hash)
{
	size_t i = (size_t)hash & (index->size - 1);
	while (index->hashes[i] != 0 && index->hashes[i] != hash)
		i = (i + 1) & (index->size - 1);
	return i;
}

static void grow(struct pledge_index *index)
{
	struct pledge_index old = *index;
	index->size = old.size == 0 ? FIRST_SIZE : old.size * 2;
	index->hashes = calloc(index->size, sizeof(*index->hashes));
	index->numbers = calloc(index->size, sizeof(*index->numbers));
	if (index->hashes == NULL || index->numbers == NULL)
		abort();
	for (size_t i = 0; i < old.size; i++) {
		if (old.hashes[i] == 0)
			continue;
		size_t at = find(index, old.hashes[i]);
		index->hashes[at] = old.hashes[i];
		index->numbers[at] = old.numbers[i];
	}
	free(old.hashes);
	free(old.numbers);
}

/* The number at a hash; *fresh: it is none yet, and 0. */
static uint32_t *number_at(struct pledge_index *index, uint64_t hash, bool *fresh)
{
	if (index->used >= index->size / 2)
		grow(index);
	hash += hash == 0;
	size_t at = find(index, hash);
	*fresh = index->hashes[at] == 0;
	index->used += *fresh;
	index->hashes[at] = hash;
	return &index->numbers[at];
}

static bool is_known(const struct pledge_index *index, uint64_t hash)
{
	hash += hash == 0;
	return index->size > 0 && index->hashes[find(index, hash)] != 0;
}

/* Room for one more, in powers of two. */
static void *more(void *items, size_t count, size_t size)
{
	if ((count & (count - 1)) != 0)
		return items;
	items = realloc(items, (count == 0 ? 1 : count * 2) * size);
	if (items == NULL)
		abort();
	return items;
}

struct pledge *pledge_of(struct pledges *pledges, uint64_t name)
{
	bool fresh = !is_known(&pledges->names, name);
	if (fresh && pledges->count == PLEDGES_MOST)
		return NULL;
	uint32_t *number = number_at(&pledges->names, name, &fresh);
	if (fresh) {
		*number = (uint32_t)pledges->count;
		pledges->items = more(pledges->items, pledges->count, sizeof(*pledges->items));
		pledges->items[pledges->count++] = (struct pledge){.name = name};
	}
	return &pledges->items[*number];
}

bool pledge_change(struct pledges *pledges, uint64_t name, uint64_t moment, enum pledge_state state)
{
	if (is_known(&pledges->moments, moment) || pledges->change_count == PLEDGES_MOST)
		return false;
	struct pledge *pledge = pledge_of(pledges, name);
	if (pledge == NULL)
		return false;
	bool fresh;
	*number_at(&pledges->moments, moment, &fresh) = (uint32_t)pledges->change_count;
	pledges->changes = more(pledges->changes, pledges->change_count, sizeof(*pledges->changes));
	pledges->changes[pledges->change_count++] = (struct pledge_change){
		.moment = moment, .before = pledge->change, .state = (uint8_t)state};
	pledge->change = (uint32_t)pledges->change_count;
	return true;
}

bool pledge_undo(struct pledges *pledges, uint64_t moment)
{
	if (!is_known(&pledges->moments, moment))
		return false;
	bool fresh;
	pledges->changes[*number_at(&pledges->moments, moment, &fresh)].undone = true;
	return true;
}

enum pledge_state pledge_state(const struct pledges *pledges, const struct pledge *pledge)
{
	for (uint32_t number = pledge->change; number != 0;) {
		const struct pledge_change *change = &pledges->changes[number - 1];
		if (!change->undone)
			return (enum pledge_state)change->state;
		number = change->before;
	}
	return PLEDGE_WAITS;
}

void pledges_free(struct pledges *pledges)
{
	free(pledges->items);
	free(pledges->changes);
	free(pledges->names.hashes);
	free(pledges->names.numbers);
	free(pledges->moments.hashes);
	free(pledges->moments.numbers);
	*pledges = (struct pledges){0};
}
