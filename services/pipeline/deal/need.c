/* need.c - what a buyer wants to buy: its guards, and the award. */
#include "../pipeline.h"
#include "deal.h"
#include <string.h>

bool need_deadline_ahead (const void *thing, const call *now)
{
    const need_t *need = thing;
    return need->quote_deadline > now->now;
}

bool need_quote_deadline_past (const void *thing, const call *now)
{
    const need_t *need = thing;
    return now->now > need->quote_deadline;
}

bool need_route_is_short (const void *thing, const call *now)
{
    const need_t *need = thing;
    (void) now;
    return need->route == need_route_direct || need->route == need_route_private;
}

bool need_route_is_sealed (const void *thing, const call *now)
{
    return !need_route_is_short (thing, now);
}

static bool is (const char *account, const char *other)
{
    return other && strcmp (account, other) == 0;
}

/* Two people, always: a caller without an account is no person. */
bool need_other_person_wrote (const void *thing, const call *now)
{
    const need_t *need = thing;
    return now->account && !is (now->account, need->created_by) && !is (now->account, need->submitted_by);
}

bool need_nobody_quoted (const void *thing, const call *now)
{
    return !need_has_quote (thing, now);
}

bool need_has_quote (const void *thing, const call *now)
{
    const need_t *need = thing;
    (void) now;
    return need->quotes_in > 0;
}

/* The step locks the need, so whether the chosen quote still stands is asked after it: a need that
 * was awarded a moment ago is then refused as such, with the commands that are left. */
outcome need_award (call *self, const need_award_t *in, need_t *out)
{
    PGresult *winner;
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done && call_run (self, "need_award_winner", &winner, &how) == 0)
        how = call_conflict (self, quote_of_need);
    if (how == outcome_done)
        how = call_consequence (self, "need_award_winner", "quote", "select");
    if (how == outcome_done)
        how = call_consequence (self, "need_award_losers", "quote", "pass");
    return how;
}

/* What was sealed goes with it, unread: first the parts of the key, after which nobody can open a box, and then the boxes. */
outcome need_cancel (call *self, const need_cancellation_t *in, need_t *out)
{
    PGresult *ignored;
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_consequence (self, "need_cancel_seal", "seal", "destroy");
    if (how == outcome_done)
        call_run (self, "need_cancel_boxes", &ignored, &how);
    if (how == outcome_done)
        how = call_consequence (self, "need_cancel_quotes", "quote", "destroy");
    return how;
}
