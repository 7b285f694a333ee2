/* Everything an agent can do: one list, from which the keys, the help screen, the remote control's
 * vocabulary and the manual's table are made.
 *
 * Names are an interface and stay. CALL actions change the call and become events; SCREEN actions
 * only change what is shown. Arguments are texts, in the order of the usage string.
 */
#ifndef CALL_ACTION_H
#define CALL_ACTION_H

#include "base/words.h"

#include <stddef.h>

/*      identifier      name              key        kind    arguments        label    help */
#define ACTION_LIST(X)                                                                             \
	X(SAY_LINE, "say-line", "Enter", CALL, "", NC_("key", "said"),                             \
	  N_("I said it: tick the line, on to the next step"))                                     \
	X(PASS_LINE, "pass-line", "n", CALL, "", NC_("key", "other"), N_("another wording"))       \
	X(NEXT_STEP, "next-step", "Tab", CALL, "", NC_("key", "next"),                             \
	  N_("step done in my own words, on to the next"))                                         \
	X(OPEN_STEP, "open-step", "1-9", CALL, "STEP", "", N_("go to a step"))                     \
	X(STEP_BACK, "step-back", "S-Tab", CALL, "", "", N_("back to the step before"))            \
	X(LINE_DOWN, "line-down", "Down", SCREEN, "", "", N_("mark the next wording"))             \
	X(LINE_UP, "line-up", "Up", SCREEN, "", "", N_("mark the wording before"))                 \
	X(PICK_SITUATION, "pick-situation", "s", SCREEN, "", NC_("key", "switch"),                 \
	  N_("choose a situation"))                                                                \
	X(OPEN_SITUATION, "open-situation", "", CALL, "SITUATION", "",                             \
	  N_("open a situation's panels"))                                                         \
	X(SEARCH, "search", "/", SCREEN, "", NC_("key", "find"), N_("find a line anywhere"))       \
	X(HEAR, "hear", "t", SCREEN, "", "",                                                       \
	  N_("type what the caller says: its situation is offered"))                               \
	X(TAKE_OFFER, "take-offer", "o", SCREEN, "", "", N_("open the situation that is offered")) \
	X(TAKE_SECOND, "take-second", "i", SCREEN, "", "", N_("open the second that is offered"))  \
	X(TAKE_THIRD, "take-third", "j", SCREEN, "", "", N_("open the third that is offered"))     \
	X(TAKE_WORDS, "take-words", "k", SCREEN, "", "",                                           \
	  N_("fill the slot with what the caller said"))                                           \
	X(EDIT_WORDS, "edit-words", "r", SCREEN, "", "", N_("the same, to be edited first"))       \
	X(FILL, "fill", "f", SCREEN, "", NC_("key", "fill"),                                       \
	  N_("fill in the slots: name, issue, product ..."))                                       \
	X(FILL_SLOT, "fill-slot", "", CALL, "SLOT TEXT", "", N_("fill in a slot"))                 \
	X(PROMISE, "promise", "p", SCREEN, "", NC_("key", "promise"),                              \
	  N_("write down a promise: what, by when"))                                               \
	X(MAKE_PROMISE, "make-promise", "", CALL, "TEXT WHEN", "", N_("write down a promise"))     \
	X(NOTE, "note", "a", SCREEN, "", "", N_("add a note"))                                     \
	X(ADD_NOTE, "add-note", "", CALL, "TEXT", "", N_("add a note"))                            \
	X(END, "end", "x", SCREEN, "", NC_("key", "end"), N_("end the call: choose how it ended")) \
	X(MARK_MOOD, "mark-mood", "m", CALL, "[MOOD]", "",                                         \
	  N_("how the caller is: heated, tense, calm"))                                            \
	X(HOLD, "hold", "h", CALL, "", NC_("key", "hold"), N_("put on hold, and take off again"))  \
	X(UNDO, "undo", "u", CALL, "", NC_("key", "undo"), N_("take the last thing back"))         \
	X(GUIDE, "guide", "g", SCREEN, "", "", N_("what to do here, and what not to say"))         \
	X(BREATHE, "breathe", "z", SCREEN, "", "", N_("a pacer for a few calm breaths"))           \
	X(CHANNELS, "channels", "c", SCREEN, "", "", N_("the ways to get help"))                   \
	X(SWITCH_LANGUAGE, "switch-language", "l", SCREEN, "[LANGUAGE]", "",                       \
	  N_("the same place in the next language"))                                               \
	X(PARALLEL, "parallel", "y", SCREEN, "", "",                                               \
	  N_("your own language beneath each marked line"))                                        \
	X(EDIT, "edit", "e", SCREEN, "", "", N_("open the playbook at this line in $EDITOR"))      \
	X(BEGIN_CALL, "begin-call", "b", CALL, "", "",                                             \
	  N_("a call begins, the situation not yet known"))                                        \
	X(RESUME_CALL, "resume-call", "", SCREEN, "", "",                                          \
	  N_("go on with a call that was cut off"))                                                \
	X(END_CALL, "end-call", "", CALL, "DISPOSITION", "",                                       \
	  N_("end the call: resolved, follow-up, escalated, dropped"))                             \
	X(VOICE, "voice", "v", SCREEN, "", "",                                                     \
	  N_("the words for a voice note or a message after the call"))                            \
	X(WRAP_UP, "wrap-up", "w", SCREEN, "", "",                                                 \
	  N_("the note after the call: read, edit, hand over"))                                    \
	X(HELP, "help", "?", SCREEN, "", NC_("key", "help"), N_("all keys"))                       \
	X(QUIT, "quit", "q", SCREEN, "", "", N_("leave talktrack"))

enum action {
#define ACTION_NAME(identifier, name, key, kind, arguments, label, help) ACTION_##identifier,
	ACTION_LIST(ACTION_NAME)
#undef ACTION_NAME
		ACTION_COUNT,
	ACTION_NONE = ACTION_COUNT,
};

enum action_kind { ACTION_KIND_CALL, ACTION_KIND_SCREEN };

struct action_entry {
	const char *name;
	const char *key; /* default key, "" for none: see view/keymap.h */
	enum action_kind kind;
	const char *arguments; /* names with blanks between; [NAME] may be left out */
	const char
		*label; /* one word for the line of keys, C_("key", …) of it; "" to leave it out */
	const char *help; /* one line, _() of it */
};

/* Entry of an action below ACTION_COUNT. */
const struct action_entry *action_entry(enum action action);

/* By name; ACTION_NONE when there is none. */
enum action action_find(const char *name);

#endif
