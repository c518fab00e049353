/* need.c - what a buyer wants to buy: its guards, and the award. */
#include "../pipeline.h"
#include "deal.h"

bool need_deadline_ahead (const void *thing, const call *now)
{
    const need_t *need = thing;
    return need->quote_deadline > now->now;
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
