/* graduation.c - an initiative that found money goes on as an enterprise: registered as any other, with concepts of offers. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"
#include "../organisation/member.h"

bool graduation_found_money (const void *thing, const call *now)
{
    const graduation_t *graduation = thing;
    int at = (int) schema_int (graduation_schema (), graduation, "initiative_state", -1);
    (void) now;
    return at == initiative_state_part_financed || at == initiative_state_financed || at == initiative_state_realised;
}

/* It waits for a moderator as every enterprise does. Who lets it go on is its first member. */
static outcome enrol (call *self, organisation_t *enterprise)
{
    organisation_t *made = call_alloc (self, sizeof *made);
    if (enterprise->id)
        return outcome_done;
    outcome how = call_enter_also (self, "organisation_register", enterprise, made);
    if (how != outcome_created)
        return how;
    schema_set_text (organisation_schema (), enterprise, "id", made->id);
    return member_begin (self, made);
}

/* By the enterprise itself, for whom the caller acts from now. */
static outcome draft_offers (call *self, const graduation_t *in, const char *enterprise)
{
    const char *applicant = self->org;
    uint32_t roles = self->roles;
    outcome how = call_act_for (self, enterprise, SUPPLIER);
    for (size_t i = 0; i < in->offers.count && how == outcome_done; i++) {
        offer_t *out = call_alloc (self, sizeof *out);
        how = call_enter_also (self, "offer_create", &in->offers.at [i], out);
        how = how == outcome_created ? outcome_done : how;
    }
    return how == outcome_done ? call_act_for (self, applicant, roles) : how;
}

outcome graduation_create (call *self, const graduation_t *in, graduation_t *out)
{
    organisation_t enterprise = { 0 };
    graduation_t made = *in;
    outcome how = catalog_row (self, "graduation_enterprise", graduation_schema (), in, organisation_schema (), &enterprise);
    for (size_t i = 0; i < in->offers.count && how == outcome_done; i++)
        offer_check (self, &in->offers.at [i], call_print (self, "offers[%zu].", i));
    if (self->faults.count)
        return outcome_invalid;
    if (how == outcome_done)
        how = enrol (self, &enterprise);
    if (how != outcome_done)
        return how;
    schema_set_text (graduation_schema (), &made, "enterprise_id", enterprise.id);
    schema_set_text (graduation_schema (), &made, "name", enterprise.name);
    how = call_enter_also (self, "graduation_create", &made, out);
    if (how != outcome_created)
        return how;
    how = draft_offers (self, in, enterprise.id);
    self->made = out->id;
    self->version = out->version;
    return how == outcome_done ? outcome_created : how;
}
