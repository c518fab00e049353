/* round_world.h - a round of a few plans and jurors as random people live through it: records as the guards read them, what follows
 * from steps, and the laws that the model counts for itself.                                                                     */
#ifndef ROUND_WORLD_H
#define ROUND_WORLD_H
#include "walk.h"
#include "../../services/pipeline/jury/assign.h"
#include "../../services/pipeline/jury/choosing.h"
#include "../../services/pipeline/jury/ranking.h"
#include "../../services/pipeline/table/closing.h"

enum { MOST = 7, JURORS = 4, CRITERIA = 3, TICKS = 800, DAY_TICKS = 6 };
static const int64_t day = INT64_C (86400000000);

/* ------------------------------------------------------------------------------------- laws */

/* X (name, whether the tables alone see to it, so that no guard can break it, what it says) */
#define ALL_ROUND_LAWS(X) \
    X (came_through,  true,  "I1: whoever is at a stage came through the one before") \
    X (within_quota,  false, "I1: no more are presented than the quota") \
    X (within_places, false, "I1: no more have a place than there are") \
    X (screened,      false, "I1: nobody waits for the screening when the jury begins") \
    X (come_to_end,   false, "I1: whoever had a place came to an end, or to talks, when a round is concluded") \
    X (never_barred,  false, "I2: nobody judges where they are barred") \
    X (apart,         false, "I2: who applies does not screen") \
    X (the_formula,   false, "I5: the total is what the formula says") \
    X (recomputed,    false, "I6: without a juror the others keep what they gave") \
    X (enough_given,  false, "I6: what is chosen was judged often enough") \
    X (deviation,     false, "I7: what goes against the ranking is told as that") \
    X (reasons,       false, "I7: what goes against the ranking has a reason") \
    X (signatures,    false, "I7: everybody who was there signed") \
    X (in_order,      false, "I8: by the ranking, places and waiting list go by rank") \
    X (one_extension, false, "I9: a round is extended once") \
    X (no_vote,       false, "I10: whose organisation applies has no vote") \
    X (rules_fixed,   true,  "I11: once a round is open its rules and places are fixed") \
    X (all_or_none,   false, "I12: enough binds, or nothing does") \
    X (any_order,     false, "I12: in which order pledges came makes no difference") \
    X (erased_stays,  true,  "I15: erasing an applicant moves nothing") \
    X (erased_by,     false, "I15: once, by who applied, or by who runs a round that is over") \
    X (in_time,       false, "I16: nothing comes in after its closing time")
#define NAME_OF(name, tables, text) name,
#define TEXT_OF(name, tables, text) text,
#define TABLES_OF(name, tables, text) tables,
enum { ALL_ROUND_LAWS (NAME_OF) ROUND_LAWS };
static const char *const round_laws [] = { ALL_ROUND_LAWS (TEXT_OF) };
static const bool of_tables [] = { ALL_ROUND_LAWS (TABLES_OF) };
static int64_t met [ROUND_LAWS], broken [ROUND_LAWS];
static bool drunk; /* who ranks, spreads and closes makes mistakes */

static void hold (int law, bool holds)
{
    met [law] += holds;
    broken [law] += !holds;
}

/* ------------------------------------------------------------------------------------ world */

typedef struct {
    walk        *by;
    int64_t      now;
    round_t      round;
    size_t       plans, jurors;
    bool         begun [MOST], granted [MOST], in_jury [JURORS], given [MOST][JURORS], barred [MOST][JURORS];
    initiative_t plan [MOST];
    uint64_t     was [MOST], round_was;  /* states that it was in */
    int64_t      until [MOST];           /* more time for one */
    juror_t      juror [JURORS];
    judgement_t  judgement [MOST][JURORS];
    counted_point_t    points [MOST][JURORS][CRITERIA];
    rubric_criterion_t rubric [CRITERIA];
    selection_t        selection;
    selection_signature_t present [JURORS + 1];
    bool               drafted, is_present [JURORS + 1], signs [JURORS + 1];
    selection_line_t   lines [MOST];
    size_t             line_count;
    uint64_t           counted;          /* which judgements counted when it was drafted */
    int                extended;
} world;

static const char *const plan_ids [MOST] = { "p0", "p1", "p2", "p3", "p4", "p5", "p6" };
static const char *const people [JURORS + 1] = { "j0", "j1", "j2", "j3", "chair" };
static const char *const houses [JURORS] = { "h0", "h1", "h2", "h3" };
static const char *const criteria_codes [CRITERIA] = { "a", "b", "c" };
static const char *const office = "office";

static int state_of (const process *p, const void *record)
{
    return (int) schema_int (p->record (), record, "state", NOWHERE);
}

static bool is (const world *self, size_t i, int state)
{
    return self->begun [i] && self->plan [i].state == state;
}

static bool has_been (const world *self, size_t i, int state)
{
    return self->was [i] >> state & 1;
}

/* Somebody tries; what is true of steps is looked at here, and the state moves. */
static bool tries (world *self, const char *noun, void *record, bool enters, const char *command, const char *org, const char *account, uint32_t roles)
{
    const process *p = process_find (noun);
    *(uint64_t *) record = ~UINT64_C (0); /* every field is known */
    call at = { .now = self->now, .org = org, .account = account, .roles = roles };
    int why, from = enters ? NOWHERE : state_of (p, record);
    uint32_t counting = process_roles (p, record, org, roles);
    const step *taken = process_try (p, from, command, counting, record, &at, self->by->guards, &why);
    judge (self->by, &(thing) { .of = p, .record = record }, command, &at, taken != NULL, is_theirs (p, from, command, record, &at));
    self->by->taken += taken != NULL;
    self->by->refused += !taken;
    if (taken)
        schema_set_int (p->record (), record, "state", taken->to);
    return taken != NULL;
}

/* ------------------------------------------------------------------------------------ facts */

static int64_t times (const world *self, int state)
{
    int64_t count = 0;
    for (size_t i = 0; i < self->plans; i++)
        count += has_been (self, i, state);
    return count;
}

/* Has a place, or had one and did not give it back. */
static bool holds_place (const world *self, size_t i)
{
    int s = self->plan [i].state;
    return self->begun [i] && has_been (self, i, initiative_state_selected) && s != initiative_state_declined && s != initiative_state_withdrawn;
}

static int64_t places_held (const world *self)
{
    int64_t count = 0;
    for (size_t i = 0; i < self->plans; i++)
        count += holds_place (self, i);
    return count;
}

static bool counts (const world *self, size_t i, size_t j)
{
    const judgement_t *one = &self->judgement [i][j];
    return self->given [i][j] && one->state == judgement_state_locked && !one->abstain && !self->barred [i][j];
}

static int64_t judged (const world *self, size_t i)
{
    int64_t count = 0;
    for (size_t j = 0; j < self->jurors; j++)
        count += counts (self, i, j);
    return count;
}

/* Has a place, or waits for one, and did not come to an end: another telling, by what it went through. */
static bool is_under_way (const world *self, size_t i)
{
    const process *p = process_find ("initiative");
    int s = self->plan [i].state;
    bool sat = s == initiative_state_financed || s == initiative_state_part_financed || s == initiative_state_interest;
    bool chosen = has_been (self, i, initiative_state_selected) || has_been (self, i, initiative_state_waitlisted);
    return self->begun [i] && chosen && !sat && p->states [s].kind != FINAL;
}

static void learn_round (world *self)
{
    round_t *r = &self->round;
    r->pending = r->unreviewed = r->under_way = 0;
    for (size_t i = 0; i < self->plans; i++) {
        r->pending += is (self, i, initiative_state_submitted) || is (self, i, initiative_state_more_info) || is (self, i, initiative_state_objection);
        r->unreviewed += is (self, i, initiative_state_presented) && judged (self, i) < r->min_reviews;
        r->under_way += is_under_way (self, i);
    }
}

static void learn_plan (world *self, size_t i)
{
    initiative_t *it = &self->plan [i];
    it->round_state = self->round.state;
    it->closes_at = self->until [i] > self->round.closes_at ? self->until [i] : self->round.closes_at;
    it->places_to_present = self->round.present_quota - times (self, initiative_state_presented);
    it->handler_ready = below (4);
    it->milestones = (int64_t) below (2);
    it->certified = below (2);
    schema_set_int (initiative_schema (), it, "ask_state", below (3) ? ask_state_complete : ask_state_draft);
}

static uint64_t counted_now (const world *self)
{
    uint64_t all = 1469598103934665603u;
    for (size_t i = 0; i < self->plans; i++)
        for (size_t j = 0; j < self->jurors; j++)
            for (int k = 0; k < CRITERIA; k++)
                all = (all ^ (uint64_t) (is (self, i, initiative_state_presented) ? counts (self, i, j) ? self->points [i][j][k].points + 2 : 1 : 0))
                    * 1099511628211u;
    return all;
}

static void learn_selection (world *self, size_t who)
{
    selection_t *s = &self->selection;
    s->unexplained = s->selected = s->not_signed = 0;
    s->present.count = 0;
    for (size_t i = 0; i < self->line_count; i++) {
        s->unexplained += self->lines [i].deviation != selection_deviation_none && !self->lines [i].written;
        s->selected += self->lines [i].outcome == selection_outcome_selected;
    }
    for (size_t j = 0; j <= JURORS; j++) {
        s->present.count += self->is_present [j];
        s->not_signed += self->is_present [j] && !self->signs [j];
    }
    s->may_sign = self->is_present [who] && !self->signs [who];
    s->handler_ready = below (4);
    s->current = self->counted == counted_now (self);
    s->round_state = self->round.state;
    s->select_min = self->round.select_min;
    s->select_max = self->round.select_max;
}
#include "round_steps.h"
#endif
