#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/build.h"
#include "playbook/quote.h"
#include "playbook/source.h"
#include "playbook/yaml.h"

static struct problem *tell_at(struct build *build, enum problem_severity severity,
			       struct place place, const char *message)
{
	struct problem *problem = problem_add(build->problems, severity, place, "%s", message);

	build->failed = build->failed || severity == PROBLEM_ERROR;
	/* Past the limit nobody reads it, and finding the line takes time. */
	if (build->told++ < PROBLEM_MOST) {
		problem->source = yaml_source_line(build->problems->arena, build->text,
						   build->length, place.line);
	}
	return problem;
}

struct problem *build_tell(struct build *build, enum problem_severity severity,
			   const struct yaml_node *node, const char *format, ...)
{
	struct place place = {build->file, node->line, node->column};
	va_list arguments;

	va_start(arguments, format);
	const char *message = arena_vformat(build->scratch, format, arguments);
	va_end(arguments);
	return tell_at(build, severity, place, message);
}

void build_mend(struct build *build, struct problem *problem, const char *format, ...)
{
	va_list arguments;

	if (build->told > PROBLEM_MOST)
		return;
	va_start(arguments, format);
	problem->mend = arena_vformat(build->problems->arena, format, arguments);
	va_end(arguments);
}

const char *build_source(struct build *build, int line)
{
	const char *source = yaml_source_line(build->scratch, build->text, build->length, line);

	return source == NULL ? "" : source;
}

static void find_words(struct build *build, const struct yaml_node *node, const char *words,
		       struct place *place)
{
	for (int i = 0; i < node->lines; i++) {
		const char *source = build_source(build, node->line + i);
		const char *start = i == 0 ? source_at(source, node->column) : source;
		const char *found = strstr(start, words);
		if (found == NULL)
			continue;
		place->line = node->line + i;
		place->column = source_column(source, found);
		return;
	}
}

struct problem *build_tell_words(struct build *build, enum problem_severity severity,
				 const struct yaml_node *node, const char *words,
				 const char *format, ...)
{
	struct place place = {build->file, node->line, node->column};
	va_list arguments;

	va_start(arguments, format);
	const char *message = arena_vformat(build->scratch, format, arguments);
	va_end(arguments);
	if (build->told < PROBLEM_MOST)
		find_words(build, node, words, &place);
	return tell_at(build, severity, place, message);
}

bool build_is_empty(const struct yaml_node *node)
{
	return node->kind == YAML_TEXT && !node->quoted && node->text[0] == '\0';
}

void build_tell_twin(struct build *build, const struct yaml_node *key, const struct yaml_node *twin)
{
	struct problem *problem =
		build_tell(build, PROBLEM_ERROR, key, _("'%s' stands twice"), key->text);

	build_mend(build, problem, _("the first is in line %d"), twin->line);
}

/* --- Names --- */

static size_t longest_slip(const char *name)
{
	return strlen(name) < 4 ? 1 : 2;
}

size_t build_mend_slip(struct build *build, struct problem *problem, const char *name,
		       const char *const *names, size_t count)
{
	size_t nearest = count;
	int best = (int)longest_slip(name) + 1;

	if (build->told > PROBLEM_MOST)
		return count;
	for (size_t i = 0; i < count; i++) {
		int distance = text_distance(name, strlen(name), names[i], strlen(names[i]), best);
		if (distance < best) {
			best = distance;
			nearest = i;
		}
	}
	if (nearest < count)
		build_mend(build, problem, _("did you mean '%s'?"), names[nearest]);
	return nearest;
}

size_t build_mend_name(struct build *build, struct problem *problem, const char *name,
		       const char *const *names, size_t count)
{
	size_t nearest = build_mend_slip(build, problem, name, names, count);

	if (build->told > PROBLEM_MOST || nearest < count || count == 0)
		return nearest;
	const char *list = names[0];
	for (size_t i = 1; i < count; i++)
		list = arena_format(build->scratch, "%s, %s", list, names[i]);
	build_mend(build, problem, _("there are: %s"), list);
	return count;
}

/* --- Shapes --- */

static const char *shape(const struct yaml_node *node)
{
	switch (node->kind) {
	case YAML_TEXT: return _("one text");
	case YAML_LIST: return _("a list");
	case YAML_MAP: return _("keys with values");
	}
	return "";
}

static bool is_one_text(enum schema_kind kind)
{
	return strcmp(schema_wants(kind), schema_wants(SCHEMA_TEXT)) == 0 ||
	       kind == SCHEMA_FORMAT || kind == SCHEMA_FLAG || kind == SCHEMA_DATE ||
	       kind == SCHEMA_NUMBER || kind == SCHEMA_SHARE;
}

static bool is_list(enum schema_kind kind)
{
	return kind == SCHEMA_TEXTS || kind == SCHEMA_LINES || kind == SCHEMA_STEPS ||
	       kind == SCHEMA_CHOICES || kind == SCHEMA_RECORDS;
}

/* A text that YAML took for a map: `- I hear you: that is hard`, or `{customer}`. */
static bool tell_text_as_map(struct build *build, const struct yaml_node *node)
{
	const struct yaml_node *entry = node->first;
	const char *source = source_at(build_source(build, node->line), node->column);
	const char *slot = quote_slot(build->scratch, source);

	if (slot != NULL) {
		struct problem *problem = build_tell(build, PROBLEM_ERROR, node,
						     _("slots are not written in braces"));
		build_mend(build, problem, "write %s", slot);
		return true;
	}
	if (*source == '{' || entry == NULL || entry->next != NULL || entry->kind != YAML_TEXT ||
	    entry->text[0] == '\0')
		return false;
	struct problem *problem =
		build_tell(build, PROBLEM_ERROR, node, _("the colon after '%s' makes a key of it"),
			   entry->key->text);
	const char *text = arena_format(build->scratch, "%s: %s", entry->key->text, entry->text);
	build_mend(build, problem, _("put the whole text in quotes: %s"),
		   quote_words(build->scratch, text, strlen(text)));
	return true;
}

static void mend_shape(struct build *build, struct problem *problem, const struct schema_key *key,
		       const struct yaml_node *node, bool item)
{
	if (item && key->map != NULL) {
		build_mend(build, problem, _("begin it with '- %s: …'"), key->map->keys[0].name);
	} else if (item) {
		if (node->kind == YAML_LIST)
			build_mend(build, problem,
				   _("put the whole text in quotes, if it is one; "
				     "else give each item a line"));
	} else if (is_list(key->kind)) {
		build_mend(build, problem,
			   _("put each item on a line of its own, begun with '- '"));
	} else if (is_one_text(key->kind)) {
		if (node->kind == YAML_LIST)
			build_mend(build, problem,
				   _("write it in the line of '%s:', without '- ' or "
				     "brackets"),
				   key->name);
	} else if (key->kind == SCHEMA_STEP_LINES) {
		build_mend(build, problem,
			   _("name the step first, such as 'reflect:', and put its "
			     "lines below it"));
	} else if (key->kind == SCHEMA_SWAPS) {
		build_mend(build, problem, _("write {my: your, mine: yours}"));
	} else if (key->kind == SCHEMA_NAMED) {
		build_mend(build, problem,
			   _("write each one as 'its-name: {%s: …}', in a line below"),
			   key->map->keys[0].name);
	} else if (key->map != NULL) {
		build_mend(build, problem, _("write '%s: …' below it, indented"),
			   key->map->keys[0].name);
	}
}

void build_tell_shape(struct build *build, const struct schema_key *key,
		      const struct yaml_node *node, bool item)
{
	bool text = is_one_text(key->kind) || (item && key->map == NULL);

	if (build_is_empty(node)) {
		const struct yaml_node *at = !item && node->key != NULL ? node->key : node;
		struct problem *problem = build_tell(
			build, PROBLEM_ERROR, at,
			item ? _("an item of '%s' is empty") : _("'%s' is empty"), key->name);
		build_mend(build, problem, _("write something there, or take it out"));
		return;
	}
	if (text && node->kind == YAML_MAP && tell_text_as_map(build, node))
		return;
	const char *wants = text ? schema_wants(SCHEMA_TEXT) : schema_wants(key->kind);
	if (item && !text)
		wants = schema_wants(SCHEMA_RECORD);
	struct problem *problem = build_tell(build, PROBLEM_ERROR, node,
					     item ? _("an item of '%s' wants %s, not %s")
						  : _("'%s' wants %s, not %s"),
					     key->name, wants, shape(node));
	mend_shape(build, problem, key, node, item);
}
