#include "playbook/proof.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/playbook.h"

struct proof_home {
	const char *file;
	const char *situation; /* its id; NULL: shared by all of the playbook */
};

/* Where a text stood first. */
struct proof_text {
	uint64_t hash;
	const struct proof_home *home;
	int line;
};

enum { TABLE_LEAST = 1024 };

/* --- Texts that are the same --- */

static uint64_t stir(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

/* Eight bytes at once. Bit 5 makes a small letter of a capital; in what is not ASCII it stays. */
static uint64_t small(uint64_t word)
{
	return word | (~(word >> 2) & UINT64_C(0x2020202020202020));
}

static uint64_t word_at(const char *text)
{
	uint64_t word;

	memcpy(&word, text, sizeof word);
	return small(word);
}

/* The last word overlaps the one before, so that none is read in part. */
static uint64_t hash_text(const char *text, size_t length, uint64_t seed)
{
	enum { WORD = sizeof(uint64_t) };
	uint64_t even = seed, odd, word = 0;

	while (length > 0 && (text[length - 1] == '.' || text[length - 1] == ' '))
		length--;
	odd = length;
	if (length < WORD) {
		memcpy(&word, text, length);
		return stir(stir(even, small(word)), odd);
	}
	const char *last = text + length - WORD;
	for (; text + WORD <= last; text += 2 * WORD) {
		even = stir(even, word_at(text));
		odd = stir(odd, word_at(text + WORD));
	}
	if (text < last)
		even = stir(even, word_at(text));
	return stir(stir(even, word_at(last)), odd);
}

/* The cell of a hash, or a free one for it. */
static uint32_t *cell_at(const struct proof_table *table, uint64_t hash)
{
	size_t mask = table->size - 1;
	size_t i = (size_t)(hash >> 32) & mask;

	while (table->cells[i] > 0 && table->texts[table->cells[i] - 1].hash != hash)
		i = (i + 1) & mask;
	return &table->cells[i];
}

static void *grown(void *items, size_t count, size_t size)
{
	void *more = realloc(items, count * size);

	if (more == NULL)
		abort();
	return more;
}

/* At most half of the cells are taken. */
static void make_room(struct proof_table *table, size_t count)
{
	if (count > table->room) {
		table->room = count + table->room / 2;
		table->texts = grown(table->texts, table->room, sizeof *table->texts);
	}
	if (count <= table->size / 2)
		return;
	while (table->size / 2 < count || table->size < TABLE_LEAST)
		table->size = table->size == 0 ? TABLE_LEAST : table->size * 2;
	table->cells = grown(table->cells, table->size, sizeof *table->cells);
	memset(table->cells, 0, table->size * sizeof *table->cells);
	for (size_t i = 0; i < table->count; i++)
		*cell_at(table, table->texts[i].hash) = (uint32_t)i + 1;
}

/* Into a cell, in place of what it has; there is room. */
static void put(struct proof_table *table, uint32_t *cell, struct proof_text text)
{
	assert(table->texts != NULL);
	if (*cell == 0)
		*cell = (uint32_t)++table->count;
	table->texts[*cell - 1] = text;
}

/* What the cell has, or NULL. */
static const struct proof_text *text_in(const struct proof_table *table, const uint32_t *cell)
{
	return *cell == 0 ? NULL : &table->texts[*cell - 1];
}

static void forget(struct proof_table *table)
{
	if (table->count > 0)
		memset(table->cells, 0, table->size * sizeof *table->cells);
	table->count = 0;
}

/* --- Lines --- */

struct reading {
	struct proof *proof;
	const struct playbook *playbook;
	struct problem_list *problems;
	const char *file;	       /* the playbook's, in the proof's arena */
	const struct proof_home *home; /* of the last line */
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

static bool is_own(const struct reading *reading, struct place place)
{
	return place.file == reading->playbook->file;
}

/* "the first is in line 12", or in another file. In the arena of the problems. */
static const char *tell_first(struct reading *reading, const char *file, int line, const char *hint)
{
	struct arena *arena = reading->problems->arena;

	if (file == reading->file || file == reading->playbook->file)
		return arena_format(arena, _("the first is in line %d; %s"), line, hint);
	return arena_format(arena, _("the first is in %s, line %d; %s"), file, line, hint);
}

static void check_length(struct reading *reading, const struct line *line, size_t length)
{
	/* A column is a byte at least. */
	if (length <= PROOF_GLANCE_COLUMNS)
		return;
	int width = text_width_of(line->text, length);
	if (width <= PROOF_GLANCE_COLUMNS)
		return;
	problem_add(reading->problems, PROBLEM_WARNING, line->place,
		    words_count("this line is %d column long, too long to be read at a glance",
				"this line is %d columns long, too long to be read at a glance",
				(unsigned long)width),
		    width)
		->mend =
		arena_format(reading->problems->arena, _("make two of it, or say it in %d columns"),
			     PROOF_GLANCE_COLUMNS);
}

static const struct proof_home *home_of(struct reading *reading, const char *file,
					const char *situation)
{
	const struct proof_home *last = reading->home;
	struct proof_home *home;

	if (last != NULL && last->file == file && last->situation == situation)
		return last;
	home = arena_alloc(&reading->proof->arena, sizeof *home);
	*home = (struct proof_home){file, situation};
	reading->home = home;
	return home;
}

static void check_line(struct reading *reading, const struct line *line, const char *situation)
{
	struct proof_table *table = &reading->proof->lines;
	size_t length = strlen(line->text);
	uint64_t hash = hash_text(line->text, length, 0);
	uint32_t *cell = cell_at(table, hash);
	const struct proof_text *first = text_in(table, cell);
	bool own = is_own(reading, line->place);

	/* A line may serve several situations; a shared one stands in each of them already. */
	bool shared = first != NULL && first->home->situation == NULL;
	bool twice = first != NULL && (shared || first->home->situation == situation);
	if (own && twice)
		problem_add(reading->problems, PROBLEM_WARNING, line->place,
			    shared && situation != NULL
				    ? _("this line is also one of those for every situation")
				    : _("the same line stands twice"))
			->mend = tell_first(reading, first->home->file, first->line,
					    _("take one out, or say it in other words"));
	else if (own)
		check_length(reading, line, length);
	if (!twice)
		put(table, cell,
		    (struct proof_text){hash, home_of(reading, line->place.file, situation),
					line->place.line});
}

static void check_lines(struct reading *reading, const struct line_list *say, const char *situation,
			bool own)
{
	for (size_t i = 0; i < reading->playbook->step_count; i++) {
		for (size_t k = 0; k < say[i].count; k++) {
			if (is_own(reading, say[i].items[k].place) == own)
				check_line(reading, &say[i].items[k], situation);
		}
	}
}

static size_t count_lines(const struct playbook *playbook, const struct line_list *say)
{
	size_t count = 0;

	for (size_t i = 0; i < playbook->step_count; i++)
		count += say[i].count;
	return count;
}

static void check_all_lines(struct reading *reading)
{
	const struct playbook *playbook = reading->playbook;
	struct proof *proof = reading->proof;
	size_t count = count_lines(playbook, playbook->say);

	for (size_t i = 0; i < playbook->situation_count; i++)
		count += count_lines(playbook, playbook->situations[i].say);
	forget(&proof->lines);
	make_room(&proof->lines, count);
	/* Of an own line and one taken over, the own is the second. */
	check_lines(reading, playbook->say, NULL, false);
	check_lines(reading, playbook->say, NULL, true);
	for (size_t i = 0; i < playbook->situation_count; i++)
		check_lines(reading, playbook->situations[i].say, playbook->situations[i].id, true);
}

/* --- What is heard --- */

static void tell_heard(struct reading *reading, const struct proof_text *first,
		       const struct line *heard, const char *situation)
{
	bool same = first->home->situation == situation ||
		    (first->home->file == reading->file &&
		     strcmp(first->home->situation, situation) == 0);

	if (same) {
		problem_add(reading->problems, PROBLEM_WARNING, heard->place,
			    _("the same utterance stands twice"))
			->mend =
			tell_first(reading, first->home->file, first->line, _("take one out"));
		return;
	}
	struct problem *problem;
	if (first->home->file == reading->file)
		problem = problem_add(reading->problems, PROBLEM_WARNING, heard->place,
				      _("this is heard in '%s', too"), first->home->situation);
	else
		problem = problem_add(reading->problems, PROBLEM_WARNING, heard->place,
				      _("this is heard in '%s' of '%s', too"),
				      first->home->situation, base_name(first->home->file));
	problem->mend = tell_first(reading, first->home->file, first->line,
				   _("keep it where callers mean it"));
}

static void check_heard(struct reading *reading, const struct situation *situation)
{
	struct proof *proof = reading->proof;
	const struct line_list *heard = &situation->heard;
	uint64_t language =
		text_hash(reading->playbook->language, strlen(reading->playbook->language));
	const struct proof_home *home = NULL;

	make_room(&proof->heard, proof->heard.count + heard->count);
	for (size_t i = 0; i < heard->count; i++) {
		const struct line *line = &heard->items[i];
		uint64_t hash = hash_text(line->text, strlen(line->text), language);
		uint32_t *cell = cell_at(&proof->heard, hash);
		if (*cell > 0) {
			tell_heard(reading, text_in(&proof->heard, cell), line, situation->id);
			continue;
		}
		if (home == NULL)
			home = home_of(reading, reading->file,
				       arena_string(&proof->arena, situation->id));
		put(&proof->heard, cell, (struct proof_text){hash, home, line->place.line});
	}
}

static void check_way(struct reading *reading, size_t number)
{
	const struct playbook *playbook = reading->playbook;
	const struct situation *situation = &playbook->situations[number];

	if (situation->heard.count == 0)
		problem_add(reading->problems, PROBLEM_WARNING, situation->place,
			    _("nobody is led to '%s': it has no 'heard'"), situation->id)
			->mend = _("write under 'heard:' what callers say who are in it, 30 things "
				   "or more");
	for (size_t i = 0; i < number; i++) {
		const struct situation *other = &playbook->situations[i];
		if (strcmp(other->title, situation->title) != 0)
			continue;
		problem_add(reading->problems, PROBLEM_WARNING, situation->place,
			    _("nobody can tell '%s' from '%s': both have the title \"%s\""),
			    situation->id, other->id, situation->title)
			->mend = _("give one of them another title");
		return;
	}
}

/* Lines that a reflection says what was heard in. */
static void check_mirrors(const struct reading *reading, const struct line_list *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->items[i];

		if (!is_own(reading, line->place) || strstr(line->text, "<words>") ||
		    strstr(line->text, "<said>"))
			continue;
		problem_add(reading->problems, PROBLEM_WARNING, line->place,
			    _("this line says back nothing of what was heard"))
			->mend = _("put <words> where the customer's words belong");
	}
}

static void check_reflection(const struct reading *reading)
{
	const struct reflection *reflection = &reading->playbook->reflection;

	check_mirrors(reading, &reflection->lines);
	for (size_t i = 0; i < reflection->frame_count; i++)
		check_mirrors(reading, &reflection->frames[i].lines);
}

void proof_read(struct proof *proof, const struct playbook *playbook, struct problem_list *problems)
{
	struct reading reading = {.proof = proof,
				  .playbook = playbook,
				  .problems = problems,
				  .file = arena_string(&proof->arena, playbook->file)};

	check_all_lines(&reading);
	check_reflection(&reading);
	if (playbook->status == PLAYBOOK_RETIRED)
		return;
	for (size_t i = 0; i < playbook->situation_count; i++) {
		check_way(&reading, i);
		check_heard(&reading, &playbook->situations[i]);
	}
}

void proof_close(struct proof *proof)
{
	free(proof->heard.texts);
	free(proof->heard.cells);
	free(proof->lines.texts);
	free(proof->lines.cells);
	arena_free(&proof->arena);
	*proof = (struct proof){0};
}
