#include "playbook/search.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "playbook/library.h"
#include "playbook/playbook.h"
#include "playbook/vocabulary.h"

/* A searchable text, or several that belong together: a title and its goal, a channel's name
 * and the rest. */
struct entry {
	const struct playbook *playbook;
	const struct situation *situation;
	const char *text;     /* the first of its texts, which is shown */
	const uint32_t *ids;  /* its words */
	uint16_t count;	      /* words of all its texts */
	uint16_t first_count; /* of these, words of the first */
	uint8_t kind, step;
};

struct search_index {
	struct vocabulary vocabulary;
	struct entry *entries; /* in the library's order */
	size_t count;
};

struct builder {
	struct search_index *index;
	struct arena *arena;	  /* where the index lives */
	struct arena work;	  /* for what grows */
	struct hash_table shared; /* entries that playbooks may have in common */
};

static struct entry *add(struct builder *builder, enum search_kind kind, const char *text,
			 const char *second, const char *third)
{
	struct search_index *index = builder->index;
	struct arena scratch = {0};
	uint32_t *ids = NULL, *kept;
	size_t count = 0, first;
	struct entry *entry;

	vocabulary_read(&index->vocabulary, &builder->work, &scratch, text, &ids, &count);
	first = count;
	if (second)
		vocabulary_read(&index->vocabulary, &builder->work, &scratch, second, &ids, &count);
	if (third)
		vocabulary_read(&index->vocabulary, &builder->work, &scratch, third, &ids, &count);
	if (count > UINT16_MAX)
		count = UINT16_MAX;
	kept = arena_alloc(builder->arena, (count + 1) * sizeof *kept);
	if (count)
		memcpy(kept, ids, count * sizeof *kept);
	arena_free(&scratch);

	index->entries =
		arena_more(&builder->work, index->entries, index->count, sizeof *index->entries);
	entry = &index->entries[index->count++];
	*entry = (struct entry){.text = text, .ids = kept, .count = (uint16_t)count};
	entry->first_count = (uint16_t)(first < count ? first : count);
	entry->kind = (uint8_t)kind;
	return entry;
}

static void add_own(struct builder *builder, const struct playbook *playbook,
		    const struct situation *situation, enum search_kind kind, size_t step,
		    const char *text, const char *second)
{
	struct entry *entry = add(builder, kind, text, second, NULL);

	entry->playbook = playbook;
	entry->situation = situation;
	entry->step = (uint8_t)step;
}

/* What playbooks take from one file is found once, in the first of them. The same words under
 * another step are another thing. */
static void add_shared(struct builder *builder, const struct playbook *playbook,
		       enum search_kind kind, size_t step, const char *text, const char *second,
		       const char *third)
{
	const char *parts[] = {text, second ? second : "", third ? third : "",
			       kind == SEARCH_LINE ? playbook->steps[step].id : ""};
	uint64_t hashes[5] = {kind};
	uint32_t *number;
	struct entry *entry;

	for (size_t i = 0; i < 4; i++)
		hashes[i + 1] = text_hash(parts[i], strlen(parts[i]));
	number = hash_table_at(&builder->shared, &builder->work,
			       text_hash((const char *)hashes, sizeof hashes));
	if (*number)
		return;
	entry = add(builder, kind, text, second, third);
	*number = (uint32_t)builder->index->count;
	entry->playbook = playbook;
	entry->step = (uint8_t)step;
}

static void add_situation(struct builder *builder, const struct playbook *playbook,
			  const struct situation *situation)
{
	add_own(builder, playbook, situation, SEARCH_SITUATION, 0, situation->title,
		situation->goal);
	for (size_t step = 0; step < playbook->step_count; step++)
		for (size_t i = 0; i < situation->say[step].count; i++)
			add_own(builder, playbook, situation, SEARCH_LINE, step,
				situation->say[step].items[i].text, NULL);
	for (size_t i = 0; i < situation->todo.count; i++)
		add_own(builder, playbook, situation, SEARCH_TODO, 0, situation->todo.items[i].text,
			NULL);
	for (size_t i = 0; i < situation->avoid_count; i++)
		add_own(builder, playbook, situation, SEARCH_AVOID, 0, situation->avoid[i].phrase,
			situation->avoid[i].instead);
	for (size_t i = 0; i < situation->heard.count; i++)
		add_own(builder, playbook, situation, SEARCH_CUE, 0, situation->heard.items[i].text,
			NULL);
}

static void add_playbook(struct builder *builder, const struct playbook *playbook)
{
	for (size_t i = 0; i < playbook->situation_count; i++)
		add_situation(builder, playbook, &playbook->situations[i]);
	for (size_t step = 0; step < playbook->step_count; step++)
		for (size_t i = 0; i < playbook->say[step].count; i++)
			add_shared(builder, playbook, SEARCH_LINE, step,
				   playbook->say[step].items[i].text, NULL, NULL);
	for (size_t i = 0; i < playbook->todo.count; i++)
		add_shared(builder, playbook, SEARCH_TODO, 0, playbook->todo.items[i].text, NULL,
			   NULL);
	for (size_t i = 0; i < playbook->avoid_count; i++)
		add_shared(builder, playbook, SEARCH_AVOID, 0, playbook->avoid[i].phrase,
			   playbook->avoid[i].instead, NULL);
	for (size_t i = 0; i < playbook->channel_count; i++)
		add_shared(builder, playbook, SEARCH_CHANNEL, 0, playbook->channels[i].name,
			   playbook->channels[i].reach, playbook->channels[i].purpose);
}

static void settle(struct builder *builder)
{
	struct search_index *index = builder->index;
	struct entry *entries =
		arena_alloc(builder->arena, (index->count + 1) * sizeof *index->entries);

	if (index->count)
		memcpy(entries, index->entries, index->count * sizeof *entries);
	index->entries = entries;
	vocabulary_settle(&index->vocabulary, builder->arena);
	arena_free(&builder->work);
}

struct search_index *search_build(struct arena *arena, const struct library *library)
{
	struct search_index *index = arena_alloc(arena, sizeof *index);
	struct builder builder = {.index = index, .arena = arena};
	const char *language = library->language ? library->language : "";
	const struct playbook *playbook;

	index->vocabulary.x_notation =
		strncmp(language, "eo", 2) == 0 && (language[2] == '\0' || language[2] == '-');
	for (size_t n = 0; (playbook = library_playbook(library, n)); n++)
		add_playbook(&builder, playbook);
	settle(&builder);
	return index;
}

/* A query, and how each word of the index answers it. */
struct matches {
	struct query query;
	uint8_t *grades; /* a row of query.count for each word of the vocabulary */
	uint16_t *found; /* for each word: bit i for word i of the query */
	uint16_t all;	 /* the bits that a text must have */
};

_Static_assert(QUERY_WORDS_MOST <= 16, "a bit for each word of a query");

/* False when some word of the query is found nowhere. */
static bool match(struct matches *matches, const struct search_index *index, struct arena *scratch,
		  const char *text)
{
	struct query *query = &matches->query;
	size_t words = index->vocabulary.count;

	query_read(query, scratch, text);
	if (query->count == 0)
		return false;
	matches->grades = arena_alloc(scratch, words * query->count + 1);
	matches->found = arena_alloc(scratch, (words + 1) * sizeof *matches->found);
	matches->all = (uint16_t)((1u << query->count) - 1);
	for (size_t i = 0; i < query->count; i++)
		if (query_match(&query->words[i], &index->vocabulary, scratch, matches->grades + i,
				query->count) == GRADE_NONE)
			return false;
	for (size_t word = 0; word < words; word++)
		for (size_t i = 0; i < query->count; i++)
			if (matches->grades[word * query->count + i])
				matches->found[word] |= (uint16_t)(1u << i);
	return true;
}

static bool has_all(const struct matches *matches, const struct entry *entry)
{
	uint16_t found = 0;

	for (size_t i = 0; i < entry->count; i++)
		found |= matches->found[entry->ids[i]];
	return found == matches->all;
}

static uint8_t grade_at(const struct matches *matches, const struct entry *entry, size_t at,
			size_t word)
{
	return matches->grades[entry->ids[at] * matches->query.count + word];
}

/* A score is 100 for each step of the mean grade, and less than 100 for where and how. So the way
 * in which the words match decides first, then the kind of text, then order, place and length. */
#define GRADE_POINTS 100
#define NEIGHBOUR_POINTS 18
#define BEGINNING_POINTS 8
#define SHORT_POINTS 8

static int kind_points(enum search_kind kind, bool first)
{
	switch (kind) {
	case SEARCH_SITUATION: return first ? 60 : 30;
	case SEARCH_LINE: return 50;
	case SEARCH_TODO: return 30;
	case SEARCH_AVOID:
	case SEARCH_CHANNEL: return first ? 20 : 10;
	case SEARCH_CUE: break;
	}
	return 0;
}

/* Points for finding two words of the query in their order, and near each other. */
static int order_points(const struct matches *matches, const struct entry *entry, size_t word,
			const uint8_t *best)
{
	size_t gap = SIZE_MAX, last = SIZE_MAX;

	for (size_t at = 0; at < entry->count; at++) {
		if (last != SIZE_MAX && at - last < gap &&
		    grade_at(matches, entry, at, word + 1) == best[word + 1])
			gap = at - last;
		if (grade_at(matches, entry, at, word) == best[word])
			last = at;
	}
	if (gap == SIZE_MAX)
		return 0;
	return gap == 1 ? NEIGHBOUR_POINTS : gap <= 3 ? NEIGHBOUR_POINTS / 2 : NEIGHBOUR_POINTS / 4;
}

/* Every word of the query is in the entry. *first: whether its first text has a best match. */
static int score(const struct matches *matches, const struct entry *entry, bool *first)
{
	size_t count = matches->query.count;
	uint8_t best[QUERY_WORDS_MOST] = {0};
	int grades = 0, order = 0, points;

	*first = false;
	for (size_t word = 0; word < count; word++) {
		size_t best_at = 0;

		for (size_t at = 0; at < entry->count; at++) {
			uint8_t grade = grade_at(matches, entry, at, word);

			if (grade > best[word]) {
				best[word] = grade;
				best_at = at;
			}
		}
		grades += best[word];
		*first |= best_at < entry->first_count;
	}
	for (size_t word = 0; word + 1 < count; word++)
		order += order_points(matches, entry, word, best);
	points = grades * GRADE_POINTS / (int)(count > 0 ? count : 1) +
		 kind_points(entry->kind, *first);
	if (count > 1)
		points += order / (int)(count - 1);
	if (grade_at(matches, entry, 0, 0) == best[0])
		points += BEGINNING_POINTS;
	if (entry->count < 2 * SHORT_POINTS)
		points += SHORT_POINTS - entry->count / 2;
	return points;
}

/* A score and, for a stable order, the complement of the entry's number: larger is better. */
static int larger_first(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;

	return *left < *right ? 1 : *left > *right ? -1 : 0;
}

static void show(const struct entry *entry, const struct matches *matches, struct search_hit *hit)
{
	bool first;

	hit->score = score(matches, entry, &first);
	hit->kind = entry->kind;
	hit->playbook = entry->playbook;
	hit->situation = entry->situation;
	hit->step = entry->step;
	hit->text = entry->text;
	if (entry->kind == SEARCH_SITUATION && !first)
		hit->text = entry->situation->goal;
}

size_t search_find(const struct search_index *index, struct arena *arena, const char *query,
		   size_t most, struct search_hit **hits)
{
	struct arena scratch = {0};
	struct matches matches;
	uint64_t *ranks;
	size_t count = 0;
	bool first;

	*hits = NULL;
	if (!match(&matches, index, &scratch, query)) {
		arena_free(&scratch);
		return 0;
	}
	ranks = arena_alloc(&scratch, (index->count + 1) * sizeof *ranks);
	for (size_t i = 0; i < index->count; i++)
		if (has_all(&matches, &index->entries[i])) {
			int points = score(&matches, &index->entries[i], &first);

			ranks[count++] = (uint64_t)points << 32 | (UINT32_MAX - (uint32_t)i);
		}
	qsort(ranks, count, sizeof *ranks, larger_first);
	if (count > most)
		count = most;
	if (count)
		*hits = arena_alloc(arena, count * sizeof **hits);
	for (size_t i = 0; i < count; i++)
		show(&index->entries[UINT32_MAX - (uint32_t)ranks[i]], &matches, &(*hits)[i]);
	arena_free(&scratch);
	return count;
}

int search_score(const char *query, const char *text)
{
	struct arena scratch = {0};
	struct search_index index = {0};
	struct builder builder = {.index = &index, .arena = &scratch};
	struct matches matches;
	bool first;
	int points = 0;

	/* As a cue, which has no points for its kind. */
	add(&builder, SEARCH_CUE, text, NULL, NULL);
	settle(&builder);
	if (match(&matches, &index, &scratch, query) && has_all(&matches, index.entries))
		points = score(&matches, index.entries, &first);
	arena_free(&scratch);
	return points;
}
