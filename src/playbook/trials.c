#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "playbook/build.h"
#include "playbook/playbook.h"
#include "playbook/yaml.h"

static void check_name(struct build *build, const struct yaml_node *node, const char *thing,
		       const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], name) == 0)
			return;
	}
	build_mend_name(build,
			build_tell(build, PROBLEM_ERROR, node, _("there is no %s '%s'"),
				   C_("kind", thing), name),
			name, names, count);
}

static void check_situation(struct build *build, const struct yaml_node *node,
			    const struct trial *trial)
{
	const struct playbook *playbook = build->playbook;
	size_t count = playbook->situation_count;
	const char **names = arena_alloc(build->scratch, (count + 1) * sizeof *names);

	if (node == NULL || (trial->heard != NULL && strcmp(trial->situation, "none") == 0))
		return;
	for (size_t i = 0; i < count; i++)
		names[i] = playbook->situations[i].id;
	check_name(build, node, "situation", trial->situation, names, count);
}

static void check_step(struct build *build, const struct yaml_node *node, const struct trial *trial)
{
	const struct playbook *playbook = build->playbook;
	const char *names[PLAYBOOK_STEPS_MOST];

	if (node == NULL || build->steps_unknown)
		return;
	for (size_t i = 0; i < playbook->step_count; i++)
		names[i] = playbook->steps[i].id;
	check_name(build, node, "step", trial->step, names, playbook->step_count);
}

static void check_slots(struct build *build, const struct yaml_node *node)
{
	const struct playbook *playbook = build->playbook;
	const char *names[PLAYBOOK_SLOTS_MOST];

	if (node == NULL || node->kind != YAML_MAP || build->slots_unknown)
		return;
	for (size_t i = 0; i < playbook->slot_count; i++)
		names[i] = playbook->slots[i].id;
	for (const struct yaml_node *child = node->first; child != NULL; child = child->next)
		check_name(build, child->key, "slot", child->key->text, names,
			   playbook->slot_count);
}

/* A key that says nothing beside another. */
static void refuse(struct build *build, const struct yaml_node *test, const char *name,
		   const char *beside)
{
	const struct yaml_node *node = build_child(test, name);

	if (node != NULL)
		build_mend(build,
			   build_tell(build, PROBLEM_ERROR, node->key,
				      _("'%s' means nothing beside '%s'"), name, beside),
			   _("take it out, or make two tests of it"));
}

static void check_trial(struct build *build, const struct yaml_node *node,
			const struct trial *trial)
{
	static const char *const not_heard[] = {"says", "slots", "line", "step"};

	if (trial->heard == NULL && trial->says == NULL) {
		build_mend(build,
			   build_tell(build, PROBLEM_ERROR, node, _("this test tests nothing")),
			   _("write 'heard: …' and 'situation: …', or 'says: …'"));
	} else if (trial->heard != NULL) {
		for (size_t i = 0; i < sizeof not_heard / sizeof *not_heard; i++)
			refuse(build, node, not_heard[i], "heard");
		if (trial->situation == NULL)
			build_mend(build,
				   build_tell(build, PROBLEM_ERROR, node,
					      _("this test does not say where that leads")),
				   _("add 'situation: …', or 'situation: none'"));
	} else if (trial->line != NULL) {
		refuse(build, node, "situation", "line");
		refuse(build, node, "step", "line");
	}
	check_situation(build, build_child(node, "situation"), trial);
	check_step(build, build_child(node, "step"), trial);
	check_slots(build, build_child(node, "slots"));
}

void build_check_trials(struct build *build)
{
	const struct yaml_node *tests = build_node(build, "tests");
	size_t i = 0;

	if (tests == NULL || tests->kind != YAML_LIST)
		return;
	for (const struct yaml_node *node = tests->first; node != NULL; node = node->next) {
		if (node->kind == YAML_MAP)
			check_trial(build, node, &build->playbook->trials[i]);
		i++;
	}
}
