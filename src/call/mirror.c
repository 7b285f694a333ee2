#include "call/mirror.h"

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "call/clause.h"
#include "call/heat.h"
#include "call/reflection.h"
#include "playbook/playbook.h"

enum { SCORE_LEAST = 2 };

/* Clauses in a row, said as one. */
struct run {
	const struct clause *first, *last;
	int score;
	const char *said;
};

static bool is_name(const char *at, const char *name)
{
	return strncmp(at, name, strlen(name)) == 0;
}

const char *mirror_say(struct arena *arena, const char *line, const char *said, const char *words)
{
	struct buffer out = {0};
	const char *text;

	buffer_text(&out, "");
	while (*line) {
		bool is_words = is_name(line, "<words>"), is_said = is_name(line, "<said>");
		size_t plain = *line == '<' ? 1 : strcspn(line, "<");

		if (is_words || is_said) {
			buffer_text(&out, is_words ? words : said);
			line += strlen(is_words ? "<words>" : "<said>");
			continue;
		}
		buffer_add(&out, line, plain);
		line += plain;
	}
	text = arena_copy(arena, out.text, out.length);
	buffer_free(&out);
	return text;
}

static bool has_line(const struct line_list *lines, const char *line)
{
	for (size_t i = 0; i < lines->count; i++)
		if (strcmp(lines->items[i].text, line) == 0)
			return true;
	return false;
}

bool mirror_knows(const struct reflection *reflection, const char *line)
{
	for (size_t i = 0; i < reflection->frame_count; i++)
		if (has_line(&reflection->frames[i].lines, line))
			return true;
	return has_line(&reflection->lines, line);
}

size_t mirror_step(const struct playbook *playbook)
{
	const char *step = playbook->reflection.step;

	return playbook_step(playbook, step ? step : "reflect");
}

static bool same_word(const struct wording *words, size_t a, size_t b)
{
	return strcmp(words->items[a].text, words->items[b].text) == 0;
}

/* The table's own spelling of a word that begins a clause, so that it loses its capital. */
static const char *spelling(const struct phrases *phrases, const struct wording *words, size_t at)
{
	size_t entry;

	if (wording_match(&phrases->whole, words, at, &entry) != 1)
		return NULL;
	return phrases->source->items[entry].text;
}

/* Appends word number at as it was said, with what stood before it. */
static void put_word(const struct speech *speech, size_t at, const char *spelt, bool near,
		     struct buffer *out)
{
	const struct word *word = &speech->words.items[at];

	if (out->length > 0 && near) {
		const struct word *before = word - 1;
		size_t gap = before->start + before->length;

		buffer_add(out, speech->text + gap, word->start - gap);
	} else if (out->length > 0) {
		buffer_text(out, " ");
	}
	if (spelt)
		buffer_text(out, spelt);
	else
		buffer_add(out, speech->text + word->start, word->length);
}

/* The words from first to end without fillers, stammers and long numbers. */
static void put_words(const struct speech *speech, size_t first, size_t end, struct buffer *out)
{
	const struct wording *words = &speech->words;
	size_t kept = words->count, skip;

	for (size_t at = first; at < end; at += skip) {
		const char *spelt =
			out->length == 0 ? spelling(&speech->tables->starts, words, at) : NULL;
		bool number = false;
		size_t entry = 0;

		skip = phrases_match(&speech->tables->fillers, words, at);
		if (skip > 0)
			continue;
		skip = 1;
		if (kept < words->count && same_word(words, kept, at))
			continue;
		/* "order number 12345": only what it is a number of stays */
		for (size_t ahead = at + 1; ahead < end && ahead <= at + 3 && !number; ahead++) {
			number = speech_is_number(speech, ahead) &&
				 speech_number(speech, at, ahead, &entry) == ahead - at;
			skip = number ? ahead - at + 1 : skip;
		}
		if (number && *speech->tables->reflection->numbers[entry].to == '\0')
			continue;
		if (number)
			spelt = speech->tables->reflection->numbers[entry].to;
		put_word(speech, at, spelt, kept + 1 == at, out);
		kept = at + skip - 1;
	}
}

/* What a run says in the customer's voice. */
static const char *say_run(struct arena *arena, const struct speech *speech, const struct run *run)
{
	const struct frame *frame = run->first->frame;
	struct buffer out = {0}, rest = {0};
	size_t first = run->first->first, behind = first + run->first->frame_words;
	const char *said;

	buffer_text(&rest, "");
	buffer_text(&out, "");
	if (!frame) {
		put_words(speech, first, run->last->end, &rest);
	} else if (!frame->means) {
		buffer_format(&out, "%s ", run->first->beginning);
		put_words(speech, behind, run->last->end, &rest);
	} else {
		const char *means = frame->means, *place = strstr(means, "<heard>");

		put_words(speech, behind, run->last->end, &rest);
		buffer_add(&out, means, place ? (size_t)(place - means) : strlen(means));
		buffer_text(&out, place ? run->first->beginning : "");
		buffer_text(&out, place ? place + strlen("<heard>") : "");
		buffer_text(&out, " ");
	}
	buffer_text(&out, rest.text);
	said = arena_copy(arena, out.text, out.length);
	buffer_free(&out);
	buffer_free(&rest);
	return said;
}

static size_t count_characters(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

/* Whether words can be said as they are: of a good length, not cut off, none twice in a row. */
static bool is_sayable(const struct speech *speech, const char *text)
{
	struct arena scratch = {0};
	struct wording words = wording_read(&scratch, text);
	bool sayable = words.count > 1 && words.count <= MIRROR_WORDS &&
		       count_characters(text) >= MIRROR_LEAST &&
		       phrases_match(&speech->tables->cut_off, &words, words.count - 1) == 0;

	for (size_t i = 1; i < words.count && sayable; i++)
		sayable = !same_word(&words, i - 1, i);
	arena_free(&scratch);
	return sayable;
}

/* Clause upon clause without a full stop. */
static bool runs_on(const struct clause *clauses, size_t count)
{
	size_t row = 0;

	for (size_t i = 0; i < count && row <= MIRROR_CLAUSES; i++)
		row = clauses[i].join == CLAUSE_FIRST ? 1 : row + 1;
	return row > MIRROR_CLAUSES;
}

static bool may_follow(const struct clause *first, const struct clause *clause)
{
	bool question = first->frame && !first->frame->means;

	return clause->join != CLAUSE_FIRST && !clause->frame && !question;
}

/* The best run of clauses that can be said; its score 0: none. */
static struct run find_run(struct arena *arena, const struct speech *speech,
			   const struct clause *clauses, size_t count)
{
	struct run best = {0};

	for (size_t i = 0; i < count; i++) {
		struct run run = {.first = &clauses[i], .score = 0};
		bool concrete = clauses[i].frame != NULL;

		for (size_t k = i; k < count && clauses[k].whole && !clauses[k].left_out; k++) {
			if (k > i && !may_follow(&clauses[i], &clauses[k]))
				break;
			/* what adds nothing to what went before only makes it longer */
			run.score += clauses[k].score - (k > i && clauses[k].score == 0);
			run.last = &clauses[k];
			concrete |= clauses[k].concrete;
			if (!concrete || run.score < SCORE_LEAST || run.score <= best.score)
				continue;
			run.said = say_run(arena, speech, &run);
			if (is_sayable(speech, run.said))
				best = run;
		}
	}
	return best;
}

static void cool(const struct speech *speech, struct clause *clause, size_t heat)
{
	if (clause->first == clause->end)
		return;
	clause->concrete = heat_is_concrete(speech, clause);
	clause->left_out |= !heat_allows(speech, clause, heat);
}

bool mirror_make(struct arena *arena, const struct tables *tables, const char *text,
		 struct mirror *mirror)
{
	const struct reflection *reflection = tables->reflection;
	size_t length = strlen(text);
	struct clause *clauses;
	struct speech speech;
	struct run run;
	size_t count, heat;

	if (reflection->lines.count == 0 || length > MIRROR_BYTES)
		return false;
	speech = speech_read(arena, tables, text_clean(arena, text, length));
	if (speech.words.count > MIRROR_SPEECH ||
	    phrases_within(&tables->silent, &speech.words, 0, speech.words.count))
		return false;
	heat = heat_count(&speech);
	if (heat >= HEAT_SILENT)
		return false;
	count = speech_clauses(arena, &speech, &clauses);
	if (runs_on(clauses, count))
		return false;
	for (size_t i = 0; i < count; i++)
		cool(&speech, &clauses[i], heat);
	run = find_run(arena, &speech, clauses, count);
	if (run.score == 0)
		return false;
	const struct frame *frame = run.first->frame;
	*mirror = (struct mirror){.said = run.said, .fits_slot = !frame || frame->means};
	mirror->words = reflection_turn(arena, reflection, run.said);
	mirror->lines = frame && frame->lines.count > 0 ? &frame->lines : &reflection->lines;
	return is_sayable(&speech, mirror->words);
}
