/* edit.c - changes of offers that are on the market: at once where that is harmless, else when a moderator applies them. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"
#include <string.h>

bool change_offer_is_published (const void *thing, const call *now)
{
    (void) now;
    return ((const offer_edit_t *) thing)->offer_state == offer_state_published;
}

bool change_not_own (const void *thing, const call *now)
{
    (void) now;
    return !((const offer_edit_t *) thing)->tied;
}

/* The offer becomes what the change says: the target of the call. */
static outcome write_offer (call *self)
{
    return call_consequence (self, "offer_edit_write", "offer", "change");
}

static outcome apply_at_once (call *self, offer_edit_t *out)
{
    outcome how = call_consequence (self, "offer_edit_made", "offer_edit", "settle");
    if (how == outcome_done)
        how = write_offer (self);
    if (how != outcome_done)
        return how;
    memset (out, 0, sizeof *out);
    how = call_load (self, process_find ("offer_edit"), self->id, out);
    self->version = out->version;
    return how == outcome_done ? outcome_created : how;
}

outcome offer_edit_create (call *self, const offer_edit_t *in, offer_edit_t *out)
{
    outcome how = offer_check (self, in->proposed, "proposed.");
    if (how == outcome_done)
        how = call_enter (self, out);
    if (how != outcome_created)
        return how;
    if (out->fields.count == 0)
        return call_invalid (self, "proposed", "must differ from the offer as it is");
    return out->low_risk ? apply_at_once (self, out) : how;
}

outcome offer_edit_apply (call *self, const ref_t *in, offer_edit_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? write_offer (self) : how;
}
