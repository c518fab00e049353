/* job.h - a request from when it came until nobody has it any more; rows of them, and all of them by number. */
#ifndef JOB_H
#define JOB_H
#include "../../../common/vocabulary.h"

enum { LEVELS = 3 };
typedef enum { ORDER, MATCH, BROWSE } criticality; /* a write; a read of somebody; a read that is open to anybody */

/* A request, in its line or in flight. */
typedef struct job {
    struct job      *in_bucket;      /* next with a number like it */
    struct job      *before, *after; /* in a row of the line, or among those in flight */
    struct party    *party;          /* while it waits */
    const operation *op;
    criticality      level;
    uint64_t         tenant;         /* whose it is; 0: nobody's */
    uint64_t         print;          /* of what is asked, to know it again */
    int64_t          rid, came, sent, min_seq, cost_us;
    int              with [2];       /* workers that have it: one, or two when it is hedged; -1: none */
    int              deaths;         /* of workers that had it */
    bool             hedged;         /* a second worker was asked because the first was slow */
    bool             gone;           /* nobody waits for it; a worker still has it */
} job;

typedef struct { job *first, *last; } row;
void row_push (row *, job *);       /* at the end */
void row_push_front (row *, job *);
void row_remove (row *, job *);

enum { JOB_BUCKETS = 4096 };
typedef struct { job *buckets [JOB_BUCKETS], *spare; } jobs; /* zeroed: none */
job *jobs_find (const jobs *, int64_t rid); /* or NULL */
job *jobs_add (jobs *, const job *like);    /* a copy, by its number; it stands in no row */
void jobs_end (jobs *, job *);
void jobs_destroy (jobs *);
#endif
