/* payment.c - money that moved outside the platform, there and back: guards. */
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

bool refund_payment_counts (const void *thing, const call *now)
{
    const refund_t *refund = thing;
    (void) now;
    return refund->payment_state == payment_state_reported || refund->payment_state == payment_state_confirmed;
}
