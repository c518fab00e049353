/* row.c - from a record to its columns. */
#include "row.h"
#include "../score.h"
#include "../../../common/text.h"
#include <assert.h>
#include <string.h>

uint32_t row_bits (const texts *from, const words *all)
{
    uint32_t bits = 0;
    assert (all->count <= 8);
    for (size_t i = 0; i < from->count; i++)
        bits |= UINT32_C (1) << words_find (all, from->at [i], strlen (from->at [i]));
    return bits;
}

uint32_t row_unit (const char *unit)
{
    uint32_t hash = UINT32_C (2166136261); /* FNV-1a */
    for (; unit && *unit; unit++)
        hash = (hash ^ (uint8_t) (*unit >= 'A' && *unit <= 'Z' ? *unit - 'A' + 'a' : *unit)) * UINT32_C (16777619);
    return unit ? hash | 1 : 0;
}

uint16_t row_place (const char *code)
{
    unsigned number = 0;
    for (; code && *code; code++)
        number = *code >= '0' && *code <= '9' ? (10 * number + (unsigned) (*code - '0')) % ROW_PLACES : number;
    return (uint16_t) number;
}

offer_row row_of (const offer_t *offer)
{
    return (offer_row) {
        .cpv = cpv_number (offer->cpv),
        .price_cents = (int32_t) schema_int (offer_schema (), offer, "price_cents", ROW_ON_REQUEST),
        .capacity = (uint32_t) offer->capacity,
        .unit = row_unit (offer->unit),
        .lead_days = (uint16_t) offer->lead_days,
        .seat = row_place (offer->supplier_municipality),
        .goals = (uint8_t) row_bits (&offer->goals, impact_goal_words ()),
        .groups = (uint8_t) row_bits (&offer->target_groups, target_group_words ()),
        .sector = (uint8_t) offer->sector,
        .national = offer->national,
    };
}

offer_id id_of_text (const char *text)
{
    offer_id id = { { 0 } };
    uuid_bytes (text, id.bytes);
    return id;
}
