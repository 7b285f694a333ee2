#include "playbook/diff_parts.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "playbook/diff.h"
#include "playbook/playbook.h"

void diff_add(struct diff *diff, const char *what, enum difference_kind kind, const char *before,
	      const char *after, const char *home)
{
	struct difference_list *list = diff->list;
	const struct situation *situation = diff->situation;
	const struct step *step = diff->step;

	list->items = arena_more(list->arena, list->items, list->count, sizeof *list->items);
	list->items[list->count++] = (struct difference){
		.kind = kind,
		.what = what,
		.situation = situation == NULL ? NULL : situation->id,
		.situation_title = situation == NULL ? NULL : situation->title,
		.step = step == NULL ? NULL : step->id,
		.step_title = step == NULL ? NULL : step->title,
		.before = before,
		.after = after,
		.home = home,
	};
}

static bool same(const char *left, const char *right)
{
	if (left == NULL || right == NULL)
		return left == right;
	return strcmp(left, right) == 0;
}

static double like_lines(const void *context, size_t before, size_t after)
{
	const struct line_list *const *lists = context;

	return diff_similarity(lists[0]->items[before].text, lists[1]->items[after].text);
}

static double like_slots(const void *context, size_t before, size_t after)
{
	const struct diff *diff = context;

	return same(diff->before->slots[before].ask, diff->after->slots[after].ask);
}

static double like_steps(const void *context, size_t before, size_t after)
{
	const struct diff *diff = context;

	return same(diff->before->steps[before].title, diff->after->steps[after].title);
}

static double like_channels(const void *context, size_t before, size_t after)
{
	const struct diff *diff = context;

	return same(diff->before->channels[before].reach, diff->after->channels[after].reach);
}

/* --- Texts and lists of texts --- */

void diff_text(struct diff *diff, const char *what, const char *before, const char *after,
	       const char *home)
{
	if (same(before, after))
		return;
	diff_add(diff, what,
		 before == NULL	 ? DIFFERENCE_ADDED
		 : after == NULL ? DIFFERENCE_REMOVED
				 : DIFFERENCE_REWORDED,
		 before, after, home);
}

static const char **texts_of(struct diff *diff, const struct line_list *lines)
{
	const char **texts = arena_alloc(&diff->scratch, (lines->count + 1) * sizeof *texts);

	for (size_t i = 0; i < lines->count; i++)
		texts[i] = lines->items[i].text;
	return texts;
}

/* Whether what is in both stands in another order. */
bool diff_is_reordered(const struct diff_match *match, size_t before_count)
{
	size_t last = 0;

	for (size_t i = 0; i < before_count; i++) {
		if (match->to[i] == DIFF_NONE)
			continue;
		if (match->to[i] < last)
			return true;
		last = match->to[i];
	}
	return false;
}

void diff_lines(struct diff *diff, const char *what, const struct line_list *before,
		const struct line_list *after)
{
	const struct line_list *lists[] = {before, after};
	const char **old = texts_of(diff, before);
	const char **new = texts_of(diff, after);
	struct diff_match match = diff_match(&diff->scratch, old, before->count, new, after->count,
					     like_lines, lists);

	for (size_t i = 0; i < before->count; i++) {
		if (match.to[i] == DIFF_NONE)
			diff_add(diff, what, DIFFERENCE_REMOVED, old[i], NULL,
				 before->items[i].place.file);
	}
	for (size_t i = 0; i < after->count; i++) {
		const char *text = match.from[i] == DIFF_NONE ? NULL : old[match.from[i]];
		diff_text(diff, what, text, new[i], after->items[i].place.file);
	}
	if (diff_is_reordered(&match, before->count))
		diff_add(diff, what, DIFFERENCE_REORDERED, NULL, NULL, after->items[0].place.file);
}

void diff_follow_up(struct diff *diff, const struct follow_up *before,
		    const struct follow_up *after)
{
	diff_lines(diff, "voice-note", &before->voice_notes, &after->voice_notes);
	diff_lines(diff, "message", &before->messages, &after->messages);
}

/* --- Records: equal keys are matched, then their parts are compared --- */

static const char *say_avoid(struct diff *diff, const struct avoid *avoid)
{
	if (avoid->instead == NULL)
		return avoid->phrase;
	return arena_format(diff->list->arena, "%s → %s", avoid->phrase, avoid->instead);
}

void diff_avoid(struct diff *diff, const struct avoid *before, size_t before_count,
		const struct avoid *after, size_t after_count)
{
	struct arena *arena = &diff->scratch;
	const char **old = arena_alloc(arena, (before_count + 1) * sizeof *old);
	const char **new = arena_alloc(arena, (after_count + 1) * sizeof *new);

	for (size_t i = 0; i < before_count; i++)
		old[i] = before[i].phrase;
	for (size_t i = 0; i < after_count; i++)
		new[i] = after[i].phrase;
	struct diff_match match =
		diff_match(arena, old, before_count, new, after_count, NULL, NULL);
	for (size_t i = 0; i < before_count; i++) {
		if (match.to[i] == DIFF_NONE)
			diff_add(diff, "avoid", DIFFERENCE_REMOVED, say_avoid(diff, &before[i]),
				 NULL, before[i].place.file);
	}
	for (size_t i = 0; i < after_count; i++) {
		size_t from = match.from[i];
		diff_text(diff, "avoid", from == DIFF_NONE ? NULL : say_avoid(diff, &before[from]),
			  say_avoid(diff, &after[i]), after[i].place.file);
	}
}

static const char *say_channel(struct diff *diff, const struct channel *channel)
{
	if (channel->purpose == NULL)
		return arena_format(diff->list->arena, "%s: %s", channel->name, channel->reach);
	return arena_format(diff->list->arena, "%s: %s (%s)", channel->name, channel->reach,
			    channel->purpose);
}

void diff_channels(struct diff *diff)
{
	const struct playbook *before = diff->before, *after = diff->after;
	struct arena *arena = &diff->scratch;
	const char **old = arena_alloc(arena, (before->channel_count + 1) * sizeof *old);
	const char **new = arena_alloc(arena, (after->channel_count + 1) * sizeof *new);

	for (size_t i = 0; i < before->channel_count; i++)
		old[i] = before->channels[i].name;
	for (size_t i = 0; i < after->channel_count; i++)
		new[i] = after->channels[i].name;
	struct diff_match match = diff_match(arena, old, before->channel_count, new,
					     after->channel_count, like_channels, diff);
	for (size_t i = 0; i < before->channel_count; i++) {
		if (match.to[i] == DIFF_NONE)
			diff_add(diff, "channel", DIFFERENCE_REMOVED,
				 say_channel(diff, &before->channels[i]), NULL,
				 before->channels[i].place.file);
	}
	for (size_t i = 0; i < after->channel_count; i++) {
		const char *text = match.from[i] == DIFF_NONE
					   ? NULL
					   : say_channel(diff, &before->channels[match.from[i]]);
		diff_text(diff, "channel", text, say_channel(diff, &after->channels[i]),
			  after->channels[i].place.file);
	}
	if (diff_is_reordered(&match, before->channel_count))
		diff_add(diff, "channel", DIFFERENCE_REORDERED, NULL, NULL,
			 after->channels[0].place.file);
}

static const char *say_slot(struct diff *diff, const struct slot *slot)
{
	return arena_format(diff->list->arena, "<%s> %s%s%s%s", slot->id, slot->ask,
			    slot->otherwise == NULL ? "" : ", or: ",
			    slot->otherwise == NULL ? "" : slot->otherwise,
			    slot->reflect ? ", turned round" : "");
}

void diff_slots(struct diff *diff)
{
	const struct playbook *before = diff->before, *after = diff->after;
	const char *old[PLAYBOOK_SLOTS_MOST], *new[PLAYBOOK_SLOTS_MOST];

	for (size_t i = 0; i < before->slot_count; i++)
		old[i] = before->slots[i].id;
	for (size_t i = 0; i < after->slot_count; i++)
		new[i] = after->slots[i].id;
	struct diff_match match = diff_match(&diff->scratch, old, before->slot_count, new,
					     after->slot_count, like_slots, diff);
	for (size_t i = 0; i < before->slot_count; i++) {
		if (match.to[i] == DIFF_NONE)
			diff_add(diff, "slot", DIFFERENCE_REMOVED,
				 say_slot(diff, &before->slots[i]), NULL,
				 before->slots[i].place.file);
	}
	for (size_t i = 0; i < after->slot_count; i++) {
		const struct slot *slot = &after->slots[i];
		size_t from = match.from[i];
		if (from != DIFF_NONE && strcmp(before->slots[from].id, slot->id) != 0)
			diff_add(diff, "slot", DIFFERENCE_RENAMED, before->slots[from].id, slot->id,
				 slot->place.file);
		else
			diff_text(diff, "slot",
				  from == DIFF_NONE ? NULL : say_slot(diff, &before->slots[from]),
				  say_slot(diff, slot), slot->place.file);
	}
}

/* "Make it right (a hint), after reflect, after validate" */
static const char *say_step(struct diff *diff, const struct playbook *playbook, size_t number)
{
	const struct step *step = &playbook->steps[number];
	const char *text = step->title;

	if (step->hint != NULL)
		text = arena_format(diff->list->arena, "%s (%s)", text, step->hint);
	for (size_t i = 0; i < playbook->step_count; i++) {
		if (step->after & UINT32_C(1) << i)
			text = arena_format(diff->list->arena, "%s, after %s", text,
					    playbook->steps[i].id);
	}
	return text;
}

void diff_steps(struct diff *diff)
{
	const struct playbook *before = diff->before, *after = diff->after;
	const char *old[PLAYBOOK_STEPS_MOST], *new[PLAYBOOK_STEPS_MOST];

	for (size_t i = 0; i < before->step_count; i++)
		old[i] = before->steps[i].id;
	for (size_t i = 0; i < after->step_count; i++)
		new[i] = after->steps[i].id;
	diff->steps = diff_match(&diff->scratch, old, before->step_count, new, after->step_count,
				 like_steps, diff);
	for (size_t i = 0; i < before->step_count; i++) {
		if (diff->steps.to[i] == DIFF_NONE)
			diff_add(diff, "step", DIFFERENCE_REMOVED, say_step(diff, before, i), NULL,
				 before->steps[i].place.file);
	}
	for (size_t i = 0; i < after->step_count; i++) {
		const char *home = after->steps[i].place.file;
		size_t from = diff->steps.from[i];
		if (from != DIFF_NONE && strcmp(old[from], new[i]) != 0)
			diff_add(diff, "step", DIFFERENCE_RENAMED, old[from], new[i], home);
		diff_text(diff, "step", from == DIFF_NONE ? NULL : say_step(diff, before, from),
			  say_step(diff, after, i), home);
	}
	for (size_t i = 0; i < after->step_count; i++) {
		size_t from = diff->steps.from[i];
		diff->step = &after->steps[i];
		if (from != DIFF_NONE)
			diff_lines(diff, "cue", &before->steps[from].cues, &after->steps[i].cues);
		if (from != DIFF_NONE)
			diff_lines(diff, "echo", &before->steps[from].echoes,
				   &after->steps[i].echoes);
	}
	diff->step = NULL;
	if (diff_is_reordered(&diff->steps, before->step_count))
		diff_add(diff, "step", DIFFERENCE_REORDERED, NULL, NULL,
			 after->steps[0].place.file);
}

static const char *say_threshold(struct diff *diff, double threshold)
{
	return threshold > 0 ? arena_format(diff->list->arena, "%g", threshold) : NULL;
}

void diff_suggesting(struct diff *diff)
{
	const struct suggesting *before = &diff->before->suggest;
	const struct suggesting *after = &diff->after->suggest;

	const char *home =
		after->ignore.count > 0 ? after->ignore.items[0].place.file : diff->after->file;

	diff_text(diff, "threshold", say_threshold(diff, before->threshold),
		  say_threshold(diff, after->threshold), home);
	diff_lines(diff, "ignore", &before->ignore, &after->ignore);
}

static struct line say_swap(struct diff *diff, const struct swap *swap, const char *home)
{
	return (struct line){
		.text = arena_format(diff->list->arena, "%s → %s", swap->from, swap->to),
		.place = {.file = home},
	};
}

static void diff_swaps(struct diff *diff, const char *what, const struct swap *before,
		       size_t before_count, const struct swap *after, size_t after_count,
		       const char *home)
{
	struct line_list old = {0}, new = {0};

	old.items = arena_alloc(&diff->scratch, (before_count + 1) * sizeof *old.items);
	new.items = arena_alloc(&diff->scratch, (after_count + 1) * sizeof *new.items);
	for (size_t i = 0; i < before_count; i++)
		old.items[old.count++] = say_swap(diff, &before[i], home);
	for (size_t i = 0; i < after_count; i++)
		new.items[new.count++] = say_swap(diff, &after[i], home);
	diff_lines(diff, what, &old, &new);
}

/* "can you → I'd like you to" a line. */
static struct line_list say_frames(struct diff *diff, const struct reflection *reflection,
				   const char *home)
{
	struct line_list list = {0};

	for (size_t i = 0; i < reflection->frame_count; i++) {
		const struct frame *frame = &reflection->frames[i];

		for (size_t k = 0; k < frame->heard.count; k++) {
			struct swap pair = {frame->heard.items[k].text,
					    frame->means ? frame->means : "<heard>"};

			list.items = arena_more(&diff->scratch, list.items, list.count,
						sizeof *list.items);
			list.items[list.count++] = say_swap(diff, &pair, home);
		}
	}
	return list;
}

void diff_reflection(struct diff *diff)
{
	const struct reflection *before = &diff->before->reflection;
	const struct reflection *after = &diff->after->reflection;
	const char *home =
		after->drops.count > 0 ? after->drops.items[0].place.file : diff->after->file;
	struct line_list old_frames = say_frames(diff, before, home);
	struct line_list new_frames = say_frames(diff, after, home);

	diff_swaps(diff, "swap", before->swaps, before->swap_count, after->swaps, after->swap_count,
		   home);
	diff_swaps(diff, "swap at the end", before->ends, before->end_count, after->ends,
		   after->end_count, home);
	diff_lines(diff, "drop", &before->drops, &after->drops);
	diff_lines(diff, "reflected line", &before->lines, &after->lines);
	diff_lines(diff, "frame", &old_frames, &new_frames);
	diff_lines(diff, "skip", &before->skip, &after->skip);
	diff_lines(diff, "silent", &before->silent, &after->silent);
}
