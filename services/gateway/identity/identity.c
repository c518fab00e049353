/* identity.c - who somebody is: logging in takes argon2id's time, so it has threads of its own. */
#define SERVICE_OPERATIONS "../proto/gateway.operations.def"
#include "../../../common/handlers.h"
#include "identity.h"
#include "../../../common/plain.h"
#include "../../../common/text.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const statement statements [] = {
#include "gateway-sql.inc"
};

static const char *hashed (call *self, const char *password)
{
    char *hash = call_alloc (self, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str (hash, password, strlen (password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                           crypto_pwhash_MEMLIMIT_INTERACTIVE))
        return NULL; /* no memory for it now */
    return hash;
}

outcome account_put (call *self, const account_t *in, account_t *out)
{
    const schema *s = account_schema ();
    account_t with = *in;
    PGresult *rows;
    outcome how;
    if (schema_text (s, in, "password")) {
        const char *hash = hashed (self, in->password);
        if (!hash)
            return outcome_unavailable;
        schema_set_text (s, &with, "password", hash);
    }
    if (call_run_with (self, "account_put", s, &with, &rows, &how) < 0)
        return how;
    return db_row (rows, 0, s, out, self->zone) ? outcome_done : outcome_broken;
}

/* An unknown address costs the same time as a wrong password, so that nobody learns which addresses exist. */
static bool password_fits (const char *hash, const char *password)
{
    static const char nobody [crypto_pwhash_STRBYTES] = "$argon2id$v=19$m=65536,t=2,p=1$bm9ib2R5bm9ib2R5bm9ibw$"
                                  "Zm9yIG5vYm9keSBhdCBhbGwsIG5vdCBldmVuIGZvciB1cw";
    return crypto_pwhash_str_verify (hash ? hash : nobody, password, strlen (password)) == 0 && hash;
}

/* Counts the attempt and looks for the account, in a transaction of its own: so it stays counted when the call
 * is refused, and nobody gets more by asking many times at once. Hashing has not begun.                       */
static outcome attempt_login (call *self, PGresult **found)
{
    PGresult *rows [3];
    call_queue (self, "login_attempt");
    call_queue (self, "account_login");
    call_queue (self, "quota_forget");
    outcome how = call_exchange (self, 0, rows, 3);
    if (how != outcome_done)
        return how;
    *found = rows [1];
    self->retry_ms = strtoll (PQgetvalue (rows [0], 0, 0), NULL, 10);
    return self->retry_ms ? outcome_throttled : outcome_done;
}

outcome session_open (call *self, const credentials_t *in, session_t *out)
{
    PGresult *found, *passed, *added;
    const schema *s = session_schema ();
    outcome how = attempt_login (self, &found);
    if (how != outcome_done)
        return how;
    const char *hash = PQntuples (found) && !PQgetisnull (found, 0, PQfnumber (found, "password"))
                     ? PQgetvalue (found, 0, PQfnumber (found, "password")) : NULL;
    if (!password_fits (hash, in->password))
        return outcome_anonymous;
    out->me = call_alloc (self, sizeof *out->me);
    if (!db_row (found, 0, me_schema (), out->me, self->zone))
        return outcome_broken;
    credentials_t with = *in;
    if (schema_text (me_schema (), out->me, "organisation_id"))
        schema_set_text (credentials_schema (), &with, "organisation_id", out->me->organisation_id);
    self->target = out->me->account_id;
    if (call_run (self, "login_passed", &passed, &how) < 0
    ||  call_run_with (self, "session_add", credentials_schema (), &with, &added, &how) < 0)
        return how;
    self->account = out->me->account_id; /* whose deed the audit records */
    size_t index;
    schema_set_text (s, out, "id", self->id);
    schema_field (s, "me", &index);
    schema_mark (out, index);
    return outcome_created;
}

/* Another token, and so another word against forgery: what a page of before would write, it writes for nobody. */
outcome session_switch (call *self, const session_change_t *in, session_t *out)
{
    PGresult *rows;
    outcome how;
    (void) in;
    int count = call_run (self, "session_switch", &rows, &how);
    if (count <= 0)
        return count ? how : outcome_missing;
    out->me = call_alloc (self, sizeof *out->me);
    if (!db_row (rows, 0, me_schema (), out->me, self->zone))
        return outcome_broken;
    size_t index;
    schema_set_text (session_schema (), out, "id", self->id);
    schema_field (session_schema (), "me", &index);
    schema_mark (out, index);
    return outcome_created;
}

outcome session_close (call *self, const token_ref_t *in, nothing_t *out)
{
    PGresult *rows;
    outcome how;
    (void) in, (void) out;
    return call_run (self, "session_close", &rows, &how) < 0 ? how : outcome_done;
}

/* The user is told by their own notice, whoever else acts for their organisation by the stream. */
outcome support_begin (call *self, const support_request_t *in, support_t *out)
{
    if (!plain_record (self, self->in_schema, in, &self->faults))
        return outcome_invalid; /* its reason is read by the user */
    outcome how = call_fetch (self, "support_whom", out);
    if (how != outcome_done)
        return how;
    if (out->own || out->staff)
        return call_conflict (self, out->own ? support_not_own : support_not_staff);
    how = call_fetch (self, "support_begin", out);
    if (how != outcome_done)
        return how;
    call_emit (self, EVENT_support_begun, "support", self->id, 1, support_schema (), out);
    return outcome_done;
}

outcome support_end (call *self, const token_ref_t *in, nothing_t *out)
{
    PGresult *rows;
    outcome how;
    (void) in, (void) out;
    return call_run (self, "support_end", &rows, &how) < 0 ? how : outcome_done;
}

outcome api_key_create (call *self, const api_key_t *in, api_key_t *out)
{
    PGresult *rows;
    outcome how;
    (void) in;
    if (call_run (self, "api_key_create", &rows, &how) < 0)
        return how;
    return db_row (rows, 0, api_key_schema (), out, self->zone) ? outcome_done : outcome_broken;
}

outcome bearer_find (call *self, const token_ref_t *in, bearer_t *out)
{
    (void) in;
    return call_fetch (self, "bearer_find", out);
}

static bool quota_makes_sense (call *self, const quota_t *in)
{
    const schema *s = quota_schema ();
    bool own = schema_text (s, in, "holder_id"), ends = schema_int (s, in, "valid_until", 0);
    if (own && in->kind != quota_kind_requests && in->kind != quota_kind_file_megabytes)
        call_invalid (self, "holder_id", "only requests and files are counted by holder");
    if (ends && !own)
        call_invalid (self, "valid_until", "the quota of everybody does not end; put a later one instead");
    if (ends && in->valid_until <= schema_int (s, in, "valid_from", self->now))
        call_invalid (self, "valid_until", "must be after it begins");
    return self->faults.count == 0;
}

outcome quota_put (call *self, const quota_t *in, quota_t *out)
{
    PGresult *rows;
    outcome how;
    if (!quota_makes_sense (self, in))
        return outcome_invalid;
    if (call_run (self, "quota_put", &rows, &how) < 0)
        return how;
    return db_row (rows, 0, quota_schema (), out, self->zone) ? outcome_done : outcome_broken;
}

outcome quota_lease (call *self, const quota_debt_t *in, quota_lease_t *out)
{
    (void) in;
    return call_fetch (self, "quota_lease", out);
}

bool identity_mail (const post_args *by, const post_mail *mail, const PGresult *rows, msgpack_zone *zone, text_buffer *out)
{
    int link = PQfnumber (rows, "link"), copy = PQfnumber (rows, "copy_id");
    if (PQgetisnull (rows, 0, link))
        return notice_mail (by, mail, rows, zone, out);
    address_mail_write (by, mail, PQgetvalue (rows, 0, link), PQgetvalue (rows, 0, copy), out);
    return true;
}

const service *identity_service (void)
{
    static const service it = {
        .id = SERVICE_GATEWAY,
        .doc = "who somebody is",
        .handlers = service_handlers,
        .handler_count = sizeof service_handlers / sizeof *service_handlers,
        .statements = statements,
        .statement_count = sizeof statements / sizeof *statements,
    };
    return &it;
}
