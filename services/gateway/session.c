/* session.c - who a token stands for: a short-lived cache, look-ups by the identity service, and what opens and ends it. */
#include "gateway.h"
#include "../../common/text.h"
#include "../../common/wire.h"
#include <assert.h>
#include <netinet/in.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 1024, FRESH_US = 5000000, LOOKUP_US = 5000000 };

/* One slot per hash, the newer pushes the older out; those who wait hang on their own look-up. */
typedef struct {
    caller  who;
    int64_t until;
} cached;

typedef struct session_cache {
    cached slots [SLOTS];
} session_cache;

void session_open_cache (gateway *self)
{
    self->sessions = calloc (1, sizeof (session_cache));
    assert (self->sessions);
}

void session_close_cache (gateway *self)
{
    free (self->sessions);
    self->sessions = NULL;
}

void session_hash (const char *token, char out [65])
{
    unsigned char hash [32];
    crypto_generichash (hash, sizeof hash, (const unsigned char *) token, strlen (token), NULL, 0);
    sodium_bin2hex (out, 65, hash, sizeof hash);
}

/* The CSRF token follows from the session's, so that it needs no keeping. */
void session_csrf (const char *token_hash, char out [65])
{
    static const unsigned char purpose [] = "meerwaarde csrf of a session";
    unsigned char hash [32];
    crypto_generichash (hash, sizeof hash, (const unsigned char *) token_hash, strlen (token_hash), purpose, sizeof purpose - 1);
    sodium_bin2hex (out, 65, hash, sizeof hash);
}

static cached *slot_of (gateway *self, const char *token_hash)
{
    char first [9] = "";
    memcpy (first, token_hash, 8);
    return &self->sessions->slots [strtoul (first, NULL, 16) % SLOTS];
}

static void forget (gateway *self, const char *token_hash)
{
    cached *c = slot_of (self, token_hash);
    if (strcmp (c->who.token_hash, token_hash) == 0)
        c->until = 0;
}

static void copy (char *to, size_t room, const char *from)
{
    snprintf (to, room, "%s", from ? from : "");
}

static caller caller_of (const char *hash, const bearer_t *found)
{
    const schema *s = bearer_schema ();
    caller who = { 0 };
    copy (who.token_hash, sizeof who.token_hash, hash);
    copy (who.session_id, sizeof who.session_id, found->session_id);
    copy (who.account, sizeof who.account, schema_text (s, found, "account_id"));
    copy (who.name, sizeof who.name, schema_text (s, found, "name"));
    copy (who.org, sizeof who.org, schema_text (s, found, "organisation_id"));
    copy (who.org_name, sizeof who.org_name, schema_text (s, found, "organisation_name"));
    who.support_until = schema_int (s, found, "support_until", 0);
    who.several = schema_int (s, found, "several", false);
    session_csrf (hash, who.csrf);
    for (size_t i = 0; i < found->roles.count; i++) {
        int bit = words_find (role_words (), found->roles.at [i], strlen (found->roles.at [i]));
        if (bit >= 0)
            who.roles |= 1u << bit;
    }
    return who;
}

/* An operation that compares people by their addresses: it gets hashes of all that the caller has at this moment. */
static bool wants_ties (const operation *op)
{
    size_t at;
    return schema_field (op->in (), "ties", &at) != NULL;
}

static void add_ties (exchange *it, const msgpack_object *bearer)
{
    for (uint32_t i = 0; i < bearer->via.map.size; i++) {
        const msgpack_object_str *key = &bearer->via.map.ptr [i].key.via.str;
        if (key->size == strlen ("ties") && memcmp (key->ptr, "ties", key->size) == 0)
            http_add_object (it, "ties", &bearer->via.map.ptr [i].val);
        if (key->size == strlen ("ties_version") && memcmp (key->ptr, "ties_version", key->size) == 0)
            http_add_object (it, "ties_version", &bearer->via.map.ptr [i].val);
    }
}

static void session_resolved (gateway *self, exchange *lookup, const mwp_reply_t *reply, const bytes *body)
{
    exchange *it = exchange_find (self, lookup->peer_rid);
    msgpack_zone zone;
    msgpack_object object;
    bearer_t found;
    faults ignored = { 0 };
    if (!it)
        return;
    it->waits_for_caller = false;
    msgpack_zone_init (&zone, 2048);
    bool known = reply->outcome == outcome_done && !wire_unpack (body->at, body->size, &zone, &object)
              && schema_decode (bearer_schema (), &object, &found, &zone, FROM_PEER, NULL, &ignored);
    if (known) {
        cached *c = slot_of (self, lookup->from.token_hash);
        *c = (cached) { caller_of (lookup->from.token_hash, &found), clock_steady_us () + FRESH_US };
        it->from = c->who;
        if (wants_ties (it->op))
            add_ties (it, &object);
    }
    msgpack_zone_destroy (&zone);
    if (known || reply->outcome == outcome_missing || reply->outcome == outcome_anonymous)
        http_go_on (self, it); /* an unknown token is nobody */
    else
        exchange_fail (self, it, reply->outcome == outcome_throttled ? outcome_throttled : outcome_unavailable, 0);
}

/* True: it is known, and the exchange went on. */
static bool known_before (gateway *self, exchange *it, const char *hash)
{
    cached *c = slot_of (self, hash);
    if (strcmp (c->who.token_hash, hash) || c->until <= clock_steady_us () || wants_ties (it->op))
        return false;
    it->from = c->who;
    http_go_on (self, it);
    return true;
}

static exchange *look_up (gateway *self, exchange *it, const char *operation, const char *hash)
{
    exchange *lookup = exchange_new (self, operation_find (operation), LOOKUP_US);
    strcpy (lookup->from.token_hash, hash);
    lookup->from.roles = SYSTEM;
    lookup->ours = session_resolved;
    lookup->peer_rid = it->rid; /* who waits for it */
    it->waits_for_caller = true;
    return lookup;
}

static void pack_pair (msgpack_packer *to, const char *name, const char *value)
{
    pack_text (to, name);
    pack_text (to, value);
}

void session_resolve (gateway *self, exchange *it, const char *token)
{
    char hash [65];
    session_hash (token, hash);
    if (known_before (self, it, hash))
        return;
    exchange *lookup = look_up (self, it, "bearer_find", hash);
    msgpack_packer packer = { &lookup->body, msgpack_sbuffer_write };
    msgpack_pack_map (&packer, 1);
    pack_pair (&packer, "token_hash", hash);
    exchange_submit (self, lookup);
}

void session_resolve_sender (gateway *self, exchange *it, const char *key_hash, const char *holder, const char *address)
{
    if (known_before (self, it, key_hash))
        return;
    exchange *lookup = look_up (self, it, "cxml_sender_find", key_hash);
    msgpack_packer packer = { &lookup->body, msgpack_sbuffer_write };
    msgpack_pack_map (&packer, 2 + !!address);
    pack_pair (&packer, "token_hash", key_hash);
    pack_pair (&packer, "holder", holder);
    if (address)
        pack_pair (&packer, "address", address);
    exchange_submit (self, lookup);
}

/* ------------------------------------------------------------------- what opens and ends it */

static bool is (const exchange *it, const char *operation)
{
    return strcmp (it->op->name, operation) == 0;
}

bool session_opens (const operation *op)
{
    return op->out () == session_schema ();
}

bool session_ends (const exchange *it)
{
    return is (it, "session_close") || is (it, "support_end");
}

bool session_only_reads (const exchange *it)
{
    return it->from.support_until && operation_writes (it->op) && !session_ends (it);
}

void session_login (const gateway *self, exchange *it)
{
    unsigned char raw [32];
    char hash [65], address [INET6_ADDRSTRLEN];
    randombytes_buf (raw, sizeof raw);
    sodium_bin2hex (it->token, sizeof it->token, raw, sizeof raw);
    session_hash (it->token, hash);
    http_add_field (it, "token_hash", hash);
    if (http_address (self, it->request, address))
        http_add_field (it, "address", address);
}

/* A cookie alone may not write: another site could have sent it. */
static bool is_forged (const exchange *it, bool cookie, const char *csrf)
{
    return cookie && *it->from.account && operation_writes (it->op)
        && (!csrf || strlen (csrf) != 64 || sodium_memcmp (csrf, it->from.csrf, 64));
}

static void say_token_only (exchange *it)
{
    msgpack_packer packer = { &it->body, msgpack_sbuffer_write };
    msgpack_sbuffer_clear (&it->body);
    msgpack_pack_map (&packer, 1);
    pack_pair (&packer, "token_hash", it->from.token_hash);
}

void session_prepare (exchange *it, bool cookie, const char *csrf)
{
    bool switches = is (it, "session_switch");
    if ((session_opens (it->op) && !switches) || is_forged (it, cookie, csrf))
        it->from = (caller) { 0 };
    if (switches && *it->from.account)
        http_add_field (it, "old_hash", it->from.token_hash);
    if (session_ends (it))
        say_token_only (it);
    if (is (it, "support_begin"))
        http_add_field (it, "token_hash", it->from.token_hash);
}

void session_answered (gateway *self, const exchange *it)
{
    if (session_ends (it) || is (it, "support_begin") || is (it, "session_switch"))
        forget (self, it->from.token_hash);
}
