#include "playbook/mistake.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "playbook/playbook.h"
#include "playbook/schema.h"
#include "playbook/yaml.h"

enum { QUOTED_MOST = 300 }; /* bytes that a mend repeats */

struct view {
	struct mistake *mistake;
	struct arena *arena;
	const char *text;
	size_t length;
	const char *line; /* the one where libyaml stopped */
	const char *at;   /* the column in it */
};

static const char *source(const struct view *view, int line)
{
	const char *found = yaml_source_line(view->arena, view->text, view->length, line);

	return found == NULL ? "" : found;
}

static const char *at_column(const char *line, int column)
{
	size_t length = strlen(line);
	size_t offset = 0;
	size_t size;

	for (; column > 1 && offset < length; column--) {
		text_decode(line + offset, length - offset, &size);
		offset += size;
	}
	return line + offset;
}

static int column_of(const char *line, const char *at)
{
	int column = 1;
	size_t size;

	for (; line < at; line += size) {
		text_decode(line, (size_t)(at - line), &size);
		column++;
	}
	return column;
}

static bool begins(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

static bool says(const struct view *view, const char *words)
{
	return strstr(view->mistake->problem, words) != NULL;
}

static bool while_doing(const struct view *view, const char *words)
{
	return strstr(view->mistake->context, words) != NULL;
}

static void answer(struct view *view, const char *message, const char *mend)
{
	view->mistake->message = message;
	view->mistake->mend = mend;
}

static void move(struct view *view, int line, int column)
{
	view->mistake->line = line;
	view->mistake->column = column;
	view->line = source(view, line);
	view->at = at_column(view->line, column);
}

/* The ':' that ends a key: with a blank or the end behind it; NULL when there is none from text on. */
static const char *key_colon(const char *text)
{
	const char *colon = strchr(text, ':');

	while (colon != NULL && colon[1] != '\0' && strchr(" \t", colon[1]) == NULL)
		colon = strchr(colon + 1, ':');
	return colon;
}

/* Behind indentation and list marks. */
static const char *item_start(const char *line)
{
	const char *item = skip_blanks(line);

	while (begins(item, "- "))
		item = skip_blanks(item + 2);
	return item;
}

/* Behind the key too: where the value of a line begins. */
static const char *value_start(const char *line)
{
	const char *value = item_start(line);
	size_t key = strspn(value, PLAYBOOK_ID_LETTERS);
	if (key > 0 && value[key] == ':' && value[key + 1] == ' ')
		value = skip_blanks(value + key + 1);
	return value;
}

const char *mistake_quoted(struct arena *arena, const char *words, size_t length)
{
	while (length > 0 && strchr(" \t\r", words[length - 1]) != NULL)
		length--;
	if (length > QUOTED_MOST)
		return "\"…\"";
	if (memchr(words, '"', length) == NULL && memchr(words, '\\', length) == NULL)
		return arena_format(arena, "\"%.*s\"", (int)length, words);
	char *quoted = arena_alloc(arena, 2 * length + 3);
	char *end = quoted;
	*end++ = '\'';
	for (size_t i = 0; i < length; i++) {
		if (words[i] == '\'')
			*end++ = '\'';
		*end++ = words[i];
	}
	*end = '\'';
	return quoted;
}

const char *mistake_slot(struct arena *arena, const char *text)
{
	if (text[0] != '{')
		return NULL;
	const char *name = text + 1 + (text[1] == '{');
	name += strspn(name, " ");
	size_t length = strspn(name, PLAYBOOK_ID_LETTERS);
	if (length == 0 || name[length + strspn(name + length, " ")] != '}')
		return NULL;
	return arena_format(arena, "<%.*s>", (int)length, name);
}

static const char *const curly_quotes[] = {"“", "”", "‘", "’", "„"};

/* Bytes of the curly quote that text begins with, or 0. */
static size_t curly_quote(const char *text)
{
	for (size_t i = 0; i < sizeof curly_quotes / sizeof *curly_quotes; i++) {
		if (begins(text, curly_quotes[i]))
			return strlen(curly_quotes[i]);
	}
	return 0;
}

/* Quotes around it, of whatever kind, are taken for an attempt to do just that. */
static const char *in_quotes(const struct view *view, const char *words)
{
	size_t length = strlen(words);
	size_t curly = curly_quote(words);

	while (length > 0 && strchr(" \t\r", words[length - 1]) != NULL)
		length--;
	if (curly > 0 && length >= 2 * curly && curly_quote(words + length - curly) == curly) {
		words += curly;
		length -= 2 * curly;
	} else if (length >= 2 && strchr("\"'", words[0]) != NULL && words[length - 1] == words[0]) {
		words++;
		length -= 2;
	}
	return arena_format(view->arena, "put the whole text in quotes: %s",
			    mistake_quoted(view->arena, words, length));
}

static void unclosed_quote(struct view *view, int line, int column)
{
	move(view, line, column);
	char quote = *view->at;
	const char *rest = quote == '\0' ? view->at : view->at + 1;

	answer(view, "a quote begins here and is not closed",
	       quote == '\''
	       ? arena_format(view->arena, "end it with the same quote; or, if it is an "
			      "apostrophe: %s", mistake_quoted(view->arena, view->at,
							       strlen(view->at)))
	       : arena_format(view->arena, "end it with the same quote: %s",
			      mistake_quoted(view->arena, rest, strlen(rest))));
}

/* What comes after a scalar in quotes and does not belong there. */
static bool explain_quote(struct view *view)
{
	struct mistake *mistake = view->mistake;

	if (says(view, "unknown escape") || says(view, "hexdecimal")) {
		answer(view, "'\\' has a meaning of its own between double quotes",
		       "write it twice: \\\\, or use single quotes");
		return true;
	}
	if (while_doing(view, "quoted scalar")) {
		unclosed_quote(view, mistake->context_line, mistake->context_column);
		return true;
	}
	if (!mistake->quote || mistake->quote_end_line != mistake->line ||
	    !begins(mistake->problem, "did not find expected"))
		return false;
	if (mistake->quote_line != mistake->line) {
		unclosed_quote(view, mistake->quote_line, mistake->quote_column);
		return true;
	}
	const char *value = at_column(view->line, mistake->quote_column);
	const char *item = item_start(view->line);
	const char *colon = key_colon(item);
	if (view->at <= value)
		return false;
	/* - You said: "never", and …: no key has a blank in it, so all of it is text. */
	if (colon != NULL && colon < value && strcspn(item, " ") < (size_t)(colon - item)) {
		mistake->column = column_of(view->line, item);
		answer(view, "a colon and quotes inside a text", in_quotes(view, item));
		return true;
	}
	answer(view, "the text goes on after its closing quote", in_quotes(view, value));
	return true;
}

/* Characters that mean something to YAML when a text begins with them. */
static bool explain_first_character(struct view *view)
{
	const char *value = value_start(view->line);
	const char *slot = mistake_slot(view->arena, value);

	if (view->at < value)
		return false;
	if (slot != NULL) {
		view->mistake->column = column_of(view->line, value);
		answer(view, "slots are not written in braces",
		       arena_format(view->arena, "write %s", slot));
		return true;
	}
	bool alias = while_doing(view, "alias") || while_doing(view, "anchor") ||
		     while_doing(view, "tag") || says(view, "tag handle");
	bool expected = begins(view->mistake->problem, "did not find expected") ||
			says(view, "cannot start any token") || says(view, "not allowed in this");
	if (*value == '\0' || strchr("{[]},&*!|>%@`?", *value) == NULL || !(alias || expected))
		return false;
	if (while_doing(view, "flow") && strchr("[{", *value) != NULL)
		return false;
	view->mistake->column = column_of(view->line, value);
	answer(view, arena_format(view->arena, "a text cannot begin with '%c'", *value),
	       in_quotes(view, value));
	return true;
}

static bool explain_tab(struct view *view)
{
	const char *tab = strchr(view->line, '\t');

	if (says(view, "tab character") || (says(view, "cannot start") && *view->at == '\t')) {
		if (tab != NULL)
			view->mistake->column = column_of(view->line, tab);
		answer(view, "a tab, where YAML allows only blanks",
		       "indent with blanks: two for each level");
		return true;
	}
	return false;
}

/* The last line before this one that has something on it; 0 when there is none. */
static int line_before(const struct view *view, int line)
{
	const char *end = view->text;
	const char *limit = view->text + view->length;

	for (int i = 1; i < line && end != NULL; i++) {
		end = memchr(end, '\n', (size_t)(limit - end));
		end = end == NULL ? NULL : end + 1;
	}
	if (end == NULL)
		end = limit;
	while (--line > 0) {
		const char *start = --end;
		while (start > view->text && start[-1] != '\n')
			start--;
		const char *text = skip_blanks(start);
		if (text < end && *text != '#' && *text != '\r')
			break;
		end = start;
	}
	return line > 0 ? line : 0;
}

static bool explain_missing_colon(struct view *view)
{
	if (!says(view, "expected ':'"))
		return false;
	struct mistake *mistake = view->mistake;
	move(view, mistake->context_line, mistake->context_column);
	if (*view->at == '"' || *view->at == '\'') {
		unclosed_quote(view, mistake->line, mistake->column);
		return true;
	}
	size_t word = strspn(view->at, PLAYBOOK_ID_LETTERS);
	const char *rest = skip_blanks(view->at + word);
	bool alone = *rest == '\0' || *rest == '\r' || *rest == '#';
	if (word > 0 && (alone || (rest > view->at + word && schema_knows(view->at, word)))) {
		answer(view, arena_format(view->arena, "no colon after '%.*s'", (int)word, view->at),
		       alone ? arena_format(view->arena, "write '%.*s:'", (int)word, view->at)
			     : arena_format(view->arena, "write '%.*s: %s'", (int)word, view->at, rest));
		return true;
	}
	answer(view, "this line is neither 'key: text' nor an item that begins with '- '",
	       "a line that goes on is indented deeper than the one it belongs to");
	return true;
}

/* "mapping values are not allowed": a second colon, or a line that is indented too far. */
static bool explain_second_colon(struct view *view)
{
	if (!says(view, "mapping values") &&
	    !(while_doing(view, "flow") && *view->at == ':'))
		return false;
	const char *first = key_colon(view->line);
	const char *value = value_start(view->line);
	int before = line_before(view, view->mistake->line);
	const char *above = source(view, before);
	bool second = first != NULL && first < view->at;
	if (!second && while_doing(view, "flow"))
		return false;
	if (second) {
		if (while_doing(view, "flow")) {
			answer(view, "a colon inside a text in braces or brackets",
			       "put the text that holds it in quotes");
			return true;
		}
		answer(view, curly_quote(value) > 0 ? "curly quotes do not keep a text together: use straight ones"
				   : "a second colon in this line",
		       in_quotes(view, value));
		return true;
	}
	const char *key = skip_blanks(above);
	size_t word = strspn(key, PLAYBOOK_ID_LETTERS);
	if (word > 0 && key[word] == ':' && key[word + 1] != ' ' && key_colon(key) == NULL) {
		move(view, before, column_of(above, key + word + 1));
		answer(view, "no blank after the colon",
		       arena_format(view->arena, "write '%.*s: %s'", (int)word, key,
				    key + word + 1));
		return true;
	}
	view->mistake->column = column_of(view->line, skip_blanks(view->line));
	answer(view, arena_format(view->arena, "this line is indented too far, and so goes on "
				  "the text of line %d", before),
	       "begin it in the same column as the key that it stands beside");
	return true;
}

static bool explain_brackets(struct view *view)
{
	if (!while_doing(view, "flow") || !begins(view->mistake->problem, "did not find expected ','"))
		return false;
	struct mistake *mistake = view->mistake;
	bool list = while_doing(view, "sequence");
	bool same = mistake->context_line == mistake->line;
	move(view, mistake->context_line, mistake->context_column);
	answer(view, list ? "'[' begins a list here that is not closed"
			  : "'{' begins something here that is not closed",
	       same ? arena_format(view->arena, "write one entry a line, or put texts in quotes")
		    : arena_format(view->arena, "close it with '%c' in the same line",
				   list ? ']' : '}'));
	return true;
}

static bool explain_indent(struct view *view)
{
	struct mistake *mistake = view->mistake;

	if (says(view, "block sequence entries")) {
		answer(view, "a list does not begin in the line of its key",
		       "put each item on a line of its own, begun with '- '");
		return true;
	}
	if (says(view, "expected <document start>")) {
		int first = line_before(view, mistake->line);
		bool less = strchr(" -", *source(view, first)) != NULL;
		answer(view, less ? "this line is indented less than the ones before it"
				  : "the playbook has ended before this line",
		       "begin all keys of the playbook in column 1");
		return true;
	}
	bool list = says(view, "expected '-' indicator");
	if (!list && !says(view, "expected key"))
		return false;
	const char *text = skip_blanks(view->line);
	bool item = begins(text, "- ") || strcmp(text, "-") == 0;
	if (item && mistake->column == mistake->context_column) {
		answer(view, "a list item among keys",
		       "indent it under the key whose list it belongs to");
		return true;
	}
	answer(view, list && mistake->column == mistake->context_column
		     ? "a key among list items"
		     : "the indentation of this line fits no line above it",
	       list ? arena_format(view->arena, "items of this list begin with '- ' in column %d, "
				   "their keys in column %d", mistake->context_column,
				   mistake->context_column + 2)
		    : arena_format(view->arena, "begin it in the same column as the %s it stands "
				   "beside", item ? "items" : "key"));
	return true;
}

void mistake_explain(struct mistake *mistake, struct arena *arena, const char *text, size_t length)
{
	struct view view = {mistake, arena, text, length, "", ""};

	move(&view, mistake->line, mistake->column);
	if (explain_tab(&view) || explain_quote(&view) || explain_missing_colon(&view) ||
	    explain_first_character(&view) || explain_second_colon(&view) ||
	    explain_brackets(&view) || explain_indent(&view))
		return;
	answer(&view, arena_format(arena, "not YAML: %s%s%s", mistake->problem,
				   *mistake->context != '\0' ? " " : "", mistake->context), NULL);
}
