/* offer.c - what may come on the market, and the search for it. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"

bool offer_supplier_admitted (const void *thing, const call *now)
{
    const offer_t *offer = thing;
    (void) now;
    return offer->supplier_state == organisation_state_admitted;
}

/* A page of offers, and how many there are behind each filter. */
outcome offer_list (call *self, const offer_query_t *in, offer_page_t *out)
{
    (void) in;
    outcome how = call_page (self, "offer_list", out);
    if (how == outcome_done)
        how = catalog_list (self, "offer_sectors", offer_page_schema (), out, "sectors");
    if (how == outcome_done)
        how = catalog_list (self, "offer_groups", offer_page_schema (), out, "groups");
    if (how == outcome_done)
        how = catalog_list (self, "offer_goals", offer_page_schema (), out, "goals");
    return how;
}
