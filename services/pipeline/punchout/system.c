/* system.c - the purchasing systems of a buyer: a secret that is shown once, of which identity learns a hash. */
#include "../pipeline.h"
#include "../deal/deal.h"
#include "cxml_in.h"
#include <sodium.h>
#include <string.h>

/* Orders come in the name of who connected it, so nobody else lends that name out again. */
bool purchase_system_own (const void *thing, const call *now)
{
    const purchase_system_t *system = thing;
    return now->account && system->account_id && strcmp (system->account_id, now->account) == 0;
}

static void tell_key (call *self, const purchase_system_t *of, const char *hash)
{
    const schema *s = system_key_schema ();
    system_key_t key = { 0 };
    schema_set_text (s, &key, "id", of->id);
    schema_set_text (s, &key, "account_id", of->account_id);
    schema_set_text (s, &key, "organisation_id", of->buyer_id);
    schema_set_text (s, &key, "label", of->label);
    schema_set_int (s, &key, "version", of->version);
    if (hash)
        schema_set_text (s, &key, "token_hash", hash);
    call_emit (self, EVENT_system_key_told, "system_key", of->id, of->version, s, &key);
}

/* Made after the step, and so in no event. */
static void give_secret (call *self, purchase_system_t *out)
{
    unsigned char raw [32];
    char secret [65], hash [65];
    randombytes_buf (raw, sizeof raw);
    sodium_bin2hex (secret, sizeof secret, raw, sizeof raw);
    cxml_key_hash (&(cxml_credential) { out->domain, out->identity, secret }, hash);
    tell_key (self, out, hash);
    schema_set_text (purchase_system_schema (), out, "secret", call_text (self, secret));
}

outcome purchase_system_create (call *self, const purchase_system_t *in, purchase_system_t *out)
{
    const char *why = cxml_address_fault (in->return_url);
    if (why)
        return call_invalid (self, "return_url", "%s", why);
    outcome how = call_enter (self, out);
    if (how == outcome_created)
        give_secret (self, out);
    return how;
}

outcome purchase_system_renew (call *self, const ref_t *in, purchase_system_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        give_secret (self, out);
    return how;
}

outcome purchase_system_end (call *self, const ref_t *in, purchase_system_t *out)
{
    (void) in;
    outcome how = call_step (self, out);
    if (how == outcome_done)
        tell_key (self, out, NULL);
    return how;
}
