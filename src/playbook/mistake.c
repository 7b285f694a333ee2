#include "playbook/mistake.h"

#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "playbook/playbook.h"
#include "playbook/quote.h"
#include "playbook/schema.h"
#include "playbook/source.h"
#include "playbook/yaml.h"

struct view {
	struct mistake *mistake;
	struct arena *arena;
	const char *text;
	size_t length;
	const char *line; /* the one where libyaml stopped */
	const char *at;	  /* the column in it */
};

static const char *source(const struct view *view, int line)
{
	const char *found = yaml_source_line(view->arena, view->text, view->length, line);

	return found == NULL ? "" : found;
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
	view->at = source_at(view->line, column);
}

/* The ':' that ends a key: with a blank or the end behind it; NULL when there is none from text
 * on. */
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

static const char *in_quotes(const struct view *view, const char *words)
{
	return quote_mend(view->arena, words);
}

static const char *quoted(const struct view *view, const char *words)
{
	return quote_words(view->arena, words, strlen(words));
}

static void unclosed_quote(struct view *view, int line, int column)
{
	move(view, line, column);
	char quote = *view->at;
	const char *rest = quote == '\0' ? view->at : view->at + 1;

	answer(view, _("a quote begins here and is not closed"),
	       quote == '\'' ? arena_format(view->arena,
					    _("end it with the same quote; or, if it is an "
					      "apostrophe: %s"),
					    quoted(view, view->at))
			     : arena_format(view->arena, _("end it with the same quote: %s"),
					    quoted(view, rest)));
}

/* What comes after a scalar in quotes and does not belong there. */
static bool explain_quote(struct view *view)
{
	struct mistake *mistake = view->mistake;

	if (says(view, "unknown escape") || says(view, "hexdecimal")) {
		answer(view, _("'\\' has a meaning of its own between double quotes"),
		       _("write it twice: \\\\, or use single quotes"));
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
	const char *value = source_at(view->line, mistake->quote_column);
	const char *item = item_start(view->line);
	const char *colon = key_colon(item);
	if (view->at <= value)
		return false;
	/* - You said: "never", and …: no key has a blank in it, so all of it is text. */
	if (colon != NULL && colon < value && strcspn(item, " ") < (size_t)(colon - item)) {
		mistake->column = source_column(view->line, item);
		answer(view, _("a colon and quotes inside a text"), in_quotes(view, item));
		return true;
	}
	answer(view, _("the text goes on after its closing quote"), in_quotes(view, value));
	return true;
}

/* Characters that mean something to YAML when a text begins with them. */
static bool explain_first_character(struct view *view)
{
	const char *value = value_start(view->line);
	const char *slot = quote_slot(view->arena, value);

	if (view->at < value)
		return false;
	if (slot != NULL) {
		view->mistake->column = source_column(view->line, value);
		answer(view, _("slots are not written in braces"),
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
	view->mistake->column = source_column(view->line, value);
	answer(view, arena_format(view->arena, _("a text cannot begin with '%c'"), *value),
	       in_quotes(view, value));
	return true;
}

static bool explain_tab(struct view *view)
{
	const char *tab = strchr(view->line, '\t');

	if (says(view, "tab character") || (says(view, "cannot start") && *view->at == '\t')) {
		if (tab != NULL)
			view->mistake->column = source_column(view->line, tab);
		answer(view, _("a tab, where YAML allows only blanks"),
		       _("indent with blanks: two for each level"));
		return true;
	}
	return false;
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
		const char *key = arena_copy(view->arena, view->at, word);
		answer(view, arena_format(view->arena, _("no colon after '%s'"), key),
		       alone ? arena_format(view->arena, _("write '%s:'"), key)
			     : arena_format(view->arena, _("write '%s: %s'"), key, rest));
		return true;
	}
	answer(view, _("this line is neither 'key: text' nor an item that begins with '- '"),
	       _("a line that goes on is indented deeper than the one it belongs to"));
	return true;
}

/* "mapping values are not allowed": a second colon, or a line that is indented too far. */
static bool explain_second_colon(struct view *view)
{
	if (!says(view, "mapping values") && !(while_doing(view, "flow") && *view->at == ':'))
		return false;
	const char *first = key_colon(view->line);
	const char *value = value_start(view->line);
	int before = source_line_before(view->text, view->length, view->mistake->line);
	const char *above = source(view, before);
	bool second = first != NULL && first < view->at;
	if (!second && while_doing(view, "flow"))
		return false;
	if (second) {
		if (while_doing(view, "flow")) {
			answer(view, _("a colon inside a text in braces or brackets"),
			       _("put the text that holds it in quotes"));
			return true;
		}
		answer(view,
		       quote_curly(value) > 0 ? _("curly quotes do not keep a text together: "
						  "use straight ones")
					      : _("a second colon in this line"),
		       in_quotes(view, value));
		return true;
	}
	const char *key = skip_blanks(above);
	size_t word = strspn(key, PLAYBOOK_ID_LETTERS);
	if (word > 0 && key[word] == ':' && key[word + 1] != ' ' && key_colon(key) == NULL) {
		move(view, before, source_column(above, key + word + 1));
		answer(view, _("no blank after the colon"),
		       arena_format(view->arena, _("write '%.*s: %s'"), (int)word, key,
				    key + word + 1));
		return true;
	}
	view->mistake->column = source_column(view->line, skip_blanks(view->line));
	answer(view,
	       arena_format(view->arena,
			    _("this line is indented too far, and so goes on "
			      "the text of line %d"),
			    before),
	       _("begin it in the same column as the key that it stands beside"));
	return true;
}

static bool explain_brackets(struct view *view)
{
	if (!while_doing(view, "flow") ||
	    !begins(view->mistake->problem, "did not find expected ','"))
		return false;
	struct mistake *mistake = view->mistake;
	bool list = while_doing(view, "sequence");
	bool same = mistake->context_line == mistake->line;
	move(view, mistake->context_line, mistake->context_column);
	answer(view,
	       list ? _("'[' begins a list here that is not closed")
		    : _("'{' begins something here that is not closed"),
	       same ? _("write one entry a line, or put texts in quotes")
		    : arena_format(view->arena, _("close it with '%c' in the same line"),
				   list ? ']' : '}'));
	return true;
}

static bool explain_indent(struct view *view)
{
	struct mistake *mistake = view->mistake;

	if (says(view, "block sequence entries")) {
		answer(view, _("a list does not begin in the line of its key"),
		       _("put each item on a line of its own, begun with '- '"));
		return true;
	}
	if (says(view, "expected <document start>")) {
		int first = source_line_before(view->text, view->length, mistake->line);
		bool less = strchr(" -", *source(view, first)) != NULL;
		answer(view,
		       less ? _("this line is indented less than the ones before it")
			    : _("the playbook has ended before this line"),
		       _("begin all keys of the playbook in column 1"));
		return true;
	}
	bool list = says(view, "expected '-' indicator");
	if (!list && !says(view, "expected key"))
		return false;
	const char *text = skip_blanks(view->line);
	bool item = begins(text, "- ") || strcmp(text, "-") == 0;
	if (item && mistake->column == mistake->context_column) {
		answer(view, _("a list item among keys"),
		       _("indent it under the key whose list it belongs to"));
		return true;
	}
	answer(view,
	       list && mistake->column == mistake->context_column
		       ? _("a key among list items")
		       : _("the indentation of this line fits no line above it"),
	       list   ? arena_format(view->arena,
				     _("items of this list begin with '- ' in column %d, "
					 "their keys in column %d"),
				     mistake->context_column, mistake->context_column + 2)
	       : item ? _("begin it in the same column as the items it stands beside")
		      : _("begin it in the same column as the key it stands beside"));
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
	answer(&view,
	       arena_format(arena, _("not YAML: %s%s%s"), mistake->problem,
			    *mistake->context != '\0' ? " " : "", mistake->context),
	       NULL);
}
