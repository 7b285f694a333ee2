/* From a tree (yaml.h) to a playbook, by the schema: what load.c, build.c, value.c, lines.c,
 * extend.c and tell.c share. Nobody else includes this.
 *
 * Reading never stops at a mistake: it tells it and goes on with something harmless ("" for a text
 * that is wrong), so that all mistakes of a file are told at once. Whoever made the build throws
 * the playbook away if it failed.
 */
#ifndef PLAYBOOK_BUILD_H
#define PLAYBOOK_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "playbook/schema.h"

struct arena;
struct line_list;
struct playbook;
struct yaml_node;

struct build {
	struct arena *arena;   /* the playbook's */
	struct arena *scratch; /* the tree's; gone when the file is read */
	struct problem_list *problems;
	const char *file; /* in arena */
	const char *text; /* the bytes of the file */
	size_t length;
	struct playbook *playbook;
	const struct yaml_node *nodes[SCHEMA_KEYS_MOST]; /* of its keys; NULL: not there */
	size_t told;					 /* errors and warnings of this file */
	bool failed;					 /* an error was told */
	bool slots_unknown; /* what it extends could not be read: do not complain about slots, */
	bool steps_unknown; /* or steps, that may be in there */
};

/* build.c: the top of the file, down to `extends`; then the rest, upon the playbook that it
 * extends (or NULL). */
void build_open(struct build *build, const struct yaml_node *root);
void build_rest(struct build *build, const struct playbook *base);
/* build.c: the value of one of the playbook's keys, or NULL. */
const struct yaml_node *build_node(const struct build *build, const char *name);

/* build.c: reads a value into its field of record. */
void build_value(struct build *build, const struct schema_key *key, const struct yaml_node *node,
		 void *record);

/* build.c: the keys of a map and their values, into the struct of that map. */
void build_record(struct build *build, const struct schema_map *map, const struct yaml_node *node,
		  void *record);
/* build.c: the value of a key in a map, or NULL. */
const struct yaml_node *build_child(const struct yaml_node *map, const char *name);

/* value.c: the text of a node, checked for shape, emptiness and length. "" when it is wrong. That
 * of a value lives in the playbook's arena, that of a key in the tree's. */
const char *build_text(struct build *build, const struct schema_key *key,
		       const struct yaml_node *node);
const char *build_id(struct build *build, const struct schema_key *key,
		     const struct yaml_node *node);
/* Kinds that are one text. */
void build_scalar(struct build *build, const struct schema_key *key, const struct yaml_node *node,
		  void *field);

/* lines.c */
void build_lines(struct build *build, const struct schema_key *key, const struct yaml_node *node,
		 struct line_list *lines);
void build_step_lines(struct build *build, const struct schema_key *key,
		      const struct yaml_node *node, struct line_list *lines);
void build_swaps(struct build *build, const struct schema_key *key, const struct yaml_node *node,
		 void *field, size_t *count);
void build_choices(struct build *build, const struct schema_key *key, const struct yaml_node *node,
		   uint32_t *field);
/* Complains about slots in a line that are unknown or miswritten. */
void build_check_slots(struct build *build, const struct yaml_node *node, const char *text);

/* trials.c: complains about tests that test nothing, or name what is not there. */
void build_check_trials(struct build *build);

/* dates.c: complains about days, months and hours that are not as many, or not what they should be.
 */
void build_check_dates(struct build *build);

/* extend.c: own slots and steps are read; those of base come in, and `after` is resolved. */
void extend_slots(struct build *build, const struct playbook *base);
void extend_steps(struct build *build, const struct playbook *base);
/* All else that is taken from base. */
void extend_rest(struct build *build, const struct playbook *base);

/* tell.c: a problem at a node, with its source line. mend goes into the problem list's arena. */
struct problem *build_tell(struct build *build, enum problem_severity severity,
			   const struct yaml_node *node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void build_mend(struct build *build, struct problem *problem, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same key, or name, stood there before. */
void build_tell_twin(struct build *build, const struct yaml_node *key,
		     const struct yaml_node *twin);
/* A problem at the first place of words in the node's source, else at the node. */
struct problem *build_tell_words(struct build *build, enum problem_severity severity,
				 const struct yaml_node *node, const char *words,
				 const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The value has another shape than its key wants; or it is an item of the key's list. */
void build_tell_shape(struct build *build, const struct schema_key *key,
		      const struct yaml_node *node, bool item);
/* A name that is not known: which of names was perhaps meant (returns its number); where none is
 * near (returns count), slip leaves the problem without a mend and name says which there are. */
size_t build_mend_slip(struct build *build, struct problem *problem, const char *name,
		       const char *const *names, size_t count);
size_t build_mend_name(struct build *build, struct problem *problem, const char *name,
		       const char *const *names, size_t count);
/* The source line of a node; "" when there is none. In scratch. */
const char *build_source(struct build *build, int line);

bool build_is_empty(const struct yaml_node *node); /* `key:` with nothing behind it */

#endif
