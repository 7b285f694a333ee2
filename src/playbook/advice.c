#include "playbook/advice.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/playbook.h"
#include "playbook/wording.h"

enum { SUBJECT_WORDS = 5 }; /* of a long sentence, to name it by */

struct advising {
	struct arena *arena;
	const struct playbook *playbook;
	struct wording_list lists[ADVICE_WORDS_COUNT];
	struct wording_list avoid; /* of the playbook */
	uint32_t feelings, fix;	   /* steps, as bits */
	struct advice *found;
	size_t count;
};

/* A line that is looked at. */
struct subject {
	const struct line *line;
	size_t step;
	struct wording words;
};

static bool is_off(const struct advising *advising, size_t rule, const struct line *line)
{
	const struct noted_line *noted =
		line == NULL ? NULL : playbook_noted(advising->playbook, line);
	uint32_t off = advising->playbook->advice.off | (noted == NULL ? 0 : noted->advice_off);

	return (off >> rule & 1) != 0;
}

static struct advice *add(struct advising *advising, size_t rule, struct place place,
			  const char *words)
{
	struct arena *arena = advising->arena;

	advising->found =
		arena_more(arena, advising->found, advising->count, sizeof *advising->found);
	struct advice *advice = &advising->found[advising->count++];
	*advice = (struct advice){
		.rule = rule,
		.place = place,
		.words = words,
		.message = arena_format(arena, "'%s' %s", words, _(advice_rule(rule)->told)),
		.mend = _(advice_rule(rule)->mend),
	};
	return advice;
}

/* The line's own text from one word to another. */
static const char *slice(struct advising *advising, const struct subject *subject, size_t first,
			 size_t count)
{
	const struct word *words = subject->words.items + first;
	size_t end = words[count - 1].start + words[count - 1].length;

	return arena_copy(advising->arena, subject->line->text + words[0].start,
			  end - words[0].start);
}

/* --- Rules that look for words --- */

static bool is_step_of(const struct advising *advising, const struct advice_rule *rule, size_t step)
{
	uint32_t bit = UINT32_C(1) << step;

	if (rule->steps == ADVICE_ALL_STEPS)
		return true;
	return ((rule->steps == ADVICE_FEELINGS ? advising->feelings : advising->fix) & bit) != 0;
}

static size_t sentence_length(const struct wording *words, size_t at)
{
	size_t length = 0;

	for (size_t i = 0; i < words->count; i++)
		length += words->items[i].sentence == words->items[at].sentence;
	return length;
}

static bool is_start(const struct wording *words, size_t at)
{
	return at == 0 || words->items[at - 1].sentence != words->items[at].sentence;
}

/* Whether what was found at a word is what the rule is about. earlier: it was found before. */
static bool is_meant(const struct advice_rule *rule, const struct wording *words, size_t at,
		     bool earlier)
{
	switch (rule->how) {
	case ADVICE_ANYWHERE: return true;
	case ADVICE_SENTENCE_START: return is_start(words, at);
	case ADVICE_LINE_START: return at == 0;
	case ADVICE_TWICE: return earlier;
	case ADVICE_LONG_SENTENCE: return sentence_length(words, at) > ADVICE_APOLOGY_WORDS;
	default: return false;
	}
}

static void look_for(struct advising *advising, const struct subject *subject, size_t number)
{
	const struct advice_rule *rule = advice_rule(number);
	const struct wording_list *except =
		rule->except == ADVICE_WORDS_COUNT ? NULL : &advising->lists[rule->except];
	size_t length = 0;
	bool earlier = false;

	if (rule->how == ADVICE_OTHERWISE || is_off(advising, number, subject->line) ||
	    !is_step_of(advising, rule, subject->step))
		return;
	for (size_t at = 0; at<subject->words.count; at += length> 0 ? length : 1) {
		length = wording_match(&advising->lists[rule->words], &subject->words, at, NULL);
		if (length > 0 && is_meant(rule, &subject->words, at, earlier)) {
			if (except == NULL || !wording_has(except, &subject->words))
				add(advising, number, subject->line->place,
				    slice(advising, subject, at, length));
			return;
		}
		earlier = earlier || length > 0;
	}
}

/* --- Rules of their own --- */

static void look_for_avoided(struct advising *advising, const struct subject *subject,
			     const struct wording_list *list, const struct avoid *avoid)
{
	size_t entry;

	if (is_off(advising, ADVICE_AVOIDED_PHRASE, subject->line))
		return;
	for (size_t at = 0; at < subject->words.count; at++) {
		size_t length = wording_match(list, &subject->words, at, &entry);
		if (length == 0)
			continue;
		struct advice *advice = add(advising, ADVICE_AVOIDED_PHRASE, subject->line->place,
					    slice(advising, subject, at, length));
		if (avoid[entry].instead != NULL)
			advice->mend = arena_format(advising->arena, _("say instead: %s"),
						    avoid[entry].instead);
		return;
	}
}

static void look_for_long(struct advising *advising, const struct subject *subject)
{
	const struct wording *words = &subject->words;

	if (is_off(advising, ADVICE_TOO_LONG_TO_SAY, subject->line))
		return;
	for (size_t at = 0; at < words->count; at++) {
		if (!is_start(words, at) || sentence_length(words, at) <= ADVICE_SENTENCE_WORDS)
			continue;
		add(advising, ADVICE_TOO_LONG_TO_SAY, subject->line->place,
		    slice(advising, subject, at, SUBJECT_WORDS));
		return;
	}
}

static void read_line(struct advising *advising, const struct line *line, size_t step,
		      const struct wording_list *phrases, const struct avoid *avoid)
{
	struct subject subject = {line, step, wording_read(advising->arena, line->text)};
	size_t before;

	for (size_t rule = 0; rule < ADVICE_RULE_COUNT; rule++)
		look_for(advising, &subject, rule);
	before = advising->count;
	look_for_avoided(advising, &subject, &advising->avoid, advising->playbook->avoid);
	if (advising->count == before)
		look_for_avoided(advising, &subject, phrases, avoid);
	look_for_long(advising, &subject);
}

/* --- What a situation lacks --- */

static size_t count_lines(const struct playbook *playbook, const struct situation *situation,
			  uint32_t steps)
{
	size_t count = 0;

	for (size_t i = 0; i < playbook->step_count; i++) {
		if (steps >> i & 1)
			count += playbook->say[i].count + situation->say[i].count;
	}
	return count;
}

static bool has_words(struct advising *advising, const struct line_list *lines, size_t list)
{
	for (size_t i = 0; i < lines->count; i++) {
		struct wording words = wording_read(advising->arena, lines->items[i].text);
		if (wording_has(&advising->lists[list], &words))
			return true;
	}
	return false;
}

static bool ends_warmly(struct advising *advising, const struct situation *situation)
{
	const struct playbook *playbook = advising->playbook;
	size_t last = playbook->step_count - 1;

	if (advising->lists[ADVICE_WORDS_WARM].count == 0)
		return playbook->say[last].count + situation->say[last].count > 0;
	return has_words(advising, &situation->say[last], ADVICE_WORDS_WARM) ||
	       has_words(advising, &playbook->say[last], ADVICE_WORDS_WARM);
}

static void read_situation(struct advising *advising, const struct situation *situation)
{
	const struct playbook *playbook = advising->playbook;
	size_t feelings = count_lines(playbook, situation, advising->feelings);
	size_t fix = count_lines(playbook, situation, advising->fix);
	bool both = advising->feelings != 0; /* where there is the one, there is the other */

	if (both && feelings == 0 && fix > 0 && !is_off(advising, ADVICE_NO_FEELINGS_FIRST, NULL))
		add(advising, ADVICE_NO_FEELINGS_FIRST, situation->place, situation->id);
	if (both && feelings > 0 && fix == 0 && !is_off(advising, ADVICE_NO_WAY_FORWARD, NULL))
		add(advising, ADVICE_NO_WAY_FORWARD, situation->place, situation->id);
	if (!is_off(advising, ADVICE_NO_WARM_ENDING, NULL) && !ends_warmly(advising, situation))
		add(advising, ADVICE_NO_WARM_ENDING, situation->place, situation->id);
}

/* --- The playbook --- */

/* avoid is the situation's; the playbook's is there for all. */
static void read_lines(struct advising *advising, const struct line_list *say,
		       const struct avoid *avoid, size_t avoid_count)
{
	const struct playbook *playbook = advising->playbook;
	struct wording_list phrases = {0};

	for (size_t i = 0; i < avoid_count; i++)
		wording_add(&phrases, advising->arena, avoid[i].phrase);
	for (size_t i = 0; i < playbook->step_count; i++) {
		for (size_t k = 0; k < say[i].count; k++) {
			if (say[i].items[k].place.file == playbook->file)
				read_line(advising, &say[i].items[k], i, &phrases, avoid);
		}
	}
}

static void add_built_in(struct advising *advising, size_t list)
{
	const char *words = advice_words(advising->playbook->language, list);

	while (*words != '\0') {
		size_t length = strcspn(words, ",");
		wording_add(&advising->lists[list], advising->arena,
			    arena_copy(advising->arena, words, length));
		words += length + strspn(words + length, ", ");
	}
}

static void prepare(struct advising *advising)
{
	const struct playbook *playbook = advising->playbook;

	for (size_t i = 0; i < ADVICE_WORDS_COUNT; i++) {
		const struct line_list *own = &playbook->advice.words[i];
		add_built_in(advising, i);
		for (size_t k = 0; k < own->count; k++)
			wording_add(&advising->lists[i], advising->arena, own->items[k].text);
	}
	for (size_t i = 0; i < playbook->avoid_count; i++)
		wording_add(&advising->avoid, advising->arena, playbook->avoid[i].phrase);
	for (size_t i = 0; i < playbook->step_count; i++) {
		advising->feelings |= playbook->steps[i].after;
		advising->fix |= playbook->steps[i].after != 0 ? UINT32_C(1) << i : 0;
	}
	/* Of a chain of steps the last is the fix. */
	advising->fix &= ~advising->feelings;
}

size_t advice_find(struct arena *arena, const struct playbook *playbook, struct advice **found)
{
	struct advising advising = {.arena = arena, .playbook = playbook};

	prepare(&advising);
	read_lines(&advising, playbook->say, NULL, 0);
	for (size_t i = 0; i < playbook->situation_count; i++) {
		const struct situation *situation = &playbook->situations[i];
		read_lines(&advising, situation->say, situation->avoid, situation->avoid_count);
		read_situation(&advising, situation);
	}
	*found = advising.found;
	return advising.count;
}
