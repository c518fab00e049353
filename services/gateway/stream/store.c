/* store.c - the tables of the stream, as relay and replay use them: one connection, all its
 * statements. */
#include "store.h"
#include "../../../common/log.h"
#include "../../../common/text.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_PAUSE_MS = 50, LONGEST_PAUSE_MS = 2000, LEAD_LOCK = 20261, STATEMENTS = 8 };

struct store {
    char conninfo [1024], application [40], options [200];
    PGconn *db;
    const char *prepared [STATEMENTS]; /* on this connection; the place is the name */
    int pause_ms;
    int64_t try_at; /* clock_steady_us */
};

store *store_new (const char *conninfo, const char *application, int silence_ms)
{
    store *self = calloc (1, sizeof *self);
    assert (self);
    snprintf (self->conninfo, sizeof self->conninfo, "%s", conninfo);
    snprintf (self->application, sizeof self->application, "%s", application);
    /* A plan for any numbers takes a range of the log for a two-hundredth of it. In a log of a
     * million it would start helpers for that, in a longer one a compiler, at every question:
     * ten milliseconds and more, for a handful of rows. */
    snprintf (self->options, sizeof self->options,
              "-c statement_timeout=10000 -c plan_cache_mode=force_generic_plan -c jit=off"
              " -c max_parallel_workers_per_gather=0 -c idle_session_timeout=%d", silence_ms);
    self->pause_ms = FIRST_PAUSE_MS;
    return self;
}

void store_destroy (store **self_p)
{
    if (*self_p) {
        PQfinish ((*self_p)->db);
        free (*self_p);
        *self_p = NULL;
    }
}

static void lose (store *self, const char *what)
{
    char why [400];
    snprintf (why, sizeof why, "%s: %s", what, PQerrorMessage (self->db));
    log_text ("warning", "stream_database", "why", why);
    PQfinish (self->db);
    self->db = NULL;
    self->try_at = clock_steady_us () + self->pause_ms * INT64_C (1000);
    self->pause_ms = self->pause_ms * 2 < LONGEST_PAUSE_MS ? self->pause_ms * 2 : LONGEST_PAUSE_MS;
}

bool store_alive (store *self)
{
    if (self->db || clock_steady_us () < self->try_at)
        return self->db;
    const char *names [] = { "dbname", "application_name", "options", "connect_timeout", NULL };
    const char *values [] = { self->conninfo, self->application, self->options, "3", NULL };
    memset (self->prepared, 0, sizeof self->prepared);
    self->db = PQconnectdbParams (names, values, 1);
    if (PQstatus (self->db) != CONNECTION_OK)
        lose (self, "no connection to the database");
    return self->db;
}

/* Statements are literals: the address tells which. */
static bool name_of (store *self, const char *sql, char name [8])
{
    int at = 0;
    while (self->prepared [at] && self->prepared [at] != sql)
        at++;
    assert (at < STATEMENTS);
    snprintf (name, 8, "s%d", at);
    if (self->prepared [at])
        return true;
    PGresult *result = PQprepare (self->db, name, sql, 0, NULL);
    if (PQresultStatus (result) == PGRES_COMMAND_OK)
        self->prepared [at] = sql;
    PQclear (result);
    return self->prepared [at];
}

/* Text parameters in, binary columns out. NULL: the connection is given up, whatever was wrong. */
static PGresult *ask (store *self, const char *sql, int count, const char *const values [])
{
    char name [8];
    if (!store_alive (self))
        return NULL;
    PGresult *rows = name_of (self, sql, name)
                         ? PQexecPrepared (self->db, name, count, values, NULL, NULL, 1) : NULL;
    if (PQresultStatus (rows) == PGRES_TUPLES_OK) {
        self->pause_ms = FIRST_PAUSE_MS;
        return rows;
    }
    PQclear (rows);
    lose (self, "the database refused");
    return NULL;
}

int64_t store_int (const PGresult *rows, int row, int column)
{
    assert (PQgetlength (rows, row, column) == 8);
    return evs_get64 (PQgetvalue (rows, row, column));
}

typedef struct {
    char text [24];
} number;

static const char *number_text (number *self, int64_t value)
{
    snprintf (self->text, sizeof self->text, "%lld", (long long) value);
    return self->text;
}

bool store_lead (store *self, int64_t *term)
{
    number lock;
    PGresult *rows = ask (
        self, "SELECT CASE WHEN pg_try_advisory_lock ($1::bigint) THEN stream.lead () ELSE 0 END",
        1, (const char *const []) { number_text (&lock, LEAD_LOCK) });
    *term = rows ? store_int (rows, 0, 0) : 0;
    PQclear (rows);
    return rows;
}

int store_drain (store *self, int64_t *term, int most)
{
    number lead, limit;
    PGresult *rows = ask (
        self, "SELECT stream.drain ($1::bigint, $2::integer)::bigint", 2,
        (const char *const []) { number_text (&lead, *term), number_text (&limit, most) });
    int64_t moved = rows ? store_int (rows, 0, 0) : -1;
    PQclear (rows);
    if (rows && moved < 0)
        lose (self, "another relay leads"); /* the lock of this session goes with it */
    if (moved < 0)
        *term = 0;
    return (int) moved;
}

bool store_head (store *self, const char *audience, store_end *out)
{
    PGresult *rows = ask (self, "SELECT epoch, seq, stream.audience_head ($1) FROM stream.head", 1,
                          &audience);
    if (rows) {
        memcpy (out->epoch, PQgetvalue (rows, 0, 0), EVS_EPOCH);
        out->seq = store_int (rows, 0, 1);
        out->tseq = store_int (rows, 0, 2);
    }
    PQclear (rows);
    return rows;
}

PGresult *store_live (store *self, int64_t after, int64_t upto)
{
    number from, to;
    return ask (self,
                "SELECT 'all' AS name, seq AS tseq, seq, body AS view FROM stream.log"
                " WHERE seq > $1::bigint AND seq <= $2::bigint"
                " UNION ALL SELECT name, tseq, seq, view FROM stream.audience"
                " WHERE seq > $1::bigint AND seq <= $2::bigint ORDER BY seq",
                2, (const char *const []) { number_text (&from, after), number_text (&to, upto) });
}

PGresult *store_heads (store *self, const char *audiences)
{
    return ask (self, "SELECT name, stream.audience_head (name) FROM unnest ($1::text []) AS name",
                1, &audiences);
}

PGresult *store_page (store *self, const char *audience, int64_t after, int64_t limit)
{
    number from, most;
    const char *values [] = { number_text (&from, after), number_text (&most, limit), audience };
    if (strcmp (audience, "all") == 0)
        return ask (self,
                    "SELECT seq AS tseq, seq, body AS view, hash FROM stream.log"
                    " WHERE seq > $1::bigint ORDER BY seq LIMIT $2::bigint",
                    2, values);
    return ask (self,
                "SELECT tseq, seq, view, NULL::bytea AS hash FROM stream.audience"
                " WHERE name = $3 AND tseq > $1::bigint ORDER BY tseq LIMIT $2::bigint",
                3, values);
}

PGresult *store_history (store *self, const char *audiences, const char *subjects, int64_t after, int64_t limit)
{
    number from, most;
    return ask (self,
                "SELECT DISTINCT ON (l.seq) l.seq AS tseq, l.seq, a.view, NULL::bytea AS hash FROM stream.log l"
                " JOIN stream.audience a ON a.seq = l.seq AND a.name = ANY ($3::text [])"
                " WHERE l.subject = ANY ($4::text []) AND l.seq > $1::bigint"
                " ORDER BY l.seq, a.name = 'public' LIMIT $2::bigint",
                4, (const char *[]) { number_text (&from, after), number_text (&most, limit), audiences, subjects });
}
