#include "view/keymap.h"

#include "base/text.h"

#include <string.h>

static const struct {
	const char *name;
	enum press_kind kind;
} named[] = {
	{"Enter", PRESS_ENTER},	 {"Tab", PRESS_TAB},	  {"S-Tab", PRESS_BACK_TAB},
	{"Esc", PRESS_ESCAPE},	 {"Up", PRESS_UP},	  {"Down", PRESS_DOWN},
	{"Left", PRESS_LEFT},	 {"Right", PRESS_RIGHT},  {"Home", PRESS_HOME},
	{"End", PRESS_END},	 {"PgUp", PRESS_PAGE_UP}, {"PgDn", PRESS_PAGE_DOWN},
	{"BS", PRESS_BACKSPACE}, {"Del", PRESS_DELETE},
};

bool press_parse(const char *name, struct press *press)
{
	size_t length = strlen(name), size;

	*press = (struct press){.kind = PRESS_NONE};
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (strcmp(named[i].name, name) == 0) {
			press->kind = named[i].kind;
			return true;
		}
	if (strcmp(name, "Space") == 0)
		return press_parse(" ", press);
	if (length == 3 && strncmp(name, "C-", 2) == 0) {
		press->kind = PRESS_CONTROL;
		press->text[0] = name[2];
		return true;
	}
	if (length == 0 || !text_valid(name, length, NULL))
		return false;
	text_decode(name, length, &size);
	if (size != length)
		return false;
	press->kind = PRESS_CHARACTER;
	memcpy(press->text, name, length);
	return true;
}

void keymap_default(struct keymap *keymap)
{
	*keymap = (struct keymap){0};
	for (enum action action = 0; action < ACTION_COUNT; action++) {
		press_parse(action_entry(action)->key, &keymap->keys[action]);
		keymap->names[action] = action_entry(action)->key;
	}
}

bool keymap_set(struct keymap *keymap, enum action action, const char *name)
{
	struct press press;

	if (!press_parse(name, &press) && *name)
		return false;
	keymap->keys[action] = press;
	keymap->names[action] = name;
	return true;
}

enum action keymap_action(const struct keymap *keymap, const struct press *press)
{
	if (press->kind == PRESS_CHARACTER && press->text[0] >= '1' && press->text[0] <= '9')
		return ACTION_OPEN_STEP;
	for (enum action action = 0; action < ACTION_COUNT; action++)
		if (keymap->keys[action].kind == press->kind && press->kind != PRESS_NONE &&
		    strcmp(keymap->keys[action].text, press->text) == 0)
			return action;
	return ACTION_NONE;
}
