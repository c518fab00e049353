/* role_passwords.c - sets the passwords of the services' roles from a file; see role_passwords.h. */
#include "role_passwords.h"
#include "json.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FIELDS = 5, ROLE = 3, PASSWORD = 4 }; /* host:port:database:role:password */

/* Cuts a line at its colons, in place; \: and \\ stand for themselves. False: there are not five parts. */
static bool split (char *line, char *parts [FIELDS])
{
    size_t count = 1;
    char *to = line;
    parts [0] = line;
    for (const char *at = line; *at && *at != '\n'; at++)
        if (*at == ':' && count < FIELDS) {
            *to++ = 0;
            parts [count++] = to;
        } else {
            at += *at == '\\' && at [1] && at [1] != '\n';
            *to++ = *at;
        }
    *to = 0;
    return count == FIELDS && *parts [PASSWORD];
}

static bool set_password (PGconn *conn, const char *role, const char *password)
{
    text_buffer sql = { 0 };
    bool ours = strncmp (role, "mw_", 3) == 0;
    char *verifier = ours ? PQencryptPasswordConn (conn, password, role, "scram-sha-256") : NULL;
    char *name = PQescapeIdentifier (conn, role, strlen (role)), *value = verifier ? PQescapeLiteral (conn, verifier, strlen (verifier)) : NULL;
    PGresult *result = NULL;
    if (name && value) {
        text_printf (&sql, "ALTER ROLE %s PASSWORD %s", name, value);
        result = PQexec (conn, sql.at);
    }
    bool good = PQresultStatus (result) == PGRES_COMMAND_OK;
    if (!good)
        fprintf (stderr, "migrate: the password of role %s was not set: %s\n", role, ours ? PQerrorMessage (conn) : "it is not a service's role");
    PQclear (result);
    text_free (&sql);
    PQfreemem (value);
    PQfreemem (name);
    PQfreemem (verifier);
    return good;
}

static bool set_all (PGconn *conn, FILE *in, const char *path)
{
    char line [500], *parts [FIELDS];
    bool good = true;
    for (int number = 1; good && fgets (line, sizeof line, in); number++) {
        if (*line == '#' || *line == '\n')
            continue;
        good = split (line, parts);
        if (!good)
            fprintf (stderr, "migrate: %s, line %d, is not host:port:database:role:password\n", path, number);
        good = good && set_password (conn, parts [ROLE], parts [PASSWORD]);
    }
    sodium_memzero (line, sizeof line);
    return good;
}

static bool finish (PGconn *conn, bool good)
{
    PGresult *result = PQexec (conn, good ? "COMMIT" : "ROLLBACK");
    good = good && PQresultStatus (result) == PGRES_COMMAND_OK;
    PQclear (result);
    return good;
}

bool role_passwords_set (PGconn *conn, const char *path)
{
    struct stat about;
    FILE *in = fopen (path, "r");
    bool good = in && fstat (fileno (in), &about) == 0;
    if (!good)
        fprintf (stderr, "migrate: the file of the roles' passwords, %s, cannot be read\n", path);
    else if (about.st_mode & (S_IRWXG | S_IRWXO)) {
        fprintf (stderr, "migrate: others can read the roles' passwords in %s; close it with: chmod 600 %s\n", path, path);
        good = false;
    }
    if (good) {
        PQclear (PQexec (conn, "BEGIN"));
        good = finish (conn, set_all (conn, in, path));
    }
    if (in)
        fclose (in);
    return good;
}
