/*
 * A journal made up of so many megabytes, the same bytes each time: calls of a few agents, on two
 * at once, in three languages, with undoing, promises kept later, and lines with quotes in them.
 *
 * usage: journal_make MEGABYTES >FILE
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "call/event.h"
#include "call/id.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define START INT64_C(1767225600000) /* 2026-01-01 00:00 UTC */

static const char *const steps[] = {"reflect", "validate", "empathize", "resolve", "close"};

static const char *const situations[] = {
	"feels-unheard",  "shouting",	 "passed-around", "still-waiting",
	"about-to-leave", "just-bought", "expects-a-no",  "afraid-to-bother",
};

static const char *const wordings[] = {
	"So <issue>, and after all this time nobody has called you back. Have I got that right?",
	"It makes sense that you want an answer now. Anyone who had waited as long would.",
	"I may be off, but I hear disappointment there. Is that the word for it?",
	"Let me stay on the line until <product> works again; I will not hand you on.",
	"Thank you for telling me, <customer>. Call any time, I like sorting these out.",
	"You were told \"two days\", and it has been two weeks. I would be cross, too.",
	"\xe0\xa6\x86\xe0\xa6\xae\xe0\xa6\xbf "
	"\xe0\xa6\xac\xe0\xa7\x81\xe0\xa6\x9d\xe0\xa6\xa4\xe0\xa7\x87 "
	"\xe0\xa6\xaa\xe0\xa6\xbe\xe0\xa6\xb0\xe0\xa6\x9b\xe0\xa6\xbf, <customer>, "
	"\xe0\xa6\x86\xe0\xa6\xaa\xe0\xa6\xa8\xe0\xa6\xbf \xe0\xa6\x95\xe0\xa7\x87\xe0\xa6\xa8 "
	"\xe0\xa6\xb9\xe0\xa6\xa4\xe0\xa6\xbe\xe0\xa6\xb6\xe0\xa5\xa4",
	"Mi komprenas, ke tio ege \xc4\x89"
	"agrenis vin, <customer>. \xc4\x88u mi bone a\xc5\xad"
	"dis?",
};

static const char *const names[] = {"Mrs Rahman", "Mr Okafor",
				    "\xe0\xa6\xae\xe0\xa6\xbf\xe0\xa6\xa4\xe0\xa6\xbe",
				    "Jo\xc3\xa3o", "Ms Lindqvist"};

static const char *const agents[] = {"asha", "bo", "chen", "dilip", "eva", "farid"};

static const char *const dispositions[] = {"resolved",	"resolved",  "resolved",
					   "follow-up", "escalated", "dropped"};

struct maker {
	uint64_t seed;
	int64_t now;
	struct buffer out;
	uint64_t most, made; /* bytes */
	char kept[16][64];   /* promises that are still to be kept */
	unsigned promises;
};

/* Source: splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t draw(struct maker *maker, uint64_t below)
{
	uint64_t z = maker->seed += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (z ^ z >> 31) % below;
}

static void put(struct maker *maker, struct event *event)
{
	maker->now += 1 + (int64_t)draw(maker, 15000);
	event->t = maker->now;
	event_write(event, &maker->out);
	if (maker->out.length < 1 << 20)
		return;
	maker->made += fwrite(maker->out.text, 1, maker->out.length, stdout);
	buffer_clear(&maker->out);
}

/* An event of the same call, of which nothing else is known yet. */
static struct event *next(struct event *event, enum event_kind kind)
{
	struct event fresh = {.kind = kind, .t = event->t};
	memcpy(fresh.call, event->call, sizeof(fresh.call));
	*event = fresh;
	return event;
}

static void say(struct maker *maker, struct event *event, const char *situation, size_t step)
{
	bool passes = draw(maker, 6) == 0;
	for (int i = passes ? 0 : 1; i < 2; i++) {
		next(event, i == 0 ? EVENT_LINE_PASSED : EVENT_LINE_SAID);
		event->step = steps[step];
		event->situation = situation;
		event->text = wordings[draw(maker, LENGTH(wordings))];
		put(maker, event);
	}
	if (draw(maker, 12) == 0) {
		int64_t t = event->t;
		next(event, EVENT_UNDONE)->undoes = t;
		put(maker, event);
	}
}

static void promise(struct maker *maker, struct event *event)
{
	char *name = maker->kept[maker->promises++ % LENGTH(maker->kept)];
	char old[64];
	memcpy(old, name, sizeof(old));
	snprintf(name, sizeof(maker->kept[0]), "%s/1", event->call);
	next(event, EVENT_PROMISE_MADE)->promise = name;
	event->text = "call back with the new date";
	event->due = maker->now + 172800000;
	event->zone = "+06:00";
	put(maker, event);
	if (old[0] == '\0' || draw(maker, 4) == 0)
		return;
	struct event late = {.kind = draw(maker, 5) == 0 ? EVENT_PROMISE_BROKEN
							 : EVENT_PROMISE_KEPT};
	memcpy(late.call, old, EVENT_CALL_BYTES - 1);
	late.promise = old;
	put(maker, &late);
}

static void fill(struct maker *maker, struct event *event, const char *slot, const char *text)
{
	next(event, EVENT_SLOT_FILLED)->slot = slot;
	event->text = text;
	put(maker, event);
}

static void call(struct maker *maker)
{
	unsigned char random[10];
	for (size_t i = 0; i < sizeof(random); i++)
		random[i] = (unsigned char)draw(maker, 256);
	struct event event = {.playbook = "angry-customer", .language = "en"};
	event.version = "9c1f0e5ab27d4638";
	event.agent = agents[draw(maker, LENGTH(agents))];
	id_make(event.call, maker->now, random);
	put(maker, &event);

	const char *situation = situations[draw(maker, LENGTH(situations))];
	next(&event, EVENT_SITUATION_OPENED)->situation = situation;
	event.playbook = "angry-customer";
	put(maker, &event);
	fill(maker, &event, "customer", names[draw(maker, LENGTH(names))]);
	fill(maker, &event, "issue", "I was charged twice and nobody answers my mails");
	for (size_t step = 0; step < LENGTH(steps); step++)
		say(maker, &event, situation, step);
	if (draw(maker, 8) == 0) {
		put(maker, next(&event, EVENT_CALL_HELD));
		put(maker, next(&event, EVENT_CALL_RESUMED));
	}
	if (draw(maker, 3) == 0)
		promise(maker, &event);
	if (draw(maker, 40) == 0)
		return; /* left open */
	next(&event, EVENT_CALL_ENDED)->disposition =
		dispositions[draw(maker, LENGTH(dispositions))];
	put(maker, &event);
}

int main(int argc, char **argv)
{
	struct maker maker = {.seed = 1, .now = START};
	maker.most = argc == 2 ? strtoull(argv[1], NULL, 10) * 1000000 : 0;
	if (maker.most == 0) {
		fputs("usage: journal_make MEGABYTES >FILE\n", stderr);
		return 2;
	}
	while (maker.made + maker.out.length < maker.most)
		call(&maker);
	fwrite(maker.out.text, 1, maker.out.length, stdout);
	buffer_free(&maker.out);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
