#include "view/voice.h"

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "call/call.h"
#include "call/phrase.h"
#include "view/view.h"

#include <string.h>

#define COLUMNS_MOST 66 /* a line that the eye finds the next one from */
#define PACE_STEP 10
#define WORDS_ROW 8

static const struct line_list *list(const struct voice *voice, const struct follow_up *follow_up)
{
	return voice->message ? &follow_up->messages : &follow_up->voice_notes;
}

size_t voice_count(const struct voice *voice, const struct call *call)
{
	size_t own = call->situation ? list(voice, &call->situation->follow_up)->count : 0;

	return call->playbook ? own + list(voice, &call->playbook->follow_up)->count : 0;
}

const char *voice_text(const struct voice *voice, const struct call *call, struct arena *arena)
{
	const struct line_list *own =
		call->situation ? list(voice, &call->situation->follow_up) : NULL;
	size_t count = voice_count(voice, call), at = voice->text, first = own ? own->count : 0;

	if (count == 0)
		return NULL;
	at %= count;
	return phrase_make(
		       arena, call->playbook, call,
		       at < first ? own->items[at].text
				  : list(voice, &call->playbook->follow_up)->items[at - first].text)
		.text;
}

static bool begins_word(const char *text, size_t at)
{
	return text[at] != ' ' && text[at] != '\n' &&
	       (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n');
}

static size_t words_in(const char *text, size_t length)
{
	size_t words = 0;

	for (size_t i = 0; i < length; i++)
		words += begins_word(text, i);
	return words;
}

/* Where the reading is at a moment. */
static size_t word_at(const struct voice *voice, int64_t now)
{
	if (voice->rolling == 0 || now < voice->rolling)
		return voice->word;
	return voice->from + (size_t)((now - voice->rolling) * voice->pace / 60000);
}

static void stand(struct voice *voice, int64_t now)
{
	voice->word = word_at(voice, now);
	voice->rolling = 0;
}

static void roll(struct voice *voice, int64_t now)
{
	voice->from = voice->word;
	voice->rolling = now;
}

static void restart(struct voice *voice)
{
	voice->word = voice->from = 0;
	voice->rolling = 0;
}

static void set_pace(struct voice *voice, int pace, int64_t now)
{
	bool rolled = voice->rolling != 0;

	stand(voice, now);
	voice->pace = pace < VOICE_PACE_LEAST  ? VOICE_PACE_LEAST
		      : pace > VOICE_PACE_MOST ? VOICE_PACE_MOST
					       : pace;
	if (rolled)
		roll(voice, now);
}

bool voice_press(struct voice *voice, const struct call *call, const struct press *press,
		 int64_t now)
{
	char key = press->kind == PRESS_CHARACTER ? press->text[0] : '\0';

	if (key == ' ' && voice->rolling) {
		stand(voice, now);
	} else if (key == ' ') {
		roll(voice, now);
	} else if (key == '+' || key == '=' || key == '-') {
		set_pace(voice, voice->pace + (key == '-' ? -PACE_STEP : PACE_STEP), now);
	} else if (key == 'n') {
		voice->text =
			voice_count(voice, call) ? (voice->text + 1) % voice_count(voice, call) : 0;
		restart(voice);
	} else if (press->kind == PRESS_TAB) {
		voice->message = !voice->message;
		voice->text = 0;
		restart(voice);
	} else if (press->kind == PRESS_UP || press->kind == PRESS_DOWN) {
		stand(voice, now);
		if (press->kind == PRESS_DOWN)
			voice->word += WORDS_ROW;
		else
			voice->word -= voice->word < WORDS_ROW ? voice->word : WORDS_ROW;
	} else {
		return false;
	}
	return true;
}

/* The row that a word is in; the last one when the text is read. */
static size_t row_of_word(const char *text, const struct text_row *rows, size_t count, size_t word)
{
	size_t seen = 0;

	for (size_t i = 0; i < count; i++) {
		seen += words_in(text + rows[i].start, rows[i].length);
		if (word < seen)
			return i;
	}
	return count ? count - 1 : 0;
}

/* "a voice note · 1/2 · 130 words a minute" */
static const char *heading_of(const struct voice *voice, size_t count, struct arena *frame)
{
	size_t number = count ? voice->text + 1 : 0;
	unsigned long pace = (unsigned long)voice->pace;

	if (voice->message)
		return arena_format(frame,
				    words_count("a message · %zu/%zu · %d word a minute",
						"a message · %zu/%zu · %d words a minute", pace),
				    number, count, voice->pace);
	return arena_format(frame,
			    words_count("a voice note · %zu/%zu · %d word a minute",
					"a voice note · %zu/%zu · %d words a minute", pace),
			    number, count, voice->pace);
}

void voice_draw(struct view *view, const struct call *call, int64_t now, struct arena *frame,
		struct grid *grid, struct rect space)
{
	struct voice *voice = &view->voice;
	const char *text = voice_text(voice, call, frame);
	int columns = space.columns - 4 < COLUMNS_MOST ? space.columns - 4 : COLUMNS_MOST;
	int left = space.column + (space.columns - columns) / 2, first;
	struct text_row *rows;
	size_t count, row;
	const char *heading = heading_of(voice, voice_count(voice, call), frame);

	grid_text(grid, space.row, left, columns,
		  view->recording ? arena_format(frame, _("%s · ● recording"), heading) : heading,
		  STYLE_LABEL);
	if (!text) {
		grid_text(grid, space.row + 2, left, columns,
			  _("this playbook has no words for that"), STYLE_FAINT);
		return;
	}
	count = text_wrap(frame, text, strlen(text), columns, &rows);
	row = row_of_word(text, rows, count, word_at(voice, now));
	if (voice->rolling && word_at(voice, now) >= words_in(text, strlen(text)))
		stand(voice, now);
	/* the row being read stays in the upper third, where the eye rests */
	first = space.row + 2 + (space.rows - 2) / 3 - (int)row;
	if (first > space.row + 2)
		first = space.row + 2;
	for (size_t i = 0; i < count; i++)
		if (first + (int)i >= space.row + 2 && first + (int)i < space.row + space.rows)
			grid_put(grid, first + (int)i, left, columns, text + rows[i].start,
				 rows[i].length,
				 i == row  ? STYLE_MARKED
				 : i < row ? STYLE_FAINT
					   : STYLE_PLAIN);
}
