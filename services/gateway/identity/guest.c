/* guest.c - purchasing systems, and the guests that they send: known by hashes that pipeline tells of over the stream. */
#define HANDLERS_PROTOTYPES_ONLY
#define SERVICE_OPERATIONS "../proto/gateway.operations.def"
#include "../../../common/handlers.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* Counted before it is looked at, in a transaction of its own, as a login is. */
outcome cxml_sender_find (call *self, const cxml_sender_t *in, bearer_t *out)
{
    PGresult *rows [2];
    (void) in;
    call_queue (self, "cxml_attempt");
    call_queue (self, "quota_forget");
    outcome how = call_exchange (self, 0, rows, 2);
    if (how != outcome_done)
        return how;
    self->retry_ms = strtoll (PQgetvalue (rows [0], 0, 0), NULL, 10);
    if (self->retry_ms)
        return outcome_throttled;
    how = call_fetch (self, "bearer_find", out);
    if (how == outcome_missing)
        return outcome_anonymous;
    if (how == outcome_done)
        call_run (self, "cxml_passed", rows, &how);
    return how;
}

/* The word works once and for some minutes. Whoever comes in is nobody's member: a basket is all that is theirs. */
outcome guest_enter (call *self, const guest_token_t *in, session_t *out)
{
    PGresult *rows;
    outcome how;
    unsigned char raw [32];
    char hash [65];
    guest_token_t with = *in;
    crypto_generichash (raw, sizeof raw, (const unsigned char *) in->token, strlen (in->token), NULL, 0);
    sodium_bin2hex (hash, sizeof hash, raw, sizeof raw);
    schema_set_text (guest_token_schema (), &with, "entry_hash", hash);
    int count = call_run_with (self, "guest_enter", guest_token_schema (), &with, &rows, &how);
    if (count <= 0)
        return count ? how : outcome_missing;
    out->me = call_alloc (self, sizeof *out->me);
    if (!db_row (rows, 0, me_schema (), out->me, self->zone))
        return outcome_broken;
    size_t index;
    self->account = out->me->account_id; /* whose deed the audit records */
    schema_set_text (session_schema (), out, "id", self->id);
    schema_field (session_schema (), "me", &index);
    schema_mark (out, index);
    return outcome_created;
}
