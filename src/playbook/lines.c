#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "playbook/build.h"
#include "playbook/names.h"
#include "playbook/playbook.h"
#include "playbook/quote.h"
#include "playbook/yaml.h"

static size_t count_children(const struct yaml_node *node)
{
	size_t count = 0;

	for (const struct yaml_node *child = node->first; child != NULL; child = child->next)
		count++;
	return count;
}

/* --- Slots in a line --- */

static void mend_slot(struct build *build, struct problem *problem, const char *id, size_t length)
{
	const char *names[PLAYBOOK_SLOTS_MOST];
	const struct playbook *playbook = build->playbook;
	char *name = arena_copy(build->scratch, id, length);
	size_t count = 0;

	for (char *letter = name; *letter != '\0'; letter++) {
		if (*letter >= 'A' && *letter <= 'Z')
			*letter = (char)(*letter - 'A' + 'a');
		else if (*letter == ' ' || *letter == '_')
			*letter = '-';
	}
	for (; count < playbook->slot_count && count < PLAYBOOK_SLOTS_MOST; count++)
		names[count] = playbook->slots[count].id;
	if (count > 0)
		build_mend_name(build, problem, name, names, count);
	else
		build_mend(build, problem, _("add it to 'slots' at the top of the file"));
}

static void check_slot(struct build *build, const struct yaml_node *node, const char *id,
		       size_t length)
{
	if (build->slots_unknown || playbook_slot(build->playbook, id, length) != NULL)
		return;
	const char *words = arena_format(build->scratch, "<%.*s>", (int)length, id);
	struct problem *problem = build_tell_words(build, PROBLEM_ERROR, node, words,
						   _("there is no slot '%.*s'"), (int)length, id);
	mend_slot(build, problem, id, length);
}

/* <Customer name>: meant as a slot, yet no name of one. */
static void check_miswritten(struct build *build, const struct yaml_node *node, const char *bracket)
{
	static const char letters[] = PLAYBOOK_ID_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ_ ";
	size_t length = strspn(bracket + 1, letters);

	if (length == 0 || bracket[1] == ' ' || bracket[1 + length] != '>')
		return;
	const char *words = arena_copy(build->scratch, bracket, length + 2);
	struct problem *problem = build_tell_words(build, PROBLEM_ERROR, node, words,
						   _("'%s' is not the name of a slot"), words);
	mend_slot(build, problem, bracket + 1, length);
}

static void check_braces(struct build *build, const struct yaml_node *node, const char *brace)
{
	const char *slot = quote_slot(build->scratch, brace);

	if (slot == NULL)
		return;
	bool known = playbook_slot(build->playbook, slot + 1, strlen(slot) - 2) != NULL;
	struct problem *problem =
		build_tell_words(build, known ? PROBLEM_ERROR : PROBLEM_WARNING, node,
				 arena_copy(build->scratch, brace, strcspn(brace, "}") + 1),
				 _("slots are not written in braces"));
	build_mend(build, problem, "write %s", slot);
}

void build_check_slots(struct build *build, const struct yaml_node *node, const char *text)
{
	const char *sign;

	/* most lines have neither, which strpbrk would be long in finding out */
	if (strchr(text, '<') == NULL && strchr(text, '{') == NULL)
		return;
	sign = strpbrk(text, "<{");
	for (; sign != NULL; sign = strpbrk(sign + 1, "<{")) {
		size_t offset = (size_t)(sign - text);
		size_t length;
		const char *id;
		if (*sign == '{' && (sign == text || sign[-1] != '{'))
			check_braces(build, node, sign);
		else if (*sign == '{')
			continue;
		else if (playbook_next_slot(text, &offset, &id, &length) && id == sign + 1)
			check_slot(build, node, id, length);
		else
			check_miswritten(build, node, sign);
	}
}

/* --- Lists of lines --- */

/* {say: …, advice-off: […]}: a line that is more than its text. */
static bool read_line_map(struct build *build, const struct schema_key *key,
			  const struct yaml_node *item, struct line *line)
{
	struct noted_line noted = {.line = {.text = ""}};
	struct playbook *playbook = build->playbook;

	if (key->kind != SCHEMA_LINES || item->kind != YAML_MAP || playbook == NULL ||
	    build_child(item, "advice-off") == NULL)
		return false;
	build_record(build, schema_line(), item, &noted);
	*line = noted.line;
	playbook->noted = arena_more(build->arena, playbook->noted, playbook->noted_count,
				     sizeof *playbook->noted);
	playbook->noted[playbook->noted_count++] = noted;
	return true;
}

void build_choices(struct build *build, const struct schema_key *key, const struct yaml_node *node,
		   uint32_t *field)
{
	size_t count = 0;

	while (key->words[count] != NULL)
		count++;
	if (node->kind != YAML_LIST) {
		build_tell_shape(build, key, node, false);
		return;
	}
	for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
		const char *text = build_text(build, key, item);
		size_t i = 0;
		while (i < count && strcmp(key->words[i], text) != 0)
			i++;
		if (i < count)
			*field |= UINT32_C(1) << i;
		else if (*text != '\0')
			build_mend_name(build,
					build_tell(build, PROBLEM_ERROR, item,
						   _("'%s' is no word for '%s'"), text, key->name),
					text, key->words, count);
	}
}

void build_lines(struct build *build, const struct schema_key *key, const struct yaml_node *node,
		 struct line_list *lines)
{
	if (node->kind != YAML_LIST) {
		build_tell_shape(build, key, node, false);
		return;
	}
	lines->items = arena_alloc(build->arena, count_children(node) * sizeof *lines->items);
	for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
		struct line *line = &lines->items[lines->count++];
		if (read_line_map(build, key, item, line))
			continue;
		line->text = build_text(build, key, item);
		line->place = (struct place){build->file, item->line, item->column};
		if (key->kind == SCHEMA_LINES)
			build_check_slots(build, item, line->text);
	}
}

static void tell_unknown_step(struct build *build, const struct yaml_node *node, const char *id)
{
	const char *names[PLAYBOOK_STEPS_MOST];
	const struct playbook *playbook = build->playbook;

	for (size_t i = 0; i < playbook->step_count; i++)
		names[i] = playbook->steps[i].id;
	build_mend_name(build,
			build_tell(build, PROBLEM_ERROR, node, _("there is no step '%s'"), id), id,
			names, playbook->step_count);
}

void build_step_lines(struct build *build, const struct schema_key *key,
		      const struct yaml_node *node, struct line_list *lines)
{
	struct schema_key step = *key;
	const struct yaml_node *seen[PLAYBOOK_STEPS_MOST] = {NULL};
	bool empty = true;

	if (node->kind != YAML_MAP) {
		build_tell_shape(build, key, node, false);
		return;
	}
	step.kind = SCHEMA_LINES;
	for (const struct yaml_node *child = node->first; child != NULL; child = child->next) {
		const char *id = child->key->text;
		size_t i = playbook_step(build->playbook, id);
		struct line_list nowhere = {0};
		step.name = id;
		if (i == build->playbook->step_count) {
			if (!build->steps_unknown)
				tell_unknown_step(build, child->key, id);
			build_lines(build, &step, child, &nowhere);
		} else if (seen[i] != NULL) {
			build_tell_twin(build, child->key, seen[i]);
			build_lines(build, &step, child, &nowhere);
		} else {
			seen[i] = child->key;
			build_lines(build, &step, child, &lines[i]);
		}
		empty = empty && child->kind == YAML_LIST && child->first == NULL;
	}
	if (empty && key->required) {
		build_mend(build,
			   build_tell(build, PROBLEM_ERROR, node->key,
				      _("this situation has no lines to say")),
			   _("write at least one line, under one of the steps"));
	}
}

/* --- Pairs of words --- */

struct swap_order {
	struct swap swap;
	size_t words;
	size_t order;
};

static int compare_swaps(const void *left, const void *right)
{
	const struct swap_order *a = left;
	const struct swap_order *b = right;

	if (a->words != b->words)
		return a->words > b->words ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static size_t count_words(const char *text)
{
	size_t words = 0;

	for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
		words++;
		text += strcspn(text, " ");
	}
	return words;
}

void build_swaps(struct build *build, const struct schema_key *key, const struct yaml_node *node,
		 void *field, size_t *count)
{
	struct schema_key pair = *key;
	struct names names = {0};
	struct swap **swaps = field;

	if (node->kind != YAML_MAP) {
		build_tell_shape(build, key, node, false);
		return;
	}
	pair.kind = SCHEMA_TEXT;
	size_t most = count_children(node);
	struct swap_order *found = arena_alloc(build->scratch, most * sizeof *found);
	for (struct yaml_node *child = node->first; child != NULL; child = child->next) {
		struct yaml_node *twin =
			names_put(&names, build->scratch, child->key->text, child->key);
		if (twin != NULL) {
			build_tell_twin(build, child->key, twin);
			continue;
		}
		pair.name = key->name;
		const char *from = arena_string(build->arena, build_text(build, &pair, child->key));
		pair.name = child->key->text;
		const char *to = build_text(build, &pair, child);
		found[*count] = (struct swap_order){{from, to}, count_words(from), *count};
		++*count;
	}
	qsort(found, *count, sizeof *found, compare_swaps);
	*swaps = arena_alloc(build->arena, *count * sizeof **swaps);
	for (size_t i = 0; i < *count; i++)
		(*swaps)[i] = found[i].swap;
}
