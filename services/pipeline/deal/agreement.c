/* agreement.c - what was agreed after an award, and its changes: guards. */
#include "deal.h"
#include <string.h>

bool agreement_quote_is_awarded (const void *thing, const call *now)
{
    const agreement_t *agreement = thing;
    (void) now;
    return agreement->quote_state == quote_state_selected;
}

/* A need is awarded when nothing stands in the way any more (D11). */
bool agreement_need_is_awarded (const void *thing, const call *now)
{
    const agreement_t *agreement = thing;
    (void) now;
    return agreement->need_state == need_state_awarded;
}

bool agreement_not_signed_yet (const void *thing, const call *now)
{
    const agreement_t *agreement = thing;
    bool buys = now->org && strcmp (now->org, agreement->buyer_id) == 0;
    return buys ? !agreement->buyer_signed_at : !agreement->supplier_signed_at;
}

bool agreement_signature_overdue (const void *thing, const call *now)
{
    const agreement_t *agreement = thing;
    return agreement->sign_by && now->now > agreement->sign_by;
}

/* One assignment is ordered in full, to the last unit; a framework as far as it was needed. */
bool agreement_all_called_off (const void *thing, const call *now)
{
    const agreement_t *agreement = thing;
    (void) now;
    return agreement->kind == agreement_kind_framework || agreement->open_units == 0;
}

bool agreement_agreement_over (const void *thing, const call *now)
{
    const agreement_t *agreement = thing;
    return agreement->ends_at && now->now >= agreement->ends_at;
}

bool change_order_agreement_runs (const void *thing, const call *now)
{
    const change_order_t *change = thing;
    (void) now;
    return change->agreement_state == agreement_state_in_force;
}

bool change_order_other_side_proposed (const void *thing, const call *now)
{
    const change_order_t *change = thing;
    return now->org && strcmp (change->asked_by, now->org) != 0;
}
