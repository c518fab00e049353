/* award.c - who gets it: proposed by one, decided by another, and not in force before the standstill is over. */
#include "../pipeline.h"
#include "award.h"
#include "deal.h"
#include <string.h>

/* ------------------------------------------------------------------------------------- guards */

bool award_need_is_weighed (const void *thing, const call *now)
{
    const award_t *award = thing;
    (void) now;
    return award->need_state == need_state_evaluating;
}

bool award_quote_is_weighed (const void *thing, const call *now)
{
    const award_t *award = thing;
    (void) now;
    return award->weighed;
}

bool award_negotiation_over (const void *thing, const call *now)
{
    const award_t *award = thing;
    (void) now;
    return !award->negotiated;
}

bool award_all_judged (const void *thing, const call *now)
{
    const award_t *award = thing;
    (void) now;
    return award->unjudged == 0;
}

bool award_reason_per_quote (const void *thing, const call *now)
{
    const award_t *award = thing;
    (void) now;
    return award->unreasoned == 0;
}

/* Two people, always: a caller without an account is no person. */
bool award_other_person_proposed (const void *thing, const call *now)
{
    const award_t *award = thing;
    return now->account && award->proposed_by && strcmp (award->proposed_by, now->account) != 0;
}

bool award_stands_still (const void *thing, const call *now)
{
    const award_t *award = thing;
    (void) now;
    return award->route == need_route_invited || award->route == need_route_open;
}

bool award_standstill_over (const void *thing, const call *now)
{
    const award_t *award = thing;
    return now->now > award->standstill_until;
}

/* ------------------------------------------------------------------------------------- follows */

outcome award_follow (call *self, const consequence follows [], size_t count)
{
    outcome how = outcome_done;
    for (size_t i = 0; i < count && how == outcome_done; i++)
        how = call_consequence (self, follows [i].statement, follows [i].noun, follows [i].command);
    return how;
}


static const consequence weighing_ends [] = { { "award_need", "need", "propose" } };
static const consequence weighing_again [] = { { "award_need", "need", "reassess" } };
static const consequence told_who [] = {
    { "award_need", "need", "decide" }, { "award_winner", "quote", "prefer" }, { "award_losers", "quote", "pass" } };
static const consequence in_force [] = { { "award_winner", "quote", "select" }, { "award_losers", "quote", "pass" } };
static const consequence still_over [] = { { "award_need", "need", "conclude" } };

outcome award_propose (call *self, const award_proposal_t *in, award_t *out)
{
    (void) in;
    outcome how = call_enter (self, out);
    if (how != outcome_created)
        return how;
    how = award_follow (self, weighing_ends, sizeof weighing_ends / sizeof *weighing_ends);
    return how == outcome_done ? outcome_created : how;
}

/* In force: the need says which quote, and only now can it be ordered. */
static outcome conclude (call *self)
{
    PGresult *ignored;
    outcome how;
    call_run (self, "award_need_awarded", &ignored, &how);
    return how == outcome_done ? award_follow (self, in_force, sizeof in_force / sizeof *in_force) : how;
}

outcome award_decide (call *self, const ref_t *in, award_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how != outcome_done)
        return how;
    if (out->state == award_state_standstill)
        return award_follow (self, told_who, sizeof told_who / sizeof *told_who);
    how = call_consequence (self, "award_need", "need", "decide");
    return how == outcome_done ? conclude (self) : how;
}

outcome award_reject (call *self, const reason_given_t *in, award_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? award_follow (self, weighing_again, sizeof weighing_again / sizeof *weighing_again) : how;
}

outcome award_conclude (call *self, const ref_t *in, award_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = award_follow (self, still_over, sizeof still_over / sizeof *still_over);
    return how == outcome_done ? conclude (self) : how;
}
