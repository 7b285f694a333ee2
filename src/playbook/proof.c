#include "playbook/proof.h"

#include <stdbool.h>
#include <string.h>

#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/playbook.h"

/* Where a text stood first. */
struct proof_cell {
	uint64_t hash;
	const char *file;
	const char *situation; /* its id; NULL: shared by all of the playbook */
	int line;	       /* 0: the cell is free */
	uint32_t stamp;
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

static uint64_t hash_text(const char *text, size_t length, uint64_t seed)
{
	uint64_t hash = seed, word;

	while (length > 0 && (text[length - 1] == '.' || text[length - 1] == ' '))
		length--;
	for (; length >= sizeof word; text += sizeof word, length -= sizeof word) {
		memcpy(&word, text, sizeof word);
		hash = stir(hash, small(word));
	}
	word = 0;
	memcpy(&word, text, length);
	return stir(stir(hash, small(word)), length);
}

/* The cell of a hash, or a free one for it. */
static struct proof_cell *cell_at(const struct proof_table *table, uint64_t hash, uint32_t stamp)
{
	size_t mask = table->size - 1;
	size_t i = (size_t)(hash >> 32) & mask;

	while (table->cells[i].line > 0 && table->cells[i].stamp >= stamp &&
	       table->cells[i].hash != hash)
		i = (i + 1) & mask;
	return &table->cells[i];
}

static void make_room(struct proof *proof, struct proof_table *table, size_t count, bool stay)
{
	struct proof_table old = *table;

	if (count <= table->size / 2)
		return;
	while (table->size / 2 < count || table->size < TABLE_LEAST)
		table->size = table->size == 0 ? TABLE_LEAST : table->size * 2;
	table->cells = arena_alloc(&proof->arena, table->size * sizeof *table->cells);
	for (size_t i = 0; stay && i < old.size; i++) {
		if (old.cells[i].line > 0)
			*cell_at(table, old.cells[i].hash, 0) = old.cells[i];
	}
}

/* --- Lines --- */

struct reading {
	struct proof *proof;
	const struct playbook *playbook;
	struct problem_list *problems;
	const char *file; /* the playbook's, in the proof's arena */
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

static void check_line(struct reading *reading, const struct line *line, const char *situation)
{
	struct proof *proof = reading->proof;
	size_t length = strlen(line->text);
	uint64_t hash = hash_text(line->text, length, 0);
	struct proof_cell *cell = cell_at(&proof->lines, hash, proof->stamp);
	bool there = cell->line > 0 && cell->stamp >= proof->stamp;
	bool own = is_own(reading, line->place);

	/* A line may serve several situations; a shared one stands in each of them already. */
	bool twice = there && (cell->situation == NULL || cell->situation == situation);
	if (own && twice)
		problem_add(reading->problems, PROBLEM_WARNING, line->place,
			    cell->situation == NULL && situation != NULL
				    ? _("this line is also one of those for every situation")
				    : _("the same line stands twice"))
			->mend = tell_first(reading, cell->file, cell->line,
					    _("take one out, or say it in other words"));
	else if (own)
		check_length(reading, line, length);
	if (!twice)
		*cell = (struct proof_cell){hash, line->place.file, situation, line->place.line,
					    proof->stamp};
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
	proof->stamp++;
	make_room(proof, &proof->lines, count, false);
	/* Of an own line and one taken over, the own is the second. */
	check_lines(reading, playbook->say, NULL, false);
	check_lines(reading, playbook->say, NULL, true);
	for (size_t i = 0; i < playbook->situation_count; i++)
		check_lines(reading, playbook->situations[i].say, playbook->situations[i].id, true);
}

/* --- What is heard --- */

static void tell_heard(struct reading *reading, const struct proof_cell *cell,
		       const struct line *heard, const char *situation)
{
	bool same = cell->situation == situation ||
		    (cell->file == reading->file && strcmp(cell->situation, situation) == 0);

	if (same) {
		problem_add(reading->problems, PROBLEM_WARNING, heard->place,
			    _("the same utterance stands twice"))
			->mend = tell_first(reading, cell->file, cell->line, _("take one out"));
		return;
	}
	struct problem *problem;
	if (cell->file == reading->file)
		problem = problem_add(reading->problems, PROBLEM_WARNING, heard->place,
				      _("this is heard in '%s', too"), cell->situation);
	else
		problem = problem_add(reading->problems, PROBLEM_WARNING, heard->place,
				      _("this is heard in '%s' of '%s', too"), cell->situation,
				      base_name(cell->file));
	problem->mend =
		tell_first(reading, cell->file, cell->line, _("keep it where callers mean it"));
}

static void check_heard(struct reading *reading, const struct situation *situation)
{
	struct proof *proof = reading->proof;
	const struct line_list *heard = &situation->heard;
	uint64_t language =
		text_hash(reading->playbook->language, strlen(reading->playbook->language));
	const char *id = NULL;

	make_room(proof, &proof->heard, proof->heard.used + heard->count, true);
	for (size_t i = 0; i < heard->count; i++) {
		const struct line *line = &heard->items[i];
		uint64_t hash = hash_text(line->text, strlen(line->text), language);
		struct proof_cell *cell = cell_at(&proof->heard, hash, 0);
		if (cell->line > 0) {
			tell_heard(reading, cell, line, situation->id);
			continue;
		}
		if (id == NULL)
			id = arena_string(&proof->arena, situation->id);
		*cell = (struct proof_cell){hash, reading->file, id, line->place.line, 0};
		proof->heard.used++;
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

void proof_read(struct proof *proof, const struct playbook *playbook, struct problem_list *problems)
{
	struct reading reading = {proof, playbook, problems,
				  arena_string(&proof->arena, playbook->file)};

	check_all_lines(&reading);
	if (playbook->status == PLAYBOOK_RETIRED)
		return;
	for (size_t i = 0; i < playbook->situation_count; i++) {
		check_way(&reading, i);
		check_heard(&reading, &playbook->situations[i]);
	}
}

void proof_close(struct proof *proof)
{
	arena_free(&proof->arena);
	*proof = (struct proof){0};
}
