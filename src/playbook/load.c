#include "playbook/load.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/build.h"
#include "playbook/folder.h"
#include "playbook/playbook.h"
#include "playbook/yaml.h"

/* A playbook that is being loaded, and whose `extends` led here. */
struct chain {
	const struct chain *from;
	const char *path, *name;
	int length;
};

struct loading {
	struct arena *arena;
	const struct load_finder *finder; /* or NULL */
	struct problem_list *problems;
	size_t most; /* bytes of a file that are read; 0: all */
};

static struct playbook *load_file(const struct loading *loading, const char *path,
				  const struct chain *from);

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

const char *load_name(struct arena *arena, const char *path)
{
	const char *name = base_name(path);
	size_t length = strlen(name);

	if (length > 5 && strcmp(name + length - 5, ".yaml") == 0)
		length -= 5;
	return arena_copy(arena, name, length);
}

static const char *find(const struct loading *loading, struct arena *scratch, const char *file,
			const char *name)
{
	const struct load_finder *finder = loading->finder;
	const char *path = NULL;

	if (finder != NULL && finder->first)
		path = finder->find(finder->context, scratch, name);
	if (path != NULL)
		return path;
	path = arena_format(scratch, "%.*s%s.yaml", (int)(base_name(file) - file), file, name);
	if (access(path, F_OK) == 0)
		return path;
	return finder == NULL || finder->first ? NULL
					       : finder->find(finder->context, scratch, name);
}

/* The names from the playbook that is extended to itself: a → b → a. NULL when it is not in the
 * chain. */
static const char *circle(struct arena *scratch, const struct chain *chain, const char *path,
			  const char *name)
{
	const char *names = name;

	for (; chain != NULL; chain = chain->from) {
		names = arena_format(scratch, "%s → %s", chain->name, names);
		if (strcmp(chain->path, path) == 0)
			return names;
	}
	return NULL;
}

static const struct playbook *load_base(const struct loading *loading, const char *path,
					const struct chain *chain)
{
	const struct load_finder *finder = loading->finder;
	const struct playbook *known = NULL;
	struct playbook *base;

	if (finder != NULL && finder->recall != NULL &&
	    finder->recall(finder->context, path, &known))
		return known;
	path = arena_string(loading->arena, path);
	base = load_file(loading, path, chain);
	if (finder != NULL && finder->keep != NULL && loading->most == 0)
		finder->keep(finder->context, path, base);
	return base;
}

static bool is_in(const struct chain *chain, const char *name)
{
	for (; chain != NULL; chain = chain->from) {
		if (strcmp(chain->name, name) == 0)
			return true;
	}
	return false;
}

struct choices {
	const char **names;
	size_t count;
};

/* What extends itself is no choice. */
static void add_choice(struct choices *choices, struct arena *scratch, const struct chain *chain,
		       const char *name)
{
	if (is_in(chain, name))
		return;
	choices->names =
		arena_more(scratch, choices->names, choices->count, sizeof *choices->names);
	choices->names[choices->count++] = name;
}

/* The name of no playbook: that of one which the finder knows, or beside the file, was meant. */
static void tell_missing(struct build *build, const struct loading *loading,
			 const struct chain *chain, const char *name)
{
	const struct load_finder *finder = loading->finder;
	struct arena *scratch = build->scratch;
	struct choices choices = {0};
	const char **files, *known;
	size_t count;

	struct problem *problem = build_tell(build, PROBLEM_ERROR, build_node(build, "extends"),
					     _("there is no playbook '%s'"), name);
	if (loading->most > 0)
		return; /* nobody reads the problems of a glance */
	for (size_t i = 0;
	     finder != NULL && finder->name != NULL && (known = finder->name(finder->context, i));
	     i++)
		add_choice(&choices, scratch, chain, known);
	const char *folder =
		arena_copy(scratch, build->file, (size_t)(base_name(build->file) - build->file));
	folder_list(scratch, *folder == '\0' ? "." : folder, FOLDER_PLAYBOOKS, &files, &count);
	for (size_t i = 0; i < count; i++)
		add_choice(&choices, scratch, chain, load_name(scratch, files[i]));
	if (build_mend_slip(build, problem, name, choices.names, choices.count) == choices.count)
		build_mend(build, problem, _("it should be '%s.yaml', in the folder of this file"),
			   name);
}

/* The playbook that is extended; NULL when there is none or it could not be used, which is told. */
static const struct playbook *extend(struct build *build, const struct loading *loading,
				     const struct chain *chain)
{
	const char *name = build->playbook->extends;
	const struct yaml_node *node = build_node(build, "extends");
	const struct playbook *base = NULL;

	if (node == NULL)
		return NULL;
	build->slots_unknown = build->steps_unknown = true;
	if (*name == '\0')
		return NULL;
	const char *path = find(loading, build->scratch, build->file, name);
	if (path == NULL) {
		tell_missing(build, loading, chain, name);
		return NULL;
	}
	const char *names = circle(build->scratch, chain, path, name);
	if (names != NULL) {
		build_tell(build, PROBLEM_ERROR, node, _("'extends' goes round in a circle: %s"),
			   names);
	} else if (chain->length >= PLAYBOOK_EXTENDS_MOST) {
		build_tell(build, PROBLEM_ERROR, node,
			   _("the chain of 'extends' is too long: more "
			     "than %d files"),
			   PLAYBOOK_EXTENDS_MOST);
	} else {
		base = load_base(loading, path, chain);
		if (base == NULL)
			build_mend(build,
				   build_tell(build, PROBLEM_ERROR, node,
					      _("'%s' cannot be used: it has errors"), name),
				   _("mend %s first"), path);
	}
	build->slots_unknown = build->steps_unknown = base == NULL;
	return base;
}

static uint64_t stir(uint64_t hash, uint64_t word, int shift)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> shift;
}

/* Four words side by side, which a processor does at once: the whole file is hashed whenever it is
 * read. Each has a shift of its own, lest a compiler makes a vector of them, which has no such
 * multiplication. */
static uint64_t version(const char *text, size_t length, const struct playbook *base)
{
	uint64_t a = length, b = base == NULL ? 0 : base->version, c = 2, d = 3, words[4];

	for (; length >= sizeof words; text += sizeof words, length -= sizeof words) {
		memcpy(words, text, sizeof words);
		a = stir(a, words[0], 27);
		b = stir(b, words[1], 29);
		c = stir(c, words[2], 31);
		d = stir(d, words[3], 33);
	}
	memset(words, 0, sizeof words);
	memcpy(words, text, length);
	for (size_t i = 0; i < 4; i++)
		a = stir(a, words[i], 29);
	return stir(stir(stir(a, b, 29), c, 29), d, 29);
}

/* How much of the start of a file is whole lines. */
static size_t whole_lines(const char *text, size_t length)
{
	while (length > 0 && text[length - 1] != '\n')
		length--;
	return length;
}

/* Of a file that was cut, the last entry of the last key may be cut, too. */
static void drop_last(struct yaml_node *root)
{
	struct yaml_node **last = &root->first;

	if (root->kind != YAML_MAP || *last == NULL)
		return;
	while ((*last)->next != NULL)
		last = &(*last)->next;
	if ((*last)->kind == YAML_TEXT || (*last)->first == NULL)
		return;
	last = &(*last)->first;
	while ((*last)->next != NULL)
		last = &(*last)->next;
	*last = NULL;
}

static struct playbook *load_bytes(const struct loading *loading, struct arena *scratch,
				   const char *path, const char *text, size_t length,
				   const struct chain *from)
{
	bool cut = loading->most > 0 && length == loading->most;

	if (cut)
		length = whole_lines(text, length);
	struct yaml_node *root =
		yaml_parse_into(scratch, loading->arena, path, text, length, loading->problems);
	if (root == NULL)
		return NULL;
	if (cut)
		drop_last(root);
	struct playbook *playbook = arena_alloc(loading->arena, sizeof *playbook);
	playbook->file = path;
	playbook->name = load_name(loading->arena, path);
	struct build build = {.arena = loading->arena,
			      .scratch = scratch,
			      .problems = loading->problems,
			      .file = path,
			      .text = text,
			      .length = length,
			      .playbook = playbook};
	struct chain chain = {from, path, playbook->name, from == NULL ? 1 : from->length + 1};
	build_open(&build, root);
	const struct playbook *base = extend(&build, loading, &chain);
	build_rest(&build, base);
	playbook->version = version(text, length, base);
	playbook->is_ascii = text_is_ascii(text, length);
	return build.failed ? NULL : playbook;
}

static struct playbook *load_file(const struct loading *loading, const char *path,
				  const struct chain *from)
{
	struct arena scratch = {0};
	struct playbook *playbook = NULL;
	size_t length;
	char *text = yaml_read_start(&scratch, path, loading->most > 0 ? loading->most : YAML_BYTES,
				     &length, loading->problems);

	if (text != NULL)
		playbook = load_bytes(loading, &scratch, path, text, length, from);
	arena_free(&scratch);
	return playbook;
}

struct playbook *load_playbook(struct arena *arena, const char *path,
			       const struct load_finder *finder, struct problem_list *problems)
{
	struct loading loading = {arena, finder, problems, 0};

	return load_file(&loading, arena_string(arena, path), NULL);
}

struct playbook *load_start(struct arena *arena, const char *path, size_t bytes,
			    const struct load_finder *finder)
{
	struct problem_list problems = {.arena = arena};
	struct loading loading = {arena, finder, &problems, bytes};

	return load_file(&loading, path, NULL);
}

struct playbook *load_text(struct arena *arena, const char *file, const char *text, size_t length,
			   const struct load_finder *finder, struct problem_list *problems)
{
	struct loading loading = {arena, finder, problems, 0};
	struct arena scratch = {0};

	struct playbook *playbook =
		load_bytes(&loading, &scratch, arena_string(arena, file), text, length, NULL);
	arena_free(&scratch);
	return playbook;
}

/* Nothing but blank lines and comments: a configuration in which all is left as it is. */
static bool says_nothing(const char *text)
{
	for (text += strspn(text, " \t\r\n"); *text == '#'; text += strspn(text, " \t\r\n"))
		text += strcspn(text, "\n");
	return *text == '\0';
}

const char *load_record(struct arena *arena, const char *path, const struct schema_map *map,
			void *record, size_t *length, struct problem_list *problems)
{
	struct arena scratch = {0};
	char *text = yaml_read(arena, path, length, problems);

	if (text == NULL || says_nothing(text))
		return text;
	struct yaml_node *root = yaml_parse_into(&scratch, arena, path, text, *length, problems);
	struct build build = {.arena = arena,
			      .scratch = &scratch,
			      .problems = problems,
			      .file = path,
			      .text = text,
			      .length = *length};

	if (root != NULL && root->kind == YAML_MAP)
		build_record(&build, map, root, record);
	else if (root != NULL)
		build_mend(&build,
			   build_tell(&build, PROBLEM_ERROR, root, _("this is not a %s"),
				      C_("kind", map->name)),
			   _("begin with '%s: …'"), map->keys[0].name);
	arena_free(&scratch);
	return root == NULL ? NULL : text;
}
