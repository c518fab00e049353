/* rank.c - from what offers earn to who is shown, who is kept out, and in which order. */
#include "rank.h"
#include "day.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static uint32_t bits_of (const texts *from, const words *all)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < from->count; i++)
        bits |= UINT32_C (1) << words_find (all, from->at [i], strlen (from->at [i]));
    return bits;
}

/* The enterprise's seat as it is now, or as the offer says where the enterprise is not heard of. */
static const char *seat_of (const candidate *self)
{
    return self->supplier ? self->supplier->municipality : self->offer->supplier_municipality;
}

static void note_cpv (candidate *self, const need_t *need)
{
    for (size_t i = 0; i < need->cpv.count; i++) {
        cpv_nearness how = cpv_compare (need->cpv.at [i], self->offer->cpv);
        if ((int64_t) how > self->is.cpv_nearness) {
            self->is.cpv_nearness = how;
            self->asked_cpv = need->cpv.at [i];
        }
    }
}

static void note_distance (candidate *self, const market *from, const need_t *need)
{
    const char *seat = seat_of (self);
    const point *there = market_place (from, need->municipality);
    const point *here = seat ? market_place (from, seat) : NULL;
    bool at_home = seat && strcmp (seat, need->municipality) == 0;
    self->is.metres = at_home ? 0 : here && there ? point_metres (*here, *there) : METRES_UNKNOWN;
    self->is.national = self->offer->national;
    self->is.delivers = at_home || self->offer->national || texts_have (&self->offer->region, need->municipality);
}

static void note_impact (candidate *self, const need_t *need)
{
    const offer_t *offer = self->offer;
    uint32_t goals = bits_of (&need->goals, impact_goal_words ());
    uint32_t groups = bits_of (&need->target_groups, target_group_words ());
    self->goals = goals & bits_of (&offer->goals, impact_goal_words ());
    self->groups = groups & bits_of (&offer->target_groups, target_group_words ());
    self->is.asked = __builtin_popcount (goals) + __builtin_popcount (groups);
    self->is.shared = __builtin_popcount (self->goals) + __builtin_popcount (self->groups);
    self->is.stated = offer->goals.count || offer->target_groups.count;
}

/* Hours cannot be compared with pieces: quantities count when both are in the same unit, or one
 * does not say in which.                                                                        */
static bool same_unit (const offer_t *offer, const need_t *need)
{
    return !offer->unit || !need->unit || strcasecmp (offer->unit, need->unit) == 0;
}

static void note_terms (candidate *self, const need_t *need, int64_t as_of)
{
    const offer_t *offer = self->offer;
    self->is.quantity = same_unit (offer, need) ? need->quantity : 0;
    self->is.capacity = offer->capacity;
    self->is.price_cents = schema_int (offer_schema (), offer, "price_cents", PRICE_UNKNOWN);
    self->is.dated = need->start_on;
    self->is.days_left = need->start_on ? day_of_date (need->start_on) - as_of : 0;
    self->is.lead_days = offer->lead_days;
}

static int64_t days_of (const label_t *label, int64_t as_of)
{
    return label->valid_until ? day_of_date (label->valid_until) - as_of : INT32_MAX;
}

/* The label that holds longest. */
static void note_label (candidate *self, int64_t as_of)
{
    self->is.label_days = LABEL_NONE;
    for (size_t i = 0; self->supplier && i < self->supplier->labels.count; i++) {
        const label_t *label = &self->supplier->labels.at [i];
        if (days_of (label, as_of) > self->is.label_days) {
            self->is.label_days = days_of (label, as_of);
            self->label = label;
        }
    }
}

static void note_enterprise (candidate *self, const market *from)
{
    const offer_t *offer = self->offer;
    self->supplier = market_organisation (from, offer->supplier_id);
    self->is.offer_id = offer->id;
    self->is.supplier_id = offer->supplier_id;
    self->is.supplier_name = self->supplier ? self->supplier->name : offer->supplier_name;
    self->is.title = offer->title;
    self->is.admitted = self->supplier && self->supplier->state == organisation_state_admitted;
    self->is.invited_at = market_invited_at (from, offer->supplier_id);
}

/* From what counted to points: the same for an offer of today and for one of a stored run. */
static void weigh (const ranking *in, candidate *self)
{
    self->score = score_parts (in->rules, &self->is, in->reference, in->budget, self->points);
    self->kept_out = score_rule (&self->is);
}

candidate rank_weigh (const ranking *in, const market *from, const shelf_found *found)
{
    candidate self = { .found = *found, .offer = found->item, .is.text_earned = found->score };
    note_enterprise (&self, from);
    note_cpv (&self, in->need);
    note_distance (&self, from, in->need);
    note_impact (&self, in->need);
    note_terms (&self, in->need, in->as_of);
    note_label (&self, in->as_of);
    weigh (in, &self);
    return self;
}

placed rank_place (const candidate *self)
{
    return (placed) { self->score, self->is.invited_at, self->lot, self->is.offer_id };
}

static int by_score (const void *a, const void *b)
{
    placed x = rank_place (a), y = rank_place (b);
    return score_compare (&x, &y);
}

static int by_text (const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    return score_compare (&(placed) { .score = x->points [score_part_text], .id = x->is.offer_id },
                          &(placed) { .score = y->points [score_part_text], .id = y->is.offer_id });
}

/* No enterprise fills the page: past its third offer the next enterprise comes first. */
static void pick (ranking *self, size_t limit)
{
    self->item_count = 0;
    for (size_t i = 0; i < self->weighed_count && self->item_count < limit; i++) {
        int same = 0;
        for (size_t k = 0; k < self->item_count; k++)
            same += strcmp (self->items [k].is.supplier_id, self->weighed [i].is.supplier_id) == 0;
        if (same < OF_ONE_ENTERPRISE)
            self->items [self->item_count++] = self->weighed [i];
    }
}

static void make_room (ranking *self, size_t most, size_t limit, msgpack_zone *zone)
{
    self->weighed = msgpack_zone_malloc (zone, (2 * most + limit + 1) * sizeof (candidate));
    assert (self->weighed);
    self->excluded = self->weighed + most;
    self->items = self->excluded + most;
}

static bool are_equal (const candidate *a, const candidate *b)
{
    return a->score == b->score && a->is.invited_at == b->is.invited_at;
}

/* A lot is a hash: only those draw who need it. */
static void draw_lots (const ranking *self, candidate *all, size_t count)
{
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && are_equal (&all [from], &all [to]); to++)
            ;
        for (size_t i = from; i < to && to - from > 1; i++)
            all [i].lot = draw_lot (self->seed, all [i].is.supplier_id);
        qsort (all + from, to - from, sizeof *all, by_score);
    }
}

static void order (ranking *self, size_t limit)
{
    qsort (self->weighed, self->weighed_count, sizeof *self->weighed, by_score);
    if (self->drawn)
        draw_lots (self, self->weighed, self->weighed_count);
    qsort (self->excluded, self->excluded_count, sizeof *self->excluded, by_text);
    pick (self, limit);
}

static void place (ranking *self, const candidate *now)
{
    if (now->kept_out != RULE_NONE)
        self->excluded [self->excluded_count++] = *now;
    else
        self->weighed [self->weighed_count++] = *now;
}

void rank_again (ranking *self, const run_candidate_t *were, size_t count, size_t limit, msgpack_zone *zone)
{
    make_room (self, count, limit, zone);
    for (size_t i = 0; i < count; i++) {
        candidate now = { .is = were [i] };
        weigh (self, &now);
        place (self, &now);
    }
    order (self, limit);
}

/* ---- which offers are weighed ---- */

typedef struct {
    const market *from;
    shelf_reader *with;
    ranking      *to;
    shelf_found   found [SHORTLIST];
    size_t        count;
} gathering;

static bool has_found (const gathering *self, const shelf_found *which)
{
    for (size_t i = 0; i < self->count; i++)
        if (self->found [i].item == which->item)
            return true;
    return false;
}

/* Where words find too few, those whose codes are nearest: the code asked for, and then the branches that it is on. */
static void add_by_cpv (gathering *self, const char *municipality, size_t most)
{
    const need_t *need = self->to->need;
    shelf_found near [SHORTLIST];
    for (int digits = 8; digits >= 2; digits--)
        for (size_t c = 0; c < need->cpv.count && self->count < most; c++) {
            size_t count = shelf_find_cpv (market_shelf (self->from), self->with, need->cpv.at [c], digits, municipality, near, most);
            for (size_t i = 0; i < count && self->count < most; i++)
                if (!has_found (self, &near [i]))
                    self->found [self->count++] = near [i];
        }
}

static void gather (gathering *self, const char *municipality, size_t most)
{
    const query *q = &self->to->query;
    self->count = shelf_find (market_shelf (self->from), self->with, q->wanted, q->wanted_count, municipality, self->found, most);
    if (self->count < most)
        add_by_cpv (self, municipality, most);
}

/* Whether an offer has something to do with the need: one of its words, or its division of the CPV. */
static bool concerns (const candidate *c, const rules *by)
{
    enum { LEAST_TEXT = 10 }; /* a share of the points for text: less is a word in passing, or letters that look alike */
    return c->is.cpv_nearness != CPV_APART || c->points [score_part_text] >= by->most [score_part_text] / LEAST_TEXT;
}

static void weigh_here (gathering *self)
{
    ranking *r = self->to;
    for (size_t i = 0; i < self->count; i++) {
        candidate now = rank_weigh (r, self->from, &self->found [i]);
        if (concerns (&now, r->rules))
            place (r, &now);
    }
}

/* Those that are delivered where the need is have been weighed. */
static void weigh_away (gathering *self)
{
    ranking *r = self->to;
    for (size_t i = 0; i < self->count; i++) {
        candidate now = rank_weigh (r, self->from, &self->found [i]);
        if (!now.is.delivers && concerns (&now, r->rules))
            place (r, &now);
    }
}

static void note_words (const gathering *self, candidate *of, size_t count)
{
    for (size_t i = 0; i < count; i++)
        of [i].words = query_words_in (&self->to->query, market_shelf (self->from), &of [i].found);
}

bool rank_admits (const ranking *self, const candidate *c, size_t limit)
{
    size_t ahead = 0, of_same = 0;
    for (size_t i = 0; i < self->weighed_count; i++) {
        placed other = rank_place (&self->weighed [i]), here = rank_place (c);
        if (self->drawn && are_equal (&self->weighed [i], c)) {
            other.lot = draw_lot (self->seed, self->weighed [i].is.supplier_id);
            here.lot = draw_lot (self->seed, c->is.supplier_id);
        }
        if (strcmp (other.id, here.id) == 0 || score_compare (&other, &here) > 0)
            continue;
        ahead++;
        of_same += strcmp (self->weighed [i].is.supplier_id, c->is.supplier_id) == 0;
    }
    return c->kept_out == RULE_NONE && concerns (c, self->rules) && ahead < limit && of_same < OF_ONE_ENTERPRISE;
}

ranking *rank (const market *from, const need_t *need, int64_t today, size_t limit,
               msgpack_zone *zone)
{
    ranking *self = msgpack_zone_malloc (zone, sizeof *self);
    int64_t deadline = day_of_moment (need->quote_deadline), as_of = today < deadline ? today : deadline;
    assert (self);
    *self = (ranking) { .need = need, .considered = shelf_now (market_shelf (from)).offers,
                        .as_of = as_of, .rules = rules_on (as_of), .budget = need->budget_cents };
    self->drawn = draw_of (need, ledger_publication (market_ledger (from), need->id), self->seed);
    make_room (self, SHORTLIST + SHORTLIST_AWAY, limit, zone);
    gathering now = { .from = from, .with = shelf_borrow (market_shelf (from)), .to = self };
    query_read (&self->query, market_shelf (from), now.with, need->title, need->description);
    self->reference = self->query.reference;
    gather (&now, need->municipality, SHORTLIST);
    weigh_here (&now);
    gather (&now, NULL, SHORTLIST_AWAY);
    weigh_away (&now);

    order (self, limit);
    note_words (&now, self->items, self->item_count);
    note_words (&now, self->excluded, self->excluded_count);
    shelf_return (market_shelf (from), now.with);
    return self;
}
