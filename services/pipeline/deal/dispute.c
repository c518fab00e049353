/* dispute.c - when the two sides of an order do not agree: guards, what a dispute is about, and what follows when it is over. */
#include "../pipeline.h"
#include "deal.h"
#include <string.h>

bool dispute_own_side_raised (const void *thing, const call *now)
{
    const dispute_t *dispute = thing;
    return now->org && strcmp (dispute->raised_by, now->org) == 0;
}

bool dispute_other_side_raised (const void *thing, const call *now)
{
    return !dispute_own_side_raised (thing, now);
}

bool dispute_response_overdue (const void *thing, const call *now)
{
    const dispute_t *dispute = thing;
    return dispute->answer_due_at && now->now > dispute->answer_due_at;
}

bool dispute_appeal_in_time (const void *thing, const call *now)
{
    const dispute_t *dispute = thing;
    return !dispute->appeal_reason && now->now <= dispute->appeal_due_at;
}

bool dispute_appeal_over (const void *thing, const call *now)
{
    const dispute_t *dispute = thing;
    return now->now > dispute->appeal_due_at;
}

/* An order that is not the caller's is not there, whatever is said of it. */
outcome dispute_create (call *self, const dispute_t *in, dispute_t *out)
{
    order_t order = { 0 };
    outcome how = call_load (self, process_find ("order"), in->order_id, &order);
    if (how != outcome_done)
        return how;
    if (!in->order_line_id == !in->invoice_id)
        call_invalid (self, "order_line_id", "must be given, or invoice_id, and not both");
    if (!in->order_line_id == (in->quantity > 0))
        call_invalid (self, "quantity", "must be given with order_line_id, and only then");
    if (!in->invoice_id == (in->amount_cents > 0))
        call_invalid (self, "amount_cents", "must be given with invoice_id, and only then");
    if (in->delivery_id && (!in->order_line_id || !self->org || strcmp (order.supplier_id, self->org) != 0))
        call_invalid (self, "delivery_id", "must be given with order_line_id, by who delivered");
    return self->faults.count ? outcome_invalid : sroi_follow (self, call_enter (self, out));
}

outcome dispute_withdraw (call *self, const ref_t *in, dispute_t *out)
{
    (void) in;
    return sroi_follow (self, call_step (self, out));
}

outcome dispute_decide (call *self, const dispute_verdict_t *in, dispute_t *out)
{
    if ((in->decision == dispute_decision_partial) != (in->upheld > 0))
        return call_invalid (self, "upheld", "must be given with partial, and only then");
    return call_step (self, out);
}

/* What follows when a dispute is over: units that the buyer was granted went back, those that the supplier was are accepted. */
static outcome dispute_over (call *self, dispute_t *out)
{
    outcome how = impact_follow (self, call_step (self, out), "dispute_claims");
    return how == outcome_done ? call_consequence (self, "dispute_delivery", "delivery", "revise") : how;
}

outcome dispute_settle (call *self, const ref_t *in, dispute_t *out)
{
    (void) in;
    return dispute_over (self, out);
}

outcome dispute_finalise (call *self, const ref_t *in, dispute_t *out)
{
    (void) in;
    return dispute_over (self, out);
}
