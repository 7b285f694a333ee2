#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_EACH_ALONE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_EACH_ALONE 1
#endif
#endif
#ifndef ARENA_EACH_ALONE
#define ARENA_EACH_ALONE 0
#endif

enum {
	ALIGNMENT = _Alignof(max_align_t),
	BLOCK_LEAST = 4 * 1024,
	BLOCK_MOST = 64 * 1024,
	ITEMS_LEAST = 4,
	FORMAT_MOST = 256, /* bytes of a text that is formatted once, with its NUL */
};

/* An allocation larger than this gets a block of its own. */
enum { SHARED_MOST = BLOCK_MOST / 4 };

/* Things fill it from its start, texts, which need no alignment, from its end. */
struct arena_block {
	struct arena_block *older;
	size_t size; /* of bytes */
	size_t used; /* by things */
	size_t end;  /* here texts begin */
	_Alignas(max_align_t) unsigned char bytes[];
};

static struct arena_block *block_new(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 2)
		abort();
	struct arena_block *block = malloc(sizeof *block + size);
	if (block == NULL)
		abort();
	block->older = NULL;
	block->size = size;
	block->used = 0;
	block->end = size;
	arena->total += size;
	return block;
}

static void block_push(struct arena *arena, struct arena_block *block)
{
	block->older = arena->newest;
	arena->newest = block;
}

/* Behind the newest, so that the room left in that one is not lost. */
static void block_tuck(struct arena *arena, struct arena_block *block)
{
	if (arena->newest == NULL) {
		block_push(arena, block);
		return;
	}
	block->older = arena->newest->older;
	arena->newest->older = block;
}

static size_t next_block_size(const struct arena *arena, size_t size)
{
	size_t next = arena->newest == NULL ? BLOCK_LEAST : arena->newest->size * 2;

	while (next < size)
		next *= 2;
	return next < BLOCK_MOST ? next : BLOCK_MOST;
}

/* The block that has room for so many bytes. */
static struct arena_block *block_with(struct arena *arena, size_t room)
{
	struct arena_block *block = arena->newest;

	if (block != NULL && block->end - block->used >= room && !ARENA_EACH_ALONE)
		return block;
	if (ARENA_EACH_ALONE || room <= SHARED_MOST) {
		block = block_new(arena, ARENA_EACH_ALONE ? room : next_block_size(arena, room));
		block_push(arena, block);
	} else {
		block = block_new(arena, room);
		block_tuck(arena, block);
	}
	return block;
}

/* Nearly all things are small: a call would cost more than the zeros. */
static void clear(unsigned char *memory, size_t room)
{
	switch (room / ALIGNMENT) {
	case 3: memset(memory + 2 * ALIGNMENT, 0, ALIGNMENT); /* fall through */
	case 2: memset(memory + ALIGNMENT, 0, ALIGNMENT);     /* fall through */
	case 1: memset(memory, 0, ALIGNMENT);		      /* fall through */
	case 0: break;
	default: memset(memory, 0, room);
	}
}

static size_t aligned(size_t size)
{
	if (size > SIZE_MAX / 4)
		abort();
	return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void *arena_room(struct arena *arena, size_t size)
{
	size_t room = aligned(size);
	if (ARENA_EACH_ALONE)
		return block_with(arena, size)->bytes;
	struct arena_block *block = block_with(arena, room);
	unsigned char *memory = block->bytes + block->used;
	block->used += room;
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	unsigned char *memory = arena_room(arena, size);
	if (ARENA_EACH_ALONE)
		return memset(memory, 0, size);
	clear(memory, aligned(size));
	return memory;
}

char *arena_text(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 4)
		abort();
	struct arena_block *block = block_with(arena, size);
	block->end -= size;
	return (char *)block->bytes + block->end;
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_text(arena, length + 1);

	if (length > 0)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *arena_string(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_copy(arena, text, strlen(text));
}

char *arena_vformat(struct arena *arena, const char *format, va_list arguments)
{
	char most[FORMAT_MOST];
	va_list again;

	va_copy(again, arguments);
	int length = vsnprintf(most, sizeof most, format, again);
	va_end(again);
	if (length < 0)
		abort();
	if ((size_t)length < sizeof most)
		return arena_copy(arena, most, (size_t)length);
	char *text = arena_text(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	char *text = arena_vformat(arena, format, arguments);
	va_end(arguments);
	return text;
}

void *arena_more(struct arena *arena, void *items, size_t count, size_t size)
{
	bool full = items == NULL || (count >= ITEMS_LEAST && (count & (count - 1)) == 0);

	if (!full) {
		memset((char *)items + count * size, 0, size);
		return items;
	}
	size_t capacity = count < ITEMS_LEAST ? ITEMS_LEAST : count * 2;
	if (size > 0 && capacity > SIZE_MAX / 4 / size)
		abort();
	void *more = arena_alloc(arena, capacity * size);
	if (items != NULL)
		memcpy(more, items, count * size);
	return more;
}

static void free_blocks(struct arena *arena, struct arena_block *block)
{
	while (block != NULL) {
		struct arena_block *older = block->older;
		arena->total -= block->size;
		free(block);
		block = older;
	}
}

void arena_reset(struct arena *arena)
{
	struct arena_block *kept = arena->newest;

	/* Under a sanitizer nothing is kept, so that a use after the reset is seen. */
	if (ARENA_EACH_ALONE || kept == NULL || kept->size > BLOCK_MOST) {
		arena_free(arena);
		return;
	}
	free_blocks(arena, kept->older);
	kept->older = NULL;
	kept->used = 0;
	kept->end = kept->size;
}

void arena_free(struct arena *arena)
{
	free_blocks(arena, arena->newest);
	arena->newest = NULL;
}
