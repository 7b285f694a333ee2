/* Listening: what the customer's words sound like, and what the agent's own say of the call.
 * coach_hear and coach_heed are the coach's (coach.h), as is what cut_off.c has of it; here is what
 * these files need of coach.c.
 */
#ifndef VIEW_LISTEN_H
#define VIEW_LISTEN_H

#include <stdbool.h>
#include <stdint.h>

#include "view/coach.h"

/* Writes an event down and takes it in. */
void coach_take(struct coach *coach, const struct event *event);

/* "better after 1 Reflect": which steps should come first. */
void coach_tell_gate(struct coach *coach, uint32_t gate);

#endif
