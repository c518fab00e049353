/* tally.h - what came of the requests of a load: counts, durations, and both by the second. */
#ifndef TALLY_H
#define TALLY_H
#include "../../common/histogram.h"
#include <stdbool.h>
#include <stdio.h>

/* What a request is for, and what came of it. */
typedef enum { BROWSE, MATCH, DEAL, SORTS } sort_of_request;
typedef enum {
    GOOD,    /* 2xx */
    QUOTA,   /* 429, with Retry-After */
    REFUSED, /* 503, with Retry-After */
    OTHER,   /* any other status */
    BROKEN,  /* the connection ended, or no answer came in time */
    CROWDED, /* never sent: all connections were busy, and there may be no more */
    RESULTS
} result;
extern const char *const sort_names [SORTS], *const result_names [RESULTS];

/* `due` is when a request should have left by the schedule, `sent` when it left; steady microseconds. */
typedef struct {
    int64_t   count [RESULTS], repeats;
    histogram good;         /* from due to the answer */
    histogram refused;      /* 503, from due */
    histogram refused_sent; /* 503, from sent */
    histogram late;         /* from due to sent: what the generator itself and its connections cost */
} tally;

typedef struct {
    int64_t   count [RESULTS];
    histogram good;
} moment;

typedef struct {
    tally   by_sort [SORTS];
    moment *seconds; /* by the second in which a request was due */
    size_t  room;
    moment  recent;  /* answers since the last line of progress */
    int64_t began;   /* steady microseconds */
    int64_t began_ms, ended; /* the first by the calendar, the second steady */
} ledger;

ledger *ledger_new (long seconds, int64_t now);
void    ledger_destroy (ledger **self_p);
void    ledger_note (ledger *, sort_of_request, result, int64_t due, int64_t sent, int64_t now);
/* A line about the time since the last one. */
void    ledger_progress (ledger *, int64_t now, size_t in_flight, FILE *to);
void    ledger_table (const ledger *, FILE *to);
void    ledger_json (const ledger *, FILE *to);
#endif
