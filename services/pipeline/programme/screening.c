/* screening.c - whether an initiative is eligible: by the round's criteria, each answered, by somebody who does not apply with it. */
#include "../pipeline.h"
#include "programme.h"
#include <string.h>

bool initiative_screener_is_apart (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    bool tied = now->org && strcmp (initiative->applicant_id, now->org) == 0;
    for (size_t i = 0; i < initiative->co_applicants.count; i++)
        tied |= now->org && strcmp (initiative->co_applicants.at [i].organisation_id, now->org) == 0;
    return !tied;
}

/* Who is found ineligible, or does not answer, may object: so there is somebody to decide. */
bool initiative_objection_can_be_handled (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    (void) now;
    return initiative->handler_ready;
}

bool initiative_round_may_ask (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    (void) now;
    return initiative->round_state == round_state_open || initiative->round_state == round_state_screening;
}

/* The very instant of a term is still in time. */
bool initiative_question_waits (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return now->now <= initiative->answer_by;
}

bool initiative_question_overdue (const void *thing, const call *now)
{
    return !initiative_question_waits (thing, now);
}

bool initiative_objection_over (const void *thing, const call *now)
{
    const initiative_t *initiative = thing;
    return now->now > initiative->object_by;
}

/* ------------------------------------------------------------------------------------- checks */

static const screening_check_t *check_of (const initiative_screening_t *in, const char *code)
{
    for (size_t i = 0; i < in->checks.count; i++)
        if (strcmp (in->checks.at [i].code, code) == 0)
            return &in->checks.at [i];
    return NULL;
}

static bool is_published (const round_t *round, const char *code)
{
    bool found = false;
    for (size_t i = 0; i < round->eligibility.count; i++)
        found |= strcmp (round->eligibility.at [i].code, code) == 0;
    return found;
}

/* Every criterion of the round is answered, each once, and nothing else. */
static void check_each (call *self, const initiative_screening_t *in, const round_t *round)
{
    for (size_t i = 0; i < round->eligibility.count; i++)
        if (!check_of (in, round->eligibility.at [i].code))
            call_invalid (self, call_print (self, "checks[%s]", round->eligibility.at [i].code), "must be answered");
    for (size_t i = 0; i < in->checks.count; i++) {
        const screening_check_t *check = &in->checks.at [i];
        const char *path = call_print (self, "checks[%zu].code", i);
        if (!is_published (round, check->code))
            call_invalid (self, path, "must be a published criterion of the round");
        if (check_of (in, check->code) != check)
            call_invalid (self, path, "must be there once");
    }
}

static void check_all_met (call *self, const initiative_screening_t *in)
{
    for (size_t i = 0; i < in->checks.count; i++)
        if (!in->checks.at [i].met)
            call_invalid (self, call_print (self, "checks[%zu].met", i), "must be met to be eligible");
}

outcome initiative_admit (call *self, const initiative_screening_t *in, initiative_t *out)
{
    round_t round = { 0 };
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_load (self, process_find ("round"), out->round_id, &round);
    if (how != outcome_done)
        return how;
    check_each (self, in, &round);
    check_all_met (self, in);
    return self->faults.count ? outcome_invalid : outcome_done;
}

outcome initiative_refuse (call *self, const initiative_refusal_t *in, initiative_t *out)
{
    round_t round = { 0 };
    initiative_screening_t found = { .checks = { in->checks.count, in->checks.at } };
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_load (self, process_find ("round"), out->round_id, &round);
    if (how != outcome_done)
        return how;
    check_each (self, &found, &round);
    const screening_check_t *decides = check_of (&found, in->criterion);
    if (!decides || decides->met)
        call_invalid (self, "criterion", "must be a published criterion that is not met");
    return self->faults.count ? outcome_invalid : outcome_done;
}
