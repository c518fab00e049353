/* initiative.c - how far an initiative may come, by the stage and the places of its round. */
#include "../pipeline.h"
#include "programme.h"

bool initiative_round_takes_initiatives (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return initiative->round_state == round_state_open && now->now < initiative->closes_at;
}

bool initiative_round_is_screening (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    (void) now;
    return initiative->round_state == round_state_screening;
}

bool initiative_round_is_deliberating (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    (void) now;
    return initiative->round_state == round_state_deliberation;
}

/* A manager may line up what will be presented while the screening goes on. */
bool initiative_place_to_present (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return initiative->places_to_present > 0 && initiative_round_is_screening (thing, now);
}

bool initiative_place_to_select (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return initiative->places_to_select > 0 && initiative_round_is_deliberating (thing, now);
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
