#include "base/arena.h"
#include "base/buffer.h"
#include "base/words.h"
#include "call/when.h"
#include "command/command.h"
#include "command/commands.h"
#include "command/journals.h"
#include "command/place.h"
#include "report/figures.h"
#include "report/print.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define DAY_BYTES 11  /* YYYY-MM-DD */
#define COLUMNS 80    /* where no terminal says */
#define MARGIN_DAYS 2 /* between a file's name and the days of its events: zones differ */

enum form { FORM_TEXT, FORM_JSON, FORM_CSV, FORM_HTML };

struct options {
	enum form form;
	enum report_table table;
	char since[DAY_BYTES], until[DAY_BYTES]; /* "": no bound */
	int64_t from, to;			 /* the same in ms; 0: no bound */
};

/* Local midnight at which a day begins that is so many days after another, and its name. */
static int64_t midnight(struct tm day, int after, char name[DAY_BYTES])
{
	day.tm_mday += after;
	day.tm_hour = day.tm_min = day.tm_sec = 0;
	day.tm_isdst = -1;
	time_t time = mktime(&day);
	if (time == (time_t)-1 || strftime(name, DAY_BYTES, "%Y-%m-%d", &day) == 0)
		return 0;
	return (int64_t)time * 1000;
}

/* YYYY-MM-DD, or Nd: so many days ago. */
static bool read_day(const char *text, struct tm *day, char name[DAY_BYTES])
{
	int year, month, date, end = 0;
	time_t now = time(NULL);
	localtime_r(&now, day);
	if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &date, &end) == 3 && text[end] == '\0' &&
	    strlen(text) == DAY_BYTES - 1) {
		*day = (struct tm){.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = date};
		return midnight(*day, 0, name) != 0 && strcmp(name, text) == 0;
	}
	size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > 5 || strcmp(text + digits, "d") != 0)
		return false;
	day->tm_mday -= (int)strtol(text, NULL, 10);
	return midnight(*day, 0, name) != 0;
}

static bool read_bound(struct options *options, const char *text, bool since)
{
	struct tm day;
	char next[DAY_BYTES];
	bool good = read_day(text, &day, since ? options->since : options->until);
	if (!good)
		fprintf(stderr,
			_("talktrack: \"%s\" is no day: write it as 2026-11-30, or as 7d for seven "
			  "days ago\n"),
			text);
	else if (since)
		options->from = midnight(day, 0, next);
	else
		options->to = midnight(day, 1, next);
	return good;
}

static bool read_table(struct options *options, const char *text)
{
	static const char *const words[] = {"situation", "line", "step", "day", "agent"};
	for (int i = 0; i < REPORT_ALL; i++) {
		if (strcmp(words[i], text) != 0)
			continue;
		options->table = (enum report_table)i;
		return true;
	}
	fprintf(stderr,
		_("talktrack: cannot report by \"%s\": by situation, line, step, day or agent\n"),
		text);
	return false;
}

static bool read_options(const struct command *command, struct options *options, int argc,
			 char **argv)
{
	static const struct option known[] = {{"since", required_argument, NULL, 's'},
					      {"until", required_argument, NULL, 'u'},
					      {"by", required_argument, NULL, 'b'},
					      {"json", no_argument, NULL, 'j'},
					      {"csv", no_argument, NULL, 'c'},
					      {"html", no_argument, NULL, 'h'},
					      {0}};
	for (int option; (option = command_option(command, argc, argv, "", known)) != -1;) {
		bool good = true;
		switch (option) {
		case 's':
		case 'u': good = read_bound(options, optarg, option == 's'); break;
		case 'b': good = read_table(options, optarg); break;
		case 'j': options->form = FORM_JSON; break;
		case 'c': options->form = FORM_CSV; break;
		case 'h': options->form = FORM_HTML; break;
		default: good = false; break;
		}
		if (!good)
			return false;
	}
	return true;
}

static int columns(void)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return COLUMNS;
}

static void begin(void *context, const struct journal_file *file)
{
	figures_owner(context, file->owner);
}

static bool take(void *context, const struct event *event)
{
	figures_take(context, event);
	return true;
}

static void print(const struct options *options, const struct figures *figures, size_t files,
		  time_t now)
{
	struct buffer out = {0};
	char zone[WHEN_ZONE_BYTES];
	bool zoned = when_zone((int64_t)now * 1000, zone);
	struct report report = {.figures = figures,
				.table = options->table,
				.since = options->from == 0 ? NULL : options->since,
				.until = options->to == 0 ? NULL : options->until,
				.made = (int64_t)now * 1000,
				.zone = zoned ? zone : NULL,
				.files = files};
	switch (options->form) {
	case FORM_TEXT: print_text(&report, columns(), &out); break;
	case FORM_JSON: print_json(&report, &out); break;
	case FORM_CSV: print_csv(&report, &out); break;
	case FORM_HTML: print_html(&report, &out); break;
	}
	fwrite(out.text, 1, out.length, stdout);
	buffer_free(&out);
}

static int report_run(const struct command *command, int argc, char **argv)
{
	struct options options = {.table = REPORT_ALL};
	if (!read_options(command, &options, argc, argv))
		return command_usage(command);
	place_locale();
	struct journals journals;
	struct figures figures = {.since = options.from, .until = options.to};
	journals_find(&journals, argv + optind, (size_t)(argc - optind));
	if (options.from != 0) {
		struct tm day;
		char early[DAY_BYTES];
		read_day(options.since, &day, early);
		midnight(day, -MARGIN_DAYS, early);
		journals_since(&journals, early);
	}
	journals_read(&journals, begin, take, &figures);
	time_t now = time(NULL);
	figures_finish(&figures, (int64_t)now * 1000);
	print(&options, &figures, journals.count, now);
	int status = journals.errors > 0 ? EXIT_PROBLEMS : EXIT_FINE;
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, _("talktrack: cannot write the report: %s\n"), strerror(errno));
		status = EXIT_PROBLEMS;
	}
	figures_free(&figures);
	journals_close(&journals);
	return status;
}

const struct command report_command = {
	.name = "report",
	.usage = "[--since DAY] [--until DAY] [--by situation|line|step|day|agent]\n"
		 "       [--json|--csv|--html] [JOURNAL...]",
	.summary = N_("what happened in the calls of a journal: counts, and how sure they are"),
	.run = report_run,
};
