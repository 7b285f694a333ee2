/* Advice about wording: rules with a name, a reason and a source, held against a playbook's lines.
 *
 * Rules know words by lists such as `accusing`. Those for English are built in; playbooks add to
 * them, and for other languages give them, by their key `advice`. A rule whose list is empty is
 * silent. Which steps are about feelings is read from the steps' `after`: the steps that another
 * comes after are, the ones that come after are about the fix, and the last one ends the call.
 * A finding should be one that a good trainer would agree with; where it is not, the playbook or
 * the line switches the rule off. Pure.
 */
#ifndef PLAYBOOK_ADVICE_H
#define PLAYBOOK_ADVICE_H

#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"

#include "base/words.h"

struct arena;
struct playbook;

#define ADVICE_RULES(ROW)                                                                          \
	ROW(BEGINS_WITH_YOU, "begins-with-you")                                                    \
	ROW(ACCUSING_QUESTION, "accusing-question")                                                \
	ROW(WE_INSTEAD_OF_I, "we-instead-of-i")                                                    \
	ROW(VAGUE_THING, "vague-thing")                                                            \
	ROW(APOLOGISES_TWICE, "apologises-twice")                                                  \
	ROW(LONG_APOLOGY, "long-apology")                                                          \
	ROW(FIX_BEFORE_FEELINGS, "fix-before-feelings")                                            \
	ROW(NO_FEELINGS_FIRST, "no-feelings-first")                                                \
	ROW(NO_WAY_FORWARD, "no-way-forward")                                                      \
	ROW(NO_WARM_ENDING, "no-warm-ending")                                                      \
	ROW(PROMISE_WITHOUT_TIME, "promise-without-time")                                          \
	ROW(OPENS_WITH_NO, "opens-with-no")                                                        \
	ROW(BELITTLES_ASKING, "belittles-asking")                                                  \
	ROW(AVOIDED_PHRASE, "avoided-phrase")                                                      \
	ROW(TOO_LONG_TO_SAY, "too-long-to-say")

enum {
#define ROW(identifier, name) ADVICE_##identifier,
	ADVICE_RULES(ROW)
#undef ROW
		ADVICE_RULE_COUNT,
};

/* The lists of words: the key in `advice: {words: ...}`, and what goes into it. */
#define ADVICE_WORD_LISTS(ROW)                                                                     \
	ROW(YOU, "you", N_("the person spoken to, where a sentence begins with them"))             \
	ROW(AGREEING, "agreeing",                                                                  \
	    N_("beginnings with `you` that agree, and so are no accusation"))                      \
	ROW(ACCUSING, "accusing", N_("questions that put the caller in the wrong"))                \
	ROW(WE, "we", N_("the company, where a person should speak"))                              \
	ROW(TOGETHER, "together", N_("words that make `we` mean the caller and the agent"))        \
	ROW(VAGUE, "vague", N_("words for the trouble or the thing that do not name it"))          \
	ROW(SORRY, "sorry", N_("words of apology"))                                                \
	ROW(FIXING, "fixing", N_("offers and advice, too early among the feelings"))               \
	ROW(WARM, "warm", N_("words of warmth, for the end"))                                      \
	ROW(PROMISING, "promising", N_("promises to be in touch"))                                 \
	ROW(TIME, "time", N_("words that say when; a <slot> may be one"))                          \
	ROW(REFUSING, "refusing", N_("beginnings that refuse"))                                    \
	ROW(BELITTLING, "belittling", N_("words that make asking look foolish"))

enum {
#define ROW(identifier, name, about) ADVICE_WORDS_##identifier,
	ADVICE_WORD_LISTS(ROW)
#undef ROW
		ADVICE_WORDS_COUNT, /* also: no list */
};

struct advice_rule {
	unsigned char words;  /* the list that it looks for; ADVICE_WORDS_COUNT: none */
	unsigned char except; /* no finding in a line with one of these; or none */
	unsigned char how;    /* enum advice_how */
	unsigned char steps;  /* enum advice_steps */
	const char *told;     /* what is told of the words found: "'we' " and this; _() of it */
	const char *mend;     /* what to do instead; _() of it */
	const char *why;      /* a few sentences; _() of it */
	const char *source;
	const char *before, *after; /* an example, and it mended */
};

enum advice_how {
	ADVICE_ANYWHERE, /* in a line */
	ADVICE_SENTENCE_START,
	ADVICE_LINE_START,
	ADVICE_TWICE,	      /* in one line */
	ADVICE_LONG_SENTENCE, /* in a sentence of more than ADVICE_APOLOGY_WORDS */
	ADVICE_OTHERWISE,     /* not by words alone */
};

enum advice_steps { ADVICE_ALL_STEPS, ADVICE_FEELINGS, ADVICE_FIX };

#define ADVICE_APOLOGY_WORDS 18	 /* seven seconds, at 150 words a minute */
#define ADVICE_SENTENCE_WORDS 25 /* ten seconds, and a breath */

const struct advice_rule *advice_rule(size_t number);
const char *advice_rule_name(size_t number);

/* The number of a rule; ADVICE_RULE_COUNT when there is none of that name. */
size_t advice_rule_named(const char *name);

/* The built-in list for a language (BCP 47; a region does not matter), with commas between; "" when
 * there is none. */
const char *advice_words(const char *language, size_t list);

/* Something that could be worded better. */
struct advice {
	size_t rule;
	struct place place; /* of the line, or of the situation */
	const char *words;  /* as they stand in the line, for the place; or NULL */
	const char *message;
	const char *mend;
};

/* All advice about a playbook's own lines (not those it takes over), by line; in the arena. */
size_t advice_find(struct arena *arena, const struct playbook *playbook, struct advice **found);

#endif
