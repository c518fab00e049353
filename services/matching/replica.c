/* replica.c - a lock between the thread that follows the stream and those that answer. */
#include "replica.h"
#include "../../common/text.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct replica {
    market          *market;
    pthread_rwlock_t lock;  /* over the market */
    pthread_mutex_t  gate;  /* over what follows */
    pthread_cond_t   moved;
    int64_t          seq;   /* as far as readers have been told */
};

void *replica_open (void)
{
    replica *self = calloc (1, sizeof *self);
    assert (self);
    self->market = market_new ();

    /* A crowd of readers must not keep the stream waiting. */
    pthread_rwlockattr_t fair;
    pthread_rwlockattr_init (&fair);
    pthread_rwlockattr_setkind_np (&fair, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init (&self->lock, &fair);
    pthread_rwlockattr_destroy (&fair);

    pthread_condattr_t steady;
    pthread_condattr_init (&steady);
    pthread_condattr_setclock (&steady, CLOCK_MONOTONIC);
    pthread_cond_init (&self->moved, &steady);
    pthread_condattr_destroy (&steady);
    pthread_mutex_init (&self->gate, NULL);
    return self;
}

void replica_apply (void *to, const stream_event *event)
{
    replica *self = to;
    pthread_rwlock_wrlock (&self->lock);
    market_apply (self->market, event);
    pthread_rwlock_unlock (&self->lock);
}

void replica_caught_up (void *to, int64_t seq)
{
    replica *self = to;
    pthread_rwlock_wrlock (&self->lock);
    self->market->seq = seq; /* past events that nothing here reads */
    pthread_rwlock_unlock (&self->lock);
    pthread_mutex_lock (&self->gate);
    self->seq = seq;
    pthread_cond_broadcast (&self->moved);
    pthread_mutex_unlock (&self->gate);
}

void replica_close (void **self_p)
{
    replica *self = *self_p;
    if (!self)
        return;
    market_destroy (&self->market);
    pthread_rwlock_destroy (&self->lock);
    pthread_cond_destroy (&self->moved);
    pthread_mutex_destroy (&self->gate);
    free (self);
    *self_p = NULL;
}

bool replica_await (replica *self, int64_t seq, int64_t deadline)
{
    struct timespec until = { deadline / 1000000, deadline % 1000000 * 1000 };
    pthread_mutex_lock (&self->gate);
    while (self->seq < seq && clock_steady_us () < deadline)
        pthread_cond_timedwait (&self->moved, &self->gate, &until);
    bool there = self->seq >= seq;
    pthread_mutex_unlock (&self->gate);
    return there;
}

static int64_t told (replica *self)
{
    pthread_mutex_lock (&self->gate);
    int64_t seq = self->seq;
    pthread_mutex_unlock (&self->gate);
    return seq;
}

static bool knows (replica *self, const char *id)
{
    bool known = market_need (replica_read (self), id);
    replica_done (self);
    return known;
}

bool replica_await_need (replica *self, const char *id, int64_t deadline)
{
    int64_t seen = told (self);
    while (!knows (self, id)) {
        if (!replica_await (self, seen + 1, deadline))
            return false;
        seen = told (self);
    }
    return true;
}

const market *replica_read (replica *self)
{
    pthread_rwlock_rdlock (&self->lock);
    return self->market;
}

void replica_done (replica *self)
{
    pthread_rwlock_unlock (&self->lock);
}
