/* initiative.c - how far an initiative may come, by the stage and the places of its round. */
#include "../pipeline.h"
#include "programme.h"
#include <string.h>

/* The very instant of the deadline is still in time. Who got more time hands in while the screening goes on. */
bool initiative_round_takes_initiatives (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    bool takes = initiative->round_state == round_state_open || initiative->round_state == round_state_screening;
    return takes && now->now <= initiative->closes_at;
}

/* Who applies together reads and edits; one of them answers for it. */
bool initiative_lead_applicant (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return now->org && initiative->applicant_id && strcmp (initiative->applicant_id, now->org) == 0;
}

/* The applicant whenever it is over; who runs the round, on behalf of somebody who asked, when the round is. */
bool initiative_erasable (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    bool over = initiative->round_state == round_state_concluded || initiative->round_state == round_state_cancelled;
    return !initiative->erased_at && (over || initiative_lead_applicant (thing, now));
}

bool initiative_round_is_screening (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    (void) now;
    return initiative->round_state == round_state_screening;
}

/* What is presented is lined up while the screening goes on; an objection may be right after it. */
bool initiative_round_may_present (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return initiative->round_state == round_state_presenting || initiative_round_is_screening (thing, now);
}

bool initiative_place_to_present (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return initiative->places_to_present > 0 && initiative_round_may_present (thing, now);
}

/* A place that was offered without an end stands. */
bool initiative_offer_stands (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return !initiative->offer_expires_at || now->now <= initiative->offer_expires_at;
}

bool initiative_offer_over (const void *thing, const call *now)
{
    return !initiative_offer_stands (thing, now);
}

bool initiative_waiting_over (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return now->now > initiative->waiting_until;
}

bool initiative_ask_is_complete (const void *thing, const call *now)
{
    (void) now;
    return schema_int (initiative_schema (), thing, "ask_state", -1) == ask_state_complete;
}

outcome initiative_seat (call *self, const ref_t *in, initiative_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? call_consequence (self, "initiative_asks", "ask", "open") : how;
}

/* At the table, what was offered goes with it. */
outcome initiative_withdraw (call *self, const ref_t *in, initiative_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_consequence (self, "initiative_pledges", "pledge", "lapse");
    return how == outcome_done ? call_consequence (self, "initiative_asks", "ask", "end") : how;
}

/* The step is told while it is known whom it concerns. The answer is what is left. */
outcome initiative_erase (call *self, const ref_t *in, initiative_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    *out = (initiative_t) { 0 };
    return how == outcome_done ? call_fetch (self, "initiative_forget", out) : how;
}
