/* due.h - what is due in a service's tables, claimed and settled in one transaction by a thread of its own connection.
 * Its statements take :id and :ended, or neither.                                                                  */
#ifndef DUE_H
#define DUE_H
#include "db.h"

/* Runs a statement in the transaction; NULL: it failed, and the transaction with it. The caller clears. */
PGresult *due_ask (db *, const char *statement, const char *id, const char *ended);
/* The same where no rows are wanted. */
bool due_run (db *, const char *statement, const char *id, const char *ended);
/* BEGIN, COMMIT or ROLLBACK. */
bool due_say (db *, const char *what);
#endif
