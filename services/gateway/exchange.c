/* exchange.c - requests under way, by number; each ends exactly once. */
#include "gateway.h"
#include "files/files.h"
#include "../../common/mwp.h"
#include "../../common/text.h"
#include "../../common/wire.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

exchange *exchange_new (gateway *self, const operation *op, int64_t budget_us)
{
    exchange *it = self->spare ? self->spare : malloc (sizeof *it);
    assert (it);
    self->spare = it == self->spare ? it->next : self->spare;
    memset (it, 0, sizeof *it);
    it->rid = ++self->next_rid;
    it->op = op;
    it->began = clock_steady_us ();
    it->deadline = it->began + budget_us;
    msgpack_sbuffer_init (&it->body);
    it->next = self->buckets [it->rid % BUCKETS];
    self->buckets [it->rid % BUCKETS] = it;
    self->exchange_count++;
    return it;
}

exchange *exchange_find (gateway *self, int64_t rid)
{
    exchange *it = self->buckets [(uint64_t) rid % BUCKETS];
    while (it && it->rid != rid)
        it = it->next;
    return it;
}

void exchange_end (gateway *self, exchange **self_p)
{
    exchange *it = *self_p, **at = &self->buckets [it->rid % BUCKETS];
    while (*at != it)
        at = &(*at)->next;
    *at = it->next;
    self->exchange_count--;
    files_forget (self, it);
    msgpack_sbuffer_destroy (&it->body);
    free ((void *) (uintptr_t) it->peer.at);
    free (it->departure);
    free (it->page);
    it->next = self->spare;
    self->spare = it;
    *self_p = NULL;
}

static void answer_me (gateway *self, exchange *it)
{
    me_t me = { 0 };
    const schema *s = me_schema ();
    const caller *who = &it->from;
    texts roles = { 0, (const char *[16]) { 0 } };
    if (*who->account)
        schema_set_text (s, &me, "account_id", who->account);
    if (*who->name)
        schema_set_text (s, &me, "name", who->name);
    if (*who->org)
        schema_set_text (s, &me, "organisation_id", who->org);
    if (*who->org_name)
        schema_set_text (s, &me, "organisation_name", who->org_name);
    if (*who->csrf)
        schema_set_text (s, &me, "csrf_token", who->csrf);
    if (who->support_until)
        schema_set_int (s, &me, "support_until", who->support_until);
    if (who->several)
        schema_set_int (s, &me, "several", true);
    for (int i = 0; i < role_words ()->count; i++)
        if (who->roles >> i & 1)
            roles.at [roles.count++] = role_words ()->words [i].word;
    size_t index;
    *(texts *) schema_at (schema_field (s, "roles", &index), &me) = roles;
    if (*who->account)
        schema_mark (&me, index);
    msgpack_sbuffer body;
    msgpack_sbuffer_init (&body);
    msgpack_packer packer = { &body, msgpack_sbuffer_write };
    schema_encode (s, &me, OWNER, NULL, &packer);
    mwp_reply_t reply = { 0 };
    schema_set_int (mwp_reply_schema (), &reply, "outcome", outcome_done);
    exchange_answer (self, it, &reply, &(bytes) { body.size, body.data });
    msgpack_sbuffer_destroy (&body);
}

/* FNV-1a over eight bytes at a time: equal requests have equal numbers, which is all that is asked of it. */
static uint64_t blend (uint64_t print, const void *at, size_t size)
{
    const char *from = at;
    for (; size; from += size < 8 ? size : 8, size -= size < 8 ? size : 8) {
        uint64_t word = 0;
        memcpy (&word, from, size < 8 ? size : 8);
        print = (print ^ word) * UINT64_C (0x100000001b3);
        print ^= print >> 32;
    }
    return print;
}

/* Whose request it is, for fair shares: the organisation's, else the account's, else nobody's in particular. */
static uint64_t tenant_of (const caller *who)
{
    const char *name = *who->org ? who->org : who->account;
    return *name ? blend (1, name, strlen (name)) : 0;
}

static void dispatch (gateway *self, exchange *it)
{
    uint64_t tenant = tenant_of (&it->from);
    hall_tell (self, &(sight) {
        .kind = SAW_SUBMIT, .rid = it->rid, .op = it->op, .tenant = tenant,
        .print = blend (blend (tenant, it->op->name, strlen (it->op->name)), it->body.data, it->body.size),
        .min_seq = schema_int (mwp_request_schema (), &it->header, "min_seq", 0),
    });
}

void exchange_submit (gateway *self, exchange *it)
{
    const schema *s = mwp_request_schema ();
    schema_set_int (s, &it->header, "rid", it->rid);
    schema_set_text (s, &it->header, "operation", it->op->name);
    if (*it->from.account)
        schema_set_text (s, &it->header, "account", it->from.account);
    if (*it->from.org)
        schema_set_text (s, &it->header, "org", it->from.org);
    schema_set_int (s, &it->header, "roles", it->from.roles);
    if (*it->trace)
        schema_set_text (s, &it->header, "trace", it->trace);
    if (strcmp (it->op->name, "me_get") == 0)
        answer_me (self, it);
    else if (strcmp (it->op->name, "event_list") == 0)
        events_ask (self, it);
    else if (strcmp (it->op->name, "platform_status") == 0)
        hall_status (self, it);
    else if (strcmp (it->op->name, "worker_drain") == 0)
        drain_worker (self, it);
    else if (it->op->verb == VERB_RECEIVE)
        files_receive (self, it);
    else if (it->op->verb == VERB_GIVE)
        files_give (self, it);
    else
        dispatch (self, it);
}

void exchange_abandon (gateway *self, exchange *it)
{
    it->request = NULL;
    if (it->waits_for_caller || (operation_writes (it->op) && !files_is_arriving (it)))
        return; /* goes on, and ends by itself */
    hall_tell (self, &(sight) { .kind = SAW_GONE, .rid = it->rid });
    exchange_end (self, &it);
}

void exchange_fail (gateway *self, exchange *it, int outcome, int reason)
{
    mwp_reply_t reply = { 0 };
    schema_set_int (mwp_reply_schema (), &reply, "rid", it->rid);
    schema_set_int (mwp_reply_schema (), &reply, "outcome", outcome);
    if (reason)
        schema_set_text (mwp_reply_schema (), &reply, "reason", reason_words ()->words [reason].word);
    exchange_answer (self, it, &reply, &(bytes) { 0 });
}

void exchange_answer (gateway *self, exchange *it, const mwp_reply_t *reply, const bytes *body)
{
    if (it->ours)
        it->ours (self, it, reply, body);
    else if (it->peer.size)
        hall_answer_control (self, it, reply, body);
    else
        http_answer (self, it, reply, body);
    exchange_end (self, &it);
}

static bool has_ended (gateway *self, exchange *it, int64_t now)
{
    if (it->waits_for_caller)
        return false;
    if (it->deadline > now)
        return http_let_go (it);
    hall_tell (self, &(sight) { .kind = SAW_GONE, .rid = it->rid });
    exchange_fail (self, it, outcome_unavailable, 0);
    return true;
}

/* An answer may end other exchanges too, so a bucket is looked at again from its start. */
void exchange_expire (gateway *self, int64_t now)
{
    for (size_t i = 0; i < BUCKETS && self->exchange_count; i++)
        for (exchange *it = self->buckets [i]; it;)
            it = has_ended (self, it, now) ? self->buckets [i] : it->next;
}
