/* organisation.c - registering with a first member, and who decides what on admission. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"
#include "member.h"
#include <string.h>

/* --------------------------------------------------------------------------------- guards */

bool organisation_not_own (const void *thing, const call *now)
{
    (void) now;
    return !((const organisation_t *) thing)->tied;
}

bool organisation_admit_at_once (const void *thing, const call *now)
{
    const organisation_t *self = thing;
    return self->kind != org_kind_enterprise && organisation_not_own (self, now);
}

bool organisation_identity_known (const void *thing, const call *now)
{
    const organisation_t *self = thing;
    return self->kvk_check != kvk_check_not_found && self->kvk_check != kvk_check_ended
           && organisation_not_own (self, now);
}

bool organisation_second_moderator (const void *thing, const call *now)
{
    const organisation_t *self = thing;
    return !self->suspended_by_caller && !self->suspension_confirmed && organisation_not_own (self, now);
}

bool organisation_suspension_is_confirmed (const void *thing, const call *now)
{
    return ((const organisation_t *) thing)->suspension_confirmed && organisation_not_own (thing, now);
}

/* A re-check that was due is due again by itself. */
static bool was_provisional_before (const organisation_t *self)
{
    return self->suspended_from == organisation_state_provisional;
}

bool organisation_was_admitted (const void *thing, const call *now)
{
    return !was_provisional_before (thing) && organisation_not_own (thing, now);
}

bool organisation_was_provisional (const void *thing, const call *now)
{
    return was_provisional_before (thing) && organisation_not_own (thing, now);
}

bool organisation_moment_come (const void *thing, const call *now)
{
    const organisation_t *self = thing;
    return schema_int (organisation_schema (), self, "due_at", INT64_MAX) <= now->now;
}

bool organisation_word_due (const void *thing, const call *now)
{
    const organisation_t *self = thing;
    return self->remind_at && self->remind_at <= now->now;
}

static bool is_over (const organisation_t *self, const call *now)
{
    return !self->suspension_confirmed && organisation_moment_come (self, now);
}

bool organisation_not_confirmed_admitted (const void *thing, const call *now)
{
    return !was_provisional_before (thing) && is_over (thing, now);
}

bool organisation_not_confirmed_provisional (const void *thing, const call *now)
{
    return was_provisional_before (thing) && is_over (thing, now);
}

bool organisation_can_be_prompted (const void *thing, const call *now)
{
    return ((const organisation_t *) thing)->prompt_from <= now->now; /* 0: never was */
}

bool organisation_nothing_open (const void *thing, const call *now)
{
    (void) now;
    return ((const organisation_t *) thing)->settled;
}

bool organisation_is_enterprise (const void *thing, const call *now)
{
    (void) now;
    return ((const organisation_t *) thing)->kind == org_kind_enterprise;
}

/* ---------------------------------------------------------------------------- what it says */

static bool is_https (const char *address)
{
    return !address || strncmp (address, "https://", 8) == 0;
}

/* What no type of a field can say of what an organisation says of itself. */
static outcome check_page (call *self, const organisation_t *in)
{
    if (!is_https (in->website))
        call_invalid (self, "website", "must start with https://");
    if (in->staff_target_group > schema_int (organisation_schema (), in, "staff", INT64_MAX))
        call_invalid (self, "staff_target_group", "must be at most staff");
    for (size_t i = 0; i < in->label_claims.count; i++) {
        const label_t *label = &in->label_claims.at [i];
        if (!is_https (label->evidence_url))
            call_invalid (self, call_print (self, "label_claims[%zu].evidence_url", i), "must start with https://");
        if (label->valid_from && label->valid_until && strcmp (label->valid_from, label->valid_until) > 0)
            call_invalid (self, call_print (self, "label_claims[%zu].valid_until", i), "must not be before valid_from");
    }
    return self->faults.count ? outcome_invalid : outcome_done;
}

/* Any person may register an organisation, but nobody makes themselves the platform. */
outcome organisation_register (call *self, const organisation_t *in, organisation_t *out)
{
    if (!self->account)
        return outcome_anonymous;
    if (in->kind == org_kind_platform && !(self->roles & OPERATOR))
        return call_invalid (self, "kind", "must not be platform");
    outcome how = check_page (self, in);
    if (how == outcome_done)
        how = call_enter (self, out);
    if (how != outcome_created)
        return how;
    outcome then = member_begin (self, out);
    return then == outcome_done ? how : then;
}

outcome organisation_put (call *self, const organisation_t *in, organisation_t *out)
{
    outcome how = check_page (self, in);
    return how == outcome_done ? call_step (self, out) : how;
}

outcome organisation_schedule (call *self, const availability_t *in, organisation_t *out)
{
    if (!in->closed_from != !in->closed_until)
        return call_invalid (self, in->closed_from ? "closed_until" : "closed_from", "is required with the other day");
    if (in->closed_from && strcmp (in->closed_from, in->closed_until) > 0)
        return call_invalid (self, "closed_until", "must not be before closed_from");
    return call_step (self, out);
}

/* ------------------------------------------------------------------------------- decisions */

/* A decision against an organisation names a criterion that is published and in force. */
static outcome decide_against (call *self, organisation_t *out)
{
    PGresult *rows;
    outcome how;
    int found = call_run (self, "criterion_now", &rows, &how);
    if (found < 0)
        return how;
    if (found == 0)
        return call_invalid (self, "criterion", "must be a published criterion that is in force");
    return call_step (self, out);
}

outcome organisation_refuse (call *self, const refusal_t *in, organisation_t *out)
{
    (void) in;
    return decide_against (self, out);
}

outcome organisation_suspend (call *self, const refusal_t *in, organisation_t *out)
{
    (void) in;
    return decide_against (self, out);
}

outcome organisation_remove (call *self, const refusal_t *in, organisation_t *out)
{
    (void) in;
    return decide_against (self, out);
}

outcome organisation_provision (call *self, const provision_t *in, organisation_t *out)
{
    PGresult *rows;
    outcome how;
    int fits = call_run (self, "provision_fits", &rows, &how);
    (void) in;
    if (fits < 0)
        return how;
    if (fits == 0)
        return call_invalid (self, "until", "must be after today, within the term of a provisional admission");
    return call_step (self, out);
}

/* Two registrations of one firm become one. What the step asks of the one that ends comes first, then what is
 * asked of the one that goes on; that neither changes meanwhile, its statement sees to.                      */
outcome organisation_merge (call *self, const merger_t *in, organisation_t *out)
{
    if (!in->into == !in->into_kvk)
        return call_invalid (self, "into", "is required, or into_kvk, and not both");
    PGresult *rows;
    outcome how;
    int found = call_run (self, "merge_target", &rows, &how);
    if (found < 0)
        return how;
    if (found == 0)
        return call_invalid (self, in->into ? "into" : "into_kvk", "must be of an organisation that is registered");
    how = call_step (self, out);
    const char *why = PQgetvalue (rows, 0, 0);
    return how == outcome_done && *why ? call_conflict (self, words_find (reason_words (), why, strlen (why))) : how;
}

outcome kvk_import (call *self, const kvk_page_t *in, import_result_t *out)
{
    PGresult *rows;
    outcome how;
    int changed = call_run (self, "kvk_import", &rows, &how);
    if (changed < 0)
        return how;
    schema_set_int (import_result_schema (), out, "changed", changed);
    schema_set_int (import_result_schema (), out, "same", (int64_t) in->items.count - changed);
    return outcome_done;
}
