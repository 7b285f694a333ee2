#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/edit.h"
#include "command/file.h"
#include "command/place.h"
#include "command/attempt.h"
#include "playbook/library.h"
#include "playbook/yaml.h"

/* A playbook on its way through an editor. */
struct editing {
	struct arena arena;
	struct library library;
	const char *name;
	const char *found;  /* the file that the library has */
	const char *target; /* where it goes: no symbolic link */
	bool copy;	    /* found is a shipped one, and target is not there yet */
	const char *old;    /* the bytes of found when we began */
	size_t old_length;
	const char *draft; /* the private file that the editor sees */
	const char *text;  /* its bytes after the editor, or NULL */
	size_t length;
	int line; /* where the editor begins */
};

enum answer { ANSWER_EDIT, ANSWER_INSTALL, ANSWER_QUIT };

static const char *shown(struct editing *editing, const char *path)
{
	return text_clean(&editing->arena, path, strlen(path));
}

/* --- Asking --- */

/* The end of the input counts as quit: then nobody is there to mend it. */
static enum answer ask(const char *question, bool may_install)
{
	char answer[64];

	for (;;) {
		fputs(question, stderr);
		if (fgets(answer, sizeof answer, stdin) == NULL) {
			fputs("\n", stderr);
			return ANSWER_QUIT;
		}
		/* the rest of a long line is no second answer */
		while (strchr(answer, '\n') == NULL && !feof(stdin)) {
			char rest[64];
			if (fgets(rest, sizeof rest, stdin) == NULL || strchr(rest, '\n') != NULL)
				break;
		}
		switch (answer[0]) {
		case 'e': return ANSWER_EDIT;
		case 'q': return ANSWER_QUIT;
		case 'i':
			if (may_install)
				return ANSWER_INSTALL;
			break;
		default: break;
		}
	}
}

/* --- The draft --- */

static bool open_draft(struct editing *editing, const char *text, size_t length)
{
	struct arena *arena = &editing->arena;
	const char *folder = file_folder(arena, editing->target);
	const char *other = place_drafts(arena);
	bool made = !editing->copy || file_folders(folder);

	if (made)
		editing->draft = file_draft(arena, folder, editing->name, ".yaml", text, length);
	if (editing->draft != NULL)
		return true;
	int error = errno;
	if (other != NULL && file_folders(other))
		editing->draft = file_draft(arena, other, editing->name, ".yaml", text, length);
	if (editing->draft == NULL) {
		fprintf(stderr, _("talktrack: no draft can be written in %s: %s\n"),
			shown(editing, folder), strerror(error));
		return false;
	}
	fprintf(stderr,
		_("talktrack: %s cannot be written (%s); what you write can only be kept as "
		  "a draft\n"),
		shown(editing, folder), strerror(error));
	return true;
}

/* A draft that cannot be read, being too large, say, counts as changed. */
static bool is_changed(const struct editing *editing)
{
	if (editing->text == NULL)
		return access(editing->draft, F_OK) == 0;
	return editing->length != editing->old_length ||
	       memcmp(editing->text, editing->old, editing->length) != 0;
}

/* Nothing that was written is lost; nothing that was not is left behind. */
static int leave(struct editing *editing, int status)
{
	struct arena *arena = &editing->arena;

	if (!is_changed(editing)) {
		unlink(editing->draft);
		return status;
	}
	const char *mine = arena_format(arena, "%s/%s.yaml.mine",
					file_folder(arena, editing->draft), editing->name);
	const char *kept = file_keep(arena, editing->draft, mine);
	kept = shown(editing, kept != NULL ? kept : editing->draft);
	fprintf(stderr,
		_("what you wrote is in %s\n"
		  "to go on with it: talktrack edit --from %s %s\n"),
		kept, kept, editing->name);
	return status;
}

static void run_editor(struct editing *editing, int *status)
{
	static const int signals[] = {SIGINT, SIGQUIT, SIGHUP};
	enum { COUNT = sizeof signals / sizeof *signals };
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		sigaction(signals[i], &ignore, &before[i]);
	*status = edit_file(editing->draft, editing->line, NULL);
	for (size_t i = 0; i < COUNT; i++)
		sigaction(signals[i], &before[i], NULL);
	editing->text = file_read(&editing->arena, editing->draft, YAML_BYTES, &editing->length);
}

/* --- Installing --- */

static void say_saved(struct editing *editing)
{
	printf(_("saved %s\n"), shown(editing, editing->target));
	if (editing->copy)
		printf(_("it goes before the one that came with talktrack, which stays as it is:\n"
			 "      talktrack diff %s %s\n"),
		       shown(editing, editing->found), shown(editing, editing->target));
}

static int install(struct editing *editing)
{
	enum file_result result;

	if (editing->copy)
		result = file_create(editing->target, editing->text, editing->length);
	else
		result = file_replace(editing->target, editing->old, editing->old_length,
				      editing->text, editing->length);
	switch (result) {
	case FILE_DONE:
		unlink(editing->draft);
		say_saved(editing);
		return EXIT_FINE;
	case FILE_CHANGED:
		fprintf(stderr,
			_("talktrack: someone else saved \"%s\" while you were editing; theirs "
			  "stays\ntalktrack diff shows what differs\n"),
			shown(editing, editing->target));
		return leave(editing, EXIT_PROBLEMS);
	case FILE_FAILED:
		fprintf(stderr, _("talktrack: \"%s\" cannot be written: %s; it is as it was\n"),
			shown(editing, editing->target), strerror(errno));
		return leave(editing, EXIT_PROBLEMS);
	}
	return EXIT_PROBLEMS;
}

/* What the editor left, if it is worth a look. False: *status is how it ends. */
static bool take_text(struct editing *editing, int editor, int *status)
{
	int error = errno;

	if (editor == 127 || editor == 126)
		fputs(_("talktrack: the editor cannot be run; $VISUAL or $EDITOR names another\n"),
		      stderr);
	else if (editor > 128)
		fprintf(stderr,
			_("talktrack: the editor was ended by signal %d; nothing was saved\n"),
			editor - 128);
	else if (editor != 0)
		fprintf(stderr,
			_("talktrack: the editor ended with status %d; nothing was saved\n"),
			editor);
	else if (editing->text == NULL)
		fprintf(stderr,
			_("talktrack: there is nothing to save: the draft cannot be read: %s\n"),
			strerror(error));
	else if (!is_changed(editing))
		printf(_("nothing was changed\n"));
	else
		return true;
	bool fine = editor == 0 && editing->text != NULL;
	*status = leave(editing, fine ? EXIT_FINE : EXIT_PROBLEMS);
	return false;
}

/* What is to be done with what the editor left. */
static enum answer judge(struct editing *editing)
{
	struct attempt attempt = {.library = &editing->library,
				  .name = editing->name,
				  .found = editing->found,
				  .target = editing->target};
	enum answer answer = ANSWER_INSTALL;

	editing->line = 1;
	if (!attempt_read(&attempt, editing->text, editing->length, &editing->line))
		answer = ask(_("(e)dit again, or (q)uit without saving? "), false);
	else if (attempt_broken(&attempt) > 0)
		answer = ask(
			_("with this the playbooks above cannot be used any more\n"
			  "(e)dit again, (i)nstall it all the same, or (q)uit without saving? "),
			true);
	arena_free(&attempt.arena);
	return answer;
}

static int edit(struct editing *editing)
{
	int editor, status;

	for (;;) {
		run_editor(editing, &editor);
		if (!take_text(editing, editor, &status))
			return status;
		switch (judge(editing)) {
		case ANSWER_INSTALL: return install(editing);
		case ANSWER_QUIT: return leave(editing, EXIT_PROBLEMS);
		case ANSWER_EDIT: break;
		}
	}
}

/* --- Where it is, and where it goes --- */

static bool find_target(struct editing *editing)
{
	struct arena *arena = &editing->arena;
	const char *own = place_own(arena);

	editing->found = library_path(&editing->library, editing->name);
	if (editing->found == NULL) {
		fprintf(stderr,
			_("talktrack: there is no playbook \"%s\"; talktrack new begins one\n"),
			shown(editing, editing->name));
		return false;
	}
	char *real = realpath(editing->found, NULL);
	editing->target = arena_string(arena, real);
	free(real);
	if (editing->target == NULL) {
		fprintf(stderr, _("talktrack: \"%s\" cannot be read: %s\n"),
			shown(editing, editing->found), strerror(errno));
		return false;
	}
	editing->copy = place_is_shipped(editing->found) || place_is_shipped(editing->target);
	if (editing->copy && own == NULL) {
		fputs(_("talktrack: neither $XDG_CONFIG_HOME nor $HOME says where your playbooks "
			"are\n"),
		      stderr);
		return false;
	}
	if (editing->copy)
		editing->target = arena_format(arena, "%s/%s/%s.yaml", own,
					       editing->library.language, editing->name);
	return true;
}

static int begin(struct editing *editing, const char *from)
{
	const char *source = from != NULL ? from : editing->found;
	const char *text;
	size_t length;

	editing->old = file_read(&editing->arena, editing->found, YAML_BYTES, &editing->old_length);
	text = editing->old;
	length = editing->old_length;
	if (from != NULL && editing->old != NULL)
		text = file_read(&editing->arena, from, YAML_BYTES, &length);
	if (text == NULL) {
		fprintf(stderr, _("talktrack: \"%s\" cannot be read: %s\n"),
			shown(editing, editing->old == NULL ? editing->found : source),
			strerror(errno));
		return EXIT_PROBLEMS;
	}
	if (!open_draft(editing, text, length))
		return EXIT_PROBLEMS;
	return edit(editing);
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option names[] = {{"from", required_argument, NULL, 'f'},
					      {NULL, 0, NULL, 0}};
	struct editing editing = {.line = 1};
	const char *language = NULL, *from = NULL;
	int option;
	int status = EXIT_PROBLEMS;

	place_locale();
	optind = 1;
	while ((option = command_option(command, argc, argv, "l:", names)) != -1) {
		if (option == 'l')
			place_words(language = optarg);
		else if (option == 'f')
			from = optarg;
		else
			return command_usage(command);
	}
	if (optind != argc - 1)
		return command_usage(command);
	editing.name = argv[optind];
	place_library(&editing.library, language, NULL);
	if (find_target(&editing))
		status = begin(&editing, from);
	library_close(&editing.library);
	arena_free(&editing.arena);
	return fflush(stdout) == 0 ? status : EXIT_PROBLEMS;
}

const struct command edit_command = {
	.name = "edit",
	.usage = "[--from DRAFT] NAME [-l LANGUAGE]",
	.summary = N_("change a playbook in your editor; it is checked before it is used"),
	.run = run,
};
