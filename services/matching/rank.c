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

static void weigh_cpv (candidate *self, const rules *by, const need_t *need)
{
    for (size_t i = 0; i < need->cpv.count; i++) {
        cpv_nearness how = cpv_compare (need->cpv.at [i], self->offer->cpv);
        if (how > self->cpv) {
            self->cpv = how;
            self->asked_cpv = need->cpv.at [i];
        }
    }
    self->points [score_part_cpv] = score_cpv (by->most [score_part_cpv], self->cpv);
}

static void weigh_distance (candidate *self, const rules *by, const market *from, const need_t *need)
{
    const char *seat = seat_of (self);
    const point *there = market_place (from, need->municipality);
    const point *here = seat ? market_place (from, seat) : NULL;
    self->metres = seat && strcmp (seat, need->municipality) == 0 ? 0
                 : here && there ? point_metres (*here, *there) : METRES_UNKNOWN;
    self->points [score_part_distance] = score_distance (by->most [score_part_distance], self->metres, self->offer->national);
}

static void weigh_impact (candidate *self, const rules *by, const need_t *need)
{
    const offer_t *offer = self->offer;
    uint32_t goals = bits_of (&need->goals, impact_goal_words ());
    uint32_t groups = bits_of (&need->target_groups, target_group_words ());
    self->goals = goals & bits_of (&offer->goals, impact_goal_words ());
    self->groups = groups & bits_of (&offer->target_groups, target_group_words ());
    self->asked = __builtin_popcount (goals) + __builtin_popcount (groups);
    self->shared = __builtin_popcount (self->goals) + __builtin_popcount (self->groups);
    self->points [score_part_impact] = score_impact (by->most [score_part_impact], self->asked, self->shared,
        offer->goals.count || offer->target_groups.count);
}

/* Hours cannot be compared with pieces: quantities count when both are in the same unit, or one
 * does not say in which.                                                                        */
static bool same_unit (const offer_t *offer, const need_t *need)
{
    return !offer->unit || !need->unit || strcasecmp (offer->unit, need->unit) == 0;
}

static void judge (candidate *self, const need_t *need, int64_t as_of)
{
    const offer_t *offer = self->offer;
    const char *seat = seat_of (self);
    self->facts = (rule_facts) {
        .admitted = self->supplier && self->supplier->state == organisation_state_admitted,
        .delivers = offer->national || texts_have (&offer->region, need->municipality)
                 || (seat && strcmp (seat, need->municipality) == 0),
        .dated = need->start_on,
        .days_left = need->start_on ? day_of_date (need->start_on) - as_of : 0,
        .lead_days = offer->lead_days,
        .quantity = same_unit (offer, need) ? need->quantity : 0,
        .capacity = offer->capacity,
    };
    self->kept_out = score_rule (&self->facts);
}

static void weigh_size (candidate *self, const rules *by, const need_t *need)
{
    self->price = schema_int (offer_schema (), self->offer, "price_cents", PRICE_UNKNOWN);
    self->points [score_part_capacity] = score_capacity (by->most [score_part_capacity], self->facts.quantity, self->facts.capacity);
    self->points [score_part_price] = score_price (by->most [score_part_price], self->price, self->facts.quantity, need->budget_cents);
}

static int64_t days_of (const label_t *label, int64_t as_of)
{
    return label->valid_until ? day_of_date (label->valid_until) - as_of : INT32_MAX;
}

/* The label that holds longest. */
static void weigh_freshness (candidate *self, const rules *by, int64_t as_of)
{
    int64_t longest = -1;
    for (size_t i = 0; self->supplier && i < self->supplier->labels.count; i++) {
        const label_t *label = &self->supplier->labels.at [i];
        if (days_of (label, as_of) > longest) {
            longest = days_of (label, as_of);
            self->label = label;
        }
    }
    self->points [score_part_freshness] = score_freshness (by->most [score_part_freshness], longest);
}

candidate rank_weigh (const ranking *in, const market *from, const shelf_found *found)
{
    const need_t *need = in->need;
    const rules *by = in->rules;
    candidate self = { .found = *found, .offer = found->item };
    self.points [score_part_text] = score_text (by->most [score_part_text], found->score, in->query.reference);
    weigh_cpv (&self, by, need);
    self.supplier = market_organisation (from, self.offer->supplier_id);
    weigh_distance (&self, by, from, need);
    weigh_impact (&self, by, need);
    judge (&self, need, in->as_of);
    weigh_size (&self, by, need);
    weigh_freshness (&self, by, in->as_of);
    for (int i = 0; i < PART_COUNT; i++)
        self.score += self.points [i];
    self.invited_at = market_invited_at (from, self.offer->supplier_id);
    return self;
}

placed rank_place (const candidate *self)
{
    return (placed) { self->score, self->invited_at, self->offer->id };
}

static int by_score (const void *a, const void *b)
{
    placed x = rank_place (a), y = rank_place (b);
    return score_compare (&x, &y);
}

static int by_text (const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    return score_compare (&(placed) { x->points [score_part_text], 0, x->offer->id },
                          &(placed) { y->points [score_part_text], 0, y->offer->id });
}

/* No enterprise fills the page: past its third offer the next enterprise comes first. */
static size_t pick (candidate *sorted, size_t count, size_t limit)
{
    size_t picked = 0;
    for (size_t i = 0; i < count && picked < limit; i++) {
        int same = 0;
        for (size_t k = 0; k < picked; k++)
            same += strcmp (sorted [k].offer->supplier_id, sorted [i].offer->supplier_id) == 0;
        if (same < OF_ONE_ENTERPRISE)
            sorted [picked++] = sorted [i];
    }
    return picked;
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
    return c->cpv != CPV_APART || c->points [score_part_text] >= by->most [score_part_text] / LEAST_TEXT;
}

static void weigh_here (gathering *self)
{
    ranking *r = self->to;
    for (size_t i = 0; i < self->count; i++) {
        candidate now = rank_weigh (r, self->from, &self->found [i]);
        if (!concerns (&now, r->rules))
            continue;
        if (now.kept_out != RULE_NONE)
            r->excluded [r->excluded_count++] = now;
        else
            r->items [r->item_count++] = now;
    }
}

/* Those that are delivered where the need is have been weighed. */
static void weigh_away (gathering *self)
{
    ranking *r = self->to;
    for (size_t i = 0; i < self->count; i++) {
        candidate now = rank_weigh (r, self->from, &self->found [i]);
        if (!now.facts.delivers && concerns (&now, r->rules))
            r->excluded [r->excluded_count++] = now;
    }
}

static void note_words (const gathering *self, candidate *of, size_t count)
{
    for (size_t i = 0; i < count; i++)
        of [i].words = query_words_in (&self->to->query, market_shelf (self->from), &of [i].found);
}

bool rank_admits (const ranking *self, const candidate *c, size_t limit)
{
    placed here = rank_place (c);
    size_t ahead = 0, of_same = 0;
    for (size_t i = 0; i < self->item_count; i++) {
        placed other = rank_place (&self->items [i]);
        if (strcmp (other.id, here.id) == 0 || score_compare (&other, &here) > 0)
            continue;
        ahead++;
        of_same += strcmp (self->items [i].offer->supplier_id, c->offer->supplier_id) == 0;
    }
    return c->kept_out == RULE_NONE && concerns (c, self->rules) && ahead < limit && of_same < OF_ONE_ENTERPRISE;
}

ranking *rank (const market *from, const need_t *need, int64_t today, size_t limit,
               msgpack_zone *zone)
{
    ranking *self = msgpack_zone_malloc (zone, sizeof *self);
    int64_t deadline = day_of_moment (need->quote_deadline), as_of = today < deadline ? today : deadline;
    size_t room = (2 * SHORTLIST + SHORTLIST_AWAY) * sizeof (candidate);
    candidate *all = msgpack_zone_malloc (zone, room);
    assert (self && all);
    *self = (ranking) { .need = need, .considered = shelf_now (market_shelf (from)).offers,
                        .as_of = as_of, .rules = rules_on (as_of), .items = all, .excluded = all + SHORTLIST };
    gathering now = { .from = from, .with = shelf_borrow (market_shelf (from)), .to = self };
    query_read (&self->query, market_shelf (from), now.with, need->title, need->description);
    gather (&now, need->municipality, SHORTLIST);
    weigh_here (&now);
    gather (&now, NULL, SHORTLIST_AWAY);
    weigh_away (&now);

    qsort (self->items, self->item_count, sizeof *all, by_score);
    qsort (self->excluded, self->excluded_count, sizeof *all, by_text);
    self->item_count = pick (self->items, self->item_count, limit);
    if (self->excluded_count > EXCLUDED_MOST)
        self->excluded_count = EXCLUDED_MOST;
    note_words (&now, self->items, self->item_count);
    note_words (&now, self->excluded, self->excluded_count);
    shelf_return (market_shelf (from), now.with);
    return self;
}
