/* plan.h - what a load asks for, and on whose behalf. */
#ifndef PLAN_H
#define PLAN_H
#include "tally.h"
#include <netdb.h>

typedef struct plan plan;

/* Which request: small, so that it can be made again under its key. */
typedef struct {
    sort_of_request sort;
    uint32_t        shape, caller, number, drawn;
} draw;

typedef struct {
    const struct addrinfo *to;
    const char *host;     /* for the Host header */
    const char *profile;  /* browse, match, deal or mix */
    const char *ask;      /* instead of a profile: GET this path */
    const char *as;       /* e-mail addresses, with commas */
    const char *password; /* of all of them */
    const char *token;    /* instead of logging in: bearer tokens, with commas */
    long        orders_from; /* deals are orders for prepared quotes from this number on; negative: needs are drafted */
    uint64_t    seed;
} plan_options;

/* Logs everybody in and finds what can be asked for. NULL after a fault, which was told on standard error. */
plan  *plan_new (const plan_options *);
void   plan_destroy (plan **self_p);
draw   plan_draw (plan *);
size_t plan_write (const plan *, const draw *, char *out, size_t room);
/* Evenly from 0 up to, not including, 1; the one source of chance of a load. */
double plan_chance (plan *);
#endif
