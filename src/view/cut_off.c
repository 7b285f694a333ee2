#include "view/coach.h"

#include "base/arena.h"
#include "base/words.h"
#include "call/when.h"
#include "playbook/playbook.h"
#include "view/header.h"
#include "view/listen.h"

#include <string.h>

void coach_offer(struct coach *coach, const struct event *events, size_t count)
{
	struct call call;
	const char *customer, *who;
	char clock[HEADER_CLOCK_BYTES], begun[WHEN_TEXT_BYTES];
	char zone[WHEN_ZONE_BYTES] = "";

	if (count == 0)
		return;
	coach->cut_off = events;
	coach->cut_off_count = count;
	call_open(&call, coach->library, coach->history);
	for (size_t i = 0; i < count; i++)
		call_apply(&call, &events[i]);
	customer = call_slot(&call, "customer", strlen("customer"));
	header_clock(call_talked(&call, events[count - 1].t), clock);
	when_zone(call.started, zone);
	when_show(call.started, zone, events[count - 1].t, begun);
	who = call.situation ? call.situation->title : _("New call");
	if (customer && *customer)
		who = arena_format(&coach->arena, "%s · %s", who, customer);
	coach->view.cut_off =
		arena_format(&coach->arena, _("%s · begun %s, %s"), who, begun, clock);
	coach->view.mode = VIEW_RESUME;
	call_close(&call);
}

void coach_resume(struct coach *coach, int64_t now)
{
	struct event event = {.kind = EVENT_CALL_HELD};

	if (!coach->cut_off || coach->call.phase == CALL_OPEN)
		return;
	for (size_t i = 0; i < coach->cut_off_count; i++)
		call_apply(&coach->call, &coach->cut_off[i]);
	event.t = coach->cut_off[coach->cut_off_count - 1].t + 1;
	memcpy(event.call, coach->call.id, sizeof event.call);
	coach->cut_off = NULL;
	if (coach->call.held_since || now - event.t < COACH_GAP)
		return;
	coach_take(coach, &event);
	event.kind = EVENT_CALL_RESUMED;
	event.t = now;
	coach_take(coach, &event);
}
