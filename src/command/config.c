#include "command/config.h"

#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "command/place.h"
#include "playbook/load.h"
#include "playbook/schema.h"
#include "playbook/yaml.h"
#include "view/theme.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MAP(NAME, KEYS)                                                                            \
	{                                                                                          \
		.name = (NAME), .keys = (KEYS), .key_count = COUNT(KEYS)                           \
	}
#define AT(FIELD) .offset = offsetof(struct config, FIELD)

static const char *const format_words[] = {"text", "markdown", "json", NULL};

_Static_assert(WRAPUP_TEXT == 0 && WRAPUP_MARKDOWN == 1 && WRAPUP_JSON == 2,
	       "format_words are in the order of enum wrapup_format");

/* All maps fill the one struct: the offset of a map within it is 0. */
static const struct schema_key journal_keys[] = {
	{"folder", SCHEMA_TEXT, AT(journal.folder),
	 .place_offset = offsetof(struct config, journal.place), .about = "where it is kept"},
	{"keep", SCHEMA_NUMBER, AT(journal.keep), .about = "for how many days"},
	{"heard", SCHEMA_FLAG, AT(journal.heard),
	 .about = "whether it holds what the customer said"},
};
static const struct schema_map journal_map = MAP(NC_("kind", "journal"), journal_keys);

static const struct schema_key wrap_up_keys[] = {
	{"command", SCHEMA_TEXT, AT(wrap_up.command), .about = "what takes the note"},
	{"format", SCHEMA_CHOICE, AT(wrap_up.format), .words = format_words,
	 .about = "text, markdown or json"},
};
static const struct schema_map wrap_up_map = MAP(NC_("kind", "wrap-up"), wrap_up_keys);

static const struct schema_key recorder_keys[] = {
	{"command", SCHEMA_TEXT, AT(recorder.command), .about = "what records a voice note"},
};
static const struct schema_map recorder_map = MAP(NC_("kind", "recorder"), recorder_keys);

static const struct schema_key copy_keys[] = {
	{"command", SCHEMA_TEXT, AT(copy.command), .about = "what puts a text on the clipboard"},
};
static const struct schema_map copy_map = MAP(NC_("kind", "copy"), copy_keys);

static const struct schema_key key_keys[] = {
#define KEY(identifier, word, key, kind, arguments, label, help)                                   \
	{word, SCHEMA_TEXT, AT(keys[ACTION_##identifier].name),                                    \
	 .place_offset = offsetof(struct config, keys[ACTION_##identifier].place),                 \
	 .about = (help)},
	ACTION_LIST(KEY)
#undef KEY
};
static const struct schema_map key_map = MAP(NC_("kind", "list of actions"), key_keys);

_Static_assert(COUNT(key_keys) <= SCHEMA_KEYS_MOST, "every action can have a key");

static const struct schema_key config_keys[] = {
	{"language", SCHEMA_LANGUAGE, AT(language), .about = "of the playbooks"},
	{"theme", SCHEMA_TEXT, AT(theme), .place_offset = offsetof(struct config, theme_place),
	 .about = "how it looks"},
	{"agent", SCHEMA_TEXT, AT(agent), .about = "the agent's own name"},
	{"journal", SCHEMA_RECORD, .map = &journal_map, .about = "what is written down"},
	{"wrap-up", SCHEMA_RECORD, .map = &wrap_up_map, .about = "the note after a call"},
	{"recorder", SCHEMA_RECORD, .map = &recorder_map, .about = "how voice notes are recorded"},
	{"copy", SCHEMA_RECORD, .map = &copy_map, .about = "how texts are copied"},
	{"keys", SCHEMA_RECORD, .map = &key_map, .about = "which key is which action"},
};
static const struct schema_map config_map = MAP(NC_("kind", "configuration"), config_keys);

/* What is looked at once the file is read. */
struct reading {
	struct config *config;
	const char *text; /* of the file */
	size_t length;
};

static void tell(struct reading *reading, struct place place, const char *message, const char *mend)
{
	struct config *config = reading->config;
	struct problem *problem =
		problem_add(&config->problems, PROBLEM_ERROR, place, "%s", message);

	problem->mend = mend;
	problem->source =
		yaml_source_line(&config->arena, reading->text, reading->length, place.line);
}

/* --- One text --- */

static void check_theme(struct reading *reading)
{
	struct config *config = reading->config;
	const char *name = config->theme, *list = NULL, *meant = NULL;

	if (!name || theme_find(name))
		return;
	for (size_t i = 0; theme_at(i); i++) {
		const char *other = theme_at(i)->name;

		list = list ? arena_format(&config->arena, "%s, %s", list, other) : other;
		if (text_distance(name, strlen(name), other, strlen(other), 2) <= 2)
			meant = arena_format(&config->arena, _("did you mean '%s'?"), other);
	}
	tell(reading, config->theme_place,
	     arena_format(&config->arena, _("there is no theme '%s'"), name),
	     meant ? meant : arena_format(&config->arena, _("there are: %s"), list));
	config->theme = NULL;
}

static void check_folder(struct reading *reading)
{
	struct config *config = reading->config;
	const char *folder = config->journal.folder;

	if (!folder)
		return;
	config->journal.folder = place_path(&config->arena, folder);
	if (config->journal.folder && config->journal.folder[0] == '/')
		return;
	tell(reading, config->journal.place,
	     arena_format(&config->arena,
			  _("'%s' is a folder within another, and which is not said"), folder),
	     _("begin it with / or ~/"));
	config->journal.folder = NULL;
}

/* What is wrong was told, and stands here as "". */
static void forget_empty(const char **text)
{
	if (*text && !**text)
		*text = NULL;
}

/* --- Keys --- */

/* Control with one of these never arrives, or arrives as another key; the digits and Esc have their
 * meaning. */
static bool is_taken(const char *key)
{
	if (strncmp(key, "C-", 2) == 0)
		return strlen(key) != 3 || key[2] < 'a' || key[2] > 'z' ||
		       strchr("chijmqsz", key[2]);
	return strcmp(key, "Esc") == 0 || (key[0] >= '1' && key[0] <= '9' && !key[1]);
}

static bool needs_words(enum action action)
{
	const struct action_entry *entry = action_entry(action);

	return !*entry->key && *entry->arguments && *entry->arguments != '[';
}

/* Takes an action's key, unless that cannot be. */
static void take_key(struct reading *reading, enum action action)
{
	struct config *config = reading->config;
	struct config_key *key = &config->keys[action];
	const char *name = action_entry(action)->name, *message = NULL, *mend = NULL;

	forget_empty(&key->name);
	if (!key->name)
		return;
	if (action == ACTION_OPEN_STEP) {
		message = _("the digits open the steps, and no other key does");
	} else if (needs_words(action)) {
		message = arena_format(&config->arena, _("'%s' needs words, so it can have no key"),
				       name);
	} else if (strcmp(key->name, "none") == 0) {
		keymap_set(&config->keymap, action, "");
	} else if (is_taken(key->name)) {
		message = arena_format(&config->arena, _("'%s' cannot be the key of an action"),
				       key->name);
		mend = _("it has its meaning already, or does not arrive here");
	} else if (!keymap_set(&config->keymap, action, key->name)) {
		message = arena_format(&config->arena, _("there is no key '%s'"), key->name);
		mend = _("write one character, or Enter, Tab, S-Tab, Up, Down, Left, Right, Home, "
			 "End, "
			 "PgUp, PgDn, BS, Del, C-x for Control with x, or none");
	}
	if (message) {
		tell(reading, key->place, message, mend);
		key->name = NULL;
	}
}

static enum action other_of(const struct keymap *keymap, enum action action)
{
	const struct press *press = &keymap->keys[action];

	for (enum action other = 0; other < ACTION_COUNT && press->kind != PRESS_NONE; other++)
		if (other != action && keymap->keys[other].kind == press->kind &&
		    strcmp(keymap->keys[other].text, press->text) == 0)
			return other;
	return ACTION_NONE;
}

/* The later one in the file; where only one is in the file, that. */
static enum action loser(const struct config *config, enum action one, enum action two)
{
	const struct config_key *a = &config->keys[one], *b = &config->keys[two];

	if (!a->name || !b->name)
		return a->name ? one : two;
	if (a->place.line != b->place.line)
		return a->place.line > b->place.line ? one : two;
	return a->place.column > b->place.column ? one : two;
}

/* Two actions with one key: one goes back to its own. False: there are no such two. */
static bool part_keys(struct reading *reading)
{
	struct config *config = reading->config;
	enum action one = 0, two = ACTION_NONE, back;

	while (one < ACTION_COUNT && (two = other_of(&config->keymap, one)) == ACTION_NONE)
		one++;
	if (two == ACTION_NONE)
		return false;
	back = loser(config, one, two);
	if (back == one)
		one = two;
	tell(reading, config->keys[back].place,
	     arena_format(&config->arena, _("'%s' is the key of '%s' already"),
			  config->keys[back].name, action_entry(one)->name),
	     arena_format(&config->arena, _("choose another, or give '%s' one"),
			  action_entry(one)->name));
	config->keys[back].name = NULL;
	keymap_set(&config->keymap, back, action_entry(back)->key);
	return true;
}

/* --- The whole --- */

void config_open(struct config *config)
{
	struct reading reading = {.config = config};

	*config = (struct config){.problems.arena = &config->arena};
	keymap_default(&config->keymap);
	config->path = place_config(&config->arena);
	config->is_there = config->path && access(config->path, F_OK) == 0;
	if (!config->is_there)
		return;
	reading.text = load_record(&config->arena, config->path, &config_map, config,
				   &reading.length, &config->problems);
	forget_empty(&config->language);
	forget_empty(&config->theme);
	forget_empty(&config->agent);
	forget_empty(&config->journal.folder);
	forget_empty(&config->wrap_up.command);
	forget_empty(&config->recorder.command);
	forget_empty(&config->copy.command);
	check_theme(&reading);
	check_folder(&reading);
	for (enum action action = 0; action < ACTION_COUNT; action++)
		take_key(&reading, action);
	/* the own key may be another's by now, so again: each time one less is configured */
	while (part_keys(&reading))
		;
	problem_sort(&config->problems);
}

void config_close(struct config *config)
{
	arena_free(&config->arena);
}

void config_open_and_tell(struct config *config, const char *language)
{
	struct buffer out = {0};

	config_open(config);
	if (!language && config->language) {
		place_words(config->language);
		/* what is wrong with it is said in that language, too */
		if (config->problems.count > 0) {
			config_close(config);
			config_open(config);
		}
	}
	for (size_t i = 0; i < config->problems.count; i++)
		problem_show(&config->problems.items[i], PROBLEM_GCC, &out);
	if (out.length)
		fputs(out.text, stderr);
	buffer_free(&out);
}

const char *config_journal(const struct config *config, struct arena *arena)
{
	return config->journal.folder ? config->journal.folder : place_journal(arena);
}
