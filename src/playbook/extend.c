#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "playbook/build.h"
#include "playbook/playbook.h"
#include "playbook/yaml.h"

/* --- Slots: by id, own ones first --- */

void extend_slots(struct build *build, const struct playbook *base)
{
	struct playbook *playbook = build->playbook;
	size_t own = playbook->slot_count;

	for (size_t i = 0; i < own; i++) {
		if (playbook->slots[i].ask == NULL)
			playbook->slots[i].ask = playbook->slots[i].id;
	}
	if (base != NULL && own == 0) {
		playbook->slots = base->slots;
		playbook->slot_count = base->slot_count;
	} else if (base != NULL) {
		struct slot *slots =
			arena_alloc(build->arena, (own + base->slot_count) * sizeof *slots);
		memcpy(slots, playbook->slots, own * sizeof *slots);
		playbook->slots = slots;
		for (size_t i = 0; i < base->slot_count; i++) {
			const char *id = base->slots[i].id;
			if (playbook_slot(playbook, id, strlen(id)) == NULL)
				slots[playbook->slot_count++] = base->slots[i];
		}
	}
	if (playbook->slot_count > PLAYBOOK_SLOTS_MOST) {
		build_tell(build, PROBLEM_ERROR, build_node(build, "slots"),
			   _("too many slots: %zu with those that it takes over; the most is %d"),
			   playbook->slot_count, PLAYBOOK_SLOTS_MOST);
		playbook->slot_count = PLAYBOOK_SLOTS_MOST;
	}
}

/* --- Steps: own ones, or else those of base --- */

static void tell_unknown_after(struct build *build, const struct yaml_node *node)
{
	const char *names[PLAYBOOK_STEPS_MOST];
	const struct playbook *playbook = build->playbook;

	for (size_t i = 0; i < playbook->step_count; i++)
		names[i] = playbook->steps[i].id;
	build_mend_name(
		build,
		build_tell(build, PROBLEM_ERROR, node, _("there is no step '%s'"), node->text),
		node->text, names, playbook->step_count);
}

static void read_after(struct build *build, const struct yaml_node *node, struct step *step)
{
	static const struct schema_key after = {"after", SCHEMA_STEPS, .bytes = SCHEMA_ID_BYTES};

	if (node->kind != YAML_LIST) {
		build_tell_shape(build, &after, node, false);
		return;
	}
	for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
		const char *id = build_text(build, &after, item);
		size_t i = playbook_step(build->playbook, id);
		if (*id == '\0')
			continue;
		if (i < build->playbook->step_count)
			step->after |= UINT32_C(1) << i;
		else
			tell_unknown_after(build, item);
	}
}

/* All steps that must come before one, directly or not. */
static uint32_t all_before(const struct playbook *playbook, size_t step)
{
	uint32_t before = playbook->steps[step].after;
	uint32_t seen = 0;

	while (before != seen) {
		seen = before;
		for (size_t i = 0; i < playbook->step_count; i++) {
			if (seen & UINT32_C(1) << i)
				before |= playbook->steps[i].after;
		}
	}
	return before;
}

static const struct yaml_node *after_of(const struct yaml_node *step)
{
	const struct yaml_node *child = step->kind == YAML_MAP ? step->first : NULL;

	while (child != NULL && strcmp(child->key->text, "after") != 0)
		child = child->next;
	return child;
}

static void resolve_after(struct build *build, const struct yaml_node *steps)
{
	struct playbook *playbook = build->playbook;
	const struct yaml_node *node = steps->first;

	for (size_t i = 0; i < playbook->step_count; i++, node = node->next) {
		const struct yaml_node *after = after_of(node);
		if (after != NULL)
			read_after(build, after, &playbook->steps[i]);
	}
	node = steps->first;
	for (size_t i = 0; i < playbook->step_count; i++, node = node->next) {
		if (!(all_before(playbook, i) & UINT32_C(1) << i))
			continue;
		struct problem *problem = build_tell(build, PROBLEM_ERROR, after_of(node),
						     _("'%s' would have to come before itself"),
						     playbook->steps[i].id);
		build_mend(build, problem, _("take one of the steps out of 'after'"));
		return;
	}
}

void extend_steps(struct build *build, const struct playbook *base)
{
	struct playbook *playbook = build->playbook;
	const struct yaml_node *steps = build_node(build, "steps");

	if (playbook->step_count > PLAYBOOK_STEPS_MOST) {
		build_tell(build, PROBLEM_ERROR, steps, _("too many steps: %zu; the most is %d"),
			   playbook->step_count, PLAYBOOK_STEPS_MOST);
		playbook->step_count = PLAYBOOK_STEPS_MOST;
	}
	if (playbook->step_count > 0) {
		build->steps_unknown = false;
		resolve_after(build, steps);
		return;
	}
	if (base != NULL) {
		playbook->steps = base->steps;
		playbook->step_count = base->step_count;
	}
	const struct yaml_node *situations = build_node(build, "situations");
	if (playbook->step_count > 0 || build->steps_unknown)
		return;
	build->steps_unknown = true;
	if (steps != NULL && steps->kind != YAML_LIST)
		return;
	const struct yaml_node *user = situations != NULL ? situations : build_node(build, "say");
	if (user != NULL) {
		build_mend(build,
			   build_tell(build, PROBLEM_ERROR, user->key,
				      _("this playbook has no steps to put lines under")),
			   _("add 'steps:', or 'extends: common' to take them from there"));
	}
}

/* --- All else --- */

/* Own lines, then those of base. */
static void add_lines(struct build *build, struct line_list *own, const struct line_list *base)
{
	if (base->count == 0)
		return;
	if (own->count == 0) {
		*own = *base;
		return;
	}
	struct line *lines = arena_alloc(build->arena, (own->count + base->count) * sizeof *lines);
	memcpy(lines, own->items, own->count * sizeof *lines);
	memcpy(lines + own->count, base->items, base->count * sizeof *lines);
	own->items = lines;
	own->count += base->count;
}

static void add_avoid(struct build *build, const struct playbook *base)
{
	struct playbook *playbook = build->playbook;
	size_t own = playbook->avoid_count;

	if (own == 0) {
		playbook->avoid = base->avoid;
	} else if (base->avoid_count > 0) {
		struct avoid *avoid =
			arena_alloc(build->arena, (own + base->avoid_count) * sizeof *avoid);
		memcpy(avoid, playbook->avoid, own * sizeof *avoid);
		memcpy(avoid + own, base->avoid, base->avoid_count * sizeof *avoid);
		playbook->avoid = avoid;
	}
	playbook->avoid_count = own + base->avoid_count;
}

static void add_noted(struct build *build, const struct playbook *base)
{
	struct playbook *playbook = build->playbook;

	for (size_t i = 0; i < base->noted_count; i++) {
		playbook->noted = arena_more(build->arena, playbook->noted, playbook->noted_count,
					     sizeof *playbook->noted);
		playbook->noted[playbook->noted_count++] = base->noted[i];
	}
}

void extend_rest(struct build *build, const struct playbook *base)
{
	struct playbook *playbook = build->playbook;

	if (base == NULL)
		return;
	/* By id: with steps of its own, lines for steps that it does not have stay behind. */
	for (size_t i = 0; i < base->step_count; i++) {
		size_t step = playbook_step(playbook, base->steps[i].id);
		if (step < playbook->step_count)
			add_lines(build, &playbook->say[step], &base->say[i]);
	}
	add_lines(build, &playbook->todo, &base->todo);
	add_avoid(build, base);
	add_lines(build, &playbook->follow_up.voice_notes, &base->follow_up.voice_notes);
	add_lines(build, &playbook->follow_up.messages, &base->follow_up.messages);
	add_noted(build, base);
	playbook->advice.off |= base->advice.off;
	for (size_t i = 0; i < ADVICE_WORDS_COUNT; i++)
		add_lines(build, &playbook->advice.words[i], &base->advice.words[i]);
	add_lines(build, &playbook->suggest.ignore, &base->suggest.ignore);
	if (playbook->suggest.threshold <= 0)
		playbook->suggest.threshold = base->suggest.threshold;
	if (build_node(build, "reflection") == NULL)
		playbook->reflection = base->reflection;
	if (build_node(build, "dates") == NULL)
		playbook->dates = base->dates;
	if (playbook->channels_question == NULL)
		playbook->channels_question = base->channels_question;
	if (build_node(build, "channels") == NULL) {
		playbook->channels = base->channels;
		playbook->channel_count = base->channel_count;
	}
}
