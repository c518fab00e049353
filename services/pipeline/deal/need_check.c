/* need_check.c - what a need lacks before it can be handed in or put on the market: every fault, with its path. */
#include "deal.h"
#include <inttypes.h>
#include <string.h>

static void check_criterion (call *self, const need_t *need, size_t at)
{
    const need_criterion_t *c = &need->criteria.at [at];
    bool weighs = c->kind == criterion_kind_award;
    if (weighs != (c->weight_ppm > 0))
        call_invalid (self, call_print (self, "criteria[%zu].weight_ppm", at),
                      weighs ? "must be there for an award criterion" : "is for award criteria only");
    for (size_t i = 0; i < at; i++)
        if (strcmp (need->criteria.at [i].code, c->code) == 0)
            call_invalid (self, call_print (self, "criteria[%zu].code", at), "must be there once");
}

static void check_criteria (call *self, const need_t *need)
{
    int64_t sum = 0;
    bool any = false;
    for (size_t i = 0; i < need->criteria.count; i++) {
        check_criterion (self, need, i);
        any |= need->criteria.at [i].kind == criterion_kind_award;
        sum += need->criteria.at [i].weight_ppm;
    }
    if (any && sum != MILLION)
        call_invalid (self, "criteria", "weights of award criteria must come to 1000000, not %" PRId64, sum);
}

static void check_shares (call *self, const need_t *need)
{
    int64_t sum = 0;
    bool lead = false;
    for (size_t i = 0; i < need->shares.count; i++) {
        const need_share_t *s = &need->shares.at [i];
        sum += s->share_ppm;
        lead |= strcmp (s->organisation_id, need->buyer_id) == 0;
        for (size_t k = 0; k < i; k++)
            if (strcmp (need->shares.at [k].organisation_id, s->organisation_id) == 0)
                call_invalid (self, call_print (self, "shares[%zu].organisation_id", i), "must be there once");
    }
    if (need->shares.count && sum != MILLION)
        call_invalid (self, "shares", "must come to 1000000, not %" PRId64, sum);
    if (need->shares.count && !lead)
        call_invalid (self, "shares", "must have the buyer that writes the need");
}

outcome need_check (call *self, const need_t *need)
{
    check_criteria (self, need);
    check_shares (self, need);
    if (need->question_deadline > need->quote_deadline)
        call_invalid (self, "question_deadline", "must not be after the deadline for quotes");
    return self->faults.count ? outcome_invalid : outcome_done;
}
