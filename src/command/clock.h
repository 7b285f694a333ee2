/* What time it is: only commands ask.
 */
#ifndef COMMAND_CLOCK_H
#define COMMAND_CLOCK_H

#include <stdint.h>

int64_t clock_now(void);   /* Unix time in ms */
int64_t clock_ticks(void); /* ms since some moment; never goes back */

#endif
