/* An utterance taken apart into clauses, by the tables of a reflection.
 *
 * Sentences part at . ! ? … and the danda, clauses at commas, dashes and the words of `joins`. A
 * piece that cannot stand alone (no verb near its start) goes with its neighbour: "my phone and my
 * tablet are broken" is one clause. Greetings and fillers at the ends are no part of a clause. A
 * transcriber's text has no punctuation as often as not, so nothing here counts on it.
 */
#ifndef CALL_CLAUSE_H
#define CALL_CLAUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "playbook/wording.h"

struct arena;
struct frame;
struct line_list;
struct reflection;

/* A table to look words up in: phrases, and ends of words. */
struct phrases {
	struct wording_list whole, endings;
	const struct line_list *source;
};

/* A beginning of what a customer says, as written, and what it means. */
struct beginning {
	const struct frame *frame;
	const char *text;
};

/* The tables of a reflection, made ready once: it takes longer than to read an utterance by them.
 */
struct tables {
	const struct reflection *reflection;
	struct phrases drops, starts, subjects, verbs, joins, binds, own, matters, fillers, skip,
		silent, cut_off, digits, continues, heated, exclaims, things, events, address;
	struct wording_list frames;   /* all their beginnings */
	struct beginning *beginnings; /* each of these */
	struct wording_list numbers;  /* what a long number may follow */
};

/* An utterance and the tables it is read by. */
struct speech {
	const struct tables *tables;
	const char *text; /* clean */
	struct wording words;
};

enum clause_join { CLAUSE_FIRST, CLAUSE_COMMA, CLAUSE_WORD };

struct clause {
	size_t first;		   /* word, behind what joins and what is dropped */
	size_t end;		   /* the word behind it */
	enum clause_join join;	   /* with the one before; CLAUSE_FIRST: a sentence begins */
	const struct frame *frame; /* or NULL: a statement */
	const char *beginning;	   /* of the frame that was heard, as the table spells it */
	size_t frame_words;	   /* that it has */
	bool continued;		   /* it has a comma that parts nothing */
	bool bound;		   /* cannot stand without the next one */
	bool whole;		   /* it can be said by itself */
	bool left_out;		   /* it has something that is not for saying */
	bool concrete;		   /* it has what a call can be about */
	int score;		   /* how much it has of the customer and of what they want */
};

/* In the arena; the reflection must outlive them. Changed no more: any thread may use them. */
const struct tables *tables_make(struct arena *arena, const struct reflection *reflection);

/* Reads text, clean, in the arena; tables and text must outlive it. */
struct speech speech_read(struct arena *arena, const struct tables *tables, const char *text);

/* Its clauses in order, in the arena; returns how many. */
size_t speech_clauses(struct arena *arena, const struct speech *speech, struct clause **clauses);

/* How many words from word number at on are in the table: of several phrases the longest. */
size_t phrases_match(const struct phrases *phrases, const struct wording *words, size_t at);

/* Whether any word of [first, end) begins one that ends before end. */
bool phrases_within(const struct phrases *phrases, const struct wording *words, size_t first,
		    size_t end);

/* Whether a word is a number so long that it must be somebody's account data. */
bool speech_is_number(const struct speech *speech, size_t word);

/* How many words before a number, from first on, say what it is, and in *entry by which of the
 * reflection's `numbers`; 0: none. */
size_t speech_number(const struct speech *speech, size_t first, size_t number, size_t *entry);

#endif
