#include "command/remote.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "command/clock.h"
#include "link/message.h"
#include "link/server.h"
#include "link/state.h"
#include "playbook/library.h"

#define WORDS 16 /* lines heard between two looks at the clock */

const char *remote_open(struct remote *remote, struct coach *coach, const char *folder)
{
	const char *why = NULL;

	*remote = (struct remote){.coach = coach, .server = server_open(folder, &why)};
	return remote->server ? NULL : why;
}

void remote_close(struct remote *remote)
{
	server_close(remote->server);
	remote->server = NULL;
}

int remote_descriptor(const struct remote *remote)
{
	return remote->server ? server_descriptor(remote->server) : -1;
}

static void write_state(const struct remote *remote, int64_t now, struct buffer *out)
{
	const struct coach *coach = remote->coach;
	const struct call *call = &coach->call;
	const struct line *marked[PLAYBOOK_STEPS_MOST] = {0};
	const struct heard *heard = &coach->view.heard;
	const char *phrases[PLAYBOOK_STEPS_MOST] = {0};
	struct state_scene scene = {.language = coach->library->language,
				    .now = now,
				    .marked = marked,
				    .phrases = phrases};
	struct line mirrored = {0};
	struct arena scratch = {0};

	for (size_t i = 0; call->playbook && i < call->playbook->step_count; i++) {
		marked[i] = view_marked(&coach->view, call, i, &scratch);
		if (!mirrored_is_marked(&coach->view, call, i))
			continue;
		mirrored.text = mirrored_line(&coach->view, call, i);
		marked[i] = &mirrored;
		phrases[i] = mirrored_phrase(&coach->view, call, i, &scratch).text;
	}
	scene.heard = *heard->text ? heard->text : NULL;
	scene.heard_at = heard->at;
	state_write(call, &scene, out);
	arena_free(&scratch);
}

/* The state but for what changes with every second. */
static uint64_t hash_state(const struct remote *remote)
{
	struct buffer state = {0};
	uint64_t hash;

	write_state(remote, 0, &state);
	hash = text_hash(state.text, state.length);
	buffer_free(&state);
	return hash;
}

static bool take(void *context, const struct message *message, struct buffer *reply)
{
	struct remote *remote = context;
	const struct utterance *heard = &message->utterance;
	const char *refusal = NULL;

	if (message->kind == MESSAGE_HEARD)
		coach_time(remote->coach, heard->speaker, heard->start, heard->end, remote->now);
	if (message->kind == MESSAGE_HEARD)
		coach_hear(remote->coach, heard->speaker, heard->text, heard->final, remote->now);
	if (message->kind == MESSAGE_DO)
		refusal = coach_act(remote->coach, message->action, message->arguments, clock_now(),
				    &remote->outcome);
	/* who begins to watch need not be told the same again */
	if (message->kind == MESSAGE_WATCH && !remote->watched)
		remote->told = hash_state(remote);
	if (refusal)
		message_refuse(refusal, 0, reply);
	else if (message->kind != MESSAGE_HEARD)
		write_state(remote, clock_now(), reply);
	/* words are taken so fast that the clock would cost more */
	return remote->outcome == COACH_STAYS &&
	       ((message->kind == MESSAGE_HEARD && ++remote->heard % WORDS != 0) ||
		clock_ticks() < remote->deadline);
}

bool remote_serve(struct remote *remote, int64_t deadline, enum coach_outcome *outcome)
{
	struct server_handler handler = {.take = take, .context = remote};
	bool more = false;

	remote->deadline = deadline;
	remote->now = clock_now();
	remote->outcome = COACH_STAYS;
	if (remote->server)
		more = server_serve(remote->server, &handler, clock_ticks());
	*outcome = remote->outcome;
	return more;
}

void remote_tell(struct remote *remote)
{
	struct buffer state = {0};
	uint64_t hash;

	remote->watched = remote->server && server_watched(remote->server);
	if (!remote->watched || (hash = hash_state(remote)) == remote->told)
		return;
	remote->told = hash;
	write_state(remote, clock_now(), &state);
	server_tell(remote->server, state.text, state.length);
	buffer_free(&state);
}
