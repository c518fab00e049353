/* offer.c - what may come on the market, and the search for it. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"
#include <string.h>

bool offer_supplier_admitted (const void *thing, const call *now)
{
    const offer_t *offer = thing;
    (void) now;
    return offer->supplier_state == organisation_state_admitted
           || offer->supplier_state == organisation_state_provisional
           || offer->supplier_state == organisation_state_recheck_due;
}

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
