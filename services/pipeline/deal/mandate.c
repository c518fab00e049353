/* mandate.c - what one person may decide for an organisation, and by which policy it buys: their guards. */
#include "deal.h"
#include <string.h>

bool mandate_not_own (const void *thing, const call *now)
{
    const mandate_t *mandate = thing;
    return now->account && strcmp (mandate->account_id, now->account) != 0;
}

/* What was decided under an older policy is not judged by this one. */
bool purchase_policy_ahead (const void *thing, const call *now)
{
    const purchase_policy_t *policy = thing;
    (void) now;
    return policy->is_ahead;
}
