/* hall.c - where workers and operators come in: the sockets of dispatcher and control. */
#include "gateway.h"
#include "stream/stream.h"
#include "../../common/log.h"
#include "../../common/mwp.h"
#include "../../common/text.h"
#include "../../common/wire.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------------ ZeroMQ in the loop */

/* Read until nothing is left: asking for ZMQ_EVENTS costs a system call, so it comes last. */
static void watch_turn (evutil_socket_t fd, short what, void *arg)
{
    (void) fd;
    (void) what;
    watch *self = arg;
    int events = ZMQ_POLLIN;
    size_t size = sizeof events;
    do
        while (self->ready (self->of, self->socket))
            ;
    while (zmq_getsockopt (self->socket, ZMQ_EVENTS, &events, &size) == 0 && events & ZMQ_POLLIN);
}

void watch_start (watch *self, gateway *of, struct event_base *loop, void *socket, bool (*ready) (gateway *, void *))
{
    int fd;
    size_t size = sizeof fd;
    *self = (watch) { .socket = socket, .ready = ready, .of = of };
    zmq_getsockopt (socket, ZMQ_FD, &fd, &size);
    self->event = event_new (loop, fd, EV_READ | EV_PERSIST, watch_turn, self);
    event_add (self->event, NULL);
    watch_again (self);
}

void watch_again (watch *self)
{
    event_active (self->event, EV_READ, 0);
}

void watch_stop (watch *self)
{
    if (self->event)
        event_free (self->event);
    if (self->socket)
        zmq_close (self->socket);
    *self = (watch) { 0 };
}

/* ---------------------------------------------------------------------------------- frames */

enum { FRAMES = 4, MESSAGE_BYTES = WIRE_BYTES + 4096 };

/* One message of at most FRAMES frames; what is longer is read to its end and refused (0). -1: none. */
static int read_frames (void *socket, zmq_msg_t frames [FRAMES])
{
    int count = 0;
    bool more = true, long_one = false;
    while (more) {
        zmq_msg_t extra, *to = count < FRAMES ? &frames [count] : &extra;
        zmq_msg_init (to);
        if (zmq_msg_recv (to, socket, ZMQ_DONTWAIT) < 0)
            return -1;
        more = zmq_msg_more (to);
        if (count < FRAMES)
            count++;
        else {
            long_one = true;
            zmq_msg_close (&extra);
        }
    }
    return long_one ? 0 : count;
}

static void close_frames (zmq_msg_t frames [FRAMES], int count)
{
    for (int i = 0; i < count; i++)
        zmq_msg_close (&frames [i]);
}

/* The command of [peer][MWP1, command][header]([body]); 0: not ours. */
static int command_of (zmq_msg_t frames [FRAMES], int count)
{
    return count >= 3 ? (int) mwp_command_of (&frames [1]) : 0;
}

/* --------------------------------------------------------------------------------- workers */

void hall_act (void *arg, const action *what)
{
    gateway *self = arg;
    exchange *it = exchange_find (self, what->rid);
    if (!it)
        return;
    if (what->kind == ACT_FAIL) {
        exchange_fail (self, it, what->outcome);
        return;
    }
    if (self->sending_count == self->sending_room) {
        self->sending_room = 2 * self->sending_room + 64;
        self->sendings = realloc (self->sendings, self->sending_room * sizeof *self->sendings);
        assert (self->sendings);
    }
    sending *s = &self->sendings [self->sending_count++];
    *s = (sending) { what->rid, { 0 }, what->to->id_size };
    memcpy (s->to, what->to->id, what->to->id_size);
}

/* The numbers that ZeroMQ gives to those who come may be the same at both sockets, so the dispatcher knows a worker by
 * the socket, a byte, and then the number.                                                                          */
static bytes name_of (const gateway *self, const void *socket, zmq_msg_t *peer, uint8_t out [1 + UINT8_MAX])
{
    out [0] = socket == self->dispatch [1].socket;
    memcpy (out + 1, zmq_msg_data (peer), zmq_msg_size (peer));
    return (bytes) { 1 + zmq_msg_size (peer), out };
}

static void send_request (gateway *self, const sending *s)
{
    exchange *it = exchange_find (self, s->rid);
    if (!it) { /* nobody waits any more: the worker's credit comes back at once */
        dispatcher_reply (self->dispatcher, s->to, s->to_size, s->rid, clock_steady_us ());
        return;
    }
    int64_t left = (it->deadline - clock_steady_us ()) / 1000;
    schema_set_int (mwp_request_schema (), &it->header, "budget_ms", left > 0 ? left : 0);
    if (!mwp_send (self->dispatch [s->to [0]].socket, &(bytes) { s->to_size - 1, s->to + 1 }, MWP_REQUEST,
                   mwp_request_schema (), &it->header, &(bytes) { it->body.size, it->body.data }))
        dispatcher_unsent (self->dispatcher, s->to, s->to_size, s->rid);
}

/* Sending may free workers for others, who are then added at the end. */
void hall_flush (gateway *self)
{
    for (size_t i = 0; i < self->sending_count; i++) {
        sending s = self->sendings [i];
        send_request (self, &s);
    }
    if (self->sending_count)
        hall_watch_again (self);
    self->sending_count = 0;
}

static void reply_came (gateway *self, const bytes *peer, zmq_msg_t *header, zmq_msg_t *body, msgpack_zone *zone)
{
    mwp_reply_t reply;
    if (!mwp_read (header, mwp_reply_schema (), &reply, zone)
    ||  !dispatcher_reply (self->dispatcher, peer->at, peer->size, reply.rid, clock_steady_us ()))
        return;
    exchange *it = exchange_find (self, reply.rid);
    if (it && operation_writes (it->op) && (reply.outcome == outcome_done || reply.outcome == outcome_created))
        stream_nudge (self->stream);
    if (it)
        exchange_answer (self, it, &reply, &(bytes) { zmq_msg_size (body), zmq_msg_data (body) });
}

/* Over tcp a worker is what its key is for. */
static bool may_serve (const char *user, const char *service)
{
    bool good = !user || strcmp (user, service) == 0;
    if (!good)
        log_line ("warning", "worker_refused", "key_of=%s says=%s", user, service);
    return good;
}

static bool worker_spoke (gateway *self, void *socket)
{
    zmq_msg_t frames [FRAMES];
    int count = read_frames (socket, frames);
    if (count < 0)
        return false;
    int64_t now = clock_steady_us ();
    msgpack_zone *zone = &self->frame_zone;
    bytes peer = { count ? zmq_msg_size (&frames [0]) : 0, count ? zmq_msg_data (&frames [0]) : NULL };
    uint8_t name [1 + UINT8_MAX];
    bytes who = count ? name_of (self, socket, &frames [0], name) : (bytes) { 0 };
    bool known = true;
    union { mwp_ready_t ready; mwp_credit_t credit; mwp_heartbeat_t beat; } said;
    mwp_welcome_t welcome = { 1, MWP_HEARTBEAT_MS };
    switch (command_of (frames, count)) {
    case MWP_READY:
        if (mwp_read (&frames [2], mwp_ready_schema (), &said.ready, zone)
        &&  may_serve (zmq_msg_gets (&frames [2], "User-Id"), said.ready.service)) {
            dispatcher_ready (self->dispatcher, who.at, who.size, &said.ready, now);
            mwp_send (socket, &peer, MWP_WELCOME, mwp_welcome_schema (), &welcome, NULL);
        }
        break;
    case MWP_CREDIT:
        if (mwp_read (&frames [2], mwp_credit_schema (), &said.credit, zone))
            known = dispatcher_credit (self->dispatcher, who.at, who.size, said.credit.credit, now);
        break;
    case MWP_HEARTBEAT:
        if (mwp_read (&frames [2], mwp_heartbeat_schema (), &said.beat, zone))
            known = dispatcher_heartbeat (self->dispatcher, who.at, who.size, &said.beat, now);
        if (known)
            mwp_send (socket, &peer, MWP_HEARTBEAT, NULL, NULL, NULL);
        break;
    case MWP_REPLY:
        if (count == 4)
            reply_came (self, &who, &frames [2], &frames [3], zone);
        break;
    case MWP_DRAIN:
        dispatcher_drain (self->dispatcher, who.at, who.size);
        mwp_send (socket, &peer, MWP_FENCE, NULL, NULL, NULL);
        break;
    case MWP_BYE:
        dispatcher_bye (self->dispatcher, who.at, who.size);
        break;
    }
    if (!known)
        mwp_send (socket, &peer, MWP_DISCONNECT, NULL, NULL, NULL);
    close_frames (frames, count);
    msgpack_zone_clear (zone);
    return true;
}

/* --------------------------------------------------------------------------------- control */

static const char *copy_text (char *to, size_t room, const char *from)
{
    snprintf (to, room, "%s", from ? from : "");
    return to;
}

/* Who may come to these sockets may act as anybody: the directory of one is closed to others, and the other one opens
 * to the operator's key only.                                                                                        */
static bool operator_spoke (gateway *self, void *socket)
{
    zmq_msg_t frames [FRAMES];
    int count = read_frames (socket, frames);
    if (count < 0)
        return false;
    mwp_request_t asked;
    msgpack_zone zone;
    msgpack_zone_init (&zone, 4096);
    if (command_of (frames, count) == MWP_REQUEST && count == 4
    &&  mwp_read (&frames [2], mwp_request_schema (), &asked, &zone)) {
        const schema *s = mwp_request_schema ();
        const operation *op = operation_find (asked.operation);
        exchange *it = exchange_new (self, op ? op : operation_find ("me_get"), asked.budget_ms * 1000);
        void *peer = malloc (zmq_msg_size (&frames [0]));
        assert (peer);
        it->peer = (bytes) { zmq_msg_size (&frames [0]), memcpy (peer, zmq_msg_data (&frames [0]), zmq_msg_size (&frames [0])) };
        it->peer_rid = asked.rid;
        it->peer_at = socket == self->control [1].socket;
        it->from.roles = (uint32_t) schema_int (s, &asked, "roles", 0);
        copy_text (it->from.account, sizeof it->from.account, schema_text (s, &asked, "account"));
        copy_text (it->from.org, sizeof it->from.org, schema_text (s, &asked, "org"));
        copy_text (it->trace, sizeof it->trace, schema_text (s, &asked, "trace"));
        if (schema_text (s, &asked, "key"))
            schema_set_text (s, &it->header, "key", copy_text (it->key, sizeof it->key, asked.key));
        int64_t given = schema_int (s, &asked, "if_match", -1), at = schema_int (s, &asked, "at", 0);
        if (given >= 0)
            schema_set_int (s, &it->header, "if_match", given);
        if (at)
            schema_set_int (s, &it->header, "at", at);
        msgpack_sbuffer_write (&it->body, zmq_msg_data (&frames [3]), zmq_msg_size (&frames [3]));
        op ? exchange_submit (self, it) : exchange_fail (self, it, outcome_missing);
    }
    close_frames (frames, count);
    msgpack_zone_destroy (&zone);
    return true;
}

void hall_answer_control (gateway *self, exchange *it, const mwp_reply_t *reply, const bytes *body)
{
    mwp_reply_t mine = *reply;
    schema_set_int (mwp_reply_schema (), &mine, "rid", it->peer_rid);
    mwp_send (self->control [it->peer_at].socket, &it->peer, MWP_REPLY, mwp_reply_schema (), &mine, body);
    watch_again (&self->control [it->peer_at]);
}

/* ---------------------------------------------------------------------------------- status */

static void describe (const worker_view *w, mwp_status_t *to, msgpack_zone *zone)
{
    const schema *s = mwp_status_schema ();
    mwp_heartbeat_t beat;
    msgpack_object object;
    faults ignored = { 0 };
    *to = (mwp_status_t) { 0 };
    schema_set_text (s, to, "worker", w->name);
    schema_set_text (s, to, "service", service_names [w->service]);
    schema_set_text (s, to, "build", w->build);
    schema_set_int (s, to, "ready", !w->draining);
    schema_set_int (s, to, "suspect", w->suspect);
    schema_set_int (s, to, "credit", w->credit);
    schema_set_int (s, to, "in_flight", w->in_flight);
    schema_set_int (s, to, "in_hand", w->in_hand);
    schema_set_int (s, to, "oldest_ms", w->oldest_ms);
    schema_set_int (s, to, "seq", w->seq);
    if (w->counts.size && !wire_unpack (w->counts.at, w->counts.size, zone, &object)
    &&  schema_decode (mwp_heartbeat_schema (), &object, &beat, zone, FROM_PEER, NULL, &ignored)) {
        size_t index;
        *(list *) schema_at (schema_field (s, "counts", &index), to) = (list) { beat.counts.count, beat.counts.at };
        schema_mark (to, index);
    }
}

void hall_status (gateway *self, exchange *it)
{
    worker_view *views [256];
    size_t count = dispatcher_workers (self->dispatcher, views), index;
    mwp_status_t *workers = calloc (count + 1, sizeof *workers);
    platform_status_t status = { 0 };
    const schema *s = platform_status_schema ();
    msgpack_zone zone;
    msgpack_sbuffer body;
    assert (workers);
    msgpack_zone_init (&zone, 8192);
    msgpack_sbuffer_init (&body);
    msgpack_packer packer = { &body, msgpack_sbuffer_write };
    unsigned served = 0;
    for (size_t i = 0; i < count; i++) {
        describe (views [i], &workers [i], &zone);
        served |= (unsigned) !views [i]->draining << views [i]->service;
    }
    *(list *) schema_at (schema_field (s, "workers", &index), &status) = (list) { count, workers };
    schema_mark (&status, index);
    schema_field (s, "services", &index);
    schema_mark (&status, index);
    schema_set_int (s, &status, "ready", served == (1u << SERVICE_COUNT) - 1);
    schema_set_int (s, &status, "busy_us", self->busy_us);
    schema_set_int (s, &status, "blocked_us", self->blocked_us);
    schema_set_int (s, &status, "unknown_keys", door_unknown_keys (self->door));
    if (stream_head (self->stream) >= 0)
        schema_set_int (s, &status, "head", stream_head (self->stream));
    schema_encode (s, &status, OWNER, NULL, &packer);
    mwp_reply_t reply = { 0 };
    schema_set_int (mwp_reply_schema (), &reply, "outcome", outcome_done);
    exchange_answer (self, it, &reply, &(bytes) { body.size, body.data });
    msgpack_sbuffer_destroy (&body);
    msgpack_zone_destroy (&zone);
    free (workers);
}

/* ---------------------------------------------------------------------------------- sockets */

static void set_router (void *socket)
{
    zmq_setsockopt (socket, ZMQ_ROUTER_MANDATORY, &(int) { 1 }, sizeof (int));
    zmq_setsockopt (socket, ZMQ_LINGER, &(int) { 200 }, sizeof (int));
}

static void *inside (gateway *self, const char *name)
{
    char endpoint [200];
    void *socket = zmq_socket (zsys_init (), ZMQ_ROUTER);
    snprintf (endpoint, sizeof endpoint, "ipc://%s/%s", self->run, name);
    set_router (socket);
    zmq_setsockopt (socket, ZMQ_MAXMSGSIZE, &(int64_t) { MESSAGE_BYTES }, sizeof (int64_t));
    if (zmq_bind (socket, endpoint) == 0)
        return socket;
    log_line ("error", "endpoint_taken", "endpoint=%s", endpoint);
    zmq_close (socket);
    return NULL;
}

static bool listen_at (gateway *self, watch both [2], const char *name, const char *outside, bool (*ready) (gateway *, void *))
{
    void *sockets [2] = { inside (self, name) };
    if (sockets [0] && outside && (sockets [1] = door_socket (self->door, ZMQ_ROUTER, name, outside, MESSAGE_BYTES)))
        set_router (sockets [1]);
    for (int i = 0; i < 2; i++)
        if (sockets [i])
            watch_start (&both [i], self, self->loop, sockets [i], ready);
    return sockets [0] && (!outside || sockets [1]);
}

/* The names of the sockets in the directory are those of the domains. */
bool hall_open (gateway *self, const char *dispatch, const char *control)
{
    self->dispatcher = dispatcher_new (hall_act, self);
    return listen_at (self, self->dispatch, DOOR_DISPATCH, dispatch, worker_spoke)
        && listen_at (self, self->control, DOOR_CONTROL, control, operator_spoke);
}

void hall_watch_again (gateway *self)
{
    for (int i = 0; i < 2; i++) {
        if (self->dispatch [i].event)
            watch_again (&self->dispatch [i]);
        if (self->control [i].event)
            watch_again (&self->control [i]);
    }
}

void hall_close (gateway *self)
{
    for (int i = 0; i < 2; i++) {
        watch_stop (&self->dispatch [i]);
        watch_stop (&self->control [i]);
    }
    dispatcher_destroy (&self->dispatcher);
    free (self->sendings);
}
