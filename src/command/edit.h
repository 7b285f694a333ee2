/* The agent's editor on a file: $VISUAL, $EDITOR, else vi.
 */
#ifndef COMMAND_EDIT_H
#define COMMAND_EDIT_H

struct watch;

/* Opens path at a line (from 1; most editors know +LINE) and waits. watch, which may be NULL, has
 * signals to give back to the child. Returns the editor's exit status, 127 when it could not be
 * started, 128 + the signal that ended it. */
int edit_file(const char *path, int line, const struct watch *watch);

#endif
