#include "command/clock.h"
#include "base/buffer.h"
#include "base/words.h"
#include "call/id.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/desk.h"
#include "command/errand.h"
#include "command/place.h"
#include "command/show.h"
#include "journal/unfinished.h"
#include "playbook/glance.h"
#include "playbook/library.h"

#include <getopt.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define FIRST_BYTES (16 * 1024) /* of playbooks that are read for the first frame */
#define PAINT_EVERY 17 /* ms: what comes over the link is painted at most 60 times a second */
#define FILE_GRAIN 10  /* ms: the times of files are so much behind the clock */
#define LEARN_LOOK 20  /* ms: so often it is asked whether the model is made */
#define LINK_TURN 5    /* ms: then the keyboard is asked again */

static bool record(void *context, const struct event *event)
{
	struct desk *run = context;
	struct event named = *event;
	bool written;

	if (event->kind == EVENT_CALL_STARTED)
		named.agent = run->config.agent ? run->config.agent : place_agent();
	written = journal_append(&run->journal, &named);
	if (event->kind == EVENT_CALL_STARTED) {
		/* after the write: it is what makes the folder */
		if (run->claim >= 0)
			close(run->claim);
		run->claim = unfinished_claim(run->journal.folder, event->call);
	}
	return written;
}

static void name_call(void *context, int64_t now, char id[EVENT_CALL_BYTES])
{
	unsigned char random[10] = {0};

	(void)context;
	/* short of random numbers the time alone must do */
	if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
		memcpy(random, &now, sizeof now);
	id_make(id, now, random);
}

static const struct suggest_model *model(void *context)
{
	struct desk *run = context;

	return learn_model(&run->learn, run->shelf.library);
}

/* The one notice that stays: what is not written down comes before what could not be read. */
static void stand(struct desk *run)
{
	run->coach.view.standing = run->shelf.trouble;
	if (!run->shelf.trouble && run->config.problems.count > 0)
		run->coach.view.standing =
			arena_format(&run->frame, _("passed over: config.yaml:%d: %s"),
				     run->config.problems.items[0].place.line,
				     run->config.problems.items[0].message);
	if (run->journal.waiting_count > 0)
		run->coach.view.standing =
			arena_format(&run->frame, _("not yet written to the journal: %zu (%s)"),
				     run->journal.waiting_count, run->journal.message);
}

static void paint(struct desk *run)
{
	struct grid grid;

	coach_heed(&run->coach, clock_now());
	arena_reset(&run->frame);
	stand(run);
	run->coach.view.rows = run->screen.rows;
	run->coach.view.columns = run->screen.columns;
	coach_draw(&run->coach, clock_now(), &run->frame, &grid);
	screen_show(&run->screen, &grid);
	run->painted = clock_ticks();
}

/* What is older than the configuration says goes; what stays all the same is told. */
static void forget(struct desk *run)
{
	struct journal_forgotten forgotten =
		journal_forget(run->journal.folder, run->config.journal.keep, clock_now());

	if (forgotten.kept > 0)
		view_notice(
			&run->coach.view,
			words_count("%zu old day of the journal stays, for a promise that is open",
				    "%zu old days of the journal stay, for promises that are open",
				    forgotten.kept),
			forgotten.kept);
}

/* A call that was resumed goes on in its own language. */
static void follow_language(struct desk *run)
{
	const char *language = run->coach.call.language;

	if (run->coach.call.phase == CALL_OPEN && language &&
	    strcmp(language, run->shelf.library->language) != 0 && language != run->refused) {
		if (shelf_switch(&run->shelf, &run->coach, language))
			shelf_watch(&run->shelf, &run->watch);
		else
			run->refused = run->coach.call.language;
	}
}

/* Takes all keys that have arrived; false: the agent leaves. */
static bool take_keys(struct desk *run)
{
	struct press press;

	screen_take(&run->screen);
	while (screen_read(&run->screen, &press)) {
		enum coach_outcome outcome = coach_press(&run->coach, &press, clock_now());

		if (outcome == COACH_LEAVES)
			return false;
		errand_do(run, outcome);
	}
	return true;
}

/* Takes what has come over the link; false: somebody asked the coach to end. */
static bool take_link(struct desk *run, bool *more)
{
	enum coach_outcome outcome;

	*more = remote_serve(&run->remote, clock_ticks() + LINK_TURN, &outcome);
	errand_do(run, outcome);
	return outcome != COACH_LEAVES;
}

/* How long to wait: until the clock on the screen changes, or what came over the link may be
 * painted. */
static int patience(const struct desk *run, bool more, bool owed)
{
	int tick = coach_tick(&run->coach, clock_now());
	int64_t rest = run->painted + PAINT_EVERY - clock_ticks();

	/* words that wait for the model */
	if (run->coach.unheeded && run->learn.running && (tick < 0 || tick > LEARN_LOOK))
		tick = LEARN_LOOK;
	if (more || (owed && rest <= 0))
		return 0;
	return owed && (tick < 0 || rest < tick) ? (int)rest : tick;
}

/* Ctrl-C: what was typed before it is void, as with any program; so is a paste whose end never
 * came.
 */
static enum coach_outcome interrupt(struct desk *run)
{
	static const struct press press = {.kind = PRESS_CONTROL, .text = "c"};

	keys_forget(&run->screen.keys);
	return coach_press(&run->coach, &press, clock_now());
}

static void loop(struct desk *run)
{
	bool more = false, owed = false; /* owed: the screen is behind */

	for (;;) {
		unsigned seen = watch_wait(&run->watch, patience(run, more, owed));

		if (seen & WATCH_ENDED)
			return;
		if (seen & WATCH_SUSPENDED) {
			screen_leave(&run->screen);
			watch_suspend();
			screen_return(&run->screen);
		}
		if (seen & WATCH_INTERRUPTED && interrupt(run) == COACH_LEAVES)
			return;
		if (seen & WATCH_RESIZED)
			screen_resize(&run->screen);
		if (seen & WATCH_INPUT && !take_keys(run))
			return;
		follow_language(run);
		if (seen & WATCH_CHANGED) {
			/* first the watch: what is saved while the files are read must be seen, too
			 */
			shelf_watch(&run->shelf, &run->watch);
			shelf_refresh(&run->shelf, &run->coach);
			malloc_trim(0);
		}
		if (run->shelf.waiting && run->coach.call.phase != CALL_OPEN)
			shelf_refresh(&run->shelf, &run->coach);
		if (!take_link(run, &more))
			return;
		if (run->journal.waiting_count > 0)
			journal_retry(&run->journal);
		owed = (seen & ~(unsigned)(WATCH_LINK | WATCH_TIME)) == 0 &&
		       clock_ticks() - run->painted < PAINT_EVERY;
		if (!owed) {
			paint(run);
			remote_tell(&run->remote);
		}
	}
}

static void listen_to_others(struct desk *run)
{
	struct arena arena = {0};
	const char *trouble = remote_open(&run->remote, &run->coach, place_link(&arena));

	if (trouble)
		view_notice(&run->coach.view, _("other programs cannot reach this coach: %s"),
			    trouble);
	run->watch.link = remote_descriptor(&run->remote);
	arena_free(&arena);
}

/* The folders are watched when all is read: what was saved while it was is read again. */
static void watch_books(struct desk *run, int64_t begun)
{
	shelf_watch(&run->shelf, &run->watch);
	if (run->watch.newest >= begun - FILE_GRAIN)
		shelf_refresh(&run->shelf, &run->coach);
}

/* Opens what the coach stands on, paints as soon as there is something to see, and reads the rest
 * then. */
static const char *start(struct desk *run, const struct theme *theme, bool colours)
{
	struct recorder recorder = {
		.record = record, .name_call = name_call, .model = model, .context = run};
	int64_t begun = clock_now();
	const char *trouble;

	glance_take(run->shelf.library, FIRST_BYTES);
	trouble = screen_open(&run->screen, theme, colours);
	if (trouble)
		return trouble;
	watch_open(&run->watch, !getenv("TALKTRACK_NO_NOTIFY"));
	coach_open(&run->coach, run->shelf.library, &run->history, recorder, run->screen.rows,
		   run->screen.columns);
	run->coach.view.keymap = run->config.keymap;
	run->coach.writes_heard = run->config.journal.heard;
	run->coach.format = run->config.wrap_up.format;
	run->coach.agent = run->config.agent;
	paint(run);
	if (!library_playbook(run->shelf.library, 0)) {
		/* large ones: a frame with the first of them, and the others behind it */
		while (!library_playbook(run->shelf.library, 0) &&
		       library_load_next(run->shelf.library))
			;
		coach_rebind(&run->coach, run->shelf.library);
		paint(run);
	}
	library_load_all(run->shelf.library);
	forget(run);
	recover(run->journal.folder, &run->history, clock_now(), &run->recovered);
	run->coach.view.due = run->recovered.due;
	run->claim = run->recovered.claim;
	coach_rebind(&run->coach, run->shelf.library);
	coach_offer(&run->coach, run->recovered.events, run->recovered.count);
	shelf_tell(&run->shelf);
	watch_books(run, begun);
	listen_to_others(run);
	paint(run);
	malloc_trim(0); /* what reading took and the library does not need goes back */
	return NULL;
}

static void stop(struct desk *run)
{
	recorder_stop(&run->recorder);
	screen_close(&run->screen);
	remote_close(&run->remote);
	watch_close(&run->watch);
	if (!journal_retry(&run->journal))
		fprintf(stderr,
			words_count("talktrack: %zu event could not be written to %s: %s\n",
				    "talktrack: %zu events could not be written to %s: %s\n",
				    run->journal.waiting_count),
			run->journal.waiting_count, run->journal.folder, run->journal.message);
	coach_close(&run->coach);
	/* a model in the making needs its library: all is written and given back, so that nothing
	 * is left to do but to end */
	if (!learn_stop(&run->learn))
		_exit(EXIT_FINE);
}

static int run_library(struct desk *run, const struct theme *theme, bool colours)
{
	const char *trouble;
	struct arena arena = {0};
	const char *folder = config_journal(&run->config, &arena);

	run->claim = -1;
	journal_open(&run->journal, folder ? folder : "talktrack-journal");
	trouble = start(run, theme, colours);
	if (trouble) {
		fprintf(stderr,
			_("talktrack: %s, so here is the text (talktrack show prints it too)\n"),
			trouble);
		library_load_all(run->shelf.library);
		show_library(run->shelf.library, NULL, stdout);
	} else {
		loop(run);
		stop(run);
	}
	history_free(&run->history);
	journal_close(&run->journal);
	if (run->claim >= 0)
		close(run->claim);
	arena_free(&run->recovered.arena);
	arena_free(&run->frame);
	arena_free(&arena);
	return EXIT_FINE;
}

static int run_options(const struct command *command, int argc, char **argv, const char **language,
		       const char **named, const char **theme)
{
	static const struct option none[] = {{0}};
	int option;

	while ((option = command_option(command, argc, argv, "l:p:t:", none)) != -1)
		switch (option) {
		case 'l': place_words(*language = optarg); break;
		case 'p': *named = optarg; break;
		case 't': *theme = optarg; break;
		default: return command_usage(command);
		}
	return optind < argc ? command_usage(command) : EXIT_FINE;
}

/* -t, else the configuration's, else by NO_COLOR. NULL: there is none of that name, which was told.
 */
static const struct theme *choose_theme(const char *asked, const char *configured, bool colours)
{
	const char *name = asked ? asked : colours ? configured : NULL;
	struct buffer names = {0};

	if (!name)
		return colours ? theme_at(0) : theme_find("mono");
	if (theme_find(name))
		return theme_find(name);
	for (size_t i = 0; theme_at(i); i++)
		buffer_format(&names, "%s%s", i ? ", " : "", theme_at(i)->name);
	fprintf(stderr, _("talktrack: no theme \"%s\"; there are: %s\n"), name, names.text);
	buffer_free(&names);
	return NULL;
}

static int run_configured(struct desk *run, const char *language, const char *named,
			  const char *asked)
{
	const char *no_color = getenv("NO_COLOR");
	bool colours = !no_color || !*no_color;
	const struct theme *theme = choose_theme(asked, run->config.theme, colours);
	int status = EXIT_PROBLEMS;

	if (!theme)
		return EXIT_USAGE;
	if (shelf_open(&run->shelf, language ? language : run->config.language, named))
		status = run_library(run, theme, colours);
	shelf_close(&run->shelf);
	return status;
}

static int run_run(const struct command *command, int argc, char **argv)
{
	struct desk run = {0};
	const char *language = NULL, *named = NULL, *theme = NULL;
	int status = run_options(command, argc, argv, &language, &named, &theme);

	if (status != EXIT_FINE)
		return status;
	if (!place_locale_or_tell())
		return EXIT_PROBLEMS;
	config_open_and_tell(&run.config, language);
	status = run_configured(&run, language, named, theme);
	config_close(&run.config);
	return status;
}

const struct command run_command = {
	.name = "run",
	.usage = "[-l LANGUAGE] [-p FILE|FOLDER] [-t THEME]",
	.summary = N_("open the coach (what talktrack does without a command)"),
	.run = run_run,
};
