/* quota.c - how many requests a caller's organisation may still make: leased from identity, spent here.
 *
 * A lease is a block of what all gateways may let through together in a window of time. Nobody waits for one:
 * what passes meanwhile is owed, and taken off the lease that comes.                                      */
#include "gateway.h"
#include "../../common/log.h"
#include "../../common/text.h"
#include "../../common/wire.h"
#include <assert.h>
#include <event2/http.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    SETS = 512, WAYS = 8, /* an organisation has its place in one of WAYS; the oldest one makes room */
    LOOKUP_US = 5000000,
    OPEN_US = 1000000,    /* for so long nothing is counted when identity does not answer */
    COMPLAIN_US = 60000000,
    SCARCE = 4,           /* who has less than this part of the quota left is told so */
};

typedef struct {
    char    holder [37];
    bool    asking; /* for a lease */
    enum { UNKNOWN, LEASED, OPEN } state; /* no lease of this window yet; one; identity does not answer */
    int64_t ends;   /* of the window, or of that state; clock_steady_us */
    int64_t left;   /* of what was leased; below zero: owed */
    int64_t low;    /* with no more left than this it is time for another lease */
    int64_t rest;   /* LEASED: what no gateway has leased yet */
    int64_t amount, window_ms;
} share;

typedef struct quota_shares {
    share   all [SETS] [WAYS];
    int64_t complained;
} quota_shares;

void quota_open (gateway *self)
{
    self->shares = calloc (1, sizeof (quota_shares));
    assert (self->shares);
}

void quota_close (gateway *self)
{
    free (self->shares);
    self->shares = NULL;
}

/* As :call_caller of a statement. "" for nobody. */
static const char *holder_of (const caller *who)
{
    return *who->org ? who->org : who->account;
}

/* The share of an organisation, or where it would be: in the place whose window ended first. */
static share *share_at (gateway *self, const char *holder)
{
    share *set = self->shares->all [strtoul (holder + 28, NULL, 16) % SETS], *oldest = set;
    for (share *s = set; s < set + WAYS; s++) {
        if (memcmp (s->holder, holder, sizeof s->holder) == 0)
            return s;
        if (s->ends < oldest->ends)
            oldest = s;
    }
    return oldest;
}

static share *share_find (gateway *self, const char *holder)
{
    share *s = *holder ? share_at (self, holder) : NULL;
    return s && strcmp (s->holder, holder) == 0 ? s : NULL;
}

/* ---------------------------------------------------------------------------------- leases */

/* A quota is no reason to serve nobody: without identity, everybody passes for a while. */
static void fail_open (gateway *self, share *s, int64_t now)
{
    s->state = OPEN;
    s->ends = now + OPEN_US;
    if (now - self->shares->complained < COMPLAIN_US && self->shares->complained)
        return;
    self->shares->complained = now;
    log_line ("warning", "quota_uncounted", "holder=%s", s->holder);
}

static void leased (gateway *, exchange *lookup, const mwp_reply_t *, const bytes *body);

/* In the caller's name, as that is who the lease is for. */
static void ask (gateway *self, share *s, const caller *who)
{
    exchange *lookup = exchange_new (self, operation_find ("quota_lease"), LOOKUP_US);
    msgpack_packer packer = { &lookup->body, msgpack_sbuffer_write };
    strcpy (lookup->from.org, who->org);
    strcpy (lookup->from.account, who->account);
    lookup->from.roles = SYSTEM;
    lookup->ours = leased;
    s->asking = true;
    msgpack_pack_map (&packer, 1);
    pack_text (&packer, "owed");
    msgpack_pack_int64 (&packer, s->left < 0 ? -s->left : 0);
    exchange_submit (self, lookup);
}

static void leased (gateway *self, exchange *lookup, const mwp_reply_t *reply, const bytes *body)
{
    share *s = share_find (self, holder_of (&lookup->from));
    msgpack_zone zone;
    msgpack_object object;
    quota_lease_t lease;
    faults ignored = { 0 };
    int64_t now = clock_steady_us ();
    if (!s)
        return;
    s->asking = false;
    msgpack_zone_init (&zone, 512);
    if (reply->outcome == outcome_done && !wire_unpack (body->at, body->size, &zone, &object)
    &&  schema_decode (quota_lease_schema (), &object, &lease, &zone, FROM_GATEWAY, NULL, &ignored)) {
        s->state = LEASED;
        s->left += lease.granted;
        s->low = lease.granted / 2;
        s->rest = lease.rest;
        s->ends = now + lease.reset_ms * 1000;
        s->amount = lease.amount;
        s->window_ms = lease.window_ms;
    } else
        fail_open (self, s, now);
    msgpack_zone_destroy (&zone);
    if (s->state == LEASED && s->left < 0 && s->rest > 0) /* other gateways are to know of the debt now, not at the next request */
        ask (self, s, &lookup->from);
}

/* ------------------------------------------------------------------------------- admission */

/* Not what concerns the own session, so that a page can say who is there and one can log out; nor pages, which
 * are shown without data rather than not at all.                                                            */
static bool is_counted (const exchange *it)
{
    return *holder_of (&it->from) && !it->page && strcmp (it->op->name, "me_get") && strcmp (it->op->name, "session_close");
}

static void refuse (gateway *self, exchange *it, int64_t wait_us)
{
    mwp_reply_t reply = { 0 };
    schema_set_int (mwp_reply_schema (), &reply, "outcome", outcome_throttled);
    schema_set_int (mwp_reply_schema (), &reply, "retry_ms", (wait_us + 999) / 1000);
    exchange_answer (self, it, &reply, &(bytes) { 0 });
}

bool quota_admit (gateway *self, exchange *it)
{
    if (!is_counted (it))
        return true;
    const char *holder = holder_of (&it->from);
    share *s = share_at (self, holder);
    int64_t now = clock_steady_us ();
    if (strcmp (s->holder, holder)) {
        *s = (share) { .ends = now + LOOKUP_US };
        strcpy (s->holder, holder);
    } else if (s->ends <= now && !s->asking) {
        s->state = UNKNOWN;
        s->left = s->low = 0;
    }
    it->scarce = s->state == LEASED && s->rest + s->left <= s->amount / SCARCE;
    bool last = s->state == LEASED && s->rest == 0; /* there will be no other lease in this window */
    if (last && s->left <= 0) {
        refuse (self, it, s->ends - now);
        return false;
    }
    if (s->state != OPEN && --s->left <= s->low && !last && !s->asking)
        ask (self, s, &it->from);
    return true;
}

/* draft-ietf-httpapi-ratelimit-headers. */
void quota_headers (gateway *self, exchange *it)
{
    share *s = it->scarce ? share_find (self, holder_of (&it->from)) : NULL;
    if (!s)
        return;
    char text [80];
    struct evkeyvalq *headers = evhttp_request_get_output_headers (it->request);
    int64_t wait_us = s->ends - clock_steady_us (), left = s->rest + (s->left > 0 ? s->left : 0);
    snprintf (text, sizeof text, "\"requests\";q=%" PRId64 ";w=%" PRId64, s->amount, (s->window_ms + 999) / 1000);
    evhttp_add_header (headers, "RateLimit-Policy", text);
    snprintf (text, sizeof text, "\"requests\";r=%" PRId64 ";t=%" PRId64, left, wait_us > 0 ? wait_us / 1000000 + 1 : 0);
    evhttp_add_header (headers, "RateLimit", text);
}
