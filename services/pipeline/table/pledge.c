/* pledge.c - what a financier offers on an ask: when that may be, and which conditions make sense. */
#include "../pipeline.h"
#include "table.h"
#include <stdlib.h>

bool pledge_table_is_open (const void *thing, const call *now)
{
    const pledge_t *pledge = thing;
    (void) now;
    return pledge->ask_state == ask_state_open || pledge->ask_state == ask_state_follow_up;
}

bool pledge_has_financier_seat (const void *thing, const call *now)
{
    const pledge_t *pledge = thing;
    (void) now;
    return pledge->has_seat;
}

bool pledge_form_is_wanted (const void *thing, const call *now)
{
    const pledge_t *pledge = thing;
    (void) now;
    return pledge->wanted;
}

bool pledge_pledge_within_ask (const void *thing, const call *now)
{
    const pledge_t *pledge = thing;
    (void) now;
    return pledge->amount_cents <= pledge->ask_cents;
}

bool pledge_room_on_ask (const void *thing, const call *now)
{
    const pledge_t *pledge = thing;
    (void) now;
    return pledge->amount_cents + pledge->taken_cents <= pledge->ask_cents;
}

bool pledge_interest_declared (const void *thing, const call *now)
{
    const pledge_t *pledge = thing;
    (void) now;
    return !pledge->tied || pledge->interest;
}

bool pledge_pledge_overdue (const void *thing, const call *now)
{
    const pledge_t *pledge = thing;
    return pledge->expires_at && now->now >= pledge->expires_at;
}

bool pledge_pledge_in_time (const void *thing, const call *now)
{
    return !pledge_pledge_overdue (thing, now);
}

static void check_condition (call *self, const pledge_condition_t *c, size_t at)
{
    const struct { int wish; const char *field; bool there; } needs [] = {
        { pledge_wish_sum, "least_cents", c->least_cents > 0 },
        { pledge_wish_financiers, "financiers", c->financiers > 0 },
        { pledge_wish_pledge, "pledge_id", c->pledge_id },
    };
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (c->wish == needs [i].wish && !needs [i].there)
            call_invalid (self, call_print (self, "conditions[%zu].%s", at, needs [i].field), "must be there");
        else if (c->wish != needs [i].wish && needs [i].there)
            call_invalid (self, call_print (self, "conditions[%zu].%s", at, needs [i].field), "goes with another wish");
}

/* A pledge rests on its own ask only, so an ask stands or falls by itself. */
static outcome check (call *self, const pledge_t *pledge, outcome how)
{
    PGresult *rows;
    outcome looked;
    for (size_t i = 0; i < pledge->conditions.count; i++)
        check_condition (self, &pledge->conditions.at [i], i);
    if (pledge->expires_at && pledge->expires_at <= self->now)
        call_invalid (self, "expires_at", "must be ahead");
    int strangers = call_run_with (self, "pledge_strangers", pledge_schema (), pledge, &rows, &looked);
    for (int i = 0; i < strangers; i++)
        call_invalid (self, call_print (self, "conditions[%s].pledge_id", PQgetvalue (rows, i, 0)), "must be another pledge on this ask");
    return looked != outcome_done ? looked : self->faults.count ? outcome_invalid : how;
}

outcome pledge_create (call *self, const pledge_t *in, pledge_t *out)
{
    (void) in;
    outcome how = call_enter (self, out);
    return how == outcome_created ? check (self, out, how) : how;
}

outcome pledge_put (call *self, const pledge_t *in, pledge_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? check (self, out, how) : how;
}
