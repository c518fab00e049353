/* market.c - what the events say: offers become rows on the shelf, organisations and needs are held by number and by id. */
#include "market_inside.h"
#include "day.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { AREA_BYTES = 600, ZONE_BYTES = 1024, SCRATCH_BYTES = 16384 };

static void place_set (market *self, const char *code, int64_t latitude_e5, int64_t longitude_e5)
{
    self->places [row_place (code)] = (known_place) { { (int32_t) latitude_e5, (int32_t) longitude_e5 }, true };
}

static market *empty (const wordlist *words, const char *directory)
{
    market *self = calloc (1, sizeof *self);
    assert (self);
    self->words = words;
    self->directory = directory;
    self->numbers = map_new ();
    self->needs = map_new ();
    self->ledger = ledger_new ();
    self->scratch = msgpack_zone_new (SCRATCH_BYTES);
    assert (self->scratch);
    self->shelf = shelf_new ("dutch", words, directory);
    self->names = names_new (words);
    size_t count;
    const city *known = cities (&count);
    for (size_t i = 0; i < count; i++)
        place_set (self, known [i].code, known [i].latitude_e5, known [i].longitude_e5);
    return self;
}

market *market_new (const wordlist *words, const char *directory, uint8_t epoch [16], const char **why)
{
    const char *problem;
    market *self = empty (words, directory);
    *why = NULL;
    if (directory && market_resume (self, epoch, why))
        return self;
    market_destroy (&self);
    self = empty (words, directory);
    self->records = market_open_records (self, 0, &problem);
    if (!self->records) {
        *why = problem;
        market_destroy (&self);
    }
    return self;
}

static void end_need (void *value)
{
    kept_need *self = value;
    if (self)
        msgpack_zone_free (self->zone);
    free (self);
}

void market_destroy (market **self_p)
{
    market *self = *self_p;
    if (!self)
        return;
    shelf_destroy (&self->shelf);
    names_destroy (&self->names);
    records_close (&self->records);
    for (uint32_t i = 0; i < self->count; i++)
        if (self->zones [i])
            msgpack_zone_free (self->zones [i]);
    free (self->enterprises);
    free (self->zones);
    map_destroy (&self->numbers, NULL);
    map_destroy (&self->needs, end_need);
    ledger_destroy (&self->ledger);
    msgpack_zone_free (self->scratch);
    free (self);
    *self_p = NULL;
}

/* ------------------------------------------------------------------------------ organisations */

uint32_t market_number (market *self, const offer_id *id)
{
    void **at = map_place (self->numbers, (const char *) id->bytes, sizeof id->bytes);
    if (*at)
        return (uint32_t) (uintptr_t) *at - 1;
    self->enterprises = grow (self->enterprises, self->count + 1, &self->enterprise_room, sizeof *self->enterprises);
    self->zones = grow (self->zones, self->count + 1, &self->zone_room, sizeof *self->zones);
    self->enterprises [self->count] = (enterprise) { .id = *id, .label_until = LABEL_NEVER,
                                                       .closed_from = CLOSED_NEVER, .closed_until = CLOSED_NEVER };
    self->zones [self->count] = NULL;
    *at = (void *) (uintptr_t) ++self->count;
    return self->count - 1;
}

static uint32_t number_of (market *self, const char *id)
{
    offer_id bytes = id_of_text (id);
    return market_number (self, &bytes);
}

static int32_t label_until (const organisation_t *organisation)
{
    int64_t until = LABEL_NEVER;
    for (size_t i = 0; i < organisation->labels.count; i++) {
        const char *day = organisation->labels.at [i].valid_until;
        int64_t holds = day ? day_of_date (day) : LABEL_FOREVER;
        until = holds > until ? holds : until;
    }
    return (int32_t) until;
}

void market_know (market *self, uint32_t number, uint64_t at)
{
    enterprise *e = &self->enterprises [number];
    if (self->zones [number])
        msgpack_zone_free (self->zones [number]);
    self->zones [number] = msgpack_zone_new (ZONE_BYTES);
    assert (self->zones [number]);
    e->record = records_read (self->records, at, organisation_schema (), self->zones [number]);
    e->record_at = at;
    e->label_until = label_until (e->record);
    e->closed_from = e->record->closed_from ? (int32_t) day_of_date (e->record->closed_from) : CLOSED_NEVER;
    e->closed_until = e->record->closed_until ? (int32_t) day_of_date (e->record->closed_until) : CLOSED_NEVER;
    e->full = e->record->at_capacity;
    e->seat = row_place (e->record->municipality);
    e->admitted = schema_int (organisation_schema (), e->record, "takes_part",
                              e->record->state == organisation_state_admitted); /* older events do not say */
}

/* ------------------------------------------------------------------------------------- offers */

static void add_area (char area [AREA_BYTES], const char *code)
{
    size_t used = strlen (area);
    if (code && !strstr (area, code) && used + strlen (code) + 2 < AREA_BYTES) {
        area [used] = ' ';
        strcpy (area + used + 1, code);
    }
}

/* Where it is delivered: all of the country, or its region and where its enterprise is. */
static const char *area_of (const market *self, const offer_t *offer, uint32_t supplier, char area [AREA_BYTES])
{
    const organisation_t *by = self->enterprises [supplier].record;
    area [0] = 0;
    if (offer->national)
        return strcpy (area, "*");
    add_area (area, by ? by->municipality : offer->supplier_municipality);
    for (size_t i = 0; i < offer->region.count; i++)
        add_area (area, offer->region.at [i]);
    return area;
}

static shelf_offer words_of (const offer_t *offer, const offer_row *row)
{
    return (shelf_offer) { .id = id_of_text (offer->id), .key = shelf_key (row->cpv, row->seat), .title = offer->title,
                           .description = offer->description, .area = "", .row = *row };
}

static void put (market *self, const offer_t *offer, uint64_t at)
{
    char area [AREA_BYTES];
    offer_row row = row_of (offer);
    row.supplier = number_of (self, offer->supplier_id);
    row.record = at;
    shelf_offer fresh = words_of (offer, &row);
    fresh.area = area_of (self, offer, row.supplier, area);
    shelf_put (self->shelf, &fresh);
}

static void take_off (market *self, const offer_row *row)
{
    const offer_t *offer = records_read (self->records, row->record, offer_schema (), self->scratch);
    shelf_offer former = words_of (offer, row);
    shelf_remove (self->shelf, &former);
}

static void apply_offer (market *self, const offer_t *offer)
{
    offer_id id = id_of_text (offer->id);
    const offer_row *before = shelf_row (self->shelf, &id);
    if (before) {
        offer_row former = *before; /* the shelf moves what has not been shown */
        take_off (self, &former);
    }
    if (offer->state == offer_state_published)
        put (self, offer, records_add (self->records, offer_schema (), offer));
    msgpack_zone_clear (self->scratch);
}

typedef struct { offer_row *at; size_t count, room; } gathered;

static void gather (void *to, const offer_row *row)
{
    gathered *self = to;
    self->at = grow (self->at, self->count + 1, &self->room, sizeof *self->at);
    self->at [self->count++] = *row;
}

/* An enterprise that moves delivers where it is now. */
static void move_offers (market *self, uint32_t supplier)
{
    gathered theirs = { 0 };
    shelf_each_of (self->shelf, supplier, gather, &theirs);
    for (size_t i = 0; i < theirs.count; i++) {
        const offer_t *offer = records_read (self->records, theirs.at [i].record, offer_schema (), self->scratch);
        take_off (self, &theirs.at [i]);
        put (self, offer, theirs.at [i].record);
        msgpack_zone_clear (self->scratch);
    }
    free (theirs.at);
}

static void apply_organisation (market *self, const organisation_t *organisation)
{
    uint32_t number = number_of (self, organisation->id);
    uint16_t before = self->enterprises [number].seat;
    market_know (self, number, records_add (self->records, organisation_schema (), organisation));
    if (before && before != self->enterprises [number].seat)
        move_offers (self, number);
}

/* -------------------------------------------------------------------------------------- needs */

void market_know_need (market *self, uint64_t at)
{
    kept_need *fresh = calloc (1, sizeof *fresh);
    assert (fresh);
    fresh->zone = msgpack_zone_new (ZONE_BYTES);
    assert (fresh->zone);
    fresh->record = records_read (self->records, at, need_schema (), fresh->zone);
    fresh->at = at;
    void **place = map_place (self->needs, fresh->record->id, strlen (fresh->record->id));
    end_need (*place);
    *place = fresh;
}

static void apply_codes (market *self, const cpv_page_t *listed)
{
    for (size_t i = 0; i < listed->items.count; i++)
        names_put (self->names, &listed->items.at [i], records_add (self->records, cpv_code_schema (), &listed->items.at [i]));
}

void market_apply (market *self, const stream_event *event)
{
    const schema *type = event->type->record ();
    const void *record = event->record;
    shelf_advance (self->shelf, event->seq);
    ledger_apply (self->ledger, event);
    if (type == offer_schema ())
        apply_offer (self, record);
    else if (type == organisation_schema ())
        apply_organisation (self, record);
    else if (type == need_schema ())
        market_know_need (self, records_add (self->records, type, record));
    else if (event->type == &event_types () [EVENT_invitation_sent])
        self->enterprises [number_of (self, ((const invitation_t *) record)->supplier_id)].invited_at = event->time;
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
    self->seq = seq;
}

/* ------------------------------------------------------------------------------------ reading */

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

const enterprise *market_enterprise (const market *self, uint32_t number)
{
    return &self->enterprises [number];
}

const enterprise *market_enterprise_of (const market *self, const char *id)
{
    offer_id bytes = id_of_text (id);
    const void *number = map_find (self->numbers, (const char *) bytes.bytes, sizeof bytes.bytes);
    return number ? &self->enterprises [(uintptr_t) number - 1] : NULL;
}

const need_t *market_need (const market *self, const char *id)
{
    const kept_need *found = map_find (self->needs, id, strlen (id));
    return found ? found->record : NULL;
}

const offer_t *market_offer (const market *self, const offer_row *row, msgpack_zone *zone)
{
    return records_read (self->records, row->record, offer_schema (), zone);
}

void market_expect (const market *self, const offer_row *row)
{
    records_expect (self->records, row->record);
    __builtin_prefetch (self->enterprises [row->supplier].record);
}

const ledger *market_ledger (const market *self)
{
    return self->ledger;
}

const point *market_place (const market *self, uint16_t place)
{
    return self->places [place].known ? &self->places [place].at : NULL;
}
