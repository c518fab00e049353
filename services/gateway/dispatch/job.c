/* job.c - rows of requests, and all of them by number. */
#include "job.h"
#include <assert.h>
#include <stdlib.h>

void row_push (row *self, job *j)
{
    j->before = self->last;
    j->after = NULL;
    *(self->last ? &self->last->after : &self->first) = j;
    self->last = j;
}

void row_push_front (row *self, job *j)
{
    j->before = NULL;
    j->after = self->first;
    *(self->first ? &self->first->before : &self->last) = j;
    self->first = j;
}

void row_remove (row *self, job *j)
{
    *(j->before ? &j->before->after : &self->first) = j->after;
    *(j->after ? &j->after->before : &self->last) = j->before;
    j->before = j->after = NULL;
}

job *jobs_find (const jobs *self, int64_t rid)
{
    job *j = self->buckets [(uint64_t) rid % JOB_BUCKETS];
    while (j && j->rid != rid)
        j = j->in_bucket;
    return j;
}

job *jobs_add (jobs *self, const job *like)
{
    job *j = self->spare, **bucket = &self->buckets [(uint64_t) like->rid % JOB_BUCKETS];
    if (j)
        self->spare = j->in_bucket;
    else
        j = malloc (sizeof *j);
    assert (j);
    *j = *like;
    j->in_bucket = *bucket;
    return *bucket = j;
}

void jobs_end (jobs *self, job *j)
{
    job **at = &self->buckets [(uint64_t) j->rid % JOB_BUCKETS];
    while (*at != j)
        at = &(*at)->in_bucket;
    *at = j->in_bucket;
    j->in_bucket = self->spare;
    self->spare = j;
}

static void free_all (job *first)
{
    while (first) {
        job *next = first->in_bucket;
        free (first);
        first = next;
    }
}

void jobs_destroy (jobs *self)
{
    for (int i = 0; i < JOB_BUCKETS; i++)
        free_all (self->buckets [i]);
    free_all (self->spare);
}
