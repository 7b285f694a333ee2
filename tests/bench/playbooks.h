#ifndef TESTS_BENCH_PLAYBOOKS_H
#define TESTS_BENCH_PLAYBOOKS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Playbooks made up for measuring: valid, of a wanted size, the same ones each time. Every
 * situation's title begins with "Case" and every line with "Words", so that a bench can see on the
 * screen which of the two it is looking at.
 */

enum { PLAYBOOKS_PATH_MAX = 4096, PLAYBOOKS_FILES_MAX = 1000 };

struct playbooks {
	char folder[PLAYBOOKS_PATH_MAX]; /* the library: holds one language folder, en */
	char files[PLAYBOOKS_FILES_MAX][160];
	int count;
	size_t bytes; /* of all files together */
	size_t heard; /* utterances in all of them */
};

enum { PLAYBOOKS_HEARD = 6 }; /* utterances a situation has where a bench does not say */

/* Write `count` playbooks of about `bytes` each, `heard` utterances a situation, into a new library
 * `folder`. False with errno. */
bool playbooks_write(struct playbooks *, const char *folder, int count, size_t bytes,
		     unsigned heard);

/* An utterance that the situation of this number, from 1, lists in the playbook of this number. The
 * text is valid until the next call. */
const char *playbooks_heard(int book, unsigned number, unsigned which);

#endif
