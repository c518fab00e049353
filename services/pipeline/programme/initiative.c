/* initiative.c - how far an initiative may come, by the stage and the places of its round. */
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

bool initiative_ask_known (const void *thing, const call *now)
{
    (void) now;
    return schema_int (initiative_schema (), thing, "ask_cents", -1) >= 0;
}
