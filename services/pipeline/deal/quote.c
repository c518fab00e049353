/* quote.c - a supplier's answer to a need: its guards, writing it, handing it in, and its receipt. */
#include "../pipeline.h"
#include "../receipt.h"
#include "deal.h"
#include "sealing.h"
#include <string.h>

static const char receipt_form [] = "meerwaarde-receipt/1";

/* ------------------------------------------------------------------------------------- guards */

/* The very instant of the deadline is still in time. */
bool quote_before_deadline (const void *thing, const call *now)
{
    const quote_t *quote = thing;
    return quote->need_state == need_state_open && now->now <= quote->quote_deadline;
}

/* Nobody sells to themselves: such revenue would be no revenue. Whose need a sealed quote is for, only a buyer's own could not say. */
bool quote_may_be_quoted (const void *thing, const call *now)
{
    const quote_t *quote = thing;
    return quote->supplier_admitted && quote_before_deadline (quote, now)
        && quote->need_purpose != need_purpose_market_consultation
        && !(quote->buyer_id && strcmp (quote->supplier_id, quote->buyer_id) == 0);
}

/* Who quotes on a reserved need proves at that moment that it is for them. */
bool quote_evidence_holds (const void *thing, const call *now)
{
    const quote_t *quote = thing;
    (void) now;
    return !quote->need_reserved || quote->evidence_valid;
}

/* On the invited route only who is invited quotes. */
bool quote_invited_where_asked (const void *thing, const call *now)
{
    const quote_t *quote = thing;
    (void) now;
    return quote->need_route != need_route_invited || quote->invitation_id;
}

bool quote_supplier_is_admitted (const void *thing, const call *now)
{
    const quote_t *quote = thing;
    (void) now;
    return quote->supplier_admitted;
}

/* ------------------------------------------------------------------------------------ writing */

outcome quote_create (call *self, const quote_t *in, quote_t *out)
{
    outcome how = sealing_prepare (self, in, self->id, 1);
    return how == outcome_done ? call_enter (self, out) : how;
}

/* A writing has the next number; of two at once, the version says which one comes too late. */
static outcome write_again (call *self, const quote_t *in, quote_t *out)
{
    quote_t before = { 0 };
    outcome how = call_load (self, process_find ("quote"), in->id, &before);
    if (how == outcome_done)
        how = sealing_prepare (self, in, in->id, before.last_revision + 1);
    return how == outcome_done ? call_step (self, out) : how;
}

outcome quote_put (call *self, const quote_t *in, quote_t *out)
{
    return write_again (self, in, out);
}

outcome quote_revise (call *self, const quote_t *in, quote_t *out)
{
    outcome how = write_again (self, in, out);
    return how == outcome_done ? quote_check (self, out, out) : how;
}

/* Of a sealed quote the buyer hears only at the opening, so its invitation waits as well. */
outcome quote_submit (call *self, const ref_t *in, quote_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = quote_check (self, out, out);
    if (how == outcome_done)
        how = call_consequence (self, "quote_submit_invitation", "invitation", "answer");
    return how;
}

/* ------------------------------------------------------------------------------------ receipt */

outcome quote_receipt (call *self, const ref_t *in, signed_receipt_t *out)
{
    (void) in;
    return receipt_answer (self, "quote_receipt", quote_receipt_schema (), receipt_form, out);
}
