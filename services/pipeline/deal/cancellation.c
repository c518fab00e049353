/* cancellation.c - what one side of an order asks not to come, once goods are started: its guards. */
#include "deal.h"
#include <string.h>

bool cancellation_order_runs (const void *thing, const call *now)
{
    const cancellation_t *cancellation = thing;
    (void) now;
    return cancellation->order_state == order_state_confirmed;
}

bool cancellation_own_side_asked (const void *thing, const call *now)
{
    const cancellation_t *cancellation = thing;
    return now->org && strcmp (cancellation->asked_by, now->org) == 0;
}

bool cancellation_other_side_asked (const void *thing, const call *now)
{
    return !cancellation_own_side_asked (thing, now);
}
