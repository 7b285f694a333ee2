/*
 * Suggestions against what one would pick instead, on the same cues: SQLite's FTS5 ranked by bm25,
 * fzf --filter, and grep -F. Each is asked for the situation of the same utterances; accuracy and
 * CPU time stand in one table.
 *
 * The cues are the `heard` of the shipped playbooks, each with several openings, until there are
 * 10,000; the utterances are the test's. Other sets: suggest_bench TRAIN.tsv TEST.tsv, label TAB
 * text. fzf and grep are programs: their time holds their start. Words of three letters and more
 * are looked for, any of them.
 *
 * Exit: 0 within the bounds, 1 over one of them, 2 usage or something is missing.
 */
#include "base/arena.h"
#include "base/text.h"
#include "playbook/library.h"
#include "playbook/playbook.h"
#include "suggest/suggest.h"

#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CUES = 10000, ROUNDS = 20, QUERIES_OF_PROGRAMS = 60, HITS = 200 };

static const double most_share = 0.1, most_p99 = 0.2, most_training = 50; /* of bm25's; ms; ms */

struct cue {
	const char *label, *text;
};

struct cues {
	struct cue *items;
	size_t count;
};

/* What one way of finding reached. */
struct result {
	size_t asked, first, among;
	double *times; /* ms, one a query */
	size_t time_count;
};

static struct arena arena;
static char cue_file[] = "/tmp/talktrack-suggest-XXXXXX";

static void add(struct cues *cues, const char *label, const char *text)
{
	cues->items = arena_more(&arena, cues->items, cues->count, sizeof *cues->items);
	cues->items[cues->count++] = (struct cue){label, text};
}

static double cpu(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double cpu_of_children(void)
{
	struct rusage usage;

	getrusage(RUSAGE_CHILDREN, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

/* --- The sets --- */

static bool read_set(struct cues *cues, const char *file)
{
	FILE *in = fopen(file, "re");
	char *line = NULL, *tab;
	size_t size = 0;

	while (in && getline(&line, &size, in) > 0) {
		line[strcspn(line, "\r\n")] = '\0';
		tab = strchr(line, '\t');
		if (tab && *line != '-')
			add(cues, arena_copy(&arena, line, (size_t)(tab - line)),
			    arena_string(&arena, tab + 1));
	}
	if (in)
		fclose(in);
	else
		perror(file);
	free(line);
	return cues->count > 0;
}

/* As callers begin: what they say before they say it. */
static void make_cues(struct cues *cues, const struct library *library)
{
	static const char *const openings[] = {"",
					       "look, ",
					       "hello, ",
					       "listen, ",
					       "well, ",
					       "excuse me, ",
					       "good morning, ",
					       "right, ",
					       "so ",
					       "I tell you, ",
					       "hi there, ",
					       "honestly, ",
					       "you know, ",
					       "as I told your colleague, ",
					       "once more, ",
					       "sorry, ",
					       "okay, ",
					       "please, ",
					       "the thing is, ",
					       "now then, "};
	const struct playbook *playbook;

	for (size_t o = 0; o < sizeof openings / sizeof *openings; o++)
		for (size_t i = 0; (playbook = library_playbook(library, i)); i++)
			for (size_t k = 0; k < playbook->situation_count; k++) {
				const struct situation *situation = &playbook->situations[k];

				for (size_t h = 0; h < situation->heard.count && cues->count < CUES;
				     h++)
					add(cues, situation->id,
					    arena_format(&arena, "%s%s", openings[o],
							 situation->heard.items[h].text));
			}
}

/* Labelled texts as a playbook, at most so many a label and so many labels (0: all). */
static struct playbook *make_playbook(const struct cues *cues, size_t each, size_t labels)
{
	struct playbook *playbook = arena_alloc(&arena, sizeof *playbook);

	*playbook = (struct playbook){.name = "bench", .title = "bench", .language = "en"};
	playbook->situations =
		arena_alloc(&arena, (cues->count + 1) * sizeof *playbook->situations);
	for (size_t i = 0; i < cues->count; i++) {
		struct situation *situation = playbook->situations;

		while (situation->id && strcmp(situation->id, cues->items[i].label) != 0)
			situation++;
		if (!situation->id) {
			if (labels && playbook->situation_count == labels)
				continue;
			*situation = (struct situation){.id = cues->items[i].label, .title = ""};
			playbook->situation_count++;
		}
		if (each && situation->heard.count == each)
			continue;
		situation->heard.items =
			arena_more(&arena, situation->heard.items, situation->heard.count,
				   sizeof *situation->heard.items);
		situation->heard.items[situation->heard.count++].text = cues->items[i].text;
	}
	return playbook;
}

/* --- Results --- */

static void note_time(struct result *result, double time)
{
	result->times = arena_more(&arena, result->times, result->time_count, sizeof time);
	result->times[result->time_count++] = time;
}

/* The labels that were found, best first, each once. */
static void note_answer(struct result *result, const char *wanted, const char *const *labels,
			size_t count)
{
	const char *best[3] = {NULL};
	size_t found = 0;

	for (size_t i = 0; i < count && found < 3; i++) {
		bool known = false;

		for (size_t k = 0; k < found; k++)
			known = known || strcmp(best[k], labels[i]) == 0;
		if (!known)
			best[found++] = labels[i];
	}
	result->asked++;
	result->first += found && strcmp(best[0], wanted) == 0;
	for (size_t i = 0; i < found; i++)
		result->among += strcmp(best[i], wanted) == 0;
}

static int compare(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return one < other ? -1 : one > other;
}

static double share_of(struct result *result, double share)
{
	if (!result->time_count)
		return 0;
	qsort(result->times, result->time_count, sizeof(double), compare);
	return result->times[(size_t)(share * (double)(result->time_count - 1))];
}

static double mean(const struct result *result)
{
	double sum = 0;

	for (size_t i = 0; i < result->time_count; i++)
		sum += result->times[i];
	return result->time_count ? sum / (double)result->time_count : 0;
}

static void print_row(const char *name, struct result *result, double build)
{
	if (!result->asked) {
		printf("%-22s not installed\n", name);
		return;
	}
	printf("%-22s %6.1f %6.1f %10.4f %10.4f %10.4f %10.1f\n", name,
	       100.0 * (double)result->first / (double)result->asked,
	       100.0 * (double)result->among / (double)result->asked, mean(result),
	       share_of(result, 0.5), share_of(result, 0.99), build);
}

/* --- The contenders --- */

static double run_talktrack(struct result *result, const struct cues *cues,
			    const struct cues *tests)
{
	const struct playbook *playbook = make_playbook(cues, 0, 0);
	double begin = cpu(CLOCK_PROCESS_CPUTIME_ID), build;
	struct suggest_model *model = suggest_train_on(&playbook, 1);

	build = cpu(CLOCK_PROCESS_CPUTIME_ID) - begin;
	for (size_t i = 0; i < tests->count * ROUNDS; i++) {
		const struct cue *test = &tests->items[i % tests->count];
		struct suggest_match matches[SUGGEST_MATCHES];
		const char *labels[SUGGEST_MATCHES];
		size_t count;

		begin = cpu(CLOCK_THREAD_CPUTIME_ID);
		count = suggest_find(model, test->text, strlen(test->text), matches);
		note_time(result, cpu(CLOCK_THREAD_CPUTIME_ID) - begin);
		for (size_t k = 0; k < count; k++)
			labels[k] = matches[k].situation->id;
		if (i < tests->count)
			note_answer(result, test->label, labels, count);
	}
	suggest_free(model);
	return build;
}

/* The words of a text that are looked for, each with marks around it and a joint between. */
static const char *words_of(const char *text, const char *before, const char *after,
			    const char *joint)
{
	char *folded = text_fold(&arena, text, strlen(text)), *save = NULL;
	const char *out = "";

	for (char *word = strtok_r(folded, " ", &save); word; word = strtok_r(NULL, " ", &save))
		if (strlen(word) >= 3)
			out = arena_format(&arena, "%s%s%s%s%s", out, *out ? joint : "", before,
					   word, after);
	return out;
}

static void run_sql(sqlite3 *base, const char *sql)
{
	char *trouble = NULL;

	if (sqlite3_exec(base, sql, NULL, NULL, &trouble) != SQLITE_OK) {
		fprintf(stderr, "sqlite: %s\n", trouble);
		exit(2);
	}
}

static double fill_base(sqlite3 *base, const struct cues *cues)
{
	double begin = cpu(CLOCK_PROCESS_CPUTIME_ID);
	sqlite3_stmt *insert = NULL;

	run_sql(base, "create virtual table cue using fts5(text, label unindexed); begin");
	sqlite3_prepare_v2(base, "insert into cue values (?, ?)", -1, &insert, NULL);
	for (size_t i = 0; i < cues->count; i++) {
		const char *text =
			text_fold(&arena, cues->items[i].text, strlen(cues->items[i].text));

		sqlite3_bind_text(insert, 1, text, -1, SQLITE_STATIC);
		sqlite3_bind_text(insert, 2, cues->items[i].label, -1, SQLITE_STATIC);
		sqlite3_step(insert);
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
	run_sql(base, "commit; insert into cue(cue) values('optimize')");
	return cpu(CLOCK_PROCESS_CPUTIME_ID) - begin;
}

static double run_fts5(struct result *result, const struct cues *cues, const struct cues *tests)
{
	sqlite3 *base = NULL;
	sqlite3_stmt *find = NULL;
	double build, begin;

	if (sqlite3_open(":memory:", &base) != SQLITE_OK)
		exit(2);
	build = fill_base(base, cues);
	sqlite3_prepare_v2(base,
			   "select label from cue where cue match ? order by bm25(cue) limit 200",
			   -1, &find, NULL);
	for (size_t i = 0; i < tests->count; i++) {
		const char *words = words_of(tests->items[i].text, "\"", "\"", " OR ");
		const char *labels[HITS];
		size_t count = 0;

		begin = cpu(CLOCK_THREAD_CPUTIME_ID);
		sqlite3_bind_text(find, 1, words, -1, SQLITE_STATIC);
		while (count < HITS && sqlite3_step(find) == SQLITE_ROW)
			labels[count++] =
				arena_string(&arena, (const char *)sqlite3_column_text(find, 0));
		note_time(result, cpu(CLOCK_THREAD_CPUTIME_ID) - begin);
		note_answer(result, tests->items[i].label, labels, count);
		sqlite3_reset(find);
	}
	sqlite3_finalize(find);
	sqlite3_close(base);
	return build;
}

/* Runs a command on the file of cues; its lines are labels, best first. The words have no quotes:
 * they are folded. */
static void ask_program(struct result *result, const char *format, const char *words,
			const char *wanted)
{
	const char *labels[HITS];
	char line[1000];
	size_t count = 0;
	double begin = cpu_of_children();
	FILE *out = popen(arena_format(&arena, "%s '%s' %s", format, words, cue_file), "re");

	while (out && fgets(line, sizeof line, out)) {
		line[strcspn(line, "\t\n")] = '\0';
		if (count < HITS)
			labels[count++] = arena_string(&arena, line);
	}
	if (out)
		pclose(out);
	note_time(result, cpu_of_children() - begin);
	note_answer(result, wanted, labels, count);
}

static void write_cues(const struct cues *cues)
{
	int descriptor = mkstemp(cue_file);
	FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "w");

	for (size_t i = 0; out && i < cues->count; i++)
		fprintf(out, "%s\t%s\n", cues->items[i].label,
			text_fold(&arena, cues->items[i].text, strlen(cues->items[i].text)));
	if (!out || fclose(out) != 0) {
		perror(cue_file);
		exit(2);
	}
}

/* Of grep's lines, the labels of most. */
#define GREP                                                                                       \
	"best() { grep -F -w -e \"$(printf '%s' \"$1\" | tr ' ' '\\n')\" \"$2\" | cut -f1 | sort " \
	"| uniq -c | "                                                                             \
	"sort -rn | head -n 3 | sed 's/^ *[0-9]* //'; }; best"
/* fzf reads lines from its input, and looks for any of several words with | between. */
#define FZF "best() { fzf --filter \"$1\" --delimiter '\\t' --nth 2 <\"$2\" | head -n 200; }; best"

static void run_programs(struct result *grep, struct result *fzf, const struct cues *cues,
			 const struct cues *tests)
{
	bool installed =
		system("command -v fzf >/dev/null") == 0; /* NOLINT: the bench runs programs */
	size_t step = tests->count > QUERIES_OF_PROGRAMS ? tests->count / QUERIES_OF_PROGRAMS : 1;

	write_cues(cues);
	for (size_t i = 0; i < tests->count; i += step) {
		const struct cue *test = &tests->items[i];

		ask_program(grep, GREP, words_of(test->text, "", "", " "), test->label);
		if (installed)
			ask_program(fzf, FZF, words_of(test->text, "", "", " | "), test->label);
	}
	unlink(cue_file);
}

/* --- The bounds --- */

/* Twenty situations of thirty utterances, the least of five runs. */
static double time_training(const struct cues *cues)
{
	const struct playbook *playbook = make_playbook(cues, 30, 20);
	double least = 1e9;

	for (int i = 0; i < 5; i++) {
		double begin = cpu(CLOCK_PROCESS_CPUTIME_ID), time;
		struct suggest_model *model = suggest_train_on(&playbook, 1);

		time = cpu(CLOCK_PROCESS_CPUTIME_ID) - begin;
		if (i == 0)
			printf("\n%zu situations, %.0f KB once learned\n",
			       playbook->situation_count, (double)suggest_size(model) / 1024);
		suggest_free(model);
		least = time < least ? time : least;
	}
	return least;
}

static bool holds(const char *what, double value, double most)
{
	printf("%-4s %s: %.3f, at most %g\n", value <= most ? "ok" : "OVER", what, value, most);
	return value <= most;
}

/* English situations, and Esperanto ones under other names, so that there are twenty. */
static void add_language(struct cues *cues, const char *language, const char *mark)
{
	static const char *const places[] = {"scripts"};
	struct library *library = arena_alloc(&arena, sizeof *library);
	const struct playbook *playbook;

	if (!library_open(library, language, places, 1, true))
		return;
	library_load_all(library);
	for (size_t i = 0; (playbook = library_playbook(library, i)); i++)
		for (size_t k = 0; k < playbook->situation_count; k++)
			for (size_t h = 0; h < playbook->situations[k].heard.count; h++)
				add(cues,
				    arena_format(&arena, "%s%s", playbook->situations[k].id, mark),
				    playbook->situations[k].heard.items[h].text);
}

static bool get_sets(struct cues *cues, struct cues *tests, int argc, char **argv)
{
	static const char *const places[] = {"scripts"};
	static struct library library;

	if (argc == 3)
		return read_set(cues, argv[1]) && read_set(tests, argv[2]);
	if (argc != 1 || !library_open(&library, "en", places, 1, true))
		return false;
	library_load_all(&library);
	make_cues(cues, &library);
	return cues->count && read_set(tests, "tests/suggest/en.tsv");
}

int main(int argc, char **argv)
{
	struct cues cues = {0}, tests = {0}, twenty = {0};
	struct result talktrack = {0}, fts5 = {0}, fzf = {0}, grep = {0};
	double built, indexed;
	bool fine = true;

	setlocale(LC_CTYPE, "C.UTF-8");
	if (!get_sets(&cues, &tests, argc, argv)) {
		fputs("usage: suggest_bench [TRAIN.tsv TEST.tsv], from the top folder\n", stderr);
		return 2;
	}
	built = run_talktrack(&talktrack, &cues, &tests);
	indexed = run_fts5(&fts5, &cues, &tests);
	run_programs(&grep, &fzf, &cues, &tests);
	printf("%zu cues, %zu utterances; CPU in ms\n\n%-22s %6s %6s %10s %10s %10s %10s\n",
	       cues.count, tests.count, "", "top 1", "top 3", "mean", "median", "p99", "to build");
	print_row("talktrack suggest", &talktrack, built);
	print_row("SQLite FTS5 bm25", &fts5, indexed);
	print_row("fzf --filter, a sample", &fzf, 0);
	print_row("grep -F, a sample", &grep, 0);
	add_language(&twenty, "en", "");
	add_language(&twenty, "eo", "-eo");
	fine &= holds("training 20 situations x 30 utterances, ms", time_training(&twenty),
		      most_training);
	fine &= holds("one prediction, p99, ms", share_of(&talktrack, 0.99), most_p99);
	fine &= holds("one prediction, share of bm25's CPU", mean(&talktrack) / mean(&fts5),
		      most_share);
	fine &= holds("bm25's top 1 over ours", (double)fts5.first / (double)talktrack.first, 1);
	arena_free(&arena);
	return fine ? 0 : 1;
}
