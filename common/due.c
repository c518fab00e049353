/* due.c - statements about what is due, one at a time, in the transaction that holds it. */
#include "due.h"
#include "text.h"
#include <string.h>

static const int64_t patience_us = 30000000;

typedef struct { const char *id, *ended; } binding;

static const char *parameter (void *from, const char *name, int *size)
{
    const binding *self = from;
    (void) size; /* all is text */
    return strcmp (name, "id") == 0 ? self->id : self->ended;
}

PGresult *due_ask (db *self, const char *statement, const char *id, const char *ended)
{
    PGresult *rows;
    db_queue (self, statement, parameter, &(binding) { id, ended });
    if (db_exchange (self, &rows, 1, clock_steady_us () + patience_us) == DB_FINE)
        return rows;
    PQclear (rows);
    return NULL;
}

bool due_run (db *self, const char *statement, const char *id, const char *ended)
{
    PGresult *rows = due_ask (self, statement, id, ended);
    PQclear (rows);
    return rows != NULL;
}

bool due_say (db *self, const char *what)
{
    PGresult *rows;
    if (!db_alive (self))
        return false;
    db_queue_text (self, what);
    bool fine = db_exchange (self, &rows, 1, clock_steady_us () + patience_us) == DB_FINE;
    PQclear (rows);
    return fine;
}
