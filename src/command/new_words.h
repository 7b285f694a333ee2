/* The words that a new playbook begins with, in the trainer's language: examples to write over, and
 * notes that teach the format. Languages without words of their own get the English ones.
 */
#ifndef COMMAND_NEW_WORDS_H
#define COMMAND_NEW_WORDS_H

struct new_words {
	const char *head;    /* notes above all, behind the line for editors */
	const char *version; /* a note on the line, as are the next ones */
	const char *summary; /* text of the key, as are owner and goal */
	const char *owner;
	const char *review;
	const char *manners;  /* the key `status`, with its note */
	const char *base;     /* the key `extends` */
	const char *own_base; /* slots, steps and reflection, for a library without common.yaml */
	const char *id;	      /* note */
	const char *title;    /* note */
	const char *goal;
	const char *heard;	  /* note */
	const char *heard_before; /* what a caller says before the title in small letters, */
	const char *heard_behind; /* and behind it */
	const char *lines;	  /* from `say` to the end */
};

/* language: a BCP 47 code; of bn-BD as of bn. */
const struct new_words *new_words(const char *language);

#endif
