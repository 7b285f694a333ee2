#include "playbook/build.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "playbook/names.h"
#include "playbook/playbook.h"
#include "playbook/yaml.h"

/* --- The keys of a map --- */

/* {ask: What went wrong, in their words}: to YAML the words behind the comma are another key. */
static bool tell_comma(struct build *build, const struct yaml_node *value)
{
	const struct yaml_node *key = value->key;

	if (!build_is_empty(value) || key->line != value->line || build->told >= PROBLEM_MOST)
		return false;
	const char *source = build_source(build, key->line);
	const char *found = strstr(source, key->text);
	while (found > source && found[-1] == ' ')
		found--;
	if (found == NULL || found == source || found[-1] != ',')
		return false;
	struct problem *problem = build_tell(build, PROBLEM_ERROR, key,
					     _("the comma before '%s' ends the text"), key->text);
	build_mend(build, problem, _("put the text that has a comma in quotes"));
	return true;
}

/* Returns the number of the key that was meant, or the map's key_count. */
static size_t tell_unknown_key(struct build *build, const struct schema_map *map,
			       const struct yaml_node *value)
{
	const char *names[SCHEMA_KEYS_MOST];

	if (tell_comma(build, value))
		return map->key_count;
	for (size_t i = 0; i < map->key_count; i++)
		names[i] = map->keys[i].name;
	return build_mend_name(build,
			       build_tell(build, PROBLEM_ERROR, value->key,
					  _("a %s has no key '%s'"), C_("kind", map->name),
					  value->key->text),
			       value->key->text, names, map->key_count);
}

static void match(struct build *build, const struct schema_map *map, const struct yaml_node *node,
		  const struct yaml_node **values)
{
	const struct yaml_node *misspelt[SCHEMA_KEYS_MOST] = {NULL};

	for (const struct yaml_node *child = node->first; child != NULL; child = child->next) {
		size_t i = schema_key(map, child->key->text);
		if (i == map->key_count) {
			i = tell_unknown_key(build, map, child);
			if (i < map->key_count)
				misspelt[i] = child;
		} else if (values[i] != NULL) {
			build_tell_twin(build, child->key, values[i]->key);
		} else {
			values[i] = child;
		}
	}
	/* It is read as what was meant: the key is not missed, and its value is checked too. Not
	 * in what is used in spite of its problems: there nothing may be guessed. */
	for (size_t i = 0; i < map->key_count && build->playbook != NULL; i++) {
		if (values[i] == NULL)
			values[i] = misspelt[i];
	}
	for (size_t i = 0; i < map->key_count; i++) {
		const struct schema_key *key = &map->keys[i];
		if (!key->required || values[i] != NULL)
			continue;
		build_mend(build,
			   build_tell(build, PROBLEM_ERROR, node, _("this %s has no '%s'"),
				      C_("kind", map->name), key->name),
			   _("add '%s: …', %s"), key->name, _(key->about));
	}
}

static void *field_of(void *record, size_t offset)
{
	return (char *)record + offset;
}

static bool is_stored_as_text(enum schema_kind kind)
{
	return kind == SCHEMA_TEXT || kind == SCHEMA_LINE || kind == SCHEMA_ID ||
	       kind == SCHEMA_NAME || kind == SCHEMA_LANGUAGE || kind == SCHEMA_DATE;
}

/* What may not be NULL is not, whatever else is wrong. */
static void prepare(const struct schema_map *map, void *record)
{
	for (size_t i = 0; i < map->key_count; i++) {
		const char **field = field_of(record, map->keys[i].offset);
		if (map->keys[i].required && is_stored_as_text(map->keys[i].kind))
			*field = "";
	}
}

void build_record(struct build *build, const struct schema_map *map, const struct yaml_node *node,
		  void *record)
{
	const struct yaml_node *values[SCHEMA_KEYS_MOST] = {NULL};

	if (map->place_offset > 0) {
		struct place *place = field_of(record, map->place_offset);
		*place = (struct place){build->file, node->line, node->column};
	}
	match(build, map, node, values);
	for (size_t i = 0; i < map->key_count; i++) {
		if (values[i] != NULL)
			build_value(build, &map->keys[i], values[i], record);
	}
}

/* --- Lists of records --- */

static size_t count_children(const struct yaml_node *node)
{
	size_t count = 0;

	for (const struct yaml_node *child = node->first; child != NULL; child = child->next)
		count++;
	return count;
}

const struct yaml_node *build_child(const struct yaml_node *map, const char *name)
{
	const struct yaml_node *child = map->first;

	while (child != NULL && strcmp(child->key->text, name) != 0)
		child = child->next;
	return child;
}

static void check_twins(struct build *build, const struct schema_key *key,
			const struct yaml_node *list)
{
	struct names names = {0};

	for (const struct yaml_node *item = list->first; item != NULL; item = item->next) {
		const struct yaml_node *id =
			item->kind == YAML_MAP ? build_child(item, "id") : NULL;
		if (id == NULL || id->kind != YAML_TEXT || id->text[0] == '\0')
			continue;
		const struct yaml_node *twin =
			names_put(&names, build->scratch, id->text, (void *)(uintptr_t)id);
		if (twin == NULL)
			continue;
		build_mend(build,
			   build_tell(build, PROBLEM_ERROR, id, _("'%s' is the id of another %s"),
				      id->text, C_("kind", key->map->name)),
			   _("the first is in line %d; choose another"), twin->line);
	}
}

static void read_records(struct build *build, const struct schema_key *key,
			 const struct yaml_node *node, void *record)
{
	const struct schema_map *map = key->map;
	void **field = field_of(record, key->offset);
	size_t *count = field_of(record, key->count_offset);

	if (node->kind != YAML_LIST) {
		build_tell_shape(build, key, node, false);
		return;
	}
	char *records = arena_alloc(build->arena, count_children(node) * map->size);
	*field = records;
	for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
		void *entry = records + *count * map->size;
		/* An entry of the wrong shape keeps its place, so that entries and nodes agree. */
		prepare(map, entry);
		if (item->kind == YAML_MAP)
			build_record(build, map, item, entry);
		else
			build_tell_shape(build, key, item, true);
		++*count;
	}
	if (schema_key(map, "id") < map->key_count)
		check_twins(build, key, node);
}

static void read_named_entry(struct build *build, const struct schema_key *key,
			     const struct yaml_node *node, void *entry)
{
	static const struct schema_key id_key = {"id", SCHEMA_ID, .bytes = SCHEMA_ID_BYTES};
	const struct yaml_node nothing = {
		.kind = YAML_MAP, .line = node->key->line, .column = node->key->column};
	struct schema_key named = *key;
	const char **id = entry;

	*id = arena_string(build->arena, build_id(build, &id_key, node->key));
	named.name = node->key->text;
	named.kind = SCHEMA_RECORD;
	if (node->kind == YAML_MAP)
		build_record(build, key->map, node, entry);
	else if (build_is_empty(node))
		build_record(build, key->map, &nothing, entry);
	else
		build_tell_shape(build, &named, node, false);
}

static void read_named(struct build *build, const struct schema_key *key,
		       const struct yaml_node *node, void *record)
{
	void **field = field_of(record, key->offset);
	size_t *count = field_of(record, key->count_offset);
	struct names names = {0};

	if (node->kind != YAML_MAP) {
		build_tell_shape(build, key, node, false);
		return;
	}
	char *entries = arena_alloc(build->arena, count_children(node) * key->map->size);
	*field = entries;
	for (const struct yaml_node *child = node->first; child != NULL; child = child->next) {
		const struct yaml_node *twin =
			names_put(&names, build->scratch, child->key->text, child->key);
		if (twin == NULL)
			read_named_entry(build, key, child, entries + (*count)++ * key->map->size);
		else
			build_tell_twin(build, child->key, twin);
	}
}

void build_value(struct build *build, const struct schema_key *key, const struct yaml_node *node,
		 void *record)
{
	void *field = field_of(record, key->offset);

	if (key->place_offset > 0) {
		struct place *place = field_of(record, key->place_offset);
		*place = (struct place){build->file, node->line, node->column};
	}
	switch (key->kind) {
	case SCHEMA_TEXTS:
	case SCHEMA_LINES: build_lines(build, key, node, field); break;
	case SCHEMA_STEP_LINES: build_step_lines(build, key, node, field); break;
	case SCHEMA_CHOICES: build_choices(build, key, node, field); break;
	case SCHEMA_STEPS: break; /* the steps are not all known yet: extend_steps */
	case SCHEMA_SWAPS:
		build_swaps(build, key, node, field, field_of(record, key->count_offset));
		break;
	case SCHEMA_RECORD:
		if (node->kind == YAML_MAP)
			build_record(build, key->map, node, field);
		else
			build_tell_shape(build, key, node, false);
		break;
	case SCHEMA_RECORDS: read_records(build, key, node, record); break;
	case SCHEMA_NAMED: read_named(build, key, node, record); break;
	default: build_scalar(build, key, node, field); break;
	}
}

/* --- The whole playbook --- */

/* These are read before the others, in this order: what a line may refer to must be known. */
static const char *const first_keys[] = {"extends", "slots", "steps"};

const struct yaml_node *build_node(const struct build *build, const char *name)
{
	size_t i = schema_key(schema_playbook(), name);

	assert(i < schema_playbook()->key_count);
	return build->nodes[i];
}

static void read_key(struct build *build, const char *name)
{
	const struct schema_map *map = schema_playbook();
	const struct yaml_node *node = build_node(build, name);

	if (node != NULL)
		build_value(build, &map->keys[schema_key(map, name)], node, build->playbook);
}

static bool is_first_key(const char *name)
{
	size_t i = 0;

	while (i < sizeof first_keys / sizeof *first_keys && strcmp(first_keys[i], name) != 0)
		i++;
	return i < sizeof first_keys / sizeof *first_keys;
}

void build_open(struct build *build, const struct yaml_node *root)
{
	prepare(schema_playbook(), build->playbook);
	if (root->kind == YAML_MAP)
		match(build, schema_playbook(), root, build->nodes);
	else
		build_mend(build,
			   build_tell(build, PROBLEM_ERROR, root, _("this is not a playbook")),
			   _("begin with 'talktrack: %d', and go on with 'title: …'"),
			   PLAYBOOK_FORMAT);
	read_key(build, "extends");
}

void build_rest(struct build *build, const struct playbook *base)
{
	const struct schema_map *map = schema_playbook();

	read_key(build, "slots");
	extend_slots(build, base);
	read_key(build, "steps");
	extend_steps(build, base);
	for (size_t i = 0; i < map->key_count; i++) {
		if (build->nodes[i] != NULL && !is_first_key(map->keys[i].name))
			read_key(build, map->keys[i].name);
	}
	extend_rest(build, base);
	build_check_trials(build);
	build_check_dates(build);
}
