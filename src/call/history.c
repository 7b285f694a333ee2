#include "call/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "call/event.h"

struct history_entry {
	uint64_t key; /* of a line, or of a line and a customer; 0: free */
	int64_t at;
};

static uint64_t line_key(const char *text)
{
	uint64_t key = text_hash(text, strlen(text));
	return key == 0 ? 1 : key;
}

/* Spreads both, so that no line and customer meet the key of another pair.
 * Source of the constants: the finalizer of splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t customer_key(uint64_t line, uint64_t customer)
{
	uint64_t key = line + customer * UINT64_C(0x9e3779b97f4a7c15);
	key = (key ^ key >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	key = (key ^ key >> 27) * UINT64_C(0x94d049bb133111eb);
	key ^= key >> 31;
	return key == 0 ? 1 : key;
}

static uint64_t customer_hash(const char *name)
{
	struct arena arena = {0};
	const char *folded = text_fold(&arena, name, strlen(name));
	uint64_t hash = folded[0] == '\0' ? 0 : text_hash(folded, strlen(folded));
	arena_free(&arena);
	return hash;
}

/* The entry of a key, or the free one where it belongs. */
static struct history_entry *find(struct history_entry *entries, size_t capacity, uint64_t key)
{
	size_t i = (size_t)key & (capacity - 1);
	while (entries[i].key != 0 && entries[i].key != key)
		i = (i + 1) & (capacity - 1);
	return &entries[i];
}

static void grow(struct history *history)
{
	size_t capacity = history->capacity == 0 ? 256 : history->capacity * 2;
	struct history_entry *entries = calloc(capacity, sizeof(*entries));
	if (entries == NULL)
		abort();
	for (size_t i = 0; i < history->capacity; i++) {
		if (history->entries[i].key != 0)
			*find(entries, capacity, history->entries[i].key) = history->entries[i];
	}
	free(history->entries);
	history->entries = entries;
	history->capacity = capacity;
}

static void remember(struct history *history, uint64_t key, int64_t at)
{
	if (history->count >= history->capacity / 4 * 3)
		grow(history);
	struct history_entry *entry = find(history->entries, history->capacity, key);
	if (entry->key == 0)
		history->count++;
	entry->key = key;
	if (at > entry->at)
		entry->at = at;
}

static int64_t recall(const struct history *history, uint64_t key)
{
	if (history->count == 0)
		return 0;
	return find(history->entries, history->capacity, key)->at;
}

void history_apply(struct history *history, const struct event *event)
{
	if (event->kind == EVENT_SLOT_FILLED && strcmp(event->slot, "customer") == 0) {
		memcpy(history->call, event->call, sizeof(history->call));
		history->customer = customer_hash(event->text);
	} else if (event->kind == EVENT_LINE_SAID) {
		uint64_t line = line_key(event->text);
		remember(history, line, event->t);
		if (history->customer != 0 && strcmp(history->call, event->call) == 0)
			remember(history, customer_key(line, history->customer), event->t);
	}
}

int64_t history_said(const struct history *history, const char *text)
{
	return recall(history, line_key(text));
}

int64_t history_said_to(const struct history *history, const char *customer, const char *text)
{
	uint64_t name = customer == NULL || history->count == 0 ? 0 : customer_hash(customer);
	return name == 0 ? 0 : recall(history, customer_key(line_key(text), name));
}

void history_free(struct history *history)
{
	free(history->entries);
	*history = (struct history){0};
}
