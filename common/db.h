/* db.h - one connection to PostgreSQL, its statements prepared at start. One thread uses it.
 *
 * Statements live in .sql files, one each, the file's name is the statement's. Parameters are written
 * :name; `:call_...` come from the call (statement.c has the list), all others are fields of the input
 * record. A misspelt name stops the service before it takes traffic.                                  */
#ifndef DB_H
#define DB_H
#include "schema.h"
#include <libpq-fe.h>

typedef struct {
    const char *name, *text;
} statement;

typedef struct db db;

typedef enum {
    DB_FINE,
    DB_BROKEN,   /* a statement failed in a way that is our fault: logged */
    DB_GONE,     /* no connection, a timeout, or the server cannot now: try again later */
    DB_REFUSED,  /* a constraint said no: db_constraint names it */
    DB_COLLIDED, /* serialisation failure or deadlock: the call may be run again */
} db_state;

/* A parameter of a statement by its name: its text (NULL is SQL NULL); or, when *size is set, that many bytes in
 * PostgreSQL's binary form, which for bytea are the bytes themselves.                                           */
typedef const char *db_value (void *from, const char *name, int *size);

/* Connects, with `schema_name` as search path, and prepares. NULL when the server is not there (retry later) or a statement is bad (*fatal). */
db  *db_new (const char *conninfo, const char *schema_name, const statement *, size_t count, bool *fatal);
void db_destroy (db **self_p);

/* Refuses a role that could bypass row-level security. True when the role is harmless. */
bool db_role_is_safe (db *);

/* Queues a prepared statement; `value` is asked for each of its parameters. */
void db_queue (db *, const char *name, db_value *value, void *from);
/* Queues plain text without parameters (BEGIN, COMMIT). */
void db_queue_text (db *, const char *sql);
bool db_has (const db *, const char *name);
/* How many statements are queued. */
size_t db_queued (const db *);
/* Sends what is queued in one round trip and waits, at most until `deadline_us` (clock_steady_us).
 * `results` gets one PGresult per queued statement, NULL after a failure. The caller clears them.   */
db_state db_exchange (db *, PGresult *results [], size_t room, int64_t deadline_us);

/* After DB_REFUSED: the constraint's name. */
const char *db_constraint (const db *);
/* Is it worth anything still? */
bool db_alive (const db *);
/* For a quiet moment: takes note of a server that went away while nothing was asked of it. Never waits. */
void db_listen (db *);
int  db_socket (const db *);

/* The columns of a row into the fields of the same names. Texts live as long as `rows`; arrays are text[],
 * lists and objects JSON text. A value that does not fit is our bug: logged, false.                       */
bool db_row (const PGresult *rows, int row, const schema *, void *record, msgpack_zone *);
/* A field of a record as the text to bind; NULL when absent. *found tells whether the schema has it. */
const char *db_bind (const schema *, const void *record, const char *name, msgpack_zone *, bool *found);
#endif
