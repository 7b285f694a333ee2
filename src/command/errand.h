/* Errands: what the coach asks of the world. An editor, the clipboard, a file, a program, another
 * language, a recorder. What comes of it is told in the notice line.
 */
#ifndef COMMAND_ERRAND_H
#define COMMAND_ERRAND_H

#include "view/coach.h"

struct desk;

/* Does what an outcome asks; STAYS and LEAVES ask nothing. */
void errand_do(struct desk *desk, enum coach_outcome outcome);

#endif
