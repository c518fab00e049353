/* round.c - when a round may go on, and which dates and numbers go together. */
#include "../pipeline.h"
#include "programme.h"
#include "../jury/ranking.h"
#include <inttypes.h>
#include <string.h>

static void check_order (call *self, const round_t *in)
{
    const struct { const char *path; int64_t at; } dates [] = {
        { "opens_at", in->opens_at }, { "closes_at", in->closes_at }, { "screened_by", in->screened_by }, { "scored_by", in->scored_by },
        { "decided_by", in->decided_by }, { "starts_at", in->starts_at }, { "table_at", in->table_at },
    };
    size_t before = 0;
    for (size_t i = 1; i < sizeof dates / sizeof *dates; i++)
        if (dates [i].at) {
            if (dates [i].at <= dates [before].at)
                call_invalid (self, dates [i].path, "must be later than %s", dates [before].path);
            before = i;
        }
}

static void check_quotas (call *self, const round_t *in)
{
    if (in->select_min > in->select_max)
        call_invalid (self, "select_max", "must be select_min or more");
    if (in->select_max > in->present_quota)
        call_invalid (self, "present_quota", "must be select_max or more");
}

/* Every code once: answers, checks and scores are found by it. `codes` is that of the first item, and items are `size` apart. */
static void check_codes (call *self, const char *list, const void *codes, size_t count, size_t size)
{
    const char *first = codes;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp (*(char *const *) (first + i * size), *(char *const *) (first + j * size)) == 0)
                call_invalid (self, call_print (self, "%s[%zu].code", list, i), "must be there once");
}

static void check_rubric (call *self, const round_t *in)
{
    int64_t sum = 0, counted = 0;
    for (size_t i = 0; i < in->rubric.count; i++) {
        const rubric_criterion_t *criterion = &in->rubric.at [i];
        if (criterion->independent && criterion->weight_ppm)
            call_invalid (self, call_print (self, "rubric[%zu].weight_ppm", i), "must be 0, as it is independent");
        if (!criterion->independent && !criterion->weight_ppm)
            call_invalid (self, call_print (self, "rubric[%zu].weight_ppm", i), "must be more than 0, or be independent");
        sum += criterion->weight_ppm;
        counted += !criterion->independent;
    }
    if (in->rubric.count && (sum != MILLION || !counted))
        call_invalid (self, "rubric", "must have weights that are 1000000 together; they are %" PRId64, sum);
    if (!ranking_multiple (in->rubric.at, in->rubric.count))
        call_invalid (self, "rubric", "must have scales with a common multiple of at most %d", RANKING_MULTIPLE_MOST);
}

static outcome check_rules (call *self, const round_t *in)
{
    check_order (self, in);
    check_quotas (self, in);
    check_codes (self, "questions", in->questions.count ? &in->questions.at->code : NULL, in->questions.count, sizeof *in->questions.at);
    check_codes (self, "eligibility", in->eligibility.count ? &in->eligibility.at->code : NULL, in->eligibility.count,
                 sizeof *in->eligibility.at);
    check_codes (self, "rubric", in->rubric.count ? &in->rubric.at->code : NULL, in->rubric.count, sizeof *in->rubric.at);
    check_rubric (self, in);
    return self->faults.count ? outcome_invalid : outcome_done;
}

outcome round_create (call *self, const round_t *in, round_t *out)
{
    outcome how = check_rules (self, in);
    return how == outcome_done ? call_enter (self, out) : how;
}

outcome round_put (call *self, const round_t *in, round_t *out)
{
    outcome how = call_step (self, out);
    return how == outcome_done ? check_rules (self, in) : how;
}

outcome round_cancel (call *self, const reason_given_t *in, round_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_consequence (self, "round_cancel_objections", "objection", "void");
    return how == outcome_done ? call_consequence (self, "round_cancel_initiatives", "initiative", "void") : how;
}

/* Which, as whoever runs the round is to end them one by one. */
static outcome say_who_is_under_way (call *self)
{
    PGresult *rows;
    outcome how;
    int count = call_run (self, "round_under_way", &rows, &how);
    for (int i = 0; i < count; i++)
        call_invalid (self, call_print (self, "initiatives[%s]", PQgetvalue (rows, i, 0)), "%s", PQgetvalue (rows, i, 1));
    return count < 0 ? how : outcome_conflict;
}

/* What its rules kept from applicants until now they can read from here on, and are told so. */
outcome round_conclude (call *self, const ref_t *in, round_t *out)
{
    (void) in;
    PGresult *rows;
    outcome how = call_step (self, out);
    if (how == outcome_conflict && self->reason == nobody_under_way)
        return say_who_is_under_way (self);
    int count = how == outcome_done ? call_run (self, "round_withheld", &rows, &how) : 0;
    for (int i = 0; i < count && how == outcome_done; i++) {
        result_told_t *told = call_alloc (self, sizeof *told);
        if (!db_row (rows, i, result_told_schema (), told, self->zone))
            return outcome_broken;
        call_emit (self, EVENT_result_opened, "result", told->id, 1, result_told_schema (), told);
    }
    return how;
}

/* Later than it was, and before what follows: the other dates stay. */
outcome round_extend (call *self, const round_extension_t *in, round_t *out)
{
    outcome how = call_step (self, out);
    if (how != outcome_done)
        return how;
    if (in->closes_at <= out->extended_from)
        call_invalid (self, "closes_at", "must be later than it was");
    check_order (self, out);
    return self->faults.count ? outcome_invalid : outcome_done;
}

bool round_may_be_extended (const void *thing, const call *now)
{
    const round_t *round = thing;
    return !round->extended_from && now->now <= round->closes_at;
}

bool round_all_screened (const void *thing, const call *now)
{
    const round_t *round = thing;
    (void) now;
    return round->pending == 0;
}

/* Who was given more time has it: the jury does not begin without what may still come. */
bool round_nobody_has_time (const void *thing, const call *now)
{
    const round_t *round = thing;
    return round->drafts_until < now->now;
}

/* Once the jury scores, nothing comes in any more: who would be found right by then could go nowhere. */
bool round_all_lined_up (const void *thing, const call *now)
{
    const round_t *round = thing;
    return round->not_lined_up == 0 && round->objections_until < now->now;
}

/* Talks after the table go on without the round; whoever still trains, waits or sits has to come to an end in it. */
bool round_nobody_under_way (const void *thing, const call *now)
{
    const round_t *round = thing;
    (void) now;
    return round->under_way == 0;
}

bool round_opening_time_past (const void *thing, const call *now)
{
    const round_t *round = thing;
    return round->opens_at <= now->now;
}

bool round_closing_time_past (const void *thing, const call *now)
{
    const round_t *round = thing;
    return round->closes_at <= now->now;
}

bool round_enough_reviews (const void *thing, const call *now)
{
    const round_t *round = thing;
    (void) now;
    return round->unreviewed == 0;
}
