#include "view/press.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "playbook/search.h"
#include "view/found.h"
#include "view/picker.h"
#include "view/popup.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

static const struct request nothing = {.action = ACTION_NONE};

/* Keeps what was typed in the focused slot, if that changed it, and moves on; with done, leaves
 * behind the last. */
static struct request keep_slot(struct view *view, const struct call *call, int direction,
				bool done)
{
	const struct playbook *playbook = call->playbook;
	const char *id = playbook->slots[view->focus].id;
	const char *before = call_slot(call, id, strlen(id));
	bool changed = strcmp(before ? before : "", view->field[0].text) != 0;
	size_t next = view->focus + playbook->slot_count + (direction > 0 ? 1 : (size_t)-1);

	memcpy(view->argument, view->field[0].text, sizeof view->argument);
	if (done && view->focus + 1 == playbook->slot_count)
		view_settle(view);
	else
		view_focus_slot(view, call, next % playbook->slot_count);
	return changed ? request_for(ACTION_FILL_SLOT, id, view->argument) : nothing;
}

static struct request press_slots(struct view *view, const struct call *call,
				  const struct press *press)
{
	switch (press->kind) {
	case PRESS_ENTER: return keep_slot(view, call, 1, true);
	case PRESS_TAB:
	case PRESS_DOWN: return keep_slot(view, call, 1, false);
	case PRESS_BACK_TAB:
	case PRESS_UP: return keep_slot(view, call, -1, false);
	default: field_press(&view->field[0], press); return nothing;
	}
}

static struct request press_fields(struct view *view, const struct press *press)
{
	bool promise = view->mode == VIEW_PROMISE;
	size_t count = promise ? 2 : 1;

	if (press->kind == PRESS_ENTER && view->mode == VIEW_HEAR) {
		memcpy(view->argument, view->field[0].text, sizeof view->argument);
		view_settle(view);
		return request_for(ACTION_HEAR, view->argument, NULL);
	}
	if (press->kind == PRESS_ENTER && view->focus + 1 == count) {
		if (view->field[0].length == 0) {
			view_notice(view, "%s", _("nothing typed yet"));
			view->focus = 0;
			return nothing;
		}
		return request_for(promise ? ACTION_MAKE_PROMISE : ACTION_ADD_NOTE,
				   view->field[0].text, promise ? view->field[1].text : NULL);
	}
	if (press->kind == PRESS_ENTER || press->kind == PRESS_TAB || press->kind == PRESS_DOWN)
		view->focus = (view->focus + 1) % count;
	else if (press->kind == PRESS_UP || press->kind == PRESS_BACK_TAB)
		view->focus = (view->focus + count - 1) % count;
	else
		field_press(&view->field[view->focus], press);
	return nothing;
}

static bool move_selection(struct view *view, const struct press *press)
{
	size_t page = view->rows > 8 ? (size_t)view->rows / 2 : 4;

	switch (press->kind) {
	case PRESS_DOWN: view->selected++; return true;
	case PRESS_UP: view->selected -= view->selected > 0 ? 1 : 0; return true;
	case PRESS_PAGE_DOWN: view->selected += page; return true;
	case PRESS_PAGE_UP:
		view->selected -= view->selected > page ? page : view->selected;
		return true;
	default: return false;
	}
}

/* Opens the n-th situation shown. */
static struct request open_picked(struct view *view, const struct library *library,
				  const char *filter, size_t n)
{
	struct arena scratch = {0};
	struct picked *picked;
	size_t count = picker_find(view, library, filter, &scratch, &picked);
	struct request request = nothing;

	if (n < count) {
		snprintf(view->argument, sizeof view->argument, "%s/%s", picked[n].playbook->name,
			 picked[n].situation->id);
		request = request_for(ACTION_OPEN_SITUATION, view->argument, NULL);
		view_settle(view);
	}
	arena_free(&scratch);
	return request;
}

static bool is_digit(const struct press *press)
{
	return press->kind == PRESS_CHARACTER && press->text[0] >= '1' && press->text[0] <= '9';
}

static struct request press_picker(struct view *view, const struct library *library,
				   const struct press *press)
{
	if (press->kind == PRESS_ENTER)
		return open_picked(view, library, view->field[0].text, view->selected);
	if (is_digit(press))
		return open_picked(view, library, view->field[0].text,
				   (size_t)(press->text[0] - '1'));
	if (!move_selection(view, press) && field_press(&view->field[0], press))
		view->selected = 0;
	return nothing;
}

/* Enter on a result: to its situation, its step and its line. */
static struct request open_found(struct view *view, const struct call *call,
				 const struct library *library)
{
	struct arena scratch = {0};
	struct search_hit *hits;
	size_t count = found_find(view, library, &scratch, &hits);
	struct request request = nothing;

	if (view->selected < count) {
		const struct search_hit *hit = &hits[view->selected];
		bool elsewhere = hit->situation && hit->situation != call->situation;

		view_settle(view);
		if (hit->kind == SEARCH_CHANNEL)
			view_enter(view, VIEW_CHANNELS);
		if (hit->kind == SEARCH_LINE) {
			/* the mark is kept until the situation it belongs to is open */
			memset(view->marked, 0, sizeof view->marked);
			view->situation = hit->situation ? hit->situation : call->situation;
			view->marked[hit->step] = hit->text;
		}
		snprintf(view->argument, sizeof view->argument, "%s/%s", hit->playbook->name,
			 hit->situation ? hit->situation->id : "");
		if (elsewhere)
			request = request_for(ACTION_OPEN_SITUATION, view->argument,
					      hit->kind == SEARCH_LINE
						      ? hit->playbook->steps[hit->step].id
						      : NULL);
		else if (hit->kind == SEARCH_LINE && call->phase == CALL_OPEN)
			request = request_for(ACTION_OPEN_STEP, hit->playbook->steps[hit->step].id,
					      NULL);
	}
	arena_free(&scratch);
	return request;
}

static struct request press_search(struct view *view, const struct call *call,
				   const struct library *library, const struct press *press)
{
	if (press->kind == PRESS_ENTER)
		return open_found(view, call, library);
	if (!move_selection(view, press) && field_press(&view->field[0], press))
		view->selected = 0;
	return nothing;
}

static struct request press_end(struct view *view, const struct press *press)
{
	size_t chosen = POPUP_DISPOSITIONS;

	if (move_selection(view, press)) {
		if (view->selected >= POPUP_DISPOSITIONS)
			view->selected = POPUP_DISPOSITIONS - 1;
		return nothing;
	}
	if (press->kind == PRESS_ENTER)
		chosen = view->selected;
	for (size_t i = 0; i < POPUP_DISPOSITIONS && press->kind == PRESS_CHARACTER; i++)
		if (press->text[0] == popup_dispositions[i].key ||
		    press->text[0] == (char)('1' + i))
			chosen = i;
	if (chosen >= POPUP_DISPOSITIONS)
		return nothing;
	view_settle(view);
	return request_for(ACTION_END_CALL, popup_dispositions[chosen].id, NULL);
}

static struct request press_quit(struct view *view, const struct press *press)
{
	char key = press->kind == PRESS_CHARACTER ? press->text[0] : '\0';
	bool interrupt = press->kind == PRESS_CONTROL && press->text[0] == 'c';

	if (key == 'q' || interrupt)
		return request_for(ACTION_QUIT, NULL, NULL);
	if (key == 'e' || key == 'x')
		view_enter(view, VIEW_END);
	return nothing;
}

static struct request press_resume(struct view *view, const struct press *press)
{
	char key = press->kind == PRESS_CHARACTER ? press->text[0] : '\0';

	if (press->kind != PRESS_ENTER && key != 'r' && key != 'd')
		return nothing;
	view_settle(view);
	return request_for(ACTION_RESUME_CALL, key == 'd' ? "dropped" : NULL, NULL);
}

/* The note: a few keys hand it over, i types into it. */
static struct request press_wrap_up(struct view *view, const struct press *press)
{
	static const struct {
		char key;
		const char *way;
	} ways[] = {{'c', "copy"}, {'s', "save"}, {'r', "send"}, {'e', "editor"}, {'f', "format"}};
	char key = press->kind == PRESS_CHARACTER ? press->text[0] : '\0';

	if (view->editing) {
		if (press->kind == PRESS_ESCAPE)
			view->editing = false;
		else if (sheet_press(&view->sheet, press))
			view->edited = true;
		return nothing;
	}
	if (key == 'v')
		return request_for(ACTION_VOICE, "open", NULL);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (ways[i].key == key)
			return request_for(ACTION_WRAP_UP, ways[i].way, NULL);
	switch (press->kind) {
	case PRESS_UP: sheet_scroll(&view->sheet, -1); break;
	case PRESS_DOWN: sheet_scroll(&view->sheet, 1); break;
	case PRESS_PAGE_UP: sheet_scroll(&view->sheet, -view->rows / 2); break;
	case PRESS_PAGE_DOWN: sheet_scroll(&view->sheet, view->rows / 2); break;
	case PRESS_ENTER:
	case PRESS_ESCAPE: view_settle(view); break;
	default:
		view->editing = key == 'i';
		if (key == 'q')
			view_settle(view);
		if (key == 'z') {
			view_enter(view, VIEW_BREATHE);
			view->breathing = 0;
		}
		break;
	}
	return nothing;
}

static struct request press_voice(const struct press *press)
{
	char key = press->kind == PRESS_CHARACTER ? press->text[0] : '\0';

	return request_for(key == 'r' || key == 'p' || key == 'c' ? ACTION_VOICE : ACTION_NONE,
			   key == 'r'	? "record"
			   : key == 'p' ? "play"
					: "copy",
			   NULL);
}

static struct request press_reference(struct view *view, const struct press *press)
{
	if (!move_selection(view, press))
		view_settle(view);
	return nothing;
}

/* A letter that means nothing here: Caps Lock, say, would else make all keys dead in silence. */
static struct request press_unknown(struct view *view, const struct press *press)
{
	if (press->kind == PRESS_CHARACTER)
		view_notice(view, _("“%s” is no key here; %s shows all keys"), press->text,
			    view->keymap.names[ACTION_HELP]);
	return nothing;
}

/* A key on the home screen, where no call is open. */
static struct request press_home(struct view *view, const struct call *call,
				 const struct library *library, const struct press *press)
{
	enum action action = keymap_action(&view->keymap, press);

	if (press->kind == PRESS_ENTER)
		return open_picked(view, library, "", view->selected);
	if (is_digit(press))
		return open_picked(view, library, "", (size_t)(press->text[0] - '1'));
	if (move_selection(view, press))
		return nothing;
	if (action == ACTION_NONE)
		return press_unknown(view, press);
	if (action == ACTION_BEGIN_CALL)
		return request_for(action, NULL, NULL);
	if (action_entry(action)->kind == ACTION_KIND_CALL)
		action = ACTION_FILL; /* says that no call is open */
	return view_act(view, call, library, action);
}

static struct request press_main(struct view *view, const struct call *call,
				 const struct library *library, const struct press *press)
{
	enum action action = keymap_action(&view->keymap, press);

	if (action == ACTION_NONE)
		return press_unknown(view, press);
	if (action == ACTION_OPEN_STEP) {
		memcpy(view->argument, press->text, sizeof press->text);
		return request_for(action, view->argument, NULL);
	}
	return view_act(view, call, library, action);
}

struct request view_press(struct view *view, const struct call *call, const struct library *library,
			  const struct press *press, int64_t now)
{
	*view->notice = '\0';
	if (view->mode == VIEW_WRAP_UP)
		return press_wrap_up(view, press);
	if (view->mode == VIEW_VOICE && voice_press(&view->voice, call, press, now))
		return nothing;
	if (press->kind == PRESS_ESCAPE) {
		view_settle(view);
		return nothing;
	}
	if (press->kind == PRESS_CONTROL && press->text[0] == 'c' && view->mode != VIEW_QUIT)
		return view_act(view, call, library, ACTION_QUIT);
	switch (view->mode) {
	case VIEW_PICKER: return press_picker(view, library, press);
	case VIEW_SEARCH: return press_search(view, call, library, press);
	case VIEW_SLOTS: return press_slots(view, call, press);
	case VIEW_PROMISE:
	case VIEW_HEAR:
	case VIEW_NOTE: return press_fields(view, press);
	case VIEW_END: return press_end(view, press);
	case VIEW_QUIT: return press_quit(view, press);
	case VIEW_BREATHE: view_settle(view); return nothing;
	case VIEW_RESUME: return press_resume(view, press);
	case VIEW_HELP:
	case VIEW_GUIDE:
	case VIEW_CHANNELS: return press_reference(view, press);
	case VIEW_VOICE: return press_voice(press);
	case VIEW_WRAP_UP:
	case VIEW_MAIN: break;
	}
	return call->phase == CALL_OPEN ? press_main(view, call, library, press)
					: press_home(view, call, library, press);
}
