#include "call/clause.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "playbook/playbook.h"

enum { VERB_WITHIN = 8, STEM_BYTES = 2, LONG_NUMBER = 5, DIGIT_WORDS = 3 };

static struct phrases compile(struct arena *arena, const struct line_list *source)
{
	struct phrases phrases = {.source = source};

	for (size_t i = 0; i < source->count; i++) {
		const char *text = source->items[i].text;

		/* entries keep their numbers, so that the table's spelling can be found */
		wording_add(&phrases.whole, arena, text[0] == '-' ? "" : text);
		if (text[0] == '-')
			wording_add(&phrases.endings, arena, text + 1);
	}
	return phrases;
}

static bool has_ending(const struct wording_list *endings, const struct word *word)
{
	size_t length = strlen(word->text);

	for (size_t i = 0; i < endings->count; i++) {
		const struct wording *ending = &endings->items[i];
		size_t tail = ending->count == 1 ? strlen(ending->items[0].text) : length;

		if (length >= tail + STEM_BYTES &&
		    strcmp(word->text + length - tail, ending->items[0].text) == 0)
			return true;
	}
	return false;
}

size_t phrases_match(const struct phrases *phrases, const struct wording *words, size_t at)
{
	size_t length = wording_match(&phrases->whole, words, at, NULL);

	return length > 0 ? length : has_ending(&phrases->endings, &words->items[at]);
}

bool phrases_within(const struct phrases *phrases, const struct wording *words, size_t first,
		    size_t end)
{
	for (size_t at = first; at < end; at++) {
		size_t length = phrases_match(phrases, words, at);

		if (length > 0 && at + length <= end)
			return true;
	}
	return false;
}

static size_t count_digits(const struct word *word)
{
	size_t digits = 0;

	for (const char *c = word->text; *c; c++)
		digits += *c >= '0' && *c <= '9';
	return digits;
}

bool speech_is_number(const struct speech *speech, size_t word)
{
	return count_digits(&speech->words.items[word]) >= LONG_NUMBER;
}

size_t speech_number(const struct speech *speech, size_t first, size_t number, size_t *entry)
{
	for (size_t at = first; at < number; at++)
		if (at + wording_match(&speech->tables->numbers, &speech->words, at, entry) ==
		    number)
			return number - at;
	return 0;
}

static void add_frames(struct tables *tables, struct arena *arena)
{
	size_t count = 0;

	for (size_t i = 0; i < tables->reflection->frame_count; i++) {
		const struct frame *frame = &tables->reflection->frames[i];

		for (size_t k = 0; k < frame->heard.count; k++) {
			wording_add(&tables->frames, arena, frame->heard.items[k].text);
			tables->beginnings = arena_more(arena, tables->beginnings, count,
							sizeof *tables->beginnings);
			tables->beginnings[count++] =
				(struct beginning){frame, frame->heard.items[k].text};
		}
	}
}

const struct tables *tables_make(struct arena *arena, const struct reflection *reflection)
{
	struct tables *tables = arena_alloc(arena, sizeof *tables);

	tables->reflection = reflection;
	tables->drops = compile(arena, &reflection->drops);
	tables->starts = compile(arena, &reflection->starts);
	tables->subjects = compile(arena, &reflection->subjects);
	tables->verbs = compile(arena, &reflection->verbs);
	tables->joins = compile(arena, &reflection->joins);
	tables->binds = compile(arena, &reflection->binds);
	tables->own = compile(arena, &reflection->own);
	tables->matters = compile(arena, &reflection->matters);
	tables->fillers = compile(arena, &reflection->fillers);
	tables->skip = compile(arena, &reflection->skip);
	tables->silent = compile(arena, &reflection->silent);
	tables->heated = compile(arena, &reflection->heated);
	tables->exclaims = compile(arena, &reflection->exclaims);
	tables->things = compile(arena, &reflection->things);
	tables->events = compile(arena, &reflection->events);
	tables->address = compile(arena, &reflection->address);
	tables->cut_off = compile(arena, &reflection->cut_off);
	tables->continues = compile(arena, &reflection->continues);
	tables->digits = compile(arena, &reflection->digits);
	for (size_t i = 0; i < reflection->number_count; i++)
		wording_add(&tables->numbers, arena, reflection->numbers[i].from);
	add_frames(tables, arena);
	return tables;
}

struct speech speech_read(struct arena *arena, const struct tables *tables, const char *text)
{
	return (struct speech){tables, text, wording_read(arena, text)};
}

/* The text between a word and the one before it has a comma, a colon or a dash. */
static bool is_parted(const struct speech *speech, size_t word)
{
	const struct word *before = &speech->words.items[word - 1];
	size_t start = before->start + before->length, length;
	const char *gap = speech->text + start;

	length = speech->words.items[word].start - start;
	for (size_t i = 0; i < length && length > 1; i++)
		if (strchr(",;:()", gap[i]) || (unsigned char)gap[i] >= 0x80 ||
		    (gap[i] == '-' && i > 0))
			return true;
	return false;
}

static void find_frame(const struct speech *speech, struct clause *clause)
{
	size_t entry = 0;
	size_t length =
		wording_match(&speech->tables->frames, &speech->words, clause->first, &entry);

	clause->frame = NULL;
	clause->frame_words = 0;
	if (length == 0 || clause->first + length >= clause->end)
		return;
	clause->frame = speech->tables->beginnings[entry].frame;
	clause->beginning = speech->tables->beginnings[entry].text;
	clause->frame_words = length;
}

/* Behind greetings and fillers that stand at a clause's start, if what begins there is no request
 * or question. */
static void skip_ahead(const struct speech *speech, struct clause *clause)
{
	size_t length = 1;

	for (clause->frame = NULL; clause->first < clause->end && length > 0;
	     clause->first += length) {
		find_frame(speech, clause);
		if (clause->frame)
			return;
		length = phrases_match(&speech->tables->drops, &speech->words, clause->first);
		if (length == 0)
			length = phrases_match(&speech->tables->fillers, &speech->words,
					       clause->first);
	}
	if (clause->first > clause->end)
		clause->first = clause->end;
}

/* Before those that end at a place. */
static size_t skip_back(const struct speech *speech, size_t at, size_t end)
{
	for (size_t begin = end; begin > at;) {
		begin--;
		if (end - begin > 6)
			break;
		if (begin + phrases_match(&speech->tables->drops, &speech->words, begin) == end ||
		    begin + phrases_match(&speech->tables->fillers, &speech->words, begin) == end)
			end = begin;
	}
	return end;
}

static bool has_verb(const struct speech *speech, size_t first, size_t end)
{
	size_t within = speech->tables->reflection->verb_within > 0
				? (size_t)speech->tables->reflection->verb_within
				: VERB_WITHIN;
	size_t subject = phrases_match(&speech->tables->subjects, &speech->words, first);

	if (subject > 0 && first + subject < end)
		return true;
	if (end - first > within)
		end = first + within;
	return phrases_within(&speech->tables->verbs, &speech->words, first, end);
}

/* Whether a long number stands where nothing says what it is, or digits are read out. */
static bool has_account_data(const struct speech *speech, const struct clause *clause)
{
	size_t run = 0, entry;

	for (size_t i = clause->first; i < clause->end; i++) {
		const struct word *word = &speech->words.items[i];
		bool digit = phrases_match(&speech->tables->digits, &speech->words, i) > 0 ||
			     (word->length == 1 && count_digits(word) == 1);

		run = digit ? run + 1 : 0;
		if (run >= DIGIT_WORDS || (speech_is_number(speech, i) &&
					   speech_number(speech, clause->first, i, &entry) == 0))
			return true;
	}
	return false;
}

static bool has_address(const struct speech *speech, const struct clause *clause)
{
	const struct word *last = &speech->words.items[clause->end - 1];
	size_t start = speech->words.items[clause->first].start;

	return memchr(speech->text + start, '@', last->start + last->length - start) != NULL;
}

/* A phrase of `skip`, unless it is but a part of what is known to be a request or a question. */
static bool has_chat(const struct speech *speech, const struct clause *clause)
{
	for (size_t at = clause->first; at < clause->end; at++) {
		size_t length = phrases_match(&speech->tables->skip, &speech->words, at);

		if (length > 0 && at + length <= clause->end &&
		    at + length > clause->first + clause->frame_words)
			return true;
	}
	return false;
}

static int weigh(const struct speech *speech, const struct clause *clause)
{
	bool own = phrases_within(&speech->tables->own, &speech->words, clause->first, clause->end);
	bool matters = phrases_within(&speech->tables->matters, &speech->words, clause->first,
				      clause->end);
	bool happens =
		phrases_within(&speech->tables->events, &speech->words, clause->first, clause->end);
	bool told = happens && (own || phrases_within(&speech->tables->things, &speech->words,
						      clause->first, clause->end));
	int score = own + 2 * matters + (own && matters);

	if (clause->frame)
		return clause->frame->means ? score + 3 : score + 2;
	/* "the sofa arrived with a torn cushion" */
	if (told && score < 2)
		return 2;
	/* "it says the shop is open but it was shut" */
	if (score == 0 && happens)
		return 1;
	return own && !matters && clause->end - clause->first >= 5 ? 2 : score;
}

static void judge(const struct speech *speech, struct clause *clause)
{
	skip_ahead(speech, clause);
	clause->whole = clause->left_out = false;
	clause->score = 0;
	if (clause->first == clause->end)
		return;
	clause->bound = !clause->frame &&
			phrases_match(&speech->tables->binds, &speech->words, clause->first) > 0;
	clause->whole =
		clause->frame ||
		(!clause->bound &&
		 (speech->tables->reflection->starts.count == 0 ||
		  phrases_match(&speech->tables->starts, &speech->words, clause->first) > 0) &&
		 has_verb(speech, clause->first, clause->end));
	clause->left_out = has_chat(speech, clause) || has_address(speech, clause) ||
			   has_account_data(speech, clause);
	clause->score = weigh(speech, clause);
}

/* What belongs to the one before becomes part of it. */
static bool join(const struct speech *speech, struct clause *before, const struct clause *clause)
{
	bool bound = before->bound && clause->join != CLAUSE_FIRST;
	bool halves = clause->join == CLAUSE_WORD && (!clause->whole || !before->whole);
	/* "my phone, which I bought in May, is dead" */
	bool closes = clause->join == CLAUSE_COMMA && before->continued && !clause->whole;

	if (!bound && !halves && !closes)
		return false;
	before->end = clause->end;
	judge(speech, before);
	if (bound && clause->whole && !clause->frame) {
		before->bound = false;
		before->whole = true;
	}
	return true;
}

/* The pieces as they stand, before any is joined to another. */
static size_t split(struct arena *arena, const struct speech *speech, struct clause **clauses)
{
	const struct wording *words = &speech->words;
	size_t count = 0;

	*clauses = NULL;
	for (size_t at = 0, lead; at<words->count; at += lead> 0 ? lead : 1) {
		bool sentence =
			at == 0 || words->items[at].sentence != words->items[at - 1].sentence;
		bool parted = !sentence && is_parted(speech, at);

		if (parted && phrases_match(&speech->tables->continues, words, at) > 0) {
			(*clauses)[count - 1].continued = true;
			parted = false;
		}
		lead = phrases_match(&speech->tables->joins, words, at);
		if (!sentence && !parted && lead == 0)
			continue;
		*clauses = arena_more(arena, *clauses, count, sizeof **clauses);
		(*clauses)[count++] = (struct clause){.first = at + lead,
						      .join = sentence	 ? CLAUSE_FIRST
							      : lead > 0 ? CLAUSE_WORD
									 : CLAUSE_COMMA};
		if (count > 1)
			(*clauses)[count - 2].end = at;
	}
	if (count > 0)
		(*clauses)[count - 1].end = words->count;
	return count;
}

size_t speech_clauses(struct arena *arena, const struct speech *speech, struct clause **clauses)
{
	size_t pieces = split(arena, speech, clauses), count = 0;

	for (size_t i = 0; i < pieces; i++) {
		struct clause clause = (*clauses)[i];

		if (clause.first > clause.end)
			clause.first = clause.end;
		judge(speech, &clause);
		if (count > 0 && join(speech, &(*clauses)[count - 1], &clause))
			continue;
		(*clauses)[count++] = clause;
	}
	for (size_t i = 0; i < count; i++) {
		struct clause *clause = &(*clauses)[i];
		size_t end = skip_back(speech, clause->first, clause->end);

		if (end == clause->end)
			continue;
		clause->end = end;
		/* what was joined to a bound one stays; chat does not stop being chat */
		bool whole = clause->whole, left_out = clause->left_out;
		judge(speech, clause);
		clause->left_out |= left_out;
		clause->whole = clause->bound ? whole : clause->whole;
	}
	return count;
}
