/* The calls that a report is in the middle of: what happened in each so far, so that what is taken
 * back later can be left out.
 *
 * A call is kept until LIVE_ENDED_MOST others have ended after it, or LIVE_OPEN_MOST stand open;
 * then the oldest must be counted and dropped. That bounds the memory whatever is read. Ids of
 * dropped calls are remembered (up to LIVE_GONE_MOST, as hashes), so that a copy of a journal read
 * a second time is known for one. Set to {0}; the owner calls lives_free.
 */
#ifndef REPORT_LIVE_H
#define REPORT_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "call/event.h"

#define LIVE_ENDED_MOST 256
#define LIVE_OPEN_MOST 65536
#define LIVE_FACTS_MOST 65536 /* of one call */
#define LIVE_GONE_MOST 1048576

/* What a figure may hang on. Names are numbers, see names.h. */
struct fact {
	int64_t t;
	int64_t due;	  /* of a promise */
	uint64_t promise; /* hash of its name */
	uint32_t playbook, situation, step, text;
	enum event_kind kind;
	int outcome; /* of the end */
	bool undone;
};

struct live {
	char id[EVENT_CALL_BYTES];
	int64_t started, last;	  /* ms; last: of the latest event */
	uint32_t playbook, agent; /* names */
	struct fact *facts;	  /* owned */
	size_t count, capacity;
	bool ended;
	struct live *chain;	    /* the next of the same bucket */
	struct live *older, *newer; /* in the list of open ones, by last use; or of ended ones */
};

struct live_list {
	struct live *oldest, *newest;
	size_t count;
};

struct lives {
	struct live **buckets; /* owned */
	struct live_list open, ended;
	struct live *spare; /* dropped ones, for use again */
	uint64_t *gone;	    /* hashes, 0 where free; owned */
	size_t gone_count, gone_size;
};

/* A call's hash; never 0. */
uint64_t live_hash(const char id[EVENT_CALL_BYTES]);

/* NULL: not one of them. */
struct live *live_find(struct lives *lives, const char id[EVENT_CALL_BYTES]);

/* Whether it was dropped before. */
bool live_is_gone(const struct lives *lives, const char id[EVENT_CALL_BYTES]);

/* A new one, open and empty; the id must not be among them. */
struct live *live_begin(struct lives *lives, const char id[EVENT_CALL_BYTES]);

/* A new fact at the end. NULL: there are too many. */
struct fact *live_fact(struct live *live);

void live_end(struct lives *lives, struct live *live);

/* The latest in use is the last to go. */
void live_touch(struct lives *lives, struct live *live);

/* One that must go, or NULL; with all set any, the ended ones first. */
struct live *live_surplus(struct lives *lives, bool all);

void live_drop(struct lives *lives, struct live *live);
void lives_free(struct lives *lives);

#endif
