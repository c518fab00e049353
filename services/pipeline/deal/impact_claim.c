/* impact_claim.c - impact of accepted work: its guards, what a claim has to say, and its reopening. */
#include "../pipeline.h"
#include "deal.h"
#include <string.h>

bool impact_claim_line_is_accepted (const void *thing, const call *now)
{
    const impact_claim_t *claim = thing;
    (void) now;
    return claim->standing_units > 0;
}

bool impact_claim_other_organisation_claimed (const void *thing, const call *now)
{
    const impact_claim_t *claim = thing;
    return now->org && strcmp (claim->supplier_id, now->org) != 0;
}

bool impact_claim_claim_can_be_appealed (const void *thing, const call *now)
{
    const impact_claim_t *claim = thing;
    return !claim->appeal_reason && claim->handler_id && claim->appeal_due_at && now->now <= claim->appeal_due_at;
}

static bool counts_people (int indicator)
{
    return indicator != impact_indicator_co2_kg && indicator != impact_indicator_waste_kg;
}

/* A line that is not the caller's is not there, whatever is said of it. */
outcome impact_claim_create (call *self, const impact_claim_t *in, impact_claim_t *out)
{
    PGresult *rows;
    outcome how;
    if (call_run (self, "impact_claim_line", &rows, &how) < 1)
        return how == outcome_done ? outcome_missing : how;
    if (strcmp (in->period_from, in->period_until) > 0)
        call_invalid (self, "period_until", "must not be before period_from");
    if (counts_people (in->indicator) != (in->target_group > 0))
        call_invalid (self, "target_group", "must be given where people are counted, and only there");
    return self->faults.count ? outcome_invalid : call_enter (self, out);
}

outcome impact_follow (call *self, outcome how, const char *statement)
{
    if (how != outcome_done && how != outcome_created)
        return how;
    outcome then = call_consequence (self, statement, "impact_claim", "reopen");
    return then == outcome_done ? sroi_follow (self, how) : then;
}
