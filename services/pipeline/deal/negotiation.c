/* negotiation.c - rounds about a quote where the route allows them: who may propose when, and a proposal as it is written down. */
#include "../pipeline.h"
#include "deal.h"
#include "sealing.h"

/* ------------------------------------------------------------------------------------- guards */

bool quote_route_negotiates (const void *thing, const call *now)
{
    const quote_t *quote = thing;
    (void) now;
    return !quote->sealed && (quote->need_route == need_route_direct || quote->need_route == need_route_private);
}

bool quote_still_choosing (const void *thing, const call *now)
{
    const quote_t *quote = thing;
    (void) now;
    return quote->need_state == need_state_open || quote->need_state == need_state_evaluating;
}

/* The very instant is still in time. */
bool quote_proposal_in_time (const void *thing, const call *now)
{
    const quote_t *quote = thing;
    return now->now <= quote->answer_by;
}

bool quote_proposal_overdue (const void *thing, const call *now)
{
    return !quote_proposal_in_time (thing, now);
}

/* ----------------------------------------------------------------------------------- proposing */

/* What is proposed, as the quote that it would be. */
static quote_t *as_quote (call *self, const quote_proposal_t *in, const quote_t *before)
{
    const schema *s = quote_schema ();
    quote_t *quote = call_alloc (self, sizeof *quote);
    schema_set_text (s, quote, "need_id", before->need_id);
    schema_set_list (s, quote, "lines", in->lines.count, in->lines.at);
    if (in->message)
        schema_set_text (s, quote, "message", in->message);
    if (in->valid_until)
        schema_set_text (s, quote, "valid_until", in->valid_until);
    return quote;
}

/* Numbered after all that was written or proposed before: a number never means two things. */
static outcome prepare (call *self, const quote_proposal_t *in, const quote_t *before, quote_t *quote)
{
    const schema *s = quote_proposal_schema ();
    quote_proposal_t *proposal = call_alloc (self, sizeof *proposal);
    outcome how = sealing_complete (self, as_quote (self, in, before), in->id, before->supplier_id, before->last_revision + 1, quote);
    if (how != outcome_done)
        return how;
    *proposal = *in;
    schema_set_int (s, proposal, "revision", quote->revision);
    schema_set_int (s, proposal, "total_cents", quote->total_cents);
    schema_set_text (s, proposal, "salt", quote->salt);
    schema_set_text (s, proposal, "content_hash", quote->content_hash);
    self->in = proposal;
    return outcome_done;
}

outcome quote_counter (call *self, const quote_proposal_t *in, quote_t *out)
{
    quote_t before = { 0 }, proposed = { 0 };
    outcome how = call_load (self, process_find ("quote"), in->id, &before);
    if (how == outcome_done)
        how = prepare (self, in, &before, &proposed);
    if (how == outcome_done)
        how = call_step (self, out);
    if (how != outcome_done)
        return how;
    if (in->answer_by <= self->now)
        call_invalid (self, "answer_by", "must be in the future");
    return quote_check (self, &proposed, out);
}

outcome quote_rounds (call *self, const ref_t *in, quote_rounds_t *out)
{
    (void) in;
    return call_fetch (self, "quote_rounds", out);
}
