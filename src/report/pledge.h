/* Promises: made in a call, kept or broken perhaps weeks after its end.
 *
 * Each is known by a hash of its name; a change that was taken back (undone) does not count, and
 * of the others the latest does. A promise is counted in the rows of its call. Up to PLEDGES_MOST
 * promises and changes are kept. Set to {0}; the owner calls pledges_free.
 */
#ifndef REPORT_PLEDGE_H
#define REPORT_PLEDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLEDGES_MOST 524288

enum pledge_state {
	PLEDGE_WAITS,
	PLEDGE_KEPT,
	PLEDGE_EXCEEDED, /* kept, with something on top */
	PLEDGE_BROKEN,
};

struct pledge {
	uint64_t name;			/* hash */
	int64_t due;			/* ms; 0: no time was named */
	uint32_t situation, day, agent; /* rows */
	uint32_t change;		/* the latest one + 1; 0: none */
	bool made;			/* in a call that counts */
};

struct pledge_change {
	uint64_t moment; /* hash of its call and time */
	uint32_t before; /* the one before of this promise + 1; 0: none */
	uint8_t state;	 /* enum pledge_state from then on */
	bool undone;
};

/* Numbers by hash. */
struct pledge_index {
	uint64_t *hashes;  /* 0: free; owned */
	uint32_t *numbers; /* owned */
	size_t size, used;
};

struct pledges {
	struct pledge *items;	       /* owned */
	struct pledge_change *changes; /* owned */
	size_t count, change_count;
	struct pledge_index names, moments;
};

/* A promise of a name; a new one if need be. NULL: there are too many. */
struct pledge *pledge_of(struct pledges *pledges, uint64_t name);

/* It was kept, exceeded or broken at a moment. False: that was known before, or there is no more
 * room. */
bool pledge_change(struct pledges *pledges, uint64_t name, uint64_t moment,
		   enum pledge_state state);

/* Takes back what happened at a moment; false when that was nothing of promises. */
bool pledge_undo(struct pledges *pledges, uint64_t moment);

enum pledge_state pledge_state(const struct pledges *pledges, const struct pledge *pledge);

void pledges_free(struct pledges *pledges);

#endif
