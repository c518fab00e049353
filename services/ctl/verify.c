/* verify.c - meerwaarde verify: walks the chain of the log and names the first event that is not
 * as it was. */
#include "../../common/config.h"
#include "../../common/subscriber.h"
#include "../../common/text.h"
#include "../../common/vocabulary.h"
#include "../../common/wire.h"
#include "events.h"
#include "place.h"
#include <assert.h>
#include <czmq.h>
#include <inttypes.h>
#include <libpq-fe.h>

enum { SOUND = 0, TAMPERED = 1, UNSEEN = 2, PATIENCE_MS = 5000 };

typedef struct {
    uint8_t hash [EVS_HASH];
    int64_t from, to; /* what to look at; to 0: up to the end */
    int64_t last;     /* looked at up to here */
} chain;

static int tampered (int64_t seq, const char *what)
{
    printf ("event %" PRId64 ": %s\n", seq, what);
    return TAMPERED;
}

/* The next event of the walk. The one before `from` is only believed, to begin with. */
static int walk (chain *self, int64_t seq, bytes body, const uint8_t *stored)
{
    if (seq != self->last + 1)
        return tampered (self->last + 1, "is missing");
    self->last = seq;
    if (!stored)
        return tampered (seq, "came without its hash");
    if (seq < self->from) {
        memcpy (self->hash, stored, EVS_HASH);
        return SOUND;
    }
    evs_chain (self->hash, seq, body.at, body.size);
    if (memcmp (self->hash, stored, EVS_HASH) != 0)
        return tampered (
            seq, "its hash does not follow from the one before and its body: either was changed");
    return SOUND;
}

static int report (const chain *self)
{
    char hex [2 * EVS_HASH + 1] = "";
    for (size_t i = 0; i < EVS_HASH; i++)
        sprintf (hex + 2 * i, "%02x", self->hash [i]);
    printf ("%" PRId64 " events, %" PRId64 " to %" PRId64 ": the chain holds; it ends in %s\n",
            self->last < self->from ? 0 : self->last - self->from + 1, self->from, self->last, hex);
    return SOUND;
}

/* --------------------------------------------------------------------- over the stream */

static int walk_stream (chain *self, const stream_source *from)
{
    subscriber *s = subscriber_new (from, "all", self->last, NULL);
    int64_t end = 0, start = self->last;
    int how = SOUND;
    bool ended = false;
    while (how == SOUND && !ended) {
        const stream_batch *batch = subscriber_next (s, PATIENCE_MS);
        if (!batch && self->last == start && !end) {
            fprintf (stderr, "verify: no gateway answers at %s\n", from->endpoint ? from->endpoint : from->run);
            how = UNSEEN;
        } else if (!batch)
            how = tampered (self->last + 1, "is missing, or nobody can read it");
        else if (!end)
            end = self->to && self->to < batch->head ? self->to : batch->head;
        for (size_t i = 0; batch && i < batch->count && how == SOUND && self->last < end; i++)
            how = walk (self, batch->items [i].seq, batch->items [i].body, batch->items [i].hash);
        ended = self->last >= end;
    }
    subscriber_destroy (&s);
    return how;
}

/* ------------------------------------------------------------------- in the database itself */

static const msgpack_object *value_of (const msgpack_object *map, const msgpack_object *key)
{
    for (uint32_t i = 0; i < map->via.map.size; i++)
        if (msgpack_object_equal (map->via.map.ptr [i].key, *key))
            return &map->via.map.ptr [i].val;
    return NULL;
}

/* Does the view say nothing that the body does not say? */
static bool is_part (const msgpack_object *view, const msgpack_object *body)
{
    if (view->type != body->type)
        return false;
    if (view->type == MSGPACK_OBJECT_MAP) {
        for (uint32_t i = 0; i < view->via.map.size; i++) {
            const msgpack_object *in_body = value_of (body, &view->via.map.ptr [i].key);
            if (!in_body || !is_part (&view->via.map.ptr [i].val, in_body))
                return false;
        }
        return true;
    }
    if (view->type != MSGPACK_OBJECT_ARRAY)
        return msgpack_object_equal (*view, *body);
    if (view->via.array.size != body->via.array.size)
        return false;
    for (uint32_t i = 0; i < view->via.array.size; i++)
        if (!is_part (&view->via.array.ptr [i], &body->via.array.ptr [i]))
            return false;
    return true;
}

static bytes column (const PGresult *rows, int row, int index)
{
    return (bytes) { (size_t) PQgetlength (rows, row, index), PQgetvalue (rows, row, index) };
}

static bool same (const PGresult *rows, int row, int index, const char *text)
{
    return text && strcmp (PQgetvalue (rows, row, index), text) == 0;
}

/* Columns 2 to 6 of the row (id, type, subject, ver, occurred) and 7 (a view; NULL: none)
 * against the body. */
static int compare (const PGresult *rows, int row)
{
    int64_t seq = evs_get64 (PQgetvalue (rows, row, 0));
    bytes body = column (rows, row, 1), view = column (rows, row, 7);
    msgpack_zone *zone = msgpack_zone_new (8192);
    msgpack_object object, part;
    event_t event = { 0 };
    faults all = { 0 };
    assert (zone);
    int how = SOUND;
    if (wire_unpack (body.at, body.size, zone, &object)
        || !schema_decode (event_schema (), &object, &event, zone, FROM_PEER, NULL, &all))
        how = tampered (seq, "its body cannot be read");
    else if (!same (rows, row, 2, event.id) || !same (rows, row, 3, event.type)
             || !same (rows, row, 4, event.subject)
             || evs_get64 (PQgetvalue (rows, row, 5)) != event.ver
             || evs_get64 (PQgetvalue (rows, row, 6)) != event.time)
        how = tampered (seq, "its columns do not say what its body says");
    else if (!PQgetisnull (rows, row, 7)
             && (wire_unpack (view.at, view.size, zone, &part) || !is_part (&part, &object)))
        how = tampered (seq, "what an audience gets of it is not in its body");
    msgpack_zone_free (zone);
    return how;
}

static PGresult *ask (PGconn *db, const char *sql, int64_t from, int64_t upto)
{
    char first [24], last [24];
    snprintf (first, sizeof first, "%" PRId64, from);
    snprintf (last, sizeof last, "%" PRId64, upto);
    PGresult *rows = PQexecParams (db, sql, 2, NULL, (const char *const []) { first, last }, NULL,
                                   NULL, 1);
    if (PQresultStatus (rows) != PGRES_TUPLES_OK)
        fprintf (stderr, "verify: %s", PQerrorMessage (db));
    return rows;
}

/* A row for each event and audience, the hash once; those of one event follow each other. */
static const char select_log [] =
    "SELECT l.seq, l.body, l.event_id::text, l.type, l.subject, l.ver,"
    " (extract (epoch FROM l.occurred) * 1000000)::bigint, a.view, l.hash"
    " FROM stream.log l LEFT JOIN stream.audience a USING (seq)"
    " WHERE l.seq > $1::bigint AND l.seq <= $2::bigint ORDER BY l.seq";
/* The first event of an audience whose numbers have a gap before it; its own seq counts. */
static const char select_gap [] = "SELECT coalesce (min (seq), 0) FROM (SELECT seq, tseq, "
                                  "row_number () OVER (PARTITION BY name ORDER BY tseq) AS due"
                                  " FROM stream.audience) AS numbered WHERE tseq <> due AND seq > "
                                  "$1::bigint AND seq <= $2::bigint";
static const char select_head [] =
    "SELECT seq, hash FROM stream.head WHERE $1::bigint <= $2::bigint";

/* One query's answer as a number and, perhaps, bytes. */
static bool ask_one (PGconn *db, const char *sql, const chain *self, int64_t *number, uint8_t *hash)
{
    PGresult *rows = ask (db, sql, self->from - 1, INT64_MAX);
    bool good = PQresultStatus (rows) == PGRES_TUPLES_OK && PQntuples (rows) == 1;
    if (good)
        *number = evs_get64 (PQgetvalue (rows, 0, 0));
    if (good && hash && PQgetlength (rows, 0, 1) == EVS_HASH)
        memcpy (hash, PQgetvalue (rows, 0, 1), EVS_HASH);
    PQclear (rows);
    return good;
}

static int walk_rows (chain *self, PGconn *db, int64_t upto)
{
    PGresult *rows = ask (db, select_log, self->last, upto);
    int how = PQresultStatus (rows) == PGRES_TUPLES_OK ? SOUND : UNSEEN;
    for (int i = 0; i < PQntuples (rows) && how == SOUND; i++) {
        bool sized = PQgetlength (rows, i, 8) == EVS_HASH;
        if (evs_get64 (PQgetvalue (rows, i, 0)) != self->last)
            how = walk (self, evs_get64 (PQgetvalue (rows, i, 0)), column (rows, i, 1),
                        sized ? (const uint8_t *) PQgetvalue (rows, i, 8) : NULL);
        if (how == SOUND && self->last >= self->from)
            how = compare (rows, i);
    }
    if (how == SOUND && self->last < upto)
        how = tampered (self->last + 1, "is missing");
    PQclear (rows);
    return how;
}

static int walk_database (chain *self, const char *conninfo)
{
    uint8_t hash [EVS_HASH];
    int64_t head = 0, gap = 0;
    PGconn *db = PQconnectdb (conninfo);
    bool good = PQstatus (db) == CONNECTION_OK;
    if (!good)
        fprintf (stderr, "verify: %s", PQerrorMessage (db));
    good = good && ask_one (db, select_head, self, &head, hash)
           && ask_one (db, select_gap, self, &gap, NULL);
    int64_t end = self->to && self->to < head ? self->to : head;
    int how = good ? SOUND : UNSEEN;
    while (how == SOUND && self->last < end)
        how = walk_rows (self, db, end - self->last > EVS_FETCH ? self->last + EVS_FETCH : end);
    if (how == SOUND && end == head && memcmp (hash, self->hash, EVS_HASH) != 0)
        how = tampered (head, "is not where the head says that the chain ends");
    if (how == SOUND && gap && gap <= end)
        how = tampered (gap, "an audience misses an event before this one");
    PQfinish (db);
    return how;
}

int ctl_verify (int argc, char *argv [])
{
    option options [] = {
        { "run", "var/run", "directory of the ipc sockets", NULL },
        { "db", NULL,
          "look into the database itself, also at columns and audiences, as a role that may read "
          "the log",
          "conninfo" },
        { "from", "1", "number of the first event to look at", "1..9007199254740991" },
        { "to", NULL, "number of the last one; else the newest", "1..9007199254740991" },
    };
    enum { COUNT = sizeof options / sizeof *options };
    const char *rest;
    int status;
    if (!config_read (
            options, COUNT,
            "verify: proves that the log is what was recorded. Ends with 1 when it is not.", argc,
            argv, &rest, &status))
        return status;
    chain self = { .from = config_number (options, COUNT, "from"),
                   .to = config_number (options, COUNT, "to") };
    const char *db = config_text (options, COUNT, "db");
    self.last = self.from > 1 ? self.from - 2 : 0;
    zsys_init ();
    if (db)
        status = walk_database (&self, db);
    else {
        stream_source from = place_stream (config_text (options, COUNT, "run"));
        status = walk_stream (&self, &from);
    }
    return status == SOUND ? report (&self) : status;
}
