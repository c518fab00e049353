/* flag.c - what users report, and appeals against what moderators decide: who may judge them, and who is appointed. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"
#include <string.h>

bool flag_not_own (const void *thing, const call *now)
{
    (void) now;
    return !((const flag_t *) thing)->tied;
}

bool appeal_can_be_made (const void *thing, const call *now)
{
    int state = ((const appeal_t *) thing)->organisation_state;
    (void) now;
    return state == organisation_state_refused || state == organisation_state_suspended
           || state == organisation_state_removed;
}

bool appeal_handler_is_independent (const void *thing, const call *now)
{
    (void) now;
    return !((const appeal_t *) thing)->tied;
}

outcome flag_create (call *self, const flag_t *in, flag_t *out)
{
    if (!self->org)
        return outcome_anonymous;
    if (!!in->offer_id + !!in->organisation_id + !!in->review_id != 1)
        return call_invalid (self, "offer_id", "or organisation_id or review_id is required, and one only");
    return call_enter (self, out);
}

/* The decision is taken back, if it still stands. */
outcome appeal_uphold (call *self, const appeal_verdict_t *in, appeal_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    return how == outcome_done ? call_consequence (self, "appeal_organisation", "organisation", "reinstate") : how;
}

outcome handler_appoint (call *self, const handler_appointment_t *in, handler_appointment_t *out)
{
    if (in->until && strcmp (in->until, in->since) < 0)
        return call_invalid (self, "until", "must not be before since");
    return catalog_row (self, "handler_appoint", handler_appointment_schema (), in, handler_appointment_schema (), out);
}
