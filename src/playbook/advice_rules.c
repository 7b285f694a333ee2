#include "playbook/advice.h"

#include "base/words.h"

#include <assert.h>
#include <string.h>

enum { NO_WORDS = ADVICE_WORDS_COUNT };

static const struct advice_rule rules[] = {
	[ADVICE_BEGINS_WITH_YOU] =
		{ADVICE_WORDS_YOU, ADVICE_WORDS_AGREEING, ADVICE_SENTENCE_START, ADVICE_FEELINGS,
		 N_("begins a sentence, while feelings run high"),
		 N_("begin with what you heard or guess: So …, It makes sense that …, I imagine …"),
		 N_("A sentence that begins with \"You\" points at the other person. In talks that "
		    "began "
		    "civilly, such sentences were among the signs that an attack would follow."),
		 "Zhang and others, Conversations Gone Awry, ACL 2018",
		 "You didn't get the letter, then.",
		 "So the letter never came. Have I got that right?"},
	[ADVICE_ACCUSING_QUESTION] =
		{ADVICE_WORDS_ACCUSING, NO_WORDS, ADVICE_SENTENCE_START, ADVICE_ALL_STEPS,
		 N_("asks as one who accuses"), N_("ask what happened, or offer to look"),
		 N_("A direct question about what the caller did or failed to do is heard as "
		    "blame, "
		    "and has to "
		    "be fended off. Direct questions early in a talk go with its turning hostile."),
		 "Zhang and others, Conversations Gone Awry, ACL 2018",
		 "Why didn't you call sooner?", "When did it begin? I'd like to know all of it."},
	[ADVICE_WE_INSTEAD_OF_I] =
		{ADVICE_WORDS_WE, ADVICE_WORDS_TOGETHER, ADVICE_ANYWHERE, ADVICE_ALL_STEPS,
		 N_("speaks for the company"), N_("say \"I\": one person takes it on"),
		 N_("In five studies customers felt that an agent who says \"I\" feels with them "
		    "and "
		    "acts for "
		    "them, more than one who says \"we\". \"We\" is right for the caller and you "
		    "together."),
		 "Packard, Moore and McFerran, Journal of Marketing Research 2018",
		 "We are looking into it.", "I'm looking into it, while you're on the line."},
	[ADVICE_VAGUE_THING] =
		{ADVICE_WORDS_VAGUE, NO_WORDS, ADVICE_ANYWHERE, ADVICE_ALL_STEPS,
		 N_("does not say what it is"),
		 N_("name the thing: a slot such as <product> or <issue> does"),
		 /* xgettext:no-c-format */
		 N_("Concrete words show that you listened: the grey T-shirt, not the "
		    "item. In more than a "
		    "thousand real service talks, customers of agents who named things "
		    "were more satisfied, by "
		    "about 9% as reported."),
		 "Packard and Berger, Journal of Consumer Research 2021",
		 "I'll look into the issue.", "I'll find out where the grey T-shirt went."},
	[ADVICE_APOLOGISES_TWICE] =
		{ADVICE_WORDS_SORRY, NO_WORDS, ADVICE_TWICE, ADVICE_ALL_STEPS,
		 N_("is the second apology in one line"),
		 N_("say sorry once, in one breath, then go on"),
		 N_("One short apology is heard. The second takes time from the help that was "
		    "called "
		    "for, and "
		    "sounds like a form."),
		 "Singh and others, Journal of Marketing Research 2018 (111 recorded encounters)",
		 "I'm sorry, I do apologise for that.", "I'm sorry about the day you lost."},
	[ADVICE_LONG_APOLOGY] =
		{ADVICE_WORDS_SORRY, NO_WORDS, ADVICE_LONG_SENTENCE, ADVICE_ALL_STEPS,
		 N_("stands in an apology of more than seven seconds"),
		 N_("say sorry in a few words, then act"),
		 N_("In recorded encounters that went wrong, apology and sympathy past about seven "
		    "seconds "
		    "lowered satisfaction. Options, and work on them, raised it."),
		 "Singh and others, Journal of Marketing Research 2018 (111 recorded encounters)",
		 "I'm really very sorry for all of the trouble that you have been put to in these "
		 "last "
		 "weeks by what has happened.",
		 "I'm sorry. That was three weeks. Here are the two things I can do."},
	[ADVICE_FIX_BEFORE_FEELINGS] =
		{ADVICE_WORDS_FIXING, NO_WORDS, ADVICE_ANYWHERE, ADVICE_FEELINGS,
		 N_("offers a way out before the feelings were answered"),
		 N_("move it to a step that comes after"),
		 N_("An upset customer who is offered a solution at once hears that nobody "
		    "listened. "
		    "Listening and empathy calm first, by way of gratitude; then the fix is "
		    "welcome. "
		    "Advice "
		    "that comes too early offends."),
		 "Herhausen and others, Journal of Marketing 2023; Liu and others, ESConv, ACL "
		 "2021",
		 "I imagine that was hard. I can offer a refund.",
		 "I imagine that was hard. Was it?"},
	[ADVICE_NO_FEELINGS_FIRST] =
		{NO_WORDS, NO_WORDS, ADVICE_OTHERWISE, ADVICE_FEELINGS,
		 N_("goes to the fix with nothing to say about the feelings"),
		 N_("add lines to the steps before: say back, make sense of, guess the feeling"),
		 N_("An upset customer who is offered a solution at once hears that nobody "
		    "listened. "
		    "Listening and empathy calm first, by way of gratitude; then the fix is "
		    "welcome."),
		 "Herhausen and others, Journal of Marketing 2023; Hill, Helping Skills",
		 "resolve: [I'm sending a new one today.]",
		 "reflect: [\"So <issue>. Is that it?\"], then resolve"},
	[ADVICE_NO_WAY_FORWARD] =
		{NO_WORDS, NO_WORDS, ADVICE_OTHERWISE, ADVICE_FIX,
		 N_("answers the feelings and then has nothing to do"),
		 N_("add a line that acts or promises"),
		 N_("Comfort alone is not enough. Help comes in three stages, to explore, to "
		    "comfort "
		    "and to "
		    "act; a talk that stops at the second leaves the caller where they were."),
		 "Liu and others, ESConv, ACL 2021; Hill, Helping Skills",
		 "validate: [\"It makes sense that you're tired of it.\"]",
		 "the same, then resolve: [\"I'm ringing the depot now. Stay with me.\"]"},
	[ADVICE_NO_WARM_ENDING] =
		{ADVICE_WORDS_WARM, NO_WORDS, ADVICE_OTHERWISE, ADVICE_ALL_STEPS,
		 N_("has no warm line to end with"),
		 N_("add one to the last step: glad, thank you, call any time"),
		 N_("Warm first, competent in the middle, warm at the end: in real "
		    "calls and in experiments "
		    "customers were most satisfied with agents who spoke so."),
		 "Packard, Li and Berger, Journal of Consumer Research 2023 (389 "
		 "calls, four experiments)",
		 "Is there anything else?", "I'm glad you called about this, <customer>."},
	[ADVICE_PROMISE_WITHOUT_TIME] =
		{ADVICE_WORDS_PROMISING, ADVICE_WORDS_TIME, ADVICE_ANYWHERE, ADVICE_ALL_STEPS,
		 N_("promises, and does not say when"), N_("say by when: by <deadline>"),
		 N_("About two in five customers have had a promise broken, and most of those "
		    "would "
		    "leave. A "
		    "promise without a time is broken as soon as the caller begins to wait."),
		 "Accenture, survey of consumers, as reported", "I'll get back to you on that.",
		 "I'll ring you by <deadline>, news or no news."},
	[ADVICE_OPENS_WITH_NO] =
		{ADVICE_WORDS_REFUSING, NO_WORDS, ADVICE_LINE_START, ADVICE_FIX,
		 N_("opens with what cannot be done"), N_("say first what you can do"),
		 N_("People who ask expect a no; they underestimate by up to half how many would "
		    "agree. Who "
		    "begins with a refusal confirms it, and the offer behind it is hardly heard."),
		 "Flynn and Lake, Journal of Personality and Social Psychology 2008",
		 "Unfortunately it's out of warranty.",
		 "I can have it repaired. Here's what that costs."},
	[ADVICE_BELITTLES_ASKING] =
		{ADVICE_WORDS_BELITTLING, NO_WORDS, ADVICE_ANYWHERE, ADVICE_ALL_STEPS,
		 N_("makes asking look foolish"), N_("say what to do, or that many people ask"),
		 N_("Many do not call because they fear to look stupid. Asking for advice makes "
		    "the "
		    "asker look "
		    "more capable, not less; a line that calls the thing easy says the opposite."),
		 "Research on asking for help, as reported by V. Bohns and others",
		 "It's easy, just click the button.", "It's three steps. Here's the first."},
	[ADVICE_AVOIDED_PHRASE] =
		{NO_WORDS, NO_WORDS, ADVICE_OTHERWISE, ADVICE_ALL_STEPS,
		 N_("is on the list of phrases to avoid"), N_("say it in other words"),
		 N_("The agent sees it twice, once to say and once not to say. The "
		    "list is the trainers' own, "
		    "under the key avoid of the playbook, of the situation, or of "
		    "what the playbook extends."),
		 "The playbook's own avoid", "Calm down, and tell me what happened.",
		 "I want to hear all of this. Go on."},
	[ADVICE_TOO_LONG_TO_SAY] =
		{NO_WORDS, NO_WORDS, ADVICE_OTHERWISE, ADVICE_ALL_STEPS,
		 N_("begins a sentence of more than 25 words"), N_("make two sentences of it"),
		 N_("Nobody says more than about 25 words in one breath, nor reads them off a "
		    "screen "
		    "while "
		    "listening. Guides to plain language ask for no longer sentences."),
		 "GOV.UK content design guidance: sentences of no more than 25 words",
		 "I'll have a look at it and then I'll ask the people who sent it and when I have "
		 "heard "
		 "from them I'll tell you.",
		 "I'll look at it now. Then I'll ask the people who sent it, and ring you by "
		 "<deadline>."},
};

static_assert(sizeof rules / sizeof *rules == ADVICE_RULE_COUNT, "a row for each rule");

static const char *const names[] = {
#define ROW(identifier, name) name,
	ADVICE_RULES(ROW)
#undef ROW
};

const struct advice_rule *advice_rule(size_t number)
{
	return &rules[number];
}

const char *advice_rule_name(size_t number)
{
	return names[number];
}

size_t advice_rule_named(const char *name)
{
	size_t i = 0;

	while (i < ADVICE_RULE_COUNT && strcmp(names[i], name) != 0)
		i++;
	return i;
}
