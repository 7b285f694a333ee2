#include "view/view.h"

#include "base/arena.h"
#include "base/notice.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "playbook/library.h"
#include "playbook/search.h"
#include "view/found.h"
#include "view/picker.h"
#include "view/press.h"
#include "view/wraps.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct request nothing = {.action = ACTION_NONE};

void view_open(struct view *view, int rows, int columns)
{
	*view = (struct view){.rows = rows, .columns = columns};
	keymap_default(&view->keymap);
	view->wraps = calloc(1, sizeof *view->wraps); /* NULL: it does without */
}

void view_close(struct view *view)
{
	arena_free(&view->arena);
	arena_free(&view->tables.arena);
	sheet_free(&view->sheet);
	wraps_free(view->wraps);
	view->wraps = NULL;
}

bool view_is_page(enum view_mode mode)
{
	return mode == VIEW_PICKER || mode == VIEW_SEARCH || mode == VIEW_HELP ||
	       mode == VIEW_GUIDE || mode == VIEW_CHANNELS || mode == VIEW_BREATHE ||
	       mode == VIEW_WRAP_UP || mode == VIEW_VOICE;
}

void view_forget(struct view *view)
{
	arena_free(&view->arena);
	view->index = NULL;
	view->offer_count = 0; /* they point into the old library */
	view->mirrored = (struct mirrored){0};
	view->tables.reflection = NULL;
	view->situation = NULL;
	memset(view->marked, 0, sizeof view->marked);
}

void view_notice(struct view *view, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	notice_write(view->notice, sizeof view->notice, format, arguments);
	va_end(arguments);
}

void view_hear(struct view *view, const char *text, bool final, int64_t now)
{
	size_t length = strlen(text), from = 0;

	if (length >= sizeof view->heard.text)
		from = text_next(text, length, length - sizeof view->heard.text);
	memcpy(view->heard.text, text + from, length - from + 1);
	view->heard.final = final;
	view->heard.at = now;
}

bool view_is_typing(const struct view *view, const struct call *call)
{
	const char *before = "";

	if (view->mode == VIEW_MAIN)
		return false;
	if (view->editing)
		return true;
	if (view->mode == VIEW_SLOTS) {
		const char *id = call->playbook->slots[view->focus].id;

		before = call_slot(call, id, strlen(id));
	}
	return strcmp(view->field[0].text, before ? before : "") != 0 || view->field[1].length > 0;
}

const struct search_index *view_search(struct view *view, const struct library *library)
{
	if (!view->index)
		view->index = search_build(&view->arena, library);
	return view->index;
}

const struct line *view_marked(const struct view *view, const struct call *call, size_t step,
			       struct arena *scratch)
{
	const struct line **lines;
	size_t count;

	if (view->marked[step] && view->situation == call->situation) {
		count = call_lines(call, step, scratch, &lines);
		for (size_t i = 0; i < count; i++)
			if (lines[i]->text == view->marked[step])
				return lines[i];
	}
	return call_offer(call, step, scratch);
}

/* Marks a line of a step of the open situation. */
static void mark(struct view *view, const struct call *call, size_t step, const char *text)
{
	if (view->situation != call->situation)
		memset(view->marked, 0, sizeof view->marked);
	view->situation = call->situation;
	view->marked[step] = text;
}

static void mark_neighbour(struct view *view, const struct call *call, bool down)
{
	struct arena scratch = {0};
	const struct line *marked, **lines;
	size_t count;

	if (call->playbook && (count = call_lines(call, call->step, &scratch, &lines)) > 0) {
		if (mirrored_is_marked(view, call, call->step)) {
			if (down)
				mark(view, call, call->step, lines[0]->text);
			arena_free(&scratch);
			return;
		}
		marked = view_marked(view, call, call->step, &scratch);
		if (!down && marked == lines[0])
			view->marked[call->step] = NULL; /* on to what was heard, if anything */
		for (size_t i = 0; i < count; i++)
			if (lines[i] == marked && (down ? i + 1 < count : i > 0)) {
				mark(view, call, call->step, lines[down ? i + 1 : i - 1]->text);
				break;
			}
	}
	arena_free(&scratch);
}

struct request request_for(enum action action, const char *first, const char *second)
{
	return (struct request){.action = action, .arguments = {first, second}};
}

void view_enter(struct view *view, enum view_mode mode)
{
	view->mode = mode;
	view->selected = view->focus = 0;
	field_set(&view->field[0], NULL);
	field_set(&view->field[1], NULL);
}

void view_settle(struct view *view)
{
	view->editing = false;
	view_enter(view, VIEW_MAIN);
}

void view_focus_slot(struct view *view, const struct call *call, size_t slot)
{
	const struct slot *slots = call->playbook->slots;

	view->focus = slot;
	field_set(&view->field[0], call_slot(call, slots[slot].id, strlen(slots[slot].id)));
}

static void enter_slots(struct view *view, const struct call *call)
{
	size_t first = 0;

	if (!call->playbook || call->playbook->slot_count == 0) {
		view_notice(view, "%s", _("this playbook has no slots"));
		return;
	}
	for (size_t i = call->playbook->slot_count; i-- > 0;) {
		const char *id = call->playbook->slots[i].id,
			   *text = call_slot(call, id, strlen(id));

		if (!text || !*text)
			first = i;
	}
	view_enter(view, VIEW_SLOTS);
	view_focus_slot(view, call, first);
}

/* Says or passes on the marked line; what comes next is on offer again. */
static struct request touch_marked(struct view *view, const struct call *call, enum action action)
{
	struct arena scratch = {0};
	const struct line *marked = NULL;

	if (call->phase == CALL_OPEN && mirrored_is_marked(view, call, call->step)) {
		if (action == ACTION_SAY_LINE)
			return request_for(action, mirrored_line(view, call, call->step), NULL);
		view->mirrored.stands = false;
		return nothing;
	}
	if (call->phase == CALL_OPEN && call->playbook) {
		marked = view_marked(view, call, call->step, &scratch);
		view->marked[call->step] = NULL;
	}
	arena_free(&scratch);
	return request_for(action, marked ? marked->text : NULL, NULL);
}

/* Opens what the caller's words sound like. */
static struct request take_offer(struct view *view, size_t n)
{
	if (n >= view->offer_count) {
		view_notice(view, "%s", _("nothing is offered just now"));
		return nothing;
	}
	snprintf(view->argument, sizeof view->argument, "%s/%s", view->offers[n].playbook->name,
		 view->offers[n].situation->id);
	view->offer_count = 0;
	return request_for(ACTION_OPEN_SITUATION, view->argument, NULL);
}

/* Fills the slot with the customer's words, or lets the agent edit them first. */
static struct request take_words(struct view *view, const struct call *call, bool edit)
{
	const struct slot *slot = mirrored_slot(view, call);

	if (!slot) {
		view_notice(view, _("nothing the caller said is offered for a slot just now"));
		return nothing;
	}
	if (!edit) {
		memcpy(view->argument, view->mirrored.said, sizeof view->mirrored.said);
		return request_for(ACTION_FILL_SLOT, slot->id, view->argument);
	}
	view_enter(view, VIEW_SLOTS);
	view->focus = (size_t)(slot - call->playbook->slots);
	field_set(&view->field[0], view->mirrored.said);
	return nothing;
}

struct request view_act(struct view *view, const struct call *call, const struct library *library,
			enum action action)
{
	bool open = call->phase == CALL_OPEN;

	(void)library;
	switch (action) {
	case ACTION_SAY_LINE:
	case ACTION_PASS_LINE: return touch_marked(view, call, action);
	case ACTION_LINE_DOWN:
	case ACTION_LINE_UP: mark_neighbour(view, call, action == ACTION_LINE_DOWN); return nothing;
	case ACTION_PICK_SITUATION: view_enter(view, VIEW_PICKER); return nothing;
	case ACTION_SEARCH: view_enter(view, VIEW_SEARCH); return nothing;
	case ACTION_HELP: view_enter(view, VIEW_HELP); return nothing;
	case ACTION_GUIDE: view_enter(view, VIEW_GUIDE); return nothing;
	case ACTION_CHANNELS: view_enter(view, VIEW_CHANNELS); return nothing;
	case ACTION_HEAR: view_enter(view, VIEW_HEAR); return nothing;
	case ACTION_TAKE_OFFER:
	case ACTION_TAKE_SECOND:
	case ACTION_TAKE_THIRD: return take_offer(view, (size_t)(action - ACTION_TAKE_OFFER));
	case ACTION_TAKE_WORDS:
	case ACTION_EDIT_WORDS: return take_words(view, call, action == ACTION_EDIT_WORDS);
	case ACTION_BREATHE:
		view_enter(view, VIEW_BREATHE);
		view->breathing = 0;
		return nothing;
	case ACTION_PARALLEL:
		view->parallel = !view->parallel;
		if (view->parallel && !view->gloss)
			view_notice(view, "%s", _("this is your own language; l switches"));
		return nothing;
	case ACTION_VOICE:
		if (call->phase == CALL_NONE) {
			view_notice(
				view, "%s",
				_("no call since the start; talktrack wrap-up has those before"));
			return nothing;
		}
		view_enter(view, VIEW_VOICE);
		view->voice = (struct voice){.pace = view->voice.pace ? view->voice.pace : 130};
		return nothing;
	case ACTION_EDIT:
	case ACTION_SWITCH_LANGUAGE:
	case ACTION_WRAP_UP:
	case ACTION_RESUME_CALL: return request_for(action, NULL, NULL);
	case ACTION_QUIT:
		if (!open)
			return request_for(ACTION_QUIT, NULL, NULL);
		view_enter(view, VIEW_QUIT);
		return nothing;
	case ACTION_FILL:
	case ACTION_PROMISE:
	case ACTION_NOTE:
	case ACTION_END: break;
	default:
		return action_entry(action)->kind == ACTION_KIND_CALL
			       ? request_for(action, NULL, NULL)
			       : nothing;
	}
	if (!open) {
		view_notice(
			view, "%s",
			_("no call is open: Enter opens the marked situation, b begins a call"));
	} else if (action == ACTION_FILL) {
		enter_slots(view, call);
	} else {
		view_enter(view, action == ACTION_PROMISE ? VIEW_PROMISE
				 : action == ACTION_NOTE  ? VIEW_NOTE
							  : VIEW_END);
	}
	return nothing;
}
