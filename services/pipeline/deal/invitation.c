/* invitation.c - a buyer asks one enterprise for a quote: its guards. */
#include "deal.h"

bool invitation_may_be_invited (const void *thing, const call *now)
{
    const invitation_t *invitation = thing;
    (void) now;
    return invitation->need_state == need_state_open && invitation->supplier_admitted;
}

/* The route of invitations is for some; on an open one anybody may be pointed at the need. */
bool invitation_room_to_invite (const void *thing, const call *now)
{
    const invitation_t *invitation = thing;
    (void) now;
    return invitation->need_route != need_route_invited || invitation->invited <= invitation->max_invites;
}
