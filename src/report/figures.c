#include "report/figures.h"

#include <string.h>
#include <time.h>

#include "base/text.h"
#include "call/event.h"

/* A call that is over, for all rows it counts in. */
struct summary {
	enum outcome outcome;
	int64_t talked, held; /* ms; 0 where it never ended */
	bool was_held;
	uint32_t playbook, situation; /* the latest open */
	uint32_t situation_row, day_row, agent_row;
};

static enum outcome outcome_of(const char *disposition)
{
	static const char *const words[] = {"resolved", "follow-up", "escalated", "dropped"};
	int outcome = 0;
	while (outcome < OUTCOME_OTHER && strcmp(words[outcome], disposition) != 0)
		outcome++;
	return (enum outcome)outcome;
}

static uint32_t day_of(struct figures *figures, int64_t t)
{
	time_t seconds = (time_t)(t / 1000);
	struct tm local = {.tm_year = 70, .tm_mday = 1};
	char day[32];
	localtime_r(&seconds, &local);
	if (strftime(day, sizeof(day), "%Y-%m-%d", &local) == 0)
		return LEXICON_OTHER;
	return lexicon_number(&figures->names, day);
}

static struct summary summarise(const struct live *live)
{
	struct summary summary = {.outcome = OUTCOME_OPEN, .playbook = live->playbook};
	int64_t held_since = 0;
	for (size_t i = 0; i < live->count; i++) {
		const struct fact *fact = &live->facts[i];
		if (fact->undone)
			continue;
		if (fact->kind == EVENT_SITUATION_OPENED) {
			summary.playbook = fact->playbook;
			summary.situation = fact->situation;
		}
		bool holds = fact->kind == EVENT_CALL_HELD, ends = fact->kind == EVENT_CALL_ENDED;
		if (summary.outcome != OUTCOME_OPEN ||
		    (!holds && !ends && fact->kind != EVENT_CALL_RESUMED))
			continue;
		if (holds) {
			summary.was_held = true;
			held_since = held_since == 0 ? fact->t : held_since;
			continue;
		}
		if (held_since != 0)
			summary.held += fact->t - held_since;
		held_since = 0;
		if (ends) {
			summary.outcome = (enum outcome)fact->outcome;
			summary.talked = fact->t - live->started - summary.held;
		}
	}
	if (summary.outcome == OUTCOME_OPEN)
		summary.held = 0;
	return summary;
}

static void count_call(struct tally *tally, const struct summary *summary)
{
	tally->calls++;
	tally->outcomes[summary->outcome]++;
	tally->talked += summary->talked;
	tally->held += summary->held;
	tally->holds += summary->was_held;
}

/* The row of a key, and whether this call is the first time new to it. */
static struct tally *row_once(struct figures *figures, struct tallies *tallies,
			      struct tally_key key, bool *first)
{
	size_t row = tally_row(tallies, key); /* may move them */
	struct tally *tally = &tallies->rows[row];
	*first = tally->stamp != figures->serial;
	tally->stamp = figures->serial;
	return tally;
}

static void count_once(struct figures *figures, struct tallies *tallies, struct tally_key key,
		       const struct summary *summary)
{
	bool first;
	struct tally *tally = row_once(figures, tallies, key, &first);
	if (first)
		count_call(tally, summary);
}

static void count_step(struct figures *figures, struct tally_key key, const struct summary *summary,
		       bool said)
{
	bool first;
	struct tally *tally = row_once(figures, &figures->steps, key, &first);
	if (first)
		count_call(tally, summary);
	bool was_own = tally->passed_stamp == figures->serial;
	if (first && !said) {
		tally->own++;
		tally->passed_stamp = figures->serial;
	} else if (said && was_own) {
		tally->own--;
		tally->passed_stamp = 0;
	}
}

static void count_line(struct figures *figures, struct tally_key key, const struct summary *summary,
		       bool said)
{
	struct tally_key group = {key.playbook, key.situation, key.step, 0};
	size_t group_row = tally_row(&figures->groups, group);
	size_t line_row = tally_row(&figures->lines, key);
	struct tally *line = &figures->lines.rows[line_row];
	line->group = group_row;
	if (said) {
		count_once(figures, &figures->groups, group, summary);
		count_once(figures, &figures->lines, key, summary);
	} else if (line->passed_stamp != figures->serial) {
		line->passed_stamp = figures->serial;
		line->passed++;
		line->passed_outcomes[summary->outcome]++;
	}
}

static void count_promise(struct figures *figures, const struct fact *fact,
			  const struct summary *summary)
{
	struct pledge *pledge = pledge_of(&figures->pledges, fact->promise);
	if (pledge == NULL) {
		figures->left_out++;
		return;
	}
	pledge->made = true;
	pledge->due = fact->due;
	pledge->situation = summary->situation_row;
	pledge->day = summary->day_row;
	pledge->agent = summary->agent_row;
}

static void count_facts(struct figures *figures, const struct live *live,
			const struct summary *summary)
{
	uint32_t playbook = live->playbook, situation = 0;
	for (size_t i = 0; i < live->count; i++) {
		const struct fact *fact = &live->facts[i];
		if (fact->undone)
			continue;
		struct tally_key step = {.playbook = playbook, .step = fact->step};
		struct tally_key line = {playbook, fact->situation, fact->step, fact->text};
		if (line.situation == 0)
			line.situation = situation;
		if (fact->kind == EVENT_SITUATION_OPENED) {
			playbook = fact->playbook;
			situation = fact->situation;
			count_once(figures, &figures->playbooks,
				   (struct tally_key){.playbook = playbook}, summary);
		} else if (fact->kind == EVENT_LINE_SAID) {
			count_step(figures, step, summary, true);
			count_line(figures, line, summary, true);
		} else if (fact->kind == EVENT_LINE_PASSED) {
			count_line(figures, line, summary, false);
		} else if (fact->kind == EVENT_STEP_DONE) {
			count_step(figures, step, summary, false);
		} else if (fact->kind == EVENT_PROMISE_MADE) {
			count_promise(figures, fact, summary);
		}
	}
}

/* The call is over for us: counts and forgets it. */
void figures_count(struct figures *figures, struct live *live)
{
	if (figures->latest == live)
		figures->latest = NULL;
	bool before = figures->since != 0 && live->started < figures->since;
	bool after = figures->until != 0 && live->started >= figures->until;
	if (!before && !after) {
		figures->serial++;
		struct summary summary = summarise(live);
		struct tally_key situation = {summary.playbook, summary.situation, 0, 0};
		struct tally_key day = {.text = day_of(figures, live->started)};
		struct tally_key agent = {.text = live->agent};
		if (situation.situation == 0)
			situation.playbook = 0;
		summary.situation_row = (uint32_t)tally_row(&figures->situations, situation);
		summary.day_row = (uint32_t)tally_row(&figures->days, day);
		summary.agent_row = (uint32_t)tally_row(&figures->agents, agent);
		count_call(&figures->total, &summary);
		count_call(&figures->situations.rows[summary.situation_row], &summary);
		count_call(&figures->days.rows[summary.day_row], &summary);
		count_call(&figures->agents.rows[summary.agent_row], &summary);
		count_facts(figures, live, &summary);
	}
	live_drop(&figures->lives, live);
}

void figures_owner(struct figures *figures, const char *name)
{
	figures->owner = lexicon_number(&figures->names, name);
}

static void begin(struct figures *figures, struct live *live, const struct event *event)
{
	if (live == NULL && live_is_gone(&figures->lives, event->call)) {
		figures->again++;
		return;
	}
	if (live != NULL && event->t <= live->last) {
		figures->again++;
		return;
	}
	if (live == NULL)
		live = live_begin(&figures->lives, event->call);
	live->started = live->last = event->t;
	live->count = 0;
	live->playbook = lexicon_number(&figures->names, event->playbook);
	live->agent = event->agent == NULL ? figures->owner
					   : lexicon_number(&figures->names, event->agent);
	figures->latest = live;
}

static uint64_t moment_of(const struct event *event, int64_t t)
{
	return live_hash(event->call) ^ (uint64_t)t * UINT64_C(0x9e3779b97f4a7c15);
}

static uint64_t promise_of(const struct event *event)
{
	return text_hash(event->promise, strlen(event->promise));
}

static void change_promise(struct figures *figures, const struct event *event)
{
	enum pledge_state state = event->kind != EVENT_PROMISE_KEPT ? PLEDGE_BROKEN
				  : event->text == NULL		    ? PLEDGE_KEPT
								    : PLEDGE_EXCEEDED;
	bool room = figures->pledges.change_count < PLEDGES_MOST &&
		    figures->pledges.count < PLEDGES_MOST;
	if (!pledge_change(&figures->pledges, promise_of(event), moment_of(event, event->t), state))
		*(room ? &figures->again : &figures->left_out) += 1;
}

/* As call_apply does: the latest event of that time, unless it was taken back before. */
static void take_back(struct figures *figures, struct live *live, const struct event *event)
{
	for (size_t i = live == NULL ? 0 : live->count; i-- > 0;) {
		struct fact *fact = &live->facts[i];
		if (fact->t != event->undoes || !event_can_be_undone(fact->kind))
			continue;
		fact->undone = true;
		return;
	}
	pledge_undo(&figures->pledges, moment_of(event, event->undoes));
}

static bool matters(enum event_kind kind)
{
	return kind == EVENT_SITUATION_OPENED || kind == EVENT_LINE_SAID ||
	       kind == EVENT_LINE_PASSED || kind == EVENT_STEP_DONE || kind == EVENT_PROMISE_MADE ||
	       kind == EVENT_CALL_HELD || kind == EVENT_CALL_RESUMED || kind == EVENT_CALL_ENDED;
}

static void add_fact(struct figures *figures, struct live *live, const struct event *event)
{
	struct fact *fact = live_fact(live);
	if (fact == NULL) {
		figures->left_out++;
		return;
	}
	fact->kind = event->kind;
	fact->t = event->t;
	fact->due = event->due;
	fact->playbook = lexicon_number(&figures->names, event->playbook);
	fact->situation = lexicon_number(&figures->names, event->situation);
	fact->step = lexicon_number(&figures->names, event->step);
	if (event->kind == EVENT_PROMISE_MADE)
		fact->promise = promise_of(event);
	else
		fact->text = lexicon_number(&figures->names, event->text);
	if (event->kind == EVENT_CALL_ENDED)
		fact->outcome = (int)outcome_of(event->disposition);
}

/* An event of a call that is not known, or not any more. */
static void take_late(struct figures *figures, const struct event *event)
{
	if (event->kind == EVENT_UNDONE &&
	    pledge_undo(&figures->pledges, moment_of(event, event->undoes)))
		return;
	*(live_is_gone(&figures->lives, event->call) ? &figures->again : &figures->orphans) += 1;
}

void figures_take(struct figures *figures, const struct event *event)
{
	struct live *live = figures->latest;
	figures->events++;
	if (live == NULL || memcmp(live->id, event->call, sizeof(live->id)) != 0)
		live = live_find(&figures->lives, event->call);
	if (event->kind == EVENT_CALL_STARTED) {
		begin(figures, live, event);
	} else if (event->kind == EVENT_PROMISE_KEPT || event->kind == EVENT_PROMISE_BROKEN) {
		change_promise(figures, event);
	} else if (live == NULL) {
		take_late(figures, event);
	} else if (event->t <= live->last) {
		figures->again++;
	} else {
		if (live != figures->latest)
			live_touch(&figures->lives, live);
		figures->latest = live;
		live->last = event->t;
		if (event->kind == EVENT_UNDONE)
			take_back(figures, live, event);
		else if (matters(event->kind))
			add_fact(figures, live, event);
		if (event->kind == EVENT_CALL_ENDED && !live->ended)
			live_end(&figures->lives, live);
	}
	for (struct live *old; (old = live_surplus(&figures->lives, false)) != NULL;)
		figures_count(figures, old);
}

void figures_free(struct figures *figures)
{
	lexicon_free(&figures->names);
	lives_free(&figures->lives);
	pledges_free(&figures->pledges);
	tally_free(&figures->situations);
	tally_free(&figures->lines);
	tally_free(&figures->steps);
	tally_free(&figures->days);
	tally_free(&figures->agents);
	tally_free(&figures->groups);
	tally_free(&figures->playbooks);
	*figures = (struct figures){0};
}
