#include "playbook/playbook.h"

#include <string.h>

const struct situation *playbook_situation(const struct playbook *playbook, const char *id)
{
	for (size_t i = 0; i < playbook->situation_count; i++) {
		if (strcmp(playbook->situations[i].id, id) == 0)
			return &playbook->situations[i];
	}
	return NULL;
}

const struct slot *playbook_slot(const struct playbook *playbook, const char *id, size_t length)
{
	for (size_t i = 0; i < playbook->slot_count; i++) {
		const char *name = playbook->slots[i].id;

		if (strncmp(name, id, length) == 0 && name[length] == '\0')
			return &playbook->slots[i];
	}
	return NULL;
}

size_t playbook_step(const struct playbook *playbook, const char *id)
{
	size_t i = 0;

	while (i < playbook->step_count && strcmp(playbook->steps[i].id, id) != 0)
		i++;
	return i;
}

const struct noted_line *playbook_noted(const struct playbook *playbook, const struct line *line)
{
	/* by its place: lines are copied where one playbook extends another */
	for (size_t i = 0; i < playbook->noted_count; i++) {
		const struct place *place = &playbook->noted[i].line.place;

		if (place->line == line->place.line && place->column == line->place.column &&
		    place->file == line->place.file)
			return &playbook->noted[i];
	}
	return NULL;
}

/* PLAYBOOK_ID_LETTERS; strspn would first make a table of them, in each line anew. */
static bool is_id_letter(char letter)
{
	return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
	       letter == '-';
}

bool playbook_next_slot(const char *text, size_t *offset, const char **id, size_t *length)
{
	const char *bracket = strchr(text + *offset, '<');

	for (; bracket != NULL; bracket = strchr(bracket + 1, '<')) {
		size_t name = 0;

		while (is_id_letter(bracket[1 + name]))
			name++;
		if (name == 0 || bracket[1 + name] != '>')
			continue;
		*id = bracket + 1;
		*length = name;
		*offset = (size_t)(bracket - text) + name + 2;
		return true;
	}
	return false;
}
