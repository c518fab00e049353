/* organisation.c - admission, and registering with a first member. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"
#include "member.h"
#include <string.h>

bool organisation_not_own (const void *thing, const call *now)
{
    const organisation_t *organisation = thing;
    return !now->org || strcmp (organisation->id, now->org) != 0;
}

/* Any person may register an organisation, but nobody makes themselves the platform. */
outcome organisation_register (call *self, const organisation_t *in, organisation_t *out)
{
    if (!self->account)
        return outcome_anonymous;
    if (in->kind == org_kind_platform && !(self->roles & OPERATOR))
        return call_invalid (self, "kind", "must not be platform");
    outcome how = call_enter (self, out);
    if (how != outcome_created)
        return how;
    outcome then = member_begin (self, out);
    return then == outcome_done ? how : then;
}
