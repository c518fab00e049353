/* rank.c - from what offers earn to who is shown, who is kept out, and in which order. */
#include "rank.h"
#include "market/day.h"
#include "../../common/text.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void *room_for (msgpack_zone *zone, size_t count, size_t size)
{
    void *at = msgpack_zone_malloc (zone, count * size + 1);
    assert (at);
    return at;
}

/* ---- what counts for an offer ---- */

static void note_cpv (candidate *self, const ranking *in)
{
    for (size_t i = 0; i < in->need->cpv.count; i++) {
        cpv_nearness how = cpv_compare (in->asked.cpv [i], self->found.row->cpv);
        if ((int64_t) how > self->is.cpv_nearness) {
            self->is.cpv_nearness = how;
            self->asked_cpv = in->need->cpv.at [i];
        }
    }
}

/* The enterprise's seat as it is now, or as the offer says where the enterprise is not heard of. */
static uint16_t seat_of (const candidate *self)
{
    return self->by->record ? self->by->seat : self->found.row->seat;
}

static int64_t metres_to (const ranking *in, const market *from, uint16_t seat)
{
    const point *there = market_place (from, in->asked.place), *here = market_place (from, seat);
    if (seat && seat == in->asked.place)
        return 0;
    return seat && here && there ? point_metres (*here, *there) : METRES_UNKNOWN;
}

static void note_impact (candidate *self, const asked *by)
{
    const offer_row *row = self->found.row;
    self->goals = by->goals & row->goals;
    self->groups = by->groups & row->groups;
    self->is.asked = __builtin_popcount (by->goals) + __builtin_popcount (by->groups);
    self->is.shared = __builtin_popcount (self->goals) + __builtin_popcount (self->groups);
    self->is.stated = row->goals || row->groups;
}

/* Hours cannot be compared with pieces: quantities count when both are in the same unit, or one
 * does not say in which.                                                                        */
static void note_terms (candidate *self, const asked *by)
{
    const offer_row *row = self->found.row;
    bool same_unit = !row->unit || !by->unit || row->unit == by->unit;
    self->is.quantity = same_unit ? by->quantity : 0;
    self->is.capacity = row->capacity;
    self->is.price_cents = row->price_cents;
    self->is.dated = by->dated;
    self->is.days_left = by->days_left;
    self->is.lead_days = row->lead_days;
}

static int64_t label_days (const enterprise *by, int64_t as_of)
{
    if (by->label_until == LABEL_FOREVER)
        return LABEL_FOREVER;
    return by->label_until < as_of ? LABEL_NONE : by->label_until - as_of;
}

/* From what counted to points: the same for an offer of today and for one of a stored run. */
static void weigh (const ranking *in, candidate *self)
{
    self->score = score_parts (in->rules, &self->is, in->reference, in->budget, self->points);
    self->kept_out = score_rule (&self->is);
    self->seed = in->drawn ? in->seed : NULL;
}

bool rank_delivers (const ranking *in, const market *from, const offer_row *row)
{
    return shelf_reaches (market_shelf (from), row->area, in->need->municipality);
}

void rank_weigh (const ranking *in, const market *from, const shelf_found *found, bool delivers, candidate *to)
{
    const enterprise *by = market_enterprise (from, found->row->supplier);
    *to = (candidate) { .found = *found, .by = by, .id = found->id, .supplier_id = by->id, .is.text_earned = found->score };
    note_cpv (to, in);
    to->is.metres = metres_to (in, from, seat_of (to));
    to->is.national = found->row->national;
    to->is.delivers = delivers;
    note_impact (to, &in->asked);
    note_terms (to, &in->asked);
    to->is.label_days = label_days (by, in->as_of);
    to->is.admitted = by->admitted;
    to->is.invited_at = by->invited_at;
    weigh (in, to);
}

/* The label that holds longest, as label_until of market.c finds it. */
static const label_t *best_label (const candidate *self)
{
    const label_t *best = NULL;
    for (size_t i = 0; self->is.label_days != LABEL_NONE && i < self->by->record->labels.count; i++) {
        const label_t *label = &self->by->record->labels.at [i];
        if ((label->valid_until ? day_of_date (label->valid_until) : LABEL_FOREVER) == self->by->label_until && !best)
            best = label;
    }
    return best;
}

void rank_tell (const ranking *in, const market *from, candidate *self, msgpack_zone *zone)
{
    self->offer = market_offer (from, self->found.row, zone);
    self->is.offer_id = self->offer->id;
    self->is.supplier_id = self->offer->supplier_id;
    self->is.supplier_name = self->by->record ? self->by->record->name : self->offer->supplier_name;
    self->is.title = self->offer->title;
    self->label = best_label (self);
    self->words = query_words_in (&in->query, market_shelf (from), &self->found);
}

/* ---- the order ---- */

placed rank_place (const candidate *self)
{
    return (placed) { self->score, self->is.invited_at, self->lot, &self->id };
}

/* A lot is a hash: only those draw who have an equal. */
static void draw (candidate *self)
{
    char supplier [UUID_TEXT];
    if (!self->seed || self->lot)
        return;
    uuid_write (self->supplier_id.bytes, supplier);
    self->lot = draw_lot (self->seed, supplier);
}

static int by_score (candidate *a, candidate *b)
{
    if (a->score == b->score && a->is.invited_at == b->is.invited_at) {
        draw (a);
        draw (b);
    }
    placed x = rank_place (a), y = rank_place (b);
    return score_compare (&x, &y);
}

static int by_text (candidate *a, candidate *b)
{
    return score_compare (&(placed) { .score = a->points [score_part_text], .id = &a->id },
                          &(placed) { .score = b->points [score_part_text], .id = &b->id });
}

typedef int order (candidate *, candidate *);

static void sink (candidate *all [], size_t count, size_t i, order *compare)
{
    candidate *now = all [i];
    for (size_t child; (child = 2 * i + 1) < count; i = child) {
        child += child + 1 < count && compare (all [child + 1], all [child]) < 0;
        if (compare (now, all [child]) <= 0)
            break;
        all [i] = all [child];
    }
    all [i] = now;
}

/* A heap with the first of all on top. */
static void heap_up (candidate *all [], size_t count, order *compare)
{
    for (size_t i = count / 2; i--; )
        sink (all, count, i, compare);
}

static candidate *take_first (candidate *all [], size_t *count, order *compare)
{
    candidate *first = all [0];
    all [0] = all [--*count];
    if (*count)
        sink (all, *count, 0, compare);
    return first;
}

static bool is_of_same (const candidate *a, const candidate *b)
{
    return memcmp (&a->supplier_id, &b->supplier_id, sizeof a->supplier_id) == 0;
}

/* No enterprise fills the page: past its third offer the next enterprise comes first. */
static bool has_enough (const ranking *self, const candidate *next)
{
    int same = 0;
    for (size_t k = 0; k < self->item_count; k++)
        same += is_of_same (self->items [k], next);
    return same >= OF_ONE_ENTERPRISE;
}

static void pick (ranking *self, candidate *heap [], size_t limit)
{
    size_t left = self->weighed_count;
    heap_up (heap, left, by_score);
    for (self->item_count = 0; left && self->item_count < limit; ) {
        candidate *next = take_first (heap, &left, by_score);
        if (!has_enough (self, next))
            self->items [self->item_count++] = next;
    }
}

static int by_score_at (const void *a, const void *b)
{
    return by_score (*(candidate *const *) a, *(candidate *const *) b);
}

static int by_text_at (const void *a, const void *b)
{
    return by_text (*(candidate *const *) a, *(candidate *const *) b);
}

void rank_order (ranking *self)
{
    qsort (self->weighed, self->weighed_count, sizeof *self->weighed, by_score_at);
    qsort (self->excluded, self->excluded_count, sizeof *self->excluded, by_text_at);
}

/* The first of those that a rule keeps out come first, as many as are shown. */
static void order_excluded (ranking *self, candidate *heap [], size_t limit)
{
    size_t left = self->excluded_count, at = 0;
    memcpy (heap, self->excluded, left * sizeof *heap);
    heap_up (heap, left, by_text);
    while (left && at < limit)
        self->excluded [at++] = take_first (heap, &left, by_text);
    memcpy (&self->excluded [at], heap, left * sizeof *heap);
}

static void make_room (ranking *self, size_t most, size_t limit, msgpack_zone *zone)
{
    self->all = room_for (zone, most, sizeof *self->all);
    self->weighed = room_for (zone, 2 * most + limit, sizeof *self->weighed);
    self->excluded = self->weighed + most;
    self->items = self->excluded + most;
}

static void put_in_order (ranking *self, size_t limit, msgpack_zone *zone)
{
    candidate **heap = room_for (zone, self->all_count, sizeof *heap);
    memcpy (heap, self->weighed, self->weighed_count * sizeof *heap);
    pick (self, heap, limit);
    order_excluded (self, heap, limit);
}

/* The next of all, where it was weighed. */
static void place (ranking *self)
{
    candidate *at = &self->all [self->all_count++];
    if (at->kept_out != RULE_NONE)
        self->excluded [self->excluded_count++] = at;
    else
        self->weighed [self->weighed_count++] = at;
}

void rank_again (ranking *self, const run_candidate_t *were, size_t count, size_t limit, msgpack_zone *zone)
{
    make_room (self, count, limit, zone);
    for (size_t i = 0; i < count; i++) {
        candidate *now = &self->all [self->all_count];
        *now = (candidate) { .is = were [i], .id = id_of_text (were [i].offer_id), .supplier_id = id_of_text (were [i].supplier_id) };
        weigh (self, now);
        place (self);
    }
    put_in_order (self, limit, zone);
    rank_order (self);
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
        if (self->found [i].row == which->row)
            return true;
    return false;
}

/* Where words find too few, those whose codes are nearest: the code asked for, and then the branches that it is on. */
static void add_by_cpv (gathering *self, const char *municipality, size_t most)
{
    const ranking *r = self->to;
    shelf_found near [SHORTLIST];
    for (int digits = 8; digits >= 2; digits--)
        for (size_t c = 0; c < r->need->cpv.count && self->count < most; c++) {
            size_t count = shelf_find_cpv (market_shelf (self->from), self->with, r->asked.cpv [c], digits, municipality, near, most);
            for (size_t i = 0; i < count && self->count < most; i++)
                if (!has_found (self, &near [i]))
                    self->found [self->count++] = near [i];
        }
}

static void gather (gathering *self, const char *municipality, size_t most)
{
    self->count = query_find (&self->to->query, market_shelf (self->from), self->with, municipality, self->found, most);
    if (self->count < most)
        add_by_cpv (self, municipality, most);
}

/* Whether an offer has something to do with the need: one of its words, or its division of the CPV. */
static bool concerns (const candidate *c, const rules *by)
{
    enum { LEAST_TEXT = 10 }; /* a share of the points for text: less is a word in passing, or letters that look alike */
    return c->is.cpv_nearness != CPV_APART || c->points [score_part_text] >= by->most [score_part_text] / LEAST_TEXT;
}

/* Rows and enterprises are far in the memory: both are asked for some offers before they are needed. */
static void fetch (const gathering *self, size_t i)
{
    enum { ROW_AHEAD = 16, ENTERPRISE_AHEAD = 8 };
    if (i + ROW_AHEAD < self->count)
        __builtin_prefetch (self->found [i + ROW_AHEAD].row);
    if (i + ENTERPRISE_AHEAD < self->count)
        __builtin_prefetch (market_enterprise (self->from, self->found [i + ENTERPRISE_AHEAD].row->supplier));
}

/* Those that are delivered where the need is, or of all those that are not. */
static void weigh_all (gathering *self, bool here)
{
    ranking *r = self->to;
    for (size_t i = 0; i < self->count; i++) {
        fetch (self, i);
        if (!here && rank_delivers (r, self->from, self->found [i].row))
            continue; /* has been weighed */
        candidate *now = &r->all [r->all_count];
        rank_weigh (r, self->from, &self->found [i], here, now);
        if (concerns (now, r->rules))
            place (r);
    }
}

bool rank_admits (const ranking *self, const candidate *c, size_t limit)
{
    size_t ahead = 0, of_same = 0;
    candidate here = *c;
    for (size_t i = 0; i < self->weighed_count; i++) {
        candidate *other = self->weighed [i];
        if (memcmp (&other->id, &c->id, sizeof c->id) == 0 || by_score (other, &here) > 0)
            continue;
        ahead++;
        of_same += is_of_same (other, c);
    }
    return c->kept_out == RULE_NONE && concerns (c, self->rules) && ahead < limit && of_same < OF_ONE_ENTERPRISE;
}

static asked asked_by (const need_t *need, int64_t as_of)
{
    asked is = { .goals = row_bits (&need->goals, impact_goal_words ()), .groups = row_bits (&need->target_groups, target_group_words ()),
                 .unit = row_unit (need->unit), .place = row_place (need->municipality), .quantity = need->quantity,
                 .dated = need->start_on, .days_left = need->start_on ? day_of_date (need->start_on) - as_of : 0 };
    for (size_t i = 0; i < need->cpv.count; i++)
        is.cpv [i] = cpv_number (need->cpv.at [i]);
    return is;
}

void rank_begin (ranking *self, const market *from, shelf_reader *with, const need_t *need, int64_t today)
{
    int64_t deadline = day_of_moment (need->quote_deadline), as_of = today < deadline ? today : deadline;
    *self = (ranking) { .need = need, .considered = shelf_now (market_shelf (from)).offers, .asked = asked_by (need, as_of),
                        .as_of = as_of, .rules = rules_on (as_of), .budget = need->budget_cents };
    self->drawn = draw_of (need, ledger_publication (market_ledger (from), need->id), self->seed);
    query_read (&self->query, market_shelf (from), market_names (from), with, need->title, need->description);
    self->reference = self->query.reference;
}

ranking *rank (const market *from, const need_t *need, int64_t today, size_t limit,
               msgpack_zone *zone)
{
    ranking *self = room_for (zone, 1, sizeof *self);
    gathering now = { .from = from, .with = shelf_borrow (market_shelf (from)), .to = self };
    rank_begin (self, from, now.with, need, today);
    make_room (self, SHORTLIST + SHORTLIST_AWAY, limit, zone);
    gather (&now, need->municipality, SHORTLIST);
    weigh_all (&now, true);
    gather (&now, NULL, SHORTLIST_AWAY);
    weigh_all (&now, false);
    shelf_return (market_shelf (from), now.with);
    put_in_order (self, limit, zone);
    return self;
}
