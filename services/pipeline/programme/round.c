/* round.c - when a round may go on, and which dates and numbers go together. */
#include "../pipeline.h"
#include "programme.h"

outcome round_create (call *self, const round_t *in, round_t *out)
{
    if (in->opens_at >= in->closes_at)
        call_invalid (self, "closes_at", "must be later than opens_at");
    if (in->select_min > in->select_max)
        call_invalid (self, "select_max", "must be select_min or more");
    if (in->select_max > in->present_quota)
        call_invalid (self, "present_quota", "must be select_max or more");
    return self->faults.count ? outcome_invalid : call_enter (self, out);
}

bool round_closing_time_past (const void *thing, const call *now)
{
    const round_t *round = thing;
    return round->closes_at <= now->now;
}

bool round_enough_selected (const void *thing, const call *now)
{
    const round_t *round = thing;
    (void) now;
    return round->selected >= round->select_min && round->selected <= round->select_max;
}
