/* A playbook: what a trainer wrote, checked and with its `extends` resolved. Format:
 * talktrack-playbook(5).
 *
 * Made by load.h in the library's arena and never changed after. All texts are clean (text.h) and
 * never NULL unless a field says so; a list is an array and its count. Own entries of a playbook
 * come before those that it takes from the playbook it extends.
 */
#ifndef PLAYBOOK_PLAYBOOK_H
#define PLAYBOOK_PLAYBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "playbook/advice.h"

#define PLAYBOOK_FORMAT 1
#define PLAYBOOK_ID_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-"
#define PLAYBOOK_STEPS_MOST 9 /* so that a digit opens each */
#define PLAYBOOK_SLOTS_MOST 32
#define PLAYBOOK_LINE_BYTES 2000 /* of a line to say; `check` warns much earlier */
#define PLAYBOOK_EXTENDS_MOST 8	 /* how long a chain of `extends` may be */

struct line {
	const char *text;   /* with <slot>s as written */
	struct place place; /* where it stands, for the editor */
};

/* One of the few lines that are more than their text. */
struct noted_line {
	struct line line;
	uint32_t advice_off; /* bit i: rule i of advice.h is not for this line */
};

struct line_list {
	struct line *items;
	size_t count;
};

struct slot {
	const char *id;
	const char *ask;       /* the question for the agent; the id where none was given */
	const char *otherwise; /* words to say while it is unfilled, or NULL (key `or`) */
	bool reflect;	       /* the customer's words, to be turned round */
	struct place place;
};

struct step {
	const char *id;
	const char *title;
	const char *hint;	 /* or NULL */
	uint32_t after;		 /* bit i: step i should be done before this one */
	struct line_list cues;	 /* phrases by which the agent is heard to take it */
	struct line_list echoes; /* the same, where the customer's words are with them */
	struct place place;
};

struct avoid {
	const char *phrase;
	const char *instead; /* or NULL */
	struct place place;
};

struct channel {
	const char *name;
	const char *reach;   /* number, address, way in */
	const char *purpose; /* or NULL (key `for`) */
	struct place place;
};

struct swap {
	const char *from, *to; /* as written; compared without case */
};

/* How days and hours are said, for what talktrack composes for the customer (call/date.h). */
struct dates {
	struct line_list weekdays; /* seven, from Monday on; none: dates are not said */
	struct line_list months;   /* twelve */
	struct swap *parts;	   /* of the day: from which hour on, "15", and its name */
	size_t part_count;
	const char *digits;    /* ten characters, from 0 on; NULL: 0123456789 */
	const char *on_hour;   /* a full hour, with <weekday>, <hour> and the like in it */
	const char *on_minute; /* any other time; NULL: as on_hour, if that says no hour */
	struct place place;
};

struct follow_up { /* words for after the call; each text is one whole message, in several sentences
		    */
	struct line_list voice_notes; /* to be read aloud */
	struct line_list messages;    /* to be sent in writing */
};

/* What a beginning of a clause means: "can you ..." is "I'd like you to ...". */
struct frame {
	struct line_list heard;
	const char *means; /* in the customer's voice, <heard> for the beginning; NULL: as heard,
			      and then for no slot */
	struct line_list lines; /* to say it in; empty: those of the reflection */
};

/* How the customer's words become ours. All but swaps, ends and drops is for what is heard live; a
 * phrase that begins with '-' is the end of a word. */
struct reflection {
	struct swap *swaps; /* longest `from` (in words) first */
	size_t swap_count;
	struct line_list drops;
	struct swap *ends; /* swaps that hold at the end of a clause alone (key `swap-end`) */
	size_t end_count;
	struct line_list ends_before; /* and before these words */
	const char *step;	      /* where the lines stand; NULL: "reflect" */
	struct line_list lines;	      /* with <words> or <said>; empty: nothing is turned live */
	struct frame *frames;
	size_t frame_count;
	struct line_list starts;   /* words that a clause begins with; empty: any */
	struct line_list subjects; /* words behind which any word is a verb */
	struct line_list verbs;
	int verb_within;	    /* so many words from the start a verb must stand; 0: 8 */
	struct line_list joins;	    /* words that join two clauses */
	struct line_list binds;	    /* beginnings of a clause that needs the next one */
	struct line_list continues; /* words before which a comma parts nothing */
	struct line_list own;	    /* the customer, as they call themselves */
	struct line_list matters;   /* problems and wants */
	struct line_list fillers;   /* left out wherever they stand */
	struct line_list cut_off;   /* words that no clause ends with */
	struct line_list skip;	    /* a clause that has one is left out */
	struct line_list silent;    /* words of a customer who is not to be turned round */
	struct line_list heated;    /* signs of an upset customer: two are as one of silent */
	struct line_list exclaims;  /* the same where they begin a sentence */
	struct line_list things;    /* what a call can be about */
	struct line_list events;    /* and what can happen to it */
	struct line_list address;   /* words that an accusation begins with */
	struct line_list digits;    /* numbers as words */
	struct swap *numbers;	    /* what a long number may follow, and what is left of it */
	size_t number_count;
};

struct situation {
	const char *id;
	const char *title;
	const char *goal;     /* or NULL */
	const char *not_when; /* or NULL */
	struct line_list heard;
	struct line_list say[PLAYBOOK_STEPS_MOST]; /* own lines, by step */
	struct line_list todo;			   /* key `do` */
	struct avoid *avoid;
	size_t avoid_count;
	struct follow_up follow_up; /* own ones; the playbook's come behind them */
	struct place place;
};

/* What a playbook says about advice (advice.h). */
struct advice_wishes {
	uint32_t off; /* bit i: rule i is off */
	struct line_list words[ADVICE_WORDS_COUNT];
};

/* A test that a trainer wrote: an utterance and where it must lead, or a phrase that must come
 * out. trial.h makes the phrase. */
struct trial {
	const char *heard;     /* or NULL: says is not */
	const char *situation; /* an id; "none" for an utterance that leads nowhere; or NULL: any */
	const char *step;      /* where the phrase stands, an id; or NULL: any */
	const char *line;      /* what is said instead of a line of the playbook; or NULL */
	struct swap *slots;    /* id and what is filled in */
	size_t slot_count;
	const char *says; /* or NULL: heard is not */
	struct place place;
};

/* When talktrack offers a situation unasked. */
struct suggesting {
	double threshold;	 /* from which confidence on, above 0; 0: talktrack's own */
	struct line_list ignore; /* what callers say in no situation */
};

enum playbook_status { PLAYBOOK_ACTIVE, PLAYBOOK_DRAFT, PLAYBOOK_RETIRED };

struct playbook {
	const char *name; /* file name without folder and .yaml */
	const char *file; /* path as found */
	const char *title;
	const char *language;			 /* BCP 47 */
	const char *extends;			 /* name, or NULL */
	const char *summary, *owner, *review_by; /* or NULL; review_by is YYYY-MM-DD */
	struct place review_place;		 /* of review_by, for whoever knows today's date */
	enum playbook_status status;
	struct slot *slots;
	size_t slot_count;
	struct step *steps;
	size_t step_count;
	struct reflection reflection;
	struct line_list say[PLAYBOOK_STEPS_MOST]; /* lines for every situation, by step */
	struct line_list todo;
	struct avoid *avoid;
	size_t avoid_count;
	struct follow_up follow_up;   /* for every situation */
	struct situation *situations; /* empty in a playbook that others extend */
	size_t situation_count;
	struct channel *channels;
	size_t channel_count;
	const char *channels_question; /* that they answer; or NULL */
	struct dates dates;
	struct advice_wishes advice;
	struct noted_line *noted; /* as they were read: playbook_noted tells which is which */
	size_t noted_count;
	struct trial *trials; /* key `tests` */
	size_t trial_count;
	struct suggesting suggest;
	uint64_t version; /* hash of the bytes of its file and of those it extends */
	bool is_ascii;	  /* all bytes of its file */
};

/* By id; NULL or the count when there is none. */
const struct situation *playbook_situation(const struct playbook *playbook, const char *id);
const struct slot *playbook_slot(const struct playbook *playbook, const char *id, size_t length);
size_t playbook_step(const struct playbook *playbook, const char *id);

/* What there is to a line of this playbook beyond its text; NULL: nothing. */
const struct noted_line *playbook_noted(const struct playbook *playbook, const struct line *line);

/* The next <slot> in a line at or after *offset: true, with its id's place and length (without the
 * brackets) and *offset moved behind it. A '<' that begins no slot name is text. */
bool playbook_next_slot(const char *text, size_t *offset, const char **id, size_t *length);

#endif
