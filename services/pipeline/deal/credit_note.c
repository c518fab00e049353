/* credit_note.c - what corrects an invoice that was sent: its guard, and what follows from it. */
#include "../pipeline.h"
#include "deal.h"

bool credit_note_invoice_can_be_credited (const void *thing, const call *now)
{
    const credit_note_t *note = thing;
    (void) now;
    return note->invoice_state != invoice_state_draft && note->invoice_state != invoice_state_rejected
        && note->invoice_state != invoice_state_dropped;
}

outcome credit_note_issue (call *self, const ref_t *in, credit_note_t *out)
{
    (void) in;
    return impact_follow (self, call_step (self, out), "credit_note_claims");
}
