/* replica.c - a lock between the thread that follows the stream and those that answer, and a thread that merges indexes.
 *
 * What a batch of events says shows at once when all of it was applied. Indexes are merged beside answers and events; the
 * lock is only held while one takes the place of several.                                                           */
#include "replica.h"
#include "../../common/log.h"
#include "../../common/text.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

enum { MERGED_AT_ONCE = 512 /* offers: less than starting a thread for it would cost */, FILLED_AT_ONCE = 8192 /* events */ };

struct replica {
    wordlist        *words;
    market          *market;
    pthread_rwlock_t lock;     /* over the market */
    bool             applying; /* the lock is held, in the middle of a batch */
    int64_t          fence;    /* how far the stream was at first: before that nobody reads */
    int64_t          shown;
    shelf_merge     *merge;    /* at work */
    bool             at_rest;  /* what was filled is one index, or is becoming one */
    pthread_t        merger;
    _Atomic bool     merged;
    pthread_mutex_t  gate;     /* over what follows */
    pthread_cond_t   moved;
    int64_t          seq;      /* as far as readers have been told */
};

void *replica_open (void)
{
    replica *self = calloc (1, sizeof *self);
    assert (self);
    self->words = wordlist_new (WORDLIST_DUTCH);
    if (!self->words) { /* other words would mean other answers than the next process gives */
        log_text ("error", "no_word_list: install wdutch, or put a list of Dutch words there", "path", WORDLIST_DUTCH);
        exit (EXIT_FAILURE);
    }
    self->market = market_new (self->words);

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
    if (!self->applying)
        pthread_rwlock_wrlock (&self->lock);
    self->applying = true;
    market_apply (self->market, event);
}

static void show (replica *self, int64_t seq)
{
    if (!self->applying)
        pthread_rwlock_wrlock (&self->lock);
    self->applying = false;
    market_show (self->market, seq);
    pthread_rwlock_unlock (&self->lock);
}

static void take_place (replica *self)
{
    pthread_rwlock_wrlock (&self->lock);
    shelf_merge_end (market_shelf_to_merge (self->market), &self->merge);
    pthread_rwlock_unlock (&self->lock);
}

static void *merge_beside (void *argument)
{
    replica *self = argument;
    shelf_merge_work (self->merge);
    self->merged = true;
    return NULL;
}

static void end_merge (replica *self)
{
    pthread_join (self->merger, NULL);
    take_place (self);
}

/* What had better be one: once, when as much has been read as there was, everything. */
static shelf_merge *next_merge (replica *self)
{
    shelf *which = market_shelf_to_merge (self->market);
    bool first = !self->at_rest && self->shown >= self->fence;
    self->at_rest |= first;
    return first ? shelf_merge_all (which) : shelf_merge_begin (which);
}

/* One merge at a time; what is small is done here. */
static void tidy (replica *self)
{
    if (self->merge && self->merged)
        end_merge (self);
    while (!self->merge && (self->merge = next_merge (self))) {
        if (shelf_merge_offers (self->merge) <= MERGED_AT_ONCE) {
            shelf_merge_work (self->merge);
            take_place (self);
            continue;
        }
        self->merged = false;
        int problem = pthread_create (&self->merger, NULL, merge_beside, self);
        assert (problem == 0);
    }
}

void replica_caught_up (void *to, int64_t seq, int64_t head)
{
    replica *self = to;
    self->fence = self->fence ? self->fence : head;
    if (seq < self->fence && seq < self->shown + FILLED_AT_ONCE)
        return;
    show (self, seq);
    self->shown = seq;
    pthread_mutex_lock (&self->gate);
    self->seq = seq;
    pthread_cond_broadcast (&self->moved);
    pthread_mutex_unlock (&self->gate);
    tidy (self);
}

void replica_close (void **self_p)
{
    replica *self = *self_p;
    if (!self)
        return;
    if (self->applying)
        show (self, market_seq (self->market));
    if (self->merge)
        end_merge (self);
    market_destroy (&self->market);
    wordlist_destroy (&self->words);
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
