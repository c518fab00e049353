/* meeting.c - the meetings of a round's programme: who may lead and hold them, and what becomes of who signed up. */
#include "../pipeline.h"
#include "training.h"
#include <inttypes.h>
#include <string.h>

/* ------------------------------------------------------------------------------------- guards */

bool meeting_round_trains (const void *thing, const call *now)
{
    const meeting_t *meeting = thing;
    (void) now;
    return meeting->round_state >= round_state_decided && meeting->round_state <= round_state_table;
}

bool meeting_leader_has_seat (const void *thing, const call *now)
{
    const meeting_t *meeting = thing;
    (void) now;
    return meeting->seated;
}

bool meeting_leads_meeting (const void *thing, const call *now)
{
    const meeting_t *meeting = thing;
    return meeting->host_id && now->org && strcmp (meeting->host_id, now->org) == 0;
}

bool meeting_meeting_begun (const void *thing, const call *now)
{
    const meeting_t *meeting = thing;
    return meeting->starts_at <= now->now;
}

/* ------------------------------------------------------------------------------------ handlers */

static outcome check_times (call *self, int64_t starts_at, int64_t ends_at)
{
    return ends_at > starts_at ? outcome_done : call_invalid (self, "ends_at", "must be later than starts_at");
}

outcome meeting_create (call *self, const meeting_t *in, meeting_t *out)
{
    outcome how = check_times (self, in->starts_at, in->ends_at);
    return how == outcome_done ? call_enter (self, out) : how;
}

/* Its moment is not replaced in passing: who signed up is told when a meeting moves. */
outcome meeting_put (call *self, const meeting_t *in, meeting_t *out)
{
    outcome how = call_step (self, out);
    if (how != outcome_done)
        return how;
    if (out->starts_at != in->starts_at)
        call_invalid (self, "starts_at", "must stay as it is; reschedule the meeting");
    if (out->ends_at != in->ends_at)
        call_invalid (self, "ends_at", "must stay as it is; reschedule the meeting");
    if (out->taken > out->capacity)
        call_invalid (self, "capacity", "must be %" PRId64 " or more: so many places are taken", out->taken);
    if (self->faults.count)
        return outcome_invalid;
    return out->seated ? outcome_done : call_conflict (self, leader_has_seat);
}

outcome meeting_reschedule (call *self, const meeting_moment_t *in, meeting_t *out)
{
    outcome how = check_times (self, in->starts_at, in->ends_at);
    if (how == outcome_done)
        how = call_step (self, out);
    return how == outcome_done ? call_consequence (self, "meeting_expected", "attendance", "reschedule") : how;
}

outcome meeting_hold (call *self, const ref_t *in, meeting_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? call_consequence (self, "meeting_signed_up", "attendance", "miss") : how;
}

outcome meeting_cancel (call *self, const reason_given_t *in, meeting_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? call_consequence (self, "meeting_attendances", "attendance", "void") : how;
}
