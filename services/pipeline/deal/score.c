/* score.c - quotes are judged by the need's award criteria: by two people or more, each without seeing the other's first. */
#include "../pipeline.h"
#include "deal.h"
#include <inttypes.h>
#include <string.h>

enum { USUAL_SCALE = 10 };

/* ------------------------------------------------------------------------------------- guards */

bool score_quote_is_scored (const void *thing, const call *now)
{
    const score_t *score = thing;
    (void) now;
    return score->need_state == need_state_evaluating && score->quote_state == quote_state_admitted && score->current;
}

bool score_own (const void *thing, const call *now)
{
    const score_t *score = thing;
    return now->account && score->account_id && strcmp (score->account_id, now->account) == 0;
}

bool award_all_scored (const void *thing, const call *now)
{
    const award_t *award = thing;
    (void) now;
    return award->unscored == 0;
}

/* ------------------------------------------------------------------------------------- points */

static const need_criterion_t *criterion_of (const score_t *score, const char *code)
{
    for (size_t i = 0; i < score->criteria.count; i++)
        if (score->criteria.at [i].kind == criterion_kind_award && strcmp (score->criteria.at [i].code, code) == 0)
            return &score->criteria.at [i];
    return NULL;
}

static void check_point (call *self, const score_t *score, size_t at)
{
    const score_point_t *point = &score->points.at [at];
    const need_criterion_t *criterion = criterion_of (score, point->code);
    int64_t most = criterion && criterion->scale ? criterion->scale : USUAL_SCALE;
    if (!criterion)
        call_invalid (self, call_print (self, "points[%zu].code", at), "must be an award criterion of the need");
    else if (point->points > most)
        call_invalid (self, call_print (self, "points[%zu].points", at), "must be at most %" PRId64, most);
    for (size_t i = 0; i < at; i++)
        if (strcmp (score->points.at [i].code, point->code) == 0)
            call_invalid (self, call_print (self, "points[%zu].code", at), "must be there once");
}

/* Every award criterion once, within its scale: a criterion that somebody forgot would count as nothing. */
static outcome check_points (call *self, const score_t *score)
{
    size_t award_criteria = 0;
    for (size_t i = 0; i < score->criteria.count; i++)
        award_criteria += score->criteria.at [i].kind == criterion_kind_award;
    for (size_t i = 0; i < score->points.count; i++)
        check_point (self, score, i);
    if (!self->faults.count && score->points.count != award_criteria)
        call_invalid (self, "points", "must have each of the %zu award criteria", award_criteria);
    return self->faults.count ? outcome_invalid : outcome_done;
}

outcome score_enter (call *self, const score_t *in, score_t *out)
{
    (void) in;
    outcome how = call_enter (self, out);
    if (how != outcome_created)
        return how;
    how = check_points (self, out);
    return how == outcome_done ? outcome_created : how;
}

outcome score_put (call *self, const score_t *in, score_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? check_points (self, out) : how;
}

outcome need_scores (call *self, const ref_t *in, need_scores_t *out)
{
    (void) in;
    return call_fetch (self, "need_scores", out);
}
