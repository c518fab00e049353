/* db.c - one connection in pipeline mode: statements are queued, one exchange is one round trip. */
#include "db.h"
#include "log.h"
#include "statement.h"
#include "text.h"
#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char    *name;
    statement_text text;
} prepared;

struct db {
    PGconn   *conn;
    prepared *statements;
    size_t    count;
    size_t    queued;
    bool      lost;
    char      constraint [64];
};

/* What a statement may cost is bounded on the server's side, too. */
static const char options [] =
    " connect_timeout=3 keepalives_idle=10 tcp_user_timeout=10000"
    " options='-c statement_timeout=5s -c lock_timeout=3s -c idle_in_transaction_session_timeout=10s"
    " -c timezone=UTC -c datestyle=ISO -c plan_cache_mode=force_generic_plan";

static int compare (const void *a, const void *b)
{
    return strcmp (((const prepared *) a)->name, ((const prepared *) b)->name);
}

static bool prepare_all (db *self, const statement *all, bool *fatal)
{
    for (size_t i = 0; i < self->count; i++) {
        prepared *p = &self->statements [i];
        p->name = all [i].name;
        bool numbered = statement_number (all [i].text, &p->text);
        PGresult *result = numbered ? PQprepare (self->conn, p->name, p->text.sql, 0, NULL) : NULL;
        bool good = PQresultStatus (result) == PGRES_COMMAND_OK;
        if (!good) {
            char what [600];
            snprintf (what, sizeof what, "%s: %s", p->name, PQerrorMessage (self->conn));
            log_text ("error", "statement_refused", "why", what);
            *fatal = PQstatus (self->conn) == CONNECTION_OK;
        }
        PQclear (result);
        if (!good)
            return false;
    }
    if (self->count)
        qsort (self->statements, self->count, sizeof *self->statements, compare);
    return true;
}

db *db_new (const char *conninfo, const char *schema_name, const statement *all, size_t count, bool *fatal)
{
    char where [1200];
    snprintf (where, sizeof where, "%s application_name=%s%s -c search_path=%s'", conninfo, schema_name, options, schema_name);
    *fatal = false;
    db *self = calloc (1, sizeof *self);
    assert (self);
    self->conn = PQconnectdb (where);
    self->statements = calloc (count + 1, sizeof *self->statements);
    self->count = count;
    assert (self->statements);
    bool good = PQstatus (self->conn) == CONNECTION_OK && prepare_all (self, all, fatal)
             && PQsetnonblocking (self->conn, 1) == 0 && PQenterPipelineMode (self->conn);
    if (!good)
        db_destroy (&self);
    return self;
}

void db_destroy (db **self_p)
{
    db *self = *self_p;
    if (!self)
        return;
    PQfinish (self->conn);
    for (size_t i = 0; i < self->count; i++)
        statement_free (&self->statements [i].text);
    free (self->statements);
    free (self);
    *self_p = NULL;
}

static const prepared *find (const db *self, const char *name)
{
    prepared key = { .name = name };
    return bsearch (&key, self->statements, self->count, sizeof key, compare);
}

bool db_has (const db *self, const char *name)
{
    return find (self, name) != NULL;
}

void db_queue (db *self, const char *name, db_value *value, void *from)
{
    const prepared *p = find (self, name);
    const char *values [STATEMENT_NAMES];
    int sizes [STATEMENT_NAMES], binary [STATEMENT_NAMES];
    assert (p);
    for (int i = 0; i < p->text.count; i++) {
        sizes [i] = -1;
        values [i] = value (from, p->text.names [i], &sizes [i]);
        binary [i] = sizes [i] >= 0;
    }
    self->lost |= !PQsendQueryPrepared (self->conn, name, p->text.count, values, sizes, binary, 0);
    self->queued++;
}

size_t db_queued (const db *self)
{
    return self->queued;
}

void db_queue_text (db *self, const char *sql)
{
    self->lost |= !PQsendQueryParams (self->conn, sql, 0, NULL, NULL, NULL, NULL, 0);
    self->queued++;
}

/* Waits until a result can be read without blocking, writing what is left to write. */
static bool readable (db *self, int64_t deadline)
{
    while (PQisBusy (self->conn)) {
        int left = PQflush (self->conn);
        int64_t wait = (deadline - clock_steady_us ()) / 1000;
        struct pollfd fd = { PQsocket (self->conn), (short) (POLLIN | (left ? POLLOUT : 0)), 0 };
        if (left < 0 || wait <= 0 || poll (&fd, 1, (int) wait) <= 0 || !PQconsumeInput (self->conn))
            return false;
    }
    return true;
}

static db_state judge (db *self, const PGresult *result)
{
    const char *code = PQresultErrorField (result, PG_DIAG_SQLSTATE);
    const char *constraint = PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME);
    if (!code)
        return DB_GONE;
    if (strcmp (code, "22003") == 0) /* a sum that no number holds is above every law about amounts */
        constraint = "within_amount";
    else if (strncmp (code, "23", 2) != 0)
        constraint = NULL;
    if (constraint) {
        snprintf (self->constraint, sizeof self->constraint, "%s", constraint);
        return DB_REFUSED;
    }
    if (strcmp (code, "40001") == 0 || strcmp (code, "40P01") == 0)
        return DB_COLLIDED;
    log_text ("error", "statement_failed", "why", PQresultErrorMessage (result));
    /* 57: operator intervention, 53: resources, 55P03: lock not available, 25P03: idle too long, 08: connection */
    static const char *const passing [] = { "57", "53", "55P03", "25P03", "08" };
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        if (strncmp (code, passing [i], strlen (passing [i])) == 0)
            return DB_GONE;
    return DB_BROKEN;
}

/* One result, then the NULL that ends it. */
static PGresult *next_result (db *self, int64_t deadline)
{
    PGresult *result = readable (self, deadline) ? PQgetResult (self->conn) : NULL;
    if (!result)
        self->lost = true;
    else if (PQresultStatus (result) != PGRES_PIPELINE_SYNC && readable (self, deadline))
        PQclear (PQgetResult (self->conn));
    return result;
}

db_state db_exchange (db *self, PGresult *results [], size_t room, int64_t deadline)
{
    db_state how = DB_FINE;
    size_t count = self->queued;
    assert (count <= room);
    memset (results, 0, room * sizeof *results);
    self->queued = 0;
    self->lost |= !PQpipelineSync (self->conn);
    for (size_t i = 0; i < count && !self->lost; i++) {
        PGresult *result = next_result (self, deadline);
        ExecStatusType status = PQresultStatus (result);
        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
            results [i] = result;
        else {
            if (result && status != PGRES_PIPELINE_ABORTED && how == DB_FINE)
                how = judge (self, result);
            PQclear (result);
        }
    }
    if (!self->lost)
        PQclear (next_result (self, deadline)); /* the sync point */
    if (self->lost && how == DB_FINE)
        log_text ("error", "database_lost", "why", PQerrorMessage (self->conn));
    return self->lost ? DB_GONE : how;
}

const char *db_constraint (const db *self)
{
    return self->constraint;
}

bool db_alive (const db *self)
{
    return !self->lost && PQstatus (self->conn) == CONNECTION_OK;
}

void db_listen (db *self)
{
    self->lost = self->lost || !PQconsumeInput (self->conn);
}

int db_socket (const db *self)
{
    return PQsocket (self->conn);
}

bool db_role_is_safe (db *self)
{
    PGresult *result;
    db_queue_text (self,
        "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE pg_has_role (current_user, c.relowner, 'MEMBER')"
        " AND n.nspname IN ('catalog', 'pipeline', 'matching', 'reporting', 'identity', 'stream', 'app', 'blob'))"
        " FROM pg_roles WHERE rolname = current_user");
    bool safe = db_exchange (self, &result, 1, clock_steady_us () + 5000000) == DB_FINE
             && strcmp (PQgetvalue (result, 0, 0), "f") == 0;
    PQclear (result);
    return safe;
}
