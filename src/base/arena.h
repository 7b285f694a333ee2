/* An arena: memory with one lifetime (a library, a call, a frame), freed all at once.
 *
 * The owner of a struct arena sets it to {0} and ends it with arena_free; whoever is handed
 * a pointer to one allocates from it and frees nothing. Memory comes back zeroed and aligned
 * for any type. Running out of memory aborts: there is no half-made result to handle.
 * Sanitizer builds give each allocation a malloc of its own, so that overruns are seen.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *newest; /* the block that is allocated from; NULL: none yet */
	size_t total;		    /* bytes of all blocks, for the memory figures */
};

/* size zeroed bytes; never NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* The same, not zeroed, for what is written all over at once. */
void *arena_room(struct arena *arena, size_t size);

/* Room for a text: size bytes, neither zeroed nor aligned. */
char *arena_text(struct arena *arena, size_t size);

/* A copy of length bytes of text with a NUL behind it. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

/* A copy of a C string; NULL stays NULL. */
char *arena_string(struct arena *arena, const char *text);

/* As sprintf, into the arena. */
char *arena_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vformat(struct arena *arena, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

/* Room for one more item of size bytes behind count items of an array that lives in this arena
 * and has grown by this call alone (capacities are powers of two). Returns the array, moved
 * where it had to be; the old one stays readable until the arena goes. */
void *arena_more(struct arena *arena, void *items, size_t count, size_t size);

/* Forgets all allocations and keeps one block for the next frame. */
void arena_reset(struct arena *arena);

/* Gives all memory back; the arena can be used again. */
void arena_free(struct arena *arena);

#endif
