/* statement.h - :names in a statement become $1, $2 ... */
#ifndef STATEMENT_H
#define STATEMENT_H
#include <stdbool.h>
#include <stddef.h>

enum { STATEMENT_NAMES = 60 };

typedef struct {
    char       *sql;                     /* numbered */
    char       *names [STATEMENT_NAMES]; /* of $1, $2 ... */
    int         count;
} statement_text;

/* Comments, 'literals', "names" and :: casts are left alone. False: more than STATEMENT_NAMES names. */
bool statement_number (const char *text, statement_text *out);
void statement_free (statement_text *);
#endif
