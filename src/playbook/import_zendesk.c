#include "playbook/import.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/words.h"
#include "playbook/html.h"

/* The comment of a macro. */
struct comment {
	const char *text;
	bool html;
	bool private; /* a note to colleagues */
};

/* A value for a note: texts as they are, lists with commas, numbers and flags. */
static const char *show_value(struct import *import, const struct json *value)
{
	const char *text = json_string(value);
	const char *list = "";

	if (text != NULL)
		return text;
	if (!json_is_array(value))
		return _("a value that is no text");
	for (const struct json *item = json_first(value); item != NULL; item = json_next(item)) {
		const char *word = json_string(item);
		list = arena_format(import->arena, "%s%s%s", list, *list == '\0' ? "" : ", ",
				    word != NULL ? word : "…");
	}
	return list;
}

static const struct json *member_value(const struct json *action)
{
	return json_member(action, "value");
}

/* comment_value is a text, or a list: for which channel, and the text. */
static const char *comment_text(struct import *import, const struct json *value)
{
	const struct json *first = json_is_array(value) ? json_first(value) : NULL;
	const struct json *second = first != NULL ? json_next(first) : NULL;

	if (second == NULL || json_next(second) != NULL)
		return json_string(value);
	const char *channel = json_string(first);
	if (channel != NULL && strcmp(channel, "channel:all") != 0)
		import_note(import, _("not carried over: that it is for %s alone"), channel);
	return json_string(second);
}

static bool is_false(const struct json *value)
{
	const char *text = json_string(value);

	return text != NULL && strcmp(text, "false") == 0;
}

static void take_comment(struct import *import, struct comment *comment, const struct json *value,
			 bool html)
{
	const char *text = comment_text(import, value);

	if (text == NULL) {
		import_note(import, _("not carried over: a comment of an unknown form"));
		return;
	}
	if (comment->text != NULL) {
		/* Zendesk keeps the plain text beside the formatted one */
		const char *other = html == comment->html ? _("a second comment")
							  : _("the same comment in its other form");
		import_note(import, _("not carried over: %s, \"%s\""), other,
			    html ? comment->text : text);
		if (!html)
			return;
	}
	comment->text = text;
	comment->html = html;
}

static void take_action(struct import *import, struct comment *comment, const struct json *action)
{
	const struct json *value = member_value(action);
	const char *field = json_text(action, "field");

	if (field == NULL)
		import_note(import, _("not carried over: an action without a field"));
	else if (strcmp(field, "comment_value") == 0)
		take_comment(import, comment, value, false);
	else if (strcmp(field, "comment_value_html") == 0)
		take_comment(import, comment, value, true);
	else if (strcmp(field, "comment_mode_is_public") == 0)
		comment->private = is_false(value) ||
				   (json_string(value) == NULL && !json_true(action, "value"));
	else
		import_note(import, _("not carried over: %s %s"), field, show_value(import, value));
}

static const char *plain_text(struct import *import, const struct comment *comment)
{
	struct html_loss loss = {0};
	const char *text = comment->text;

	if (!comment->html)
		return import_clean(import, text, strlen(text));
	text = html_text(import->arena, text, strlen(text), &loss);
	if (loss.images > 0)
		import_note(import,
			    words_count("not carried over: %zu picture or the like",
					"not carried over: %zu pictures or the like", loss.images),
			    loss.images);
	if (loss.formatting > 0)
		import_note(import,
			    _("not carried over: bold type, lists and the like; the words are "
			      "there"));
	if (loss.names > 0)
		import_note(
			import,
			words_count("kept as written: %zu HTML name that talktrack does not know",
				    "kept as written: %zu HTML names that talktrack does not know",
				    loss.names),
			loss.names);
	return import_clean(import, text, strlen(text));
}

static void take_words(struct import *import, size_t situation, const struct comment *comment)
{
	const char *text = comment->text == NULL ? "" : plain_text(import, comment);

	if (*text == '\0')
		return;
	if (comment->private)
		import_note(import,
			    _("not carried over: a note to colleagues, no words to say: \"%s\""),
			    text);
	else if (strstr(text, "{%") != NULL)
		import_note(import,
			    _("not carried over: Liquid instructions decide over its words: "
			      "\"%s\""),
			    text);
	else if (strstr(text, "{{dc.") != NULL || strstr(text, "{{ dc.") != NULL)
		import_note(import,
			    _("not carried over: dynamic content, whose words are not in the "
			      "export: \"%s\""),
			    text);
	else
		import_line(import, situation, import_step(import, "Answer"), text);
}

static void take_macro(struct import *import, const struct json *macro)
{
	const char *title = json_text(macro, "title");
	const char *description = json_text(macro, "description");
	const struct json *actions = json_member(macro, "actions");
	const struct json *restriction = json_member(macro, "restriction");
	const struct json *active = json_member(macro, "active");
	struct comment comment = {0};

	title = title == NULL ? "" : import_clean(import, title, strlen(title));
	import->subject = *title == '\0' ? _("a macro without a title") : title;
	if (*title == '\0' || !json_is_array(actions)) {
		import_note(import, _("not carried over: a macro has a title and actions"));
		return;
	}
	if (active != NULL && !json_true(macro, "active")) {
		import_note(import, _("not carried over: it is switched off"));
		return;
	}
	/* one title may name two macros: they stay two */
	double id = json_number(macro, "id", 0);
	const char *name = title;
	if (names_get(&import->situations, name) != NULL)
		name = arena_format(import->arena, "%s (%.0f)", title, id);
	size_t situation = import_situation(import, name);
	if (description != NULL)
		import_goal(import, situation,
			    import_clean(import, description, strlen(description)));
	if (json_is_object(restriction))
		import_note(import, _("not carried over: that only some may use it"));
	for (const struct json *action = json_first(actions); action != NULL;
	     action = json_next(action))
		take_action(import, &comment, action);
	take_words(import, situation, &comment);
}

bool import_zendesk(struct import *import, const char *text, size_t length)
{
	size_t offset = 0, count = 0;
	bool marked = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
	struct json *root = json_parse(text + (marked ? 3 : 0), length - (marked ? 3 : 0), &offset);
	const struct json *macros = json_member(root, "macros");
	const struct json *one = json_member(root, "macro");

	if (json_is_array(root))
		macros = root;
	if (root == NULL) {
		import->error = _("this is not JSON");
		import->error_line = 1;
		for (size_t i = 0; i < offset && i < length; i++)
			import->error_line += text[i] == '\n';
	} else if (json_is_object(one)) {
		take_macro(import, one);
	} else if (!json_is_array(macros)) {
		import->error = _("there are no \"macros\" in it");
	} else {
		for (const struct json *macro = json_first(macros); macro != NULL;
		     macro = json_next(macro), count++)
			take_macro(import, macro);
		import->subject = NULL;
		if (json_text(root, "next_page") != NULL ||
		    json_number(root, "count", (double)count) > (double)count)
			import_note(import, _("this is not all: the export has another page"));
	}
	/* what was taken was copied by import_clean; subjects of notes were, too */
	json_free(root);
	return import->error == NULL;
}
