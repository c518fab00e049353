/* subscriber.c - the client of EVS/1: an audience's events in order, without gap or repetition. */
#include "subscriber.h"
#include "follow.h"
#include "resolve.h"
#include "text.h"
#include "wire.h"
#include <assert.h>
#include <czmq.h>

enum { QUEUE = 10000, ITEMS = 200 };
static const int64_t patience_us = 3000000; /* silence after which the connections are made anew */
static const int64_t greeting_us = 1500000; /* the same, of connections that never said anything */
static const int64_t answer_us = 1000000;   /* after which a question is asked again */
static const int64_t hole_us = 200000;

struct subscriber {
    stream_source from;
    unsigned attempt;
    bool greeted; /* these connections said something */
    char audience [EVS_AUDIENCE], problem [24];
    uint8_t epoch [EVS_EPOCH];
    bool knows_epoch;
    bool chained, knows_chain; /* the audience has a chain; `chain` is its hash of the last event */
    uint8_t chain [EVS_HASH], hashes [ITEMS][EVS_HASH]; /* those of live items, which come without */
    follow at;
    zsock_t *live, *log;
    int64_t rid, asked_until, heard_at; /* clock_steady_us; asked_until 0: no question is out */
    msgpack_zone *zone;                 /* of a fetched batch */
    zmq_msg_t messages [ITEMS];         /* what the items point into */
    size_t message_count;
    stream_item items [ITEMS];
    stream_batch batch;
};

/* The endpoints for this attempt: another address each time, and after all of them the gateway's other key. */
static unsigned find_gateway (const subscriber *self, char live [ENDPOINT_TEXT], char log [ENDPOINT_TEXT])
{
    endpoints found = { 0 };
    if (!self->from.endpoint) {
        snprintf (live, ENDPOINT_TEXT, "ipc://%s/live", self->from.run);
        snprintf (log, ENDPOINT_TEXT, "ipc://%s/replay", self->from.run);
        return 0;
    }
    resolve_now (self->from.endpoint, &found);
    const char *chosen = found.count ? found.at [self->attempt % found.count] : self->from.endpoint;
    const char *port = strrchr (chosen, ':') + 1;
    snprintf (live, ENDPOINT_TEXT, "%s", chosen);
    snprintf (log, ENDPOINT_TEXT, "%.*s%d", (int) (port - chosen), chosen, atoi (port) + 1);
    return self->attempt / (found.count ? (unsigned) found.count : 1);
}

static zsock_t *open_socket (const subscriber *self, int type, const char *endpoint, unsigned round)
{
    zsock_t *socket = zsock_new (type);
    assert (socket);
    zsock_set_rcvhwm (socket, QUEUE);
    zsock_set_linger (socket, 0);
    if (self->from.endpoint) {
        zsock_set_ipv6 (socket, 1);
        zsock_set_tcp_keepalive (socket, 1);
        keys_put_on (self->from.keys, zsock_resolve (socket), round);
    }
    int rc = zsock_connect (socket, "%s", endpoint);
    assert (rc == 0);
    return socket;
}

/* Live first: what is said after that waits there while the log is read. */
static void open_sockets (subscriber *self)
{
    char topic [EVS_TOPIC], live [ENDPOINT_TEXT], log [ENDPOINT_TEXT];
    unsigned round = find_gateway (self, live, log);
    evs_topic (self->audience, topic);
    zsock_destroy (&self->live);
    zsock_destroy (&self->log);
    self->live = open_socket (self, ZMQ_SUB, live, round);
    zsock_set_subscribe (self->live, topic);
    self->log = open_socket (self, ZMQ_DEALER, log, round);
    self->attempt++;
    self->greeted = false;
    self->at.fetching = true;
    self->asked_until = 0;
    self->heard_at = clock_steady_us ();
}

subscriber *subscriber_new (const stream_source *from, const char *audience, int64_t after,
                            const uint8_t *epoch)
{
    subscriber *self = calloc (1, sizeof *self);
    assert (self && evs_is_audience (audience));
    self->from = *from;
    self->attempt = (unsigned) getpid (); /* so that not all begin with the same gateway */
    snprintf (self->audience, sizeof self->audience, "%s", audience);
    if (epoch)
        memcpy (self->epoch, epoch, EVS_EPOCH);
    self->knows_epoch = epoch;
    self->chained = strcmp (audience, "all") == 0;
    self->knows_chain = after == 0; /* it begins with 32 zeros */
    self->zone = msgpack_zone_new (4096);
    assert (self->zone);
    follow_start (&self->at, after);
    open_sockets (self);
    return self;
}

/* Lets go of what the caller had until now. */
static void release (subscriber *self)
{
    while (self->message_count)
        zmq_msg_close (&self->messages [--self->message_count]);
    msgpack_zone_clear (self->zone);
    self->batch = (stream_batch) { .items = self->items };
}

void subscriber_destroy (subscriber **self_p)
{
    subscriber *self = *self_p;
    if (!self)
        return;
    release (self);
    msgpack_zone_free (self->zone);
    zsock_destroy (&self->live);
    zsock_destroy (&self->log);
    free (self);
    *self_p = NULL;
}

const char *subscriber_problem (const subscriber *self)
{
    return *self->problem ? self->problem : NULL;
}

const uint8_t *subscriber_epoch (const subscriber *self)
{
    return self->knows_epoch ? self->epoch : NULL;
}

/* Numbers of another epoch mean other events: nothing may be applied any more. */
static bool same_epoch (subscriber *self, const void *epoch)
{
    if (!self->knows_epoch)
        memcpy (self->epoch, epoch, EVS_EPOCH);
    self->knows_epoch = true;
    if (memcmp (self->epoch, epoch, EVS_EPOCH) == 0)
        return true;
    strcpy (self->problem, "EPOCH_CHANGED");
    return false;
}

static bool finish (subscriber *self)
{
    self->batch.upto = self->at.last;
    self->batch.head = self->at.head;
    return true;
}

/* --------------------------------------------------------------------------------- the log */

/* Who begins in the middle asks for the event before too, for its hash. */
static int64_t ask_after (const subscriber *self)
{
    return self->at.last - (self->chained && !self->knows_chain);
}

static void ask (subscriber *self)
{
    msgpack_sbuffer map;
    msgpack_packer out;
    msgpack_sbuffer_init (&map);
    msgpack_packer_init (&out, &map, msgpack_sbuffer_write);
    msgpack_pack_map (&out, self->knows_epoch ? 5 : 4);
    pack_text (&out, "rid");
    msgpack_pack_int64 (&out, ++self->rid);
    pack_text (&out, "audience");
    pack_text (&out, self->audience);
    pack_text (&out, "after");
    msgpack_pack_int64 (&out, ask_after (self));
    pack_text (&out, "limit");
    msgpack_pack_int64 (&out, ITEMS);
    if (self->knows_epoch) {
        pack_text (&out, "epoch");
        msgpack_pack_bin_with_body (&out, self->epoch, EVS_EPOCH);
    }
    void *socket = zsock_resolve (self->log);
    if (zmq_send (socket, "EVS1", 4, ZMQ_DONTWAIT | ZMQ_SNDMORE) >= 0) {
        zmq_send (socket, "FETCH", 5, ZMQ_SNDMORE);
        zmq_send (socket, map.data, map.size, 0);
    }
    msgpack_sbuffer_destroy (&map);
    self->asked_until = clock_steady_us () + answer_us;
}

static const msgpack_object *value_of (const msgpack_object *map, const char *key)
{
    static const msgpack_object nothing = { .type = MSGPACK_OBJECT_NIL };
    for (uint32_t i = 0; i < map->via.map.size; i++) {
        const msgpack_object_kv *pair = &map->via.map.ptr [i];
        if (pair->key.via.str.size == strlen (key)
            && memcmp (pair->key.via.str.ptr, key, strlen (key)) == 0)
            return &pair->val;
    }
    return &nothing;
}

static int64_t int_of (const msgpack_object *value)
{
    return value->type == MSGPACK_OBJECT_POSITIVE_INTEGER && value->via.u64 <= INT64_MAX
               ? value->via.i64
               : -1;
}

/* [tseq, seq, view] or [tseq, seq, view, hash] */
static bool read_item (const msgpack_object *from, stream_item *to)
{
    if (from->type != MSGPACK_OBJECT_ARRAY || from->via.array.size < 3
        || from->via.array.ptr [2].type != MSGPACK_OBJECT_BIN)
        return false;
    const msgpack_object *part = from->via.array.ptr;
    bool hashed = from->via.array.size > 3 && part [3].type == MSGPACK_OBJECT_BIN
                  && part [3].via.bin.size == EVS_HASH;
    *to = (stream_item) {
        .tseq = int_of (&part [0]),
        .seq = int_of (&part [1]),
        .body = { part [2].via.bin.size, part [2].via.bin.ptr },
        .hash = hashed ? (const uint8_t *) part [3].via.bin.ptr : NULL,
    };
    return true;
}

static void keep_chain (subscriber *self, const uint8_t *hash)
{
    if (hash)
        memcpy (self->chain, hash, EVS_HASH);
    self->knows_chain = hash;
}

/* The events that are new, without the one before them, of which only the hash was asked for. */
static size_t take_new (subscriber *self, int64_t after, size_t count)
{
    if (after == self->at.last)
        return count;
    keep_chain (self, self->items [0].hash);
    memmove (self->items, self->items + 1, (count - 1) * sizeof *self->items);
    return count - 1;
}

/* True when the batch holds what was asked for, each number in its place. */
static bool take_batch (subscriber *self, const msgpack_object *map)
{
    const msgpack_object *epoch = value_of (map, "epoch"), *events = value_of (map, "events");
    int64_t after = int_of (value_of (map, "after")), upto = int_of (value_of (map, "upto"));
    if (epoch->type != MSGPACK_OBJECT_BIN || epoch->via.bin.size != EVS_EPOCH
        || events->type != MSGPACK_OBJECT_ARRAY || events->via.array.size > ITEMS
        || upto - after != events->via.array.size || after != ask_after (self)
        || !same_epoch (self, epoch->via.bin.ptr))
        return false;
    for (uint32_t i = 0; i < events->via.array.size; i++)
        if (!read_item (&events->via.array.ptr [i], &self->items [i])
            || self->items [i].tseq != after + 1 + i)
            return false;
    int64_t head = int_of (value_of (map, "head"));
    if (upto == after && head > upto) { /* a log with a hole: ask again, but not at once */
        self->asked_until = clock_steady_us () + hole_us;
        return false;
    }
    if (upto < self->at.last) { /* the log does not have what was applied */
        strcpy (self->problem, "AHEAD");
        return false;
    }
    self->batch.count = take_new (self, after, events->via.array.size);
    if (!follow_batch (&self->at, self->at.last, upto, head))
        return false;
    if (self->chained && self->batch.count)
        keep_chain (self, self->items [self->batch.count - 1].hash);
    return finish (self);
}

static void take_error (subscriber *self, const msgpack_object *map)
{
    const msgpack_object *code = value_of (map, "code");
    int64_t retry_ms = int_of (value_of (map, "retry_ms"));
    if (code->type != MSGPACK_OBJECT_STR)
        return;
    if (code->via.str.size == 4 && memcmp (code->via.str.ptr, "BUSY", 4) == 0)
        self->asked_until = clock_steady_us () + (retry_ms > 0 ? retry_ms : 100) * 1000;
    else
        snprintf (self->problem, sizeof self->problem, "%.*s", (int) code->via.str.size,
                  code->via.str.ptr);
}

/* EVS1 | command | map */
static bool read_answer (subscriber *self, zmsg_t *message)
{
    zframe_t *magic = zmsg_first (message), *command = zmsg_next (message),
             *map = zmsg_next (message);
    msgpack_object object;
    zmq_msg_t *kept = &self->messages [0];
    if (!map || !zframe_streq (magic, "EVS1"))
        return false;
    zmq_msg_init_size (kept, zframe_size (map));
    memcpy (zmq_msg_data (kept), zframe_data (map), zframe_size (map));
    self->message_count = 1;
    if (wire_unpack (zmq_msg_data (kept), zmq_msg_size (kept), self->zone, &object)
        || object.type != MSGPACK_OBJECT_MAP || int_of (value_of (&object, "rid")) != self->rid)
        return false;
    if (zframe_streq (command, "ERR"))
        take_error (self, &object);
    bool good = zframe_streq (command, "BATCH") && take_batch (self, &object);
    if (good)
        self->asked_until = 0;
    return good;
}

/* Asks the log, or asks again; true when it answered. Live messages wait in their own queue
 * meanwhile. */
static bool read_log (subscriber *self, int64_t until)
{
    int64_t now = clock_steady_us ();
    if (now >= self->asked_until)
        ask (self);
    int64_t wait = (self->asked_until < until ? self->asked_until : until) - now;
    zmq_pollitem_t item = { .socket = zsock_resolve (self->log), .events = ZMQ_POLLIN };
    if (zmq_poll (&item, 1, wait > 0 ? wait / 1000 + 1 : 0) <= 0)
        return false;
    self->heard_at = clock_steady_us ();
    self->greeted = true;
    zmsg_t *message = zmsg_recv (self->log);
    bool good = message && read_answer (self, message);
    zmsg_destroy (&message);
    if (!good)
        release (self);
    return good;
}

/* -------------------------------------------------------------------------------- live */

/* Live messages carry no hash: it follows from the one before. NULL: of an audience without a chain. */
static const uint8_t *chain_live (subscriber *self, int64_t number, zmq_msg_t *body)
{
    if (!self->chained || !self->knows_chain)
        return NULL;
    evs_chain (self->chain, number, zmq_msg_data (body), zmq_msg_size (body));
    return memcpy (self->hashes [self->batch.count], self->chain, EVS_HASH);
}

/* One live message without waiting: topic | header | epoch | body. False: there is none. */
static bool read_live (subscriber *self)
{
    zmq_msg_t frames [4];
    void *socket = zsock_resolve (self->live);
    int count = 0;
    do {
        zmq_msg_init (&frames [count]);
        if (zmq_msg_recv (&frames [count], socket, ZMQ_DONTWAIT) < 0)
            return false;
        count++;
    } while (count < 4 && zmq_msg_more (&frames [count - 1]));
    self->heard_at = clock_steady_us ();
    self->greeted = true;
    evs_header header = { 0 };
    bool good = count == 4
                && evs_read (zmq_msg_data (&frames [1]), zmq_msg_size (&frames [1]), &header)
                && zmq_msg_size (&frames [2]) == EVS_EPOCH
                && same_epoch (self, zmq_msg_data (&frames [2]));
    if (good && header.kind == EVS_HEARTBEAT)
        follow_heartbeat (&self->at, header.tseq);
    if (good && header.kind == EVS_EVENT && follow_event (&self->at, header.tseq)) {
        zmq_msg_t *kept = &self->messages [self->message_count++];
        zmq_msg_init (kept);
        zmq_msg_move (kept, &frames [3]);
        self->items [self->batch.count] = (stream_item) {
            header.tseq, header.seq, { zmq_msg_size (kept), zmq_msg_data (kept) }, chain_live (self, header.tseq, kept)
        };
        self->batch.count++;
    }
    while (count)
        zmq_msg_close (&frames [--count]);
    return true;
}

/* Takes what is there, up to a gap or a full batch; true when there was something to apply. */
static bool listen_live (subscriber *self, int64_t until)
{
    int64_t wait = (until - clock_steady_us ()) / 1000;
    zmq_pollitem_t item = { .socket = zsock_resolve (self->live), .events = ZMQ_POLLIN };
    if (zmq_poll (&item, 1, wait > 0 ? wait + 1 : 0) <= 0)
        return false;
    while (!self->at.fetching && !*self->problem && self->batch.count < ITEMS && read_live (self))
        ;
    return self->batch.count > 0 && finish (self);
}

const stream_batch *subscriber_next (subscriber *self, int timeout_ms)
{
    int64_t now = clock_steady_us (), until = now + timeout_ms * INT64_C (1000);
    release (self);
    while (!*self->problem) {
        if (now - self->heard_at > (self->greeted ? patience_us : greeting_us))
            open_sockets (self);
        int64_t turn = now + patience_us / 3 < until ? now + patience_us / 3 : until;
        if (self->at.fetching ? read_log (self, turn) : listen_live (self, turn))
            return &self->batch;
        now = clock_steady_us ();
        if (now >= until || zsys_interrupted)
            break;
    }
    return NULL;
}
