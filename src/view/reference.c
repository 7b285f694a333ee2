#include "view/reference.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "view/paint.h"
#include "view/view.h"

#include <string.h>

#define LABEL_MOST 28

/* A page: entries of a label and a text that wraps beside it. */
struct page {
	struct arena *frame;
	struct entry {
		const char *label; /* NULL: a heading */
		const char *text;
	} * entries;
	size_t count;
};

static void add(struct page *page, const char *label, const char *text)
{
	page->entries = arena_more(page->frame, page->entries, page->count, sizeof *page->entries);
	page->entries[page->count++] = (struct entry){label, text};
}

static void add_keys(struct page *page, const struct keymap *keymap)
{
	add(page, NULL, _("Keys"));
	for (enum action action = 0; action < ACTION_COUNT; action++)
		if (*keymap->names[action])
			add(page, keymap->names[action], _(action_entry(action)->help));
	add(page, "Esc", _("close what is open, back to the panels"));
	add(page, NULL, _("For talktrack do"));
	for (enum action action = 0; action < ACTION_COUNT; action++)
		if (action_entry(action)->kind == ACTION_KIND_CALL)
			add(page,
			    arena_format(page->frame, "%s %s", action_entry(action)->name,
					 action_entry(action)->arguments),
			    _(action_entry(action)->help));
}

static void add_guide(struct page *page, const struct call *call)
{
	const struct situation *situation = call->situation;
	const struct playbook *playbook = call->playbook;

	if (situation) {
		add(page, NULL, situation->title);
		if (situation->goal)
			add(page, C_("guide", "goal"), situation->goal);
		if (situation->not_when)
			add(page, C_("guide", "not when"), situation->not_when);
		for (size_t i = 0; i < situation->todo.count; i++)
			add(page, C_("guide", "do"), situation->todo.items[i].text);
		for (size_t i = 0; i < situation->avoid_count; i++)
			add(page, C_("guide", "not"),
			    arena_format(page->frame, "“%s” → %s", situation->avoid[i].phrase,
					 situation->avoid[i].instead ? situation->avoid[i].instead
								     : "…"));
	}
	if (!playbook)
		return;
	add(page, NULL, _("On every call"));
	for (size_t i = 0; i < playbook->todo.count; i++)
		add(page, C_("guide", "do"), playbook->todo.items[i].text);
	for (size_t i = 0; i < playbook->avoid_count; i++)
		add(page, C_("guide", "not"),
		    arena_format(page->frame, "“%s” → %s", playbook->avoid[i].phrase,
				 playbook->avoid[i].instead ? playbook->avoid[i].instead : "…"));
}

static void add_channels(struct page *page, const struct call *call)
{
	const struct playbook *playbook = call->playbook;

	add(page, NULL, _("Ways to get help, easiest first"));
	for (size_t i = 0; playbook && i < playbook->channel_count; i++) {
		const struct channel *channel = &playbook->channels[i];

		add(page, channel->name,
		    channel->purpose
			    ? arena_format(page->frame, "%s: %s", channel->reach, channel->purpose)
			    : channel->reach);
	}
}

/* Draws the entries from a row that is scrolled away onward; returns how many rows all of them
 * take. */
static int draw_page(const struct page *page, struct grid *grid, struct rect space, int skip)
{
	int label = 0, row = space.row - skip;

	for (size_t i = 0; i < page->count; i++)
		if (page->entries[i].label && text_width(page->entries[i].label) > label)
			label = text_width(page->entries[i].label);
	if (label > LABEL_MOST)
		label = LABEL_MOST;
	if (label > space.columns / 3)
		label = space.columns / 3;
	for (size_t i = 0; i < page->count; i++) {
		const struct entry *entry = &page->entries[i];
		int left = entry->label ? space.column + label + 2 : space.column;
		struct text_row *rows;
		size_t count;

		if (!entry->label && i > 0)
			row++;
		count = text_wrap(page->frame, entry->text, strlen(entry->text),
				  space.column + space.columns - left, &rows);
		for (size_t r = 0; r < count; r++, row++) {
			if (row < space.row || row >= space.row + space.rows)
				continue;
			if (r == 0 && entry->label)
				grid_text(grid, row, space.column, label, entry->label, STYLE_KEY);
			grid_put(grid, row, left, space.columns, entry->text + rows[r].start,
				 rows[r].length, entry->label ? STYLE_PLAIN : STYLE_LABEL);
		}
	}
	return row - (space.row - skip);
}

void reference_draw(struct view *view, const struct call *call, struct arena *frame,
		    struct grid *grid, struct rect space)
{
	struct page page = {.frame = frame};
	struct grid nowhere = *grid;
	struct rect inner = {space.row, 1, space.rows, space.columns - 2};
	int rows;

	if (view->mode == VIEW_HELP)
		add_keys(&page, &view->keymap);
	else if (view->mode == VIEW_GUIDE)
		add_guide(&page, call);
	else
		add_channels(&page, call);
	nowhere.rows = 0;
	rows = draw_page(&page, &nowhere, inner, 0);
	if ((int)view->selected > rows - inner.rows)
		view->selected = rows > inner.rows ? (size_t)(rows - inner.rows) : 0;
	draw_page(&page, grid, inner, (int)view->selected);
}
