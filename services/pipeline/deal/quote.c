/* quote.c - a supplier's answer to a need: its guards, and handing it in. */
#include "../pipeline.h"
#include "deal.h"
#include <string.h>

/* The very instant of the deadline is still in time. */
bool quote_before_deadline (const void *thing, const call *now)
{
    const quote_t *quote = thing;
    return quote->need_state == need_state_open && now->now <= quote->quote_deadline;
}

/* Nobody sells to themselves: such revenue would be no revenue. */
bool quote_may_be_quoted (const void *thing, const call *now)
{
    const quote_t *quote = thing;
    return quote->supplier_admitted && quote_before_deadline (quote, now)
        && strcmp (quote->supplier_id, quote->buyer_id) != 0;
}

outcome quote_submit (call *self, const ref_t *in, quote_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_consequence (self, "quote_submit_invitation", "invitation", "answer");
    return how;
}
