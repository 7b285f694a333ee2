#include "playbook/yaml.h"

#include <assert.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/comment.h"
#include "playbook/mistake.h"
#include "playbook/source.h"

/* A list or map whose end was not seen yet. */
struct open_node {
	struct yaml_node *node;
	struct yaml_node **end; /* where its next child goes */
	struct yaml_node *key;	/* of the child to come */
};

struct reading {
	struct arena *arena;
	struct arena *texts; /* for those of values */
	const char *file;
	const char *text;
	size_t length;
	struct problem_list *problems;
	struct open_node open[YAML_DEPTH];
	size_t depth;
	struct yaml_node *root;
	size_t documents;
	struct comment comment; /* the next that was perhaps meant as text */
	struct mistake mistake; /* the last scalar, should an error follow */
	size_t told;
};

static struct problem *tell(struct reading *reading, int line, int column, const char *message)
{
	struct place place = {reading->file, line, column};
	struct problem *problem =
		problem_add(reading->problems, PROBLEM_ERROR, place, "%s", message);

	problem->source =
		yaml_source_line(reading->problems->arena, reading->text, reading->length, line);
	reading->told++;
	return problem;
}

static int from_one(size_t number)
{
	return number < INT32_MAX ? (int)number + 1 : INT32_MAX;
}

static struct problem *tell_at(struct reading *reading, yaml_mark_t mark, const char *message)
{
	return tell(reading, from_one(mark.line), from_one(mark.column), message);
}

/* --- What is not text at all --- */

static void tell_byte(struct reading *reading, size_t offset, const char *message, const char *mend)
{
	int line, column;

	source_place(reading->text, offset, &line, &column);
	tell(reading, line, column, message)->mend = mend;
}

static void tell_bad_byte(struct reading *reading, size_t bad)
{
	unsigned char byte = (unsigned char)reading->text[bad];

	if (byte == 0)
		tell_byte(reading, bad, _("a NUL byte: this is not text in UTF-8"),
			  _("save the file as text, in UTF-8"));
	else
		tell_byte(reading, bad,
			  arena_format(reading->arena, _("byte 0x%02X is not UTF-8"), byte),
			  _("save the file in UTF-8; it was perhaps written in another encoding"));
}

static bool is_utf16(const struct reading *reading)
{
	return reading->length >= 2 && (memcmp(reading->text, "\xff\xfe", 2) == 0 ||
					memcmp(reading->text, "\xfe\xff", 2) == 0);
}

static void tell_utf16(struct reading *reading)
{
	tell(reading, 0, 0, _("the file is in UTF-16, not in UTF-8"))->mend =
		_("save it in UTF-8: some editors call it \"Unicode (UTF-8)\"");
}

/* --- The tree --- */

static struct yaml_node *new_node(struct reading *reading, enum yaml_kind kind, yaml_mark_t mark)
{
	struct yaml_node *node = arena_alloc(reading->arena, sizeof *node);

	node->kind = (unsigned char)kind;
	node->line = from_one(mark.line);
	node->column = from_one(mark.column);
	return node;
}

static bool is_key(const struct reading *reading)
{
	const struct open_node *parent;

	if (reading->depth == 0)
		return false;
	parent = &reading->open[reading->depth - 1];
	return parent->node->kind == YAML_MAP && parent->key == NULL;
}

static void attach(struct reading *reading, struct yaml_node *node, yaml_mark_t mark)
{
	if (reading->depth == 0) {
		reading->root = node;
		return;
	}
	struct open_node *parent = &reading->open[reading->depth - 1];
	if (is_key(reading)) {
		if (node->kind != YAML_TEXT) {
			tell_at(reading, mark, _("a key must be a word, not a list or map"));
			node = new_node(reading, YAML_TEXT, mark);
			node->text = "";
		}
		parent->key = node;
		return;
	}
	node->key = parent->key;
	parent->key = NULL;
	*parent->end = node;
	parent->end = &node->next;
}

static void refuse_marks(struct reading *reading, const yaml_event_t *event,
			 const yaml_char_t *anchor, const yaml_char_t *tag)
{
	struct problem *problem;

	if (anchor == NULL && tag == NULL)
		return;
	problem = tell_at(reading, event->start_mark,
			  anchor ? _("a text cannot begin with '&': playbooks have no YAML anchors")
				 : _("a text cannot begin with '!': playbooks have no YAML tags"));
	problem->mend = _("put the whole text in quotes");
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Cleaned, and without blanks at its ends. */
static void set_text(struct yaml_node *node, struct arena *arena, const char *value, size_t length)
{
	while (length > 0 && is_blank(value[0])) {
		value++;
		length--;
	}
	while (length > 0 && is_blank(value[length - 1]))
		length--;
	char *text = text_clean_counted(arena, value, &length);
	while (length > 0 && text[length - 1] == ' ')
		length--;
	text[length] = '\0';
	node->text = text;
	node->length = (unsigned)length;
}

static unsigned short lines_of(const yaml_event_t *event)
{
	size_t lines = event->end_mark.line - event->start_mark.line + 1;

	return lines < USHRT_MAX ? (unsigned short)lines : USHRT_MAX;
}

static void take_scalar(struct reading *reading, const yaml_event_t *event)
{
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	struct yaml_node *node = new_node(reading, YAML_TEXT, event->start_mark);
	struct mistake *mistake = &reading->mistake;

	refuse_marks(reading, event, event->data.scalar.anchor, event->data.scalar.tag);
	set_text(node, is_key(reading) ? reading->arena : reading->texts,
		 (const char *)event->data.scalar.value, event->data.scalar.length);
	node->quoted = !plain;
	node->cut = plain && comment_follows(&reading->comment, from_one(event->end_mark.line),
					     from_one(event->end_mark.column));
	node->lines = lines_of(event);
	mistake->quote = event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
			 event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	mistake->quote_line = node->line;
	mistake->quote_column = node->column;
	mistake->quote_end_line = from_one(event->end_mark.line);
	attach(reading, node, event->start_mark);
}

static bool open_collection(struct reading *reading, enum yaml_kind kind, yaml_mark_t mark)
{
	struct yaml_node *node = new_node(reading, kind, mark);

	if (reading->depth == YAML_DEPTH) {
		tell_at(reading, mark,
			arena_format(reading->arena, _("nested too deeply: more than %d levels"),
				     YAML_DEPTH));
		return false;
	}
	attach(reading, node, mark);
	reading->open[reading->depth++] = (struct open_node){node, &node->first, NULL};
	return true;
}

/* False when there is no use in going on. */
static bool take(struct reading *reading, const yaml_event_t *event)
{
	yaml_mark_t mark = event->start_mark;

	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (reading->documents++ == 0)
			return true;
		tell_at(reading, mark, _("a second document begins here"))->mend =
			_("a file is one playbook: take this line out, or split the file");
		return false;
	case YAML_ALIAS_EVENT: {
		struct yaml_node *node = new_node(reading, YAML_TEXT, mark);
		tell_at(reading, mark,
			_("a text cannot begin with '*': playbooks have no YAML aliases"))
			->mend = _("put the whole text in quotes");
		node->text = "";
		attach(reading, node, mark);
		return true;
	}
	case YAML_SCALAR_EVENT: take_scalar(reading, event); return true;
	case YAML_SEQUENCE_START_EVENT:
		refuse_marks(reading, event, event->data.sequence_start.anchor,
			     event->data.sequence_start.tag);
		return open_collection(reading, YAML_LIST, mark);
	case YAML_MAPPING_START_EVENT:
		refuse_marks(reading, event, event->data.mapping_start.anchor,
			     event->data.mapping_start.tag);
		return open_collection(reading, YAML_MAP, mark);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		assert(reading->depth > 0);
		reading->depth--;
		return true;
	default: return true;
	}
}

/* --- Syntax errors --- */

static void tell_character(struct reading *reading, size_t offset, int code)
{
	size_t bad;

	if (!text_valid(reading->text, reading->length, &bad))
		tell_bad_byte(reading, bad);
	else
		tell_byte(
			reading, offset,
			arena_format(reading->arena, _("control character U+%04X"), (unsigned)code),
			_("delete it; it is invisible in most editors"));
}

/* NEL, LS and PS: libyaml takes them for line breaks, editors do not show them. */
static bool tell_odd_break(struct reading *reading)
{
	const char *text = reading->text;

	for (size_t i = 0; i + 2 < reading->length; i++) {
		if (memcmp(text + i, "\xc2\x85", 2) == 0 ||
		    memcmp(text + i, "\xe2\x80\xa8", 3) == 0 ||
		    memcmp(text + i, "\xe2\x80\xa9", 3) == 0) {
			tell_byte(reading, i, _("an invisible line break of another kind"),
				  _("delete it: go behind it and press backspace"));
			return true;
		}
	}
	return false;
}

static void tell_syntax(struct reading *reading, const yaml_parser_t *parser)
{
	struct mistake *mistake = &reading->mistake;

	if (parser->error == YAML_READER_ERROR && parser->problem_offset < reading->length) {
		tell_character(reading, parser->problem_offset, parser->problem_value);
		return;
	}
	if (tell_odd_break(reading))
		return;
	mistake->problem = parser->problem == NULL ? _("out of memory") : parser->problem;
	mistake->context = parser->context == NULL ? "" : parser->context;
	mistake->line = from_one(parser->problem_mark.line);
	mistake->column = from_one(parser->problem_mark.column);
	mistake->context_line = from_one(parser->context_mark.line);
	mistake->context_column = from_one(parser->context_mark.column);
	mistake_explain(mistake, reading->arena, reading->text, reading->length);
	tell(reading, mistake->line, mistake->column, mistake->message)->mend =
		arena_string(reading->problems->arena, mistake->mend);
}

static void read_events(struct reading *reading, yaml_parser_t *parser)
{
	yaml_event_t event;
	size_t events = 0;
	bool more = true;

	while (more) {
		if (!yaml_parser_parse(parser, &event)) {
			tell_syntax(reading, parser);
			return;
		}
		if (events++ == YAML_EVENTS) {
			tell_at(reading, event.start_mark, _("too many entries for one playbook"));
			more = false;
		} else {
			more = event.type != YAML_STREAM_END_EVENT && take(reading, &event) &&
			       reading->told < PROBLEM_MOST;
		}
		yaml_event_delete(&event);
	}
}

struct yaml_node *yaml_parse_into(struct arena *arena, struct arena *texts, const char *file,
				  const char *text, size_t length, struct problem_list *problems)
{
	struct reading reading = {
		.arena = arena, .texts = texts, .file = file, .problems = problems};
	yaml_parser_t parser;
	size_t mark = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	reading.text = text + mark;
	reading.length = length - mark;
	if (is_utf16(&reading)) {
		tell_utf16(&reading);
		return NULL;
	}
	reading.comment = comment_first(reading.text, reading.length);
	if (!yaml_parser_initialize(&parser)) {
		tell(&reading, 0, 0, _("out of memory"));
		return NULL;
	}
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)reading.text, reading.length);
	read_events(&reading, &parser);
	yaml_parser_delete(&parser);
	if (reading.told == 0 && reading.root == NULL) {
		tell(&reading, 0, 0, _("there is nothing in this file"))->mend =
			_("begin with 'talktrack: 1', and go on with 'title: …'");
	}
	return reading.told > 0 ? NULL : reading.root;
}

struct yaml_node *yaml_parse(struct arena *arena, const char *file, const char *text, size_t length,
			     struct problem_list *problems)
{
	return yaml_parse_into(arena, arena, file, text, length, problems);
}
