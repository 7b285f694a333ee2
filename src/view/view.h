/* The view: what belongs to the screen alone (what is open, marked, typed, selected) and how a call
 * looks.
 *
 *   view_press : view x call x press -> view, request     what a key means just now
 *   view_draw  : view x call x now -> grid                what the agent sees
 *
 * Nothing here changes a call: what a key asks of it comes back as a request. The screen keeps to
 * an attention budget: the panels stand still, only what is current shouts, one notice at a time.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "playbook/playbook.h"
#include "suggest/suggest.h"
#include "view/field.h"
#include "view/grid.h"
#include "view/keymap.h"
#include "view/mirrored.h"
#include "view/pace.h"
#include "view/sheet.h"
#include "view/voice.h"

struct call;
struct library;
struct line;
struct search_index;
struct situation;

enum view_mode {
	VIEW_MAIN, /* the panels of an open call, or, with none, the situations to begin one with */
	VIEW_PICKER, /* situations, filtered as one types */
	VIEW_SEARCH, /* lines, found as one types */
	VIEW_SLOTS,
	VIEW_PROMISE,
	VIEW_NOTE,
	VIEW_HEAR, /* what the caller says, typed */
	VIEW_END,
	VIEW_QUIT,
	VIEW_VOICE,   /* the teleprompter */
	VIEW_WRAP_UP, /* the note after a call */
	VIEW_BREATHE, /* any key closes it */
	VIEW_RESUME,  /* a call was cut off: go on with it? */
	VIEW_HELP,
	VIEW_GUIDE,
	VIEW_CHANNELS,
};

/* Whether a mode takes the whole screen between the header and the bottom row. */
bool view_is_page(enum view_mode mode);

#define VIEW_NOTICE_BYTES 256
#define VIEW_HEARD_BYTES 512

/* The customer's last words, as far as a row can show them. */
struct heard {
	char text[VIEW_HEARD_BYTES]; /* clean; their end, where they are longer; "": nothing was
					heard */
	bool final;		     /* false: a guess, still changing */
	int64_t at;		     /* ms */
};

struct view {
	struct keymap keymap;
	int rows, columns; /* of the screen */
	enum view_mode mode;
	struct field field[2];			 /* what is being typed */
	size_t focus;				 /* which field; in VIEW_SLOTS which slot */
	struct sheet sheet;			 /* of VIEW_WRAP_UP */
	struct voice voice;			 /* of VIEW_VOICE */
	bool recording;				 /* somebody records the voice note */
	bool editing;				 /* keys are text for the sheet */
	bool edited;				 /* it is no longer as it was made */
	size_t selected;			 /* in a list; in a long page the first row shown */
	const struct situation *situation;	 /* whose lines are marked */
	const char *marked[PLAYBOOK_STEPS_MOST]; /* the wording the agent moved to, a line's text,
						    or NULL */
	int64_t breathing;		/* ms at which the pacer began; 0: it begins when drawn */
	char notice[VIEW_NOTICE_BYTES]; /* until the next key */
	struct suggest_match
		offers[SUGGEST_MATCHES]; /* situations that the caller's words sound like */
	size_t offer_count;
	const struct library
		*gloss;	 /* in the agent's own language, while the call is in another; NULL: none */
	bool parallel;	 /* shows the gloss beneath marked lines */
	const char *due; /* promises due at start, for the home screen, borrowed; or NULL */
	const char *cut_off; /* what call that was, borrowed; NULL: none */
	struct heard heard;
	struct mirrored mirrored; /* what the customer said, turned round */
	struct mirrored_tables tables;
	struct pace pace;	    /* of the talk */
	const char *standing;	    /* a notice that stays, borrowed, or NULL */
	char argument[FIELD_BYTES]; /* of a request, until the next press */
	struct wraps *wraps;	    /* rows of what was drawn lately; owned */
	struct arena arena;	    /* the search index */
	struct search_index *index; /* NULL: to be built when first needed */
};

/* What a press asks for: an action of the call with its arguments, or EDIT, QUIT or WRAP_UP and
 * VOICE (with "copy", "save", "send", "editor", "format", "record", "play") for whoever runs the
 * screen; ACTION_NONE when the view has done all there was to do. */
struct request {
	enum action action;
	const char *arguments[2]; /* NULL where missing; live until the next press */
};

void view_open(struct view *view, int rows, int columns);
void view_close(struct view *view);

/* One notice, shown until the next key; sanitised. */
void view_notice(struct view *view, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The library has changed or was loaded further: what pointed into the old one is let go. */
void view_forget(struct view *view);

/* Closes what is open, back to the panels: what was asked for has been done. */
void view_settle(struct view *view);

/* now is for what moves with time. */
struct request view_press(struct view *view, const struct call *call, const struct library *library,
			  const struct press *press, int64_t now);

/* Keeps the customer's last words for the header. */
void view_hear(struct view *view, const char *text, bool final, int64_t now);

/* Whether the agent has begun to write something that would be lost if another thing opened. */
bool view_is_typing(const struct view *view, const struct call *call);

/* An action by name and without arguments, as its key would do it: say-line and pass-line mean the
 * marked line. */
struct request view_act(struct view *view, const struct call *call, const struct library *library,
			enum action action);

/* The whole screen, in the frame's arena, which must live as long as the grid is looked at. */
void view_draw(struct view *view, const struct call *call, const struct library *library,
	       int64_t now, struct arena *frame, struct grid *grid);

/* The playbook's line marked in a step: where the agent moved to, else the one on offer; NULL when
 * there is none. Where mirrored_is_marked it is that, and this is the next. */
const struct line *view_marked(const struct view *view, const struct call *call, size_t step,
			       struct arena *scratch);

/* The search index, built when it is first needed. */
const struct search_index *view_search(struct view *view, const struct library *library);

#endif
