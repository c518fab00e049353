/* gateways.c - the gateways that a worker process knows, and its connection to each. */
#include "gateways.h"
#include "log.h"
#include <assert.h>

enum { PLACES = 16, WELCOME_US = 1500000, LINGER_MS = 500 };

struct gateways {
    const keys       *keys;
    const resolution *resolution;
    void             *names [PLACES]; /* of the list, being looked up; NULL: ipc, which has no name */
    size_t            place_count, count;
    gateway           all [GATEWAYS];
    int               last_number;
    bool              full; /* it was told that there are too many */
};

static bool is_tcp (const char *endpoint)
{
    return strncmp (endpoint, "tcp://", 6) == 0;
}

/* ------------------------------------------------------------------------------- connections */

static void connect_to (gateways *self, gateway *g)
{
    g->dealer = zsock_new (ZMQ_DEALER);
    assert (g->dealer);
    zsock_set_linger (g->dealer, LINGER_MS);
    zsock_set_reconnect_ivl (g->dealer, 20);
    zsock_set_reconnect_ivl_max (g->dealer, 500);
    if (is_tcp (g->endpoint)) {
        zsock_set_ipv6 (g->dealer, 1);
        zsock_set_tcp_keepalive (g->dealer, 1);
        keys_put_on (self->keys, zsock_resolve (g->dealer), g->attempt);
    }
    if (zsock_connect (g->dealer, "%s", g->endpoint) < 0)
        log_line ("error", "gateway_endpoint", "at=%s errno=%d", g->endpoint, zmq_errno ());
    g->number = ++self->last_number;
    g->welcome = g->fenced = false;
    g->asked = g->heard = 0;
}

/* ZeroMQ itself connects again after a network's fault, but not after a handshake that was refused; and when the
 * gateway's key is being replaced it may be the other one's turn. What was to be sent goes: it was for a session
 * that is over.                                                                                               */
static void connect_again (gateways *self, gateway *g)
{
    zsock_set_linger (g->dealer, 0);
    zsock_destroy (&g->dealer);
    g->attempt++;
    connect_to (self, g);
}

static void add (gateways *self, unsigned place, const char *endpoint)
{
    for (size_t i = 0; i < self->count; i++)
        if (strcmp (self->all [i].endpoint, endpoint) == 0)
            return;
    if (self->count == GATEWAYS) {
        if (!self->full)
            log_line ("warning", "gateways_too_many", "most=%d left_out=%s", GATEWAYS, endpoint);
        self->full = true;
        return;
    }
    gateway *g = &self->all [self->count++];
    *g = (gateway) { .place = place };
    snprintf (g->endpoint, sizeof g->endpoint, "%s", endpoint);
    connect_to (self, g);
    if (is_tcp (endpoint))
        log_line ("info", "gateway_found", "at=%s", endpoint);
}

static void let_go (gateways *self, size_t index)
{
    gateway *g = &self->all [index];
    log_line ("info", "gateway_gone", "at=%s", g->endpoint);
    zsock_set_linger (g->dealer, 0);
    zsock_destroy (&g->dealer);
    memmove (g, g + 1, (--self->count - index) * sizeof *g);
}

static bool is_among (const endpoints *found, const char *endpoint)
{
    for (size_t i = 0; i < found->count; i++)
        if (strcmp (found->at [i], endpoint) == 0)
            return true;
    return false;
}

/* One that still talks stays, whatever the name says: it may have been taken out to drain. */
static void follow_name (gateways *self, unsigned place, const endpoints *found)
{
    for (size_t i = self->count; i-- > 0;) {
        const gateway *g = &self->all [i];
        if (g->place == place && !g->welcome && !is_among (found, g->endpoint))
            let_go (self, i);
    }
    for (size_t i = 0; i < found->count; i++)
        add (self, place, found->at [i]);
}

void gateways_look (gateways *self, int64_t now)
{
    endpoints found;
    for (unsigned i = 0; i < self->place_count; i++)
        if (self->names [i] && self->resolution->look (self->names [i], now, &found))
            follow_name (self, i, &found);
    for (size_t i = 0; i < self->count; i++) {
        gateway *g = &self->all [i];
        if (is_tcp (g->endpoint) && g->asked && now - g->asked > WELCOME_US)
            connect_again (self, g);
    }
}

/* ------------------------------------------------------------------------------------ the list */

gateways *gateways_new (const char *list, const keys *keys, const resolution *resolution)
{
    gateways *self = calloc (1, sizeof *self);
    char *texts = strdup (list), *rest;
    assert (self && texts);
    self->keys = keys;
    self->resolution = resolution;
    for (char *at = strtok_r (texts, ",", &rest); at && self->place_count < PLACES; at = strtok_r (NULL, ",", &rest)) {
        if (is_tcp (at))
            self->names [self->place_count] = resolution->open (at);
        else
            add (self, (unsigned) self->place_count, at);
        self->place_count++;
    }
    free (texts);
    return self;
}

void gateways_destroy (gateways **self_p)
{
    gateways *self = *self_p;
    if (!self)
        return;
    for (size_t i = 0; i < self->count; i++)
        zsock_destroy (&self->all [i].dealer);
    for (size_t i = 0; i < self->place_count; i++)
        if (self->names [i])
            self->resolution->close (&self->names [i]);
    free (self);
    *self_p = NULL;
}

size_t gateways_count (const gateways *self)
{
    return self->count;
}

gateway *gateways_at (gateways *self, size_t index)
{
    return &self->all [index];
}

gateway *gateways_find (gateways *self, int number)
{
    for (size_t i = 0; i < self->count; i++)
        if (self->all [i].number == number)
            return &self->all [i];
    return NULL;
}
