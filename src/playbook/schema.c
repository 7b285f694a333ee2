#include "playbook/schema.h"

#include <assert.h>
#include <string.h>

#include "base/words.h"
#include "playbook/playbook.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MAP(NAME, STRUCT, PLACE, KEYS)                                                             \
	{                                                                                          \
		.name = NAME, .size = sizeof(STRUCT), .place_offset = PLACE, .keys = KEYS,         \
		.key_count = COUNT(KEYS)                                                           \
	}

enum { TITLE_BYTES = 300 };

static const char *const status_words[] = {"active", "draft", "retired", NULL};

static const char *const rule_words[] = {
#define ROW(identifier, name) name,
	ADVICE_RULES(ROW)
#undef ROW
		NULL,
};

static_assert(ADVICE_RULE_COUNT <= 32, "a bit for each rule");
static_assert(PLAYBOOK_ACTIVE == 0 && PLAYBOOK_DRAFT == 1 && PLAYBOOK_RETIRED == 2,
	      "status_words are in the order of enum playbook_status");

#define AT(FIELD) .offset = offsetof(struct slot, FIELD)
static const struct schema_key slot_keys[] = {
	{"ask", SCHEMA_TEXT, AT(ask), .bytes = TITLE_BYTES,
	 .about = N_("the question that the agent sees; the slot's id where none is given")},
	{"reflect", SCHEMA_FLAG, AT(reflect),
	 .about = N_("true: the customer's own words, to be turned round (my becomes your)")},
	{"or", SCHEMA_TEXT, AT(otherwise), .bytes = TITLE_BYTES,
	 .about = N_("words to say while the slot is not filled")},
};
static const struct schema_map slot_map =
	MAP(NC_("kind", "slot"), struct slot, offsetof(struct slot, place), slot_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct step, FIELD)
static const struct schema_key step_keys[] = {
	{"id", SCHEMA_ID, true, AT(id), .bytes = SCHEMA_ID_BYTES,
	 .about = N_("its name in `say` and in the journal")},
	{"title", SCHEMA_TEXT, true, AT(title), .bytes = TITLE_BYTES,
	 .about = N_("the panel's heading")},
	{"hint", SCHEMA_TEXT, AT(hint), .bytes = TITLE_BYTES,
	 .about = N_("a few words to the agent about what the step is for")},
	{"after", SCHEMA_STEPS, AT(after),
	 .about = N_("the steps that should be done before this one")},
	{"cues", SCHEMA_TEXTS, AT(cues),
	 .about = N_("phrases by which an agent who uses them is heard to take it")},
	{"echoes", SCHEMA_TEXTS, AT(echoes),
	 .about = N_("phrases that are cues only where the customer's last words come with them")},
};
static const struct schema_map step_map =
	MAP(NC_("kind", "step"), struct step, offsetof(struct step, place), step_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct frame, FIELD)
static const struct schema_key frame_keys[] = {
	{"heard", SCHEMA_TEXTS, true, AT(heard), .bytes = TITLE_BYTES,
	 .about = N_("beginnings of what a customer says")},
	{"means", SCHEMA_TEXT, AT(means), .bytes = TITLE_BYTES,
	 .about =
		 N_("words of theirs in its place, with <heard> where the beginning itself stays")},
	{"lines", SCHEMA_TEXTS, AT(lines),
	 .about = N_("what to say it in, with <words> or <said>")},
};
static const struct schema_map frame_map = MAP(NC_("kind", "frame"), struct frame, 0, frame_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct reflection, FIELD)
static const struct schema_key reflection_keys[] = {
	{"swap", SCHEMA_SWAPS, AT(swaps), .count_offset = offsetof(struct reflection, swap_count),
	 .bytes = TITLE_BYTES, .about = N_("the customer's words, and ours in their place")},
	{"swap-end", SCHEMA_SWAPS, AT(ends), .count_offset = offsetof(struct reflection, end_count),
	 .bytes = TITLE_BYTES, .about = N_("the same, for the last words of a clause")},
	{"ends-before", SCHEMA_TEXTS, AT(ends_before), .bytes = TITLE_BYTES,
	 .about = N_("words before which those swaps hold, too")},
	{"drop", SCHEMA_TEXTS, AT(drops), .bytes = TITLE_BYTES,
	 .about = N_("greetings and fillers to leave out at both ends")},
	{"step", SCHEMA_ID, AT(step), .bytes = SCHEMA_ID_BYTES,
	 .about = N_("the step in which what is heard stands turned round; reflect, if not given")},
	{"lines", SCHEMA_TEXTS, AT(lines),
	 .about = N_("what to say what is heard in: <words> is it turned round, <said> as it was")},
	{"frames", SCHEMA_RECORDS, AT(frames),
	 .count_offset = offsetof(struct reflection, frame_count), .map = &frame_map,
	 .about = N_("requests and questions, and what they mean")},
	{"starts", SCHEMA_TEXTS, AT(starts), .bytes = TITLE_BYTES,
	 .about = N_("words that a clause begins with")},
	{"subjects", SCHEMA_TEXTS, AT(subjects), .bytes = TITLE_BYTES,
	 .about = N_("words behind which the next word is a verb")},
	{"verbs", SCHEMA_TEXTS, AT(verbs), .bytes = TITLE_BYTES,
	 .about = N_("verbs as they stand behind other subjects; -ed is an ending")},
	{"verb-within", SCHEMA_NUMBER, AT(verb_within),
	 .about = N_(
		 "how many words from the start of a clause its verb must stand; 8, if not given")},
	{"joins", SCHEMA_TEXTS, AT(joins), .bytes = TITLE_BYTES,
	 .about = N_("words that join two clauses")},
	{"binds", SCHEMA_TEXTS, AT(binds), .bytes = TITLE_BYTES,
	 .about = N_("beginnings of a clause that cannot stand without the next")},
	{"continues", SCHEMA_TEXTS, AT(continues), .bytes = TITLE_BYTES,
	 .about = N_("words before which a comma parts no clause")},
	{"own", SCHEMA_TEXTS, AT(own), .bytes = TITLE_BYTES,
	 .about = N_("words by which customers speak of themselves")},
	{"matters", SCHEMA_TEXTS, AT(matters), .bytes = TITLE_BYTES,
	 .about = N_("words of a problem or a want")},
	{"fillers", SCHEMA_TEXTS, AT(fillers), .bytes = TITLE_BYTES,
	 .about = N_("words to leave out wherever they stand")},
	{"cut-off", SCHEMA_TEXTS, AT(cut_off), .bytes = TITLE_BYTES,
	 .about = N_("words that no whole clause ends with")},
	{"skip", SCHEMA_TEXTS, AT(skip), .bytes = TITLE_BYTES,
	 .about = N_("phrases whose clause is left out: chat, names, account data")},
	{"silent", SCHEMA_TEXTS, AT(silent), .bytes = TITLE_BYTES,
	 .about = N_("phrases of somebody too upset to hear their words back")},
	{"heated", SCHEMA_TEXTS, AT(heated), .bytes = TITLE_BYTES,
	 .about = N_("signs of somebody upset: with two, nothing is said back")},
	{"exclaims", SCHEMA_TEXTS, AT(exclaims), .bytes = TITLE_BYTES,
	 .about = N_("words that are such a sign where they begin a sentence")},
	{"things", SCHEMA_TEXTS, AT(things), .bytes = TITLE_BYTES,
	 .about = N_("what a call can be about")},
	{"events", SCHEMA_TEXTS, AT(events), .bytes = TITLE_BYTES,
	 .about = N_("what can happen to it")},
	{"address", SCHEMA_TEXTS, AT(address), .bytes = TITLE_BYTES,
	 .about = N_("words that an accusation begins with")},
	{"digits", SCHEMA_TEXTS, AT(digits), .bytes = TITLE_BYTES,
	 .about = N_("digits as words; three in a row are account data")},
	{"numbers", SCHEMA_SWAPS, AT(numbers),
	 .count_offset = offsetof(struct reflection, number_count), .bytes = TITLE_BYTES,
	 .about = N_("words before a long number, and what is left when the number goes")},
};
static const struct schema_map reflection_map =
	MAP(NC_("kind", "reflection"), struct reflection, 0, reflection_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct avoid, FIELD)
static const struct schema_key avoid_keys[] = {
	{"phrase", SCHEMA_TEXT, true, AT(phrase), .about = N_("words not to say")},
	{"instead", SCHEMA_LINE, AT(instead), .about = N_("what to say in their place")},
};
static const struct schema_map avoid_map = MAP(NC_("kind", "phrase to avoid"), struct avoid,
					       offsetof(struct avoid, place), avoid_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct channel, FIELD)
static const struct schema_key channel_keys[] = {
	{"name", SCHEMA_TEXT, true, AT(name), .bytes = TITLE_BYTES,
	 .about = N_("such as Phone or Chat")},
	{"reach", SCHEMA_TEXT, true, AT(reach), .about = N_("the number, address or way in")},
	{"for", SCHEMA_TEXT, AT(purpose), .about = N_("what it is good for")},
};
static const struct schema_map channel_map =
	MAP(NC_("kind", "channel"), struct channel, offsetof(struct channel, place), channel_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct dates, FIELD)
static const struct schema_key dates_keys[] = {
	{"weekdays", SCHEMA_TEXTS, true, AT(weekdays), .bytes = TITLE_BYTES,
	 .about = N_("the names of the seven days, from Monday on")},
	{"months", SCHEMA_TEXTS, true, AT(months), .bytes = TITLE_BYTES,
	 .about = N_("the names of the twelve months")},
	{"parts", SCHEMA_SWAPS, AT(parts), .count_offset = offsetof(struct dates, part_count),
	 .bytes = TITLE_BYTES,
	 .about = N_("the parts of the day, by the hour, 0 to 23, with which each begins")},
	{"digits", SCHEMA_TEXT, AT(digits), .bytes = TITLE_BYTES,
	 .about = N_("the ten digits from 0 on; 0123456789 where none are given")},
	{"hour", SCHEMA_TEXT, true, AT(on_hour), .bytes = TITLE_BYTES,
	 .about = N_("how a day and a full hour are said, with <weekday> <day> <month> <year> "
		     "<part> <hour> <hour24> in it")},
	{"minute", SCHEMA_TEXT, AT(on_minute), .bytes = TITLE_BYTES,
	 .about = N_("how any other time is said, with <minute> in it, too")},
};
static const struct schema_map dates_map = MAP(NC_("kind", "way to say dates"), struct dates,
					       offsetof(struct dates, place), dates_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct follow_up, FIELD)
static const struct schema_key follow_up_keys[] = {
	{"voice-note", SCHEMA_LINES, AT(voice_notes),
	 .about = N_("texts to read aloud to the customer, each one a whole voice note")},
	{"message", SCHEMA_LINES, AT(messages),
	 .about = N_("texts to send to the customer, each one a whole message")},
};
static const struct schema_map follow_up_map =
	MAP(NC_("kind", "follow-up"), struct follow_up, 0, follow_up_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct situation, FIELD)
static const struct schema_key situation_keys[] = {
	{"id", SCHEMA_ID, true, AT(id), .bytes = SCHEMA_ID_BYTES,
	 .about = N_("its name in the journal and in reports; never change it")},
	{"title", SCHEMA_TEXT, true, AT(title), .bytes = TITLE_BYTES,
	 .about = N_("what the agent picks it by")},
	{"goal", SCHEMA_TEXT, AT(goal), .about = N_("what the agent is trying to reach")},
	{"not-when", SCHEMA_TEXT, AT(not_when), .about = N_("when this is the wrong situation")},
	{"heard", SCHEMA_TEXTS, AT(heard), .about = N_("how customers sound who are in it")},
	{"say", SCHEMA_STEP_LINES, true, AT(say), .about = N_("the lines to say, by step")},
	{"do", SCHEMA_LINES, AT(todo), .about = N_("things to do, not to say")},
	{"avoid", SCHEMA_RECORDS, AT(avoid),
	 .count_offset = offsetof(struct situation, avoid_count), .map = &avoid_map,
	 .about = N_("phrases not to say, with what to say instead")},
	{"follow-up", SCHEMA_RECORD, AT(follow_up), .map = &follow_up_map,
	 .about = N_("what to send after the call, in the agent's own voice")},
};
static const struct schema_map situation_map =
	MAP(NC_("kind", "situation"), struct situation, offsetof(struct situation, place),
	    situation_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct noted_line, FIELD)
static const struct schema_key line_keys[] = {
	{"say", SCHEMA_LINE, true, AT(line.text),
	 .place_offset = offsetof(struct noted_line, line.place), .about = N_("the words to say")},
	{"advice-off", SCHEMA_CHOICES, true, AT(advice_off), .words = rule_words,
	 .about = N_("rules of advice that are not for this line")},
};
static const struct schema_map line_map = MAP(NC_("kind", "line"), struct noted_line,
					      offsetof(struct noted_line, line.place), line_keys);

#undef AT
static const struct schema_key word_keys[] = {
#define ROW(identifier, name, phrase)                                                              \
	{name, SCHEMA_TEXTS,                                                                       \
	 .offset = offsetof(struct advice_wishes, words) +                                         \
		   ADVICE_WORDS_##identifier * sizeof(struct line_list),                           \
	 .bytes = TITLE_BYTES, .about = phrase},
	ADVICE_WORD_LISTS(ROW)
#undef ROW
};
static const struct schema_map word_map =
	MAP(NC_("kind", "collection of words"), struct advice_wishes, 0, word_keys);

#define AT(FIELD) .offset = offsetof(struct advice_wishes, FIELD)
static const struct schema_key advice_keys[] = {
	{"off", SCHEMA_CHOICES, AT(off), .words = rule_words,
	 .about = N_("rules that are not for this playbook")},
	{"words", SCHEMA_RECORD, .offset = 0, .map = &word_map,
	 .about = N_("words that the rules look for, more than those they know")},
};
static const struct schema_map advice_map =
	MAP(NC_("kind", "note on advice"), struct advice_wishes, 0, advice_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct trial, FIELD)
static const struct schema_key trial_keys[] = {
	{"heard", SCHEMA_TEXT, AT(heard), .about = N_("what a caller says")},
	{"situation", SCHEMA_TEXT, AT(situation), .bytes = SCHEMA_ID_BYTES,
	 .about = N_("the situation that it must lead to, or none; or whose lines are meant")},
	{"step", SCHEMA_TEXT, AT(step), .bytes = SCHEMA_ID_BYTES,
	 .about = N_("the step whose lines are meant")},
	{"line", SCHEMA_LINE, AT(line),
	 .about = N_("a line to try, in place of those of the playbook")},
	{"slots", SCHEMA_SWAPS, AT(slots), .count_offset = offsetof(struct trial, slot_count),
	 .bytes = TITLE_BYTES, .about = N_("what is filled in, by slot")},
	{"says", SCHEMA_TEXT, AT(says), .about = N_("the words that must come out")},
};
static const struct schema_map trial_map =
	MAP(NC_("kind", "test"), struct trial, offsetof(struct trial, place), trial_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct suggesting, FIELD)
static const struct schema_key suggest_keys[] = {
	{"threshold", SCHEMA_SHARE, AT(threshold),
	 .about = N_("how sure talktrack must be to offer a situation unasked: above 0, up to 1")},
	{"ignore", SCHEMA_TEXTS, AT(ignore),
	 .about = N_("what callers say in no situation, so that it stays silent")},
};
static const struct schema_map suggest_map =
	MAP(NC_("kind", "suggestion"), struct suggesting, 0, suggest_keys);

#undef AT
#define AT(FIELD) .offset = offsetof(struct playbook, FIELD)
static const struct schema_key playbook_keys[] = {
	{"talktrack", SCHEMA_FORMAT, true, .about = N_("the version of the format: 1")},
	{"title", SCHEMA_TEXT, true, AT(title), .bytes = TITLE_BYTES,
	 .about = N_("the playbook's name for people")},
	{"language", SCHEMA_LANGUAGE, true, AT(language), .bytes = SCHEMA_ID_BYTES,
	 .about = N_("the language of its lines, as a BCP 47 code such as en or bn")},
	{"extends", SCHEMA_NAME, AT(extends), .bytes = SCHEMA_ID_BYTES,
	 .about = N_(
		 "the playbook to take slots, steps, reflection, channels and shared lines from")},
	{"summary", SCHEMA_TEXT, AT(summary), .about = N_("what it is for, in a sentence")},
	{"owner", SCHEMA_TEXT, AT(owner), .bytes = TITLE_BYTES,
	 .about = N_("who answers for its words")},
	{"review-by", SCHEMA_DATE, AT(review_by),
	 .place_offset = offsetof(struct playbook, review_place),
	 .about = N_("the day by which someone should read it again, as YYYY-MM-DD")},
	{"status", SCHEMA_CHOICE, AT(status), .words = status_words,
	 .about = N_("draft, active or retired; a retired playbook is not shown to agents")},
	{"slots", SCHEMA_NAMED, AT(slots), .count_offset = offsetof(struct playbook, slot_count),
	 .map = &slot_map, .about = N_("what is filled in once a call and used by every line")},
	{"steps", SCHEMA_RECORDS, AT(steps), .count_offset = offsetof(struct playbook, step_count),
	 .map = &step_map, .about = N_("the panels, in order")},
	{"reflection", SCHEMA_RECORD, AT(reflection), .map = &reflection_map,
	 .about = N_("how the customer's words become ours, for slots marked `reflect`")},
	{"say", SCHEMA_STEP_LINES, AT(say), .about = N_("lines for every situation, by step")},
	{"do", SCHEMA_LINES, AT(todo), .about = N_("things to do in every situation")},
	{"avoid", SCHEMA_RECORDS, AT(avoid), .count_offset = offsetof(struct playbook, avoid_count),
	 .map = &avoid_map, .about = N_("phrases to avoid in every situation")},
	{"follow-up", SCHEMA_RECORD, AT(follow_up), .map = &follow_up_map,
	 .about = N_("what to send after any call, in the agent's own voice")},
	{"situations", SCHEMA_RECORDS, AT(situations),
	 .count_offset = offsetof(struct playbook, situation_count), .map = &situation_map,
	 .about = N_("what a caller may be like, and what to say then")},
	{"channels", SCHEMA_RECORDS, AT(channels),
	 .count_offset = offsetof(struct playbook, channel_count), .map = &channel_map,
	 .about = N_("the ways to get help, easiest first")},
	{"channels-question", SCHEMA_TEXT, AT(channels_question), .bytes = TITLE_BYTES,
	 .about = N_("the question that the channels answer, above them in a list of answers")},
	{"dates", SCHEMA_RECORD, AT(dates), .map = &dates_map,
	 .about = N_("how days and hours are said, in what is sent to the customer")},
	{"advice", SCHEMA_RECORD, AT(advice), .map = &advice_map,
	 .about = N_("rules of wording to leave out, and words for them")},
	{"tests", SCHEMA_RECORDS, AT(trials),
	 .count_offset = offsetof(struct playbook, trial_count), .map = &trial_map,
	 .about = N_("what `talktrack test` tries")},
	{"suggest", SCHEMA_RECORD, AT(suggest), .map = &suggest_map,
	 .about = N_("when a situation is offered unasked, as the customer speaks")},
};
static const struct schema_map playbook_map =
	MAP(NC_("kind", "playbook"), struct playbook, 0, playbook_keys);
#undef AT

static_assert(COUNT(playbook_keys) <= SCHEMA_KEYS_MOST, "the largest map");

const struct schema_map *schema_playbook(void)
{
	return &playbook_map;
}

const struct schema_map *schema_line(void)
{
	return &line_map;
}

size_t schema_key(const struct schema_map *map, const char *name)
{
	size_t i = 0;

	/* Most differ in the first letter already. */
	while (i < map->key_count &&
	       (map->keys[i].name[0] != name[0] || strcmp(map->keys[i].name, name) != 0))
		i++;
	return i;
}

static bool knows(const struct schema_map *map, const char *name, size_t length)
{
	for (size_t i = 0; i < map->key_count; i++) {
		const struct schema_key *key = &map->keys[i];
		if (strlen(key->name) == length && memcmp(key->name, name, length) == 0)
			return true;
		if (key->map != NULL && knows(key->map, name, length))
			return true;
	}
	return false;
}

bool schema_knows(const char *name, size_t length)
{
	return knows(&playbook_map, name, length) || knows(&line_map, name, length);
}

const char *schema_wants(enum schema_kind kind)
{
	switch (kind) {
	case SCHEMA_FORMAT: return _("the number 1");
	case SCHEMA_FLAG: return _("true or false");
	case SCHEMA_DATE: return _("a date");
	case SCHEMA_NUMBER:
	case SCHEMA_SHARE: return _("a number");
	case SCHEMA_TEXT:
	case SCHEMA_LINE:
	case SCHEMA_ID:
	case SCHEMA_NAME:
	case SCHEMA_LANGUAGE:
	case SCHEMA_CHOICE: return _("one text");
	case SCHEMA_TEXTS:
	case SCHEMA_LINES:
	case SCHEMA_STEPS:
	case SCHEMA_CHOICES:
	case SCHEMA_RECORDS: return _("a list");
	case SCHEMA_STEP_LINES: return _("lines under the names of steps");
	case SCHEMA_SWAPS: return _("pairs of words");
	case SCHEMA_RECORD: return _("keys with values");
	case SCHEMA_NAMED: return _("entries with names");
	}
	return _("something else");
}
