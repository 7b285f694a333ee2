/* How well suggestions do on labelled utterances, and what a trainer could do about it.
 */
#ifndef COMMAND_EVALUATE_H
#define COMMAND_EVALUATE_H

#include <stdbool.h>

struct labelled;
struct suggest_model;

/* Prints how often the right situation comes first, is among the three, is offered unasked, and how
 * often one is offered where there is none; then which situations sound alike. For people, or as
 * one JSON object. Every label is known. */
void evaluate(const struct suggest_model *model, const struct labelled *labelled, bool json);

#endif
