/* closing.h - which pledges of a financing table bind, given that many hold only if others do.
 *
 * A condition asks for more, never for less: more money, more financiers, another pledge, an agreement. So the union of two sets of pledges
 * that hold together holds together too, and there is one largest set: what is left when, from all, those are struck whose conditions fail
 * (the greatest fixed point of Knaster and Tarski). It does not depend on the order in which anything is given.
 *
 * Two pledges that ask for each other hold both, as all who made them want; what holds only that way is told as a circle.                  */
#ifndef CLOSING_H
#define CLOSING_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CLOSING_ANY_KIND = -1, CLOSING_HOLDS = -1, CLOSING_TOO_LITTLE = -2 };

typedef enum {
    CLOSING_SUM,        /* at least `least` cents of `kind` on the same ask, its own included */
    CLOSING_FINANCIERS, /* at least `least` financiers on the same ask, its own included      */
    CLOSING_PLEDGE,     /* the pledge at index `pledge` of the table holds                    */
    CLOSING_FACT,       /* something outside: `fact` says whether it is so                    */
} closing_wish;

typedef struct {
    closing_wish wish;
    int          kind;   /* of a sum: below CLOSING_KINDS, or CLOSING_ANY_KIND */
    int64_t      least;
    size_t       pledge;
    bool         fact;
} closing_condition;

enum { CLOSING_KINDS = 16 };

typedef struct {
    int64_t least_cents; /* of less than this nothing binds */
    int64_t cents;       /* filled in: the sum of what holds */
} closing_ask;

typedef struct {
    bool     sure;           /* holds whatever becomes of its conditions and its ask: it was given already */
    size_t   ask, financier; /* indexes: of the table's asks, and any number that tells financiers apart */
    int      kind;
    int64_t  cents;          /* not negative; all sums of a table fit in 63 bits */
    size_t   count;
    const closing_condition *conditions;

    /* filled in */
    bool     holds;
    int      failed;         /* index of the first condition that failed when it was struck; CLOSING_TOO_LITTLE: its ask did not get what it
                                needs at least; CLOSING_HOLDS */
    size_t   struck_in;      /* the how manieth striking; 0: it holds */
    size_t   circle;         /* 1, 2 ...: holds by that circle only, with the others of it; 0: in none */
} closing_pledge;

typedef struct {
    closing_ask    *asks;
    size_t          ask_count;
    closing_pledge *pledges;
    size_t          count;

    size_t          circles; /* filled in */
} closing_table;

void closing_solve (closing_table *);
#endif
