/* market.c - what the events say, by id; the words of offers are the shelf's. */
#include "market.h"
#include "record.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { AREA_BYTES = 600, ZONE_BYTES = 1024 };

/* The newest version of an organisation, offer or need. */
typedef struct {
    msgpack_zone *zone;    /* holds the record */
    const void   *record;
    bool          shown;   /* of an offer: it is on the shelf */
} entry;

struct market {
    int64_t  seq;
    map     *organisations, *offers, *needs; /* by id: entry * */
    map     *places;                         /* by code of the municipality: point * */
    map     *invited;                        /* by id of the enterprise: when, last */
    shelf   *shelf;
    names   *names;                          /* of CPV codes */
    entry  **former;                         /* that the shelf may still look at until it is shown */
    size_t   former_count, former_room;
};

static void entry_end (void *value)
{
    entry *self = value;
    if (!self)
        return;
    msgpack_zone_free (self->zone);
    free (self);
}

static void place_set (market *self, const char *code, int64_t latitude_e5, int64_t longitude_e5)
{
    void **at = map_place (self->places, code, strlen (code));
    if (!*at)
        *at = malloc (sizeof (point));
    assert (*at);
    *(point *) *at = (point) { (int32_t) latitude_e5, (int32_t) longitude_e5 };
}

market *market_new (const wordlist *words)
{
    market *self = calloc (1, sizeof *self);
    assert (self);
    self->organisations = map_new ();
    self->offers = map_new ();
    self->needs = map_new ();
    self->places = map_new ();
    self->invited = map_new ();
    self->shelf = shelf_new ("dutch", words);
    self->names = names_new (words);
    size_t count;
    const city *known = cities (&count);
    for (size_t i = 0; i < count; i++)
        place_set (self, known [i].code, known [i].latitude_e5, known [i].longitude_e5);
    return self;
}

static void forget_former (market *self)
{
    for (size_t i = 0; i < self->former_count; i++)
        entry_end (self->former [i]);
    self->former_count = 0;
}

void market_destroy (market **self_p)
{
    market *self = *self_p;
    if (!self)
        return;
    shelf_destroy (&self->shelf);
    names_destroy (&self->names);
    forget_former (self);
    free (self->former);
    map_destroy (&self->organisations, entry_end);
    map_destroy (&self->offers, entry_end);
    map_destroy (&self->needs, entry_end);
    map_destroy (&self->places, free);
    map_destroy (&self->invited, free);
    free (self);
    *self_p = NULL;
}

static void retire (market *self, entry *former)
{
    if (self->former_count == self->former_room) {
        self->former_room = self->former_room ? 2 * self->former_room : 64;
        self->former = realloc (self->former, self->former_room * sizeof *self->former);
        assert (self->former);
    }
    self->former [self->former_count++] = former;
}

/* Puts a copy of the record in the place of the version before. */
static entry *renew (market *self, map *in, const char *id, const schema *type, const void *record)
{
    void **at = map_place (in, id, strlen (id));
    if (*at)
        retire (self, *at);
    entry *fresh = calloc (1, sizeof *fresh);
    assert (fresh);
    fresh->zone = msgpack_zone_new (ZONE_BYTES);
    assert (fresh->zone);
    fresh->record = record_copy (type, record, fresh->zone);
    return *at = fresh;
}

/* ------------------------------------------------------------------------------------- offers */

static offer_id id_of (const char *text)
{
    offer_id id = { { 0 } };
    size_t nibble = 0;
    for (; *text && nibble < 2 * sizeof id.bytes; text++) {
        int value = *text >= '0' && *text <= '9' ? *text - '0' : *text >= 'a' && *text <= 'f' ? *text - 'a' + 10 : -1;
        if (value >= 0) {
            id.bytes [nibble / 2] |= (uint8_t) (value << (nibble % 2 ? 0 : 4));
            nibble++;
        }
    }
    return id;
}

static void add_area (char area [AREA_BYTES], const char *code)
{
    size_t used = strlen (area);
    if (code && !strstr (area, code) && used + strlen (code) + 2 < AREA_BYTES) {
        area [used] = ' ';
        strcpy (area + used + 1, code);
    }
}

/* Where it is delivered: all of the country, or its region and where its enterprise is. */
static void area_of (const market *self, const offer_t *offer, char area [AREA_BYTES])
{
    area [0] = 0;
    if (offer->national) {
        strcpy (area, "*");
        return;
    }
    const organisation_t *supplier = market_organisation (self, offer->supplier_id);
    add_area (area, supplier ? supplier->municipality : offer->supplier_municipality);
    for (size_t i = 0; i < offer->region.count; i++)
        add_area (area, offer->region.at [i]);
}

static void put (market *self, entry *which)
{
    const offer_t *offer = which->record;
    char area [AREA_BYTES];
    area_of (self, offer, area);
    shelf_put (self->shelf, &(shelf_offer) {
        .id = id_of (offer->id), .key = shelf_key (offer->cpv, offer->supplier_municipality),
        .title = offer->title, .description = offer->description, .area = area, .item = offer });
    which->shown = true;
}

static void take_off (market *self, entry *which)
{
    const offer_t *offer = which->record;
    if (which->shown)
        shelf_remove (self->shelf, &(shelf_offer) {
            .id = id_of (offer->id), .key = shelf_key (offer->cpv, offer->supplier_municipality),
            .title = offer->title, .description = offer->description, .area = "" });
    which->shown = false;
}

static void apply_offer (market *self, const offer_t *offer)
{
    entry *before = map_find (self->offers, offer->id, strlen (offer->id));
    if (before)
        take_off (self, before);
    entry *now = renew (self, self->offers, offer->id, offer_schema (), offer);
    if (offer->state == offer_state_published)
        put (self, now);
}

/* ------------------------------------------------------------------------------ organisations */

typedef struct {
    market     *market;
    const char *id;
} moving;

static void move (void *to, void *value)
{
    moving *self = to;
    entry *which = value;
    if (which->shown && strcmp (((const offer_t *) which->record)->supplier_id, self->id) == 0) {
        take_off (self->market, which);
        put (self->market, which);
    }
}

/* An enterprise that moves delivers where it is now. */
static void apply_organisation (market *self, const organisation_t *organisation)
{
    const organisation_t *before = market_organisation (self, organisation->id);
    bool moved = before && strcmp (before->municipality, organisation->municipality) != 0;
    renew (self, self->organisations, organisation->id, organisation_schema (), organisation);
    if (moved)
        map_each (self->offers, move, &(moving) { self, organisation->id });
}

static void note_invitation (market *self, const invitation_t *sent, int64_t moment)
{
    void **at = map_place (self->invited, sent->supplier_id, strlen (sent->supplier_id));
    if (!*at)
        *at = calloc (1, sizeof (int64_t));
    assert (*at);
    *(int64_t *) *at = moment;
}

static void apply_codes (market *self, const cpv_page_t *listed)
{
    for (size_t i = 0; i < listed->items.count; i++)
        names_put (self->names, &listed->items.at [i]);
}

void market_apply (market *self, const stream_event *event)
{
    const schema *type = event->type->record ();
    const void *record = event->record;
    shelf_advance (self->shelf, event->seq);
    if (type == offer_schema ())
        apply_offer (self, record);
    else if (type == organisation_schema ())
        apply_organisation (self, record);
    else if (type == need_schema ())
        renew (self, self->needs, ((const need_t *) record)->id, type, record);
    else if (event->type == &event_types () [EVENT_invitation_sent])
        note_invitation (self, record, event->time);
    else if (type == cpv_page_schema ())
        apply_codes (self, record);
    else if (type == municipality_schema ()) {
        const municipality_t *listed = record;
        place_set (self, listed->code, listed->latitude_e5, listed->longitude_e5);
    }
}

void market_show (market *self, int64_t seq)
{
    shelf_advance (self->shelf, seq);
    shelf_flush (self->shelf);
    names_settle (self->names);
    forget_former (self);
    self->seq = seq;
}

int64_t market_seq (const market *self)
{
    return self->seq;
}

const shelf *market_shelf (const market *self)
{
    return self->shelf;
}

shelf *market_shelf_to_merge (market *self)
{
    return self->shelf;
}

const names *market_names (const market *self)
{
    return self->names;
}

static const void *newest (const map *in, const char *id)
{
    const entry *found = map_find (in, id, strlen (id));
    return found ? found->record : NULL;
}

const organisation_t *market_organisation (const market *self, const char *id)
{
    return newest (self->organisations, id);
}

const need_t *market_need (const market *self, const char *id)
{
    return newest (self->needs, id);
}

const offer_t *market_offer (const market *self, const char *id)
{
    return newest (self->offers, id);
}

bool market_find (const market *self, const offer_t *offer, shelf_found *found)
{
    offer_id id = id_of (offer->id);
    return shelf_place (self->shelf, &id, shelf_key (offer->cpv, offer->supplier_municipality), found);
}

int64_t market_invited_at (const market *self, const char *id)
{
    const int64_t *at = map_find (self->invited, id, strlen (id));
    return at ? *at : 0;
}

const point *market_place (const market *self, const char *code)
{
    return map_find (self->places, code, strlen (code));
}
