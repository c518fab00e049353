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

/* Goals and groups in both, counted at once: counting takes a call. */
static int shared_by (uint32_t goals, uint32_t groups, const offer_row *row)
{
    static_assert (sizeof row->goals == 1 && sizeof row->groups == 1, "both are eight bits");
    return __builtin_popcount ((goals & row->goals) | (groups & row->groups) << 8);
}

static void note_impact (candidate *self, const asked *by)
{
    const offer_row *row = self->found.row;
    self->goals = by->goals & row->goals;
    self->groups = by->groups & row->groups;
    self->is.asked = by->impacts;
    self->is.shared = shared_by (by->goals, by->groups, row);
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
    *to = (candidate) { .found = *found, .by = by, .id = *found->id, .supplier_id = by->id, .is.text_earned = found->score };
    note_cpv (to, in);
    to->is.metres = metres_to (in, from, seat_of (to));
    to->is.national = found->row->national;
    to->is.delivers = delivers;
    note_impact (to, &in->asked);
    note_terms (to, &in->asked);
    to->is.label_days = label_days (by, in->as_of);
    to->is.admitted = by->admitted;
    to->is.closed = by->closed_from != CLOSED_NEVER && by->closed_from <= in->as_of && in->as_of <= by->closed_until;
    to->is.full = by->full;
    to->is.invited_at = by->invited_at;
    weigh (in, to);
}

/* The label that holds longest, as label_until of market.c finds it. */
static const label_t *best_label (const candidate *self)
{
    const label_t *best = NULL;
    for (size_t i = 0; self->is.label_days != LABEL_NONE && self->by->record && i < self->by->record->labels.count; i++) {
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
    self->words = query_words_in (&in->query, market_shelf (from), &self->found, &self->slips);
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

/* Candidates in order, the first `most` of those that were put here; of one enterprise `of_one`, 0: as many as there are. */
typedef struct {
    candidate **at;
    candidate  *room;       /* for them, and one by one while there are fewer */
    size_t      count, most, of_one;
} placing;

static placing placing_new (size_t most, size_t of_one, msgpack_zone *zone)
{
    return (placing) { room_for (zone, most, sizeof (candidate *)), room_for (zone, most, sizeof (candidate)), 0, most, of_one };
}

static bool is_of_same (const candidate *a, const candidate *b)
{
    return memcmp (&a->supplier_id, &b->supplier_id, sizeof a->supplier_id) == 0;
}

/* Before whom a candidate comes. */
static size_t place_of (const placing *self, candidate *now)
{
    size_t low = 0, high = self->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (by_score (now, self->at [middle]) < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Who goes for a candidate that comes in here: the last that its enterprise has too many, or the last of all; `count`: nobody
 * has to; here or before: itself.                                                                                          */
static size_t who_goes (const placing *self, const candidate *now, size_t here)
{
    size_t last = 0, same = 1;
    for (size_t i = 0; self->of_one && i < self->count; i++)
        if (is_of_same (self->at [i], now)) {
            same++;
            last = i;
        }
    if (self->of_one && same > self->of_one)
        return last < here ? here - 1 : last;
    return self->count < self->most ? self->count : here < self->count ? self->count - 1 : 0;
}

/* Copies it to where it belongs, unless it is not among the first. */
static void place (placing *self, candidate *now)
{
    size_t here = place_of (self, now), goes = who_goes (self, now, here);
    if (goes < here || here == self->most)
        return;
    candidate *slot = goes < self->count ? self->at [goes] : &self->room [self->count++];
    memmove (&self->at [here + 1], &self->at [here], (goes - here) * sizeof *self->at);
    *slot = *now;
    self->at [here] = slot;
}

/* Whether an offer has something to do with the need: one of its words, or its division of the CPV. */
enum { LEAST_TEXT = 10 }; /* a share of the points for text: less is a word in passing, or letters that look alike */

static bool concerns (const candidate *c, const rules *by)
{
    return c->is.cpv_nearness != CPV_APART || c->points [score_part_text] >= by->most [score_part_text] / LEAST_TEXT;
}

bool rank_admits (const ranking *self, const candidate *c, size_t limit)
{
    size_t ahead = 0, of_same = 0;
    candidate here = *c;
    for (size_t i = 0; i < self->item_count; i++) {
        candidate *other = self->items [i];
        if (memcmp (&other->id, &c->id, sizeof c->id) == 0 || by_score (other, &here) > 0)
            continue;
        ahead++;
        of_same += is_of_same (other, c);
    }
    return c->kept_out == RULE_NONE && concerns (c, self->rules) && ahead < limit && of_same < OF_ONE_ENTERPRISE;
}

static int by_text_at (const void *a, const void *b)
{
    return by_text (*(candidate *const *) a, *(candidate *const *) b);
}

void rank_again (ranking *self, const run_candidate_t *were, size_t count, msgpack_zone *zone)
{
    placing items = placing_new (count, OF_ONE_ENTERPRISE, zone), excluded = placing_new (count, 0, zone);
    for (size_t i = 0; i < count; i++) {
        candidate now = { .is = were [i], .id = id_of_text (were [i].offer_id), .supplier_id = id_of_text (were [i].supplier_id) };
        weigh (self, &now);
        place (now.kept_out == RULE_NONE ? &items : &excluded, &now);
    }
    qsort (excluded.at, excluded.count, sizeof *excluded.at, by_text_at);
    self->items = items.at;
    self->item_count = items.count;
    self->excluded = excluded.at;
    self->excluded_count = excluded.count;
}

/* ---- which offers are weighed ---- */

/* Every offer that is delivered where the need is and could be among the first. What words score is measured against what
 * else there is as points are: `reference` scores are the most points for text.                                          */
typedef struct {
    ranking      *to;
    const market *from;
    int64_t       scale, most_text;  /* so many scores are so many points */
    int64_t       others;            /* points at most for all but words and CPV */
    int64_t       impact [17];       /* points for so many goals and groups of those that count: */
    uint8_t       goals, groups;
    struct { uint32_t code; int64_t points, named; } last; /* what a CPV code gives: offers that lie together have the same */
    placing       items, excluded;
} weighing;

static uint32_t score_of (const weighing *self, int64_t points)
{
    enum { MOST = 1 << 30 }; /* that an index can tell apart; who is above is looked at in any case */
    int64_t score = points * self->scale / self->most_text;
    return score < MOST ? (uint32_t) score : MOST;
}

/* What parts can give at most, for this need: those that ask what it does not say give half. */
static int64_t others_most (const ranking *in)
{
    const int64_t *most = in->rules->most;
    int64_t capacity = most [score_part_capacity], price = most [score_part_price];
    return most [score_part_distance] + most [score_part_impact] + most [score_part_freshness]
         + (in->asked.quantity ? capacity : capacity / 2) + (in->asked.quantity && in->budget ? price : price / 2);
}

/* The nearest to the codes asked for that one of these can be: where they lie to one side of one, the end on its side. */
static cpv_nearness nearest (const ranking *in, uint32_t first, uint32_t last)
{
    cpv_nearness best = CPV_APART;
    for (size_t i = 0; i < in->need->cpv.count; i++) {
        uint32_t code = in->asked.cpv [i], near = code < first ? first : code > last ? last : code;
        cpv_nearness how = cpv_compare (code, near);
        best = how > best ? how : best;
    }
    return best;
}

static uint32_t besides (void *to, uint32_t first, uint32_t last, bool *all)
{
    const weighing *self = to;
    cpv_nearness near = nearest (self->to, first, last);
    int64_t named = query_branch_most (&self->to->query, first, last);
    *all = near != CPV_APART || named;
    return score_of (self, self->others + score_cpv (self->to->rules->most [score_part_cpv], near)) + (uint32_t) named + 1;
}

static void note_code (weighing *self, uint32_t code)
{
    const ranking *r = self->to;
    self->last.code = code;
    self->last.points = score_cpv (r->rules->most [score_part_cpv], nearest (r, code, code));
    self->last.named = query_branch_score (&r->query, code);
}

/* Who asks for none takes all for what is asked, of which one is enough. */
static void note_impacts (weighing *self)
{
    const asked *by = &self->to->asked;
    self->goals = by->impacts ? (uint8_t) by->goals : UINT8_MAX;
    self->groups = by->impacts ? (uint8_t) by->groups : UINT8_MAX;
    for (int shared = 0; shared < 17; shared++)
        self->impact [shared] = score_impact (self->to->rules->most [score_part_impact], by->impacts, shared, shared > 0);
}

/* What the last of those has that are shown, and everybody has to come to. */
static int64_t least_points (const weighing *self)
{
    return self->items.count == self->items.most ? self->items.at [self->items.most - 1]->score : 0;
}

/* Adds what it earns by its code. By that and all else that its row says, and the most that its enterprise could give. */
static bool could_be_among (weighing *self, shelf_found *found)
{
    const ranking *r = self->to;
    const int64_t *most = r->rules->most;
    if (self->last.code != found->row->cpv)
        note_code (self, found->row->cpv);
    found->score += (uint32_t) self->last.named;
    int64_t earned = found->score < self->scale ? found->score : self->scale;
    int64_t besides = self->last.points + self->others - most [score_part_impact]
                    + self->impact [shared_by (self->goals, self->groups, found->row)];
    return earned * self->most_text >= (least_points (self) - besides) * self->scale; /* score_text, without its division */
}

static void weigh_one (weighing *self, const shelf_found *found)
{
    candidate now;
    rank_weigh (self->to, self->from, found, true, &now);
    if (concerns (&now, self->to->rules))
        place (now.kept_out == RULE_NONE ? &self->items : &self->excluded, &now);
}

/* Ids and enterprises are far in the memory: they are asked for together. */
static uint32_t take (void *to, const shelf_found *all, size_t count)
{
    weighing *self = to;
    shelf_found hopeful [HEARD_AT_ONCE];
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        hopeful [left] = all [i];
        if (!could_be_among (self, &hopeful [left]))
            continue;
        __builtin_prefetch (all [i].id);
        __builtin_prefetch (market_enterprise (self->from, all [i].row->supplier));
        left++;
    }
    for (size_t i = 0; i < left; i++)
        weigh_one (self, &hopeful [i]);
    return score_of (self, least_points (self));
}

static void weigh_here (weighing *self, shelf_reader *with)
{
    const ranking *r = self->to;
    const query *q = &r->query;
    uint32_t least = score_of (self, r->rules->most [score_part_text] / LEAST_TEXT);
    shelf_judge judge = { self, least ? least : 1, besides, take };
    shelf_visit (market_shelf (self->from), with, q->wanted, q->wanted_count, (shelf_where) { .municipality = r->need->municipality }, &judge);
}

/* Those that a rule keeps out, and that would not have been among the items without it, go. */
static void drop_late (weighing *self)
{
    placing *late = &self->excluded;
    while (late->count && late->at [late->count - 1]->score < least_points (self))
        late->count--;
}

/* The first by their words of those that are not delivered there, and then all that a rule keeps out by theirs. */
static void exclude (weighing *self, shelf_reader *with, size_t limit, msgpack_zone *zone)
{
    shelf_found found [AWAY_MOST];
    ranking *r = self->to;
    size_t most = limit < AWAY_MOST ? limit : AWAY_MOST;
    size_t count = query_find (&r->query, market_shelf (self->from), with, (shelf_where) { r->need->municipality, true }, found, most);
    candidate *away = room_for (zone, count, sizeof *away);
    drop_late (self);
    r->excluded = room_for (zone, self->excluded.count + count, sizeof *r->excluded);
    r->excluded_count = self->excluded.count;
    memcpy (r->excluded, self->excluded.at, self->excluded.count * sizeof *r->excluded);
    for (size_t i = 0; i < count; i++) {
        rank_weigh (r, self->from, &found [i], false, &away [i]);
        if (concerns (&away [i], r->rules))
            r->excluded [r->excluded_count++] = &away [i];
    }
    qsort (r->excluded, r->excluded_count, sizeof *r->excluded, by_text_at);
    r->excluded_count = r->excluded_count < limit ? r->excluded_count : limit;
}

static asked asked_by (const need_t *need, int64_t as_of)
{
    asked is = { .goals = row_bits (&need->goals, impact_goal_words ()), .groups = row_bits (&need->target_groups, target_group_words ()),
                 .unit = row_unit (need->unit), .place = row_place (need->municipality), .quantity = need->quantity,
                 .dated = need->start_on, .days_left = need->start_on ? day_of_date (need->start_on) - as_of : 0 };
    is.impacts = __builtin_popcount (is.goals) + __builtin_popcount (is.groups);
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

/* Who asked will have them told. */
static void expect (const market *from, candidate *const at [], size_t count)
{
    for (size_t i = 0; i < count; i++)
        market_expect (from, at [i]->found.row);
}

ranking *rank (const market *from, const need_t *need, int64_t today, size_t limit, size_t excluded, msgpack_zone *zone)
{
    ranking *self = room_for (zone, 1, sizeof *self);
    shelf_reader *with = shelf_borrow (market_shelf (from));
    rank_begin (self, from, with, need, today);
    const int64_t *most = self->rules->most;
    weighing now = { .to = self, .from = from, .scale = self->reference ? self->reference : 1,
                     .most_text = most [score_part_text] ? most [score_part_text] : 1, .others = others_most (self),
                     .items = placing_new (limit, OF_ONE_ENTERPRISE, zone), .excluded = placing_new (excluded, 0, zone) };
    note_impacts (&now);
    weigh_here (&now, with);
    if (excluded)
        exclude (&now, with, excluded, zone);
    shelf_return (market_shelf (from), with);
    self->items = now.items.at;
    self->item_count = now.items.count;
    expect (from, self->items, self->item_count);
    expect (from, self->excluded, self->excluded_count);
    return self;
}
