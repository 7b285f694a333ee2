#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "playbook/build.h"
#include "playbook/playbook.h"
#include "playbook/quote.h"
#include "playbook/yaml.h"

static const char digits[] = "0123456789";
static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* A comment that was perhaps meant as text, and list items that a deeper indentation made part of
 * it. */
static void check_loss(struct build *build, const struct yaml_node *node)
{
	struct problem *problem;

	if (node->cut) {
		problem = build_tell_words(build, PROBLEM_WARNING, node, " #",
					   _("what stands behind ' #' is a comment and not said"));
		build_mend(build, problem,
			   _("if it belongs to the text, put the whole text in quotes"));
	}
	if (node->lines < 2 || node->quoted || strstr(node->text, " - ") == NULL)
		return;
	for (int i = 1; i < node->lines; i++) {
		const char *source = build_source(build, node->line + i);
		source += strspn(source, " ");
		if (strncmp(source, "- ", 2) != 0)
			continue;
		problem =
			build_tell_words(build, PROBLEM_ERROR, node, source,
					 _("this line is indented too far, and so goes on the text "
					   "of the line before"));
		build_mend(build, problem, _("begin its '-' in the column of the other items"));
		return;
	}
}

/* “A text in curly quotes”: to YAML they are letters, and are shown. */
static void check_curly(struct build *build, const struct yaml_node *node)
{
	size_t open = quote_curly(node->text);
	const char *end = node->text + node->length;

	if (open == 0 || node->quoted || node->length < 2 * open || quote_curly(end - open) != open)
		return;
	for (const char *at = node->text + open; at < end - open; at++) {
		if (quote_curly(at) > 0 && strncmp(at, "’", open) != 0)
			return;
	}
	build_mend(build,
		   build_tell(build, PROBLEM_WARNING, node,
			      _("curly quotes are no quotes to YAML, and will be shown")),
		   _("take them out, or use straight ones"));
}

const char *build_text(struct build *build, const struct schema_key *key,
		       const struct yaml_node *node)
{
	size_t most = key->bytes == 0 ? PLAYBOOK_LINE_BYTES : key->bytes;
	bool item = node->key == NULL;
	struct problem *problem;

	if (node->kind != YAML_TEXT || build_is_empty(node)) {
		build_tell_shape(build, key, node, item);
		return "";
	}
	size_t length = node->length;
	if (length == 0) {
		build_tell(build, PROBLEM_ERROR, node,
			   item ? _("an item of '%s' has no text") : _("'%s' has no text"),
			   key->name);
		return "";
	}
	if (length > most) {
		problem = build_tell(build, PROBLEM_ERROR, node,
				     _("this text is too long: %zu bytes; '%s' takes %zu"), length,
				     key->name, most);
		build_mend(build, problem, _("split it, or shorten it"));
		return "";
	}
	if (node->cut || node->lines > 1)
		check_loss(build, node);
	if (node->text[0] == '\xe2')
		check_curly(build, node);
	return node->text;
}

const char *build_id(struct build *build, const struct schema_key *key,
		     const struct yaml_node *node)
{
	const char *text = build_text(build, key, node);

	if (text[strspn(text, PLAYBOOK_ID_LETTERS)] == '\0')
		return text;
	struct problem *problem =
		build_tell(build, PROBLEM_ERROR, node, _("'%s' is not an id"), text);
	build_mend(build, problem, _("use small letters a to z, digits and '-'"));
	return "";
}

static bool ends(const char *text, const char *end)
{
	size_t length = strlen(text);

	return length > strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

static const char *read_name(struct build *build, const struct schema_key *key,
			     const struct yaml_node *node)
{
	const char *text = build_text(build, key, node);

	if (strchr(text, '/') == NULL && text[0] != '.' && !ends(text, ".yaml") &&
	    !ends(text, ".yml"))
		return text;
	struct problem *problem = build_tell(build, PROBLEM_ERROR, node,
					     _("'%s' is not the name of a playbook"), text);
	build_mend(build, problem, _("write the file's name, without its folder and '.yaml'"));
	return "";
}

static bool is_language(const char *text)
{
	size_t length = strspn(text, letters);

	if (length < 2 || length > 3)
		return false;
	while (text[length] == '-') {
		text += length + 1;
		length = strspn(text, letters) + strspn(text + strspn(text, letters), digits);
		if (length < 1 || length > 8)
			return false;
	}
	return text[length] == '\0';
}

static const char *check_language(struct build *build, const struct yaml_node *node,
				  const char *text)
{
	if (*text == '\0' || is_language(text))
		return text;
	struct problem *problem = build_tell(build, PROBLEM_ERROR, node,
					     _("'%s' is not the code of a language"), text);
	build_mend(build, problem, _("write its BCP 47 code, such as en, bn, eo or pt-BR"));
	return "";
}

static int number(const char *text, size_t length)
{
	int value = 0;

	for (size_t i = 0; i < length; i++)
		value = value * 10 + (text[i] - '0');
	return value;
}

static bool is_date(const char *text)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (strlen(text) != 10 || strspn(text, digits) != 4 || text[4] != '-' ||
	    strspn(text + 5, digits) != 2 || text[7] != '-' || strspn(text + 8, digits) != 2)
		return false;
	int year = number(text, 4);
	int month = number(text + 5, 2);
	int day = number(text + 8, 2);
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (month == 2 && leap);
}

static void check_date(struct build *build, const struct yaml_node *node, const char *text)
{
	if (*text == '\0' || is_date(text))
		return;
	struct problem *problem =
		build_tell(build, PROBLEM_ERROR, node, _("'%s' is not a date"), text);
	build_mend(build, problem, _("write year-month-day, such as 2027-06-01"));
}

static void check_format(struct build *build, const struct yaml_node *node, const char *text)
{
	if (*text == '\0' || (strspn(text, digits) == strlen(text) && strlen(text) < 9 &&
			      number(text, strlen(text)) == PLAYBOOK_FORMAT))
		return;
	struct problem *problem = build_tell(
		build, PROBLEM_ERROR, node,
		_("'%s' is not a version of the format that this talktrack reads"), text);
	build_mend(build, problem, _("write %d, or use a newer talktrack"), PLAYBOOK_FORMAT);
}

static void read_flag(struct build *build, const struct schema_key *key,
		      const struct yaml_node *node, bool *field)
{
	const char *text = build_text(build, key, node);

	*field = strcmp(text, "true") == 0;
	if (*text == '\0' || *field || strcmp(text, "false") == 0)
		return;
	build_mend(
		build,
		build_tell(build, PROBLEM_ERROR, node, _("'%s' is neither true nor false"), text),
		_("write true or false"));
}

/* A wrong one leaves the field as it is. */
static void read_number(struct build *build, const struct schema_key *key,
			const struct yaml_node *node, int *field)
{
	const char *text = build_text(build, key, node);
	size_t length = strlen(text);

	if (length == 0)
		return;
	if (strspn(text, digits) == length && length < 7 && number(text, length) > 0)
		*field = number(text, length);
	else
		build_mend(build,
			   build_tell(build, PROBLEM_ERROR, node, _("'%s' is no number for '%s'"),
				      text, key->name),
			   _("write a whole number, from 1 to 999999"));
}

/* Its value, or 0 for what is no share. Not strtod(3), which reads commas in some places of the
 * world. */
static double share(const char *text)
{
	size_t whole = strspn(text, digits);
	double value = 0, place = 1;

	if (whole < 1 || whole > 3)
		return 0;
	for (size_t i = 0; i < whole; i++)
		value = value * 10 + (text[i] - '0');
	text += whole;
	if (*text == '.' && strspn(text + 1, digits) > 0)
		for (text++; *text >= '0' && *text <= '9'; text++)
			value += (*text - '0') * (place /= 10);
	return *text == '\0' && value <= 1 ? value : 0;
}

static void read_share(struct build *build, const struct schema_key *key,
		       const struct yaml_node *node, double *field)
{
	const char *text = build_text(build, key, node);

	*field = share(text);
	if (*text == '\0' || *field > 0)
		return;
	build_mend(build,
		   build_tell(build, PROBLEM_ERROR, node,
			      _("'%s' is not a number above 0 and up to 1"), text),
		   _("write one such as 0.7"));
}

static void read_choice(struct build *build, const struct schema_key *key,
			const struct yaml_node *node, unsigned *field)
{
	const char *text = build_text(build, key, node);
	size_t i = 0;

	while (key->words[i] != NULL && strcmp(key->words[i], text) != 0)
		i++;
	if (key->words[i] != NULL)
		*field = (unsigned)i; /* the enum of any choice */
	else if (*text != '\0')
		build_mend_name(build,
				build_tell(build, PROBLEM_ERROR, node,
					   _("'%s' is no word for '%s'"), text, key->name),
				text, key->words, i);
}

void build_scalar(struct build *build, const struct schema_key *key, const struct yaml_node *node,
		  void *field)
{
	const char **text = field;

	switch (key->kind) {
	case SCHEMA_FORMAT: check_format(build, node, build_text(build, key, node)); break;
	case SCHEMA_FLAG: read_flag(build, key, node, field); break;
	case SCHEMA_NUMBER: read_number(build, key, node, field); break;
	case SCHEMA_SHARE: read_share(build, key, node, field); break;
	case SCHEMA_CHOICE: read_choice(build, key, node, field); break;
	case SCHEMA_ID: *text = build_id(build, key, node); break;
	case SCHEMA_LINE:
		*text = build_text(build, key, node);
		build_check_slots(build, node, *text);
		break;
	case SCHEMA_NAME: *text = read_name(build, key, node); break;
	case SCHEMA_LANGUAGE:
		*text = check_language(build, node, build_text(build, key, node));
		break;
	case SCHEMA_DATE:
		*text = build_text(build, key, node);
		check_date(build, node, *text);
		break;
	default: *text = build_text(build, key, node); break;
	}
}
