/* migrate.c - applies the migrations that are compiled in; see migrate.h. */
#include "migrate.h"
#include "config.h"
#include "json.h"
#include "role_passwords.h"
#include "text.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *area; /* common, catalog, pipeline ... */
    int         number;
    const char *name, *text;
} migration;

static const migration migrations [] = {
#include "migrations.inc"
};

enum { COUNT = sizeof migrations / sizeof *migrations };

/* Roles are of the cluster, not of the database, so they are made outside the numbered migrations. */
static const char *const prepare [] = {
    "SET client_min_messages = warning",
    "SELECT pg_advisory_lock (4873001)",
    "DO $$ DECLARE name text; BEGIN"
    "  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mw_owner') THEN CREATE ROLE mw_owner NOLOGIN; END IF;"
    "  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mw_eraser') THEN"
    "    CREATE ROLE mw_eraser NOLOGIN; ALTER ROLE mw_owner NOINHERIT; GRANT mw_eraser TO mw_owner; END IF;" /* may give it a function, sees no row more */
    "  FOREACH name IN ARRAY ARRAY ['mw_catalog', 'mw_pipeline', 'mw_matching', 'mw_reporting', 'mw_gateway', 'mw_relay'] LOOP"
    "    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN"
    "      EXECUTE format ('CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', name); END IF;"
    "  END LOOP;"
    "  EXECUTE format ('GRANT CREATE ON DATABASE %I TO mw_owner', current_database ());"
    "END $$",
    "CREATE TABLE IF NOT EXISTS public.migration (area text, number integer, name text NOT NULL, sha256 text NOT NULL,"
    " tolerates_older boolean NOT NULL, applied_at timestamptz NOT NULL DEFAULT now (), PRIMARY KEY (area, number))",
    "GRANT SELECT ON public.migration TO PUBLIC",
    "GRANT SELECT, INSERT ON public.migration TO mw_owner",
};

static bool run (PGconn *conn, const char *sql)
{
    PGresult *result = PQexec (conn, sql);
    ExecStatusType status = PQresultStatus (result);
    bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!good)
        fprintf (stderr, "migrate: %s", PQresultErrorMessage (result));
    PQclear (result);
    return good;
}

static void checksum (const char *text, char out [65])
{
    unsigned char hash [32];
    crypto_hash_sha256 (hash, (const unsigned char *) text, strlen (text));
    sodium_bin2hex (out, 65, hash, sizeof hash);
}

/* 1: applied with this text; 0: not yet; -1: applied with another text, or the database failed. */
static int applied (PGconn *conn, const migration *m, const char *sum)
{
    char number [12];
    snprintf (number, sizeof number, "%d", m->number);
    PGresult *result = PQexecParams (conn, "SELECT sha256 FROM public.migration WHERE area = $1 AND number = $2", 2, NULL,
                                     (const char *[]) { m->area, number }, NULL, NULL, 0);
    int how = PQresultStatus (result) != PGRES_TUPLES_OK ? -1 : PQntuples (result) == 0 ? 0
            : strcmp (PQgetvalue (result, 0, 0), sum) == 0 ? 1 : -1;
    if (how < 0)
        fprintf (stderr, "migrate: %s/%s was applied with another text; migrations are never changed, add a new one\n",
                 m->area, m->name);
    PQclear (result);
    return how;
}

static bool apply (PGconn *conn, const migration *m, const char *sum)
{
    char number [12];
    const char *tolerates = strstr (m->text, "-- tolerates older builds") ? "t" : "f";
    snprintf (number, sizeof number, "%d", m->number);
    bool good = run (conn, "BEGIN") && run (conn, "SET LOCAL ROLE mw_owner") && run (conn, m->text);
    if (good) {
        PGresult *result = PQexecParams (conn,
            "INSERT INTO public.migration (area, number, name, sha256, tolerates_older) VALUES ($1, $2, $3, $4, $5)", 5, NULL,
            (const char *[]) { m->area, number, m->name, sum, tolerates }, NULL, NULL, 0);
        good = PQresultStatus (result) == PGRES_COMMAND_OK;
        PQclear (result);
    }
    good = good && run (conn, "COMMIT");
    if (!good) {
        run (conn, "ROLLBACK");
        fprintf (stderr, "migrate: %s/%s failed; nothing of it was kept\n", m->area, m->name);
    }
    return good;
}

int migrate_main (int argc, char *argv [])
{
    option options [] = {
        { "migrate-db", NULL, "PostgreSQL connection string of who owns everything", "conninfo" },
        { "role-passwords", NULL, "file with the passwords that the services' roles get, as a passfile of libpq: *:*:*:mw_catalog:secret", NULL },
    };
    enum { OPTIONS = sizeof options / sizeof *options };
    const char *rest;
    int status;
    if (!config_read (options, OPTIONS, "brings the database up to this build", argc, argv, &rest, &status))
        return status;
    const char *conninfo = config_text (options, OPTIONS, "migrate-db"), *passwords = config_text (options, OPTIONS, "role-passwords");
    PGconn *conn = PQconnectdb (conninfo ? conninfo : "");
    bool good = sodium_init () >= 0 && PQstatus (conn) == CONNECTION_OK;
    int fresh = 0;
    if (!good)
        fprintf (stderr, "migrate: %s", PQerrorMessage (conn));
    for (size_t i = 0; good && i < sizeof prepare / sizeof *prepare; i++)
        good = run (conn, prepare [i]);
    for (int i = 0; good && i < COUNT; i++) {
        char sum [65];
        checksum (migrations [i].text, sum);
        int how = applied (conn, &migrations [i], sum);
        good = how == 1 || (how == 0 && apply (conn, &migrations [i], sum));
        if (good && how == 0) {
            printf ("migrate: %s/%s\n", migrations [i].area, migrations [i].name);
            fresh++;
        }
    }
    good = good && (!passwords || role_passwords_set (conn, passwords));
    if (good)
        printf ("migrate: %d applied, %d in all\n", fresh, COUNT);
    PQfinish (conn);
    return good ? 0 : 1;
}

bool migrate_suits (db *self, char why [120])
{
    text_buffer sql = { 0 };
    PGresult *result;
    text_printf (&sql, "WITH known (area, number) AS (VALUES ");
    for (int i = 0; i < COUNT; i++)
        text_printf (&sql, "%s('%s', %d)", i ? ", " : "", migrations [i].area, migrations [i].number);
    text_printf (&sql, ") SELECT EXISTS (SELECT area, number FROM known EXCEPT SELECT area, number FROM public.migration),"
                 " EXISTS (SELECT area, number FROM public.migration WHERE NOT tolerates_older EXCEPT SELECT area, number FROM known)");
    db_queue_text (self, sql.at);
    text_free (&sql);
    bool known = db_exchange (self, &result, 1, clock_steady_us () + 5000000) == DB_FINE;
    bool behind = !known || *PQgetvalue (result, 0, 0) == 't', ahead = known && *PQgetvalue (result, 0, 1) == 't';
    if (behind)
        snprintf (why, 120, "the database is behind this build; run `meerwaarde-catalog migrate`");
    else if (ahead)
        snprintf (why, 120, "the database is ahead of this build; use a newer one");
    PQclear (result);
    return !behind && !ahead;
}
