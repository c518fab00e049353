/* invitation.c - a buyer asks one enterprise for a quote: its guard. */
#include "deal.h"

bool invitation_may_be_invited (const void *thing, const call *now)
{
    const invitation_t *invitation = thing;
    (void) now;
    return invitation->need_state == need_state_open && invitation->supplier_admitted;
}
