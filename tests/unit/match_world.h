/* match_world.h - a market for the tests of matching, told event by event, from JSON. */
#ifndef MATCH_WORLD_H
#define MATCH_WORLD_H
#include "../../services/matching/market/market.h"
#include "../../services/matching/market/record.h"
#include "../../common/json.h"
#include "../../common/wire.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

typedef struct {
    wordlist     *words;
    market       *market;
    msgpack_zone *zone;
    uint8_t       epoch [SERVICE_EPOCH];
    int64_t       seq;
} world;

static int open_world (void **state)
{
    world *self = calloc (1, sizeof *self);
    self->words = wordlist_new (WORDLIST_DUTCH);
    assert_non_null (self->words);
    const char *why;
    self->market = market_new (self->words, NULL, self->epoch, &why);
    self->zone = msgpack_zone_new (65536);
    *state = self;
    return 0;
}

static int close_world (void **state)
{
    world *self = *state;
    market_destroy (&self->market);
    wordlist_destroy (&self->words);
    msgpack_zone_free (self->zone);
    free (self);
    return 0;
}

static void *record_of (world *self, const schema *type, const char *json)
{
    faults found = { .count = 0 };
    void *record = record_room (self->zone, 1, type->size);
    if (!json_decode (type, json, strlen (json), record, self->zone, FROM_PEER, NULL, &found))
        fail_msg ("%s %s: %s", found.at [0].path, found.at [0].reason, json);
    return record;
}

static void tell (world *self, event_id what, const void *record)
{
    market_apply (self->market, &(stream_event) {
        .seq = ++self->seq, .type = &event_types () [what], .record = record });
}

static const char *id_of (char out [37], int kind, int number)
{
    snprintf (out, 37, "00000000-0000-7000-8%03d-%012d", kind, number);
    return out;
}

static void add_enterprise (world *self, int number, const char *municipality, const char *standing)
{
    char json [400], id [37];
    snprintf (json, sizeof json,
              "{\"id\":\"%s\",\"name\":\"Onderneming %d\",\"kind\":\"enterprise\","
              "\"municipality\":\"%s\",\"municipality_name\":\"Daar\",\"state\":\"%s\","
              "\"version\":1}",
              id_of (id, 1, number), number, municipality, standing);
    tell (self, EVENT_organisation_admitted, record_of (self, organisation_schema (), json));
}

/* `more` begins with a comma, or is empty. */
static const offer_t *make_offer (world *self, int number, int enterprise, const char *title,
                                  const char *cpv, const char *standing, const char *more)
{
    char json [1200], id [37], supplier [37];
    snprintf (json, sizeof json,
              "{\"id\":\"%s\",\"supplier_id\":\"%s\",\"title\":\"%s\","
              "\"description\":\"Dit leveren wij al tien jaar.\",\"kind\":\"service\","
              "\"sector\":\"green\",\"cpv\":\"%s\","
              "\"unit\":\"uur\",\"vat\":\"high\",\"state\":\"%s\",\"version\":1%s}",
              id_of (id, 2, number), id_of (supplier, 1, enterprise), title, cpv, standing, more);
    return record_of (self, offer_schema (), json);
}

static inline void add_offer (world *self, int number, int enterprise, const char *title, const char *cpv,
                       const char *more)
{
    tell (self, EVENT_offer_published,
          make_offer (self, number, enterprise, title, cpv, "published", more));
}

static const need_t *make_need (world *self, const char *title, const char *cpv, const char *more)
{
    char json [1200];
    snprintf (json, sizeof json,
              "{\"id\":\"00000000-0000-7000-8003-000000000001\","
              "\"buyer_id\":\"00000000-0000-7000-8001-000000009999\",\"title\":\"%s\","
              "\"description\":\"Wij zoeken een goede leverancier.\",\"cpv\":[\"%s\"],"
              "\"municipality\":\"GM0153\",\"municipality_name\":\"Enschede\","
              "\"quote_deadline\":\"2027-03-01T11:00:00Z\",\"state\":\"open\"%s}",
              title, cpv, more);
    return record_of (self, need_schema (), json);
}
#endif
