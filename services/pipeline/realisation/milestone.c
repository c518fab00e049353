/* milestone.c - what an initiative reaches, verified by somebody outside its team; and that it becomes real, or does not. */
#include "../pipeline.h"
#include "realisation.h"
#include <string.h>

bool milestone_plans_realisation (const void *thing, const call *now)
{
    const milestone_t *milestone = thing;
    int at = milestone->initiative_state;
    (void) now;
    return at == initiative_state_table_ready || at == initiative_state_at_table || at == initiative_state_interest
        || at == initiative_state_part_financed || at == initiative_state_financed;
}

bool milestone_verifies_milestone (const void *thing, const call *now)
{
    const milestone_t *milestone = thing;
    return now->org && milestone->verifier_id && milestone->verifier_seated && strcmp (milestone->verifier_id, now->org) == 0;
}

bool milestone_verifier_outside (const void *thing, const call *now)
{
    const milestone_t *milestone = thing;
    (void) now;
    return milestone->outside;
}

bool milestone_milestone_overdue (const void *thing, const call *now)
{
    const milestone_t *milestone = thing;
    return now->now >= milestone->overdue_at;
}

outcome milestone_appoint (call *self, const milestone_verifier_t *in, milestone_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done && !out->verifier_seated ? call_conflict (self, verifier_has_seat) : how;
}

outcome milestone_hand (call *self, const milestone_proof_t *in, milestone_t *out)
{
    outcome how = call_step (self, out);
    bool empty = !in->evidence && !in->documents.count;
    return how == outcome_done && empty ? call_invalid (self, "evidence", "must be given, or files") : how;
}

bool initiative_milestone_reached (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    (void) now;
    return initiative->milestones > 0;
}

/* Real with a part of its money all the same: what binds goes on binding, and nobody talks about the rest any more. */
outcome initiative_realise (call *self, const ref_t *in, initiative_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_consequence (self, "initiative_thought_of", "pledge", "lapse");
    return how == outcome_done ? call_consequence (self, "initiative_talks", "ask", "close") : how;
}

/* What was promised and not given yet binds nobody any more; what was given stays given. */
outcome initiative_fail (call *self, const initiative_failure_t *in, initiative_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_consequence (self, "initiative_bound", "pledge", "lapse");
    return how == outcome_done ? call_consequence (self, "initiative_talks", "ask", "close") : how;
}
