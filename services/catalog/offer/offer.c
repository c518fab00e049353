/* offer.c - what may come on the market, and the search for it. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"
#include <string.h>

/* --------------------------------------------------------------------------------- guards */

/* Fully: who is admitted for a while has its offers looked at first. */
bool offer_supplier_admitted (const void *thing, const call *now)
{
    const offer_t *offer = thing;
    (void) now;
    return offer->supplier_state == organisation_state_admitted
           || offer->supplier_state == organisation_state_recheck_due;
}

bool offer_supplier_takes_part (const void *thing, const call *now)
{
    const offer_t *offer = thing;
    return offer->supplier_state == organisation_state_provisional || offer_supplier_admitted (thing, now);
}

bool offer_not_own_supplier (const void *thing, const call *now)
{
    (void) now;
    return !((const offer_t *) thing)->tied;
}

bool offer_is_over_now (const void *thing, const call *now)
{
    const offer_t *offer = thing;
    return offer->expires_at && offer->expires_at <= now->now;
}

/* ------------------------------------------------------------------------------- what it says */

static void check_tiers (call *self, const offer_t *in, const char *before)
{
    if (in->tiers.count < 2)
        call_invalid (self, call_print (self, "%stiers", before), "must have two steps or more for a price by quantity");
    for (size_t i = 1; i < in->tiers.count; i++)
        if (in->tiers.at [i].from_quantity <= in->tiers.at [i - 1].from_quantity)
            call_invalid (self, call_print (self, "%stiers[%zu].from_quantity", before, i), "must be more than the one before");
    if (in->tiers.count && in->price_cents != in->tiers.at [0].price_cents)
        call_invalid (self, call_print (self, "%sprice_cents", before), "must be the price of the first step");
}

outcome offer_check (call *self, const offer_t *in, const char *before)
{
    int64_t mode = schema_int (offer_schema (), in, "price_mode", -1);
    bool priced = schema_int (offer_schema (), in, "price_cents", -1) >= 0;
    if (mode == price_mode_tiered)
        check_tiers (self, in, before);
    else if (in->tiers.count)
        call_invalid (self, call_print (self, "%stiers", before), "are for a price by quantity only");
    if (mode == price_mode_on_request && priced)
        call_invalid (self, call_print (self, "%sprice_cents", before), "must be absent when the price is on request");
    if ((mode == price_mode_fixed || mode == price_mode_from) && !priced)
        call_invalid (self, call_print (self, "%sprice_cents", before), "is required with this way of pricing");
    return self->faults.count ? outcome_invalid : outcome_done;
}

outcome offer_create (call *self, const offer_t *in, offer_t *out)
{
    outcome how = offer_check (self, in, "");
    return how == outcome_done ? call_enter (self, out) : how;
}

/* Its statement takes of an offer on the market only what may change at once. */
outcome offer_put (call *self, const offer_t *in, offer_t *out)
{
    outcome how = offer_check (self, in, "");
    if (how == outcome_done)
        how = call_step (self, out);
    bool taken = self->state_words != NULL;
    if (how == outcome_missing && taken && self->to_state == offer_state_published)
        return call_conflict (self, change_first);
    return how;
}

/* --------------------------------------------------------------------------------- search */

/* The rows of one facet, which lie together, into the list of that name. */
static bool fill_facet (call *self, const PGresult *rows, const char *facet, offer_page_t *out)
{
    int first = 0, count = 0, all = PQntuples (rows), column = PQfnumber (rows, "facet");
    while (first < all && strcmp (PQgetvalue (rows, first, column), facet))
        first++;
    while (first + count < all && strcmp (PQgetvalue (rows, first + count, column), facet) == 0)
        count++;
    word_count_t *words = call_alloc (self, (size_t) count * sizeof *words);
    for (int i = 0; i < count; i++)
        if (!db_row (rows, first + i, word_count_schema (), &words [i], self->zone))
            return false;
    schema_set_list (offer_page_schema (), out, facet, (size_t) count, words);
    return true;
}

/* A page of offers, and how many there are behind each filter. */
outcome offer_list (call *self, const offer_query_t *in, offer_page_t *out)
{
    static const char *const facets [] = { "sectors", "groups", "goals" };
    PGresult *rows;
    (void) in;
    outcome how = call_page (self, "offer_list", out);
    if (how != outcome_done || call_run (self, "offer_facets", &rows, &how) < 0)
        return how;
    for (size_t i = 0; i < sizeof facets / sizeof *facets; i++)
        if (!fill_facet (self, rows, facets [i], out))
            return outcome_broken;
    return outcome_done;
}
