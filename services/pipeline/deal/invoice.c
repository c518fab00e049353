/* invoice.c - what a supplier asks to be paid for accepted units: its guard. Dropping and rejecting
 * give the units back to the order's lines, in the statements of those names. */
#include "deal.h"
#include <string.h>

/* Two people, always: a caller without an account is no person. */
bool invoice_other_person_ordered (const void *thing, const call *now)
{
    const invoice_t *invoice = thing;
    return now->account
        && (!invoice->ordered_by || strcmp (invoice->ordered_by, now->account) != 0);
}
