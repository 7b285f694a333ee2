#include "command/evaluate.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/words.h"
#include "command/labelled.h"
#include "playbook/playbook.h"
#include "suggest/suggest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS_SHOWN = 10, EXAMPLES_MOST = 2, ALARMS_SHOWN = 10 };

/* Two situations of which one was taken for the other. */
struct pair {
	const char *one, *other; /* ids */
	size_t one_lost,
		other_lost; /* utterances of the one that came out as the other, and back */
	const char *examples[EXAMPLES_MOST];
};

/* A situation was offered where there was none. */
struct alarm {
	const char *situation, *text;
};

struct evaluation {
	struct arena arena;
	size_t inside, first, among, offered, offered_right; /* utterances of situations */
	size_t outside;					     /* and of none */
	struct pair *pairs;
	size_t pair_count;
	struct alarm *alarms;
	size_t alarm_count;
};

static bool is_label_of(const char *label, const struct suggest_match *match)
{
	size_t length = strlen(match->playbook->name);

	if (strcmp(label, match->situation->id) == 0)
		return true;
	return strncmp(label, match->playbook->name, length) == 0 && label[length] == '/' &&
	       strcmp(label + length + 1, match->situation->id) == 0;
}

static void note_confusion(struct evaluation *evaluation, const struct utterance_label *item,
			   const char *found)
{
	struct pair *pair = NULL;
	size_t known;

	for (size_t i = 0; i < evaluation->pair_count && !pair; i++) {
		struct pair *seen = &evaluation->pairs[i];

		if ((strcmp(seen->one, item->label) == 0 && strcmp(seen->other, found) == 0) ||
		    (strcmp(seen->other, item->label) == 0 && strcmp(seen->one, found) == 0))
			pair = seen;
	}
	if (!pair) {
		evaluation->pairs = arena_more(&evaluation->arena, evaluation->pairs,
					       evaluation->pair_count, sizeof *pair);
		pair = &evaluation->pairs[evaluation->pair_count++];
		*pair = (struct pair){.one = item->label, .other = found};
	}
	known = pair->one_lost + pair->other_lost;
	if (known < EXAMPLES_MOST)
		pair->examples[known] = item->text;
	if (strcmp(pair->one, item->label) == 0)
		pair->one_lost++;
	else
		pair->other_lost++;
}

static void note_alarm(struct evaluation *evaluation, const struct utterance_label *item,
		       const struct suggest_match *match)
{
	evaluation->alarms = arena_more(&evaluation->arena, evaluation->alarms,
					evaluation->alarm_count, sizeof *evaluation->alarms);
	evaluation->alarms[evaluation->alarm_count++] =
		(struct alarm){match->situation->id, item->text};
}

static void note(struct evaluation *evaluation, const struct suggest_model *model,
		 const struct utterance_label *item)
{
	struct suggest_match matches[SUGGEST_MATCHES];
	size_t count = suggest_find(model, item->text, strlen(item->text), matches);
	size_t at = 0;

	if (labelled_is_none(item)) {
		evaluation->outside++;
		if (count && matches[0].suggested)
			note_alarm(evaluation, item, &matches[0]);
		return;
	}
	while (at < count && !is_label_of(item->label, &matches[at]))
		at++;
	evaluation->inside++;
	evaluation->first += count && at == 0;
	evaluation->among += at < count;
	if (count && matches[0].suggested) {
		evaluation->offered++;
		evaluation->offered_right += at == 0;
	}
	if (count && at > 0)
		note_confusion(evaluation, item, matches[0].situation->id);
}

/* Most mixed up first; equal ones by name, so that the same figures give the same list. */
static int compare_pairs(const void *a, const void *b)
{
	const struct pair *one = a, *other = b;
	size_t mine = one->one_lost + one->other_lost, theirs = other->one_lost + other->other_lost;
	int order = strcmp(one->one, other->one);

	if (mine != theirs)
		return mine < theirs ? 1 : -1;
	return order ? order : strcmp(one->other, other->other);
}

/* Which of the two is in want of utterances. */
static const char *poorer(const struct pair *pair)
{
	return pair->other_lost > pair->one_lost ? pair->other : pair->one;
}

/* NAN, which JSON writes as null, where there are none. */
static double percent(size_t part, size_t whole)
{
	size_t thousandths = whole ? (2000 * part + whole) / (2 * whole) : 0;

	return whole ? (double)thousandths / 10 : (double)NAN;
}

static void print_pair(const struct pair *pair)
{
	printf(_("  %zu× %s and %s: add utterances to \"%s\"\n"), pair->one_lost + pair->other_lost,
	       pair->one, pair->other, poorer(pair));
	for (size_t i = 0; i < EXAMPLES_MOST && pair->examples[i]; i++)
		printf("       \"%s\"\n", pair->examples[i]);
}

/* What was mixed up once may be chance: it is only counted. */
static void print_pairs(const struct evaluation *evaluation)
{
	size_t often = 0, count = evaluation->pair_count;

	while (often < count && often < PAIRS_SHOWN &&
	       evaluation->pairs[often].one_lost + evaluation->pairs[often].other_lost > 1)
		often++;
	if (often)
		puts(_("\nThese sound alike; more utterances would tell them apart:"));
	for (size_t i = 0; i < often; i++)
		print_pair(&evaluation->pairs[i]);
	if (count > often)
		printf(often ? words_count("  %zu more pair was mixed up less often; --json has "
					   "them all\n",
					   "  %zu more pairs were mixed up less often; --json has "
					   "them all\n",
					   count - often)
			     : words_count("\n%zu pair was mixed up once; --json has it\n",
					   "\n%zu pairs were mixed up once; --json has them all\n",
					   count - often),
		       count - often);
}

static void print_alarms(const struct evaluation *evaluation)
{
	if (evaluation->alarm_count)
		puts(_("\nOffered out of turn; write more of this kind under suggest: ignore:"));
	for (size_t i = 0; i < evaluation->alarm_count && i < ALARMS_SHOWN; i++)
		printf("  \"%s\": %s\n", evaluation->alarms[i].text,
		       evaluation->alarms[i].situation);
	if (evaluation->alarm_count > ALARMS_SHOWN)
		printf(_("  and %zu more; --json has them all\n"),
		       evaluation->alarm_count - ALARMS_SHOWN);
}

static void print_report(const struct evaluation *evaluation)
{
	size_t inside = evaluation->inside;

	if (inside) {
		printf(words_count("%zu utterance of situations\n",
				   "%zu utterances of situations\n", inside),
		       inside);
		printf(_("  %5.1f %%  right at first (top 1)\n"),
		       percent(evaluation->first, inside));
		printf(_("  %5.1f %%  right among three (top 3)\n"),
		       percent(evaluation->among, inside));
		if (evaluation->offered)
			printf(_("  %5.1f %%  offered unasked; %.1f %% of these right\n"),
			       percent(evaluation->offered, inside),
			       percent(evaluation->offered_right, evaluation->offered));
		else
			printf(_("  %5.1f %%  offered unasked\n"), 0.0);
	}
	if (evaluation->outside)
		printf(words_count("%zu utterance of none\n  %5.1f %%  offered all the same\n",
				   "%zu utterances of none\n  %5.1f %%  offered all the same\n",
				   evaluation->outside),
		       evaluation->outside, percent(evaluation->alarm_count, evaluation->outside));
	print_pairs(evaluation);
	print_alarms(evaluation);
}

static void write_pairs(struct json_writer *writer, const struct evaluation *evaluation)
{
	json_open(writer, "confusions", '[');
	for (size_t i = 0; i < evaluation->pair_count; i++) {
		const struct pair *pair = &evaluation->pairs[i];

		json_open(writer, NULL, '{');
		json_open(writer, "situations", '[');
		json_put_text(writer, NULL, pair->one);
		json_put_text(writer, NULL, pair->other);
		json_close(writer, ']');
		json_put_number(writer, "count", (double)(pair->one_lost + pair->other_lost));
		json_put_text(writer, "add_to", poorer(pair));
		json_open(writer, "examples", '[');
		for (size_t k = 0; k < EXAMPLES_MOST && pair->examples[k]; k++)
			json_put_text(writer, NULL, pair->examples[k]);
		json_close(writer, ']');
		json_close(writer, '}');
	}
	json_close(writer, ']');
}

static void write_report(const struct evaluation *evaluation, struct buffer *out)
{
	struct json_writer writer = {.out = out};
	size_t inside = evaluation->inside;

	json_open(&writer, NULL, '{');
	json_put_number(&writer, "utterances", (double)inside);
	json_put_number(&writer, "top1", percent(evaluation->first, inside));
	json_put_number(&writer, "top3", percent(evaluation->among, inside));
	json_put_number(&writer, "suggested", percent(evaluation->offered, inside));
	json_put_number(&writer, "suggested_right",
			percent(evaluation->offered_right, evaluation->offered));
	json_put_number(&writer, "outside", (double)evaluation->outside);
	json_put_number(&writer, "fired", percent(evaluation->alarm_count, evaluation->outside));
	write_pairs(&writer, evaluation);
	json_open(&writer, "fired_on", '[');
	for (size_t i = 0; i < evaluation->alarm_count; i++) {
		json_open(&writer, NULL, '{');
		json_put_text(&writer, "situation", evaluation->alarms[i].situation);
		json_put_text(&writer, "text", evaluation->alarms[i].text);
		json_close(&writer, '}');
	}
	json_close(&writer, ']');
	json_close(&writer, '}');
	buffer_text(out, "\n");
}

void evaluate(const struct suggest_model *model, const struct labelled *labelled, bool json)
{
	struct evaluation evaluation = {0};
	struct buffer out = {0};

	for (size_t i = 0; i < labelled->count; i++)
		note(&evaluation, model, &labelled->items[i]);
	if (evaluation.pair_count)
		qsort(evaluation.pairs, evaluation.pair_count, sizeof *evaluation.pairs,
		      compare_pairs);
	if (json) {
		write_report(&evaluation, &out);
		fputs(out.text, stdout);
	} else {
		print_report(&evaluation);
	}
	buffer_free(&out);
	arena_free(&evaluation.arena);
}
