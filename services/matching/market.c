/* market.c - what the events say, by id; the words of offers are the lexicon's. */
#include "market.h"
#include "record.h"
#include "lexicon.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void entry_end (void *value)
{
    entry *self = value;
    if (!self)
        return;
    msgpack_zone_free (self->zone);
    free (self->terms.at);
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

market *market_new (void)
{
    market *self = calloc (1, sizeof *self);
    assert (self);
    self->organisations = map_new ();
    self->offers = map_new ();
    self->needs = map_new ();
    self->places = map_new ();
    self->terms = map_new ();
    self->compounds = map_new ();
    self->stemmer = stemmer_new ();
    size_t count;
    const city *known = cities (&count);
    for (size_t i = 0; i < count; i++)
        place_set (self, known [i].code, known [i].latitude_e5, known [i].longitude_e5);
    return self;
}

void market_destroy (market **self_p)
{
    market *self = *self_p;
    if (!self)
        return;
    map_destroy (&self->organisations, entry_end);
    map_destroy (&self->offers, entry_end);
    map_destroy (&self->needs, entry_end);
    map_destroy (&self->places, free);
    lexicon_end (self);
    stemmer_destroy (&self->stemmer);
    free (self->slots);
    free (self);
    *self_p = NULL;
}

/* Puts a copy of the record in the place of the version before. */
static entry *renew (map *in, const char *id, const schema *type, const void *record)
{
    void **at = map_place (in, id, strlen (id));
    entry_end (*at);
    entry *fresh = calloc (1, sizeof *fresh);
    assert (fresh);
    fresh->zone = msgpack_zone_new (2048);
    assert (fresh->zone);
    fresh->record = record_copy (type, record, fresh->zone);
    fresh->slot = -1;
    return *at = fresh;
}

static void apply_offer (market *self, const offer_t *offer)
{
    entry *before = map_find (self->offers, offer->id, strlen (offer->id));
    if (before && before->slot >= 0)
        lexicon_remove (self, before);
    entry *now = renew (self->offers, offer->id, offer_schema (), offer);
    if (offer->state == offer_state_published)
        lexicon_add (self, now);
}

void market_apply (market *self, const stream_event *event)
{
    const schema *type = event->type->record ();
    const void *record = event->record;
    if (type == offer_schema ())
        apply_offer (self, record);
    else if (type == organisation_schema ())
        renew (self->organisations, ((const organisation_t *) record)->id, type, record);
    else if (type == need_schema ())
        renew (self->needs, ((const need_t *) record)->id, type, record);
    else if (type == municipality_schema ()) {
        const municipality_t *listed = record;
        place_set (self, listed->code, listed->latitude_e5, listed->longitude_e5);
    }
    self->seq = event->seq;
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

const point *market_place (const market *self, const char *code)
{
    return map_find (self->places, code, strlen (code));
}
