/* Turns round what customers say, a line at a time, and tells how well that goes. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "call/clause.h"
#include "call/mirror.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/labelled.h"
#include "command/place.h"
#include "command/show.h"
#include "playbook/library.h"
#include "playbook/playbook.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options {
	const char *language, *named; /* -l, -p */
	bool evaluate;
};

/* What came of one file of utterances with what must come out. */
struct result {
	size_t said, right;   /* those that must be turned, and those that are as they must be */
	size_t missed;	      /* silent, though there is something to say */
	size_t quiet, silent; /* those better left alone, and those left alone */
};

static void answer(const struct tables *tables, const char *line, size_t length, struct buffer *out)
{
	struct json_writer writer = {.out = out};
	struct arena arena = {0};
	const char *text = text_clean(&arena, line, length);
	struct mirror mirror;
	bool made = mirror_make(&arena, tables, text, &mirror);

	buffer_clear(out);
	json_open(&writer, NULL, '{');
	json_put_text(&writer, "text", text);
	json_put_text(&writer, "words", made ? mirror.words : NULL);
	json_put_text(&writer, "slot", made && mirror.fits_slot ? mirror.said : NULL);
	json_put_text(
		&writer, "line",
		made ? mirror_say(&arena, mirror.lines->items[0].text, mirror.said, mirror.words)
		     : NULL);
	json_close(&writer, '}');
	buffer_text(out, "\n");
	fwrite(out->text, 1, out->length, stdout);
	arena_free(&arena);
}

static bool answer_file(const struct tables *tables, const char *name)
{
	bool named = strcmp(name, "-") != 0;
	FILE *in = named ? fopen(name, "re") : stdin;
	struct buffer out = {0};
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	bool failed;

	/* a program that asks line by line waits for the answer */
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	while (in && (length = getline(&line, &size, in)) >= 0) {
		while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
			length--;
		answer(tables, line, (size_t)length, &out);
	}
	failed = !in || ferror(in);
	if (failed) {
		struct arena arena = {0};

		fprintf(stderr, _("talktrack: \"%s\" cannot be read: %s\n"),
			text_clean(&arena, name, strlen(name)), strerror(errno));
		arena_free(&arena);
	}
	if (named && in)
		fclose(in);
	free(line);
	buffer_free(&out);
	return !failed;
}

/* What of the customer's is in the line: their words, or those turned round. */
static const char *said_in(const struct mirror *mirror)
{
	return strstr(mirror->lines->items[0].text, "<words>") ? mirror->words : mirror->said;
}

static void judge(const struct tables *tables, const struct utterance_label *item, const char *file,
		  struct result *result)
{
	struct arena arena = {0};
	struct mirror mirror;
	bool made = mirror_make(&arena, tables, item->text, &mirror);
	bool quiet = labelled_is_none(item);
	bool right = made ? !quiet && strcmp(said_in(&mirror), item->label) == 0 : quiet;

	if (quiet) {
		result->quiet++;
		result->silent += right;
	} else {
		result->said++;
		result->right += right;
		result->missed += !made;
	}
	if (!right)
		printf(_("%s:%d: %s\n    wanted  %s\n    got     %s\n"),
		       text_clean(&arena, file, strlen(file)), item->line, item->text, item->label,
		       made ? said_in(&mirror) : "-");
	arena_free(&arena);
}

static double share(size_t part, size_t whole)
{
	return 100.0 * (double)part / (double)whole;
}

static void print_result(const struct result *result)
{
	size_t said = result->said, quiet = result->quiet;
	size_t otherwise = said - result->right - result->missed;

	if (said > 0)
		printf(_("  turned as wanted: %zu of %zu (%.1f %%)\n"
			 "  missed:           %zu of %zu (%.1f %%)\n"
			 "  turned otherwise: %zu of %zu (%.1f %%)\n"),
		       result->right, said, share(result->right, said), result->missed, said,
		       share(result->missed, said), otherwise, said, share(otherwise, said));
	if (quiet > 0)
		printf(_("  rightly silent:   %zu of %zu (%.1f %%)\n"), result->silent, quiet,
		       share(result->silent, quiet));
}

static bool evaluate_file(const struct tables *tables, const char *name, struct result *all)
{
	struct result result = {0};
	struct labelled labelled;
	struct arena arena = {0};
	bool fine = labelled_read(&labelled, &arena, name);

	for (size_t i = 0; fine && i < labelled.count; i++)
		judge(tables, &labelled.items[i], name, &result);
	if (fine) {
		printf("%s\n", text_clean(&arena, name, strlen(name)));
		print_result(&result);
	}
	all->said += result.said;
	all->right += result.right;
	all->missed += result.missed;
	all->quiet += result.quiet;
	all->silent += result.silent;
	arena_free(&arena);
	return fine;
}

static bool evaluate(const struct tables *tables, char **names, int count)
{
	struct result all = {0};
	bool fine = true;

	for (int i = 0; i < count; i++)
		fine &= evaluate_file(tables, names[i], &all);
	printf(_("%zu as wanted, %zu not\n"), all.right + all.silent,
	       all.said - all.right + all.quiet - all.silent);
	return fine && all.right == all.said && all.silent == all.quiet;
}

static bool read_options(const struct command *command, struct options *options, int argc,
			 char **argv)
{
	static const struct option list[] = {{"evaluate", no_argument, NULL, 'e'}, {0}};
	int option;

	while ((option = command_option(command, argc, argv, "l:p:", list)) != -1)
		switch (option) {
		case 'l': options->language = optarg; break;
		case 'p': options->named = optarg; break;
		case 'e': options->evaluate = true; break;
		default: return false;
		}
	return options->evaluate ? optind < argc : optind + 1 >= argc;
}

static int reflect_run(const struct command *command, int argc, char **argv)
{
	struct options options = {0};
	struct library library = {0};
	const struct playbook *playbook = NULL;
	struct arena arena = {0};
	bool fine = false;

	if (!read_options(command, &options, argc, argv))
		return command_usage(command);
	place_locale();
	if (show_open(&library, options.language, options.named)) {
		library_load_all(&library);
		show_problems(&library);
		playbook = library_playbook(&library, 0);
	}
	if (playbook) {
		const struct tables *tables = tables_make(&arena, &playbook->reflection);

		fine = options.evaluate ? evaluate(tables, argv + optind, argc - optind)
					: answer_file(tables, optind < argc ? argv[optind] : "-");
	}
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, _("talktrack: cannot write: %s\n"), strerror(errno));
		fine = false;
	}
	library_close(&library);
	arena_free(&arena);
	return fine ? EXIT_FINE : EXIT_PROBLEMS;
}

const struct command reflect_command = {
	.name = "reflect",
	.usage = "[-l LANGUAGE] [-p FILE|FOLDER] [FILE | --evaluate FILE...]",
	.summary = N_("turn round what customers say, as the coach does live"),
	.run = reflect_run,
};
