#include "playbook/import.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "base/words.h"
#include "playbook/schema.h"

enum { ID_BYTES = 48, PLACEHOLDER_BYTES = 60, SHOWN_BYTES = 80 };

void import_note(struct import *import, const char *format, ...)
{
	struct arena scratch = {0};
	va_list arguments;

	import->notes =
		arena_more(import->arena, import->notes, import->note_count, sizeof *import->notes);
	struct import_note *note = &import->notes[import->note_count++];
	va_start(arguments, format);
	const char *message = arena_vformat(&scratch, format, arguments);
	va_end(arguments);
	*note = (struct import_note){import->line, import->subject,
				     text_clean(import->arena, message, strlen(message))};
	arena_free(&scratch);
}

const char *import_clean(struct import *import, const char *text, size_t length)
{
	char *clean = text_clean(import->arena, text, length);
	char *end = clean;

	for (const char *c = clean; *c != '\0'; c++) {
		if (*c != ' ' || (end > clean && end[-1] != ' '))
			*end++ = *c;
	}
	if (end > clean && end[-1] == ' ')
		end--;
	*end = '\0';
	return clean;
}

/* --- Names --- */

/* An id of a name in any script: "Übergabe: heute" becomes ubergabe-heute; "" when nothing is left.
 */
static char *make_id(struct import *import, const char *name)
{
	char *folded = text_fold(import->arena, name, strlen(name));
	char *id = arena_alloc(import->arena, strlen(folded) + 1);
	size_t length = 0;

	for (const char *c = folded; *c != '\0' && length < ID_BYTES; c++) {
		bool letter = *c != '-' && strchr(PLAYBOOK_ID_LETTERS, *c) != NULL;
		if (letter || (length > 0 && id[length - 1] != '-'))
			id[length++] = letter ? *c : '-';
	}
	while (length > 0 && id[length - 1] == '-')
		length--;
	id[length] = '\0';
	return id;
}

static bool is_id(const char *name)
{
	size_t length = strlen(name);

	return length > 0 && length <= SCHEMA_ID_BYTES &&
	       strspn(name, PLAYBOOK_ID_LETTERS) == length;
}

static const char *cut_title(struct import *import, const char *title)
{
	const struct schema_map *map = schema_playbook();
	size_t most = map->keys[schema_key(map, "title")].bytes;
	size_t length = strlen(title);

	if (length <= most)
		return title;
	for (length = most; (title[length] & 0xC0) == 0x80; length--)
		;
	import_note(import, _("cut: this title is longer than %zu bytes: \"%s\""), most, title);
	return import_clean(import, title, length);
}

struct situation_name {
	size_t number;
};

size_t import_situation(struct import *import, const char *name)
{
	struct playbook *playbook = &import->playbook;
	const struct situation_name *known = names_get(&import->situations, name);

	if (known != NULL)
		return known->number;
	playbook->situations = arena_more(import->arena, playbook->situations,
					  playbook->situation_count, sizeof *playbook->situations);
	import->titled = arena_more(import->arena, import->titled, playbook->situation_count,
				    sizeof *import->titled);
	struct situation_name *made = arena_alloc(import->arena, sizeof *made);
	made->number = playbook->situation_count++;
	import->titled[made->number] = false;
	names_put(&import->situations, import->arena, arena_string(import->arena, name), made);
	struct situation *situation = &playbook->situations[made->number];
	*situation = (struct situation){.title = cut_title(import, name),
					.place = {.line = import->line}};
	const char *id = is_id(name) ? arena_string(import->arena, name) : make_id(import, name);
	if (*id == '\0')
		id = arena_format(import->arena, "situation-%zu", made->number + 1);
	situation->id = id;
	for (int i = 2; names_put(&import->ids, import->arena, situation->id, situation); i++)
		situation->id = arena_format(import->arena, "%s-%d", id, i);
	return made->number;
}

void import_title(struct import *import, size_t number, const char *title)
{
	struct situation *situation = &import->playbook.situations[number];

	if (*title == '\0' || strcmp(title, situation->title) == 0)
		return;
	if (import->titled[number]) {
		import_note(import, _("not carried over: another title, \"%s\", of \"%s\""), title,
			    situation->id);
		return;
	}
	situation->title = cut_title(import, title);
	import->titled[number] = true;
}

void import_goal(struct import *import, size_t number, const char *text)
{
	if (strlen(text) > PLAYBOOK_LINE_BYTES)
		import_note(import, _("not carried over: a description longer than %d bytes"),
			    PLAYBOOK_LINE_BYTES);
	else if (*text != '\0')
		import->playbook.situations[number].goal = text;
}

size_t import_step(struct import *import, const char *name)
{
	struct playbook *playbook = &import->playbook;
	const char *id = is_id(name) ? name : make_id(import, name);

	for (size_t i = 0; i < playbook->step_count; i++) {
		if (strcmp(playbook->steps[i].title, name) == 0 ||
		    (*id != '\0' && strcmp(playbook->steps[i].id, id) == 0))
			return i;
	}
	if (playbook->step_count == PLAYBOOK_STEPS_MOST) {
		import_note(import, _("not carried over: \"%s\" would be one step more than %d"),
			    name, PLAYBOOK_STEPS_MOST);
		return PLAYBOOK_STEPS_MOST;
	}
	playbook->steps = arena_more(import->arena, playbook->steps, playbook->step_count,
				     sizeof *playbook->steps);
	for (size_t i = playbook->step_count + 1; *id == '\0'; i++) {
		id = arena_format(import->arena, "step-%zu", i);
		if (playbook_step(playbook, id) < playbook->step_count)
			id = "";
	}
	playbook->steps[playbook->step_count] = (struct step){.id = arena_string(import->arena, id),
							      .title = cut_title(import, name)};
	return playbook->step_count++;
}

/* --- Placeholders --- */

/* What stands between the brackets at text, and how many bytes the whole is. False: it is no
 * placeholder. Wider than what the loader takes for a slot or a mistake for one. */
static bool read_placeholder(const char *text, const char **name, size_t *length, size_t *whole)
{
	/* in angle brackets without the dot: that is an address */
	static const char letters[] = ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_ ";
	size_t brackets = text[0] == '{' && text[1] == '{' ? 2 : 1;
	char close = text[0] == '{' ? '}' : '>';

	*name = text + brackets + strspn(text + brackets, " ");
	*length = strspn(*name, letters + (text[0] == '<'));
	const char *end = *name + *length;
	if (brackets == 2 && *end == '|')
		end += strcspn(end, "}");
	/* in braces the loader only doubts it; then a long one is a remark rather than a name */
	if (*length == 0 || (text[0] == '{' && *length > PLACEHOLDER_BYTES) || *end != close ||
	    (brackets == 2 && end[1] != close) || (text[0] == '<' && text[1] == ' '))
		return false;
	while (*length > 0 && (*name)[*length - 1] == ' ')
		--*length;
	*whole = (size_t)(end - text) + brackets;
	return *length > 0;
}

/* Zendesk's people are the two that every call has. */
static const char *known_slot(const char *name)
{
	static const char *const people[][2] = {
		{"ticket.requester.name", "customer"},
		{"ticket.requester.first_name", "customer"},
		{"ticket.requester.last_name", "customer"},
		{"current_user.name", "agent"},
		{"current_user.first_name", "agent"},
		{"ticket.assignee.name", "agent"},
		{"ticket.assignee.first_name", "agent"},
	};

	for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
		if (strcmp(name, people[i][0]) == 0)
			return people[i][1];
	}
	return NULL;
}

/* "ticket-id" is asked for as "Ticket id". */
static const char *question(struct import *import, const char *id)
{
	char *ask = arena_string(import->arena, id);

	for (char *c = ask; *c != '\0'; c++)
		*c = *c == '-' ? ' ' : *c;
	if (ask[0] >= 'a' && ask[0] <= 'z')
		ask[0] = (char)(ask[0] - 'a' + 'A');
	return import_clean(import, ask, strlen(ask));
}

/* The slot for a placeholder, made where there is none yet; NULL: there are too many, or no name.
 */
static const char *take_slot(struct import *import, const char *name, const char *whole)
{
	struct playbook *playbook = &import->playbook;
	const char *id = known_slot(name);

	if (id == NULL && strlen(name) > PLACEHOLDER_BYTES)
		return NULL;
	if (id == NULL)
		id = is_id(name) && name[0] != '-' ? name : make_id(import, name);
	if (*id == '\0' || playbook_slot(playbook, id, strlen(id)) != NULL)
		return *id == '\0' ? NULL : id;
	if (playbook->slot_count == PLAYBOOK_SLOTS_MOST)
		return NULL;
	playbook->slots = arena_more(import->arena, playbook->slots, playbook->slot_count,
				     sizeof *playbook->slots);
	playbook->slots[playbook->slot_count++] =
		(struct slot){.id = id, .ask = question(import, id)};
	if (strncmp(whole, "<", 1) != 0 || strncmp(whole + 1, id, strlen(id)) != 0)
		import_note(import, _("changed: the placeholder %s is the slot <%s> now"), whole,
			    id);
	return id;
}

/* Words with their placeholders as slots. In the arena. */
static const char *take_placeholders(struct import *import, const char *text)
{
	struct buffer out = {0};
	const char *name;
	size_t length, whole;

	for (size_t plain; *text != '\0'; text += plain) {
		plain = strcspn(text, "<{");
		buffer_add(&out, text, plain);
		text += plain;
		plain = *text != '\0';
		if (!plain || !read_placeholder(text, &name, &length, &whole)) {
			buffer_add(&out, text, plain);
			continue;
		}
		const char *written = arena_copy(import->arena, text, whole);
		const char *id =
			take_slot(import, arena_copy(import->arena, name, length), written);
		plain = whole;
		if (id != NULL) {
			buffer_format(&out, "<%s>", id);
			continue;
		}
		/* words in other brackets: nothing takes them for a slot */
		import_note(import, _("changed: %s cannot be a slot and is written ‹%.*s› now"),
			    written, (int)length, name);
		buffer_format(&out, "‹%.*s›", (int)length, name);
	}
	const char *words = out.length == 0 ? "" : arena_copy(import->arena, out.text, out.length);
	buffer_free(&out);
	return words;
}

/* --- Lines --- */

static const char *shown(struct import *import, const char *text)
{
	size_t length = strlen(text);

	if (length <= SHOWN_BYTES)
		return text;
	for (length = SHOWN_BYTES; (text[length] & 0xC0) == 0x80; length--)
		;
	return arena_format(import->arena, "%.*s…", (int)length, text);
}

static bool add_text(struct import *import, struct line_list *list, const char *text,
		     const char *where)
{
	const char *key = arena_format(import->arena, "%s %s", where, text);

	if (strlen(text) > PLAYBOOK_LINE_BYTES) {
		import_note(import, _("not carried over: this is longer than %d bytes: \"%s\""),
			    PLAYBOOK_LINE_BYTES, shown(import, text));
		return false;
	}
	if (names_put(&import->texts, import->arena, key, import) != NULL)
		return false;
	list->items = arena_more(import->arena, list->items, list->count, sizeof *list->items);
	list->items[list->count++] = (struct line){.text = text, .place = {.line = import->line}};
	return true;
}

void import_line(struct import *import, size_t number, size_t step, const char *text)
{
	struct situation *situation = &import->playbook.situations[number];

	if (*text == '\0')
		return;
	if (step == PLAYBOOK_STEPS_MOST) {
		import_note(import, _("not carried over, for want of its step: \"%s\""),
			    shown(import, text));
		return;
	}
	const char *words = take_placeholders(import, text);
	if (add_text(import, &situation->say[step], words,
		     arena_format(import->arena, "%zu/%zu", number, step)))
		import->lines++;
}

void import_heard(struct import *import, size_t number, const char *text)
{
	if (*text != '\0')
		add_text(import, &import->playbook.situations[number].heard, text,
			 arena_format(import->arena, "%zu/heard", number));
}

/* --- The end --- */

static bool has_lines(const struct playbook *playbook, const struct situation *situation)
{
	for (size_t i = 0; i < playbook->step_count; i++) {
		if (situation->say[i].count > 0)
			return true;
	}
	return false;
}

static void drop_situation(struct import *import, const struct situation *situation)
{
	const struct line_list *heard = &situation->heard;

	import->line = situation->place.line;
	import_note(import, _("not carried over: \"%s\" has nothing to say"), situation->title);
	for (size_t i = 0; i < heard->count; i++) {
		import->line = heard->items[i].place.line;
		import_note(import, _("not carried over, for want of its situation: \"%s\""),
			    shown(import, heard->items[i].text));
	}
}

bool import_finish(struct import *import)
{
	struct playbook *playbook = &import->playbook;
	size_t kept = 0;

	import->line = 0;
	import->subject = NULL;
	playbook->title = cut_title(import, playbook->title);
	playbook->status = PLAYBOOK_DRAFT;
	for (size_t i = 0; i < playbook->situation_count; i++) {
		const struct situation *situation = &playbook->situations[i];
		if (has_lines(playbook, situation)) {
			playbook->situations[kept++] = *situation;
			continue;
		}
		drop_situation(import, situation);
	}
	import->line = 0;
	playbook->situation_count = kept;
	if (kept == 0 && import->error == NULL)
		import->error = _("there is no line to say in it");
	return kept > 0;
}
