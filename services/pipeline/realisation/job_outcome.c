/* job_outcome.c - jobs in counts by kind: of whom they may be reported, and what a count cannot be. */
#include "../pipeline.h"
#include "realisation.h"
#include <string.h>

bool job_outcome_gives_jobs (const void *thing, const call *now)
{
    const job_outcome_t *jobs = thing;
    int at = jobs->initiative_state;
    (void) now;
    return at == initiative_state_part_financed || at == initiative_state_financed || at == initiative_state_realised;
}

bool job_outcome_jobs_begun (const void *thing, const call *now)
{
    const job_outcome_t *jobs = thing;
    (void) now;
    return jobs->begun;
}

bool job_outcome_confirmer_outside (const void *thing, const call *now)
{
    const job_outcome_t *jobs = thing;
    (void) now;
    return jobs->outside;
}

static outcome check (call *self, const job_outcome_t *in)
{
    if (in->fte_hundredths > in->count * 100)
        call_invalid (self, "fte_hundredths", "must be at most 100 for each job");
    if (in->valid_until && strcmp (in->valid_until, in->valid_from) < 0)
        call_invalid (self, "valid_until", "must not be before valid_from");
    return self->faults.count ? outcome_invalid : outcome_done;
}

outcome job_outcome_create (call *self, const job_outcome_t *in, job_outcome_t *out)
{
    outcome how = check (self, in);
    return how == outcome_done ? call_enter (self, out) : how;
}

outcome job_outcome_put (call *self, const job_outcome_t *in, job_outcome_t *out)
{
    outcome how = check (self, in);
    return how == outcome_done ? call_step (self, out) : how;
}
