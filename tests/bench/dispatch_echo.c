/* dispatch_echo.c - what dispatching costs: an echo through a plain ROUTER and DEALER, and the same through our
 * dispatcher, its frames and its headers.
 *
 *   dispatch_echo plain|ours IN_FLIGHT SECONDS
 *
 * Both ask over ipc, one thread on each side, with the same body and the same number in flight; a line of JSON tells
 * answers a second and microseconds each took. Ours is the gateway's way of a request, without HTTP: a request is
 * submitted, the dispatcher chooses, the header is encoded, the worker decodes it and encodes its reply, and the
 * dispatcher takes that back.                                                                                     */
#define _GNU_SOURCE /* SCHED_BATCH */
#include "../../common/mwp.h"
#include "../../common/text.h"
#include "../../services/gateway/dispatch/dispatcher.h"
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 4096, BODY = 256, FRAMES = 3, WARM_US = 300000 };

typedef struct bench {
    void       *context, *router;
    char        endpoint [80];
    bool        ours;
    dispatcher *dispatcher;
    int64_t     in_flight, most, next_rid;
    int64_t     sent [MOST]; /* when, by rid */
    mwp_request_t header;    /* all but its number is known before a request is submitted */
    histogram   took;
    int64_t     counting_from;
    char        body [BODY];
} bench;

/* -------------------------------------------------------------------------------- the worker */

static void plain_echo (void *socket, zmq_msg_t frames [FRAMES], int count)
{
    for (int i = 0; i < count; i++)
        zmq_msg_send (&frames [i], socket, i + 1 < count ? ZMQ_SNDMORE : 0);
}

static void our_echo (void *socket, zmq_msg_t frames [FRAMES], int count, msgpack_zone *zone)
{
    mwp_request_t asked;
    mwp_reply_t answer = { 0 };
    if (count == 2 && mwp_command_of (&frames [0]) == MWP_REQUEST && mwp_read (&frames [0], mwp_request_schema (), &asked, zone)) {
        schema_set_int (mwp_reply_schema (), &answer, "rid", asked.rid);
        schema_set_int (mwp_reply_schema (), &answer, "outcome", outcome_done);
        schema_set_int (mwp_reply_schema (), &answer, "service_us", 1);
        mwp_send (socket, NULL, MWP_REPLY, mwp_reply_schema (), &answer,
                  &(bytes) { zmq_msg_size (&frames [1]), zmq_msg_data (&frames [1]) });
    }
    mwp_close (frames, count);
    msgpack_zone_clear (zone);
}

static void say_ready (void *socket, int64_t credit)
{
    char hash [33];
    mwp_ready_t ready = { 0 };
    const schema *s = mwp_ready_schema ();
    schema_set_text (s, &ready, "worker", "echo");
    schema_set_text (s, &ready, "service", service_names [SERVICE_CATALOG]);
    schema_set_text (s, &ready, "build", mwp_build);
    schema_set_int (s, &ready, "credit", credit);
    schema_set_text (s, &ready, "operations", mwp_operations_hash (SERVICE_CATALOG, hash));
    mwp_send (socket, NULL, MWP_READY, s, &ready, NULL);
}

static void *worker (void *arg)
{
    bench *self = arg;
    zmq_msg_t frames [FRAMES];
    msgpack_zone zone;
    msgpack_zone_init (&zone, 4096);
    void *socket = zmq_socket (self->context, ZMQ_DEALER);
    zmq_setsockopt (socket, ZMQ_LINGER, &(int) { 0 }, sizeof (int));
    zmq_connect (socket, self->endpoint);
    if (self->ours)
        say_ready (socket, self->most);
    else
        zmq_send (socket, "", 0, 0); /* so that the router knows whom to ask */
    for (int count; (count = mwp_receive (socket, frames, FRAMES, 0)) > 0;)
        self->ours ? our_echo (socket, frames, count, &zone) : plain_echo (socket, frames, count);
    zmq_close (socket);
    msgpack_zone_destroy (&zone);
    return NULL;
}

/* ----------------------------------------------------------------------------------- who asks */

static void came_back (bench *self, int64_t rid)
{
    int64_t now = clock_steady_us ();
    if (now >= self->counting_from)
        histogram_add (&self->took, now - self->sent [rid % MOST]);
    self->in_flight--;
}

static int64_t new_rid (bench *self)
{
    int64_t rid = ++self->next_rid;
    self->sent [rid % MOST] = clock_steady_us ();
    self->in_flight++;
    return rid;
}

static void plain_ask (bench *self, const bytes *to)
{
    while (self->in_flight < self->most) {
        int64_t rid = new_rid (self);
        memcpy (self->body, &rid, sizeof rid);
        zmq_send (self->router, to->at, to->size, ZMQ_SNDMORE);
        zmq_send (self->router, self->body, BODY, 0);
    }
}

static void plain_run (bench *self, int64_t until)
{
    zmq_msg_t frames [FRAMES];
    int count = mwp_receive (self->router, frames, FRAMES, 0);
    uint8_t id [WORKER_ID];
    bytes to = { zmq_msg_size (&frames [0]), id };
    memcpy (id, zmq_msg_data (&frames [0]), to.size);
    mwp_close (frames, count);
    while (clock_steady_us () < until) {
        plain_ask (self, &to);
        zmq_pollitem_t item = { self->router, 0, ZMQ_POLLIN, 0 };
        zmq_poll (&item, 1, -1);
        while ((count = mwp_receive (self->router, frames, FRAMES, ZMQ_DONTWAIT)) > 0) {
            int64_t rid;
            memcpy (&rid, zmq_msg_data (&frames [1]), sizeof rid);
            mwp_close (frames, count);
            came_back (self, rid);
        }
    }
}

static void prepare_header (mwp_request_t *header)
{
    const schema *s = mwp_request_schema ();
    schema_set_text (s, header, "operation", "offer_get");
    schema_set_text (s, header, "account", "0190f2c1-0000-7000-8000-000000000001");
    schema_set_text (s, header, "org", "0190f2c1-0000-7000-8000-000000000002");
    schema_set_int (s, header, "roles", 3);
    schema_set_text (s, header, "trace", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
}

static void send_request (bench *self, const action *what)
{
    const schema *s = mwp_request_schema ();
    schema_set_int (s, &self->header, "rid", what->rid);
    schema_set_int (s, &self->header, "budget_ms", 10000);
    bool sent = mwp_send (self->router, &(bytes) { what->id_size, what->id }, MWP_REQUEST, s, &self->header,
                          &(bytes) { BODY, self->body });
    assert (sent);
}

static void carry_out (bench *self)
{
    for (action what; dispatcher_act (self->dispatcher, &what);) {
        assert (what.kind == ACT_SEND || what.kind == ACT_WELCOME);
        if (what.kind == ACT_SEND)
            send_request (self, &what);
    }
}

static void understand (bench *self, zmq_msg_t frames [FRAMES], int count, msgpack_zone *zone)
{
    sight seen = { .peer = { zmq_msg_size (&frames [0]), zmq_msg_data (&frames [0]) } };
    union { mwp_ready_t ready; mwp_reply_t reply; } said;
    mwp_command command = mwp_command_of (&frames [1]);
    bool replied = command == MWP_REPLY;
    bool fine = mwp_read (&frames [1], replied ? mwp_reply_schema () : mwp_ready_schema (), &said, zone);
    assert (fine && (replied || command == MWP_READY));
    seen.kind = replied ? SAW_REPLY : SAW_READY;
    seen.ready = &said.ready;
    if (replied) {
        seen.rid = said.reply.rid;
        seen.outcome = said.reply.outcome;
        seen.service_us = schema_int (mwp_reply_schema (), &said.reply, "service_us", 0);
    }
    if (dispatcher_step (self->dispatcher, &seen, clock_steady_us ()) && replied)
        came_back (self, seen.rid);
    mwp_close (frames, count);
    msgpack_zone_clear (zone);
}

static void our_run (bench *self, int64_t until)
{
    zmq_msg_t frames [FRAMES];
    msgpack_zone zone;
    const operation *op = operation_find ("offer_get");
    int64_t ticked = 0;
    self->dispatcher = dispatcher_new ();
    prepare_header (&self->header);
    msgpack_zone_init (&zone, 4096);
    for (int64_t now; (now = clock_steady_us ()) < until;) {
        while (self->in_flight < self->most) {
            int64_t rid = new_rid (self);
            dispatcher_step (self->dispatcher, &(sight) { .kind = SAW_SUBMIT, .rid = rid, .op = op, .tenant = 1,
                             .print = (uint64_t) rid }, self->sent [rid % MOST]);
        }
        if (now - ticked > 50000) {
            dispatcher_step (self->dispatcher, &(sight) { .kind = SAW_TICK }, now);
            ticked = now;
        }
        carry_out (self);
        zmq_pollitem_t item = { self->router, 0, ZMQ_POLLIN, 0 };
        zmq_poll (&item, 1, -1);
        for (int count; (count = mwp_receive (self->router, frames, FRAMES, ZMQ_DONTWAIT)) > 0;)
            understand (self, frames, count, &zone);
    }
    msgpack_zone_destroy (&zone);
    dispatcher_destroy (&self->dispatcher);
}

int main (int argc, char *argv [])
{
    bench *self = calloc (1, sizeof *self);
    pthread_t thread;
    assert (self);
    double seconds = argc == 4 ? strtod (argv [3], NULL) : 0;
    self->most = argc == 4 ? strtol (argv [2], NULL, 10) : 0;
    self->ours = argc == 4 && strcmp (argv [1], "ours") == 0;
    if (seconds <= 0 || self->most < 1 || self->most >= MOST || (!self->ours && strcmp (argv [1], "plain"))) {
        fprintf (stderr, "usage: dispatch_echo plain|ours IN_FLIGHT SECONDS\n");
        return 2;
    }
    self->context = zmq_ctx_new ();
    zmq_ctx_set (self->context, ZMQ_THREAD_SCHED_POLICY, SCHED_BATCH); /* as the platform runs it, for both */
    self->router = zmq_socket (self->context, ZMQ_ROUTER);
    zmq_setsockopt (self->router, ZMQ_ROUTER_MANDATORY, &(int) { 1 }, sizeof (int));
    zmq_setsockopt (self->router, ZMQ_LINGER, &(int) { 0 }, sizeof (int));
    snprintf (self->endpoint, sizeof self->endpoint, "ipc:///tmp/dispatch_echo-%d", (int) getpid ());
    if (zmq_bind (self->router, self->endpoint) < 0) {
        fprintf (stderr, "dispatch_echo: cannot bind %s: %s\n", self->endpoint, zmq_strerror (zmq_errno ()));
        return 1;
    }
    self->counting_from = clock_steady_us () + WARM_US;
    pthread_create (&thread, NULL, worker, self);
    (self->ours ? our_run : plain_run) (self, self->counting_from + (int64_t) (seconds * 1e6));
    zmq_ctx_shutdown (self->context);
    pthread_join (thread, NULL);
    printf ("{\"rate\":%.0f,\"p50_us\":%lld,\"p99_us\":%lld}\n", (double) self->took.total / seconds,
            (long long) histogram_part (&self->took, 0.5), (long long) histogram_part (&self->took, 0.99));
    zmq_close (self->router);
    zmq_ctx_term (self->context);
    free (self);
    return 0;
}
