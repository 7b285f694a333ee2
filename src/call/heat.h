/* How upset a customer sounds, and what of it may be said back all the same.
 *
 * One sign of heat ("this is a joke", a shout) leaves what is concrete: a clause that has one of
 * `things` or `events`, has no such sign itself and is no accusation. Two leave nothing. Without
 * any, an accusation must tell what was done. No score of anybody: nothing of this is shown or
 * kept.
 */
#ifndef CALL_HEAT_H
#define CALL_HEAT_H

#include <stdbool.h>
#include <stddef.h>

struct clause;
struct speech;

#define HEAT_SILENT 2 /* signs from which on nothing is said back */

/* Signs: phrases of `heated`, a sentence that begins with one of `exclaims`, exclamation marks,
 * words in capitals. A word said twice for weight counts as two; so do two words said three times,
 * and a speech that says "you" (`address`) three times. */
size_t heat_count(const struct speech *speech);

/* Whether a clause that speech_clauses made may be said back, at so many signs. */
bool heat_allows(const struct speech *speech, const struct clause *clause, size_t heat);

/* Whether a clause has what a call can be about, or what can happen to it; any has when a playbook
 * has neither table. */
bool heat_is_concrete(const struct speech *speech, const struct clause *clause);

#endif
