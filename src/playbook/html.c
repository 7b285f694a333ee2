#include "playbook/html.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buffer.h"

struct reading {
	const char *at, *end;
	struct buffer out;
	struct html_loss *loss;
	const char *address; /* of the link that is open; NULL: none */
	size_t address_length;
	size_t link_start; /* where its words begin in out */
};

struct tag {
	const char *name;
	size_t name_length;
	bool closing;
	const char *attributes, *end; /* between the name and '>' */
};

/* --- Characters --- */

static void put_code(struct buffer *out, uint32_t code)
{
	char bytes[4];

	if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
		code = 0xFFFD;
	if (code < 0x80) {
		bytes[0] = (char)code;
		buffer_add(out, bytes, 1);
		return;
	}
	int size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (int i = size - 1; i > 0; i--, code >>= 6)
		bytes[i] = (char)(0x80 | (code & 0x3F));
	bytes[0] = (char)((0xF00 >> size & 0xF0) | code);
	buffer_add(out, bytes, (size_t)size);
}

static uint32_t number(const char *digits, size_t length)
{
	bool hex = length > 0 && (digits[0] == 'x' || digits[0] == 'X');
	uint32_t value = 0;

	for (size_t i = hex; i < length; i++) {
		const char *all = "0123456789abcdef";
		const char *digit = strchr(all, digits[i] | (digits[i] > '9' ? 0x20 : 0));
		if (digit == NULL || *digit == '\0' || (!hex && digit - all > 9) ||
		    value > 0x10FFFF)
			return 0;
		value = value * (hex ? 16 : 10) + (uint32_t)(digit - all);
	}
	return value;
}

/* &name; or &#number; — anything else is text. */
static void read_reference(struct reading *reading)
{
	static const struct {
		const char *name;
		uint32_t code;
	} names[] = {
		{"amp", '&'},	   {"lt", '<'},	      {"gt", '>'},	  {"quot", '"'},
		{"apos", '\''},	   {"nbsp", ' '},     {"hellip", 0x2026}, {"ndash", 0x2013},
		{"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019},  {"ldquo", 0x201C},
		{"rdquo", 0x201D}, {"bull", 0x2022},  {"middot", 0xB7},	  {"copy", 0xA9},
		{"reg", 0xAE},	   {"trade", 0x2122}, {"euro", 0x20AC},	  {"pound", 0xA3},
		{"deg", 0xB0},	   {"times", 0xD7},   {"laquo", 0xAB},	  {"raquo", 0xBB},
	};
	const char *name = reading->at + 1;
	const char *end = name;

	while (end < reading->end && end - name < 32 && strchr(";& <", *end) == NULL)
		end++;
	size_t length = (size_t)(end - name);
	if (end == reading->end || *end != ';' || length == 0) {
		buffer_text(&reading->out, "&");
		reading->at++;
		return;
	}
	reading->at = end + 1;
	if (*name == '#') {
		put_code(&reading->out, number(name + 1, length - 1));
		return;
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strlen(names[i].name) == length && memcmp(names[i].name, name, length) == 0) {
			put_code(&reading->out, names[i].code);
			return;
		}
	}
	buffer_add(&reading->out, name - 1, length + 2);
	reading->loss->names++;
}

/* --- Tags --- */

static bool is_letter(char letter)
{
	letter |= 0x20;
	return letter >= 'a' && letter <= 'z';
}

/* A '>' in a quoted attribute does not end the tag. */
static bool read_tag(struct reading *reading, struct tag *tag)
{
	const char *at = reading->at + 1;
	char quote = '\0';

	*tag = (struct tag){.closing = at < reading->end && *at == '/'};
	at += tag->closing;
	tag->name = at;
	while (at < reading->end && (is_letter(*at) || (*at >= '0' && *at <= '9')))
		at++;
	tag->name_length = (size_t)(at - tag->name);
	/* <customer> and <first-name> are more likely placeholders, and are left as text */
	if (tag->name_length == 0 || !is_letter(*tag->name) || at == reading->end ||
	    strchr(" \t\r\n/>", *at) == NULL)
		return false;
	for (tag->attributes = at; at < reading->end; at++) {
		if (quote == '\0' && *at == '>')
			break;
		if (*at == quote)
			quote = '\0';
		else if (quote == '\0' && (*at == '"' || *at == '\''))
			quote = *at;
	}
	tag->end = at;
	return at < reading->end;
}

static bool is_one_of(const struct tag *tag, const char *names)
{
	for (; *names != '\0'; names += strcspn(names, " "), names += *names == ' ') {
		if (strcspn(names, " ") == tag->name_length &&
		    strncasecmp(names, tag->name, tag->name_length) == 0)
			return true;
	}
	return false;
}

static void open_link(struct reading *reading, const struct tag *tag)
{
	const char *at = tag->attributes;

	reading->address = NULL;
	reading->link_start = reading->out.length;
	for (; at + 6 < tag->end; at++) {
		if (strncasecmp(at, "href=", 5) != 0)
			continue;
		const char *close = memchr(at + 6, at[5], (size_t)(tag->end - at - 6));
		if ((at[5] != '"' && at[5] != '\'') || close == NULL)
			return;
		reading->address = at + 6;
		reading->address_length = (size_t)(close - at - 6);
		return;
	}
}

static void close_link(struct reading *reading)
{
	const char *words = reading->out.length == 0 ? "" : reading->out.text + reading->link_start;
	const char *address = reading->address;
	size_t length = reading->address_length;

	reading->address = NULL;
	if (address == NULL || length == 0)
		return;
	if (length > 7 && strncasecmp(address, "mailto:", 7) == 0) {
		address += 7;
		length -= 7;
	}
	if (strlen(words) == length && memcmp(words, address, length) == 0)
		return;
	buffer_text(&reading->out, " (");
	buffer_add(&reading->out, address, length);
	buffer_text(&reading->out, ")");
}

/* Behind </name>, or the end. */
static void skip_content(struct reading *reading, const struct tag *tag)
{
	for (; reading->at + tag->name_length + 2 < reading->end; reading->at++) {
		if (reading->at[0] == '<' && reading->at[1] == '/' &&
		    strncasecmp(reading->at + 2, tag->name, tag->name_length) == 0)
			return;
	}
	reading->at = reading->end;
}

static void take_tag(struct reading *reading, const struct tag *tag)
{
	reading->at = tag->end + 1;
	if (is_one_of(tag, "p br div li ul ol tr td th table hr blockquote pre "
			   "h1 h2 h3 h4 h5 h6 section article header footer"))
		buffer_text(&reading->out, " ");
	if (tag->closing) {
		if (is_one_of(tag, "a"))
			close_link(reading);
		return;
	}
	if (is_one_of(tag, "b strong i em u s del code pre ul ol table h1 h2 h3 h4 h5 h6 font"))
		reading->loss->formatting++;
	if (is_one_of(tag, "img video audio iframe object embed svg"))
		reading->loss->images++;
	if (is_one_of(tag, "a"))
		open_link(reading, tag);
	if (is_one_of(tag, "script style"))
		skip_content(reading, tag);
}

static bool is_known(const struct tag *tag)
{
	return is_one_of(tag,
			 "p br div li ul ol tr td th table hr blockquote pre h1 h2 h3 h4 h5 h6 "
			 "section article header footer b strong i em u s del code font img "
			 "video audio iframe object embed svg a script style span thead "
			 "tbody tfoot col colgroup caption small big sub sup center html "
			 "head body meta title figure figcaption path ins mark abbr label");
}

static void read_bracket(struct reading *reading)
{
	const char *close;
	struct tag tag;

	if (reading->end - reading->at >= 4 && memcmp(reading->at, "<!--", 4) == 0) {
		for (close = reading->at + 4; close + 3 <= reading->end; close++) {
			if (memcmp(close, "-->", 3) == 0)
				break;
		}
		reading->at = close + 3 <= reading->end ? close + 3 : reading->end;
	} else if (read_tag(reading, &tag) && is_known(&tag)) {
		take_tag(reading, &tag);
	} else {
		buffer_text(&reading->out, "<");
		reading->at++;
	}
}

char *html_text(struct arena *arena, const char *html, size_t length, struct html_loss *loss)
{
	struct reading reading = {.at = html, .end = html + length, .loss = loss};

	while (reading.at < reading.end) {
		if (*reading.at == '<') {
			read_bracket(&reading);
		} else if (*reading.at == '&') {
			read_reference(&reading);
		} else {
			buffer_add(&reading.out, reading.at, 1);
			reading.at++;
		}
	}
	char *text = arena_copy(arena, reading.out.length == 0 ? "" : reading.out.text,
				reading.out.length);
	buffer_free(&reading.out);
	return text;
}
