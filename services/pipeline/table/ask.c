/* ask.c - what an initiative asks at the financing table: what it has to say, and what the clock does with it. */
#include "../pipeline.h"
#include "table.h"
#include <string.h>

bool ask_ready_to_ask (const void *thing, const call *now)
{
    const ask_t *ask = thing;
    (void) now;
    return ask->initiative_state == initiative_state_in_programme || ask->initiative_state == initiative_state_table_ready;
}

bool ask_talks_over (const void *thing, const call *now)
{
    const ask_t *ask = thing;
    return ask->follow_until && now->now >= ask->follow_until;
}

static outcome check_amounts (call *self, const ask_t *ask)
{
    if (ask->amount_cents && ask->min_viable_cents > ask->amount_cents)
        call_invalid (self, "min_viable_cents", "must be amount_cents or less");
    if (!ask->amount_cents && ask->min_viable_cents)
        call_invalid (self, "amount_cents", "must be there with min_viable_cents");
    return self->faults.count ? outcome_invalid : outcome_done;
}

outcome ask_create (call *self, const ask_t *in, ask_t *out)
{
    outcome how = check_amounts (self, in);
    return how == outcome_done ? call_enter (self, out) : how;
}

outcome ask_put (call *self, const ask_t *in, ask_t *out)
{
    outcome how = check_amounts (self, in);
    return how == outcome_done ? call_step (self, out) : how;
}

/* Who else reads it may not complete it, and is told that. */
outcome ask_complete (call *self, const ref_t *in, ask_t *out)
{
    ask_t ask = { 0 };
    outcome how = call_load (self, process_find ("ask"), in->id, &ask);
    if (how != outcome_done)
        return how;
    if (self->org && ask.applicant_id && strcmp (self->org, ask.applicant_id) == 0) {
        if (!ask.amount_cents)
            call_invalid (self, "amount_cents", "must be there");
        if (!ask.min_viable_cents)
            call_invalid (self, "min_viable_cents", "must be there");
        if (!ask.text)
            call_invalid (self, "text", "must be there");
    }
    return self->faults.count ? outcome_invalid : call_step (self, out);
}

outcome ask_conclude (call *self, const ref_t *in, ask_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? table_close (self, TABLE_CONCLUDE) : how;
}

outcome ask_recheck (call *self, const ref_t *in, ask_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? table_close (self, TABLE_RECHECK) : how;
}

outcome round_settle (call *self, const ref_t *in, round_t *out)
{
    PGresult *ignored;
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        call_run (self, "closing_lock", &ignored, &how);
    return how == outcome_done ? table_close (self, TABLE_SETTLE) : how;
}

/* The dry run is its manager's alone. */
outcome round_closing (call *self, const ref_t *in, closing_t *out)
{
    round_t round = { 0 };
    outcome how = call_load (self, process_find ("round"), in->id, &round);
    if (how != outcome_done)
        return how;
    if (!self->org || strcmp (self->org, round.manager_id) != 0)
        return outcome_missing;
    return table_look (self, out);
}
