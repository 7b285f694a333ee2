#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/build.h"
#include "playbook/playbook.h"
#include "playbook/yaml.h"

enum { WEEKDAYS = 7, MONTHS = 12, DIGITS = 10, HOURS = 24 };

static void check_count(struct build *build, const struct yaml_node *dates, const char *name,
			const struct line_list *list, size_t count)
{
	const struct yaml_node *node = build_child(dates, name);

	if (node == NULL || node->kind != YAML_LIST || list->count == count)
		return;
	build_mend(build,
		   build_tell(build, PROBLEM_ERROR, node, _("'%s' are %zu here, not %zu"), name,
			      list->count, count),
		   _("write them all, one an item"));
}

static void check_digits(struct build *build, const struct yaml_node *node)
{
	size_t count = 0;

	if (node == NULL || node->kind != YAML_TEXT)
		return;
	for (const char *at = node->text; *at != '\0'; at++)
		count += ((unsigned char)*at & 0xc0) != 0x80;
	if (count != DIGITS)
		build_mend(build,
			   build_tell(build, PROBLEM_ERROR, node, _("'%s' are not ten digits"),
				      node->text),
			   _("write the ten of them without blanks, from 0 on"));
}

static void check_parts(struct build *build, const struct yaml_node *node)
{
	if (node == NULL || node->kind != YAML_MAP)
		return;
	for (const struct yaml_node *part = node->first; part != NULL; part = part->next) {
		const char *text = part->key->text;
		bool digits = *text != '\0' && text[strspn(text, "0123456789")] == '\0';
		if (digits && strlen(text) <= 2 && strtol(text, NULL, 10) < HOURS)
			continue;
		build_mend(build,
			   build_tell(build, PROBLEM_ERROR, part->key, _("'%s' is no hour"), text),
			   _("write the hour with which '%s' begins, 0 to 23"), part->text);
	}
}

static void check_pattern(struct build *build, const struct yaml_node *node)
{
	static const char *const words[] = {"weekday", "day",  "month",	 "year",
					    "part",    "hour", "hour24", "minute"};
	enum { COUNT = sizeof words / sizeof *words };
	size_t offset = 0, length;
	const char *id;

	if (node == NULL || node->kind != YAML_TEXT)
		return;
	while (playbook_next_slot(node->text, &offset, &id, &length)) {
		const char *name = arena_copy(build->scratch, id, length);
		size_t i = 0;
		while (i < COUNT && strcmp(words[i], name) != 0)
			i++;
		if (i == COUNT)
			build_mend_name(build,
					build_tell_words(build, PROBLEM_ERROR, node,
							 arena_format(build->scratch, "<%s>", name),
							 _("there is no '<%s>' in a date"), name),
					name, words, COUNT);
	}
}

void build_check_dates(struct build *build)
{
	const struct yaml_node *node = build_node(build, "dates");
	const struct dates *dates = &build->playbook->dates;

	if (node == NULL || node->kind != YAML_MAP)
		return;
	check_count(build, node, "weekdays", &dates->weekdays, WEEKDAYS);
	check_count(build, node, "months", &dates->months, MONTHS);
	check_digits(build, build_child(node, "digits"));
	check_parts(build, build_child(node, "parts"));
	check_pattern(build, build_child(node, "hour"));
	check_pattern(build, build_child(node, "minute"));
}
