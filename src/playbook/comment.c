#include "playbook/comment.h"

#include <string.h>

#include "base/text.h"

enum { LINE_MOST = 4096 }; /* bytes before a '#' that are looked at; no sentence is that long */

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static void find(struct comment *comment, const char *from)
{
	const char *hash = from;

	while ((hash = memchr(hash, '#', (size_t)(comment->limit - hash))) != NULL) {
		bool word = hash + 1 < comment->limit && strchr(" \t\r\n#", hash[1]) == NULL;
		if (word && hash > comment->line_start && is_blank(hash[-1]))
			break;
		hash++;
	}
	comment->hash = hash;
	if (hash == NULL)
		return;
	const char *start = comment->line_start;
	const char *newline;
	while ((newline = memchr(start, '\n', (size_t)(hash - start))) != NULL) {
		start = newline + 1;
		comment->line++;
	}
	comment->line_start = start;
}

struct comment comment_first(const char *text, size_t length)
{
	struct comment comment = {.line = 1, .line_start = text, .limit = text + length};

	find(&comment, text);
	return comment;
}

bool comment_follows(struct comment *comment, int line, int column)
{
	const char *at;
	size_t size;

	while (comment->hash != NULL && comment->line < line)
		find(comment, comment->hash + 1);
	if (comment->hash == NULL || comment->line != line ||
	    comment->hash - comment->line_start > LINE_MOST)
		return false;
	at = comment->line_start;
	for (; column > 1 && at < comment->hash; column--, at += size)
		text_decode(at, (size_t)(comment->hash - at), &size);
	while (at < comment->hash && is_blank(*at))
		at++;
	return at == comment->hash;
}
