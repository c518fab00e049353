/* payment.c - money that moved outside the platform, there and back: guards. */
#include "../pipeline.h"
#include "deal.h"

bool payment_invoice_is_approved (const void *thing, const call *now)
{
    const payment_t *payment = thing;
    (void) now;
    return payment->invoice_state == invoice_state_approved;
}

bool payment_not_booked (const void *thing, const call *now)
{
    const payment_t *payment = thing;
    (void) now;
    return !payment->reported_at;
}

bool payment_not_confirmed (const void *thing, const call *now)
{
    const payment_t *payment = thing;
    (void) now;
    return !payment->confirmed_at;
}

/* Only who announces has nothing from the bank yet. */
outcome payment_report (call *self, const payment_t *in, payment_t *out)
{
    if (!in->bank_reference)
        return call_invalid (self, "bank_reference", "is missing");
    return call_enter (self, out);
}

bool refund_payment_counts (const void *thing, const call *now)
{
    const refund_t *refund = thing;
    (void) now;
    return refund->payment_state == payment_state_reported || refund->payment_state == payment_state_confirmed;
}
