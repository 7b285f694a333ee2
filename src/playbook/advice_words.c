#include "playbook/advice.h"

#include <stdbool.h>
#include <string.h>

/* One phrase behind the other, with commas between. */
static const char *const english[ADVICE_WORDS_COUNT] = {
	[ADVICE_WORDS_YOU] = "you, you're, you've, you'd, you'll, you are, your",
	[ADVICE_WORDS_AGREEING] =
		"you're right, you are right, you were right, you've every right, "
		"you have every right, you're not alone, you are not alone, you deserve, "
		"you deserved, you did well, you did the right thing, "
		"your anger makes sense, your feelings",
	[ADVICE_WORDS_ACCUSING] =
		"why did you, why didn't you, why did you not, why haven't you, "
		"why have you not, why have you, why would you, why wouldn't you, "
		"why are you, why aren't you, why can't you, why don't you, why weren't you, "
		"but why did you, but why didn't you, so why did you, so why didn't you, "
		"and why did you, and why didn't you, did you not, have you not, "
		"did you even, have you even, did you actually, did you bother, "
		"did you read, didn't you read, didn't you see, didn't you check, "
		"didn't you notice, didn't you know, have you read, haven't you read, "
		"haven't you tried, haven't you checked, have you tried, did you try, "
		"are you sure, what have you done, how could you, don't you think, "
		"who told you, what makes you think, what's your problem, "
		"what is your problem",
	[ADVICE_WORDS_WE] = "we, we're, we've, we'd, we'll",
	[ADVICE_WORDS_TOGETHER] =
		"together, you and I, both of us, the two of us, let's, shall we, should we, "
		"can we, could we, may we, we both, as we go, when we spoke, as we spoke, "
		"as we speak, before we, where we left",
	[ADVICE_WORDS_VAGUE] =
		"the issue, this issue, your issue, that issue, the issues, these issues, "
		"your issues, this matter, the matter at hand, your query, this query, "
		"your enquiry, your inquiry, your concern, your concerns, this concern, "
		"the item, this item, your item, your request, the said product, "
		"the product in question, the service in question, the aforementioned, "
		"your situation",
	[ADVICE_WORDS_SORRY] =
		"sorry, apologise, apologize, apologies, apology, apologising, apologizing, "
		"my apologies, forgive, regret",
	[ADVICE_WORDS_FIXING] =
		"I can offer, we can offer, I could offer, may I offer, let me offer, "
		"I can refund, I can replace, I can send you a, I can give you a, "
		"I'll refund, I'll replace, I'll fix, let me fix, I can fix, "
		"I'm going to fix, I'll send you a, I'll credit, here's what I can do, "
		"here is what I can do, the solution is, you should try, you should check, "
		"you should contact, you could try, you can try, you might try, "
		"try restarting, all you need to do, have you tried",
	[ADVICE_WORDS_WARM] =
		"glad, happy, pleased, pleasure, thank, thanks, enjoy, enjoyed, welcome, "
		"gladly, delighted, love, lovely, like, liked, good, wish, hope, kind, care, "
		"any time, anytime, appreciate, grateful, look forward, warmly, nice",
	[ADVICE_WORDS_PROMISING] =
		"I'll call you, I'll ring you, I'll phone you, I'll email you, "
		"I'll e-mail you, I'll write to you, I'll text you, I'll get back to you, "
		"I'll come back to you, I'll be in touch, I'll let you know, "
		"I will call you, I will ring you, I will phone you, I will email you, "
		"I will write to you, I will get back to you, I will come back to you, "
		"I will be in touch, I will let you know, we'll get back to you, "
		"we will get back to you, we'll be in touch, we will be in touch, "
		"we'll call you, we will call you, we'll let you know, we will let you know, "
		"someone will call you, someone will be in touch, somebody will call you, "
		"somebody will be in touch, you'll hear from, I <promise>, I'll <promise>, "
		"I will <promise>",
	[ADVICE_WORDS_TIME] =
		"<deadline>, <when>, <time>, <date>, <day>, today, tonight, tomorrow, now, "
		"right away, at once, this minute, by, within, minute, minutes, hour, hours, "
		"day, days, week, weeks, month, months, morning, afternoon, evening, noon, "
		"midnight, o'clock, monday, tuesday, wednesday, thursday, friday, saturday, "
		"sunday, each thing, when it's done, when it is done, as soon as it, "
		"the moment, every step, while you wait, while you're, at each step, "
		"as I go, straight after, before you",
	[ADVICE_WORDS_REFUSING] =
		"unfortunately, I can't, I cannot, we can't, we cannot, I'm afraid, "
		"I am afraid, I'm unable, I am unable, we're unable, we are unable, "
		"we don't, we do not, it's not possible, it is not possible, "
		"it isn't possible, that's not possible, that is not possible, "
		"that isn't possible, there's no way, there is no way, "
		"there's nothing I can, there's nothing we can, there is nothing I can, "
		"there is nothing we can, sorry but, no but, regrettably, you can't, "
		"you cannot",
	[ADVICE_WORDS_BELITTLING] =
		"obviously, it's easy, it is easy, it's simple, it is simple, it's so easy, "
		"it's very easy, it's quite simple, it's very simple, simply click, "
		"simply press, simply go, simply enter, just click, just press, "
		"all you have to do, everyone knows, everybody knows, as you should know, "
		"you should know, common sense, a no-brainer",
};

const char *advice_words(const char *language, size_t list)
{
	bool is_english =
		strncmp(language, "en", 2) == 0 && (language[2] == '\0' || language[2] == '-');

	return is_english ? english[list] : "";
}
