/* cleaner.c - a thread that makes copies of documents for who may not know whose they are, as blob.clean says which. */
#include "clean.h"
#include "spool.h"
#include "../../../common/db.h"
#include "../../../common/log.h"
#include <assert.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const statement statements [] = {
#include "gateway-sql.inc"
};

enum { LOOK_MS = 500, DEADLINE_US = 90000000, CHUNKS_MOST = 1024 };

/* Nobody's: copies are the platform's, and only who may read the record that they belong to may read them. */
static const char nobody [] = "00000000-0000-0000-0000-000000000000";

/* One copy to be made, and what a statement about it can ask for. */
typedef struct {
    char place [80], record [UUID_TEXT], nth [24], source [UUID_TEXT], media_type [101];
    char copy [UUID_TEXT], hash [65], name [FILE_NAME_ROOM], size [24], no [24];
    const char    *org, *roles;
    const uint8_t *bytes;
    int            byte_count;
} wanted;

typedef struct {
    const desk_options *options;
    db                 *db;
} cleaner;

static const char *value_of (void *from, const char *name, int *size)
{
    wanted *it = from;
    const struct { const char *name, *value; } texts [] = {
        { "call_org", it->org }, { "call_account", NULL }, { "call_roles", it->roles },
        { "place", it->place }, { "record", it->record }, { "nth", it->nth }, { "source_id", it->source },
        { "file_id", *it->copy ? it->copy : NULL }, { "file", it->hash }, { "name", it->name }, { "media_type", it->media_type },
        { "size", it->size }, { "no", it->no },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp (texts [i].name, name) == 0)
            return texts [i].value;
    assert (strcmp (name, "bytes") == 0);
    *size = it->byte_count;
    return (const char *) it->bytes;
}

/* Runs what is queued; the last result, or NULL. */
static PGresult *exchange (cleaner *self)
{
    PGresult *rows [4];
    size_t count = db_queued (self->db);
    bool fine = db_exchange (self->db, rows, 4, clock_steady_us () + DEADLINE_US) == DB_FINE;
    for (size_t i = 0; fine && i + 1 < count; i++)
        PQclear (rows [i]);
    return fine ? rows [count - 1] : NULL;
}

static PGresult *ask (cleaner *self, const char *statement, wanted *it)
{
    db_queue (self->db, statement, value_of, it);
    return exchange (self);
}

static bool does (cleaner *self, const char *statement, wanted *it)
{
    PGresult *rows = ask (self, statement, it);
    PQclear (rows);
    return rows;
}

static bool says (cleaner *self, const char *text)
{
    if (!db_alive (self->db))
        return false;
    db_queue_text (self->db, text);
    PGresult *rows = exchange (self);
    PQclear (rows);
    return rows;
}

/* From here on it is the platform itself, or nobody, who asks. */
static bool enters (cleaner *self, wanted *it, const char *org)
{
    it->org = org;
    it->roles = org ? "0" : "4096"; /* SYSTEM of roles.def */
    return does (self, "call_enter", it);
}

/* The oldest that waits, held until the transaction ends. */
static bool find_wanted (cleaner *self, wanted *it)
{
    PGresult *rows = ask (self, "file_clean_next", it);
    bool found = rows && PQntuples (rows) == 1;
    if (found) {
        snprintf (it->place, sizeof it->place, "%s", PQgetvalue (rows, 0, 0));
        snprintf (it->record, sizeof it->record, "%s", PQgetvalue (rows, 0, 1));
        snprintf (it->nth, sizeof it->nth, "%s", PQgetvalue (rows, 0, 2));
        snprintf (it->source, sizeof it->source, "%s", PQgetvalue (rows, 0, 3));
        snprintf (it->media_type, sizeof it->media_type, "%s", PQgetvalue (rows, 0, 4));
    }
    PQclear (rows);
    return found;
}

static bool read_source (cleaner *self, wanted *it, int fd)
{
    int count = 1;
    snprintf (it->copy, sizeof it->copy, "%s", it->source);
    for (int no = 0; count == 1 && no < CHUNKS_MOST; no++) {
        snprintf (it->no, sizeof it->no, "%d", no);
        PGresult *rows = ask (self, "file_chunk_get", it);
        count = rows ? PQntuples (rows) : -1;
        if (count == 1) {
            size_t size;
            unsigned char *bytes = PQunescapeBytea ((const unsigned char *) PQgetvalue (rows, 0, 0), &size);
            count = bytes && spool_write (fd, bytes, size) ? 1 : -1;
            PQfreemem (bytes);
        }
        PQclear (rows);
    }
    *it->copy = '\0';
    return count == 0;
}

int clean_run (int from, int to)
{
    char *const argv [] = { "meerwaarde-gateway", "clean", NULL }, *const nothing [] = { NULL };
    posix_spawn_file_actions_t files;
    pid_t pid;
    int status = -1;
    lseek (from, 0, SEEK_SET);
    posix_spawn_file_actions_init (&files);
    posix_spawn_file_actions_adddup2 (&files, from, STDIN_FILENO);
    posix_spawn_file_actions_adddup2 (&files, to, STDOUT_FILENO);
    bool begun = posix_spawn (&pid, "/proc/self/exe", &files, NULL, argv, nothing) == 0;
    posix_spawn_file_actions_destroy (&files);
    while (begun && waitpid (pid, &status, 0) < 0 && errno == EINTR)
        ;
    return begun ? status : -1;
}

static bool store_copy (cleaner *self, wanted *it, const mapping *content)
{
    uuid_new (clock_wall_us (), it->copy);
    mapping_hash (content, it->hash);
    file_name_clean ("document", it->media_type, it->name);
    snprintf (it->size, sizeof it->size, "%zu", content->size);
    PGresult *rows = ask (self, "file_copy_add", it);
    bool fine = rows && PQntuples (rows) == 1, fresh = fine && strcmp (PQgetvalue (rows, 0, 0), it->copy) == 0;
    if (fine)
        snprintf (it->copy, sizeof it->copy, "%s", PQgetvalue (rows, 0, 0));
    PQclear (rows);
    for (size_t from = 0, no = 0; fine && fresh && from < content->size; no++) {
        size_t left = content->size - from;
        snprintf (it->no, sizeof it->no, "%zu", no);
        it->byte_count = (int) (left < DESK_CHUNK_BYTES ? left : DESK_CHUNK_BYTES);
        it->bytes = content->at + from;
        from += (size_t) it->byte_count;
        fine = does (self, "file_chunk_add", it);
    }
    return fine;
}

/* Makes the copy, or finds that there can be none; false: the world stood in the way, so it waits on. */
static bool make_copy (cleaner *self, wanted *it)
{
    mapping content = { 0 };
    int from = spool_new (self->options->directory), to = spool_new (self->options->directory);
    bool fine = from >= 0 && to >= 0 && read_source (self, it, from);
    int status = fine ? clean_run (from, to) : -1;
    fine = fine && status >= 0;
    bool made = fine && status == 0 && mapping_open (to, &content) && content.size;
    if (fine && made)
        fine = enters (self, it, nobody) && store_copy (self, it, &content);
    if (fine && !made)
        log_text ("warning", "document_not_cleaned", "record", it->record);
    fine = fine && enters (self, it, NULL) && does (self, "file_clean_done", it);
    mapping_close (&content);
    close (from);
    close (to);
    return fine;
}

static bool connected (cleaner *self)
{
    bool fatal;
    if (self->db && db_alive (self->db))
        return true;
    db_destroy (&self->db);
    self->db = db_new (self->options->conninfo, "identity", statements, sizeof statements / sizeof *statements, &fatal);
    return self->db;
}

/* One, in one transaction; true: there may be more. */
static bool clean_one (cleaner *self)
{
    wanted *it = calloc (1, sizeof *it);
    assert (it);
    bool found = connected (self) && says (self, "BEGIN") && enters (self, it, NULL) && find_wanted (self, it);
    bool done = found && make_copy (self, it);
    if (self->db)
        says (self, done ? "COMMIT" : "ROLLBACK");
    free (it);
    return done;
}

static void run (zsock_t *pipe, void *args)
{
    cleaner self = { .options = args };
    zsock_signal (pipe, 0);
    for (bool more = false;;) {
        zmq_pollitem_t item = { zsock_resolve (pipe), 0, ZMQ_POLLIN, 0 };
        zmq_poll (&item, 1, more ? 0 : LOOK_MS);
        if (item.revents & ZMQ_POLLIN) /* $TERM, or interrupted */
            break;
        more = clean_one (&self);
    }
    db_destroy (&self.db);
}

zactor_t *cleaner_new (const desk_options *options)
{
    return zactor_new (run, (void *) (uintptr_t) options);
}
