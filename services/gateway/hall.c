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
    if (self->event)
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

enum { FRAMES = 3, MESSAGE_BYTES = WIRE_BYTES + 4096 };

/* The command of [peer][head]([body]); 0: not ours. */
static int command_of (zmq_msg_t frames [FRAMES], int count)
{
    return count >= 2 ? (int) mwp_command_of (&frames [1]) : 0;
}

/* --------------------------------------------------------------------------------- workers */

void hall_tell (gateway *self, const sight *seen)
{
    dispatcher_step (self->dispatcher, seen, clock_steady_us ());
}

/* The numbers that ZeroMQ gives to those who come may be the same at both sockets, so the dispatcher knows a worker by
 * the socket, a byte, and then the number.                                                                          */
static bytes name_of (const gateway *self, const void *socket, zmq_msg_t *peer, uint8_t out [1 + UINT8_MAX])
{
    out [0] = socket == self->dispatch [1].socket;
    memcpy (out + 1, zmq_msg_data (peer), zmq_msg_size (peer));
    return (bytes) { 1 + zmq_msg_size (peer), out };
}

static bool send_to (gateway *self, const action *what, mwp_command command, const schema *shape, const void *header, const bytes *body)
{
    return what->id_size && mwp_send (self->dispatch [what->id [0]].socket, &(bytes) { what->id_size - 1, what->id + 1 },
                                      command, shape, header, body);
}

static void send_request (gateway *self, const action *what)
{
    exchange *it = exchange_find (self, what->rid);
    bytes to = { what->id_size, what->id };
    bool sent = false;
    if (it) {
        int64_t left = (it->deadline - clock_steady_us ()) / 1000;
        schema_set_int (mwp_request_schema (), &it->header, "budget_ms", left > 0 ? left : 0);
        sent = send_to (self, what, MWP_REQUEST, mwp_request_schema (), &it->header, &(bytes) { it->body.size, it->body.data });
    }
    if (!sent)
        hall_tell (self, &(sight) { .kind = it ? SAW_UNSENT : SAW_SKIPPED, .peer = to, .rid = what->rid });
}

static void send_cancel (gateway *self, const action *what)
{
    mwp_cancel_t cancel = { 0 };
    schema_set_int (mwp_cancel_schema (), &cancel, "rid", what->rid);
    send_to (self, what, MWP_CANCEL, mwp_cancel_schema (), &cancel, NULL);
}

static void send_welcome (gateway *self, const action *what)
{
    mwp_welcome_t welcome = { 0 };
    schema_set_int (mwp_welcome_schema (), &welcome, "heartbeat_ms", MWP_HEARTBEAT_MS);
    send_to (self, what, MWP_WELCOME, mwp_welcome_schema (), &welcome, NULL);
}

static void carry_out (gateway *self, const action *what)
{
    exchange *it;
    switch (what->kind) {
    case ACT_SEND:       send_request (self, what); break;
    case ACT_CANCEL:     send_cancel (self, what); break;
    case ACT_WELCOME:    send_welcome (self, what); break;
    case ACT_FENCE:      send_to (self, what, MWP_FENCE, NULL, NULL, NULL); break;
    case ACT_DRAIN:      send_to (self, what, MWP_DRAIN, NULL, NULL, NULL); break;
    case ACT_DISCONNECT: send_to (self, what, MWP_DISCONNECT, NULL, NULL, NULL); break;
    case ACT_REFUSE:
        log_line ("error", "worker_refused", "%s", "its service or its build is another one's");
        send_to (self, what, MWP_DISCONNECT, NULL, NULL, NULL);
        break;
    case ACT_FAIL:
        if ((it = exchange_find (self, what->rid)))
            exchange_fail (self, it, what->outcome, what->reason);
        break;
    }
}

/* Doing something may bring more to do, which is added at the end. */
void hall_flush (gateway *self)
{
    action what;
    bool any = false;
    for (; dispatcher_act (self->dispatcher, &what); any = true)
        carry_out (self, &what);
    for (int i = 0; i < 2 && any; i++)
        watch_again (&self->dispatch [i]);
    int64_t wait = dispatcher_wake (self->dispatcher);
    if (wait == INT64_MAX)
        return;
    wait -= clock_steady_us ();
    wait = wait < 1000 ? 1000 : wait;
    event_add (self->wake, &(struct timeval) { wait / 1000000, wait % 1000000 });
}

static void wake (evutil_socket_t fd, short what, void *arg)
{
    (void) fd;
    (void) what;
    hall_tell (arg, &(sight) { .kind = SAW_TICK });
}

typedef union {
    mwp_ready_t     ready;
    mwp_credit_t    credit;
    mwp_heartbeat_t heartbeat;
    mwp_reply_t     reply;
    mwp_reject_t    reject;
} utterance;

/* Over tcp a worker is what its key is for. */
static bool may_serve (const char *user, const char *service)
{
    bool good = !user || strcmp (user, service) == 0;
    if (!good)
        log_line ("warning", "worker_refused", "key_of=%s says=%s", user, service);
    return good;
}

/* What a worker says; false: nothing that it may say. */
static bool understand (gateway *self, zmq_msg_t frames [FRAMES], int count, utterance *said, sight *seen)
{
    static const struct { mwp_command command; int count; sight_kind kind; const schema *(*shape) (void); } words [] = {
        { MWP_READY, 2, SAW_READY, mwp_ready_schema }, { MWP_CREDIT, 2, SAW_CREDIT, mwp_credit_schema },
        { MWP_HEARTBEAT, 2, SAW_HEARTBEAT, mwp_heartbeat_schema }, { MWP_REPLY, 3, SAW_REPLY, mwp_reply_schema },
        { MWP_REJECT, 2, SAW_REJECT, mwp_reject_schema }, { MWP_DRAIN, 2, SAW_DRAIN, nothing_schema },
        { MWP_BYE, 2, SAW_BYE, nothing_schema },
    };
    int command = command_of (frames, count);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if ((int) words [i].command != command || words [i].count != count)
            continue;
        *seen = (sight) { .kind = words [i].kind, .ready = &said->ready, .heartbeat = &said->heartbeat };
        return mwp_read (&frames [1], words [i].shape (), said, &self->frame_zone)
            && (command != MWP_READY || may_serve (zmq_msg_gets (&frames [1], "User-Id"), said->ready.service));
    }
    return false;
}

static bool worker_spoke (gateway *self, void *socket)
{
    zmq_msg_t frames [FRAMES];
    int count = mwp_receive (socket, frames, FRAMES, ZMQ_DONTWAIT);
    if (count < 0)
        return false;
    utterance said;
    sight seen;
    uint8_t name [1 + UINT8_MAX];
    if (understand (self, frames, count, &said, &seen)) {
        seen.peer = name_of (self, socket, &frames [0], name);
        switch (seen.kind) {
        case SAW_CREDIT: seen.credit = said.credit.credit; break;
        case SAW_REPLY:
            seen.rid = said.reply.rid;
            seen.outcome = said.reply.outcome;
            seen.service_us = schema_int (mwp_reply_schema (), &said.reply, "service_us", 0);
            break;
        case SAW_REJECT:
            seen.rid = said.reject.rid;
            seen.reject = said.reject.why;
            break;
        default: break;
        }
        bool counts = dispatcher_step (self->dispatcher, &seen, clock_steady_us ());
        exchange *it = counts && seen.kind == SAW_REPLY ? exchange_find (self, seen.rid) : NULL;
        if (it && operation_writes (it->op) && (seen.outcome == outcome_done || seen.outcome == outcome_created))
            stream_nudge (self->stream);
        if (it)
            exchange_answer (self, it, &said.reply, &(bytes) { zmq_msg_size (&frames [2]), zmq_msg_data (&frames [2]) });
        if (counts && seen.kind == SAW_HEARTBEAT)
            mwp_send (socket, &(bytes) { zmq_msg_size (&frames [0]), zmq_msg_data (&frames [0]) }, MWP_HEARTBEAT, NULL, NULL, NULL);
    }
    mwp_close (frames, count);
    msgpack_zone_clear (&self->frame_zone);
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
    int count = mwp_receive (socket, frames, FRAMES, ZMQ_DONTWAIT);
    if (count < 0)
        return false;
    mwp_request_t asked;
    msgpack_zone zone;
    msgpack_zone_init (&zone, 4096);
    if (command_of (frames, count) == MWP_REQUEST && count == 3
    &&  mwp_read (&frames [1], mwp_request_schema (), &asked, &zone)) {
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
        msgpack_sbuffer_write (&it->body, zmq_msg_data (&frames [2]), zmq_msg_size (&frames [2]));
        op ? exchange_submit (self, it) : exchange_fail (self, it, outcome_missing, 0);
    }
    mwp_close (frames, count);
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

/* What the heartbeat need not say is passed on when it did. */
static void pass_on (const mwp_heartbeat_t *beat, mwp_status_t *to)
{
    static const char *const optional [] = { "seq", "threads", "busy_us" };
    for (size_t i = 0; i < sizeof optional / sizeof *optional; i++) {
        int64_t value = schema_int (mwp_heartbeat_schema (), beat, optional [i], -1);
        if (value >= 0)
            schema_set_int (mwp_status_schema (), to, optional [i], value);
    }
    size_t index;
    *(list *) schema_at (schema_field (mwp_status_schema (), "counts", &index), to) = (list) { beat->counts.count, beat->counts.at };
    schema_mark (to, index);
    if (beat->view)
        schema_set_object (mwp_status_schema (), to, "view", beat->view);
}

static void describe (const worker_view *w, mwp_status_t *to, msgpack_zone *zone)
{
    const schema *s = mwp_status_schema ();
    mwp_heartbeat_t beat = { 0 };
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
    if (w->counts.size && !wire_unpack (w->counts.at, w->counts.size, zone, &object)
    &&  schema_decode (mwp_heartbeat_schema (), &object, &beat, zone, FROM_PEER, NULL, &ignored))
        pass_on (&beat, to);
}

static void describe_service (gateway *self, service_id which, service_status_t *to)
{
    const schema *s = service_status_schema ();
    service_view v;
    dispatcher_service (self->dispatcher, which, &v);
    *to = (service_status_t) { 0 };
    schema_set_text (s, to, "service", service_names [which]);
    schema_set_int (s, to, "workers", (int64_t) v.workers);
    schema_set_int (s, to, "credit", v.credit);
    schema_set_int (s, to, "in_flight", v.in_flight);
    schema_set_int (s, to, "queued", (int64_t) v.queued);
    schema_set_int (s, to, "delay_us", histogram_part (&v.waited, 0.99));
    schema_set_int (s, to, "p50_us", histogram_part (&v.took, 0.5));
    schema_set_int (s, to, "p99_us", histogram_part (&v.took, 0.99));
    schema_set_int (s, to, "submitted", v.submitted);
    schema_set_int (s, to, "answered", v.answered);
    schema_set_int (s, to, "failed", v.failed);
    schema_set_int (s, to, "shed", v.shed);
    schema_set_int (s, to, "cancelled", v.cancelled);
    schema_set_int (s, to, "repeated", v.repeated);
    schema_set_int (s, to, "hedged", v.hedged);
    schema_set_int (s, to, "busy_us", v.busy_us);
}

void hall_describe (gateway *self, platform_status_t *status, msgpack_zone *zone)
{
    worker_view *views [DISPATCHER_WORKERS];
    size_t count = dispatcher_workers (self->dispatcher, views), index;
    mwp_status_t *workers = msgpack_zone_malloc (zone, (count + 1) * sizeof *workers);
    service_status_t *services = msgpack_zone_malloc (zone, SERVICE_COUNT * sizeof *services);
    const schema *s = platform_status_schema ();
    *status = (platform_status_t) { 0 };
    assert (workers && services);
    for (size_t i = 0; i < count; i++)
        describe (views [i], &workers [i], zone);
    int served = 0;
    for (int i = 0; i < SERVICE_COUNT; i++) {
        describe_service (self, (service_id) i, &services [i]);
        served += services [i].workers > 0;
    }
    *(list *) schema_at (schema_field (s, "workers", &index), status) = (list) { count, workers };
    schema_mark (status, index);
    *(list *) schema_at (schema_field (s, "services", &index), status) = (list) { SERVICE_COUNT, services };
    schema_mark (status, index);
    schema_set_int (s, status, "ready", served == SERVICE_COUNT);
    schema_set_int (s, status, "busy_us", self->busy_us);
    schema_set_int (s, status, "blocked_us", self->blocked_us);
    schema_set_int (s, status, "unknown_keys", door_unknown_keys (self->door));
    if (stream_head (self->stream) >= 0)
        schema_set_int (s, status, "head", stream_head (self->stream));
}

void hall_status (gateway *self, exchange *it)
{
    platform_status_t status;
    msgpack_zone zone;
    msgpack_sbuffer body;
    msgpack_zone_init (&zone, 8192);
    msgpack_sbuffer_init (&body);
    msgpack_packer packer = { &body, msgpack_sbuffer_write };
    hall_describe (self, &status, &zone);
    schema_encode (platform_status_schema (), &status, OWNER, NULL, &packer);
    mwp_reply_t reply = { 0 };
    schema_set_int (mwp_reply_schema (), &reply, "outcome", outcome_done);
    exchange_answer (self, it, &reply, &(bytes) { body.size, body.data });
    msgpack_sbuffer_destroy (&body);
    msgpack_zone_destroy (&zone);
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
    self->dispatcher = dispatcher_new ();
    self->wake = event_new (self->loop, -1, 0, wake, self);
    return listen_at (self, self->dispatch, DOOR_DISPATCH, dispatch, worker_spoke)
        && listen_at (self, self->control, DOOR_CONTROL, control, operator_spoke);
}

void hall_watch_again (gateway *self)
{
    for (int i = 0; i < 2; i++) {
        watch_again (&self->dispatch [i]);
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
    event_free (self->wake);
}
