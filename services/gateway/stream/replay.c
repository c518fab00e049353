/* replay.c - reads the log to whoever asks: subscribers over EVS/1, and the gateway for GET
 * /v1/events. */
#include "replay.h"
#include "../../../common/log.h"
#include "../../../common/wire.h"
#include "page.h"
#include <assert.h>
#include <czmq.h>

enum { BATCH_BYTES = 900000, ROUND = 64, RETRY_MS = 500, QUEUE = 1000 };

struct replay {
    zactor_t *thread;
    char conninfo [1024], inside [300], pages [60];
    void *outside;
};

typedef struct {
    store *store;
    void *inside, *outside;
} work;

/* A question, and where its answer goes. */
typedef struct {
    work *of;
    void *socket;
    zframe_t *peer;
    msgpack_object map;
    const char *user; /* of a peer from outside; NULL inside */
    char audience [EVS_AUDIENCE];
    int64_t rid;
} question;

/* ------------------------------------------------------------------------------ answers */

static void put_key (msgpack_packer *out, const char *key)
{
    pack_text (out, key);
}

static void put_int (msgpack_packer *out, const char *key, int64_t value)
{
    put_key (out, key);
    msgpack_pack_int64 (out, value);
}

static void put_bytes (msgpack_packer *out, const char *key, const void *data, size_t size)
{
    put_key (out, key);
    msgpack_pack_bin_with_body (out, data, size);
}

/* Never waits: a peer that does not read its answers loses them, and asks again. */
static void answer (const question *self, const char *command, const msgpack_sbuffer *map)
{
    int flags = ZMQ_DONTWAIT | ZMQ_SNDMORE;
    if (zmq_send (self->socket, zframe_data (self->peer), zframe_size (self->peer), flags) < 0)
        return;
    zmq_send (self->socket, "EVS1", 4, flags);
    zmq_send (self->socket, command, strlen (command), flags);
    zmq_send (self->socket, map->data, map->size, ZMQ_DONTWAIT);
}

static void refuse (const question *self, const char *code)
{
    msgpack_sbuffer map;
    msgpack_packer out;
    msgpack_sbuffer_init (&map);
    msgpack_packer_init (&out, &map, msgpack_sbuffer_write);
    msgpack_pack_map (&out, 3);
    put_int (&out, "rid", self->rid);
    put_key (&out, "code");
    pack_text (&out, code);
    put_int (&out, "retry_ms", RETRY_MS);
    answer (self, "ERR", &map);
    msgpack_sbuffer_destroy (&map);
}

/* ---------------------------------------------------------------------------- questions */

static const msgpack_object *value_of (const question *self, const char *key,
                                       msgpack_object_type type)
{
    size_t length = strlen (key);
    for (uint32_t i = 0; i < self->map.via.map.size; i++) {
        const msgpack_object_kv *pair = &self->map.via.map.ptr [i];
        if (pair->key.via.str.size == length && memcmp (pair->key.via.str.ptr, key, length) == 0)
            return pair->val.type == type ? &pair->val : NULL;
    }
    return NULL;
}

static int64_t int_of (const question *self, const char *key, int64_t otherwise)
{
    const msgpack_object *value = value_of (self, key, MSGPACK_OBJECT_POSITIVE_INTEGER);
    return value && value->via.u64 <= INT64_MAX ? (int64_t) value->via.u64 : otherwise;
}

static bool read_audience (question *self)
{
    const msgpack_object *name = value_of (self, "audience", MSGPACK_OBJECT_STR);
    if (!name || name->via.str.size >= EVS_AUDIENCE)
        return false;
    memcpy (self->audience, name->via.str.ptr, name->via.str.size);
    self->audience [name->via.str.size] = '\0';
    return evs_is_audience (self->audience);
}

static void welcome (question *self)
{
    store_end end;
    if (!store_head (self->of->store, self->audience, &end)) {
        refuse (self, "BUSY");
        return;
    }
    msgpack_sbuffer map;
    msgpack_packer out;
    msgpack_sbuffer_init (&map);
    msgpack_packer_init (&out, &map, msgpack_sbuffer_write);
    msgpack_pack_map (&out, 5);
    put_int (&out, "rid", self->rid);
    put_bytes (&out, "epoch", end.epoch, EVS_EPOCH);
    put_int (&out, "head", end.tseq);
    put_int (&out, "oldest", end.tseq ? 1 : 0);
    put_int (&out, "max_batch", EVS_FETCH);
    answer (self, "WELCOME", &map);
    msgpack_sbuffer_destroy (&map);
}

/* How many of the rows fit in one batch; at least one, so that there is progress. Nothing is
 * told beyond a hole, which only tampering can make: whoever reads comes to stand before it. */
static int rows_that_fit (const PGresult *rows, int64_t after)
{
    size_t size = 0;
    for (int i = 0; i < PQntuples (rows); i++) {
        size += (size_t) PQgetlength (rows, i, 2) + 64;
        if ((size > BATCH_BYTES && i > 0) || store_int (rows, i, 0) != after + 1 + i)
            return i;
    }
    return PQntuples (rows);
}

static void put_event (msgpack_packer *out, const PGresult *rows, int row, bool all)
{
    msgpack_pack_array (out, all ? 4 : 3);
    msgpack_pack_int64 (out, store_int (rows, row, 0));
    msgpack_pack_int64 (out, all ? store_int (rows, row, 1) : 0);
    msgpack_pack_bin_with_body (out, PQgetvalue (rows, row, 2),
                                (size_t) PQgetlength (rows, row, 2));
    if (all)
        msgpack_pack_bin_with_body (out, PQgetvalue (rows, row, 3),
                                    (size_t) PQgetlength (rows, row, 3));
}

static void batch (const question *self, const PGresult *rows, const store_end *end, int64_t after)
{
    int count = rows_that_fit (rows, after);
    bool all = streq (self->audience, "all");
    int64_t upto = count ? store_int (rows, count - 1, 0) : after;
    msgpack_sbuffer map;
    msgpack_packer out;
    msgpack_sbuffer_init (&map);
    msgpack_packer_init (&out, &map, msgpack_sbuffer_write);
    msgpack_pack_map (&out, 7);
    put_int (&out, "rid", self->rid);
    put_bytes (&out, "epoch", end->epoch, EVS_EPOCH);
    put_int (&out, "after", after);
    put_int (&out, "upto", upto);
    put_int (&out, "head", end->tseq > upto ? end->tseq : upto);
    put_key (&out, "more");
    if (end->tseq > upto)
        msgpack_pack_true (&out);
    else
        msgpack_pack_false (&out);
    put_key (&out, "events");
    msgpack_pack_array (&out, (size_t) count);
    for (int i = 0; i < count; i++)
        put_event (&out, rows, i, all);
    answer (self, "BATCH", &map);
    msgpack_sbuffer_destroy (&map);
}

static bool same_epoch (const question *self, const store_end *end)
{
    const msgpack_object *known = value_of (self, "epoch", MSGPACK_OBJECT_BIN);
    return !known
           || (known->via.bin.size == EVS_EPOCH
               && memcmp (known->via.bin.ptr, end->epoch, EVS_EPOCH) == 0);
}

static void fetch (question *self)
{
    store_end end;
    int64_t after = int_of (self, "after", 0), limit = int_of (self, "limit", EVS_FETCH);
    if (!store_head (self->of->store, self->audience, &end))
        refuse (self, "BUSY");
    else if (!same_epoch (self, &end))
        refuse (self, "EPOCH_CHANGED");
    else if (after > end.tseq)
        refuse (self, "AHEAD");
    else {
        PGresult *rows = store_page (self->of->store, self->audience, after,
                                     limit < 1 || limit > EVS_FETCH ? EVS_FETCH : limit);
        if (rows)
            batch (self, rows, &end, after);
        else
            refuse (self, "BUSY");
        PQclear (rows);
    }
}

static void pong (const question *self)
{
    msgpack_sbuffer map;
    msgpack_packer out;
    msgpack_sbuffer_init (&map);
    msgpack_packer_init (&out, &map, msgpack_sbuffer_write);
    msgpack_pack_map (&out, 1);
    put_int (&out, "rid", self->rid);
    answer (self, "PONG", &map);
    msgpack_sbuffer_destroy (&map);
}

static void obey (question *self, const zframe_t *command)
{
    bool hello = zframe_streq ((zframe_t *) command, "HELLO"), known = hello || zframe_streq ((zframe_t *) command, "FETCH");
    self->rid = int_of (self, "rid", 0);
    if (zframe_streq ((zframe_t *) command, "PING"))
        pong (self);
    else if (!known || !read_audience (self))
        refuse (self, "BAD_REQUEST");
    else if (self->socket == self->of->outside && !door_allows (self->user, self->audience))
        refuse (self, "FORBIDDEN");
    else if (hello)
        welcome (self);
    else
        fetch (self);
}

/* peer | EVS1 | command | map */
static void take_question (work *of, void *socket, zmsg_t *message)
{
    question self = { .of = of, .socket = socket, .peer = zmsg_first (message) };
    zframe_t *magic = zmsg_next (message), *command = zmsg_next (message),
             *map = zmsg_next (message);
    msgpack_zone *zone = msgpack_zone_new (1024);
    assert (zone);
    if (self.peer && map && zmsg_size (message) == 4 && zframe_streq (magic, "EVS1")
        && !wire_unpack (zframe_data (map), zframe_size (map), zone, &self.map)
        && self.map.type == MSGPACK_OBJECT_MAP) {
        self.user = zframe_meta (map, "User-Id");
        obey (&self, command);
    } else if (self.peer)
        refuse (&self, "BAD_REQUEST");
    msgpack_zone_free (zone);
}

/* peer | tag | audience | subjects | after | limit; the answer is peer | tag | event_page, empty when the
 * database is away. It comes from our own gateway (stream.c) only. */
static void take_page (work *self, void *socket, zmsg_t *message)
{
    zframe_t *peer = zmsg_pop (message), *tag = zmsg_pop (message);
    char *audience = zmsg_popstr (message), *subjects = zmsg_popstr (message),
         *after = zmsg_popstr (message), *limit = zmsg_popstr (message);
    assert (peer && tag && audience && subjects && after && limit);
    msgpack_sbuffer page;
    msgpack_packer out;
    msgpack_sbuffer_init (&page);
    msgpack_packer_init (&out, &page, msgpack_sbuffer_write);
    page_write (self->store, audience, subjects, atoll (after), atoll (limit), &out);
    zmq_send (socket, zframe_data (peer), zframe_size (peer), ZMQ_SNDMORE);
    zmq_send (socket, zframe_data (tag), zframe_size (tag), ZMQ_SNDMORE);
    zmq_send (socket, page.data, page.size, 0);
    msgpack_sbuffer_destroy (&page);
    zframe_destroy (&peer);
    zframe_destroy (&tag);
    zstr_free (&audience);
    zstr_free (&subjects);
    zstr_free (&after);
    zstr_free (&limit);
}

/* -------------------------------------------------------------------------------- thread */

typedef void take (work *, void *socket, zmsg_t *);

/* A round of what waits at a socket, then it is another's turn. */
static void serve (work *self, void *socket, take *one)
{
    zmq_pollitem_t item = { .socket = socket, .events = ZMQ_POLLIN };
    for (int i = 0; i < ROUND && zmq_poll (&item, 1, 0) > 0; i++) {
        zmsg_t *message = zmsg_recv (socket);
        if (message)
            one (self, socket, message);
        zmsg_destroy (&message);
    }
}

static zsock_t *router (const char *endpoint)
{
    zsock_t *socket = zsock_new (ZMQ_ROUTER);
    assert (socket);
    zsock_set_linger (socket, 0);
    zsock_set_sndhwm (socket, QUEUE);
    if (zsock_bind (socket, "%s", endpoint) == 0 || strncmp (endpoint, "inproc", 6) == 0)
        return socket;
    log_line ("error", "stream_endpoint", "at=%s errno=%d", endpoint, zmq_errno ());
    exit (1);
}

static void run (zsock_t *pipe, void *argument)
{
    replay *shared = argument;
    zsock_t *inside = router (shared->inside), *pages = router (shared->pages);
    work self = {
        .store = store_new (shared->conninfo, "meerwaarde-replay", 0),
        .inside = zsock_resolve (inside),
        .outside = shared->outside,
    };
    zsock_signal (pipe, 0);
    zmq_pollitem_t items [] = {
        { .socket = zsock_resolve (pipe), .events = ZMQ_POLLIN },
        { .socket = self.inside, .events = ZMQ_POLLIN },
        { .socket = zsock_resolve (pages), .events = ZMQ_POLLIN },
        { .socket = self.outside, .events = ZMQ_POLLIN },
    };
    while (zmq_poll (items, self.outside ? 4 : 3, -1) >= 0 && !items [0].revents) {
        serve (&self, self.inside, take_question);
        serve (&self, zsock_resolve (pages), take_page);
        if (self.outside)
            serve (&self, self.outside, take_question);
    }
    store_destroy (&self.store);
    zsock_destroy (&inside);
    zsock_destroy (&pages);
    if (self.outside)
        zmq_close (self.outside);
}

replay *replay_new (const char *conninfo, const char *directory, void *outside, const char *pages)
{
    replay *self = calloc (1, sizeof *self);
    assert (self);
    snprintf (self->conninfo, sizeof self->conninfo, "%s", conninfo);
    snprintf (self->inside, sizeof self->inside, "ipc://%s/replay", directory);
    snprintf (self->pages, sizeof self->pages, "%s", pages);
    self->outside = outside;
    self->thread = zactor_new (run, self);
    assert (self->thread);
    return self;
}

void replay_destroy (replay **self_p)
{
    if (*self_p) {
        zactor_destroy (&(*self_p)->thread);
        free (*self_p);
        *self_p = NULL;
    }
}
