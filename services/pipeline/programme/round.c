/* round.c - when a round may go on. */
#include "programme.h"

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
