/* round_steps.h - what people do in a round of chance, and what follows from it. */
#ifndef ROUND_STEPS_H
#define ROUND_STEPS_H
#include "round_choices.h"

static void came_to (world *self, size_t i)
{
    static const struct { uint64_t of; int before; } parents [] = {
#define AT(word) (UINT64_C (1) << initiative_state_##word)
        { AT (eligible), initiative_state_submitted }, { AT (ineligible), initiative_state_submitted },
        { AT (ineligible_final), initiative_state_ineligible }, { AT (presented) | AT (not_presented), initiative_state_eligible },
        { AT (selected) | AT (waitlisted) | AT (not_selected), initiative_state_presented },
        { AT (in_programme) | AT (declined), initiative_state_selected },
        { AT (paused) | AT (dropped_out) | AT (table_ready), initiative_state_in_programme }, { AT (at_table), initiative_state_table_ready },
        { AT (financed) | AT (part_financed) | AT (interest) | AT (not_financed), initiative_state_at_table },
#undef AT
    };
    int state = self->plan [i].state;
    for (size_t p = 0; p < sizeof parents / sizeof *parents; p++)
        if (parents [p].of >> state & 1)
            hold (came_through, state == initiative_state_not_selected && has_been (self, i, initiative_state_waitlisted)
                                ? has_been (self, i, initiative_state_presented) : has_been (self, i, parents [p].before));
    if (state == initiative_state_submitted && !has_been (self, i, initiative_state_submitted))
        hold (in_time, self->now <= self->round.closes_at || self->now <= self->until [i]);
    if (state == initiative_state_realised)
        hold (came_through, has_been (self, i, initiative_state_financed) || has_been (self, i, initiative_state_part_financed));
    self->was [i] |= UINT64_C (1) << state;
    hold (within_quota, times (self, initiative_state_presented) <= self->round.present_quota);
    hold (within_places, places_held (self) <= self->round.select_max);
}

static bool moves (world *self, size_t i, const char *command, const char *org, uint32_t roles)
{
    learn_plan (self, i);
    int before = self->plan [i].state;
    bool taken = tries (self, "initiative", &self->plan [i], !self->begun [i], command, org, org, roles);
    if (!taken)
        return false;
    self->begun [i] = true;
    if (strcmp (command, "admit") == 0 || strcmp (command, "refuse") == 0)
        hold (apart, strcmp (org, self->plan [i].applicant_id) != 0);
    if (strcmp (command, "erase") == 0) {
        bool over = self->round.state == round_state_concluded || self->round.state == round_state_cancelled;
        hold (erased_stays, self->plan [i].state == before);
        hold (erased_by, !self->plan [i].erased_at && (over || strcmp (org, self->plan [i].applicant_id) == 0));
        self->plan [i].erased_at = self->now;
    }
    self->plan [i].answer_by = self->plan [i].object_by = self->now + 7 * day;
    came_to (self, i);
    return true;
}

/* Whoever waits longest, while there is a place. */
static void promote (world *self)
{
    size_t next = MOST;
    if (self->round.state != round_state_decided && self->round.state != round_state_running)
        return;
    for (size_t i = 0; i < self->plans; i++)
        if (is (self, i, initiative_state_waitlisted) && (next == MOST || self->plan [i].waiting_place < self->plan [next].waiting_place))
            next = i;
    if (next < MOST && places_held (self) < self->round.select_max && moves (self, next, "promote", NULL, SYSTEM))
        self->plan [next].offer_expires_at = self->now + 5 * day;
}

static void plan_step (world *self)
{
    static const char *const follows = " select waitlist reject promote void ";
    const process *p = process_find ("initiative");
    size_t i = below (self->plans);
    const step *s = &p->steps [below (p->step_count)];
    for (int tries = 0; tries < 60 && s->from != (self->begun [i] ? self->plan [i].state : NOWHERE); tries++)
        s = &p->steps [below (p->step_count)];
    char word [40];
    snprintf (word, sizeof word, " %s ", s->command);
    bool ends = strcmp (s->command, "withdraw") == 0 || strcmp (s->command, "stop") == 0 || strcmp (s->command, "refuse") == 0;
    if (strstr (follows, word) || (ends && below (100)))
        return;
    const char *org = s->who & APPLICANT && below (12) ? self->plan [i].applicant_id : office;
    moves (self, i, s->command, org, below (30) ? s->who & ~(uint32_t) ANYBODY : APPLICANT | MANAGER);
    promote (self);
}

static void round_opens (world *self)
{
    for (size_t i = 0; i < self->plans; i++)
        self->until [i] = 0;
}

/* Somebody sensible would wait: for plans to present, for a jury to present them to. */
static bool is_early (const world *self)
{
    size_t ready = 0;
    for (size_t j = 0; j < self->jurors; j++)
        ready += self->in_jury [j] && self->juror [j].declared_at;
    return self->round.state == round_state_screening ? !times (self, initiative_state_presented)
                                                      : self->round.state == round_state_presenting && ready < self->jurors;
}

static void round_step (world *self)
{
    const process *p = process_find ("round");
    round_t *r = &self->round;
    const step *s = &p->steps [below (p->step_count)];
    for (int tries = 0; tries < 60 && s->from != r->state; tries++)
        s = &p->steps [below (p->step_count)];
    if (s->from != r->state || strcmp (s->command, "decide") == 0 || (strcmp (s->command, "cancel") == 0 && below (80))
        || (strcmp (s->command, "put") == 0 && below (3)) || (is_early (self) && below (5)))
        return;
    learn_round (self);
    int was = r->state;
    int64_t extended = r->extended_from;
    if (!tries (self, "round", r, false, s->command, office, people [JURORS], s->who & ~(uint32_t) ANYBODY))
        return;
    if (strcmp (s->command, "put") == 0) {
        hold (rules_fixed, !(self->round_was >> round_state_open & 1));
        r->present_quota = 1 + (int64_t) below (MOST - 1);
        r->select_max = 1 + (int64_t) below ((uint64_t) r->present_quota);
        r->select_min = 1 + (int64_t) below ((uint64_t) r->select_max);
    }
    if (strcmp (s->command, "extend") == 0) {
        hold (one_extension, !extended && ++self->extended == 1);
        r->extended_from = r->closes_at;
        r->closes_at += 2 * day;
    }
    if (r->state == round_state_open && was != round_state_open)
        round_opens (self);
    self->round_was |= UINT64_C (1) << r->state;
    for (size_t i = 0; i < self->plans; i++) {
        bool waits = is (self, i, initiative_state_submitted) || is (self, i, initiative_state_more_info) || is (self, i, initiative_state_objection);
        if (strcmp (s->command, "present") == 0)
            hold (screened, !waits);
        if (strcmp (s->command, "conclude") == 0)
            hold (come_to_end, !is_under_way (self, i));
        if (strcmp (s->command, "deliberate") == 0 && is (self, i, initiative_state_presented))
            hold (enough_given, judged (self, i) >= r->min_reviews);
        if (r->state == round_state_cancelled && self->begun [i])
            moves (self, i, "void", NULL, SYSTEM);
    }
}

/* The handler decides at once; the clock may come between. */
static void objection_step (world *self)
{
    size_t i = below (self->plans);
    if (!self->begun [i])
        return;
    objection_t one = { .initiative_state = self->plan [i].state, .object_by = self->plan [i].object_by, .applicant_id = self->plan [i].applicant_id,
                        .manager_id = office, .handler_id = "handler", .handler_tied = below (2) };
    if (!tries (self, "objection", &one, true, "lodge", one.applicant_id, one.applicant_id, APPLICANT)
        || !moves (self, i, "object", NULL, SYSTEM))
        return;
    if (tries (self, "objection", &one, false, "decide", "handler", "handler", HANDLER))
        moves (self, i, below (2) ? "restore" : "confirm", NULL, SYSTEM);
    else
        moves (self, i, "confirm", NULL, SYSTEM);
}

static void extension_step (world *self)
{
    size_t i = below (self->plans);
    extension_t one = { .manager_id = office, .applicant_id = self->plan [i].applicant_id, .round_state = self->round.state,
                        .closes_at = self->round.closes_at, .until = self->round.closes_at + ((int64_t) below (6) - 1) * day };
    if (self->begun [i] && tries (self, "extension", &one, true, "grant", office, office, MANAGER) && one.until > self->until [i])
        self->until [i] = one.until;
}

static bool applies (const world *self, const char *org)
{
    bool found = false;
    for (size_t i = 0; i < self->plans; i++)
        found |= self->begun [i] && self->plan [i].state != initiative_state_withdrawn && strcmp (self->plan [i].applicant_id, org) == 0;
    return found;
}

static void juror_step (world *self)
{
    size_t j = below (self->jurors);
    juror_t *it = &self->juror [j];
    it->round_state = self->round.state;
    it->conflict_policy = self->round.conflict_policy;
    it->seated = below (10);
    it->places = 1 - (int64_t) below (2);
    it->applies = applies (self, it->organisation_id);
    const char *org = it->organisation_id, *who = below (15) ? people [j] : people [below (JURORS + 1)];
    if (!self->in_jury [j]) {
        self->in_jury [j] = tries (self, "juror", it, true, "enter", org, people [j], JUROR);
        if (self->in_jury [j])
            hold (no_vote, !it->applies || it->conflict_policy == conflict_policy_not_own);
        return;
    }
    if (below (100) == 0)
        self->in_jury [j] = !tries (self, "juror", it, false, "leave", org, who, JUROR);
    else if (tries (self, "juror", it, false, "declare", org, who, JUROR)) {
        for (size_t i = 0; i < self->plans && !it->declared_at; i++)
            self->barred [i][j] |= below (8) == 0;
        it->declared_at = self->now;
    }
}

static void learn_judgement (world *self, size_t i, size_t j)
{
    judgement_t *it = &self->judgement [i][j];
    it->account_id = people [j];
    it->organisation_id = self->juror [j].organisation_id;
    it->manager_id = office;
    it->round_state = self->round.state;
    it->barred = self->barred [i][j];
    it->rubric.count = self->round.rubric.count;
    it->rubric.at = self->rubric;
}

static void assign_one (world *self, size_t i, size_t j)
{
    if (self->given [i][j])
        return;
    learn_judgement (self, i, j);
    self->given [i][j] = tries (self, "judgement", &self->judgement [i][j], true, "assign", office, people [JURORS], MANAGER);
    if (self->given [i][j])
        hold (never_barred, !self->barred [i][j]);
}

/* As the platform spreads it. */
static void spread_judgements (world *self)
{
    int wanted [MOST] = { 0 }, load [JURORS] = { 0 }, cost [MOST * JURORS];
    bool chosen [MOST * JURORS];
    for (size_t i = 0; i < self->plans; i++) {
        wanted [i] = is (self, i, initiative_state_presented) ? (int) self->round.min_reviews : 0;
        for (size_t j = 0; j < self->jurors; j++) {
            bool never = self->barred [i][j] || self->given [i][j] || !self->in_jury [j] || !self->juror [j].declared_at;
            cost [i * self->jurors + j] = never && !drunk ? ASSIGN_NEVER : 0;
            load [j] += self->given [i][j];
        }
    }
    assign_solve (&(assign_case) { self->plans, self->jurors, wanted, load, cost }, chosen);
    for (size_t i = 0; i < self->plans; i++)
        for (size_t j = 0; j < self->jurors; j++)
            if (chosen [i * self->jurors + j])
                assign_one (self, i, j);
}

static void judgement_step (world *self)
{
    static const char *const commands [] = { "put", "put", "put", "lock", "lock", "lock", "reopen", "recuse" };
    size_t i = below (self->plans), j = below (self->jurors);
    judgement_t *it = &self->judgement [i][j];
    if (below (6) == 0 && self->round.state == round_state_scoring)
        spread_judgements (self);
    for (size_t tries = 0; tries < MOST * JURORS && !self->given [i][j]; tries++) {
        i = below (self->plans);
        j = below (self->jurors);
        it = &self->judgement [i][j];
    }
    if (!self->given [i][j])
        return;
    learn_judgement (self, i, j);
    const char *command = commands [below (8)];
    if ((strcmp (command, "reopen") == 0 || strcmp (command, "recuse") == 0) && below (6))
        return;
    bool chair = strcmp (command, "reopen") == 0;
    if (!tries (self, "judgement", it, false, command, chair ? office : it->organisation_id, below (15) ? people [j] : people [0],
                chair ? MANAGER : JUROR))
        return;
    if (strcmp (command, "put") == 0) {
        it->abstain = below (20) == 0;
        it->scored = below (8) ? (int64_t) self->round.rubric.count : 0;
        for (int k = 0; k < CRITERIA; k++)
            self->points [i][j][k] = (counted_point_t) { .code = criteria_codes [k],
                .points = (int64_t) below ((uint64_t) (self->rubric [k].scale ? self->rubric [k].scale : 5) + 1) };
    }
    if (it->state == judgement_state_recused)
        self->barred [i][j] = true;
}

static void follow_selection (world *self)
{
    static const char *const commands [] = { [selection_outcome_selected] = "select", [selection_outcome_waitlisted] = "waitlist",
                                             [selection_outcome_not_selected] = "reject" };
    for (size_t l = 0; l < self->line_count; l++) {
        size_t i = plan_at (self->lines [l].initiative_id);
        moves (self, i, commands [self->lines [l].outcome], NULL, SYSTEM);
        self->plan [i].waiting_place = self->lines [l].place;
        self->plan [i].waiting_until = self->now + 30 * day;
        self->plan [i].offer_expires_at = self->now + 5 * day;
    }
    tries (self, "round", &self->round, false, "decide", NULL, NULL, SYSTEM);
}

static void selection_step (world *self)
{
    bool first = !self->drafted;
    const char *command = first ? "draft" : below (20) == 0 ? "put" : below (3) ? "sign" : "decide";
    size_t who = below (JURORS + 1);
    while (below (6) && (!self->is_present [who] || self->signs [who]))
        who = (who + 1) % (JURORS + 1);
    bool chair = who == JURORS || strcmp (command, "sign") != 0;
    if (self->selection.state == selection_state_decided)
        return;
    learn_selection (self, who);
    if (!tries (self, "selection", &self->selection, first, command, chair ? office : self->juror [who].organisation_id, people [who], chair ? MANAGER : JUROR))
        return;
    self->drafted = true;
    if (first || strcmp (command, "put") == 0)
        draft (self);
    if (strcmp (command, "sign") == 0)
        self->signs [who] = true;
    if (strcmp (command, "decide") != 0)
        return;
    for (size_t l = 0; l < self->line_count; l++) {
        hold (reasons, self->lines [l].deviation == selection_deviation_none || self->lines [l].written);
        hold (enough_given, judged (self, plan_at (self->lines [l].initiative_id)) >= self->round.min_reviews);
    }
    for (size_t j = 0; j <= JURORS; j++)
        hold (signatures, !self->is_present [j] || self->signs [j]);
    follow_selection (self);
}

/* ------------------------------------------------------------------------------------- a round */

static void make_rubric (world *self)
{
    static const int64_t scales [] = { 0, 1, 2, 4, 10, 20 };
    size_t count = 1 + below (CRITERIA);
    int64_t left = MILLION;
    for (size_t k = 0; k < CRITERIA; k++) {
        self->rubric [k] = (rubric_criterion_t) { .code = criteria_codes [k], .scale = scales [below (6)], .independent = k && below (4) == 0 };
        self->rubric [k].weight_ppm = self->rubric [k].independent ? 0 : (int64_t) below ((uint64_t) left / 2 + 1);
        left -= k < count ? self->rubric [k].weight_ppm : 0;
    }
    self->rubric [0].weight_ppm += left;
    self->round.rubric.count = count;
    self->round.rubric.at = self->rubric;
}

static void begin_round (world *self)
{
    round_t *r = &self->round;
    schema_set_int (round_schema (), r, "state", round_state_draft);
    r->manager_id = office;
    r->opens_at = noon + day;
    r->closes_at = noon + 25 * day;
    r->present_quota = 1 + (int64_t) below (MOST - 1);
    r->select_max = 1 + (int64_t) below ((uint64_t) r->present_quota);
    r->select_min = 1 + (int64_t) below (2) * (r->select_max - 1);
    r->waitlist = (int64_t) below (4);
    r->min_reviews = 1 + (int64_t) below (2);
    r->method = below (2) ? score_method_median : score_method_mean;
    r->conflict_policy = below (2) ? conflict_policy_not_own : conflict_policy_no_vote;
    make_rubric (self);
    self->selection.manager_id = office;
    self->selection.state = selection_state_drafted;
    for (size_t i = 0; i < self->plans; i++) {
        self->plan [i].applicant_id = below (20) ? below (12) ? plan_ids [i] : office : houses [below (JURORS)];
        self->plan [i].manager_id = office;
    }
    for (size_t j = 0; j < self->jurors; j++) {
        self->juror [j] = (juror_t) { .account_id = people [j], .organisation_id = below (20) ? houses [j] : office, .manager_id = office };
        for (size_t i = 0; i < self->plans; i++)
            self->barred [i][j] = below (8) == 0 || strcmp (self->plan [i].applicant_id, houses [j]) == 0;
    }
}

/* What there is to do in a round, mostly; and now and then anything. */
static void (*what_to_do (const world *self)) (world *)
{
    static void (*const anything []) (world *) = { extension_step, objection_step, round_step, juror_step, judgement_step, selection_step, plan_step };
    if (below (2))
        return anything [below (sizeof anything / sizeof *anything)];
    switch (self->round.state) {
    case round_state_presenting:   return juror_step;
    case round_state_scoring:      return judgement_step;
    case round_state_deliberation: return selection_step;
    default:                       return plan_step;
    }
}

/* Whether it came to a decision. */
static bool live_a_round (walk *by)
{
    world self = { .by = by, .now = noon, .plans = 1 + below (MOST), .jurors = 1 + below (JURORS) };
    begin_round (&self);
    for (int tick = 0; tick < TICKS && self.round.state != round_state_concluded && self.round.state != round_state_cancelled; tick++) {
        self.now += below (DAY_TICKS) ? 0 : (int64_t) below ((uint64_t) day);
        what_to_do (&self) (&self);
    }
    sit_at_table ();
    return self.selection.state == selection_state_decided;
}
#endif
