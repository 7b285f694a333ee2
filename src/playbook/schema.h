/* The format of a playbook: one table of all maps and their keys.
 *
 * The loader (build.h) reads maps by it, straight into the structs of playbook.h; whatever else has
 * to know the keys (a JSON Schema, the manual's list, an importer) walks the same table.
 * Adding a key means adding a row, and a field where the value goes.
 */
#ifndef PLAYBOOK_SCHEMA_H
#define PLAYBOOK_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

enum schema_kind {
	SCHEMA_FORMAT,	   /* PLAYBOOK_FORMAT; not stored */
	SCHEMA_TEXT,	   /* const char * */
	SCHEMA_LINE,	   /* const char *, may hold <slot>s */
	SCHEMA_ID,	   /* const char *: PLAYBOOK_ID_LETTERS */
	SCHEMA_NAME,	   /* const char *: of a playbook, as in `extends` */
	SCHEMA_LANGUAGE,   /* const char *: BCP 47 */
	SCHEMA_DATE,	   /* const char *: YYYY-MM-DD */
	SCHEMA_FLAG,	   /* bool: true or false */
	SCHEMA_NUMBER,	   /* int: whole, from 1 */
	SCHEMA_SHARE,	   /* double: above 0, up to 1 */
	SCHEMA_CHOICE,	   /* an enum: one of words, in the enum's order from 0 */
	SCHEMA_CHOICES,	   /* uint32_t, a bit a word, from a list of some of words */
	SCHEMA_TEXTS,	   /* struct line_list, from a list of texts */
	SCHEMA_LINES,	   /* the same, may hold <slot>s; an item may be a schema_line() instead */
	SCHEMA_STEP_LINES, /* struct line_list[PLAYBOOK_STEPS_MOST], from a map: id to lines */
	SCHEMA_STEPS,	   /* uint32_t, a bit a step, from a list of steps' ids */
	SCHEMA_SWAPS,	   /* struct swap * and a count, from a map: text to text */
	SCHEMA_RECORD,	   /* the map's struct */
	SCHEMA_RECORDS,	   /* pointer to the map's structs, and a count; from a list of maps */
	SCHEMA_NAMED,	   /* the same, from a map: id to map; the id goes to the struct's start */
};

struct schema_key {
	const char *name;
	enum schema_kind kind;
	bool required;
	size_t offset;		      /* of its field in the map's struct */
	size_t count_offset;	      /* of the field's count, for kinds that have one */
	size_t place_offset;	      /* of a struct place for the value; 0: none */
	size_t bytes;		      /* the most of one text; 0: PLAYBOOK_LINE_BYTES */
	const struct schema_map *map; /* SCHEMA_RECORD, _RECORDS, _NAMED: what it is made of */
	const char *const *words;     /* SCHEMA_CHOICE, _CHOICES: the words, NULL behind */
	const char *about;	      /* a phrase for people */
};

struct schema_map {
	const char *name;    /* "situation" */
	size_t size;	     /* of its struct */
	size_t place_offset; /* of a struct place for where it begins; 0: none */
	const struct schema_key *keys;
	size_t key_count;
};

#define SCHEMA_KEYS_MOST 64 /* of one map */
#define SCHEMA_ID_BYTES 64

/* A whole playbook; every other map hangs from it. */
const struct schema_map *schema_playbook(void);

/* A line that is more than its text. Items of SCHEMA_LINES may be such a map. */
const struct schema_map *schema_line(void);

/* The number of a key; key_count when the map has none of that name. */
size_t schema_key(const struct schema_map *map, const char *name);

/* Whether any map has a key of that name. */
bool schema_knows(const char *name, size_t length);

/* What a value of that kind is, for messages: "a list of lines". */
const char *schema_wants(enum schema_kind kind);

#endif
