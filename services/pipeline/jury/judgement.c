/* judgement.c - one juror judges one initiative by the rubric of its round, without seeing the others before their own is locked. */
#include "../pipeline.h"
#include "jury.h"
#include <inttypes.h>
#include <string.h>

enum { USUAL_SCALE = 5 };

/* ------------------------------------------------------------------------------------- guards */

bool judgement_round_is_scoring (const void *thing, const call *now)
{
    const judgement_t *judgement = thing;
    (void) now;
    return judgement->round_state == round_state_scoring;
}

bool judgement_own (const void *thing, const call *now)
{
    const judgement_t *judgement = thing;
    return now->account && strcmp (judgement->account_id, now->account) == 0;
}

/* In deliberation only what the chair reopened. */
bool judgement_judges_now (const void *thing, const call *now)
{
    const judgement_t *judgement = thing;
    return judgement_round_is_scoring (thing, now)
        || (judgement->round_state == round_state_deliberation && judgement->state == judgement_state_reopened);
}

bool judgement_is_complete (const void *thing, const call *now)
{
    const judgement_t *judgement = thing;
    (void) now;
    return judgement->abstain || (judgement->rubric.count && judgement->scored == (int64_t) judgement->rubric.count);
}

bool judgement_may_reopen (const void *thing, const call *now)
{
    const judgement_t *judgement = thing;
    return judgement_round_is_scoring (thing, now) || judgement->round_state == round_state_deliberation;
}

bool judgement_not_barred (const void *thing, const call *now)
{
    (void) now;
    return !((const judgement_t *) thing)->barred;
}

/* ------------------------------------------------------------------------------------- scores */

static const rubric_criterion_t *criterion_of (const judgement_t *judgement, const char *code)
{
    for (size_t i = 0; i < judgement->rubric.count; i++)
        if (strcmp (judgement->rubric.at [i].code, code) == 0)
            return &judgement->rubric.at [i];
    return NULL;
}

static void check_score (call *self, const judgement_t *judgement, size_t at)
{
    const judgement_point_t *given = &judgement->scores.at [at];
    const rubric_criterion_t *criterion = criterion_of (judgement, given->code);
    int64_t most = criterion && criterion->scale ? criterion->scale : USUAL_SCALE;
    if (!criterion)
        call_invalid (self, call_print (self, "scores[%zu].code", at), "must be a criterion of the round");
    else if (given->points > most)
        call_invalid (self, call_print (self, "scores[%zu].points", at), "must be at most %" PRId64, most);
    for (size_t i = 0; i < at; i++)
        if (strcmp (judgement->scores.at [i].code, given->code) == 0)
            call_invalid (self, call_print (self, "scores[%zu].code", at), "must be there once");
}

outcome judgement_put (call *self, const judgement_text_t *in, judgement_t *out)
{
    outcome how = call_step (self, out);
    if (how != outcome_done)
        return how;
    for (size_t i = 0; i < out->scores.count; i++)
        check_score (self, out, i);
    if (in->abstain && in->scores.count)
        call_invalid (self, "scores", "must be absent when abstaining");
    return self->faults.count ? outcome_invalid : outcome_done;
}

/* One word to a juror for all that they have to give, once a day. */
outcome judgement_remind (call *self, const ref_t *in, judgement_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? call_consequence (self, "judgement_remind_whom", "juror", "remind") : how;
}

outcome judgement_escalate (call *self, const ref_t *in, judgement_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? call_consequence (self, "judgement_escalate_whom", "juror", "escalate") : how;
}

/* Who is not impartial is barred from then on. */
outcome judgement_recuse (call *self, const reason_given_t *in, judgement_t *out)
{
    (void) in;
    PGresult *rows;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        call_run (self, "judgement_recused", &rows, &how);
    return how;
}
