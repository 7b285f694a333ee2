#include "command/journals.h"

#include "base/buffer.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/words.h"
#include "command/place.h"
#include "journal/journal.h"

#include <errno.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 300	 /* between two tellings of how far it has come */
#define LOOK_EVERY 16384 /* events between two looks at the clock */
#define PROGRESS_COLUMNS 60

/* What reading hands on. */
struct passing {
	struct journals *journals;
	bool (*take)(void *context, const struct event *event);
	void *context;
	size_t file; /* its number */
	bool watched;
};

static void tell(struct journals *journals, const struct problem_list *problems)
{
	struct buffer out = {0};
	for (size_t i = 0; i < problems->count; i++, journals->told++) {
		if (journals->told < JOURNALS_TOLD_MOST)
			problem_show(&problems->items[i], PROBLEM_HUMAN, &out);
		else if (journals->told == JOURNALS_TOLD_MOST)
			buffer_text(&out,
				    _("talktrack: there are more lines and files like these\n"));
	}
	journals->errors += problems->errors;
	if (out.length > 0)
		fputs(out.text, stderr);
	buffer_free(&out);
}

static void tell_one(struct journals *journals, const char *path, const char *what)
{
	struct arena arena = {0};
	struct problem_list problems = {.arena = &arena};
	problem_add(&problems, PROBLEM_ERROR, (struct place){.file = path}, "%s", what);
	tell(journals, &problems);
	arena_free(&arena);
}

static const char *owner_of(struct arena *arena, uid_t user)
{
	const struct passwd *entry = getpwuid(user);
	return entry == NULL ? NULL : text_clean(arena, entry->pw_name, strlen(entry->pw_name));
}

static void add_file(struct journals *journals, const char *path, const struct stat *status)
{
	const char *slash = strrchr(path, '/');
	const char *owner = NULL;
	/* most files have the owner of the one before */
	if (journals->count > 0)
		owner = journals->files[journals->count - 1].owner;
	struct stat before;
	if (journals->count == 0 || stat(journals->files[journals->count - 1].path, &before) != 0 ||
	    before.st_uid != status->st_uid)
		owner = owner_of(&journals->arena, status->st_uid);
	journals->files = arena_more(&journals->arena, journals->files, journals->count,
				     sizeof(*journals->files));
	journals->files[journals->count++] =
		(struct journal_file){.path = path,
				      .name = slash == NULL ? path : slash + 1,
				      .owner = owner,
				      .device = status->st_dev,
				      .inode = status->st_ino};
}

static void add_path(struct journals *journals, const char *path)
{
	struct stat status;
	if (stat(path, &status) != 0)
		tell_one(journals, path,
			 arena_format(&journals->arena, _("cannot read \"%s\": %s"), path,
				      strerror(errno)));
	else
		add_file(journals, path, &status);
}

static void add_argument(struct journals *journals, const char *path, bool needed)
{
	struct stat status;
	if (strcmp(path, "-") == 0 && fstat(STDIN_FILENO, &status) == 0 &&
	    !S_ISDIR(status.st_mode)) {
		add_file(journals, path, &status);
		return;
	}
	if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
		if (needed)
			add_path(journals, path);
		return;
	}
	const char **files;
	size_t count = journal_files(&journals->arena, path, 0, &files);
	for (size_t i = 0; i < count; i++)
		add_path(journals, files[i]);
	if (count == 0 && needed)
		tell_one(journals, path,
			 _("no journal in this folder: a journal's files are named "
			   "YYYY-MM-DD.jsonl"));
}

static int by_identity(const void *left, const void *right)
{
	const struct journal_file *a = left, *b = right;
	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	if (a->inode != b->inode)
		return a->inode < b->inode ? -1 : 1;
	return strcmp(a->path, b->path);
}

static int by_name(const void *left, const void *right)
{
	const struct journal_file *a = left, *b = right;
	int order = strcmp(a->name, b->name);
	return order != 0 ? order : strcmp(a->path, b->path);
}

void journals_find(struct journals *journals, char *const *arguments, size_t count)
{
	*journals = (struct journals){0};
	for (size_t i = 0; i < count; i++)
		add_argument(journals, arguments[i], true);
	const char *own = count == 0 ? place_journal(&journals->arena) : NULL;
	if (own != NULL)
		add_argument(journals, own, false);
	if (journals->count == 0)
		return;
	struct journal_file *files = journals->files;
	qsort(files, journals->count, sizeof(*files), by_identity);
	size_t kept = 1;
	for (size_t i = 1; i < journals->count; i++) {
		if (files[i].device != files[kept - 1].device ||
		    files[i].inode != files[kept - 1].inode)
			files[kept++] = files[i];
	}
	journals->count = kept;
	qsort(files, kept, sizeof(*files), by_name);
}

void journals_since(struct journals *journals, const char *day)
{
	size_t kept = 0;
	for (size_t i = 0; i < journals->count; i++) {
		const char *name = journals->files[i].name;
		bool dated = strlen(name) == strlen("YYYY-MM-DD.jsonl") &&
			     strspn(name, "0123456789-") == strlen("YYYY-MM-DD");
		if (!dated || strncmp(name, day, strlen("YYYY-MM-DD")) >= 0)
			journals->files[kept++] = journals->files[i];
	}
	journals->count = kept;
}

static int64_t monotonic(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void show_progress(const struct passing *passing)
{
	struct journals *journals = passing->journals;
	int64_t now = monotonic();
	if (now - journals->shown < PATIENCE_MS)
		return;
	journals->shown = now;
	char line[PROGRESS_COLUMNS + 1];
	snprintf(line, sizeof(line), _("reading file %zu of %zu, %.1f million events"),
		 passing->file + 1, journals->count, (double)journals->events / 1e6);
	fprintf(stderr, "\r%-*s", PROGRESS_COLUMNS, line);
}

static void clear_progress(void)
{
	fprintf(stderr, "\r%*s\r", PROGRESS_COLUMNS, "");
}

static bool pass_on(void *context, const struct event *event)
{
	struct passing *passing = context;
	if (++passing->journals->events % LOOK_EVERY == 0 && passing->watched)
		show_progress(passing);
	return passing->take(passing->context, event);
}

void journals_read(struct journals *journals,
		   void (*begin)(void *context, const struct journal_file *file),
		   bool (*take)(void *context, const struct event *event), void *context)
{
	struct passing passing = {journals, take, context, 0, isatty(STDERR_FILENO) != 0};
	int64_t start = journals->shown = monotonic();
	for (; passing.file < journals->count; passing.file++) {
		const struct journal_file *file = &journals->files[passing.file];
		struct arena arena = {0};
		struct problem_list problems = {.arena = &arena};
		begin(context, file);
		if (strcmp(file->path, "-") == 0)
			journal_read_from(STDIN_FILENO, _("standard input"), pass_on, &passing,
					  &problems);
		else
			journal_read(file->path, pass_on, &passing, &problems);
		if (problems.count > 0 && passing.watched)
			clear_progress();
		tell(journals, &problems);
		arena_free(&arena);
	}
	if (passing.watched && journals->shown != start)
		clear_progress();
}

void journals_close(struct journals *journals)
{
	arena_free(&journals->arena);
	*journals = (struct journals){0};
}
