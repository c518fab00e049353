/* watch.c - what has changed is noted, and settled once the market shows it: who waits anew, and who is told. */
#include "watch.h"
#include "../market/day.h"
#include "../market/map.h"
#include "../market/record.h"
#include "../replica.h"
#include "../search/grow.h"
#include "../standing.h"
#include "../../../common/text.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_TEXT = 10 /* a share of the words of a need: less is a word in passing */, ZONE_BYTES = 16384 };

/* Who waits: a need, or a profile. */
typedef struct {
    char          id [UUID_TEXT];
    msgpack_zone *zone;     /* holds the profile; NULL: a need */
    profile_t    *profile;
} waiting;

typedef enum { NEED, OFFER, PROFILE } what_changed;
typedef struct { char id [UUID_TEXT]; what_changed what; bool due; } change;

struct watch {
    replica      *market;
    standing     *for_offers, *for_needs;
    map          *waiting;           /* by id */
    int64_t       edition;           /* of the statistics that those who wait were read with */
    change       *changes;
    size_t        change_count, change_room;
    map          *changed;           /* by id: number in `changes`, plus one */

    /* while something is settled */
    const market *now;
    shelf_reader *with;
    int64_t       moment, today;
    letter_take  *take;
    void         *to;
    msgpack_zone *zone;
    ranking       ranking;
};

watch *watch_new (void)
{
    watch *self = calloc (1, sizeof *self);
    assert (self);
    int64_t seq;
    uint8_t epoch [SERVICE_EPOCH];
    self->market = replica_open (NULL, &seq, epoch);
    self->for_offers = standing_new ();
    self->for_needs = standing_new ();
    self->waiting = map_new ();
    self->changed = map_new ();
    self->zone = msgpack_zone_new (ZONE_BYTES);
    assert (self->zone);
    return self;
}

static void waiting_end (void *value)
{
    waiting *self = value;
    if (self->zone)
        msgpack_zone_free (self->zone);
    free (self);
}

void watch_destroy (watch **self_p)
{
    watch *self = *self_p;
    if (!self)
        return;
    replica_close ((void **) &self->market);
    standing_destroy (&self->for_offers);
    standing_destroy (&self->for_needs);
    map_destroy (&self->waiting, waiting_end);
    map_destroy (&self->changed, NULL);
    msgpack_zone_free (self->zone);
    free (self->changes);
    free (self);
    *self_p = NULL;
}

size_t watch_waiting (const watch *self)
{
    return standing_count (self->for_offers) + standing_count (self->for_needs);
}

/* -------------------------------------------------------------------------------- who waits */

static waiting *waiting_of (watch *self, const char *id)
{
    waiting **at = (waiting **) map_place (self->waiting, id, strlen (id));
    if (!*at) {
        *at = calloc (1, sizeof **at);
        assert (*at);
        strcpy ((*at)->id, id);
    }
    return *at;
}

static bool is_open (const watch *self, const need_t *need)
{
    return need && need->state == need_state_open && need->quote_deadline > self->moment;
}

static void wait_for_offers (watch *self, const need_t *need, const waiting *who)
{
    query *q = &self->ranking.query;
    query_read (q, market_shelf (self->now), market_names (self->now), self->with, need->title, need->description);
    offer_id key = id_of_text (need->id);
    standing_put (self->for_offers, &key, q->wanted, q->wanted_count, q->reference / LEAST_TEXT, need->municipality, who);
}

static void settle_profile (watch *self, const waiting *who)
{
    const profile_t *profile = who->profile;
    offer_id key = id_of_text (who->id);
    standing_remove (self->for_offers, &key);
    standing_remove (self->for_needs, &key);
    if (profile->state != profile_state_kept)
        return;
    query *q = &self->ranking.query;
    int64_t least = letter_cut_on (self->today).words;
    query_read (q, market_shelf (self->now), market_names (self->now), self->with, profile->words, NULL);
    standing_put (profile->kind == profile_kind_offers ? self->for_offers : self->for_needs, &key, q->wanted, q->wanted_count,
                  q->reference * least / MILLION, profile->municipality, who);
}

static void settle_need (watch *self, const char *id)
{
    const need_t *need = market_need (self->now, id);
    offer_id key = id_of_text (id);
    if (is_open (self, need))
        wait_for_offers (self, need, waiting_of (self, id));
    else
        standing_remove (self->for_offers, &key);
}

static void read_again (void *to, const char *id, void *value)
{
    (void) id;
    watch *self = to;
    const waiting *who = value;
    who->profile ? settle_profile (self, who) : settle_need (self, who->id);
}

/* ------------------------------------------------------------------------------------- finds */

static bool is_admitted (const watch *self, const char *organisation)
{
    const enterprise *known = market_enterprise_of (self->now, organisation);
    return known && known->admitted;
}

static void tell_find (watch *self, const standing_met *met, const find_thing *what)
{
    const profile_t *profile = ((const waiting *) met->item)->profile;
    query *q = &self->ranking.query;
    query_read (q, market_shelf (self->now), market_names (self->now), self->with, profile->words, NULL);
    letter_t *letter = letter_of_find (&(letter_find) {
        .profile = profile, .query = q, .what = what, .words = find_words (q, shelf_analyser (self->with), what),
        .earned = met->earned }, self->today, self->zone);
    if (letter)
        self->take (self->to, letter);
}

/* Of several profiles of one organisation the one that earned most is written of: the others' letter would be the same. */
static int most_first (const void *a, const void *b)
{
    const standing_met *x = a, *y = b;
    if (x->earned != y->earned)
        return x->earned > y->earned ? -1 : 1;
    return memcmp (&x->id, &y->id, sizeof x->id);
}

static void tell_profiles (watch *self, const standing_met *met, size_t count, const find_thing *what)
{
    standing_met *fits = msgpack_zone_malloc (self->zone, (count + 1) * sizeof *fits);
    size_t fit_count = 0;
    assert (fits);
    for (size_t i = 0; i < count; i++) {
        const profile_t *profile = ((const waiting *) met [i].item)->profile;
        if (profile && is_admitted (self, profile->organisation_id) && find_meets (profile, what))
            fits [fit_count++] = met [i];
    }
    qsort (fits, fit_count, sizeof *fits, most_first);
    for (size_t i = 0; i < fit_count; i++)
        tell_find (self, &fits [i], what);
}

/* ------------------------------------------------------------------------------------ offers */

/* The need's buyer, if the offer is above the cut. */
static void tell_buyer (watch *self, const char *need_id, const shelf_found *at)
{
    const need_t *need = market_need (self->now, need_id);
    const shelf *shelf = market_shelf (self->now);
    if (!is_open (self, need))
        return;
    ranking *r = &self->ranking;
    shelf_found found = *at;
    rank_begin (r, self->now, self->with, need, self->today);
    found.score = query_score (&r->query, shelf, &found);
    candidate c;
    rank_weigh (r, self->now, &found, rank_delivers (r, self->now, found.row), &c);
    rank_tell (r, self->now, &c, self->zone);
    letter_t *letter = strcmp (need->buyer_id, c.is.supplier_id) ? letter_of_match (letter_kind_offer, r, &c, self->zone) : NULL;
    if (letter)
        self->take (self->to, letter);
}

static void tell_of_offer (watch *self, const char *id)
{
    const shelf *shelf = market_shelf (self->now);
    offer_id key = id_of_text (id);
    shelf_found found;
    const standing_met *met;
    if (!shelf_place (shelf, &key, &found) || !market_enterprise (self->now, found.row->supplier)->admitted)
        return;
    const offer_t *offer = market_offer (self->now, found.row, self->zone);
    size_t count = standing_meet (self->for_offers, shelf_analyser (self->with), &(shelf_offer) {
        .title = offer->title, .description = offer->description, .area = shelf_area_of (shelf, found.row) }, &met);
    for (size_t i = 0; i < count; i++) {
        const waiting *who = met [i].item;
        if (!who->profile)
            tell_buyer (self, who->id, &found);
    }
    tell_profiles (self, met, count, &(find_thing) {
        .is_offer = true, .id = offer->id, .owner = offer->supplier_id, .title = offer->title, .description = offer->description,
        .who = offer->supplier_name, .sector = offer->sector, .groups = &offer->target_groups,
        .cpv = &(texts) { 1, (const char *[]) { offer->cpv } },
        .where = offer->supplier_municipality_name ? offer->supplier_municipality_name : offer->supplier_municipality });
}

/* ------------------------------------------------------------------------------------- needs */

/* Each enterprise hears of a need once, by the best of its offers. */
static bool is_first_of_its (const ranking *r, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (memcmp (&r->items [i]->supplier_id, &r->items [at]->supplier_id, sizeof (offer_id)) == 0)
            return false;
    return true;
}

static void tell_enterprises (watch *self, const need_t *need)
{
    const ranking *r = rank (self->now, need, self->today, RUN_KEEPS, 0, self->zone);
    for (size_t i = 0; i < r->item_count; i++) {
        candidate *c = r->items [i];
        rank_tell (r, self->now, c, self->zone);
        bool own = strcmp (c->is.supplier_id, need->buyer_id) == 0;
        letter_t *letter = own || !is_first_of_its (r, i) ? NULL : letter_of_match (letter_kind_need, r, c, self->zone);
        if (letter)
            self->take (self->to, letter);
    }
}

static void tell_of_need (watch *self, const char *id)
{
    const need_t *need = market_need (self->now, id);
    const standing_met *met;
    if (!is_open (self, need))
        return;
    tell_enterprises (self, need);
    size_t count = standing_meet (self->for_needs, shelf_analyser (self->with), &(shelf_offer) {
        .title = need->title, .description = need->description, .area = need->municipality }, &met);
    tell_profiles (self, met, count, &(find_thing) {
        .id = need->id, .owner = need->buyer_id, .title = need->title, .description = need->description, .who = need->buyer_name,
        .sector = (int) schema_int (need_schema (), need, "sector", -1), .groups = &need->target_groups, .cpv = &need->cpv,
        .where = need->municipality_name ? need->municipality_name : need->municipality });
}

/* ------------------------------------------------------------------------------------ changes */

static void note (watch *self, what_changed what, const char *id, bool due)
{
    void **at = map_place (self->changed, id, strlen (id));
    if (*at) {
        self->changes [(uintptr_t) *at - 1].due |= due;
        return;
    }
    self->changes = grow (self->changes, self->change_count + 1, &self->change_room, sizeof *self->changes);
    change *fresh = &self->changes [self->change_count++];
    *fresh = (change) { .what = what, .due = due };
    strcpy (fresh->id, id);
    *at = (void *) (uintptr_t) self->change_count;
}

/* A copy: the market knows no profiles. */
static void keep_profile (watch *self, const profile_t *profile)
{
    waiting *who = waiting_of (self, profile->id);
    offer_id key = id_of_text (profile->id);
    standing_remove (self->for_offers, &key);
    standing_remove (self->for_needs, &key);
    if (who->zone)
        msgpack_zone_free (who->zone);
    who->zone = msgpack_zone_new (1024);
    assert (who->zone);
    who->profile = record_copy (profile_schema (), profile, who->zone);
}

void watch_apply (watch *self, const stream_event *event, bool due)
{
    const schema *type = event->type->record ();
    const event_type *types = event_types ();
    replica_apply (self->market, event);
    if (type == need_schema ())
        note (self, NEED, ((const need_t *) event->record)->id, due && event->type == &types [EVENT_need_published]);
    else if (type == offer_schema ())
        note (self, OFFER, ((const offer_t *) event->record)->id,
              due && (event->type == &types [EVENT_offer_published] || event->type == &types [EVENT_offer_changed]));
    else if (type == profile_schema ()) {
        keep_profile (self, event->record);
        note (self, PROFILE, ((const profile_t *) event->record)->id, false);
    }
}

/* Who waits comes before who is told, so that what came together meets. */
static void settle (watch *self)
{
    int64_t edition = shelf_now (market_shelf (self->now)).edition;
    if (edition != self->edition)
        map_each (self->waiting, read_again, self);
    self->edition = edition;
    for (size_t i = 0; i < self->change_count; i++)
        if (self->changes [i].what == NEED)
            settle_need (self, self->changes [i].id);
        else if (self->changes [i].what == PROFILE)
            settle_profile (self, waiting_of (self, self->changes [i].id));
    for (size_t i = 0; i < self->change_count; i++) {
        const change *c = &self->changes [i];
        if (c->due)
            c->what == NEED ? tell_of_need (self, c->id) : tell_of_offer (self, c->id);
        msgpack_zone_clear (self->zone);
    }
}

bool watch_caught_up (watch *self, int64_t seq, int64_t head, const uint8_t epoch [SERVICE_EPOCH], int64_t now, letter_take *take, void *to)
{
    replica_caught_up (self->market, seq, head, epoch);
    if (!replica_await (self->market, seq, 0))
        return false;
    self->moment = now;
    self->today = day_of_moment (now);
    self->take = take;
    self->to = to;
    self->now = replica_read (self->market);
    self->with = shelf_borrow (market_shelf (self->now));
    settle (self);
    shelf_return (market_shelf (self->now), self->with);
    replica_done (self->market);
    if (self->change_count)
        map_destroy (&self->changed, NULL);
    self->changed = self->changed ? self->changed : map_new ();
    self->change_count = 0;
    return true;
}
