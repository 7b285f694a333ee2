/* Where talktrack keeps and finds its files: the XDG base directories (specification 0.8),
 * $TALKTRACK_PATH and the installed data folder. The only reader of these variables.
 */
#ifndef COMMAND_PLACE_H
#define COMMAND_PLACE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct library;

/* The folders and files in which playbooks are found, nearest first: named (from -p; may be NULL),
 * then $TALKTRACK_PATH (colons between), $XDG_CONFIG_HOME/talktrack/playbooks, where a program runs
 * from its build folder the checkout's scripts/, and the installed data folder. In the arena;
 * returns how many. With named given it is the only one. */
size_t place_playbooks(struct arena *arena, const char *named, const char *const **places);

/* $XDG_CONFIG_HOME/talktrack/playbooks, the library that is the user's own, or NULL when there is
 * neither that nor $HOME. */
const char *place_own(struct arena *arena);

/* $XDG_STATE_HOME/talktrack/drafts, for what cannot be kept beside its file, or NULL likewise. */
const char *place_drafts(struct arena *arena);

/* Whether a playbook came with the program: nobody edits those in their place. */
bool place_is_shipped(const char *path);

/* $XDG_STATE_HOME/talktrack/journal, or NULL when there is neither that nor $HOME. */
const char *place_journal(struct arena *arena);

/* The folder of the coaches' sockets: $XDG_RUNTIME_DIR/talktrack, or talktrack-UID in $TMPDIR or
 * /tmp. */
const char *place_link(struct arena *arena);

/* The socket that the user named in $TALKTRACK_SOCKET, or NULL. */
const char *place_socket(void);

/* $XDG_CONFIG_HOME/talktrack/config.yaml, there or not, or NULL as above. */
const char *place_config(struct arena *arena);

/* A path as one types it: with ~/ at its beginning it is in $HOME. NULL when there is no $HOME
 * then. In the arena. */
const char *place_path(struct arena *arena, const char *path);

/* The same the other way round, for a screen: ~/ for $HOME/. In the arena, or the path itself. */
const char *place_short(struct arena *arena, const char *path);

/* The login name of who sits here: $USER, else $LOGNAME, else NULL. */
const char *place_agent(void);

/* The language to use: asked for (-l; may be NULL), else of LC_ALL, LC_MESSAGES or LANG, else "en".
 */
const char *place_language(struct arena *arena, const char *asked);

/* The language of a playbook's file by the name of its folder, as it stands in en/ or bn/; "en"
 * when there is no such folder. */
const char *place_language_of(struct arena *arena, const char *file);

/* The language of the program's own words: asked for (-l, or configured), else of $LANGUAGE, where
 * there is a locale as well (as gettext has it), else of the locale. Where there are none in that
 * language it stays as it was, English at first. */
void place_words(const char *asked);

/* Opens the library for -l and -p as every command does it: places, language, and when the locale's
 * own language has no playbooks, English. Nothing is read yet. False: none found; the library's
 * problems say where it looked. */
bool place_library(struct library *library, const char *language, const char *named);

/* A UTF-8 LC_CTYPE, whatever the environment says: its own, else C.UTF-8. False when the machine
 * has none. */
bool place_locale(void);

/* The same for a command that needs one; false is told on standard error. */
bool place_locale_or_tell(void);

#endif
