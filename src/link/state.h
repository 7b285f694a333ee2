/* A coach's state as one JSON object a line: what is on the screen, for other programs.
 * Its members are an interface: talktrack-link(5).
 */
#ifndef LINK_STATE_H
#define LINK_STATE_H

#include <stdint.h>

struct buffer;
struct call;
struct line;

/* What a call does not know. */
struct state_scene {
	const char *language; /* of the library */
	int64_t now;	      /* ms */
	const struct line *const
		*marked; /* for each step the line the agent sees marked; NULL: as offered */
	const char *const *phrases; /* for each step what that line reads, where it is not the
				       playbook's alone; NULL: none is such */
	const char *heard;	    /* the customer's last words, clean; NULL: none */
	int64_t heard_at;	    /* ms */
};

/* Appends the state and a newline. */
void state_write(const struct call *call, const struct state_scene *scene, struct buffer *out);

#endif
