/* desk.c - a thread at which files come in and go out; see desk.h. */
#include "desk.h"
#include "spool.h"
#include "../../../common/db.h"
#include "../../../common/log.h"
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const statement statements [] = {
#include "gateway-sql.inc"
};

enum { DEADLINE_US = 30000000, SWEEP_MS = 600000, SWEEP_MOST = 100, TOGETHER = 4 };

/* A file that comes in. */
typedef struct arrival {
    desk_ask         from;
    int              fd;
    int64_t          size;
    file_refusal     why; /* nothing more is kept of it */
    struct arrival  *next;
} arrival;

typedef struct {
    const desk_options *options;
    zsock_t            *pipe;
    db                 *db;
    arrival            *arrivals;
    int64_t             swept;
} desk;

/* ---------------------------------------------------------------------------------- database */

/* What a statement of files can ask for. */
typedef struct {
    const desk_ask *who;
    const char     *file_id, *hash, *name, *media_type;
    int64_t         size, no;
    const uint8_t  *bytes;
    int             byte_count;
    char            digits [4] [24];
} file_values;

static const char *digits (char out [24], int64_t value)
{
    snprintf (out, 24, "%" PRId64, value);
    return out;
}

static const char *value_of (void *from, const char *name, int *size)
{
    file_values *it = from;
    const desk_ask *who = it->who;
    if (strcmp (name, "call_org") == 0)
        return *who->org ? who->org : NULL;
    if (strcmp (name, "call_account") == 0)
        return *who->account ? who->account : NULL;
    if (strcmp (name, "call_roles") == 0)
        return digits (it->digits [0], who->roles);
    if (strcmp (name, "file_id") == 0)
        return it->file_id;
    if (strcmp (name, "file") == 0)
        return it->hash;
    if (strcmp (name, "name") == 0)
        return it->name;
    if (strcmp (name, "media_type") == 0)
        return it->media_type;
    if (strcmp (name, "size") == 0)
        return digits (it->digits [1], it->size);
    if (strcmp (name, "no") == 0)
        return digits (it->digits [2], it->no);
    if (strcmp (name, "most") == 0)
        return digits (it->digits [3], SWEEP_MOST);
    assert (strcmp (name, "bytes") == 0);
    *size = it->byte_count;
    return (const char *) it->bytes;
}

static bool connected (desk *self)
{
    bool fatal;
    if (self->db && db_alive (self->db))
        return true;
    db_destroy (&self->db);
    self->db = db_new (self->options->conninfo, "identity", statements, sizeof statements / sizeof *statements, &fatal);
    return self->db;
}

static void begin (desk *self, file_values *with)
{
    db_queue_text (self->db, "BEGIN");
    db_queue (self->db, "call_enter", value_of, with);
}

static void forget (PGresult *rows [], size_t count)
{
    for (size_t i = 0; i < count; i++)
        PQclear (rows [i]);
}

/* Sends what is queued; only the last result is kept, in *last. */
static db_state exchange (desk *self, PGresult **last)
{
    PGresult *rows [8];
    size_t count = db_queued (self->db);
    db_state how = db_exchange (self->db, rows, 8, clock_steady_us () + DEADLINE_US);
    if (last)
        *last = how == DB_FINE ? rows [count - 1] : NULL;
    forget (rows, count - (last && how == DB_FINE));
    return how;
}

static void finish (desk *self, const char *how)
{
    if (!db_alive (self->db))
        return;
    db_queue_text (self->db, how);
    exchange (self, NULL);
}

/* ------------------------------------------------------------------------------------ answers */

static void say (desk *self, const desk_word *word)
{
    zmq_send (zsock_resolve (self->pipe), word, sizeof *word, 0);
}

static void refuse (desk *self, const arrival *it)
{
    say (self, &(desk_word) { .what = DESK_REFUSED, .rid = it->from.rid, .why = it->why });
}

/* --------------------------------------------------------------------------------- arriving */

static arrival **find (desk *self, int64_t rid)
{
    arrival **at = &self->arrivals;
    while (*at && (*at)->from.rid != rid)
        at = &(*at)->next;
    return at;
}

static void drop (arrival **at)
{
    arrival *it = *at;
    if (!it)
        return;
    *at = it->next;
    if (it->fd >= 0)
        close (it->fd);
    free (it);
}

static void begin_arrival (desk *self, const desk_ask *ask)
{
    arrival *it = calloc (1, sizeof *it);
    assert (it);
    *it = (arrival) { .from = *ask, .fd = spool_new (self->options->directory), .next = self->arrivals };
    self->arrivals = it;
    if (it->fd < 0) {
        log_text ("error", "no_room_for_files", "why", strerror (errno));
        say (self, &(desk_word) { .what = DESK_OUT, .rid = ask->rid });
        drop (&self->arrivals);
    }
}

static void take_piece (desk *self, const desk_ask *ask)
{
    arrival **at = find (self, ask->rid), *it = *at;
    if (!it)
        return;
    bool photo = it->size == 0 && file_begins_as_photo (ask->bytes, (size_t) ask->size);
    if (photo && it->from.size > DESK_PHOTO_BYTES)
        it->why = PHOTO_TOO_LARGE;
    it->size += ask->size;
    if (it->why == FILE_TAKEN && spool_write (it->fd, ask->bytes, (size_t) ask->size)) {
        say (self, &(desk_word) { .what = DESK_TOOK, .rid = ask->rid, .size = ask->size });
        return;
    }
    if (it->why)
        refuse (self, it);
    else
        say (self, &(desk_word) { .what = DESK_OUT, .rid = ask->rid });
    drop (at);
}

/* ----------------------------------------------------------------------------------- keeping */

/* The photo without what it tells, in place of the one that came. */
static bool strip (desk *self, arrival *it, const file_kind *kind, mapping *content)
{
    int fd = spool_new (self->options->directory);
    bool fine = fd >= 0 && photo_strip (kind, content->at, content->size, spool_take, &fd);
    mapping_close (content);
    close (it->fd);
    it->fd = fd;
    return fine && mapping_open (fd, content);
}

static db_state keep_chunks (desk *self, file_values *with, const mapping *content)
{
    db_state how = DB_FINE;
    for (size_t from = 0; from < content->size && how == DB_FINE; with->no++) {
        size_t left = content->size - from;
        with->byte_count = (int) (left < DESK_CHUNK_BYTES ? left : DESK_CHUNK_BYTES);
        with->bytes = content->at + from;
        from += (size_t) with->byte_count;
        db_queue (self->db, "file_chunk_add", value_of, with);
        if (db_queued (self->db) == TOGETHER || from == content->size)
            how = exchange (self, NULL);
    }
    return how;
}

/* One transaction: the row, its chunks unless they are there, and no more than the organisation has room for. */
static desk_outcome keep (desk *self, file_values *with, const mapping *content)
{
    PGresult *rows;
    begin (self, with);
    db_queue (self->db, "file_add", value_of, with);
    db_state how = exchange (self, &rows);
    bool fresh = how == DB_FINE && *PQgetvalue (rows, 0, 0) == 't', room = how == DB_FINE && *PQgetvalue (rows, 0, 1) == 't';
    PQclear (rows);
    if (how == DB_FINE && fresh && room)
        how = keep_chunks (self, with, content);
    bool kept = how == DB_FINE && (room || !fresh);
    finish (self, kept ? "COMMIT" : "ROLLBACK");
    return how != DB_FINE || !db_alive (self->db) ? DESK_OUT : kept ? DESK_KEPT : DESK_FULL;
}

static void keep_arrival (desk *self, arrival *it, const file_kind *kind, const mapping *content)
{
    desk_word word = { .what = DESK_OUT, .rid = it->from.rid, .size = (int64_t) content->size };
    uuid_new (clock_wall_us (), word.file_id);
    mapping_hash (content, word.hash);
    file_name_clean (it->from.name, kind->media_type, word.name);
    snprintf (word.media_type, sizeof word.media_type, "%s", kind->media_type);
    file_values with = { .who = &it->from, .file_id = word.file_id, .hash = word.hash, .name = word.name,
                         .media_type = word.media_type, .size = word.size };
    if (connected (self))
        word.what = keep (self, &with, content);
    say (self, &word);
}

static void end_arrival (desk *self, const desk_ask *ask)
{
    arrival **at = find (self, ask->rid), *it = *at;
    mapping content = { 0 };
    file_kind kind = { 0 };
    if (!it)
        return;
    bool fine = mapping_open (it->fd, &content);
    if (fine)
        it->why = file_check (content.at, content.size, &kind);
    if (fine && it->why == FILE_TAKEN && kind.photo)
        fine = strip (self, it, &kind, &content);
    if (!fine)
        say (self, &(desk_word) { .what = DESK_OUT, .rid = ask->rid });
    else if (it->why)
        refuse (self, it);
    else
        keep_arrival (self, it, &kind, &content);
    mapping_close (&content);
    drop (at);
}

/* -------------------------------------------------------------------------------- giving out */

/* A statement for a caller, by itself; NULL: no database. */
static PGresult *ask_once (desk *self, const char *name, file_values *with)
{
    PGresult *rows = NULL;
    if (!connected (self))
        return NULL;
    begin (self, with);
    db_queue (self->db, name, value_of, with);
    exchange (self, &rows);
    finish (self, rows ? "COMMIT" : "ROLLBACK");
    return rows;
}

static void find_file (desk *self, const desk_ask *ask)
{
    file_values with = { .who = ask, .hash = ask->hash };
    desk_word word = { .what = DESK_OUT, .rid = ask->rid };
    PGresult *rows = ask_once (self, "file_find", &with);
    if (rows && PQntuples (rows) == 0)
        word.what = DESK_MISSING;
    else if (rows) {
        word.what = DESK_FOUND;
        snprintf (word.file_id, sizeof word.file_id, "%s", PQgetvalue (rows, 0, 0));
        snprintf (word.name, sizeof word.name, "%s", PQgetvalue (rows, 0, 1));
        snprintf (word.media_type, sizeof word.media_type, "%s", PQgetvalue (rows, 0, 2));
        snprintf (word.hash, sizeof word.hash, "%s", ask->hash);
        word.size = strtoll (PQgetvalue (rows, 0, 3), NULL, 10);
    }
    PQclear (rows);
    say (self, &word);
}

static void give_chunk (desk *self, const desk_ask *ask)
{
    file_values with = { .who = ask, .file_id = ask->file_id, .no = ask->no };
    desk_word word = { .what = DESK_OUT, .rid = ask->rid };
    PGresult *rows = ask_once (self, "file_chunk_get", &with);
    if (rows && PQntuples (rows)) {
        size_t size;
        unsigned char *bytes = PQunescapeBytea ((const unsigned char *) PQgetvalue (rows, 0, 0), &size);
        word.what = DESK_BYTES;
        word.bytes = malloc (size + 1);
        assert (bytes && word.bytes);
        memcpy (word.bytes, bytes, size);
        word.size = (int64_t) size;
        PQfreemem (bytes);
    }
    PQclear (rows);
    say (self, &word);
}

/* ------------------------------------------------------------------------------------ thread */

static void sweep (desk *self)
{
    static const desk_ask system = { .roles = 1u << 12 }; /* SYSTEM of roles.def */
    file_values with = { .who = &system };
    int64_t now = clock_steady_us ();
    if (!self->options->sweeps || (self->swept && now - self->swept < SWEEP_MS * INT64_C (1000)))
        return;
    self->swept = now;
    PGresult *rows = ask_once (self, "file_sweep", &with);
    if (rows && strcmp (PQgetvalue (rows, 0, 0), "0"))
        log_line ("info", "files_swept", "count=%s", PQgetvalue (rows, 0, 0));
    PQclear (rows);
}

static void obey (desk *self, const desk_ask *ask)
{
    switch (ask->what) {
    case DESK_BEGIN: begin_arrival (self, ask); break;
    case DESK_PIECE: take_piece (self, ask); free (ask->bytes); break;
    case DESK_END:   end_arrival (self, ask); break;
    case DESK_DROP:  drop (find (self, ask->rid)); break;
    case DESK_FIND:  find_file (self, ask); break;
    case DESK_CHUNK: give_chunk (self, ask); break;
    }
}

static void run (zsock_t *pipe, void *args)
{
    desk self = { .options = args, .pipe = pipe };
    desk_ask ask;
    void *socket = zsock_resolve (pipe);
    setpriority (PRIO_PROCESS, 0, 5); /* of this thread: the loop goes before it */
    zsock_signal (pipe, 0);
    for (;;) {
        zmq_pollitem_t item = { socket, 0, ZMQ_POLLIN, 0 };
        zmq_poll (&item, 1, 5000);
        sweep (&self);
        if (!(item.revents & ZMQ_POLLIN))
            continue;
        int size = zmq_recv (socket, &ask, sizeof ask, 0);
        if (size != (int) sizeof ask) /* $TERM, or interrupted */
            break;
        obey (&self, &ask);
    }
    while (self.arrivals)
        drop (&self.arrivals);
    db_destroy (&self.db);
}

zactor_t *desk_new (const desk_options *options)
{
    return zactor_new (run, (void *) (uintptr_t) options);
}
