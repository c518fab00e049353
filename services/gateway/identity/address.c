/* address.c - further e-mail addresses of a person, by which they are compared with others. */
#define SERVICE_OPERATIONS "../proto/gateway.operations.def"
#define HANDLERS_PROTOTYPES_ONLY
#include "../../../common/handlers.h"
#include "../../../common/mail.h"

/* That they changed is told, and not to what. */
static outcome change (call *self, const char *statement, account_address_t *out)
{
    addresses_notice_t *told = call_alloc (self, sizeof *told);
    outcome how = call_fetch (self, statement, out);
    if (how != outcome_done)
        return how;
    schema_set_text (addresses_notice_schema (), told, "id", self->account);
    schema_set_int (addresses_notice_schema (), told, "version", out->changes);
    call_emit (self, EVENT_addresses_changed, "account", self->account, out->changes, addresses_notice_schema (), told);
    return outcome_done;
}

outcome address_add (call *self, const address_entry_t *in, account_address_t *out)
{
    if (!mail_address_fits (in->email))
        return call_invalid (self, "email", "must be an e-mail address");
    return change (self, "address_add", out);
}

outcome address_remove (call *self, const ref_t *in, account_address_t *out)
{
    (void) in;
    return change (self, "address_remove", out);
}
