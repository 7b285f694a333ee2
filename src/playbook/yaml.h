/* A YAML file as a tree of our own, made from libyaml's events within limits.
 *
 * The only file that includes libyaml. Every scalar is text (no, 12 and ~ too), cleaned by
 * text_clean. Anchors, aliases, explicit tags and second documents are problems; so are bytes that
 * are not UTF-8, UTF-16, NUL, nesting past YAML_DEPTH and files past YAML_BYTES. The tree lives in
 * the arena given. A syntax error is told once, in a trainer's words where we know the mistake
 * behind it.
 */
#ifndef PLAYBOOK_YAML_H
#define PLAYBOOK_YAML_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct problem_list;

#define YAML_BYTES (1024 * 1024)
#define YAML_DEPTH 16
#define YAML_EVENTS 100000

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node {
	int line, column; /* from 1; column in code points */
	union {
		const char *text;	 /* YAML_TEXT: cleaned, no blanks at its ends */
		struct yaml_node *first; /* YAML_LIST, YAML_MAP: first child, or NULL */
	};
	struct yaml_node *key;	/* inside a map: this node's key (a text node); else NULL */
	struct yaml_node *next; /* next child of the same parent */
	unsigned length;	/* YAML_TEXT: bytes of text */
	unsigned short lines;	/* YAML_TEXT: source lines that it spans */
	unsigned char kind;	/* enum yaml_kind */
	bool quoted : 1;	/* YAML_TEXT: written with quotes or as a block */
	bool cut : 1;		/* YAML_TEXT: a comment like `#12` follows, or is it text? */
};

/* The bytes of a file that a user named: opened so that nothing blocks, regular files of at most
 * YAML_BYTES only. *length gets the size. NULL and a problem (missing, a folder, a FIFO, a device,
 * too large, unreadable) otherwise. In the arena, NUL behind. */
char *yaml_read(struct arena *arena, const char *path, size_t *length,
		struct problem_list *problems);

/* The same, but no more than the first bytes of it. */
char *yaml_read_start(struct arena *arena, const char *path, size_t most, size_t *length,
		      struct problem_list *problems);

/* The tree of a text; file is its name in problems. NULL when there was an error. An empty
 * document is a problem. */
struct yaml_node *yaml_parse(struct arena *arena, const char *file, const char *text, size_t length,
			     struct problem_list *problems);

/* The same, with the texts of values in an arena of their own, where they may outlive the tree. */
struct yaml_node *yaml_parse_into(struct arena *arena, struct arena *texts, const char *file,
				  const char *text, size_t length, struct problem_list *problems);

/* Line number (from 1) of a text, without its newline, in the arena, for a problem's source; NULL
 * past the end. */
const char *yaml_source_line(struct arena *arena, const char *text, size_t length, int line);

#endif
