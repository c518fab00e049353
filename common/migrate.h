/* migrate.h - numbered, checksummed, forward-only changes of the database. */
#ifndef MIGRATE_H
#define MIGRATE_H
#include "db.h"

/* Applies what is missing, each in its own transaction, under an advisory lock, as role mw_owner. Makes the
 * roles first, and gives them their passwords if it is told which. Options are those of `migrate --help`. Says what
 * it does on standard output; exit status.                                                                        */
int migrate_main (int argc, char *argv []);

/* Is the database one that this build can work with? Not when it is behind, nor when it is ahead by a
 * migration without the line `-- tolerates older builds`.                                                 */
bool migrate_suits (db *, char why [120]);
#endif
