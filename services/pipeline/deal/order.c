/* order.c - what a buyer orders from a supplier: its guard. */
#include "deal.h"

bool order_quote_is_selected (const void *thing, const call *now)
{
    const order_t *order = thing;
    (void) now;
    return order->quote_state == quote_state_selected;
}
