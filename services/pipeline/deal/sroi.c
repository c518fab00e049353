/* sroi.c - social return: guards, what an obligation has to say, and credits that follow what they rest on. */
#include "../pipeline.h"
#include "deal.h"
#include <string.h>

bool sroi_obligation_no_credit_waits (const void *thing, const call *now)
{
    const sroi_obligation_t *obligation = thing;
    (void) now;
    return obligation->waiting == 0;
}

bool sroi_credit_obligation_runs (const void *thing, const call *now)
{
    const sroi_credit_t *credit = thing;
    (void) now;
    return credit->obligation_state == sroi_obligation_state_confirmed;
}

bool sroi_credit_line_is_approved (const void *thing, const call *now)
{
    const sroi_credit_t *credit = thing;
    (void) now;
    return credit->invoice_state == invoice_state_approved;
}

bool sroi_credit_line_in_period (const void *thing, const call *now)
{
    const sroi_credit_t *credit = thing;
    (void) now;
    return credit->in_period;
}

bool sroi_credit_line_stands (const void *thing, const call *now)
{
    const sroi_credit_t *credit = thing;
    (void) now;
    return credit->net_cents > 0;
}

/* The tariff is that of the day on which the tender was published; without one nobody can say what counts. */
outcome sroi_obligation_create (call *self, const sroi_obligation_t *in, sroi_obligation_t *out)
{
    PGresult *tariff;
    outcome how;
    if (strcmp (in->period_from, in->period_until) > 0)
        return call_invalid (self, "period_until", "must not be before period_from");
    int found = call_run (self, "sroi_obligation_tariff", &tariff, &how);
    if (found == 0)
        return call_conflict (self, tariff_known);
    return how == outcome_done ? call_enter (self, out) : how;
}

outcome sroi_follow (call *self, outcome how)
{
    if (how != outcome_done && how != outcome_created)
        return how;
    outcome then = call_consequence (self, "sroi_credit_untold", "sroi_credit", "adjust");
    return then == outcome_done ? how : then;
}
