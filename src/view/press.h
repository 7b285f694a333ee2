/* What view.c and press.c share: view.c knows what is open and what an action does, press.c what a
 * key means in each mode (view_press).
 */
#ifndef VIEW_PRESS_H
#define VIEW_PRESS_H

#include <stddef.h>

#include "call/action.h"
#include "view/view.h"

/* An action with its arguments, NULL where missing. */
struct request request_for(enum action action, const char *first, const char *second);

/* Opens a mode with nothing typed and nothing selected. */
void view_enter(struct view *view, enum view_mode mode);

/* Moves the typing to a slot of the call's playbook, with what it holds. */
void view_focus_slot(struct view *view, const struct call *call, size_t slot);

#endif
