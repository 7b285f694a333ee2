#include "report/live.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 16384
#define FIRST_GONE 4096

uint64_t live_hash(const char id[EVENT_CALL_BYTES])
{
	/* the last 20 digits: of a UUIDv7 they are random */
	uint64_t hash = 0, piece;
	for (size_t at = 12; at < 36; at += sizeof(piece)) {
		memcpy(&piece, id + at, sizeof(piece));
		hash = (hash ^ piece) * UINT64_C(0xbf58476d1ce4e5b9);
		hash ^= hash >> 31;
	}
	memcpy(&piece, id + 4, sizeof(piece));
	hash = (hash ^ piece) * UINT64_C(0x94d049bb133111eb);
	memcpy(&piece, id, sizeof(piece));
	hash = (hash ^ hash >> 29 ^ piece) * UINT64_C(0xbf58476d1ce4e5b9);
	hash ^= hash >> 31;
	return hash == 0 ? 1 : hash;
}

static struct live **bucket(struct lives *lives, const char id[EVENT_CALL_BYTES])
{
	return &lives->buckets[live_hash(id) % BUCKETS];
}

struct live *live_find(struct lives *lives, const char id[EVENT_CALL_BYTES])
{
	if (lives->buckets == NULL)
		return NULL;
	struct live *live = *bucket(lives, id);
	while (live != NULL && memcmp(live->id, id, EVENT_CALL_BYTES) != 0)
		live = live->chain;
	return live;
}

static void append(struct live_list *list, struct live *live)
{
	live->older = list->newest;
	live->newer = NULL;
	if (list->newest != NULL)
		list->newest->newer = live;
	else
		list->oldest = live;
	list->newest = live;
	list->count++;
}

static void take_out(struct live_list *list, struct live *live)
{
	if (live->older != NULL)
		live->older->newer = live->newer;
	else
		list->oldest = live->newer;
	if (live->newer != NULL)
		live->newer->older = live->older;
	else
		list->newest = live->older;
	list->count--;
}

static struct live_list *list_of(struct lives *lives, const struct live *live)
{
	return live->ended ? &lives->ended : &lives->open;
}

struct live *live_begin(struct lives *lives, const char id[EVENT_CALL_BYTES])
{
	if (lives->buckets == NULL) {
		lives->buckets = calloc(BUCKETS, sizeof(struct live *));
		if (lives->buckets == NULL)
			abort();
	}
	struct live *live = lives->spare;
	if (live != NULL)
		lives->spare = live->chain;
	else
		live = calloc(1, sizeof(*live));
	if (live == NULL)
		abort();
	*live = (struct live){.facts = live->facts, .capacity = live->capacity};
	memcpy(live->id, id, EVENT_CALL_BYTES);
	struct live **head = bucket(lives, id);
	live->chain = *head;
	*head = live;
	append(&lives->open, live);
	return live;
}

struct fact *live_fact(struct live *live)
{
	if (live->count == LIVE_FACTS_MOST)
		return NULL;
	if (live->count == live->capacity) {
		live->capacity = live->capacity == 0 ? 16 : live->capacity * 2;
		live->facts = realloc(live->facts, live->capacity * sizeof(*live->facts));
		if (live->facts == NULL)
			abort();
	}
	live->facts[live->count] = (struct fact){0};
	return &live->facts[live->count++];
}

void live_end(struct lives *lives, struct live *live)
{
	take_out(list_of(lives, live), live);
	live->ended = true;
	append(&lives->ended, live);
}

void live_touch(struct lives *lives, struct live *live)
{
	struct live_list *list = list_of(lives, live);
	if (list->newest == live)
		return;
	take_out(list, live);
	append(list, live);
}

struct live *live_surplus(struct lives *lives, bool all)
{
	if (lives->ended.count > (all ? 0 : LIVE_ENDED_MOST))
		return lives->ended.oldest;
	return lives->open.count > (all ? 0 : LIVE_OPEN_MOST) ? lives->open.oldest : NULL;
}

/* The place of a hash in a table, or the free one where it belongs. */
static uint64_t *find_gone(uint64_t *gone, size_t size, uint64_t hash)
{
	size_t i = (size_t)hash & (size - 1);
	while (gone[i] != 0 && gone[i] != hash)
		i = (i + 1) & (size - 1);
	return &gone[i];
}

bool live_is_gone(const struct lives *lives, const char id[EVENT_CALL_BYTES])
{
	return lives->gone_size > 0 &&
	       *find_gone(lives->gone, lives->gone_size, live_hash(id)) != 0;
}

static void grow_gone(struct lives *lives)
{
	size_t size = lives->gone_size == 0 ? FIRST_GONE : lives->gone_size * 2;
	uint64_t *gone = calloc(size, sizeof(*gone));
	if (gone == NULL)
		abort();
	for (size_t i = 0; i < lives->gone_size; i++) {
		if (lives->gone[i] != 0)
			*find_gone(gone, size, lives->gone[i]) = lives->gone[i];
	}
	free(lives->gone);
	lives->gone = gone;
	lives->gone_size = size;
}

static void remember(struct lives *lives, uint64_t hash)
{
	if (lives->gone_count == LIVE_GONE_MOST)
		return;
	if (lives->gone_count >= lives->gone_size / 2)
		grow_gone(lives);
	uint64_t *place = find_gone(lives->gone, lives->gone_size, hash);
	lives->gone_count += *place == 0;
	*place = hash;
}

void live_drop(struct lives *lives, struct live *live)
{
	struct live **link = bucket(lives, live->id);
	while (*link != live)
		link = &(*link)->chain;
	*link = live->chain;
	take_out(list_of(lives, live), live);
	remember(lives, live_hash(live->id));
	live->chain = lives->spare;
	lives->spare = live;
}

static void free_live(struct live *live)
{
	free(live->facts);
	free(live);
}

static void free_list(struct live *live)
{
	for (struct live *newer; live != NULL; live = newer) {
		newer = live->newer;
		free_live(live);
	}
}

void lives_free(struct lives *lives)
{
	free_list(lives->open.oldest);
	free_list(lives->ended.oldest);
	for (struct live *live = lives->spare, *chain; live != NULL; live = chain) {
		chain = live->chain;
		free_live(live);
	}
	free(lives->buckets);
	free(lives->gone);
	*lives = (struct lives){0};
}
