/* role_passwords.h - the passwords with which services come to the database. */
#ifndef ROLE_PASSWORDS_H
#define ROLE_PASSWORDS_H
#include <libpq-fe.h>
#include <stdbool.h>

/* Sets them from a file as libpq reads it, a line a role: *:*:*:mw_catalog:secret. What reaches the server is a
 * SCRAM verifier, never the password. All of them or none; false, told on standard error, when the file is missing,
 * readable by others or not of that form, or when a role is not a service's.                                       */
bool role_passwords_set (PGconn *, const char *path);
#endif
