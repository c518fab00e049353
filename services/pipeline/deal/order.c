/* order.c - what a buyer orders from a supplier: its guards. */
#include "deal.h"

bool order_quote_is_selected (const void *thing, const call *now)
{
    const order_t *order = thing;
    (void) now;
    return order->quote_state == quote_state_selected && order->supplier_admitted;
}

/* The very instant is still in time; orders from before there were terms have none. */
bool order_answer_in_time (const void *thing, const call *now)
{
    const order_t *order = thing;
    return !order->answer_due_at || now->now <= order->answer_due_at;
}

bool order_answer_overdue (const void *thing, const call *now)
{
    return !order_answer_in_time (thing, now);
}

bool order_goods_not_started (const void *thing, const call *now)
{
    const order_t *order = thing;
    (void) now;
    return !order->started;
}
