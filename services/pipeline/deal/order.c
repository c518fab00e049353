/* order.c - what a buyer orders from a supplier: its guards. */
#include "deal.h"
#include <string.h>

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

/* The statement that places it compares it with the mandate of who does. */
bool order_within_own_mandate (const void *thing, const call *now)
{
    const order_t *order = thing;
    (void) now;
    return order->state == order_state_placed;
}

bool order_may_be_placed_at_once (const void *thing, const call *now)
{
    return order_within_own_mandate (thing, now) && order_quote_is_selected (thing, now);
}

bool order_no_agreement (const void *thing, const call *now)
{
    const order_t *order = thing;
    (void) now;
    return !order->has_agreement;
}

bool order_enterprise_takes_part (const void *thing, const call *now)
{
    const order_t *order = thing;
    (void) now;
    return order->supplier_admitted;
}

bool order_agreement_in_force (const void *thing, const call *now)
{
    const order_t *order = thing;
    (void) now;
    return order->agreement_state == agreement_state_in_force;
}

/* Two people, always: a caller without an account is no person. */
bool order_other_person_placed (const void *thing, const call *now)
{
    const order_t *order = thing;
    return now->account && (!order->placed_by || strcmp (order->placed_by, now->account) != 0);
}

/* What is not known to be within a mandate is not: who has none decides nothing. Splitting does not help, and a basket counts as
 * a whole.                                                                                                                      */
bool order_order_within_mandate (const void *thing, const call *now)
{
    const order_t *order = thing;
    (void) now;
    return order->mandate_cents > 0 && order->total_cents <= order->mandate_cents
        && order->window_cents <= order->mandate_cents && order->basket_cents <= order->mandate_cents;
}
