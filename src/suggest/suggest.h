/* Suggestions: which situation does this utterance belong to?
 *
 * A model learns from what the playbooks' situations list under `heard`, from their titles and
 * goals, and from what the playbooks ignore; it answers with the three situations that fit best.
 * It points into the playbooks, which must outlive it, and changes no more once trained: any
 * thread may ask it. Training takes a while, and may be done on a thread of its own. Same
 * playbooks, same model. No text is refused: what is not UTF-8
 * parts words, past FEATURE_BYTES_MOST bytes nothing is looked at.
 */
#ifndef SUGGEST_SUGGEST_H
#define SUGGEST_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

struct library;
struct playbook;
struct situation;
struct suggest_model;

#define SUGGEST_MATCHES 3

struct suggest_match {
	const struct playbook *playbook;
	const struct situation *situation;
	double confidence; /* 0 to 1 */
	bool suggested;	   /* sure enough to be offered unasked; only on the first match */
};

/* Learns from all playbooks of a library, or from those given, whose situations are the ones to
 * tell apart. Never NULL. */
struct suggest_model *suggest_train(const struct library *library);
struct suggest_model *suggest_train_on(const struct playbook *const *playbooks, size_t count);

/* The best matches, best first. Returns how many: fewer than SUGGEST_MATCHES only where there are
 * fewer situations, 0 for a text without any letter or digit and for model NULL. */
size_t suggest_find(const struct suggest_model *model, const char *text, size_t length,
		    struct suggest_match matches[SUGGEST_MATCHES]);

/* Bytes that the model holds. */
size_t suggest_size(const struct suggest_model *model);

void suggest_free(struct suggest_model *model); /* NULL is fine */

#endif
