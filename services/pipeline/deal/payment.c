/* payment.c - money that moved outside the platform: its guard. */
#include "deal.h"

bool payment_invoice_is_approved (const void *thing, const call *now)
{
    const payment_t *payment = thing;
    (void) now;
    return payment->invoice_state == invoice_state_approved;
}
