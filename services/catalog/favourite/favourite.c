/* favourite.c - lists of offers and enterprises that the people of an organisation share. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"

bool favourite_list_is_kept (const void *thing, const call *now)
{
    (void) now;
    return ((const favourite_t *) thing)->list_state == favourite_list_state_kept;
}

outcome favourite_create (call *self, const favourite_t *in, favourite_t *out)
{
    if (!in->offer_id == !in->supplier_id)
        return call_invalid (self, "offer_id", "or supplier_id is required, and not both");
    return call_enter (self, out);
}
