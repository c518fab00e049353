/* member.c - what people may do for an organisation: only what fits its kind. */
#define SERVICE_OPERATIONS "../proto/catalog.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../catalog.h"
#include "member.h"
#include <string.h>

static const uint32_t fitting [] = {
    [org_kind_enterprise] = ADMIN | SUPPLIER | APPLICANT,
    [org_kind_company] = ADMIN | BUYER | APPROVER | FINANCE,
    [org_kind_municipality] = ADMIN | BUYER | APPROVER | FINANCE | POLICY | ALDERMAN | HANDLER,
    [org_kind_partner] = ADMIN | MANAGER | JUROR | HANDLER | FINANCE,
    [org_kind_team] = ADMIN | APPLICANT,
    [org_kind_platform] = ADMIN | MODERATOR | OPERATOR | HANDLER,
};

static texts role_names (call *self, uint32_t roles)
{
    const words *known = role_words ();
    texts names = { 0, call_alloc (self, (size_t) known->count * sizeof *names.at) };
    for (int bit = 0; bit < known->count; bit++)
        if (roles >> bit & 1)
            names.at [names.count++] = known->words [bit].word;
    return names;
}

static bool fits (const char *role, int kind)
{
    int bit = words_find (role_words (), role, strlen (role));
    return bit >= 0 && fitting [kind] >> bit & 1;
}

/* Stores a membership and tells identity. What the version counts is the membership: one person in
 * one organisation.                                                                               */
static outcome member_store (call *self, const char *query, const member_t *wanted, member_t *out)
{
    const schema *shape = member_schema ();
    PGresult *rows = NULL;
    outcome how = outcome_done;
    if (call_run_with (self, query, shape, wanted, &rows, &how) != 1)
        return how == outcome_done ? outcome_missing : how;
    if (!db_row (rows, 0, shape, out, self->zone))
        return outcome_broken;
    const char *membership = PQgetvalue (rows, 0, PQfnumber (rows, "membership"));
    call_emit (self, EVENT_member_changed, "member", membership, out->version, shape, out);
    return outcome_done;
}

static member_t *member_new (call *self, const char *org, const char *account, texts roles)
{
    member_t *member = call_alloc (self, sizeof *member);
    size_t index;
    const field *f = schema_field (member_schema (), "roles", &index);
    schema_set_text (member_schema (), member, "id", org);
    schema_set_text (member_schema (), member, "account_id", account);
    *(texts *) schema_at (f, member) = roles;
    schema_mark (member, index);
    return member;
}

outcome member_begin (call *self, const organisation_t *organisation)
{
    texts roles = role_names (self, fitting [organisation->kind]);
    member_t *first = member_new (self, organisation->id, self->account, roles);
    return member_store (self, "member_first", first, call_alloc (self, sizeof *first));
}

/* An administrator sets what a person may do; no roles at all ends the membership. Roles are replaced
 * as a whole, so who sets them last has it.                                                         */
outcome member_put (call *self, const member_t *in, member_t *out)
{
    organisation_t organisation = { 0 };
    outcome how = catalog_row (self, "member_organisation", member_schema (), in,
                               organisation_schema (), &organisation);
    if (how != outcome_done)
        return how;
    for (size_t i = 0; i < in->roles.count; i++)
        if (!fits (in->roles.at [i], organisation.kind))
            return call_invalid (self, "roles", "must fit the organisation; %s does not",
                                 in->roles.at [i]);
    how = member_store (self, "member_put", in, out);
    self->version = out->version;
    return how;
}
