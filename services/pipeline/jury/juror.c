/* juror.c - who may be in the jury of a round, and where they say that they are not impartial. */
#include "../pipeline.h"
#include "jury.h"
#include <string.h>

bool juror_jury_forms (const void *thing, const call *now)
{
    const juror_t *juror = thing;
    (void) now;
    return juror->round_state >= round_state_announced && juror->round_state <= round_state_scoring;
}

bool juror_has_seat (const void *thing, const call *now)
{
    (void) now;
    return ((const juror_t *) thing)->seated;
}

/* They are counted already. */
bool juror_has_place (const void *thing, const call *now)
{
    (void) now;
    return ((const juror_t *) thing)->places >= 0;
}

bool juror_not_applying (const void *thing, const call *now)
{
    const juror_t *juror = thing;
    (void) now;
    return !juror->applies || juror->conflict_policy == conflict_policy_not_own;
}

bool juror_not_managing (const void *thing, const call *now)
{
    const juror_t *juror = thing;
    (void) now;
    return strcmp (juror->organisation_id, juror->manager_id) != 0;
}

bool juror_own (const void *thing, const call *now)
{
    const juror_t *juror = thing;
    return now->account && strcmp (juror->account_id, now->account) == 0;
}

/* Before names are shown; who comes later does it before they read anything. */
bool juror_declares_now (const void *thing, const call *now)
{
    const juror_t *juror = thing;
    (void) now;
    return juror->round_state == round_state_presenting || (juror->round_state == round_state_scoring && !juror->declared_at);
}

outcome juror_declare (call *self, const juror_declaration_t *in, juror_t *out)
{
    PGresult *rows;
    outcome how = call_step (self, out);
    if (how == outcome_done && in->conflicts.count)
        call_run (self, "juror_conflicts", &rows, &how);
    return how;
}

/* What they locked counts; what they did not give is free for others. */
outcome juror_leave (call *self, const ref_t *in, juror_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? call_consequence (self, "juror_unfinished", "judgement", "free") : how;
}
