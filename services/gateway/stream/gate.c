/* gate.c - the door for subscribers from outside: CURVE only, and the key says what may be
 * heard. */
#include "gate.h"
#include "../../../common/log.h"
#include <assert.h>
#include <czmq.h>
#include <pthread.h>
#include <stdatomic.h>

enum { QUEUE = 10000, MESSAGE_BYTES = 256 * 1024, HANDSHAKE_MS = 5000, Z85_KEY = 41 };
static const char zap [] = "inproc://zeromq.zap.01";
static const char everything [] = "operator";

struct gate {
    void *context;
    zcert_t *server;
    char subscribers [512];
    pthread_t keeper;
    _Atomic int64_t refused;
};

/* What the certificate of that key may hear: an organisation's audience or everything; "" is
 * nothing. */
static void user_of (zcertstore_t *store, const char *key, char user [EVS_AUDIENCE])
{
    zcert_t *cert = zcertstore_lookup (store, key);
    const char *org = cert ? zcert_meta (cert, "organisation") : NULL;
    const char *all = cert ? zcert_meta (cert, "operator") : NULL;
    user [0] = '\0';
    if (all && streq (all, "yes"))
        strcpy (user, everything);
    else if (org)
        snprintf (user, EVS_AUDIENCE, "org/%s", org);
    if (!streq (user, everything) && !evs_is_audience (user))
        user [0] = '\0';
}

/* Answers one question of ZAP (RFC 27): version, request, domain, address, identity, mechanism,
 * key. */
static void judge (gate *self, void *socket, zcertstore_t *store)
{
    zmsg_t *question = zmsg_recv (socket);
    if (!question)
        return;
    zframe_t *frames [7] = { zmsg_first (question) };
    for (int i = 1; i < 7 && frames [i - 1]; i++)
        frames [i] = zmsg_next (question);
    char key [Z85_KEY], user [EVS_AUDIENCE] = "";
    if (frames [6] && zframe_streq (frames [5], "CURVE") && zframe_size (frames [6]) == 32) {
        zmq_z85_encode (key, zframe_data (frames [6]), 32);
        user_of (store, key, user);
    }
    if (!*user)
        atomic_fetch_add (&self->refused, 1);
    zmq_send (socket, "1.0", 3, ZMQ_SNDMORE);
    zmq_send (socket, frames [1] ? zframe_data (frames [1]) : NULL,
              frames [1] ? zframe_size (frames [1]) : 0, ZMQ_SNDMORE);
    zmq_send (socket, *user ? "200" : "400", 3, ZMQ_SNDMORE);
    zmq_send (socket, "", 0, ZMQ_SNDMORE);
    zmq_send (socket, user, strlen (user), ZMQ_SNDMORE);
    zmq_send (socket, "", 0, 0);
    zmsg_destroy (&question);
}

/* Lives until the context is shut down. */
static void *keep (void *argument)
{
    gate *self = argument;
    zcertstore_t *store = zcertstore_new (self->subscribers);
    void *socket = zmq_socket (self->context, ZMQ_REP);
    assert (store && socket);
    int rc = zmq_bind (socket, zap);
    assert (rc == 0);
    zmq_pollitem_t item = { .socket = socket, .events = ZMQ_POLLIN };
    while (zmq_poll (&item, 1, -1) >= 0)
        judge (self, socket, store);
    zmq_close (socket);
    zcertstore_destroy (&store);
    return NULL;
}

gate *gate_new (const char *keys)
{
    zsys_init ();
    char path [512];
    snprintf (path, sizeof path, "%s/stream.key", keys);
    zcert_t *server = zcert_load (path);
    if (!server) {
        log_line ("error", "stream_key", "missing=%s_secret", path);
        return NULL;
    }
    gate *self = calloc (1, sizeof *self);
    assert (self);
    self->server = server;
    snprintf (self->subscribers, sizeof self->subscribers, "%s/subscribers", keys);
    self->context = zmq_ctx_new ();
    assert (self->context);
    int rc = pthread_create (&self->keeper, NULL, keep, self);
    assert (rc == 0);
    return self;
}

void gate_destroy (gate **self_p)
{
    gate *self = *self_p;
    if (!self)
        return;
    zmq_ctx_shutdown (self->context);
    pthread_join (self->keeper, NULL);
    zmq_ctx_term (self->context);
    zcert_destroy (&self->server);
    free (self);
    *self_p = NULL;
}

static void set (void *socket, int option, int value)
{
    int rc = zmq_setsockopt (socket, option, &value, sizeof value);
    assert (rc == 0);
}

void *gate_socket (gate *self, int type, const char *endpoint)
{
    void *socket = zmq_socket (self->context, type);
    assert (socket);
    set (socket, ZMQ_CURVE_SERVER, 1);
    zmq_setsockopt (socket, ZMQ_CURVE_SECRETKEY, zcert_secret_txt (self->server), Z85_KEY);
    zmq_setsockopt (socket, ZMQ_ZAP_DOMAIN, "stream", 6);
    set (socket, ZMQ_LINGER, 0);
    set (socket, ZMQ_SNDHWM, QUEUE);
    set (socket, ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS);
    set (socket, ZMQ_TCP_KEEPALIVE, 1);
    int64_t most = MESSAGE_BYTES;
    zmq_setsockopt (socket, ZMQ_MAXMSGSIZE, &most, sizeof most);
    if (type == ZMQ_XPUB)
        set (socket, ZMQ_XPUB_MANUAL, 1);
    if (zmq_bind (socket, endpoint) == 0)
        return socket;
    log_line ("error", "stream_endpoint", "at=%s errno=%d", endpoint, zmq_errno ());
    zmq_close (socket);
    return NULL;
}

bool gate_allows (const char *user, const char *audience)
{
    return user
           && (strcmp (user, everything) == 0 || strcmp (audience, "public") == 0
               || strcmp (user, audience) == 0);
}

int64_t gate_refused (const gate *self)
{
    return atomic_load (&self->refused);
}
