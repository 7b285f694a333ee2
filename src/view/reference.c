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
	bool apart; /* what stands below each heading has a column of labels of its own */
};

static void add(struct page *page, const char *label, const char *text)
{
	page->entries = arena_more(page->frame, page->entries, page->count, sizeof *page->entries);
	page->entries[page->count++] = (struct entry){label, text};
}

static void add_keys(struct page *page, const struct keymap *keymap)
{
	page->apart = true;
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

/* The widest label from an entry on, of those that leave room for the text. */
static int label_columns(const struct page *page, size_t from, int most)
{
	int columns = 0;

	for (size_t i = from; i < page->count && (!page->apart || page->entries[i].label); i++) {
		const char *label = page->entries[i].label;
		int width = label ? text_width(label) : 0;

		if (width > columns && width <= most)
			columns = width;
	}
	return columns;
}

static void put(struct grid *grid, struct rect space, int row, int left, const char *text,
		size_t length, enum style style)
{
	if (row >= space.row && row < space.row + space.rows)
		grid_put(grid, row, left, space.column + space.columns - left, text, length, style);
}

/* Draws the entries from a row that is scrolled away onward; returns how many rows all of them
 * take. */
static int draw_page(const struct page *page, struct grid *grid, struct rect space, int skip)
{
	int most = space.columns / 3 < LABEL_MOST ? space.columns / 3 : LABEL_MOST;
	int columns = label_columns(page, 0, most), row = space.row - skip;

	for (size_t i = 0; i < page->count; i++) {
		const struct entry *entry = &page->entries[i];
		int left = entry->label ? space.column + columns + 2 : space.column;
		struct text_row *rows;
		size_t count;

		if (entry->label) {
			put(grid, space, row, space.column, entry->label, strlen(entry->label),
			    STYLE_KEY);
			/* a label that is wider has a row to itself */
			row += text_width(entry->label) > columns;
		} else {
			columns = page->apart ? label_columns(page, i + 1, most) : columns;
			row += i > 0;
		}
		count = text_wrap(page->frame, entry->text, strlen(entry->text),
				  space.column + space.columns - left, &rows);
		for (size_t r = 0; r < count; r++)
			put(grid, space, row++, left, entry->text + rows[r].start, rows[r].length,
			    entry->label ? STYLE_PLAIN : STYLE_LABEL);
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
